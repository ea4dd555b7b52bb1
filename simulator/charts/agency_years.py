"""Costs and benefits by agency and year: a small panel for each agency, all on one scale."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.charts.agencies import COLOURS, HATCHES, MEANINGS, Bar, bars_of, money
from simulator.charts.arms import Document, Pounds, agency_name, headline_arm
from simulator.charts.keys import Key, draw_keys, keys_height
from simulator.charts.labels import folded, money_axis
from simulator.charts.style import AXIS_GREY, WHITE, WIDTH_INCHES, house_style
from simulator.charts.sweeps.pictures import Picture, picture_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Row = Mapping[str, Any]
Panel = list[list[Bar]]  # the bars of each year

COLUMNS = 2
LEFT, BETWEEN, RIGHT = 0.95, 0.25, 0.1  # inches
PANEL_INCHES, HEADING_INCHES, FOOT_INCHES = 1.25, 0.95, 0.65


def panels_of(document: Document) -> dict[str, Panel]:
    """The bars of the headline arm by agency and year; agencies without any are left out."""
    rows: Sequence[Row] = headline_arm(document)["by_budget"]
    years = range(1, document["horizon_years"] + 1)
    agencies = sorted({row["agency"] for row in rows}, key=agency_name)
    found = {
        agency_name(agency): [
            bars_of(row for row in rows if row["agency"] == agency and row["year"] == year) for year in years
        ]
        for agency in agencies
    }
    return {agency: panel for agency, panel in found.items() if any(panel)}


def agency_years_picture(document: Document, pounds: Pounds) -> Picture:
    """Columns below zero for costs and losses, above it for benefits, year by year.

    Args:
        document: what ``compare --format json`` gives, with ``by_budget`` in its arms.
    """
    panels = panels_of(document)
    title = f"Costs and benefits of '{headline_arm(document)['title']}' by agency and year, {money(document)}"
    keys = keys_of(panels)
    with house_style("agency-years"):
        from matplotlib.figure import Figure

        rows = max(1, math.ceil(len(panels) / COLUMNS))
        height = rows * (PANEL_INCHES + HEADING_INCHES) + FOOT_INCHES + keys_height(keys)
        figure = Figure(figsize=(WIDTH_INCHES, height))
        draw_keys(figure, keys)
        if not panels:
            figure.text(0.5, 0.5, "No cost and no benefit", ha="center", va="center")
        draw_panels(figure, panels, keys_height(keys), pounds)
        return picture_of(figure, "agency-years", title, described(panels, pounds), note_of(panels))


def keys_of(panels: Mapping[str, Panel]) -> list[Key]:
    """The parts in use, costs first."""
    used = {bar.part for panel in panels.values() for bars in panel for bar in bars}
    return [Key(part, colour, hatch=HATCHES.get(part, "")) for part, colour in COLOURS.items() if part in used]


def draw_panels(figure: Figure, panels: Mapping[str, Panel], top: float, pounds: Pounds) -> None:
    """All panels, on one scale."""
    height = figure.get_figheight()
    width = (WIDTH_INCHES - LEFT - RIGHT - BETWEEN * (COLUMNS - 1)) / COLUMNS
    low, high = limits([bars for panel in panels.values() for bars in panel])
    for number, (agency, panel) in enumerate(panels.items()):
        row, column = divmod(number, COLUMNS)
        bottom = height - top - (row + 1) * (PANEL_INCHES + HEADING_INCHES)
        box = ((LEFT + column * (width + BETWEEN)) / WIDTH_INCHES, bottom / height, width / WIDTH_INCHES)
        axes = figure.add_axes((*box, PANEL_INCHES / height))
        draw_panel(axes, panel)
        axes.set_ylim(low, high)
        money_axis(axes, "y", pounds)
        if column:
            axes.tick_params(axis="y", labelleft=False)
        if number + COLUMNS >= len(panels):
            axes.set_xlabel("Year of the scheme")
        axes.set_title(folded(heading(agency, panel, pounds), width - 0.05, 3), fontsize=12, loc="left", pad=6.0)


def limits(columns: Sequence[Sequence[Bar]]) -> tuple[float, float]:
    """The lowest and the highest end of any column, with a little room."""
    ends = [0.0]
    for bars in columns:
        ends += [math.fsum(bar.amount for bar in bars if bar.to_right is side) for side in (False, True)]
    room = 0.06 * ((max(ends) - min(ends)) or 1.0)
    return min(ends) - room, max(ends) + room


def draw_panel(axes: Axes, panel: Panel) -> None:
    """The columns of one agency."""
    for year, bars in enumerate(panel, start=1):
        reached = {False: 0.0, True: 0.0}
        for bar in bars:
            axes.bar(
                year, bar.amount, 0.7, bottom=reached[bar.to_right], facecolor=COLOURS[bar.part], edgecolor=WHITE,
                linewidth=1.0, hatch=HATCHES.get(bar.part),
            )  # fmt: skip
            reached[bar.to_right] += bar.amount
    axes.axhline(0.0, color=AXIS_GREY, linewidth=1.5)
    axes.set_xlim(0.4, len(panel) + 0.6)
    axes.set_xticks(range(1, len(panel) + 1, 1 + len(panel) // 8))


def totals(panel: Panel) -> list[Bar]:
    """The bars of all years together."""
    parts: dict[str, list[float]] = {}
    for bars in panel:
        for bar in bars:
            parts.setdefault(bar.part, []).append(bar.amount)
    return [Bar(part, math.fsum(parts[part])) for part in COLOURS if part in parts]


def heading(agency: str, panel: Panel, pounds: Pounds) -> str:
    """The agency with what all its years come to."""
    return f"{agency}: {', '.join(bar.words(pounds) for bar in totals(panel))}"


def described(panels: Mapping[str, Panel], pounds: Pounds) -> str:
    """The figure in words: each agency over all years, and its first and last."""
    said = []
    for agency, panel in panels.items():
        ends = " and ".join(
            f"{', '.join(bar.words(pounds) for bar in panel[place]) or 'nothing'} in year {place % len(panel) + 1}"
            for place in dict.fromkeys((0, len(panel) - 1))
        )
        said.append(
            f"{heading(agency, panel, pounds)}, from {ends}" if len(panel) > 1 else heading(agency, panel, pounds)
        )
    return f"A panel of columns for each agency. {'; '.join(said) or 'No cost and no benefit'}."


def note_of(panels: Mapping[str, Panel]) -> str:
    """What the parts are."""
    used = {bar.part for panel in panels.values() for bars in panel for bar in bars}
    said = "; ".join(f"{part}: {meaning}" for part, meaning in MEANINGS.items() if part in used)
    below = "Below zero: costs and losses; above: benefits. All panels have one scale."
    return f"{below} {said[:1].upper()}{said[1:]}." if said else below
