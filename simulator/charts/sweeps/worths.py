"""What finding out is worth, as bars; and what the next study is worth by its size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.charts.labels import money_axis
from simulator.charts.style import AXIS_GREY, DARK_BLUE, ORANGE, WHITE, house_style
from simulator.charts.sweeps.pictures import Document, Picture, Pounds, foot, luck_of, panel, picture_of, within
from simulator.charts.sweeps.whiskers import Row, bars, rows_panel, say

HALF_WIDTH = 1.96  # standard errors: a 95% interval
INPUTS = 6


def worths_picture(document: Document, pounds: Pounds, bare: bool = False) -> Picture:
    """Bars of the worth of everything, of every group and of the inputs that tell most."""
    worths = document["worths"]
    told = [row for row in worths["inputs"] if row["told_from_zero"]][:INPUTS]
    lines = [worths["everything"], *worths["groups"], *told]
    rows = [row_of(line, worths["everything"]["worth_gbp"], pounds) for line in lines]
    title = "What finding out is worth, before choosing between the funding choices"
    note = (
        "Worth up to so much for this one decision. Thin lines: 95%, of the draws, cut at everything. 'Nothing "
        "told': what these draws cannot tell from zero. "
        f"The last rows are single inputs. {foot(document, luck_of(document, 'a draw'))}"
    )
    with house_style("psa-worth"):
        figure, axes = rows_panel(rows, within(title, bare), within(note, bare))
        bars(axes, rows, DARK_BLUE)
        axes.set_xlim(left=0.0)
        say(axes, rows)
        money_axis(axes, "x", pounds)
        said = "; ".join(f"{row.label}: {row.words}" for row in rows)
        return picture_of(figure, "psa-worth", title, f"Horizontal bars. {said}.", note if bare else "")


def row_of(line: Mapping[str, Any], everything: float, pounds: Pounds) -> Row:
    """One bar; none where the worth cannot be told from zero."""
    label = line["label"][0].upper() + line["label"][1:]
    if not line["told_from_zero"]:
        return Row(label, 0.0, None, "nothing told")
    worth, reach = line["worth_gbp"], HALF_WIDTH * line["standard_error_gbp"]
    bounds = (worth - reach, worth + reach) if line["name"] == "everything" else whisker(line, everything)
    return Row(label, worth, bounds, f"{pounds(worth)} ± {pounds(reach)}")


def studies_picture(document: Document, pounds: Pounds, bare: bool = False) -> Picture:
    """The worth of the next matched comparison by its number of people, and its cost where one was given."""
    worths = document["worths"]
    studies = sorted((study for study in worths["studies"] if study["asked"]), key=lambda study: study["people"])
    title = "What the next matched comparison is worth, by its size"
    cost = studies[0]["cost_gbp"]
    hollow = "" if all(study["told_from_zero"] for study in studies) else " Hollow: cannot be told from zero."
    priced = " Orange: what it would cost." if cost is not None else ""
    note = (
        "A study of this scheme's own people, before choosing. Whiskers: 95%, of the draws, cut at the dotted line: finding "
        f"out everything.{hollow}{priced} {foot(document, luck_of(document, 'a draw'))}"
    )
    with house_style("psa-study"):
        figure, axes = panel(3.8, 0.95, 1.35, within(title, bare), within(note, bare))
        people = [study["people"] for study in studies]
        worth = [study["worth_gbp"] for study in studies]
        everything = worths["everything"]["worth_gbp"]
        ends = [whisker(study, everything) for study in studies]
        below_above = [
            [now - low for now, (low, _) in zip(worth, ends, strict=True)],
            [high - now for now, (_, high) in zip(worth, ends, strict=True)],
        ]
        axes.errorbar(people, worth, yerr=below_above, color=DARK_BLUE, linewidth=2.2, capsize=4)
        for study in studies:
            fill = DARK_BLUE if study["told_from_zero"] else WHITE
            axes.plot([study["people"]], [study["worth_gbp"]], "o", color=DARK_BLUE, markerfacecolor=fill, markersize=8)
        level(axes, everything, AXIS_GREY, f"everything\n{pounds(everything)}", ":")
        if cost is not None:
            level(axes, cost, ORANGE, f"its cost\n{pounds(cost)}", "-")
        axes.set_xscale("log")
        axes.set_xticks(people, [f"{number:,}" for number in people])
        axes.minorticks_off()
        axes.set_xlabel("People managed and analysed")
        axes.set_ylim(bottom=0.0)
        money_axis(axes, "y", pounds)
        said = "; ".join(
            f"{study['people']:,} people {pounds(study['worth_gbp']) if study['told_from_zero'] else 'nothing told'}"
            for study in studies
        )
        described = f"A line by the size of the study. {said}. Everything: {pounds(everything)}."
        return picture_of(figure, "psa-study", title, described, note if bare else "")


def whisker(line: Mapping[str, Any], everything: float) -> tuple[float, float]:
    """Ends of a 95% interval, which holds no more than finding out everything is worth, and no less than nothing."""
    worth, reach = line["worth_gbp"], HALF_WIDTH * line["standard_error_gbp"]
    return max(worth - reach, min(worth, 0.0)), max(min(worth + reach, everything), worth)


def level(axes: Any, amount: float, colour: str, words: str, style: str) -> None:
    """A level line with its words to the right."""
    axes.axhline(amount, color=colour, linewidth=1.8, linestyle=style)
    axes.text(1.03, amount, words, transform=axes.get_yaxis_transform(), va="center", linespacing=1.3)
