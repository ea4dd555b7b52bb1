"""The financial case: cash by budget year and agency, who must find it, and what nobody's budget gets back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.charts.arms import agency_name
from simulator.documents.contents import Block, Paragraph, Section, Table
from simulator.documents.sections import cash_basis
from simulator.documents.sections.material import Material, table_of
from simulator.report import mark_words, text, verdicts

MOST_COLUMNS = 7
LINES = {
    "offender_manager_year": "Offender managers",
    "place_year": "Support for people on places",
    "fixed_year": "Coordination and rooms",
    "selection": "Selection and assessment",
}
Row = Mapping[str, Any]


def financial_case(material: Material) -> Section | None:
    """The financial case, where cash was worked out."""
    if material.answer("budget") is None:
        return None
    parts = (
        cash_basis.basis(material),
        programme(material),
        gap(material),
        every_choice(material),
        other_inflation(material),
    )
    return Section("financial-case", "Financial case", parts)


def programme(material: Material) -> Section:
    """What the programme costs in cash, by agency and by line."""
    arm, marks = cash_arm(material), mark_words.explained(material.comparison)
    payers = [row for row in arm["by_agency"] if row["programme_cost_gbp"] or row["whole_programme_cost_gbp"]]
    blocks: list[Block] = [
        Paragraph(spending_words(material, arm)),
        *([Paragraph(marks, "small")] if marks else []),
        by_year_table("cash-agency", f"Who pays for '{arm['title']}', cash", named_by(payers, agency_name), arm),
        by_year_table(
            "cash-line", f"What '{arm['title']}' is spent on, cash", named_by(arm["by_line"], line_name), arm
        ),
    ]
    if arm["whole_programme_cost_gbp"] != arm["programme_cost_gbp"]:
        blocks.append(Paragraph(whole_words(material, arm)))
    return Section("cash-programme", "Programme cost by budget year", tuple(blocks))


def cash_arm(material: Material) -> dict[str, Any]:
    """The arm that sentences are about, in cash."""
    budget = material.answers["budget"]
    found: dict[str, Any] = next(arm for arm in budget["arms"] if arm["name"] == material.arm["name"])
    return found


def line_name(line: str) -> str:
    """A line of the programme as a budget would call it."""
    return LINES.get(line, line.replace("_", " ").capitalize())


def named_by(rows: Sequence[Row], name: Any) -> list[tuple[str, Row]]:
    """Rows with what they are called."""
    return [(name(next(row[key] for key in ("agency", "line") if key in row)), row) for row in rows]


def spending_words(material: Material, arm: Row) -> str:
    """What is spent in all, in cash and at the prices of the price base."""
    budget = material.answers["budget"]
    verb = "costs" if arm["programme_cost_gbp"] >= 0.0 else "changes spending by"
    return (
        f"'{arm['title']}' {verb} {text.pounds(arm['programme_cost_gbp'])} in cash over budget years {span_of(budget)}. The "
        f"same, not discounted, is {text.pounds(arm['programme_cost_in_price_base_gbp'])} in {budget['price_base']} prices; "
        f"the economic case has {text.pounds(material.arm['programme_cost_gbp'])}, discounted."
    )


def span_of(budget: Row) -> str:
    """The first and the last budget year."""
    years = [row["year"] for row in budget["years"]]
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def whole_words(material: Material, arm: Row) -> str:
    """The whole budget of an arm whose comparator has a scheme too."""
    return (
        f"These amounts are on top of what '{material.other['title']}' spends on a scheme; the whole programme budget of "
        f"'{arm['title']}' is {text.pounds(arm['whole_programme_cost_gbp'])}."
    )


def by_year_table(
    name: str,
    caption: str,
    parts: Sequence[tuple[str, Row]],
    total: Row,
    field: str = "programme_cost_gbp",
) -> Table:
    """One row a budget year, one column a part, the total last."""
    rows = [
        [year["year"], *(text.pounds(part["by_year"][place][field]) for _, part in parts), text.pounds(year[field])]
        for place, year in enumerate(total["by_year"])
    ]
    last = strong(["All years", *(text.pounds(part[field]) for _, part in parts), text.pounds(total[field])])
    return table_of(name, caption, ["Budget year", *(title for title, _ in parts), "Total"], [*rows, last])


def strong(cells: Sequence[str]) -> list[str]:
    """A row that adds up the others."""
    return [f"**{cell}**" for cell in cells]


def gap(material: Material) -> Section:
    """What must be found, and why the capacity that is released does not pay for it."""
    arm = cash_arm(material)
    rows = [[row["year"], *(text.pounds(row[field]) for field in GAP)] for row in arm["by_year"]]
    rows.append(strong(["All years", *(text.pounds(arm[field]) for field in GAP)]))
    freed = [row for row in arm["by_agency"] if row["capacity_released_gbp"]]
    blocks: list[Block] = [
        *[Paragraph(sentence) for sentence in gap_words(material, arm)],
        table_of(
            "cash-gap",
            f"The funding gap of '{arm['title']}', cash",
            ["Budget year", "Programme cost", "Cashable benefit", "To be found", "Capacity released, not cashable"],
            rows,
            [
                "To be found is programme cost less cashable benefit. Capacity released stands beside it and is not taken "
                "off."
            ],
        ),
    ]
    if freed:
        blocks.append(
            by_year_table(
                "cash-released",
                f"Capacity released by '{arm['title']}', not cashable, cash prices",
                named_by(freed, agency_name),
                arm,
                field="capacity_released_gbp",
            )
        )
        blocks.append(Paragraph(released_note(material), "small"))
    return Section("cash-gap-section", "Funding gap: what is cashable and what is not", tuple(blocks))


GAP = ("programme_cost_gbp", "cashable_benefit_gbp", "to_be_found_gbp", "capacity_released_gbp")


def gap_words(material: Material, arm: Row) -> list[str]:
    """The gap in sentences."""
    span = f"in cash over budget years {span_of(material.answers['budget'])}"
    if arm["programme_cost_gbp"] < 0.0:
        return [less_spent(arm, span)]
    left_out = "Economic and social benefits are in nobody's budget and are left out here."
    return [f"{to_be_found(arm, span)} {capacity(arm)} {left_out}", *payers(arm)]


def less_spent(arm: Row, span: str) -> str:
    """What a cheaper arm spends less, and what happens to capacity."""
    released = arm["capacity_released_gbp"]
    return (
        f"'{arm['title']}' spends {text.pounds(abs(arm['programme_cost_gbp']))} less on the programme {span}, cashable if "
        f"posts and contracts really end. Capacity worth {text.pounds(abs(released))} (cash prices) is "
        f"{'released' if released > 0.0 else 'taken up'} elsewhere, which is not cashable."
    )


def to_be_found(arm: Row, span: str) -> str:
    """What must be found for a dearer arm."""
    if not arm["cashable_benefit_gbp"]:
        cost = text.pounds(arm["programme_cost_gbp"])
        return f"None of the benefit of '{arm['title']}' is priced as cashable, so that all of {cost} {span} must be found."
    return (
        f"Of the benefit of '{arm['title']}', {text.pounds(arm['cashable_benefit_gbp'])} is priced as cashable, so that "
        f"{text.pounds(arm['to_be_found_gbp'])} {span} must be found."
    )


def capacity(arm: Row) -> str:
    """That released capacity pays for nothing."""
    released = arm["capacity_released_gbp"]
    if released <= 0.0:
        return "No capacity is released to public bodies in the mean of the runs."
    return (
        f"Public bodies have capacity worth {text.pounds(released)} (cash prices) released to them: officers' hours, court "
        "sittings and prison places that others will use. **Nobody's budget falls by it**, unless posts, sittings or wings "
        "are closed."
    )


def payers(arm: Row) -> list[str]:
    """Who pays and who has the capacity, where they are not the same."""
    pays = [row for row in arm["by_agency"] if row["programme_cost_gbp"] > 0.0]
    has = max(arm["by_agency"], key=lambda row: float(row["capacity_released_gbp"]), default=None)
    if not pays or has is None or has["capacity_released_gbp"] <= 0.0:
        return []
    paying = text.listed([f"{agency_name(row['agency'])} ({text.pounds(row['programme_cost_gbp'])})" for row in pays])
    return [
        f"Those who pay are not those who gain. Paying, by the cost tables: {paying}. Most capacity is released to: "
        f"{agency_name(has['agency'])} ({text.pounds(has['capacity_released_gbp'])}, not cashable)."
    ]


def released_note(material: Material) -> str:
    """How sure the capacity is."""
    span = verdicts.spoken(material.arm["npsv_interval"])
    return (
        "A minus sign means that more capacity is taken up. These are means of what the scheme changes and as unsure as the "
        f"NPSV, whose 95% interval is {span} (present value): do not plan on them."
    )


def every_choice(material: Material) -> Section:
    """Programme cost in cash of all choices, and what must be found for each."""
    budget = material.answers["budget"]
    years = [row["year"] for row in budget["years"]]
    columns = [*years, "All years"]
    cells = [
        [*(text.pounds(row["to_be_found_gbp"]) for row in arm["by_year"]), text.pounds(arm["to_be_found_gbp"])]
        for arm in budget["arms"]
    ]
    titles = [arm["title"] for arm in budget["arms"]]
    caption = f"To be found for each funding choice against '{budget['comparator_title']}', cash"
    if len(columns) + 1 <= MOST_COLUMNS:
        rows = [[title, *row] for title, row in zip(titles, cells, strict=True)]
        table = table_of("cash-choices", caption, ["Funding choice", *columns], rows)
    else:
        rows = [[year, *each] for year, each in zip(columns, zip(*cells, strict=True), strict=True)]
        rows = [*rows[:-1], strong(rows[-1])]
        table = table_of("cash-choices", caption, ["Budget year", *titles], rows)
    note = Paragraph(
        "Programme cost less cashable benefit. A minus sign means that less is spent than with the comparator."
    )
    return Section("cash-every-choice", "Every funding choice", (table, note))


def other_inflation(material: Material) -> Section:
    """The cash table on other paths of inflation."""
    budget, arm = material.answers["budget"], cash_arm(material)
    titles = {path["name"]: path["title"] for path in budget["paths"]}
    rows = [["Inflation as stated", *(text.pounds(arm[field]) for field in GAP[:1] + GAP[2:]), "–"]]
    rows += [
        [
            titles[row["name"]],
            *(text.pounds(row[field]) for field in GAP[:1] + GAP[2:]),
            text.pounds(row["to_be_found_gbp"] - arm["to_be_found_gbp"]),
        ]
        for row in arm["by_path"]
    ]
    return Section(
        "cash-inflation",
        "If prices rise faster or slower",
        (
            Paragraph(
                "Pay awards and contract prices need not follow the GDP deflator. A rise that is one point a year faster or "
                "slower is assumed, to show how much hangs on it."
            ),
            table_of(
                "cash-paths",
                f"'{arm['title']}' on other paths of inflation, cash over {span_of(budget)}",
                [
                    "Path",
                    "Programme cost",
                    "To be found",
                    "Capacity released, not cashable",
                    "Change in what is to be found",
                ],
                rows,
            ),
        ),
    )
