"""The report as one page of HTML that needs nothing else, and its figures as files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from simulator.charts import Chart, charts_of
from simulator.report.page_rows import context
from simulator.report.text import pounds

TEMPLATES = Path(__file__).parent / "templates"


def write_report(folder: Path, document: dict[str, Any]) -> None:
    """Write ``report.html`` and ``charts/*.svg`` to a folder that exists.

    The page holds its figures and its style, runs no script and fetches nothing. Every figure in it comes from
    ``document``, which is what ``compare --format json`` gives; nothing is simulated or priced again.
    """
    charts = charts_of(document, pounds)
    (folder / "charts").mkdir(exist_ok=True)
    for chart in charts:
        (folder / "charts" / f"{chart.name}.svg").write_text(chart.svg, "utf-8", newline="\n")
    (folder / "report.html").write_text(page(document, charts), "utf-8", newline="\n")


def page(document: Mapping[str, Any], charts: Iterable[Chart]) -> str:
    """The page of a comparison with the given figures."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup, escape

    def marked(words: str) -> Markup:
        """Words in backticks as code, curled quotation marks, and amounts that no line ending divides."""
        curled = re.sub(r"(?<!\w)'([^'`]+)'(?!\w)", "\u2018\\1’", words)
        made = Markup()
        for piece in re.split(r"(`[^`]*`|−?£\d[\d,.]*[mk]?)", curled):
            if piece.startswith("`"):
                made += Markup("<code>{}</code>").format(piece.strip("`"))
            elif piece.startswith(("−", "£")):
                made += Markup('<span class="amount">{}</span>').format(piece)
            else:
                made += escape(piece)
        return made

    def breakable(name: str) -> Markup:
        """A dotted name that a narrow column may break after a dot or underscore."""
        return Markup(re.sub(r"([._])", r"\1<wbr>", str(escape(name))))

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"marked": marked, "breakable": breakable}
    figures = {chart.name: {**chart._asdict(), "svg": Markup(chart.svg)} for chart in charts}
    return made.get_template("report.html.j2").render(**context(document), figures=figures)
