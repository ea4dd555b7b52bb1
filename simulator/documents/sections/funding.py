"""What each further place brings, and where the next pound stops paying for itself."""

from __future__ import annotations

from simulator.documents.contents import Bullets, Fold, Paragraph, Section
from simulator.documents.sections.material import Material, table_of
from simulator.report import funding_words


def funding_curve(material: Material) -> Section | None:
    """The curve of places."""
    answer = material.answer("funding")
    if answer is None:
        return None
    about = (
        f"'{answer['arm_title']}' with other numbers of places, against '{answer['no_scheme']}', present value over "
        f"{answer['horizon_years']} years in {answer['price_base']} prices"
    )
    return Section(
        "funding",
        "The funding curve: what each further place brings",
        (
            Bullets(tuple(funding_words.said_of(answer))),
            material.picture(
                "funding-npsv",
                "NPSV at each number of places; the band is what 95% of draws lie in.",
                table_of(
                    "levels-table",
                    f"{about}",
                    funding_words.HEADINGS,
                    [funding_words.level_cells(level) for level in answer["levels"]],
                ),
            ),
            material.picture(
                "funding-next-pound",
                "What each £1 of the next £100,000 brings; below £1 it costs more than it brings.",
                table_of(
                    "steps-table",
                    "The next £100,000 of cost, step by step",
                    numbered(funding_words.STEP_HEADINGS),
                    [funding_words.step_cells(step) for step in answer["steps"]],
                ),
            ),
            Fold("How to read these figures", (Paragraph(funding_words.note(answer)),)),
        ),
    )


def numbered(headings: tuple[str, ...]) -> list[str]:
    """Headings of which the last two repeat earlier ones: they belong to the column of fixed costs apart."""
    return [f"{each}, fixed costs apart" if each in headings[:place] else each for place, each in enumerate(headings)]
