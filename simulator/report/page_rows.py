"""What the report page shows of a results document, as text: one list of cells for each row of its tables."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from simulator.charts.figures import agency_name, comparator_of, compared_arms, headline_arm, kind_name
from simulator.report import text, verdicts

Document = Mapping[str, Any]
Row = list[str]

GROUPS = {
    "population": "People and how they offend",
    "fit": "People and how they offend",
    "cohort": "Cohort",
    "offence_mixes": "Offence mix",
    "sentence_bands": "Sentences",
    "effect": "Effect of the scheme",
    "programme": "The scheme",
    "arms": "Funding choices",
    "costs": "What the scheme costs",
    "justice": "Arrests, courts, custody and supervision",
    "appraisal": "Appraisal",
}
STANDINGS = {
    "read": "seen in the source itself",
    "transcribed": "seen in somebody's copy of the source",
    "derived": "worked out from other figures, as it says",
    "assumed": "not given by any report; chosen for the reason it says, with a range",
    "unverified": "remembered and not seen in a source; check it before you rely on it",
    "choice": "a lever that somebody chooses",
}
COSTINGS = {
    "explicit": "Explicit costing prices arrests, court events, days in custody and supervision one by one.",
    "inclusive": "Inclusive costing takes average police, court and prison costs for each crime.",
}
COUNTINGS = {
    "proven": "One crime is counted for each proven offence.",
    "multiplied": "Crimes are multiplied up from proven offences.",
}


def context(document: Document) -> dict[str, Any]:
    """Everything that the template shows, as text."""
    arm, other = headline_arm(document), comparator_of(document)
    return {
        "document": document,
        "arm": arm,
        "comparator": other,
        "horizon": verdicts.years(document),
        "runs": verdicts.runs(document),
        "rate": f"{document['discount_rate']:.1%}",
        "costing": COSTINGS[document["costing"]],
        "counting": COUNTINGS[document["counting"]],
        "headline": verdicts.headline(document),
        "can_be_said": verdicts.can_be_said(document),
        "cannot_be_said": verdicts.cannot_be_said(document),
        "held": verdicts.held_by_intervals(document) or "nothing in this run: no input was drawn",
        "summary": [summary_row(each) for each in compared_arms(document)],
        "ratios": [ratio_row(each) for each in compared_arms(document)],
        "reasons": [(each["title"], each["why"]) for each in document["arms"]],
        "npsv": [npsv_row(each) for each in compared_arms(document)],
        "agencies": [[agency_name(row["agency"]), *money(row)] for row in arm["by_agency"]],
        "kinds": [[kind_name(row), *money(row)] for row in arm["by_kind"]],
        "cumulative": cumulative_rows(document),
        "compared": compared_arms(document),
        "offences": offence_rows(arm, other),
        "break_even": [
            (each["title"], verdicts.proper_minus(f"{each['break_even']['words']}. {cost_words(each)}".rstrip()))
            for each in compared_arms(document)
        ],
        "readings": reading_rows(document, arm),
        "all_readings": all_readings(document),
        "burglary": burglary_cost(document),
        "groups": input_groups(document),
        "standings": STANDINGS,
        "unverified": [row["name"] for row in document["inputs"] if is_unverified(row)],
        "sources": source_rows(document),
        "command": command(document),
        "record": record_rows(document),
    }


def cost_words(arm: Mapping[str, Any]) -> str:
    """Payback and unit costs in a sentence; nothing for an arm that costs no more than the comparator."""
    return text.about(dict(arm))[-1] if arm["programme_cost_gbp"] > 0.0 else ""


def summary_row(arm: Mapping[str, Any]) -> dict[str, str]:
    """One arm of the summary table."""
    lucky = arm["simulation_interval"]
    return {
        "title": arm["title"],
        "cost": text.pounds(arm["programme_cost_gbp"]),
        "offences": text.number(-arm["proven_offences"]["increment"]),
        "custody": text.number(-arm["custody_days"]["increment"]),
        "benefit": text.pounds(arm["benefit_gbp"]),
        "npsv": text.pounds(arm["npsv_gbp"]),
        "npsv_interval": verdicts.spoken(arm["npsv_interval"]),
        "npsv_luck": verdicts.spoken(lucky["npsv_gbp"]),
        "ratio": verdicts.ratio(arm["benefit_per_pound"]) if arm["benefit_per_pound"] is not None else "",
        "ratio_interval": verdicts.ratio_interval(arm["benefit_per_pound_interval"]) or "not available",
        "ratio_luck": verdicts.ratio_interval(lucky["benefit_per_pound"]) or "not available",
        "denominator": f"{text.pounds(arm['denominator']['gbp'])} {arm['denominator']['name']}",
        "reason": arm["ratio_reason"] or "",
    }


def ratio_row(arm: Mapping[str, Any]) -> Row:
    """Benefit per £1 over the other denominator, which takes fiscal benefits off the cost."""
    public = arm["benefit_per_pound_of_net_public_cost"]
    value = public["value"]
    return [
        arm["title"],
        text.pounds(public["denominator"]["gbp"]),
        verdicts.ratio(value) if value is not None else f"Not given: {public['ratio_reason']}",
        (verdicts.ratio_interval(public["interval"]) or "not available") if value is not None else "–",
    ]


def npsv_row(arm: Mapping[str, Any]) -> Row:
    """What the first figure shows."""
    return [
        arm["title"],
        text.pounds(arm["npsv_gbp"]),
        verdicts.spoken(arm["npsv_interval"]),
        verdicts.spoken(arm["simulation_interval"]["npsv_gbp"]),
    ]


def money(row: Mapping[str, Any]) -> Row:
    """Programme cost, benefit and net."""
    return [text.pounds(row[name]) for name in ("programme_cost_gbp", "benefit_gbp", "net_gbp")]


def cumulative_rows(document: Document) -> list[Row]:
    """Cumulative net present value of each arm at the end of each year."""
    columns = [list(accumulate(row["net_gbp"] for row in arm["by_year"])) for arm in compared_arms(document)]
    return [
        [str(year + 1), *(text.pounds(amount) for amount in amounts)]
        for year, amounts in enumerate(zip(*columns, strict=True))
    ]


def offence_rows(arm: Mapping[str, Any], other: Mapping[str, Any]) -> list[Row]:
    """Proven offences by year: comparator, arm and difference."""
    return [
        [
            str(mine["year"]),
            text.number(base["proven_offences"]["level"]),
            text.number(mine["proven_offences"]["level"]),
            text.number(mine["proven_offences"]["increment"]),
        ]
        for mine, base in zip(arm["by_year"], other["by_year"], strict=True)
    ]


def reading_name(row: Mapping[str, Any], document: Document) -> str:
    """A costing and a counting unit, and whether they are those of the headline."""
    headline = row["costing"] == document["costing"] and row["counting"] == document["counting"]
    return f"{row['costing'].capitalize()} costing, {row['counting']} counting" + (" (headline)" if headline else "")


def reading_rows(document: Document, arm: Mapping[str, Any]) -> list[Row]:
    """The headline arm under both costings and both counting units."""
    return [
        [
            reading_name(row, document),
            *(text.pounds(row[name]) for name in ("programme_cost_gbp", "benefit_gbp", "npsv_gbp")),
            verdicts.ratio(row["benefit_per_pound"])
            if row["benefit_per_pound"] is not None
            else f"Not given: {row['ratio_reason']}",
        ]
        for row in document["alternatives"]
        if row["name"] == arm["name"]
    ]


def all_readings(document: Document) -> dict[str, Any]:
    """NPSV of every arm under each reading, and with social costs at the rate for health."""
    arms = compared_arms(document)
    names = list(dict.fromkeys(reading_name(row, document) for row in document["alternatives"]))
    cells = {
        (row["name"], reading_name(row, document)): text.pounds(row["npsv_gbp"]) for row in document["alternatives"]
    }
    return {
        "headings": [*names, "Headline, social costs discounted at the rate for health"],
        "rows": [
            [
                arm["title"],
                *(cells[arm["name"], name] for name in names),
                text.pounds(arm["npsv_with_health_discounting_gbp"]),
            ]
            for arm in arms
        ],
    }


def burglary_cost(document: Document) -> str | None:
    """The unit cost of a domestic burglary in this run, where it has one."""
    for row in headline_arm(document)["by_offence_type"]:
        if row["offence_type"] == "domestic_burglary" and "unit_cost_gbp" in row:
            return f"£{row['unit_cost_gbp']:,.0f}"
    return None


def is_unverified(row: Mapping[str, Any]) -> bool:
    """Whether a figure, or the one that it is worked out from, was remembered and not seen."""
    return row["standing"] == "unverified" or "not seen" in row["where"]


def input_groups(document: Document) -> list[dict[str, Any]]:
    """Inputs under headings, in the order of the document."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in document["inputs"]:
        rows = groups.setdefault(GROUPS.get(row["name"].split(".")[0], "Unit costs of crime"), [])
        shown = input_row(row)
        repeated = bool(rows) and bool(shown["reason"]) and rows[-1]["full_reason"] == shown["reason"]
        rows.append({**shown, "full_reason": shown["reason"], "reason": "As above." if repeated else shown["reason"]})
    return [{"title": title, "rows": rows} for title, rows in groups.items()]


