"""Studies pooled where schemes differ, a before/after ratio corrected, and Diamond, which speaks of the rate only."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from commands import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from simulator.closed_forms import (
    LogRatio,
    corrected_ratio,
    error_of,
    frequency_ratio,
    pooled,
    pooled_over_schemes,
    rate_ratio,
)
from simulator.evaluation.audit import Verdict, audit
from simulator.evidence import Report, load_reports
from simulator.places import data_folder
from simulator.report.cases import SCENARIOS

TWO = [LogRatio(-0.04, 0.123), LogRatio(-0.24, 0.155)]
STUDIES = st.lists(
    st.builds(LogRatio, st.floats(-1.0, 1.0), st.floats(0.05, 0.5)),
    min_size=2,
    max_size=5,
)


def reports() -> dict[str, Report]:
    return load_reports(data_folder("evidence"))


# The pooling.


@settings(max_examples=25)
@given(STUDIES)
def test_without_a_spread_it_is_the_fixed_effect_pool(ratios: list[LogRatio]) -> None:
    found, fixed = pooled_over_schemes(ratios, 1e-7), pooled(ratios)[0]
    assert (found.ratio(), *found.interval) == pytest.approx((fixed.ratio, *fixed.interval), abs=1e-6)
    assert (found.another.ratio(), *found.another.interval) == pytest.approx((fixed.ratio, *fixed.interval), abs=1e-6)


@pytest.mark.parametrize("scale", [0.05, 0.2, 1.0])
def test_it_agrees_with_the_model_summed_over_a_plain_grid(scale: float) -> None:
    """Mean and spread both on a grid, the density as the model is written: no formula for the mean given the spread."""
    mean, spread = np.linspace(-8.0, 8.0, 4001)[:, None], 8.0 * scale * (np.arange(500) + 0.5)[None, :] / 500
    density = stats.norm.pdf(spread / scale)
    for each in TWO:
        density = density * stats.norm.pdf(each.log, mean, np.hypot(each.error, spread))
    found = pooled_over_schemes(TWO, scale)
    for log in (-0.402, -0.098):  # midway between means of the grid
        below = density * (mean < log)
        assert found.chance_below(log) == pytest.approx(below.sum() / density.sum(), abs=1e-4)
        another = density * stats.norm.cdf((log - mean) / spread)
        assert found.another.chance_below(log) == pytest.approx(another.sum() / density.sum(), abs=1e-4)


@settings(max_examples=25)
@given(st.floats(-1.0, 1.0), st.floats(0.05, 0.5), st.integers(2, 5), st.floats(0.02, 0.5))
def test_another_scheme_is_less_certain_than_the_mean_even_where_studies_agree(
    log: float, error: float, studies: int, scale: float
) -> None:
    found, fixed = (
        pooled_over_schemes([LogRatio(log, error)] * studies, scale),
        pooled([LogRatio(log, error)] * studies)[0],
    )
    assert found.ratio() == pytest.approx(math.exp(log), rel=1e-9)
    for inner, outer in ((fixed.interval, found.interval), (found.interval, found.another.interval)):
        assert outer[0] < inner[0] < inner[1] < outer[1]


@settings(max_examples=25)
@given(STUDIES, st.floats(-1.0, 1.0))
def test_neither_order_nor_a_common_factor_matters(ratios: list[LogRatio], by: float) -> None:
    found = pooled_over_schemes(ratios, 0.2)
    moved = pooled_over_schemes([each._replace(log=each.log + by) for each in reversed(ratios)], 0.2)
    assert moved.another.ratio(0.025) == pytest.approx(math.exp(by) * found.another.ratio(0.025), rel=1e-9)


@settings(max_examples=25)
@given(STUDIES)
def test_its_quantiles_and_its_chances_are_each_others_inverse(ratios: list[LogRatio]) -> None:
    found = pooled_over_schemes(ratios, 0.3)
    assert found.weight.sum() == pytest.approx(1.0)
    for chance in (0.025, 0.5, 0.9):
        assert found.chance_below(math.log(found.ratio(chance))) == pytest.approx(chance, abs=1e-9)


def test_studies_that_differ_widen_it_and_so_does_a_wider_prior() -> None:
    def width(ratios: list[LogRatio], scale: float) -> float:
        low, high = pooled_over_schemes(ratios, scale).another.interval
        return math.log(high / low)

    widths = [width(TWO, scale) for scale in (0.05, 0.1, 0.2, 0.5, 1.0)]
    assert widths == sorted(widths)
    assert width([LogRatio(-0.6, 0.123), LogRatio(0.4, 0.155)], 0.2) > 1.2 * width(TWO, 0.2)


def test_a_95_percent_interval_holds_the_truth_in_95_of_100_synthetic_pairs_of_studies() -> None:
    luck, scale = np.random.default_rng(3), 0.2
    mean_held, other_held, pairs = 0, 0, 3000
    for _ in range(pairs):
        spread, mean, errors = abs(luck.normal(0.0, scale)), -0.1, luck.uniform(0.08, 0.25, 2)
        seen = luck.normal(luck.normal(mean, spread, 2), errors)
        found = pooled_over_schemes([LogRatio(*each) for each in zip(seen, errors, strict=True)], scale)
        mean_held += 0.025 < found.chance_below(mean) < 0.975
        other_held += 0.025 < found.another.chance_below(luck.normal(mean, spread)) < 0.975
    assert mean_held / pairs == pytest.approx(0.95, abs=0.012)
    assert other_held / pairs == pytest.approx(0.95, abs=0.012)


@pytest.mark.parametrize("scale", [0.0, -0.1, math.nan])
def test_a_scale_that_is_none_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="is not above 0"):
        pooled_over_schemes(TWO, scale)


# A before/after ratio.


def test_each_end_of_a_corrected_ratio_is_the_furthest_choice_and_the_sampling_error_as_squares() -> None:
    value, low, high = corrected_ratio(0.3, [0.6, 0.4, 0.8], 0.1)
    assert value == pytest.approx(0.5)
    assert math.log(value / low) ** 2 == pytest.approx(math.log(0.8 / 0.6) ** 2 + (1.959964 * 0.1) ** 2)
    assert math.log(high / value) ** 2 == pytest.approx(math.log(0.6 / 0.4) ** 2 + (1.959964 * 0.1) ** 2)


def test_with_one_choice_it_is_sampling_only_and_without_sampling_the_choices_only() -> None:
    assert corrected_ratio(0.6, [0.6], 0.1) == pytest.approx((1.0, *LogRatio(0.0, 0.1).interval))
    assert corrected_ratio(0.3, [0.6, 0.5, 0.3], 0.0) == pytest.approx((0.5, 0.5, 1.0))


# Diamond.


def counts(report: Report) -> tuple[int, int, int, int]:
    groups = ("treatment", "comparison")
    return tuple(  # type: ignore[return-value]
        int(report.figures[f"reoffending.{group}_{what}"].value) for group in groups for what in ("reoffenders", "n")
    )


def three_rate_ratios() -> list[LogRatio]:
    """Leeds and Southwark with the errors of their published intervals, Diamond from its counts."""
    found = []
    for source, analysis in (("leeds_2017", "overall_national"), ("southwark_2018", "national")):
        figures = reports()[source].figures
        rates = [figures[f"table_1.{analysis}.{group}_rate"].value for group in ("treatment", "comparison")]
        gap = figures[f"table_1.{analysis}.difference"]
        assert gap.low is not None and gap.high is not None
        found.append(frequency_ratio(rates[0], rates[1], gap.low, gap.high))
    return [*found, rate_ratio(*counts(reports()["diamond_2011"]))]


def test_the_error_of_a_ratio_of_proportions_is_that_of_many_samples() -> None:
    a, n, b, m = counts(reports()["diamond_2011"])
    luck = np.random.default_rng(1)
    logs = np.log(luck.binomial(n, a / n, 200_000) / n) - np.log(luck.binomial(m, b / m, 200_000) / m)
    assert rate_ratio(a, n, b, m).error == pytest.approx(float(logs.std()), rel=0.01)


def test_diamonds_own_figures_follow_from_its_counts() -> None:
    diamond = reports()["diamond_2011"]
    a, n, b, m = counts(diamond)
    gap = diamond.figures["reoffending.difference"]
    error = 100.0 * math.sqrt(a / n * (1 - a / n) / n + b / m * (1 - b / m) / m)
    assert gap.low is not None and gap.high is not None
    assert error_of(gap.low, gap.high) == pytest.approx(error, abs=0.05)
    assert gap.p_value == pytest.approx(2.0 * stats.norm.sf(100.0 * (a / n - b / m) / error), abs=0.005)
    shown(diamond, "reoffending.rate_ratio", (rate_ratio(a, n, b, m).ratio, *rate_ratio(a, n, b, m).interval))
    findings = audit(Path(data_folder("evidence")) / "diamond_2011.yaml")
    assert {each.verdict for each in findings} == {Verdict.FOLLOWS}
    assert len(findings) == 7


def shown(report: Report, name: str, expected: tuple[float, ...]) -> None:
    figure = report.figures[name]
    assert (figure.value, figure.low, figure.high) == pytest.approx(expected, abs=6e-4)


def test_the_three_rate_ratios_pooled_and_none_below_1() -> None:
    three, diamond = three_rate_ratios(), reports()["diamond_2011"]
    found, (fixed, q) = pooled_over_schemes(three, 0.2), pooled(three)
    shown(diamond, "pooled.rate_ratio", (found.ratio(), *found.interval))
    shown(diamond, "pooled.rate_ratio_of_another_scheme", (found.another.ratio(), *found.another.interval))
    assert min(each.log for each in three) > 0.0
    assert 1.0 - found.chance_below(0.0) == pytest.approx(0.83, abs=0.005)
    said = f"{fixed.ratio:.3f} ({fixed.interval[0]:.3f} to {fixed.interval[1]:.3f}), Q {q:.2f}"
    assert said in diamond.figures["pooled.rate_ratio"].note


def test_diamond_is_audited_and_explained_but_no_scheme_to_reproduce(run: Run) -> None:
    assert "diamond_2011" not in SCENARIOS
    assert "transcribed" in run("explain", "diamond_2011.reoffending.treatment_rate").out
    answer = run("reproduce", "diamond_2011")
    assert answer.code == 2
    assert "there is no report or scheme 'diamond_2011'" in answer.err
