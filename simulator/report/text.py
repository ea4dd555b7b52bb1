"""Results as people read them in a terminal: aligned tables in plain text, thousands separated, intervals in brackets."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from simulator.appraisal.results import break_even_words
from simulator.report.mark_words import explained, signs, signs_of_arm, spaced, under
from simulator.report.named import as_printed

WIDTH = 110
RIGHT = set("0123456789-−£–")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """An aligned table; columns of numbers to the right. What follows a line break in a heading stands below it."""
    cells = [list(map(str, row)) for row in rows]
    tops = list(zip_longest(*(str(heading).split("\n") for heading in headings), fillvalue=""))
    widths = [max(len(str(row[column])) for row in [*tops, *cells]) for column in range(len(headings))]
    numeric = [all(not row[c] or row[c][0] in RIGHT for row in cells) and bool(cells) for c in range(len(headings))]

    def line(row: Sequence[str]) -> str:
        parts = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ]
        return "  ".join(parts).rstrip()

    return "\n".join([*map(line, tops), "  ".join("-" * width for width in widths), *map(line, cells)])


def csv_text(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The same table as comma-separated values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()


def rendered(rows: Sequence[dict[str, Any]], form: str) -> str:
    """Rows of plain values in any of the three formats. All rows have the keys of the first."""
    if form == "json":
        return json.dumps(list(rows), indent=2, ensure_ascii=False)
    headings = list(rows[0]) if rows else []
    cells = [["" if value is None else value for value in row.values()] for row in rows]
    if form == "csv":
        return csv_text(headings, cells).rstrip("\n")
    return table(headings, [[shown(value) for value in row] for row in cells])


def shown(value: Any) -> str:
    """A plain value as a person reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return str(value)


def pounds(amount: float) -> str:
    """Pounds in thousands, millions or thousands of millions, a proper minus sign, and none where it rounds to nothing."""
    sign = "−" if amount < -0.5 else ""
    return as_printed(amount, sign + size_in_pounds(abs(float(amount))))


def size_in_pounds(size: float) -> str:
    """An amount that is not negative, in pounds."""
    if size >= 999.5e6:
        return f"£{size / 1e9:,.2f}bn"
    if size >= 999_500:
        return f"£{size / 1e6:,.2f}m"
    return f"£{size / 1e3:,.0f}k" if size >= 1000 else f"£{size:,.0f}"


