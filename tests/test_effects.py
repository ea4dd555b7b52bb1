"""Every derived number of effects.yaml that rests on matched studies, recomputed from the figures that the reports print."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import pytest
from commands import Run

from simulator.appraisal.library import load_library
from simulator.closed_forms import (
    LogRatio,
    PooledRatio,
    error_of,
    error_per_reoffender,
    frequency_ratio,
    pooled,
    pooled_over_schemes,
    ratio_of_parts,
)
from simulator.evidence import load_effects, load_reports
from simulator.places import data_folder
from simulator.report.effects import evidence_behind
from simulator.tables import InputProblems, load_sources

CORRELATION = 0.5
SPREAD_PRIOR = 0.2

LEEDS = frequency_ratio(1.97, 2.05, -0.55, 0.40)
SOUTHWARK = frequency_ratio(1.89, 2.41, -1.10, 0.05)
BOTH = [LEEDS, SOUTHWARK]
FIXED, Q = pooled(BOTH)


def custody_ratio(
    sentences: tuple[float, ...], frequency: tuple[float, ...], rates: tuple[float, float], n: int
) -> LogRatio:
    """Custodial sentences per reoffence; each tuple: treated, comparison and the interval of their difference."""
    per_reoffender = frequency[0] / rates[0] / (frequency[1] / rates[1])
    error = error_per_reoffender(error_of(*frequency[2:]) / frequency[0], rates[0], n)
    return ratio_of_parts(frequency_ratio(*sentences), LogRatio(math.log(per_reoffender), error), CORRELATION)


LEEDS_CUSTODY = custody_ratio((1.4, 1.9, -0.8, -0.1), (1.97, 2.05, -0.55, 0.40), (0.599, 0.557), 142)
SOUTHWARK_CUSTODY = custody_ratio((1.159, 2.223, -1.636, -0.492), (1.89, 2.41, -1.10, 0.05), (0.62, 0.565), 71)
BOTH_CUSTODY = [LEEDS_CUSTODY, SOUTHWARK_CUSTODY]
FIXED_CUSTODY, CUSTODY_Q = pooled(BOTH_CUSTODY)


DERIVATIONS = (Path(__file__).parents[1] / "docs" / "derivations.md").read_text("utf-8")
EFFECTS = load_effects(data_folder("evidence") / "effects.yaml", load_sources(data_folder("cost_tables")))


def same_interval(name: str, ratio: str, expected: tuple[float, float, float]) -> None:
    given = EFFECTS[name].ratios[ratio]
    assert (given.value, given.low, given.high) == pytest.approx(expected, abs=6e-4)


@pytest.mark.parametrize(
    ("name", "ratio", "expected"),
    [
        ("leeds_2017", "occasions_ratio", LEEDS),
        ("southwark_2018", "occasions_ratio", SOUTHWARK),
        ("leeds_2017", "custody_ratio", LEEDS_CUSTODY),
        ("southwark_2018", "custody_ratio", SOUTHWARK_CUSTODY),
    ],
)
def test_the_ratios_of_the_matched_studies(name: str, ratio: str, expected: LogRatio) -> None:
    same_interval(name, ratio, (expected.ratio, *expected.interval))


@cache
def over_schemes(ratio: str, scale: float = SPREAD_PRIOR) -> PooledRatio:
    return pooled_over_schemes(BOTH if ratio == "occasions_ratio" else BOTH_CUSTODY, scale)


def printed(value: float, interval: tuple[float, float], digits: int = 3) -> str:
    return f"{value:.{digits}f} ({interval[0]:.{digits}f} to {interval[1]:.{digits}f})"


@pytest.mark.parametrize(("ratio", "fixed"), [("occasions_ratio", FIXED), ("custody_ratio", FIXED_CUSTODY)])
def test_the_default_effect_is_the_mean_over_schemes_with_the_interval_of_another_scheme(
    ratio: str, fixed: LogRatio
) -> None:
    found, pool = over_schemes(ratio), EFFECTS["matched_pooled"]
    same_interval("matched_pooled", ratio, (found.ratio(), *found.another.interval))
    assert pool.spread_prior is not None
    assert (pool.spread_prior.value, str(pool.spread_prior.standing)) == (SPREAD_PRIOR, "assumed")
    said = pool.ratios[ratio].why
    assert printed(fixed.ratio, fixed.interval) in said
    low, high = found.interval
    assert f"95% {low:.3f} to {high:.3f}, below 1 with a chance of {found.chance_below(0.0):.0%}" in said


def test_what_another_prior_would_make_of_it() -> None:
    prior = EFFECTS["matched_pooled"].spread_prior
    assert prior is not None and (prior.low, prior.high) == (0.1, 0.5)
    lines = DERIVATIONS.splitlines()
    for scale in (0.1, 0.2, 0.3, 0.5, 1.0):
        cells = [f"{scale:g}"]
        for ratio in ("occasions_ratio", "custody_ratio"):
            found = over_schemes(ratio, scale)
            cells += [printed(found.ratio(), found.interval, 2), "{:.2f} to {:.2f}".format(*found.another.interval)]
        assert f"| {' | '.join(cells)} |" in lines
        if scale in (prior.low, prior.high):
            assert f"{cells[2]} at {scale:g}" in prior.why


def test_the_two_studies_agree_within_chance() -> None:
    assert (pytest.approx(1.05, abs=0.005), pytest.approx(0.245, abs=0.005)) == (Q, CUSTODY_Q)
    assert (round(FIXED.ratio, 3), round(FIXED_CUSTODY.ratio, 3)) == (0.889, 0.802)


def test_the_p_values_are_those_of_the_reports() -> None:
    reports = load_reports(data_folder("evidence"))
    for source, analysis in (("leeds_2017", "overall_national"), ("southwark_2018", "national")):
        published = reports[source].figures[f"table_2.{analysis}.difference"].p_value
        assert EFFECTS[source].p_value == published is not None
    assert EFFECTS["matched_pooled"].p_value is None
    assert EFFECTS["matched_pooled"].sources == ("leeds_2017", "southwark_2018")


def test_the_assumed_correlation_agrees_with_counting_sentences_among_occasions() -> None:
    """Relative error of a share of offences: (1 - p) / p x E[B^2] / E[B]^2 over the occasions."""
    b = 1.958  # offences per occasion of Leeds without spells (test_derived_values.py)
    share, occasions = 1.4 / (1.97 / 0.599), 85 * 1.97 / 0.599 / b
    assert LEEDS_CUSTODY.error == pytest.approx(math.sqrt((1 - share) / share * (2 - 1 / b) / occasions), rel=0.05)


def test_sussex_at_face_value_has_a_sampling_interval_only() -> None:
    given = EFFECTS["sussex_face_value"].ratios["occasions_ratio"]
    error = math.sqrt((1 - 0.19) / (0.19 * 483))
    assert (given.value, given.low, given.high) == pytest.approx(
        (1 - 0.78, *LogRatio(math.log(0.22), error).interval), abs=0.006
    )


# Refused, listed, explained.

FALL = """fall: {design: before_after, source: leeds_2017, correction: none at all, also: [southwark_2018], ratios: {}}
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("correction: none at all, ", "", "is no effect until regression to the mean has been taken out"),
        ("southwark_2018", "southwark_2081", "Did you mean 'southwark_2018'?"),
        ("ratios", "p_value: 7, ratios", "7 means 700%; did you mean 0.07?"),
        ("ratios", "spread_prior: {value: 0.2, standing: assumed, why: usual}, ratios", "needs a range"),
    ],
)
def test_evidence_that_does_not_say_what_it_is_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "effects.yaml"
    path.write_text(FALL, "utf-8")
    assert load_effects(path, ["leeds_2017", "southwark_2018"])["fall"].sources == ("leeds_2017", "southwark_2018")
    path.write_text(FALL.replace(old, new), "utf-8")
    with pytest.raises(InputProblems) as refused:
        load_effects(path, ["leeds_2017", "southwark_2018"])
    assert said in str(refused.value)


