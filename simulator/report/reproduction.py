"""Published figures beside simulated ones, and what a before/after fall cannot claim, as rows and in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.evaluation.audit import flags_of
from simulator.evaluation.before_after_reports import Looked
from simulator.evaluation.lines import ARITHMETIC, FITTED, Line
from simulator.evaluation.regression import Regression, years_alike
from simulator.evaluation.reproduction import Immortal
from simulator.places import data_folder
from simulator.report.meanings import meanings_of
from simulator.report.text import table, wrapped

KEYS = ("report", "figure", "protocol", "reported", "simulated", "standard_error", "miss_in_standard_errors", "role")
FAR = 2.0  # standard errors from which a miss is called one
HEADINGS = ("Figure", "Reported", "Simulated", "Standard error", "Miss", "Role")
ARITHMETIC_HEADINGS = ("Figure", "Reported", "Recomputed", "How")
REGRESSION_HEADINGS = (
    "If people are …", "Before", "After", "Fall seen", "95% by luck", "by selection", "by custody", "Left over",
)  # fmt: skip
FLAGGED = "†"
NOT_REACHED = "* the level before cannot be reached under this choice; the nearest is shown"


def line_rows(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """One row a figure, with the keys that are documented."""
    return [dict(zip(KEYS, line, strict=True)) for line in lines]


def short(figure: str, report: str) -> str:
    """A figure's name within its report."""
    return figure.removeprefix(f"{report}.")


def plain(value: float) -> str:
    """A number with as many digits as a reader of a report uses."""
    if abs(value) >= 1000.0:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 20.0 else f"{value:.2f}"


def is_flagged(line: Line) -> bool:
    """Whether the audit says something of a figure."""
    return line.figure in flags_of(data_folder("evidence"))


def line_cells(line: Line) -> list[str]:
    """One figure as a line of the table; ! marks a miss of over two standard errors, † a figure that the audit flags."""
    miss = line.miss_in_standard_errors
    return [
        short(line.figure, line.report) + (f" {FLAGGED}" if is_flagged(line) else ""),
        plain(line.reported),
        plain(line.simulated),
        "" if line.standard_error is None else plain(line.standard_error),
        "" if miss is None else f"{round(miss, 1) + 0.0:+.1f}{'!' if abs(miss) > FAR else ''}",
        line.role,
    ]


def lines_table(lines: Sequence[Line]) -> str:
    """Reported and simulated side by side."""
    return table(HEADINGS, [line_cells(line) for line in lines])


def arithmetic_cells(line: Line) -> list[str]:
    """One recomputed figure as a line of the table: how, last."""
    return [*line_cells(line)[:3], line.protocol]


def arithmetic_table(lines: Sequence[Line]) -> str:
    """The figures that are only recomputed."""
    return table(ARITHMETIC_HEADINGS, [arithmetic_cells(line) for line in lines if line.role == ARITHMETIC])


def flag_in_words(report: str) -> str:
    """What the mark of a flagged figure means."""
    return (
        f"{FLAGGED} not simply what the report's own figures give: `python run.py audit {report}` says how. Read it before "
        "you quote the figure."
    )


def counts_in_words(lines: Sequence[Line], figures: int) -> str:
    """How many figures there are of each role, how many miss, and how many are not simulated at all."""
    fitted = [line for line in lines if line.role == FITTED]
    predicted = [line for line in lines if line.role not in (FITTED, ARITHMETIC)]
    arithmetic = sum(line.role == ARITHMETIC for line in lines)
    far = sum(abs(line.miss_in_standard_errors or 0.0) > FAR for line in predicted)
    not_met = sum(abs(line.miss_in_standard_errors or 0.0) > FAR for line in fitted)
    known = len({line.figure for line in lines if "(" not in line.figure})
    words = (
        f"{len(fitted)} figures are fitted and {len(predicted)} predicted; {not_met} of the fitted and {far} of the "
        f"predicted miss by more than {FAR:.0f} standard errors, marked !. A poor prediction stays in: it says where the "
        "model is not to be trusted. "
    )
    if arithmetic:
        words += f"{arithmetic} are arithmetic on the report's own inputs. "
    return words + (
        f"{figures - known} of the report's {figures} figures are about people, ages, matching, needs, caseload or mode of "
        "trial, which the model has not."
    )