def input_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """One input as text."""
    money_unit = row["unit"].startswith("gbp")
    ends = [row["low"], row["high"]]
    return {
        "name": row["name"],
        "value": amount(row["value"], money_unit),
        "numeric": isinstance(row["value"], int | float) and not isinstance(row["value"], bool),
        "unit": row["unit"].replace("gbp", "£", 1) if money_unit else row["unit"],
        "range": "" if None in ends else " to ".join(amount(end, money_unit) for end in ends),
        "price_year": row["price_year"] or "",
        "source": row["source"],
        "reason": ": ".join(part for part in (row["where"], row["why"]) if part),
        "standing": row["standing"],
        "unverified": is_unverified(row),
    }


def amount(value: Any, is_money: bool) -> str:
    """A value as people read it, money to the penny below £1,000 and to the pound above."""
    if is_money:
        return f"£{value:,.0f}" if abs(value) >= 1000 else f"£{value:,.2f}"
    return text.shown(value).replace("-", "−") if isinstance(value, int | float) else text.shown(value)


def source_rows(document: Document) -> list[dict[str, Any]]:
    """Sources by key, with what the document says of each and how many inputs come from it."""
    keys = [row["source"] for row in document["inputs"] if row["source"]]
    described = {row["name"]: row for row in document.get("sources", [])}
    empty = dict.fromkeys(("title", "publisher", "date", "url", "licence", "superseded_by", "note"), "")
    return [{"key": key, "uses": keys.count(key), **empty, **described.get(key, {})} for key in sorted(set(keys))]


