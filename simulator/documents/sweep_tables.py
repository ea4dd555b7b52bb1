"""The tables under figures of sweeps, of the funding curve and of causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.charts.sweeps.tornado import MOST
from simulator.documents.contents import Table
from simulator.report import difference_words, funding_words, text
from simulator.report.sweeps import chances_words, worths
from simulator.report.sweeps.wording import percent, value_words, with_interval
from simulator.report.text import number, pounds

Answers = Mapping[str, Any]
Row = Mapping[str, Any]


def under_figure(name: str, caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table under the figure of that name."""
    return Table(f"{name}-figure-table", caption, tuple(headings), tuple(tuple(row) for row in rows))


def present_value(document: Row) -> str:
    """How the pounds are to be read."""
    return f"present value in {document['price_base']} prices"


def funding(name: str, answers: Answers) -> Table:
    """The levels of places."""
    document = answers["funding"]
    rows = [funding_words.level_cells(level) for level in document["levels"]]
    return under_figure(name, f"By number of places, {present_value(document)}", funding_words.HEADINGS, rows)


def next_pound(name: str, answers: Answers) -> Table:
    """The steps between levels."""
    document = answers["funding"]
    headings = [
        f"{each}, fixed costs apart" if each in funding_words.STEP_HEADINGS[:place] else each
        for place, each in enumerate(funding_words.STEP_HEADINGS)
    ]
    rows = [funding_words.step_cells(step) for step in document["steps"]]
    return under_figure(name, f"The next £100,000 of cost, step by step, {present_value(document)}", headings, rows)


def tornado(name: str, answers: Answers) -> Table:
    """The bars."""
    document = answers["tornado"]
    rows = [
        [
            bar["label"],
            *(pounds(bar[each]) for each in ("npsv_at_low_gbp", "npsv_at_high_gbp", "swing_gbp")),
            value_words(bar["low"]),
            value_words(bar["high"]),
        ]
        for bar in document["bars"][:MOST]
    ]
    headings = ("Input", "NPSV at low", "NPSV at high", "Swing", "Low", "High")
    return under_figure(name, f"NPSV of '{document['arm_title']}', {present_value(document)}", headings, rows)


def chances(name: str, answers: Answers) -> Table:
    """Chances and losses."""
    document = answers["chances"]
    rows = [chances_words.chance_cells(arm, document) for arm in document["arms"]]
    headings = [each.replace("\n", " ") for each in chances_words.CHANCES]
    return under_figure(
        name, f"Over {text.counted(document['draws'], 'draw')}, {present_value(document)}", headings, rows
    )


def by_value(name: str, answers: Answers) -> Table:
    """Chances to be the best along the curve."""
    curve = answers["chances"]["by_value"]
    values = curve["added_gbp_per_offence_prevented"]
    places = [round(share * (len(values) - 1)) for share in chances_words.QUARTERS]
    rows = [[arm["title"], *(percent(arm["chance_best"][place]) for place in places)] for arm in curve["by_arm"]]
    headings = ("Funding choice", *(pounds(values[place]) for place in places))
    return under_figure(
        name, "Chance to be the best, by what is added for each proven offence prevented", headings, rows
    )


def by_cost(name: str, answers: Answers) -> Table:
    """Chances to pay back along the curve."""
    curve = answers["chances"]["by_cost"]
    shares = curve["shares_of_programme_cost"]
    places = [min(range(len(shares)), key=lambda at: abs(shares[at] - want)) for want in chances_words.COST_COLUMNS]
    rows = [
        [
            arm["title"],
            *(percent(arm["chance_benefits_exceed_costs"][place]) for place in places),
            chances_words.even_words(arm),
        ]
        for arm in curve["by_arm"]
    ]
    headings = ("Funding choice", *(percent(shares[place]) for place in places), "Even chance at")
    return under_figure(name, "Chance that benefits exceed costs, by the share of the programme cost", headings, rows)


def plane(name: str, answers: Answers) -> Table:
    """Means and 95% of the draws."""
    document = answers["chances"]
    rows = [
        [
            arm["title"],
            number(arm["mean_reoffences_prevented"]),
            " to ".join(number(end) for end in arm["reoffences_prevented_interval"]),
            with_interval(arm["mean_programme_cost_gbp"], arm["programme_cost_interval_gbp"]),
        ]
        for arm in document["plane"]["by_arm"]
    ]
    headings = ("Funding choice", "Reoffences prevented", "95% of the draws", "Programme cost [95% of the draws]")
    return under_figure(
        name, f"Means of {text.counted(document['draws'], 'draw')}, {present_value(document)}", headings, rows
    )


def worth(name: str, answers: Answers) -> Table:
    """What finding out is worth."""
    found = answers["chances"]["worths"]
    rows = [found["everything"], *found["groups"], *(row for row in found["inputs"] if row["told_from_zero"])]
    return worth_table(name, answers, rows)


def study(name: str, answers: Answers) -> Table:
    """What the next study is worth."""
    return worth_table(name, answers, worths.asked(answers["chances"]["worths"]["studies"]), "Worth of the next study")


def worth_table(name: str, answers: Answers, rows: Sequence[Row], what: str = "Worth of finding out") -> Table:
    """Worths with their give or take."""
    headings = ("Finding out", "Worth up to", "± (95%)", "Of everything", "Note")
    cells = [[row["label"], *worths.cells_of(row)] for row in rows]
    return under_figure(name, f"{what}, before choosing, {present_value(answers['chances'])}", headings, cells)


def waterfall(name: str, answers: Answers) -> Table:
    """The causes, pounds and counts in one table."""
    document = answers["difference"]
    found = next(each for each in document["tables"] if name == f"waterfall-{each['by']}")
    columns = difference_words.parts_of(difference_words.shown_columns(found))[0]
    rows = [
        difference_words.cells_of(line, columns, document["replications"]) for line in difference_words.lines_of(found)
    ]
    return under_figure(name, f"By cause, {present_value(document)}", difference_words.headings_of(columns), rows)
