"""The report as one page of HTML."""

from pathlib import Path
from typing import Any


def write_report(folder: Path, document: dict[str, Any]) -> None:
    """Placeholder until the page exists."""