def reproduction_text(title: str, lines: Sequence[Line], figures: int) -> str:
    """One report's figures, in words and as a table."""
    parts = [title, "=" * len(title), wrapped(counts_in_words(lines, figures), "")]
    simulated = [line for line in lines if line.role != ARITHMETIC]
    for protocol in dict.fromkeys(line.protocol for line in simulated):
        said = [line for line in simulated if line.protocol == protocol]
        parts += ["", f"{protocol[:1].upper()}{protocol[1:]}", "", lines_table(said)]
    if len(simulated) < len(lines):
        parts += ["", "Arithmetic on the report's own inputs", "", arithmetic_table(lines)]
    meanings = meanings_of(lines)
    parts += ["", "What the misses mean", "", *(wrapped(each) for each in meanings)] if meanings else []
    flagged = [line.report for line in lines if is_flagged(line)]
    return "\n".join([*parts, *(["", wrapped(flag_in_words(flagged[0]), "")] if flagged else [])])


def immortal_text(rows: Sequence[Immortal]) -> str:
    """What leaving out people who reoffended before they started does to the treated group's figures."""
    kept, all_of_them = rows[-2], rows[-1]
    left_out = 1.0 - kept.people / all_of_them.people
    words = (
        "People may start on the scheme after the index date, and those who reoffended before they did were left out of the "
        "reports: time in which nobody who counts can reoffend. Leaving them out, "
        f"{percent(left_out)} of those who start in time, moves the simulated treated group's rate by "
        f"{kept.rate - all_of_them.rate:+.1f} points and its frequency by "
        f"{kept.frequency - all_of_them.frequency:+.2f}; the comparison group has no such people to leave out."
    )
    cells = [
        [row.who, f"{row.people:.0f}", plain(row.rate), plain(row.frequency), plain(row.days_to_first)] for row in rows
    ]
    return "\n".join(
        [
            "Immortal time: the treated group, with and without people who started later",
            "",
            wrapped(words, ""),
            "",
            table(("Who is followed", "People", "Rate %", "Frequency", "Days to first"), cells),
        ]
    )


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{round(100.0 * share)}%"


def regression_rows(report: str, rows: Sequence[Regression]) -> list[dict[str, Any]]:
    """One row a structural choice, shares and counts per person as plain numbers."""
    return [
        {
            "report": report,
            **row._asdict(),
            "by_selection": row.by_selection,
            "left": row.left,
        }
        for row in rows
    ]


def regression_cells(row: Regression) -> list[str]:
    """One structural choice as a line of the table; * marks a level before that could not be reached."""
    return [
        row.choice + ("" if row.reached else " *"),
        plain(row.before),
        plain(row.after),
        percent(row.fall),
        f"{percent(row.low)} to {percent(row.high)}",
        percent(row.by_selection),
        percent(row.by_custody),
        percent(row.left),
    ]


def regression_table(rows: Sequence[Regression]) -> str:
    """The fall without any effect under each choice, and what is left of the reported one."""
    return table(REGRESSION_HEADINGS, [regression_cells(row) for row in rows])


def range_of(rows: Sequence[Regression]) -> tuple[float, float]:
    """The least and the largest fall that nobody caused, over the choices under which the level before is reached."""
    falls = [row.fall for row in rows if row.reached] or [row.fall for row in rows]
    return min(falls), max(falls)


def moved(fall: float) -> str:
    """A fall, or a rise, in words."""
    return f"a fall of {percent(fall)}" if fall >= 0.0 else f"a rise of {percent(-fall)}"