def test_no_before_after_figure_is_an_effect_without_its_correction() -> None:
    falls = [effect for effect in EFFECTS.values() if effect.design == "before_after"]
    assert {effect.source for effect in falls} == {"bedfordshire_2019", "leicestershire_2016", "sussex_2013"}
    for effect in falls:
        assert f"`python run.py reproduce {effect.source.rpartition('_')[0]} --part regression`" in effect.correction
        assert effect.warning


def test_the_list_shows_what_each_effect_rests_on(run: Run) -> None:
    rows = {row["effect"]: row for row in json.loads(run("list", "effects", "--format", "json").out)}
    assert rows["southwark_2018"] == {
        "effect": "southwark_2018",
        "design": "matched_comparison",
        "n": 71,
        "p": 0.07,
        "level": 3,
        "occasions_ratio": "0.78 [0.58 to 1.06]",
        "custody_ratio": "0.73 [0.48 to 1.12]",
        "source": "southwark_2018",
    }
    assert rows["matched_pooled"]["source"] == "leeds_2017, southwark_2018"
    assert (rows["none"]["occasions_ratio"], rows["none"]["p"], rows["expert"]["level"]) == ("", None, None)


def test_the_evidence_behind_a_figure_of_an_effect_is_told() -> None:
    library = load_library()
    found = evidence_behind("effects.matched_pooled.custody_ratio", library.effects, library.sources)
    assert (found["design"], found["n"], found["p_value"]) == ("matched_comparison", 213, None)
    assert found["maryland_level"].startswith("3 of 5 (assumed: ")
    assert found["also_from"] == [f"southwark_2018: {library.sources['southwark_2018'].title}"]
    assert (found["spread_prior"], found["warning"][:12]) == ("0.20 [0.10 to 0.50]", "Inconclusive")
    southwark = [f"effects.southwark_2018.{ratio}" for ratio in ("occasions_ratio", "custody_ratio")]
    told = [evidence_behind(name, library.effects, library.sources)["p_value"] for name in southwark]
    assert told == [0.07, None]  # it is a p-value of frequency
    assert evidence_behind("leeds_2017.table_1.rate", library.effects, library.sources) == {}
    assert evidence_behind("effects.nobody.custody_ratio", library.effects, library.sources) == {}
    names = [each.name for each in library.effects["matched_pooled"].quantities]
    assert names[0] == "effects.matched_pooled.occasions_ratio" and names[-1] == "effects.matched_pooled.spread_prior"
