"""Why two results differ, in plain sentences and as tables for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.appraisal.intervals import student_t
from simulator.report import markdown
from simulator.report.mark_words import explained, under
from simulator.report.text import counted, listed, number, pounds, table, wrapped
from simulator.uncertainty.difference import COLUMNS, COUNTS, NPSV

HEADINGS = {
    "reoffences_prevented": "Reoffences prevented",
    "crimes_prevented": "Crimes prevented",
    "custody_days_saved": "Custody days saved",
    "programme_gbp": "Programme",
    "crime_gbp": "Crime",
    "police_and_courts_gbp": "Police, courts",
    "prison_gbp": "Prison",
    "supervision_gbp": "Supervision",
    NPSV: "NPSV",
}
LESS = "less (cashable if posts and contracts really end)"
Document = Mapping[str, Any]
Line = Mapping[str, Any]


def sentences_of(document: Document) -> list[str]:
    """What the tables say, in plain sentences."""
    first = document["tables"][0]
    if first["by"] == "setting":
        return setting_sentences(document, first)
    total = first["total"]
    return [
        programme_sentence(document, first["opening"]),
        *(
            (effect_sentence(row, document["replications"]) for row in first["rows"])
            if first["rows"]
            else ["The effect has every ratio at 1 and changes nothing."]
        ),
        *apart_sentences(first["rows"]),
        f"Altogether: {listed(amounts(total))}, and NPSV of {pounds(total[NPSV])}"
        f"{doubt(total, document['replications'])}.",
        *(choice_sentence(row, document["replications"]) for each in document["tables"][1:] for row in each["rows"]),
    ]


def programme_sentence(document: Document, opening: Line) -> str:
    """What the programme costs more or less, with no effect at all."""
    arm, other = document["arm"]["title"], document["other"]["title"]
    cost = -opening["programme_gbp"]
    if abs(cost) < 0.5:
        return f"'{arm}' by itself costs the same as '{other}'."
    return f"Against '{other}', '{arm}' by itself costs {pounds(abs(cost))} {'more' if cost > 0.0 else LESS}."


def amounts(row: Line) -> list[str]:
    """Reoffences and days in custody of a row, in words."""
    return [
        f"{number(abs(row[column]))} {'fewer' if row[column] >= 0.0 else 'more'} {words}"
        for column, words in (("reoffences_prevented", "proven reoffences"), ("custody_days_saved", "days in custody"))
    ]


def gives_back(row: Line) -> bool:
    """Whether less custody lets more reoffences happen."""
    return bool(row["cause"] == "custody_ratio" and row["reoffences_prevented"] < 0.0 < row["custody_days_saved"])


def effect_sentence(row: Line, replications: int) -> str:
    """One cause: what it does to reoffending and to custody, and what either is worth."""
    if row["cause"] == "detection_ratio":
        crimes = (
            f"{number(abs(row['crimes_prevented']))} {'fewer' if row['crimes_prevented'] >= 0.0 else 'more'} crimes"
        )
        return f"{row['title']} ({row['what']}): {crimes} behind the proven offences, {pounds(row[NPSV])}."
    reoffences, days = amounts(row)
    if gives_back(row):
        reoffences += " in the time at liberty that this gives back"
    prison = f" ({pounds(row['prison_gbp'])} of prison, not cashable)" if row["prison_gbp"] else ""
    parts = [f"{reoffences} ({pounds(row[NPSV] - row['prison_gbp'])} of everything but prison)", f"{days}{prison}"]
    said = " and ".join(reversed(parts) if row["cause"] == "custody_ratio" else parts)
    return f"{row['title']} ({row['what']}): {said}; {pounds(row[NPSV])} in all{doubt(row, replications)}."


def half_width(row: Line, replications: int, column: str = NPSV) -> float | None:
    """Half of a share's 95% interval by Student t, as `compare` has it; None for a single replication."""
    error = row["standard_error"][column]
    return None if error is None else float(error) * student_t(replications - 1)


def within_noise(row: Line, replications: int, column: str = NPSV) -> bool:
    """Whether luck alone could make a share."""
    half = half_width(row, replications, column)
    return half is not None and half > 0.0 and abs(float(row[column])) <= half


def doubt(row: Line, replications: int) -> str:
    """A word where a share cannot be told from none."""
    return ", within simulation noise" if within_noise(row, replications) else ""


def apart_sentences(rows: Sequence[Line]) -> list[str]:
    """Where rehabilitation and custody pull apart: what one prevents, the other gives back."""
    custody = [row for row in rows if gives_back(row)]
    if not custody:
        return []
    back = -custody[0]["reoffences_prevented"]
    prevented = sum(row["reoffences_prevented"] for row in rows) + back
    if prevented > back:
        return [
            f"Of {number(prevented)} proven reoffences prevented otherwise, less custody gives back {number(back)}."
        ]
    return [
        "Proven reoffences rise: less custody gives back more than is prevented otherwise. What is gained is days in "
        "custody, what is lost is crime; read both columns."
    ]


def choice_sentence(row: Line, replications: int) -> str:
    """What was chosen differently, and what that is worth."""
    said = f"Chosen differently, {row['title'].lower()} ({row['what']}): {pounds(row[NPSV])} of the NPSV"
    return f"{said}{doubt(row, replications)}."