def range_in_words(rows: Sequence[Regression], a_year_each: bool = False) -> str:
    """The reported fall beside the range of falls that nobody caused, in the Data Lab's habit of wording.

    ``a_year_each``: the report sets windows of different lengths against each other, and a year stands against a year here.
    """
    said = f"The report has {moved(rows[0].reported_fall)}"
    said += ", a year against a year (its own figure sets longer against shorter windows)." if a_year_each else "."
    if not any(row.reached for row in rows):
        return (
            f"{said} No level of offending gives its count before under any choice below, so nothing can be said of how "
            "much would have been seen anyway."
        )
    low, high = range_of(rows)
    return (
        f"{said} The same protocol, run on simulated people managed without any effect, shows {moved(rows[0].fall)} as the "
        f"scenario has it, its level of offending set to the count before, and between {moved(low)} and {moved(high)} over "
        "the structural choices below. None of these choices is measured anywhere, so this is a range, not a point, and its "
        "ends are not a confidence interval."
    )


def what_can_be_said(rows: Sequence[Regression], a_year_each: bool = False) -> list[str]:
    """What can be said and what cannot, after the Data Lab; nothing where the level before is never reached."""
    reported = rows[0].reported_fall
    if reported <= 0.0 or not any(row.reached for row in rows):
        return []
    low, high = range_of(rows)
    window = ", a year against a year" if a_year_each else ""
    can = (
        f'What you can say: "{rows[0].counted.capitalize()} of the people looked at were {percent(reported)} lower than in '
        f"the period before{window}. With no effect at all, between {moved(low)} and {moved(high)} would be expected from "
        'the way people were chosen and from time in custody."'
    )
    cannot = f'What you cannot say: "The scheme cut offending by {percent(reported)}."'
    if high >= reported:
        cannot += " Some of the readings explain all of the fall, so the report by itself is no evidence of an effect"
    else:
        cannot += " What is left over is not an effect either, but all else that the report leaves open"
    return [can, cannot + "; nor is it evidence that the scheme does nothing."]


def people_in_words(rows: Sequence[Regression], reported: Mapping[str, float]) -> str:
    """Whether the people who offended, not only the offences, come out as reported; what could explain it."""
    if "any_before" not in reported or "any_after" not in reported:
        return ""
    befores, afters = [row.any_before for row in rows], [row.any_after for row in rows]
    words = (
        f"People: {percent(reported['any_before'])} offended before and {percent(reported['any_after'])} after; simulated "
        f"without effect {percent(min(befores))} to {percent(max(befores))} and {percent(min(afters))} to "
        f"{percent(max(afters))}. "
    )
    if reported["any_after"] < min(afters):
        words += (
            "The share after stays out of reach under every choice: outcomes after the window closed, people who "
            "died, moved or were in custody for most of it, or a scheme that stops people altogether could explain it. "
        )
    if reported["any_before"] < min(befores):
        words += (
            "Fewer than simulated had offended before: a scheme that also takes people on intelligence or by referral, who "
            "have no arrest in the year, would explain it, and would leave less regression to the mean than shown here. "
        )
    return words.rstrip()


def looked_in_words(looked: Looked) -> str:
    """Whom the report looked at, and what is counted."""
    alike = "" if looked.years_before == looked.years_after else "The fall is that of a year against a year."
    return f"Looked at: {looked.reading}. Counts are per person. {looked.note or alike}".rstrip()


def regression_text(looked: Looked, reported: Mapping[str, float], rows: Sequence[Regression]) -> str:
    """Regression to the mean of one report, in words and as a table."""
    parts = [
        "How much of the fall would have been seen anyway",
        "",
        wrapped(range_in_words(rows, years_alike(looked) != 1.0), ""),
        "",
        regression_table(rows),
    ]
    if not all(row.reached for row in rows):
        parts.append(NOT_REACHED)
    parts += ["", wrapped(looked_in_words(looked), "")]
    people = people_in_words(rows, reported)
    parts += ["", wrapped(people, "")] if people else []
    parts += ["", *(wrapped(each) for each in what_can_be_said(rows, years_alike(looked) != 1.0))]
    return "\n".join(parts)
