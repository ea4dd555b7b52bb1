"""The page as PDF, where something that can print it is at hand: a browser, else WeasyPrint."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
SECONDS = 120
# No first-run pages, no updates, no calls home: the page needs no network, and neither does printing it.
QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
)


def converter() -> str | None:
    """What can print a page here: the path of a browser, ``weasyprint``, or None."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found:
        return found
    return "weasyprint" if importlib.util.find_spec("weasyprint") else None


def write_pdf(page: Path, pdf: Path, chosen: str | None = None) -> str:
    """Print a page to a file; what went wrong in words, empty when it is there.

    Args:
        chosen: what prints it; whatever ``converter`` finds when left out.
    """
    by = chosen or converter()
    if by is None:
        return "no PDF: neither a browser (Chromium, Chrome, Edge) nor WeasyPrint was found"
    fault = by_weasyprint(page, pdf) if by == "weasyprint" else by_browser(by, page, pdf)
    return f"no PDF: {fault}" if fault else ""


def by_browser(browser: str, page: Path, pdf: Path) -> str:
    """Print with a browser in a profile of its own."""
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = [
            browser, *QUIET, *root, f"--user-data-dir={profile}", "--no-pdf-header-footer", f"--print-to-pdf={pdf}",
            page.absolute().as_uri(),
        ]  # fmt: skip
        try:
            ran = subprocess.run(words, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{Path(browser).name} did not print the page ({type(error).__name__})"
    if ran.returncode or not pdf.is_file():
        return f"{Path(browser).name} did not print the page (code {ran.returncode})"
    return ""


def by_weasyprint(page: Path, pdf: Path) -> str:
    """Print with WeasyPrint, which needs a library of the system."""
    try:
        from weasyprint import HTML

        HTML(str(page)).write_pdf(str(pdf), pdf_variant="pdf/ua-1")
    except OSError as error:  # what it says when Pango is missing
        return f"WeasyPrint could not start: {error}"
    return ""
