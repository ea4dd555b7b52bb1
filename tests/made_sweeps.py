"""Small results of sweeps made by hand, which several tests share."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulator.report.sweeps.chances import chances_document
from simulator.report.sweeps.grid import grid_document
from simulator.report.sweeps.kinds import text_of
from simulator.report.sweeps.structures import structures_document
from simulator.report.sweeps.subject import Subject
from simulator.report.sweeps.tornado import tornado_document
from simulator.report.sweeps.variance import variance_document
from simulator.uncertainty.grids import Axis
from simulator.uncertainty.indices import Index
from simulator.uncertainty.information import Worth
from simulator.uncertainty.probabilistic import Draws, chances_of
from simulator.uncertainty.structures import AS_IT_IS, Alternative
from simulator.uncertainty.tornado import Bar, Tornado
from simulator.uncertainty.variance import LUCK, REST
from simulator.uncertainty.worths import Study, Worths

GOLDEN = Path(__file__).parent / "golden"
Document = dict[str, Any]

SUBJECT = Subject(
    {
        "scenario": "small",
        "title": "A small scheme",
        "comparator": "nothing",
        "comparator_title": "No scheme",
        "horizon_years": 5,
        "price_base": "2015/16",
        "discount_rate": 0.035,
        "cost_table": "horr99",
        "costing": "explicit",
        "counting": "proven",
        "effect": "matched_pooled",
        "replications": 20,
        "seed": 1,
    },
    "nothing",
    {"nothing": "No scheme", "as_run": "As run", "fuller": "Fuller caseload"},
    {"effect.occasions_ratio": "ratio", "costs.place_year": "gbp per place per year"},
    {"horr99": "2015/16", "ho_2019_20": "2019/20"},
    {
        "face_value": ("observed_against_predicted", "NOT AN ESTIMATE OF EFFECT."),
        "leeds_2017": ("matched", "One study."),
    },
)

# A tornado.


def bar(name: str, low: float, high: float, at_low: str = "nothing", at_high: str = "nothing", group: str = "x") -> Bar:
    ends = (low, high, -500e3)
    swing = max(ends) - min(ends)
    return Bar(name, group, 1.0, 0.5, 2.0, "ratio", "assumed", low, high, at_low, at_high, swing, "a guess")


BARS = (
    bar("effect.occasions_ratio", 900e3, -2e6, at_low="fuller", group="effect"),
    bar("population.occasions_per_year", -700e3, -400e3, group="offending"),
    bar("population.paused_years", -700e3, -650e3),
    bar("horr99.robbery", -502e3, -499e3),
)


def tornado(bars: tuple[Bar, ...] = BARS, noise: float = 20e3, npsv: float = -500e3) -> Document:
    found = Tornado("as_run", "nothing", npsv, noise, "nothing", {"as_run": npsv, "fuller": -450e3}, bars)
    return tornado_document(SUBJECT, found)


# Grids.


def frame(npsv: Callable[..., float], axes: list[Axis], noise: float = 10e3) -> pd.DataFrame:
    """Trials over every combination; ``fuller`` gains half as much again as ``as_run``."""
    rows = []
    for trial, values in enumerate(product(*(axis.values for axis in axes))):
        for arm, times in (("as_run", 1.0), ("fuller", 1.5)):
            amount = times * npsv(*values)
            rows.append(
                {
                    "trial": trial,
                    "arm": arm,
                    "npsv_gbp": amount,
                    "noise_gbp": noise,
                    "programme_cost_gbp": 1e6,
                    "benefit_gbp": 1e6 + amount,
                    "reoffences_prevented": 50.0,
                }
            )
    return pd.DataFrame(rows)


LINE = [Axis("effect.occasions_ratio", ("0.6", "0.7", "0.8", "0.9"))]
PLANE = [*LINE, Axis("programme.places", ("40", "80", "120"))]
WORDS = [Axis("appraisal.costing", ("explicit", "inclusive"))]


def falling(ratio: str, places: str = "100") -> float:
    """Zero at a ratio of 0.73 with 100 places, and 0.001 lower for each place more."""
    return 1e7 * (0.73 - 0.001 * (float(places) - 100.0) - float(ratio))


def grid_line(noise: float = 10e3) -> Document:
    return grid_document(SUBJECT, frame(falling, LINE, noise), LINE, "as_run")


def grid_plane() -> Document:
    return grid_document(SUBJECT, frame(falling, PLANE), PLANE, "as_run")


def grid_words() -> Document:
    return grid_document(SUBJECT, frame(lambda word: 2e5 if word == "explicit" else -1e5, WORDS), WORDS, "as_run")


# Draws.

COUNT = 40


def draws(shift: float = -0.5e6, cost: float = 1e6, noise: float = 30e3, shared: float = 0.0) -> Draws:
    """Forty draws of two arms, evenly spread over two million pounds about ``shift``; the second dearer and steeper."""
    spread = np.linspace(-1e6, 1e6, COUNT)
    net = np.stack([np.zeros(COUNT), shift + spread, shift + 1.5 * spread], axis=1)
    costs = np.stack([np.zeros(COUNT), np.full(COUNT, cost), np.full(COUNT, 1.2 * cost)], axis=1)
    prevented = np.stack([np.zeros(COUNT), 50.0 + spread / 1e5, 60.0 + spread / 1e5], axis=1)
    covariance = np.diag([0.0, noise**2, noise**2])
    inputs = pd.DataFrame({"effect.occasions_ratio": np.linspace(1.5, 0.5, COUNT)})
    return Draws(
        "nothing",
        ("nothing", "as_run", "fuller"),
        net,
        costs + net,
        costs,
        prevented,
        covariance,
        np.full(3, shared),
        inputs,
    )


def worth(name: str, value: float, error: float = 20e3) -> Worth:
    return Worth(name, value, error, value, value / 400e3 if value else 0.0, "")


def worths(everything: float = 400e3) -> Worths:
    inputs = (
        worth("effect.occasions_ratio", 0.9 * everything),
        worth("costs.place_year", 30e3),
        worth("horr99.rape", 0.0),
    )
    groups = (worth("effect", 0.9 * everything), worth("crime cost", 0.0))
    errors = {"occasions_ratio": 0.1}
    studies = tuple(
        Study(people, errors, worth(f"a matched comparison of {people} people", share * everything))
        for people, share in ((100, 0.6), (400, 0.8))
    )
    return Worths(worth("everything", everything), inputs, groups, studies)


def psa(found: Draws | None = None, **others: Any) -> Document:
    made = draws() if found is None else found
    given_worths = others.pop("worths", worths())
    central = {"as_run": -600e3, "fuller": -700e3}
    return chances_document(SUBJECT, made, chances_of(made), "as_run", given_worths, central, **others)


# Indices and structures.

INDICES = (
    Index("effect.occasions_ratio", 0.62, 0.55, 0.70, 0.80, 0.70, 0.90),
    Index("costs.place_year", 0.15, 0.10, 0.20, 0.16, 0.12, 0.20),
    Index("horr99.robbery", -0.01, -0.02, 0.01, 0.004, 0.001, 0.008),
    Index(REST, 0.03, 0.01, 0.05, 0.12, 0.10, 0.15),
    Index(LUCK, 0.04, 0.02, 0.06, 0.05, 0.03, 0.07),
)


def variance() -> Document:
    return variance_document(SUBJECT, "as_run", INDICES, 256)


def alternative(name: str, value: str, as_run: float, fuller: float) -> Alternative:
    best = max((0.0, "nothing"), (as_run, "as_run"), (fuller, "fuller"))[1]
    return Alternative(name, value, {"as_run": as_run, "fuller": fuller}, best, best != "nothing")


ALTERNATIVES = (
    alternative(AS_IT_IS, "", -500e3, -450e3),
    alternative("appraisal.costing", "inclusive", -900e3, -950e3),
    alternative("appraisal.counting", "multiplied", 300e3, 500e3),
    alternative("appraisal.cost_table", "ho_2019_20", -480e3, 20e3),
    alternative("effect", "leeds_2017", -800e3, -850e3),
    alternative("effect", "face_value", 2e6, 1.9e6),
    alternative("population.spells", "false", -510e3, -460e3),
)


def structures(alternatives: tuple[Alternative, ...] = ALTERNATIVES) -> Document:
    return structures_document(SUBJECT, alternatives, "as_run")


MADE: dict[str, Callable[[], Document]] = {
    "tornado": tornado,
    "grid_line": grid_line,
    "grid_plane": grid_plane,
    "grid_words": grid_words,
    "chances": psa,
    "variance": variance,
    "structures": structures,
}


def said_of(document: Document) -> str:
    """The words on one line, wherever they are wrapped."""
    return " ".join(text_of(document).split())
