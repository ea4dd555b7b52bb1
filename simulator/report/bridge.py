"""Sussex's £1.59 and the way to today's answer: the document, its rows, and a text with a waterfall."""

from __future__ import annotations

from typing import Any

from simulator.evaluation.bridge import SOURCE, Bridge
from simulator.evaluation.bridge_prices import CONVICTION, MULTIPLIED, PROVEN, RECORDED, SOLVED, TOOLKIT, State
from simulator.evaluation.bridge_readings import Reading
from simulator.evaluation.bridge_runs import MATCHED
from simulator.evaluation.bridge_steps import Step
from simulator.report.bridge_words import finite, money, sentences, signed, thousandths
from simulator.report.text import pounds, table, wrapped

SCENARIOS, PREDICTIONS = "Scenario's people", "Prediction's people"
BAR = 48  # characters of the widest bar
TODAY = "Today's answer"


def bridge_document(bridge: Bridge) -> dict[str, Any]:
    """Everything of the bridge as plain values: money in pounds, each with its price year."""
    return {
        "figure": f"{SOURCE}.benefit_per_pound",
        "published": bridge.first_ratio,
        "published_horizon_years": bridge.published.horizon_years,
        "replications": bridge.replications,
        "seed": bridge.seed,
        "programme_cost": cost_document(bridge),
        "steps": step_rows(bridge),
        "today": today_document(bridge),
        "horizons": [horizon._asdict() for horizon in bridge.horizons],
        "convictions": conviction_rows(bridge),
        "said": sentences(bridge),
    }


def cost_document(bridge: Bridge) -> dict[str, Any]:
    """The solved programme cost under every reading, and what it is held against."""
    return {
        "price_year": bridge.price_years[TOOLKIT],
        "readings": [reading_row(bridge, reading) for reading in bridge.readings],
        "anchors": [anchor._asdict() for anchor in bridge.anchors],
        "assumed_today_gbp_per_place_year": dict(bridge.assumed_gbp_per_place_year),
        "check": check_command(bridge),
    }


def reading_row(bridge: Bridge, reading: Reading) -> dict[str, Any]:
    """One reading of the report; ``gbp`` in the prices of the cost table of the time."""
    state = reading.state
    return {
        "headline": reading is bridge.reading,
        "level": state.level,
        "counting": state.counting,
        "counted": counted(state.counting, bridge.recorded_per_proven),
        "discount_rate": state.discount_rate,
        "gbp_per_place_year": reading.gbp_per_place_year,
        "half_width_gbp": finite(reading.half_width_gbp),
        "gbp_per_managed_year": reading.gbp_per_managed_year,
        "checked_ratio": reading.checked_ratio,
        "ratio_with_matched_effect": reading.matched_ratio,
        "share_at_face_value": 1.0 - reading.matched_ratio / bridge.first_ratio,
        "order_free": reading.order_free,
        "within": [
            anchor.name
            for anchor in bridge.anchors
            if anchor.holds(reading.gbp_per_place_year) or anchor.holds(reading.gbp_per_managed_year)
        ],
    }


def step_rows(bridge: Bridge) -> list[dict[str, Any]]:
    """The published figure and then each step; the first ratio and the contributions add up to the last ratio."""
    first = {
        "step": "published",
        "title": "Published",
        "from": None,
        "to": None,
        "ratio": bridge.first_ratio,
        "contribution": None,
        "half_width": finite(bridge.first_half_width),
        "order_free": None,
        "npsv_gbp": bridge.first_npsv_gbp,
        "price_year": bridge.price_years[TOOLKIT],
    }
    return [first, *(step_row(bridge, step) for step in bridge.steps)]


