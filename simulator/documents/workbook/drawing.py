"""Charts of the workbook, which follow its cells."""

from __future__ import annotations

from typing import Any

from simulator.charts.style import AXIS_GREY, GRID_GREY, INK, PALETTE
from simulator.documents.workbook.sheets import Graph
from simulator.documents.workbook.styles import MINUS

THOUSANDS = f'£#,##0,"k";{MINUS}£#,##0,"k";£0'  # short enough to stand level on the axis
FONT = {"name": "Arial", "size": 12, "color": INK, "bold": False}
DASHES = ("solid", "dash", "square_dot", "long_dash")
MARKERS = ("circle", "square", "diamond", "triangle")
WIDTH, HEIGHT = 760, 420


def chart_for(book: Any, graph: Graph) -> Any:
    """A chart of a sheet, as the file's writer has it."""
    chart = book.add_chart({"type": graph.kind})
    for number, each in enumerate(graph.series):
        chart.add_series(bar(each) if graph.kind == "bar" else line(each, number))
    chart.set_title({"name": graph.title, "name_font": {**FONT, "size": 14}, "overlay": False})
    words = {"num_font": FONT, "name": graph.axis, "name_font": FONT, "line": {"color": AXIS_GREY}}
    pounds = {
        "num_font": FONT,
        "num_format": THOUSANDS,
        "major_gridlines": {"visible": True, "line": {"color": GRID_GREY}},
    }
    if graph.kind == "bar":
        chart.set_y_axis({**words, "reverse": True, "label_position": "low"})
        chart.set_x_axis({**pounds, "label_position": "high"})
        chart.set_legend({"none": True})
    else:
        chart.set_x_axis({**words, "label_position": "low"})
        chart.set_y_axis(pounds)
        chart.set_legend({"position": "top", "font": FONT})
    chart.set_size({"width": WIDTH, "height": HEIGHT})
    return chart


def bar(series: Any) -> dict[str, Any]:
    """A series of bars in one colour."""
    return {
        "name": series.title,
        "categories": f"={series.categories}",
        "values": f"={series.values}",
        "fill": {"color": PALETTE[0]},
        "invert_if_negative": False,
        "gap": 60,
    }


def line(series: Any, number: int) -> dict[str, Any]:
    """A line told from the others by colour, dash and marker."""
    colour = PALETTE[number]
    return {
        "name": series.title,
        "categories": f"={series.categories}",
        "values": f"={series.values}",
        "line": {"color": colour, "width": 2.25, "dash_type": DASHES[number]},
        "marker": {"type": MARKERS[number], "size": 8, "fill": {"color": colour}, "border": {"color": colour}},
    }