def counted(number: int, word: str) -> str:
    """A number of things in words, one of them without an s."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def pounds_interval(interval: list[float] | None) -> str:
    """An interval of pounds in brackets; nothing where no input was drawn."""
    return f"[{pounds(interval[0])} to {pounds(interval[1])}]" if interval else ""


def number(value: float) -> str:
    """A count with a proper minus sign, and no sign for nothing."""
    return as_printed(value, f"{round(float(value)) + 0:,}".replace("-", "−"))


def ratio(arm: dict[str, Any]) -> str:
    """Benefit per £1 with its uncertainty interval, or a dash."""
    if arm["benefit_per_pound"] is None:
        return "–"
    interval = arm["benefit_per_pound_interval"]
    said = f"£{arm['benefit_per_pound']:.2f}".replace("£-", "−£")
    return f"{said} [{interval[0]:.2f} to {interval[1]:.2f}]".replace("-", "−") if interval else said


def noise(arm: dict[str, Any]) -> str:
    """Half-width of the 95% interval of mean NPSV over replications: the noise of the simulation."""
    interval = arm["simulation_interval"]["npsv_gbp"]
    return pounds((interval[1] - interval[0]) / 2.0) if interval else ""


def wrapped(sentence: str, bullet: str = "- ") -> str:
    """A sentence as a bullet, wrapped."""
    return textwrap.fill(sentence, WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet))


ARM_HEADINGS = (
    "Funding choice",
    "Programme cost",
    "Reoffences prevented",
    "Custody days saved",
    "Benefit",
    "NPSV [95% interval]",
    "Noise ±",
    "Benefit per £1 [95%]",
)


# The measure that each column but the first shows, whose marks stand below its heading.
ARM_MEASURES = (
    "programme_cost_gbp", "proven_offences", "custody_days", "benefit_gbp", "npsv_gbp", "", "benefit_per_pound",
)  # fmt: skip


def arm_headings(results: dict[str, Any]) -> list[str]:
    """The headings of the table of arms, with the marks of each column."""
    first, *others = ARM_HEADINGS
    return [first, *(under(heading, results, field) for heading, field in zip(others, ARM_MEASURES, strict=True))]


def arm_row(arm: dict[str, Any]) -> list[str]:
    """One arm as a line of the table; everything against the comparator."""
    return [
        arm["title"],
        pounds(arm["programme_cost_gbp"]),
        number(-arm["proven_offences"]["increment"]),
        number(-arm["custody_days"]["increment"]),
        pounds(arm["benefit_gbp"]),
        f"{pounds(arm['npsv_gbp'])} {pounds_interval(arm['npsv_interval'])}".rstrip(),
        noise(arm),
        ratio(arm),
    ]


def heading_of(results: dict[str, Any]) -> str:
    """What is compared with what, and how it is priced."""
    comparator = next(arm["title"] for arm in results["arms"] if arm["name"] == results["comparator"])
    crimes = "one crime per proven offence" if results["counting"] == "proven" else "crimes multiplied up"
    return (
        f"{results['title']}: {results['horizon_years']} years, each choice against '{comparator}'\n"
        f"Present value at {results['discount_rate']:.1%} in {results['price_base']} prices ({results['cost_table']}), "
        f"{results['costing']} costing, {crimes}.\n"
        f"Effect: {results['effect']}. {results['replications']} replications, seed {results['seed']}."
    )


def comparison_text(results: dict[str, Any]) -> str:
    """A whole comparison for the terminal."""
    arms = [arm for arm in results["arms"] if arm["name"] != results["comparator"]]
    refused = [f"{arm['title']}: {arm['ratio_reason']}." for arm in arms if arm["ratio_reason"]]
    level = next(arm for arm in results["arms"] if arm["name"] == results["comparator"])
    lines = [
        heading_of(results),
        *([wrapped(fall_in_words(results["reported_fall"]), "")] if results["reported_fall"] else []),
        *([wrapped(explained(results), "")] if results.get("marks") else []),
        "",
        table(arm_headings(results), [arm_row(arm) for arm in arms]),
        wrapped(
            f"{brackets(results['drawn_inputs'])} Noise ±: simulation noise of the mean; more replications "
            "narrow it. Custody days saved mean more time at liberty to offend, so fewer reoffences may be prevented.",
            "",
        ),
        "",
        wrapped(
            f"'{level['title']}' itself: {number(level['proven_offences']['level'])} proven reoffences and "
            f"{number(level['custody_days']['level'])} days in custody in {results['horizon_years']} years"
            f"{spaced(signs(results, 'proven_offences'))}.",
            "",
        ),
        *[wrapped(sentence, "") for arm in arms[:1] for sentence in about(arm)],
        *[wrapped(each, "") for each in refused],
        "",
        other_readings(results),
        "",
        "Before you quote a figure:",
        *[wrapped(each) for each in results["warnings"]],
    ]
    return "\n".join(lines)


RATIO_WORDS = {
    "effect.occasions_ratio": "occasions",
    "effect.offences_per_occasion_ratio": "offences per occasion",
    "effect.custody_ratio": "custody",
}


def brackets(names: Sequence[str]) -> str:
    """What the intervals are intervals of, in a sentence, from the names of the inputs drawn for them."""
    effect = any(name in RATIO_WORDS for name in names)
    fit = any(name not in RATIO_WORDS for name in names)
    if effect and fit:
        return "Brackets: 95% interval of the effect's evidence and of the fitted rates, drawn together."
    if fit:
        return "Brackets: 95% interval of the fitted rates; the effect is not drawn."
    return "Brackets: 95% interval of the effect's evidence." if effect else "No brackets: no input is drawn."


def drawn_in_words(names: Sequence[str]) -> str:
    """The inputs drawn for the intervals, as a part of a sentence; empty for none."""
    ratios = [words for name, words in RATIO_WORDS.items() if name in names]
    fitted = [name.removeprefix("population.") for name in names if name not in RATIO_WORDS]
    parts = [f"the effect's ratios on {listed(ratios)}"] if ratios else []
    return " and ".join([*parts, *([f"the fitted {listed(fitted)}"] if fitted else [])])


def listed(words: Sequence[str]) -> str:
    """Words with commas, and an "and" before the last."""
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def fall_in_words(fall: dict[str, Any]) -> str:
    """How much of a before/after fall would have been seen anyway, as a range."""
    reported, expected = fall["reported"], fall["without_effect"]
    return (
        f"The scheme's own report shows a fall of {reported['value']:.0%}. With no effect at all, selection and time in "
        f"custody would show a fall of {expected['low']:.0%} to {expected['high']:.0%}, by the reading (`reproduce --part "
        "regression`): the scheme cannot claim that part."
    )


def break_even_of(arm: Mapping[str, Any]) -> str:
    """An arm's break-even in words, from its figures where it has them."""
    found = arm["break_even"]
    if found["prevented_per_person_year"] is None:
        return str(found["words"])
    fields = ("prevented_per_person_year", "achieved_per_person_year", "value_per_proven_offence_gbp")
    needed, achieved, value = (found[name] for name in fields)
    return break_even_words(needed, achieved, value)