def step_row(bridge: Bridge, step: Step) -> dict[str, Any]:
    """One step; ``half_width`` is 95% simulation noise of its contribution, ``npsv_gbp`` the state after it."""
    return {
        "step": step.name,
        "title": step.title,
        "from": described(bridge, step.name, step.before),
        "to": described(bridge, step.name, step.after),
        "ratio": step.ratio,
        "contribution": step.contribution,
        "half_width": finite(step.half_width),
        "order_free": step.order_free,
        "npsv_gbp": step.npsv_gbp,
        "price_year": bridge.price_years[step.after.table],
    }


def counted(counting: str, recorded_per_proven: float) -> str:
    """A counting unit in words."""
    return {
        PROVEN: "one crime per proven offence",
        CONVICTION: "one crime per conviction",
        RECORDED: "multiplied, every recorded crime proven",
        MULTIPLIED: f"multiplied, {recorded_per_proven:g} recorded crimes per proven offence",
    }[counting]


def described(bridge: Bridge, name: str, state: State) -> str:
    """What a factor is set to in a state, in words; costs are pounds a place-year in the report's prices."""
    occasions, custody = bridge.ratios["occasions_ratio"], bridge.ratios["custody_ratio"]
    assumed = bridge.assumed_gbp_per_place_year[bridge.price_years[TOOLKIT]]
    cost = bridge.reading.gbp_per_place_year if state.cost == SOLVED else assumed
    return {
        "regression_to_the_mean": f"{occasions[state.occasions == MATCHED]:.3g} on occasions",
        "custody": f"{custody[state.custody == MATCHED]:.3g} on custody",
        "unit_costs": state.table,
        "counting": counted(state.counting, bridge.recorded_per_proven),
        "costing": state.costing,
        "discounting": f"{state.discount_rate:.1%}" if state.discount_rate else "none",
        "horizon": f"{state.horizon_years} years",
        "programme_cost": f"{state.cost} £{cost:,.0f}",
    }[name]


def today_document(bridge: Bridge) -> dict[str, Any]:
    """Today's answer with both of its intervals, never one passed off as the other."""
    return {
        "ratio": bridge.last_ratio,
        "half_width": finite(bridge.last_half_width),
        "uncertainty_interval": list(bridge.last.interval) if bridge.last.interval else None,
        "simulation_interval": list(bridge.last.simulation_interval) if bridge.last.simulation_interval else None,
    }


def conviction_rows(bridge: Bridge) -> list[dict[str, Any]]:
    """Modelled convictions of a managed person in the first year, beside what the report saw."""
    return [
        {**life._asdict(), "per_managed_year": value, "reported": bridge.published.convictions_after}
        for life, value in bridge.convictions.items()
    ]


def check_command(bridge: Bridge) -> str:
    """The command that gives the published ratio at the headline's cost."""
    nothing = " ".join(f"--set programme.{name}=0" for name in ("offender_manager_year", "selection", "fixed_year"))
    return (
        f"python run.py compare sussex:as_run -n {bridge.replications} --seed {bridge.seed} --effect sussex_face_value "
        f"--cost-table {TOOLKIT} --costing inclusive --counting proven --set appraisal.discount_rate=0 "
        f"{nothing} --set programme.place_year={bridge.gbp_to_set:.4f}"
    )


