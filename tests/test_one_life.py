"""One offender's life priced by hand: every pound recomputed from the events alone, by other lines than the program's."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from priced import amounts
from small_runs import write_scenario

from simulator import engine_simpy
from simulator.activity import Activity, Event
from simulator.cli.loading import load
from simulator.costing.costs import costs_of
from simulator.costing.lines import Costs
from simulator.model import measures
from simulator.model.states import ARREST_ENDS, CUSTODY, OCCASION, RECALLED, SELECTED
from simulator.rates import rates_of

ONE_OFFENDER = """\
extends: bedfordshire
title: One offender
why: A life short enough to price by hand.
cohort:
  - {area: here, people: 1, offence_mix: burglary, statutory_share: {value: 1, standing: choice}}
offence_mixes:
  burglary: {standing: assumed, why: one type only, shares: {domestic_burglary: 1}}
population:
  pool_per_place: {value: 1, standing: choice}
  occasions_per_year: {value: 4, standing: choice}
  community_share: {value: 1, standing: choice}
programme:
  places: 1
  start_year: 0
  ends_after_years: 4
arms:
  no_iom: {title: No IOM, why: none, changes: {programme.open: false}}
  as_run: {title: As run, why: the scheme, changes: {}}
"""


def life(path: str, seed: int) -> tuple[Activity, list[Event], Costs, int]:
    """The one offender's events in the arm as_run, with the program's own costs."""
    (scenario,), tables = load([path], ["appraisal.costing=explicit"])
    arm = scenario.arm("as_run")
    events: list[Event] = []
    (activity,) = engine_simpy.run([rates_of(scenario, arm, tables.offence_types)], 5, seed, 0, 1, [events.append])
    return activity, events, costs_of(activity, arm.settings, tables.tables("horr99")), 5


def by_hand(events: list[Event], years: int) -> dict[str, float]:
    """Every pound of one life, from its events alone: an independent few lines, with the prices written out."""
    index = {"2006/07": 63.784, "2008/09": 67.222, "2013/14": 73.773, "2015/16": 75.479, "2018/19": 79.648}

    def in_2015(pounds: float, year: str) -> float:
        return pounds * index["2015/16"] / index[year]

    burglary = 5930.0 - (454.8644323348999 + 53.94439125061035 + 85.91143703460693 + 243.74872970581055 + 67.9299736)
    per = {
        "domestic_burglary": burglary,
        "arrest": in_2015(593.0, "2006/07"),
        "court_event": in_2015(3730.0, "2008/09"),
        "custody_day": in_2015(68.512, "2018/19"),
        "recall": 200.0,
        "community_supervision": in_2015(357.0, "2008/09"),
        "selection": 100.0,
    }
    total = dict.fromkeys(per, 0.0)

    def add(name: str, date: float, units: float) -> None:
        total[name] += units * per[name] / 1.035 ** int(date)

    for event in events:
        if 0.0 <= event.date < years:
            if event.event == OCCASION:
                add("arrest", event.date, 1)
                add("domestic_burglary", event.date, event.offences)
            if event.event == ARREST_ENDS:
                add("court_event", event.date, 1)
                add("community_supervision", event.date, event.justice != CUSTODY)
            if event.event in (RECALLED, SELECTED):
                add("recall" if event.event == RECALLED else "selection", event.date, 1)
    inside = [(e.date, e.until) for e in events if e.justice == CUSTODY and e.event in (ARREST_ENDS, RECALLED)]
    for year in range(years):
        share = sum(max(0.0, min(until, year + 1) - max(begin, year)) for begin, until in inside)
        add("custody_day", year, share * 365.25)
    open_years = sum(1 / 1.035**year for year in range(4))  # the scheme ends after four years
    total["offender_manager_year"] = in_2015(57645.0, "2013/14") / 18.8 * open_years
    total["place_year"], total["fixed_year"] = 500.0 * open_years, 50_000.0 * open_years
    return total


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_every_pound_of_one_life_follows_from_its_events(tmp_path: Path, seed: int) -> None:
    activity, events, costs, years = life(write_scenario(tmp_path, ONE_OFFENDER), seed)
    factors = np.array([1.035**-year for year in range(years)])
    found = {name: amount for name, amount in amounts(costs, factors).items() if amount}
    licence = found.pop("licence_supervision", 0.0)
    expected = {name: amount for name, amount in by_hand(events, years).items() if amount}
    assert activity.people.sum() == 1
    assert found == pytest.approx(expected, rel=1e-6)
    assert (licence > 0.0) == (activity.total(measures.LICENCE_YEARS).sum() > 0.0)


def test_the_lives_traced_by_hand_hold_arrests_custody_and_selections(tmp_path: Path) -> None:
    path = write_scenario(tmp_path, ONE_OFFENDER)
    seen: Counter[int] = Counter()
    for seed in (2, 3, 5):
        _, events, _, years = life(path, seed)
        seen.update(event.event for event in events if 0.0 <= event.date < years)
    assert all(seen[event] for event in (OCCASION, ARREST_ENDS, SELECTED)), seen