def about(arm: dict[str, Any]) -> list[str]:
    """Break-even, payback and unit costs of one arm, in sentences."""
    if arm["programme_cost_gbp"] <= 0.0:
        return []  # a cheaper arm has nothing to break even on; what it saves and gives up is said below
    year = arm["payback_year"]
    paid = f"It pays back by the end of year {year}" if year else "It does not pay back within the horizon"
    managed = arm["cost_per_managed_person_year_gbp"]
    prevented = arm["cost_per_proven_reoffence_prevented_gbp"]
    costs = []
    if managed is not None:
        costs.append(f"£{managed:,.0f} for each person managed for a year")
    costs.append(
        f"£{prevented:,.0f} for each proven reoffence prevented"
        if prevented is not None
        else "for each proven reoffence prevented it cannot be told, since the number prevented may be nil"
    )
    net, cost = (signs_of_arm(arm, field) for field in ("npsv_gbp", "programme_cost_gbp"))
    return [f"{arm['title']}: {break_even_of(arm)}{net}.", f"{paid}{net}. Cost: {'; '.join(costs)}{cost}."]


def other_readings(results: dict[str, Any]) -> str:
    """The first funded arm under both costings and both counting units."""
    first = next(arm for arm in results["arms"] if arm["name"] != results["comparator"])
    rows = []
    for each in results["alternatives"]:
        if each["name"] == first["name"]:
            headline = each["costing"] == results["costing"] and each["counting"] == results["counting"]
            value = each["benefit_per_pound"]
            rows.append(
                [
                    f"{each['costing']} costing, {each['counting']} counting" + (" (headline)" if headline else ""),
                    pounds(each["benefit_gbp"]),
                    pounds(each["npsv_gbp"]),
                    "–" if value is None else f"£{value:.2f}".replace("£-", "−£"),
                ]
            )
    measures = {"Benefit": "benefit_gbp", "NPSV": "npsv_gbp", "Benefit per £1": "benefit_per_pound"}
    headings = ["", *(under(heading, results, field) for heading, field in measures.items())]
    return f"'{first['title']}' under other readings:\n" + table(headings, rows)