def bridge_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps as rows for comma-separated values."""
    return list(document["steps"])


def waterfall(document: dict[str, Any]) -> str:
    """One bar a line: what is there in full, what a step takes away or adds where it does so."""
    rows = document["steps"]
    ratios = [row["ratio"] for row in rows]
    low, high = min(0.0, *ratios), max(0.0, *ratios)

    def column(ratio: float) -> int:
        return round(BAR * (ratio - low) / (high - low)) if high > low else 0

    def bar(start: float, end: float, mark: str) -> str:
        left, right = sorted((column(start), column(end)))
        return " " * left + mark * (right - left)

    lines = [("Published", money(ratios[0]), bar(0.0, ratios[0], "█"))]
    for before, row in zip(ratios, rows[1:], strict=False):
        change = row["contribution"]
        lines.append((row["title"], signed(change), bar(before, row["ratio"], "+" if change > 0.0 else "−")))
    lines.append((TODAY, money(ratios[-1]), bar(0.0, ratios[-1], "█")))
    width = max(len(title) for title, _, _ in lines)
    return "\n".join(f"{title.ljust(width)}  {said.rjust(6)}  |{drawn}".rstrip() for title, said, drawn in lines)


def step_table(document: dict[str, Any]) -> str:
    """The steps with noise, order-free contribution and NPSV in its price base."""
    rows = [
        (
            row["title"],
            f"{row['from']} → {row['to']}" if row["from"] != row["to"] else row["to"] or "",
            "" if row["contribution"] is None else thousandths(row["contribution"]),
            "–" if row["half_width"] is None else f"{row['half_width']:.3f}",
            f"{row['ratio']:.3f}".replace("-", "−"),
            "" if row["order_free"] is None else thousandths(row["order_free"]),
            f"{pounds(row['npsv_gbp'])} ({row['price_year']})",
        )
        for row in document["steps"]
    ]
    return table(("Step", "What changes", "Adds", "Noise ±", "Per £1", "Any order", "NPSV (prices)"), rows)


def reading_table(document: dict[str, Any]) -> str:
    """Solved programme costs by reading: pounds a place-year, and a year of one person managed."""
    rows: dict[tuple[str, float], list[str]] = {}
    for row in document["programme_cost"]["readings"]:
        rate = f"{row['discount_rate']:.1%}" if row["discount_rate"] else "none"
        cells = rows.setdefault((row["counting"], row["discount_rate"]), [row["counted"], rate])
        cells[0] += " *" if row["headline"] else ""
        cells += [f"£{row['gbp_per_place_year']:,.0f}", f"£{row['gbp_per_managed_year']:,.0f}"]
    headings = ("Crimes counted", "Discount", SCENARIOS, "managed", PREDICTIONS, "managed")
    return table(headings, list(rows.values()))


def anchor_table(document: dict[str, Any]) -> str:
    """What else is known of the cost of an offender-year."""
    year = document["programme_cost"]["price_year"]
    rows = [
        (
            each["name"],
            f"£{each['low']:,.0f}–£{each['high']:,.0f} ({each['price_year']})",
            f"£{each['low_then']:,.0f}–£{each['high_then']:,.0f}",
            each["standing"],
        )
        for each in document["programme_cost"]["anchors"]
    ]
    return table(("Held against", "Range", f"In {year} prices", "Standing"), rows)


def horizon_words(document: dict[str, Any]) -> str:
    """Whether the horizon is a step at all."""
    step = next(row for row in document["steps"] if row["step"] == "horizon")
    same = f"Both ends are over {step['to']}, so that step is 0. " if step["from"] == step["to"] else ""
    return f"{same}Over other horizons, all else as it is:"


def horizon_table(document: dict[str, Any]) -> str:
    """Both ends of the bridge over other horizons."""
    rows = [(f"{row['years']}", money(row["report"]), money(row["today"])) for row in document["horizons"]]
    return table(("Years", "As the report is read", TODAY), rows)


def bridge_text(document: dict[str, Any]) -> str:
    """The bridge for the terminal."""
    cost = document["programme_cost"]
    return "\n".join(
        [
            f"Sussex: £{document['published']:.2f} of benefit for each £1 over {document['published_horizon_years']} years",
            f"{document['replications']} replications, seed {document['seed']}.",
            "",
            "Which programme cost gives it? Pounds a place-year, and a year of one person managed,",
            f"in {cost['price_year']} prices; * is the headline's reading:",
            reading_table(document),
            "",
            anchor_table(document),
            "",
            "From the published figure to today's answer, one change at a time:",
            "",
            waterfall(document),
            "",
            step_table(document),
            "",
            horizon_words(document),
            horizon_table(document),
            "",
            *[wrapped(each) for each in document["said"]],
            "",
            "To see the published figure come out of the appraisal:",
            cost["check"],
        ]
    )
