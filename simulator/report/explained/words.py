"""An explained input or result for the terminal: what it is, then tables from which it can be made again by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.text import counted, number, pounds, pounds_interval, table, wrapped

Found = Mapping[str, Any]
INDENT = 16
DIGITS = 6  # of quantities and unit costs: enough for a product that is right to about a penny
SIDE_WORDS = {
    "programme_cost_gbp": "programme cost",
    "benefit_gbp": "benefit",
    "net_gbp": "benefit less programme cost",
}


def exact_pounds(amount: float) -> str:
    """Pounds and pence with a proper minus sign."""
    return f"£{abs(amount):,.2f}" if round(amount, 2) >= 0 else f"−£{abs(amount):,.2f}"


def exact(value: float) -> str:
    """A quantity or a unit cost with the digits that make its product again."""
    return f"{value + 0.0:,.{DIGITS}f}".replace("-", "−")


def labelled(pairs: Mapping[str, Any]) -> list[str]:
    """One thing known a line, long ones wrapped; what is not known is left out."""
    lines = []
    for label, value in pairs.items():
        if value is None or value == "" or value == []:
            continue
        said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        lines.append(
            textwrap.fill(said, 110, initial_indent=f"{label + ':':<{INDENT}}", subsequent_indent=" " * INDENT)
        )
    return lines


def result_text(found: Found) -> str:
    """A result with its path of computation."""
    parts = ["\n".join(labelled(result_head(found)))]
    path = found["path"]
    if "lines" in path:
        parts += money_parts(found, path)
    if "counted" in path:
        parts.append(f"Path of computation, by year:\n{counted_table(path)}")
    if "managed_person_years_discounted" in path:
        parts.append(f"Path of computation\n{break_even_words(path)}")
    if found["sources"]:
        parts.append("\n".join(["Sources:", *(wrapped(source_words(each)) for each in found["sources"])]))
    return "\n\n".join(parts)


def result_head(found: Found) -> dict[str, Any]:
    """What is known of a result, by label."""
    signs = "".join(mark["sign"] for mark in found["marks"])
    return {
        "result": found["name"],
        "value": f"{value_words(found)} {signs}".rstrip(),
        "interval 95%": interval_words(found, "interval"),
        "noise 95%": interval_words(found, "simulation_interval"),
        "meaning": found["meaning"],
        "how": found["how"],
        "runs": f"{counted(found['replications'], 'replication')}, seed {found['seed']}",
        "standing": found["standing"],
        **{mark["sign"]: f"{mark['name']}, through {', '.join(mark['through'])}" for mark in found["marks"]},
        "inputs": f"{len(found['inputs'])}, all named by --format json; moving any other never moves this result",
    }


def value_words(found: Found) -> str:
    """A value with its unit, exact and as it is printed elsewhere."""
    value, unit = found["value"], found["unit"]
    if value is None:
        return "none: there is no such figure here"
    if isinstance(value, str | bool):
        return str(value)
    if unit == "£":
        return f"{exact_pounds(value)} in {found['price_base']} prices (printed {pounds(value)})"
    if unit.startswith("£"):
        return f"{exact_pounds(value)} {unit.removeprefix('£ ')}".strip()
    return f"{exact(value)} {unit} (printed {number(value)})" if abs(value) >= 10 else f"{exact(value)} {unit}"


def interval_words(found: Found, which: str) -> str:
    """An interval beside the value; empty where there is none."""
    ends = found[which]
    if not ends:
        return ""
    return pounds_interval(ends) if found["unit"] == "£" else f"[{ends[0]:.2f} to {ends[1]:.2f}]".replace("-", "−")


def money_parts(found: Found, path: Found) -> list[str]:
    """The sum, its lines, its quantities by year and its prices."""
    if not path["lines"]:
        return ["Path of computation: no line has any quantity here, so the sum is £0."]
    return [
        f"Path of computation\n{sum_words(found, path)}",
        f"Lines: quantity x unit cost{' x weight' if weighted(path) else ''} = amount\n{lines_table(path)}",
        f"Quantity: units of each year x discount factor, added up\n{years_table(path)}",
        f"Unit cost: each price x index of the price base / index of its price year, added up\n{prices_table(path)}",
    ]


def sum_words(found: Found, path: Found) -> str:
    """The last step in figures: the difference, or the quotient, of the sums of the lines."""
    cost, gain, net = (exact_pounds(path[name]) for name in ("programme_cost_gbp", "benefit_gbp", "net_gbp"))
    sides = {line["side"] for line in path["lines"]}
    if len(sides) == 2:
        said = f"benefit − programme cost = {gain} − {cost} = {net}"
    else:
        said = f"{sides.pop()} = {cost if path['field'] == 'programme_cost_gbp' else gain}, the sum of the lines"
    return "\n".join([said, *quotient_words(found, path)])


def quotient_words(found: Found, path: Found) -> list[str]:
    """What a ratio divides; nothing for other results."""
    unit = str(found["unit"])
    if unit.startswith("£ for each £1") and found["value"] is not None and "net_public" not in found["name"]:
        return [f"benefit ÷ programme cost = {exact_pounds(found['value'])} for each £1"]
    if found["name"].rpartition(".")[2].startswith("cost_per_") and found["value"]:
        cost = exact_pounds(path["programme_cost_gbp"])
        return [f"{cost} ÷ {exact(path['divided_by'])} = {exact_pounds(found['value'])}, not discounted"]
    return []


def break_even_words(path: Found) -> str:
    """A break-even in figures: what is needed, and what was simulated."""
    cost, worth = exact_pounds(path["programme_cost_gbp"]), exact_pounds(path["value_per_proven_offence_gbp"])
    years = exact(path["managed_person_years_discounted"])
    return (
        f"needed: {cost} ÷ ({worth} for each proven offence x {years} managed person-years, discounted) = "
        f"{exact(path['prevented_per_person_year'])}\nsimulated: {exact(path['prevented_discounted'])} prevented, "
        f"discounted ÷ {years} = {exact(path['achieved_per_person_year'])}"
    )


def weighted(path: Found) -> bool:
    """Whether optimism bias weighs on some line."""
    return any(line["weight"] != 1.0 for line in path["lines"])


def lines_table(path: Found) -> str:
    """Every line with its amount; the amounts add up to the sums above as printed."""
    weight = weighted(path)
    rows = [
        [
            line["line"],
            line["side"],
            exact(line["quantity"]),
            line["unit"],
            f"£{exact(line['unit_cost_gbp'])}",
            *([f"{line['weight']:g}"] if weight else []),
            exact_pounds(line["gbp"]),
        ]
        for line in path["lines"]
    ]
    headings = ["Line", "Side", "Quantity", "Unit", "Unit cost", *(["Weight"] if weight else []), "Amount"]
    return table(headings, rows)


def years_table(path: Found) -> str:
    """Units of every line by year, the discount factors above them."""
    factors = path["discount_factors"]
    years = [f"Year {number + 1}" for number in range(len(factors))]
    rows = [["discount factor", *(f"{factor:.9f}" for factor in factors), ""]]
    rows += [[line["line"], *map(exact, line["by_year"]), exact(line["quantity"])] for line in path["lines"]]
    return table(["", *years, "Discounted"], rows)


def prices_table(path: Found) -> str:
    """Every price with its step to the price base and its standing."""
    rows = [
        [
            price["name"],
            price["agency"],
            f"£{exact(price['value_gbp'])}",
            price["price_year"],
            f"{price['base_index']:g} / {price['index']:g}" if price["price_year"] != price["price_base"] else "–",
            f"£{exact(price['value_in_price_base_gbp'])}",
            price["standing"],
            price["source"],
        ]
        for price in path["prices"]
    ]
    base = path["prices"][0]["price_base"]
    headings = ["Price", "Agency", "In its own year", "Year", "Indices", f"In {base}", "Standing", "Source"]
    return table(headings, rows)


def counted_table(path: Found) -> str:
    """Counts by year, and over the horizon."""
    rows = [
        [str(row["year"] or "all"), *(exact(row[name]) for name in ("in_arm", "in_comparator", "difference"))]
        for row in path["counted"]
    ]
    return table(["Year", "In this arm", "In the comparator", "Difference"], rows)


def source_words(each: Found) -> str:
    """A source with the places in it."""
    where = f" ({'; '.join(each['where'])})" if each["where"] else ""
    where += f": {', '.join(each['standings'])}"
    later = f". Superseded by {each['superseded_by']}" if each["superseded_by"] else ""
    return f"{each['source']}{where}{later}"


def input_text(found: Found) -> str:
    """An input with its price steps and what moves when it moves."""
    head = {
        "input": f"{found['name']} of {found['scheme']}",
        "value": found["value"],
        "unit": found["unit"],
        "price year": found["price_year"],
        "low": found["low"],
        "high": found["high"],
        "standing": found["standing"],
        "source": found["source"],
        "where": found["where"],
        "url": found["url"],
        "superseded by": found["superseded_by"],
        "why": found["why"],
        "price steps": steps_words(found["price_steps"]),
        "behind": found["rests_on_it"] or "none of the results of a funding choice",
    }
    return "\n\n".join(["\n".join(labelled(head)), moves_text(found["moves"])])


def steps_words(steps: Sequence[Found]) -> list[str]:
    """From the own price year to the price base, in figures."""
    return [
        f"£{exact(each['value_in_price_base'])} in {each['to_year']} prices: x {each['to_index']:g} ({each['to_year']}) "
        f"/ {each['from_index']:g} ({each['from_year']}), GDP deflators of {each['index_source']}, {each['index_where']}"
        if each["factor"] != 1.0
        else f"none: it is in {each['to_year']} prices already"
        for each in steps
    ]


def moves_text(moves: Found) -> str:
    """What the outcomes are at both ends, as a table; a sentence where there are no ends."""
    if not moves:
        return "What moves: it has no range, so nothing is tried; --set shows what another value does."
    rows = [
        [each["words"], *(outcome_words(each, name) for name in ("at_low", "as_it_is", "at_high"))]
        for each in moves["outcomes"]
        if each["moves"]
    ]
    luck = f"{counted(moves['replications'], 'replication')}, seed {moves['seed']}, the same luck at all three"
    said = f"What moves with {moves['moved']}: {moves['scheme']}, '{moves['title']}', {luck}"
    still = [each["words"] for each in moves["outcomes"] if not each["moves"]]
    headings = ["Outcome", *(f"{end} {moves[end]:g}".replace("-", "−") for end in ("low", "value", "high"))]
    parts = [wrapped(said, ""), table(headings, rows) if rows else "Nothing moves."]
    return "\n".join([*parts, *([wrapped(f"Not moved: {', '.join(still)}.", "")] if rows and still else [])])


def outcome_words(each: Found, name: str) -> str:
    """One outcome as it is printed elsewhere."""
    return pounds(each[name]) if each["outcome"].endswith("_gbp") else number(each[name])
