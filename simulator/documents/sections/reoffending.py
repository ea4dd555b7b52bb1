"""What happens to offending and custody: by year, and by cause."""

from __future__ import annotations

from simulator.documents.contents import Block, Bullets, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import difference_words, text


def offences_by_year(material: Material) -> Section:
    """Proven offences in each year under the headline arm and its comparator."""
    arm, other = material.arm, material.other
    rows = [
        [
            str(mine["year"]),
            text.number(base["proven_offences"]["level"]),
            text.number(mine["proven_offences"]["level"]),
            text.number(mine["proven_offences"]["increment"]),
            text.number(base["custody_days"]["level"]),
            text.number(mine["custody_days"]["increment"]),
        ]
        for mine, base in zip(arm["by_year"], other["by_year"], strict=True)
    ]
    picture = material.picture(
        "proven-offences",
        "The scale starts at zero, so that a small difference looks small.",
        table_of(
            "offences-table",
            "Proven offences and days in custody in each year, mean of the runs",
            [
                "Year",
                f"Offences, {other['title']}",
                f"Offences, {arm['title']}",
                "Difference in offences",
                f"Days in custody, {other['title']}",
                "Difference in days",
            ],
            rows,
        ),
    )
    return Section("offences", "Proven offences and custody by year", (picture,))


def by_cause(material: Material) -> Section | None:
    """Why the headline arm differs from its comparator."""
    answer = material.answer("difference")
    if answer is None:
        return None
    blocks: list[Block] = [Bullets(tuple(difference_words.sentences_of(answer)))]
    for found in difference_words.worth_a_table(answer):
        columns = difference_words.shown_columns(found)
        for number, part in enumerate(difference_words.parts_of(columns)):
            rows = [
                difference_words.cells_of(line, part, answer["replications"])
                for line in difference_words.lines_of(found)
            ]
            table = table_of(
                f"cause-{found['by']}-{number + 1}",
                f"{difference_words.QUESTIONS[found['by']]}, {answer['price_base']} prices",
                difference_words.headings_of(part),
                rows,
            )
            message = "Bars start where the one before ends; grey is the sum of all."
            blocks.append(table if number else material.picture(f"waterfall-{found['by']}", message, table))
    blocks.append(Paragraph(difference_words.NOTE))
    return Section("causes", f"Why '{answer['arm']['title']}' differs", tuple(blocks))
