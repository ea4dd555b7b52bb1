"""Cover, contents, cautions and sources."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.documents.workbook.frame import CONTENTS, fixed_lead, marked
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, row_of
from simulator.documents.workbook.sums import Sums
from simulator.report.verdicts import headline, proper_minus

COVER, CAUTIONS, SOURCES = "Cover", "Cautions", "Sources"
COVER_COLUMNS = (Column("what", "About this workbook", 34, "strong"), Column("words", "What it says", 110, "wrap"))
CONTENTS_COLUMNS = (
    Column("sheet", "Sheet", 30, "table_link"),
    Column("about", "What it holds", 80, "wrap"),
    Column("live", "Follows changed inputs?", 24),
)
CAUTION_COLUMNS = (Column("number", "Number", 10, "count"), Column("words", "What to know", 130, "wrap"))
SOURCE_COLUMNS = (
    Column("name", "Source", 24),
    Column("title", "Title", 66, "wrap"),
    Column("publisher", "Publisher", 34, "wrap"),
    Column("date", "Date", 16),
    Column("superseded", "Superseded by", 20),
    Column("note", "Note", 70, "wrap"),
    Column("licence", "Licence", 40, "wrap"),
)


def cover_sheet(sums: Sums) -> Sheet:
    """What the workbook is of, what it says in one sentence, how to use it, and what ran."""
    document = sums.comparison
    run = document["run"]
    arms = ", ".join(f"'{arm['title']}'" for arm in sums.compared)
    rows = [
        row_of("What was run", f"{document['replications']:,} runs, seed {document['seed']}, over {sums.years} years"),
        row_of("Headline, as run", Cell(proper_minus(headline(document)), style="strong_wrap")),
        row_of("Funding choices", f"{arms}; each against '{sums.arms[0]['title']}'"),
        row_of("Prices", prices_words(sums)),
        row_of("Evidence for the effect", str(document["effect"])),
        row_of("How to use it", HOW),
        row_of("What cannot be changed here", FIXED),
        row_of("Version and digest", f"version {run['version']}, run {run['digest']}, data {run['data_digest']}"),
    ]
    lead = (Cell("To the list of sheets", style="link", link=CONTENTS), *marked(sums))
    layout = Layout(COVER, COVER_COLUMNS, len(lead), len(rows))
    title = f"{document['title']}: costs and benefits of funding choices"
    return Sheet(layout, title, "What this workbook is", lead, rows)


HOW = (
    "Change cells with a yellow fill and a dark border on the sheets Inputs and Unit costs: a unit cost, its price year, "
    "the discount rate, the price base, optimism bias. NPSV, benefit per £1 and the tables by agency, kind and year follow. "
    "Those who know the Greater Manchester cost benefit model find Fiscal case, Economic case and Social case; those who "
    "know the Home Office IOM Value for Money toolkit find Break-even and Cost per managed offender."
)
FIXED = (
    "What happens to people, and how sure the results are, come from the simulation. Once an input is changed, intervals "
    "are no longer shown: run the program again at the new inputs to have them."
)


def prices_words(sums: Sums) -> str:
    """How the run is priced."""
    document = sums.comparison
    return (
        f"{document['price_base']} prices, present value at {round(document['discount_rate'] * 100.0, 2):g}% a year; unit "
        f"costs of crime from {document['cost_table']}; {document['costing']} costing, {document['counting']} counting; "
        f"prison cost: {document['prison_cost']}"
    )


def contents_sheet(sheets: Sequence[Sheet]) -> Sheet:
    """Every other sheet with what it holds."""
    lead = (Cell("Every sheet holds one table. Results come first, inputs and workings after them.", style="lead"),)
    rows = [
        row_of(Cell(sheet.name, link=sheet.name), sheet.about, "yes" if sheet.live else "no: fixed") for sheet in sheets
    ]
    layout = Layout(CONTENTS, CONTENTS_COLUMNS, len(lead), len(rows))
    return Sheet(layout, CONTENTS, "List of sheets", lead, rows)


def cautions_sheet(sums: Sums) -> Sheet:
    """What to know before a figure is quoted."""
    rows = [row_of(number, words) for number, words in enumerate(sums.comparison["warnings"], start=1)]
    lead = (*fixed_lead("Before you quote a figure."), *marked(sums))
    layout = Layout(CAUTIONS, CAUTION_COLUMNS, len(lead), len(rows))
    return Sheet(layout, CAUTIONS, "What to know before a figure is quoted", lead, rows)


def sources_sheet(sums: Sums) -> Sheet:
    """The publications behind the inputs of the run."""
    rows = [
        row_of(
            each["name"],
            each["title"],
            each["publisher"],
            each["date"],
            Cell(each["superseded_by"], style="mark_wrap") if each["superseded_by"] else "–",
            each["note"] or "–",
            each["licence"],
        )
        for each in sums.comparison["sources"]
    ]
    lead = fixed_lead("The publications behind every input of the run, unit costs and rates of offending alike.")
    layout = Layout(SOURCES, SOURCE_COLUMNS, len(lead), len(rows))
    return Sheet(layout, SOURCES, "Publications behind the inputs", lead, rows)
