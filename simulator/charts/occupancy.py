"""Where offenders are over the years: in custody, managed at liberty or not managed, in two arms one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.appraisal.intervals import student_t
from simulator.charts.labels import count_axis, folded, year_axis
from simulator.charts.style import DARK_BLUE, ORANGE, TURQUOISE, WHITE, WIDTH_INCHES, house_style
from simulator.charts.sweeps.pictures import LABELS_INCHES, Label, Picture, line_labels, picture_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Document = Mapping[str, Any]

MONTHS = 12
LEFT, PANEL_INCHES, HEADING_INCHES, FOOT_INCHES = 0.75, 2.5, 0.75, 0.65


class Band(NamedTuple):
    """People in one or two states, drawn as one band."""

    title: str
    states: tuple[str, ...]
    colour: str


# From the bottom up. White lines keep them apart, since not every pair can be at 3 to 1 with the next and with white.
BANDS = (
    Band("in custody", ("custody_managed", "custody_not_managed"), ORANGE),
    Band("at liberty, managed", ("liberty_managed",), DARK_BLUE),
    Band("at liberty, not managed", ("liberty_not_managed",), TURQUOISE),
)


def occupancy_picture(document: Document) -> Picture:
    """Stacked bands of people by month, the arm above its comparator, on one scale.

    Args:
        document: what ``whereabouts_of`` gives.
    """
    arms = document["arms"]
    title = (
        f"Number of people by state under '{arms[0]['title']}' and '{arms[1]['title']}', mean of "
        f"{document['replications']:,} simulated runs"
    )
    with house_style("occupancy"):
        from matplotlib.figure import Figure

        height = len(arms) * (PANEL_INCHES + HEADING_INCHES) - 0.3 + FOOT_INCHES
        figure = Figure(figsize=(WIDTH_INCHES, height))
        most = 1.05 * max(there(row) for arm in arms for row in arm["by_month"])
        for number, arm in enumerate(arms):
            bottom = FOOT_INCHES + (len(arms) - 1 - number) * (PANEL_INCHES + HEADING_INCHES)
            width = WIDTH_INCHES - LEFT - LABELS_INCHES
            box = (LEFT / WIDTH_INCHES, bottom / height, width / WIDTH_INCHES, PANEL_INCHES / height)
            panel(figure.add_axes(box), arm, most, number == len(arms) - 1)
        return picture_of(figure, "occupancy", title, described(document), note_of(document))


def there(row: Mapping[str, float]) -> float:
    """People who are still in the area."""
    return sum(row[state] for band in BANDS for state in band.states)


def panel(axes: Axes, arm: Mapping[str, Any], most: float, last: bool) -> None:
    """The bands of one arm, each with its label at its end."""
    years = [row["month"] / MONTHS for row in arm["by_month"]]
    bottom = [0.0] * len(years)
    labels = []
    for band in BANDS:
        people = [sum(row[state] for state in band.states) for row in arm["by_month"]]
        top = [low + more for low, more in zip(bottom, people, strict=True)]
        if any(people):
            axes.fill_between(years, bottom, top, facecolor=band.colour, edgecolor=WHITE, linewidth=1.5)
            labels.append(Label((bottom[-1] + top[-1]) / 2.0, "■", words_of(band, arm["by_month"][-1]), band.colour))
        bottom = top
    axes.set_ylim(0.0, most or 1.0)
    count_axis(axes)
    year_axis(axes, 0, round(years[-1]))
    axes.set_xlim(0.0, years[-1])
    axes.set_xlabel("Years from the start" if last else "")
    heading = folded(arm["title"], WIDTH_INCHES - LEFT - 0.2, 2, bold=True)
    axes.set_title(heading, fontsize=12, loc="left", pad=8.0, fontweight="bold")
    line_labels(axes, years[-1], labels)


def words_of(band: Band, row: Mapping[str, float]) -> str:
    """A band's title with its people, and how many of those in custody are managed."""
    people = sum(row[state] for state in band.states)
    if "custody_managed" in band.states and row["custody_managed"] >= 0.5:
        return f"{band.title}\xa0{people:,.0f}, managed\xa0{row['custody_managed']:,.0f}"
    return f"{band.title}\xa0{people:,.0f}"


def note_of(document: Document) -> str:
    """How to read it."""
    gone = document["arms"][0]["by_month"]
    return (
        f"At the start of each month; the numbers beside the bands are those at the end. Of {document['people_at_start']:,} "
        f"people, those who have left the area or died are not drawn: {gone[0]['left']:,.0f} by the start, "
        f"{gone[-1]['left']:,.0f} by the end. A mean of {document['replications']:,} "
        f"runs, seed {document['seed']}."
    )


def custody_words(document: Document) -> str:
    """How many people are in custody on average under the arm and its comparator, in a sentence."""
    arm, other = document["arms"]
    years, row = document["horizon_years"], row_of(arm, "in_custody")
    mine, base = (row_of(each, "in_custody")["person_years"] / years for each in (arm, other))
    levels = (
        f"{mine:.1f} people are in custody at a time under '{arm['title']}' and {base:.1f} under '{other['title']}'"
    )
    said = f"On average {levels}"
    error, runs = row["increment_standard_error"], document["replications"]
    if error is None:
        return f"{said}, in a single simulated run."
    luck = student_t(int(runs) - 1) * error / years
    more = "more" if row["increment"] > 0.0 else "fewer"
    return f"{said}: {abs(row['increment']) / years:.1f} {more}, give or take {luck:.1f} of simulation noise (95%)."


def row_of(arm: Mapping[str, Any], state: str) -> Mapping[str, Any]:
    """The person-years of an arm in one state, or sum of states."""
    return next(row for row in arm["by_state"] if row["name"] == state)


def described(document: Document) -> str:
    """The figure in words."""
    said = "; ".join(f"'{arm['title']}': {ends(arm['by_month'])}" for arm in document["arms"])
    return f"Stacked bands over {document['horizon_years']} years. {said}. {custody_words(document)}"


def ends(rows: Sequence[Mapping[str, float]]) -> str:
    """Every band at the start and at the end."""
    parts = []
    for band in BANDS:
        first, last = (sum(row[state] for state in band.states) for row in (rows[0], rows[-1]))
        parts.append(f"{band.title} {first:,.0f} at the start and {last:,.0f} at the end")
    return ", ".join(parts)
