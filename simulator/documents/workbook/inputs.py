"""The inputs that may be changed: discount rates, price base and optimism bias; and the discount factors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.documents.workbook.frame import changed, fixed_lead, marked
from simulator.documents.workbook.notes import note
from simulator.documents.workbook.sheets import Allowed, Cell, Column, Layout, Sheet, row_of, year_columns
from simulator.documents.workbook.sums import Sums
from simulator.scenario.fields import LEVERS

Places = Mapping[str, Layout]

INPUT_COLUMNS = (
    Column("input", "Input", 34),
    Column("value", f"Value (may be changed) {note('inputs')}", 16, "input_percent"),
    Column("run", "In the run", 14, "percent"),
    Column("changed", "Changed?", 12),
    Column("allowed", "What may be typed", 32),
    Column("standing", "Standing", 13),
    Column("source", "Source", 20),
    Column("about", "What it does", 62, "wrap"),
)


def input_layouts(sums: Sums) -> list[Layout]:
    """Where the inputs stand."""
    factors = (Column("rate", "Which rate", 44), *year_columns(sums.years, "factor"))
    return [
        Layout("Inputs", INPUT_COLUMNS, len(inputs_lead(sums)), 7),
        Layout("Discount factors", factors, len(factors_lead()), 2),
    ]


def inputs_lead(sums: Sums) -> tuple[Cell, ...]:
    """The rows above the inputs."""
    said = "Change a cell with a yellow fill and a dark border; every amount in the workbook follows."
    return (*fixed_lead(said), changed(), *marked(sums))


def inputs_sheet(sums: Sums, places: Places) -> Sheet:
    """Discount rates, price base, optimism bias and benefit cut, and whether any input was changed."""
    here, costs = places["Inputs"], sums.costs
    main, health = costs["rates"]
    rate = percent_allowed("discount_rate")
    rows = [
        rate_row(here, 0, "Discount rate, a year", "discount_rate", main, rate, f"Present values {note('discounting')}."),
        rate_row(
            here, 1, "Discount rate for harm to health", "health_discount_rate", health, rate,
            f"Only the sensitivity on Social case {note('social')}.",
        ),
        base_row(here, 2, str(costs["price_base"])),
        rate_row(
            here, 3, "Optimism bias on programme cost", "optimism_bias", chosen(costs["optimism_bias"]),
            percent_allowed("optimism_bias"), f"Raises programme lines that cost more {note('bias')}.",
        ),
        rate_row(
            here, 4, "Benefit cut", "benefit_cut", chosen(costs["benefit_cut"]), percent_allowed("benefit_cut"),
            f"Optimism bias on benefits: lowers lines that gain {note('bias')}.",
        ),
        counting_row(here, 5, places["Unit costs"]),
        verdict_row(here, 6),
    ]  # fmt: skip
    about = "Discount rate, price base, optimism bias and benefit cut"
    return Sheet(here, "Inputs that may be changed", about, inputs_lead(sums), rows, live=True)


def chosen(value: float) -> dict[str, Any]:
    """A lever of the run."""
    return {"value": value, "standing": "choice", "source": ""}


def percent_allowed(lever: str) -> Allowed:
    """The bounds of a lever of the appraisal, as a scenario file has them."""
    low, high = LEVERS[f"appraisal.{lever}"].minimum or 0.0, LEVERS[f"appraisal.{lever}"].maximum or 1.0
    return Allowed(f"a percentage from {low:.0%} to {high:.0%}", low, high)


def rate_row(
    here: Layout, row: int, title: str, name: str, given: Mapping[str, Any], allowed: Allowed, about: str
) -> tuple[Cell, ...]:
    """One percentage that may be changed."""
    value = Cell(given["value"], name=name, allowed=allowed)
    standing, source = given["standing"], given["source"] or "–"
    return row_of(title, value, given["value"], differs(here, row), allowed.words, standing, source, about)


def base_row(here: Layout, row: int, price_base: str) -> tuple[Cell, ...]:
    """The price base, chosen among the years that have a deflator."""
    allowed = Allowed("a financial year that is on Deflators", choices="=deflator_years")
    value = Cell(price_base, style="input_text", name="price_base", allowed=allowed)
    about = f"The year in whose prices every amount stands {note('price base')}."
    run = Cell(price_base, style="text")
    return row_of("Price base", value, run, differs(here, row), allowed.words, "choice", "–", about)


def counting_row(here: Layout, row: int, unit_costs: Layout) -> tuple[Cell, ...]:
    """How many unit costs were changed."""
    formula = f'=COUNTIF({unit_costs.all("changed")},"yes")'
    value = Cell(0, formula, "count")
    about = "How many unit costs, or their price years, differ from the run."
    return row_of(
        "Unit costs changed", value, Cell(0, style="count"), differs(here, row), "nothing: a formula", "–", "–", about
    )


def verdict_row(here: Layout, row: int) -> tuple[Cell, ...]:
    """Whether any input differs from the run."""
    formula = f'=IF(COUNTIF({here.here("changed", 0)}:{here.here("changed", row - 1)},"yes")>0,"yes","no")'
    value = Cell("no", formula, "strong", name="inputs_changed")
    same = Cell("no", f"={here.here('value', row)}")
    run = Cell("no", style="text")
    about = f"Where yes, intervals of the run no longer apply {note('intervals')}."
    return row_of("Inputs changed?", value, run, same, "nothing: a formula", "–", "–", about)


def differs(here: Layout, row: int) -> Cell:
    """Whether a row's value differs from that of the run."""
    return Cell("no", f'=IF({here.here("value", row)}={here.here("run", row)},"no","yes")')


def factors_lead() -> tuple[Cell, ...]:
    """The rows above the discount factors."""
    return (*fixed_lead(f"What £1 of each year counts for today {note('discounting')}."), changed())


def factors_sheet(sums: Sums, places: Places) -> Sheet:
    """What a pound of each year counts for, at either rate."""
    here = places["Discount factors"]
    rows = [
        factor_row("Discount factor", "discount_rate", sums.costs["discount_factors"]),
        factor_row("Discount factor for harm to health", "health_discount_rate", sums.costs["health_discount_factors"]),
    ]
    last = f"y{sums.years}"
    names = tuple(
        (name, f"={here.at('y1', row)}:{here.at(last, row).partition('!')[2]}")
        for row, name in enumerate(("discount_factors", "health_factors"))
    )
    about = "What £1 of each year counts for, by discount rate"
    return Sheet(here, "Discount factors", about, factors_lead(), rows, live=True, names=names)


def factor_row(title: str, rate: str, factors: list[float]) -> tuple[Cell, ...]:
    """The factors of one rate; the first year is not discounted."""
    cells = [Cell(factor, f"=(1+{rate})^-{year}" if year else "=1") for year, factor in enumerate(factors)]
    return row_of(title, *cells)
