"""What happens to offending and custody: by year, and by cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.documents.contents import Block, Bullets, Paragraph, Section, Table
from simulator.documents.sections.material import Material, table_of
from simulator.report import difference_words


def offences_by_year(material: Material) -> Section:
    """Proven offences in each year under the headline arm and its comparator."""
    return Section("offences", "Proven offences by year", (material.figure("proven-offences"),))


def by_cause(material: Material) -> Section | None:
    """Why the headline arm differs from its comparator."""
    answer = material.answer("difference")
    if answer is None:
        return None
    blocks: list[Block] = [Bullets(tuple(difference_words.sentences_of(answer)))]
    for found in difference_words.worth_a_table(answer):
        blocks.append(material.figure(f"waterfall-{found['by']}"))
        columns = difference_words.parts_of(difference_words.shown_columns(found))[1:]
        blocks += [money_table(answer, found, each) for each in columns]
    blocks.append(Paragraph(difference_words.NOTE))
    return Section("causes", f"Why '{answer['arm']['title']}' differs", tuple(blocks))


def money_table(answer: Mapping[str, Any], found: Mapping[str, Any], columns: Sequence[str]) -> Table:
    """What the pounds of each cause are made of."""
    rows = [
        difference_words.cells_of(line, columns, answer["replications"]) for line in difference_words.lines_of(found)
    ]
    caption = f"{difference_words.QUESTIONS[found['by']]}: what the pounds are made of, {answer['price_base']} prices"
    return table_of(f"pounds-by-{found['by']}", caption, difference_words.headings_of(columns), rows)