def command(document: Document) -> str:
    """The command that gives these results again."""
    run = document["run"]
    words = ["python", "run.py", "compare", document["scenario"], "--comparator", document["comparator"]]
    words += [
        "--replications",
        str(document["replications"]),
        "--seed",
        str(document["seed"]),
        "--engine",
        run["engine"],
    ]
    for name, value in run["overrides"].items():
        words += ["--set", f"{name}={value}"]
    return shlex.join(words)


def record_rows(document: Document) -> list[Row]:
    """The run record."""
    run = document["run"]
    return [
        ["Program version", run["version"]],
        ["Digest of inputs and luck", run["digest"]],
        ["Digest of the scenario", run["scenario_digest"]],
        ["Digest of cost tables and evidence", run["data_digest"]],
        ["Scenario", document["scenario"]],
        ["Effect", document["effect"]],
        ["Fit", f"{document['fit']['where']}: {document['fit']['made_by']}" if document["fit"] else "none"],
        ["Seed", str(document["seed"])],
        ["Replications of each arm", f"{document['replications']:,}"],
        ["Engine", run["engine"]],
        ["Values set by hand", ", ".join(f"{name}={value}" for name, value in run["overrides"].items()) or "none"],
        ["Python", run["python"]],
        ["Packages", ", ".join(f"{name} {version}" for name, version in run["packages"].items())],
    ]
