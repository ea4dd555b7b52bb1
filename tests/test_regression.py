"""How much of a fall nobody caused: the search for a level, the interval of a fall, and worlds where the answer is known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referees.worlds import NEVER_CALM, world, z_of

from simulator.closed_forms.selection import mean_given_any, occasions_after
from simulator.evaluation.before_after import Windows, leicestershire, sussex
from simulator.evaluation.before_after_reports import LOOKED, PROTOCOLS, Looked, looked_of, people_looked_at, reported
from simulator.evaluation.regression import (
    CLOSE,
    LEAST,
    MOST,
    Z_95,
    Choice,
    Regression,
    fall_error,
    fall_without_custody,
    level_reaching,
    regression_of,
    with_level,
    years_alike,
)
from simulator.evaluation.structures import with_settings
from simulator.evidence import Figure, Report, load_reports
from simulator.model.rates import Places, Rates
from simulator.places import data_folder
from simulator.quantities import Standing
from simulator.tables import InputProblems

NOBODY = Windows(*(np.zeros(0) for _ in Windows._fields))


def counted(before: float, after: float = 0.0, people: int = 1) -> Windows:
    """People all alike."""
    return NOBODY._replace(**{name: np.full(people, 0.0) for name in Windows._fields}) ._replace(
        before=np.full(people, before), after=np.full(people, after), occasions_after=np.full(people, after)
    )  # fmt: skip


# --- the level -------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    truth=st.floats(LEAST * 2, MOST / 2),
    power=st.floats(0.35, 1.3),  # custody takes time: counts grow more slowly than the level
    scale=st.floats(0.3, 5.0),
)
def test_a_level_is_found_where_the_count_grows_as_a_power_of_it(truth: float, power: float, scale: float) -> None:
    tried = []

    def found_at(level: float) -> Windows:
        tried.append(level)
        return counted(scale * level**power)

    level, found = level_reaching(scale * truth**power, "before", found_at)
    assert float(found.before[0]) == pytest.approx(scale * truth**power, rel=2 * CLOSE)
    assert level == pytest.approx(truth, rel=2 * CLOSE / power)
    assert len(tried) <= 7


def test_a_level_is_found_on_a_bent_curve() -> None:
    """Saturating, as where a place in custody follows every arrest: h / (1 + h s)."""
    level, found = level_reaching(2.0, "before", lambda level: counted(3.0 * level / (1.0 + 0.8 * level)))
    assert float(found.before[0]) == pytest.approx(2.0, rel=CLOSE)
    assert level == pytest.approx(2.0 / (3.0 - 1.6), rel=0.02)


def test_where_no_level_reaches_the_count_the_nearest_is_given() -> None:
    level, found = level_reaching(10.0, "before", lambda level: counted(min(4.0, level)))
    assert float(found.before[0]) == 4.0
    assert level >= 4.0
    level, found = level_reaching(1.0, "before", lambda level: counted(2.0 + level))
    assert float(found.before[0]) == pytest.approx(2.0, abs=0.5)
    assert LEAST * 0.999 <= level < 1.0


def test_a_level_at_which_nobody_is_looked_at_is_one_that_is_too_low() -> None:
    level, found = level_reaching(3.0, "before", lambda level: counted(level) if level > 1.5 else NOBODY)
    assert float(found.before[0]) == pytest.approx(3.0, rel=CLOSE)
    assert level == pytest.approx(3.0, rel=CLOSE)


# --- the interval ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("people", "alike"), [(92, 1.0), (163, 1.0), (400, 2.0)])
def test_intervals_of_a_fall_hold_the_true_fall_as_often_as_they_say(people: int, alike: float) -> None:
    """Counts before and after of the same people, who differ: negative binomial, correlated."""
    luck = np.random.default_rng(people)
    k, before, after = 1.5, 3.2, 1.9 / alike
    true = 1.0 - alike * after / before
    held, samples = 0, 1500
    for _ in range(samples):
        z = luck.gamma(k, 1.0 / k, people)
        found = counted(0.0, people=people)._replace(
            before=luck.poisson(before * z).astype(float), after=luck.poisson(after * z).astype(float)
        )
        fall = 1.0 - alike * found.after.mean() / found.before.mean()
        held += abs(fall - true) <= Z_95 * fall_error(found, "before", "after", people, alike)
    assert 0.92 <= held / samples <= 0.98


def test_an_error_is_that_of_as_many_people_as_the_report_has() -> None:
    luck = np.random.default_rng(1)
    found = counted(0.0, people=5000)._replace(
        before=luck.poisson(3.0, 5000).astype(float), after=luck.poisson(2.0, 5000).astype(float)
    )
    one, four = (fall_error(found, "before", "after", people, 1.0) for people in (100, 400))
    assert one == pytest.approx(2.0 * four)
    # Independent counts: Var(ratio) = r^2 (1/after + 1/before) / n.
    assert one == pytest.approx(2.0 / 3.0 * math.sqrt((1.0 / 2.0 + 1.0 / 3.0) / 100), rel=0.05)
    exact = found._replace(after=0.5 * found.before)
    assert fall_error(exact, "before", "after", 100, 1.0) == pytest.approx(0.0, abs=1e-12)


# --- worlds ----------------------------------------------------------------------------------------------------------

PEOPLE, B = 1500, 1.6


def two_years(shape: float, **changes: object) -> Rates:
    """Places for everybody who is ever arrested."""
    places = (Places(-6.0, PEOPLE, False),)
    values = {**NEVER_CALM, "history_years": 6.0, "offences_per_occasion": B, "frailty_shape": shape, **changes}
    return world(PEOPLE, (Places(0.0, PEOPLE, False),), places, **values)


def looked(protocol: object = leicestershire, before: float = 1.0, years: int = 1) -> Looked:
    return Looked("mine", protocol, years, (), "people", {}, {}, "mine", before)  # type: ignore[arg-type]


def regressed(rates: Rates, how: Looked, before: float, after: float, *choice: object, **more: float) -> Regression:
    chosen = Choice("as it is", *choice)  # type: ignore[arg-type]
    return regression_of(how, chosen, rates, {"before": before, "after": after, **more}, 150, 4, 2)


@pytest.mark.parametrize("shape", [0.8, 2.0])
@pytest.mark.parametrize("level", [0.6, 2.2])
def test_a_fall_among_people_with_an_offence_in_the_first_year(shape: float, level: float) -> None:
    """From a reported level before back to the rate, and on to the year after: all in closed form."""
    n = mean_given_any(level, shape)
    found = regressed(two_years(shape), looked(), n * B, 0.5)
    after = occasions_after(level, shape, n)
    assert found.reached
    assert found.occasions_per_year == pytest.approx(level, rel=0.12)
    assert found.before == pytest.approx(n * B, rel=0.01)
    assert found.fall == pytest.approx(1.0 - after / n, abs=0.06)
    assert found.low < found.fall < found.high
    assert found.by_custody == 0.0
    assert found.by_selection == found.fall
    assert found.any_before == 1.0
    assert found.reported_fall == pytest.approx(1.0 - 0.5 / (n * B))
    assert found.left == found.reported_fall - found.fall


def test_nothing_falls_where_nobody_is_chosen() -> None:
    opens = (Places(0.0, PEOPLE, False), Places(0.001, 0, False))
    rates = world(PEOPLE, opens, (), **NEVER_CALM, history_years=12.0, rule=2, offences_per_occasion=B)
    found = regressed(rates, looked(sussex, 2.0, 3), 2 * 1.4 * B, 1.4 * B)
    assert found.occasions_per_year == pytest.approx(1.4, rel=0.05)
    assert found.low < 0.0 < found.high
    assert abs(found.fall) < 0.05
    assert found.reported_fall == pytest.approx(0.0, abs=1e-9)  # two years before against one after


CUSTODY = {"first_custody_chance": 0.6, "later_custody_chance": 0.6}
SENTENCES = {"sentence_from_years": [0.4], "sentence_to_years": [0.6]}


def test_with_what_custody_took_put_back_only_selection_is_left() -> None:
    """People all alike: at liberty throughout they would have had their rate after, and so would those before."""
    found = regressed(two_years(math.inf, **CUSTODY, **SENTENCES), looked(), 3.0, 1.0)
    assert found.by_selection + found.by_custody == pytest.approx(found.fall)
    people = people_looked_at(with_level(two_years(math.inf, **CUSTODY, **SENTENCES), 1.7), looked(), 4, 4)
    assert abs(z_of(people.occasions_after + people.lost, 1.7)) < 4.0
    one, other = people.occasions_before.mean() + people.lost_before.mean(), 1.7
    assert fall_without_custody(people, people.before.mean(), people.after.mean(), B, 1.0) == pytest.approx(
        1.0 - other / one, abs=0.03
    )


def test_custody_makes_no_fall_where_it_takes_as_much_before_as_after() -> None:
    """Nobody is chosen, and custody has long settled: no fall, and neither selection nor custody makes one."""
    opens = (Places(0.0, PEOPLE, False), Places(0.001, 0, False))
    rates = world(
        PEOPLE, opens, (), **NEVER_CALM, **CUSTODY, **SENTENCES, history_years=12.0, rule=2, offences_per_occasion=B
    )
    found = regressed(rates, looked(sussex, 2.0, 3), 2 * 1.4 * B, 1.4 * B)
    assert found.occasions_per_year > 1.5  # custody takes a part of what they would do
    assert abs(found.fall) < 0.05
    assert abs(found.by_custody) < 0.05


def test_custody_after_alone_makes_all_of_a_fall() -> None:
    """Nobody is sent to custody before t = 0, everybody after: what is left without it is nothing."""
    opens = (Places(0.0, PEOPLE, False), Places(0.001, 0, False))
    rates = world(
        PEOPLE, opens, (), **NEVER_CALM, **CUSTODY, **SENTENCES, history_years=12.0, rule=2, offences_per_occasion=B,
        history={"first_custody_chance": 0.0, "later_custody_chance": 0.0},
    )  # fmt: skip
    found = regressed(rates, looked(sussex, 2.0, 3), 2 * 1.4 * B, 1.4 * B)
    assert found.fall > 0.1
    assert found.by_custody == pytest.approx(found.fall, abs=0.04)


def test_offences_may_be_arrests() -> None:
    plain = regressed(two_years(2.0), looked(), 2.4, 1.0)
    arrests = regressed(two_years(2.0), looked(), 2.4, 1.0, (), None, True)
    assert arrests.before == pytest.approx(plain.before, rel=0.02) == pytest.approx(2.4, rel=0.02)
    assert arrests.occasions_per_year > 1.2 * plain.occasions_per_year  # one a time, so more of them
    occasions = regressed(two_years(2.0), looked(), 2.4, 1.0, occasions_before=1.7, occasions_after=1.0)
    assert occasions.reported_before == 1.7
    assert occasions.reported_fall == pytest.approx(1.0 - 1.0 / 1.7)


def test_a_level_out_of_reach_is_said_to_be() -> None:
    """Everybody looked at has an offence, so no rate gives half a one."""
    found = regressed(two_years(2.0), looked(), 0.5, 0.4)
    assert not found.reached
    assert found.before > 1.5


@pytest.mark.parametrize("before", [0.0, -1.0])
def test_no_fall_from_nothing(before: float) -> None:
    with pytest.raises(InputProblems, match="nothing is counted before"):
        regressed(two_years(2.0), looked(), before, 1.0)


def test_nobody_looked_at_under_a_choice() -> None:
    nobody = world(30, (Places(0.0, 0, False),), history_years=4.0)
    with pytest.raises(InputProblems, match="nobody is looked at"):
        regressed(nobody, looked(), 2.0, 1.0)


# --- reports ---------------------------------------------------------------------------------------------------------


def figure(name: str, value: float, unit: str) -> Figure:
    return Figure(f"mine.{name}", value, unit, "t", "", "", Standing.READ, None, None, None, None, "", "", "mine")


def own(**figures: float) -> Report:
    grade = load_reports(data_folder("evidence"))["sussex_2013"].maryland_level
    made = {name: figure(name, value, "people" if "people" in name else "offences") for name, value in figures.items()}
    return Report("mine", "before_after", grade, made, {"protocol": "two successive years"})


def test_a_report_of_ones_own_is_counted_per_person() -> None:
    report = own(people=40.0, before=120.0, after=60.0, people_before=38.0)
    how = looked_of(report)
    assert how is not None
    assert how.protocol is leicestershire
    assert {measure: value for measure, (_, value) in reported(report, how).items()} == {
        "before": 3.0,
        "after": 1.5,
        "any_before": 0.95,
    }
    for name, (protocol, years, before, after) in PROTOCOLS.items():
        mine = looked_of(replace(report, extras={"protocol": name}))
        assert mine is not None
        assert (mine.protocol, mine.years, mine.years_before, mine.years_after) == (protocol, years, before, after)
    assert looked_of(replace(report, extras={})) is None


def test_counts_over_windows_of_unequal_length_are_brought_to_the_same() -> None:
    assert years_alike(LOOKED["sussex"]) == 2.0
    assert years_alike(LOOKED["bedfordshire"]) == 1.0


def test_a_later_setting_of_the_same_name_counts() -> None:
    assert with_settings(["a=1", "b=2"], ["c=3"], ["a=4"]) == ["a=4", "b=2", "c=3"]