def setting_sentences(document: Document, found: Document) -> list[str]:
    """What each changed setting does to NPSV."""
    before, after = (pounds(found[end][NPSV]) for end in ("opening", "total"))
    arms = f"'{document['arm']['title']}' against '{document['other']['title']}'"
    said = [f"NPSV of {arms} goes from {before} to {after} under the other settings."]
    bases = [document["price_base"], document["price_base_after"]]
    if bases[0] != bases[1]:
        asked = any(row["cause"] == "appraisal.price_base" for row in found["rows"])
        held = "" if asked else f"; --price-base {bases[0]} holds them"
        said.append(
            f"Prices move from those of {bases[0]} to those of {bases[1]} too, and pounds of two years are not the same"
            f"{held}."
        )
    number_of = document["replications"]
    return said + [f"{row['what']}: {pounds(row[NPSV])}{doubt(row, number_of)}." for row in found["rows"]]


def heading_of(document: Document) -> str:
    """What is compared with what, and how it is priced."""
    arm, other = document["arm"]["title"], document["other"]["title"]
    asked = (
        f"What other settings do to '{arm}' against '{other}'"
        if document["versus_settings"]
        else f"Why '{arm}' differs from '{other}'"
    )
    return (
        f"{asked}. {document['title']}, {document['horizon_years']} years\n"
        f"Present value in {document['price_base']} prices ({document['cost_table']}), {document['costing']} costing.\n"
        f"Effect: {document['effect']}. {counted(document['replications'], 'replication')}, seed {document['seed']}."
    )


def marks_lines(document: Document) -> list[str]:
    """What the marks mean, in a paragraph; none where there are none."""
    return [said] if (said := explained(document)) else []


QUESTIONS = {
    "effect": "By what the programme does",
    "choice": "By what was chosen",
    "setting": "By setting",
}
NOTE = (
    "Above zero is a gain. Shares do not hang on the order in which causes are named, and add up to the difference "
    "that `compare` prints, exactly before rounding. Every row has the same luck; noise ±: 95% half-width of NPSV, which "
    "more replications narrow. Prison days saved are not cashable."
)


def lines_of(found: Document) -> list[Line]:
    """The rows of one table: the opening where there is any, the causes, the total."""
    opening = [found["opening"]] if found["opening"]["title"] else []
    return [*opening, *found["rows"], found["total"]]


def shown_columns(found: Document) -> list[str]:
    """Columns with something in them; crimes only where they are not the proven offences."""
    lines = lines_of(found)
    return [
        name
        for name in COLUMNS
        if name == NPSV
        or (any(line[name] for line in lines) and name != "crimes_prevented")
        or any(line["crimes_prevented"] != line["reoffences_prevented"] for line in lines if name == "crimes_prevented")
    ]


def cells_of(line: Line, columns: Sequence[str], replications: int) -> list[str]:
    """One line of a table in words."""
    half = half_width(line, replications)
    cells = [line["title"], *(number(line[name]) if name in COUNTS else pounds(line[name]) for name in columns)]
    return [*cells, "" if half is None else pounds(half)] if NPSV in columns else cells


def parts_of(columns: Sequence[str]) -> list[list[str]]:
    """The columns of two tables, neither too wide: what is counted, with the whole in pounds; and what that is made of."""
    money = [name for name in columns if name not in COUNTS and name != NPSV]
    return [each for each in ([name for name in columns if name not in money], money) if each]


def headings_of(columns: Sequence[str]) -> list[str]:
    """Headings of a table, with noise beside NPSV."""
    return ["Cause", *(HEADINGS[name] for name in columns), *(["Noise ±"] if NPSV in columns else [])]


# The measure whose marks a column bears, where it goes by another name.
MEASURES = {
    "reoffences_prevented": "proven_offences",
    "crimes_prevented": "crimes",
    "custody_days_saved": "custody_days",
    "programme_gbp": "programme_cost_gbp",
}


def marked(columns: Sequence[str], document: Document) -> list[str]:
    """The same headings with the marks of their columns below them."""
    fields = ["", *(MEASURES.get(name, name) for name in columns), ""]
    return [under(each, document, field) for each, field in zip(headings_of(columns), fields, strict=False)]


def worth_a_table(document: Document) -> list[Document]:
    """The tables, without a second one of a single row: a sentence has said it."""
    return [found for place, found in enumerate(document["tables"]) if place == 0 or len(found["rows"]) > 1]


def table_text(found: Document, document: Document) -> str:
    """One way to take the difference apart, for the terminal: two tables of the same causes."""
    return "\n\n".join(
        table(
            marked(columns, document), [cells_of(line, columns, document["replications"]) for line in lines_of(found)]
        )
        for columns in parts_of(shown_columns(found))
    )


def difference_text(document: Document) -> str:
    """The whole answer for the terminal."""
    heading = "\n".join([heading_of(document), *(wrapped(each, "") for each in marks_lines(document))])
    parts = [heading, "\n".join(wrapped(each, "") for each in document["sentences"])]
    for found in worth_a_table(document):
        parts.append(f"{QUESTIONS[found['by']]}:\n{table_text(found, document)}")
    warnings = [wrapped(each) for each in document["warnings"]]
    return "\n\n".join([*parts, wrapped(NOTE, ""), "\n".join(["Before you quote a figure:", *warnings])])


def difference_page(document: Document) -> str:
    """The answer in Markdown: each waterfall with its table under it."""
    parts = [f"# {heading_of(document)}", *marks_lines(document), "\n\n".join(document["sentences"])]
    for found in worth_a_table(document):
        columns = shown_columns(found)
        cells = [cells_of(line, columns, document["replications"]) for line in lines_of(found)]
        parts += [
            f"## {QUESTIONS[found['by']]}",
            f"![Waterfall; the table below has the same figures](waterfall-{found['by']}.svg)",
            markdown.table(headings_of(columns), cells),
        ]
    return "\n\n".join([*parts, NOTE, markdown.bullets(document["warnings"])])
