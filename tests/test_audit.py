"""Whether the figures of the reports follow from their own inputs: intervals, verdicts, the shipped reports."""

from __future__ import annotations

import math
import shutil
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from simulator.evaluation.audit import Finding, Verdict, audit, explained, flags_of, inference, report_paths
from simulator.evaluation.audit.kinds import KINDS
from simulator.evaluation.audit.printed import Printed
from simulator.evaluation.audit.verdicts import verdict_of
from simulator.places import data_folder

EVIDENCE = data_folder("evidence")
DO_NOT_FOLLOW = [
    "bedfordshire_2019.figure_1.luton.cohort",
    "bedfordshire_2019.figure_1.central.cohort",
    "leicestershire_2016.caseload.enhanced.2016_03_31.total",
    "leicestershire_2016.caseload.total.2016_03_31.total",
    "leicestershire_2016.caseload.change_percent.total",
    "leicestershire_2016.text.caseload_increase",
    "southwark_2018.profile_not_included.without_records",
    "southwark_2018.exclusions.share_of_submitted_in_treatment_group",
    "sussex_2013.convictions.reduction",
]
CUT_OFF = [
    "bedfordshire_2019.figure_2.bedford.reduced_or_stopped_percent",
    "bedfordshire_2019.figure_2.luton.reduced_or_stopped_percent",
    "bedfordshire_2019.figure_4.bedford.decrease_percent",
    "bedfordshire_2019.figure_4.luton.decrease_percent",
    "bedfordshire_2019.figure_4.central.decrease_percent",
    "bedfordshire_2019.offender_a.custody_cost_after",
    "southwark_2018.profile.uk_nationals",
    "southwark_2018.profile.non_uk_nationals",
]

decimals = st.integers(0, 3)
positive = st.fractions(min_value=1, max_value=1000, max_denominator=997)
numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=997)
counts = st.integers(1, 5000)


def rounded(true: Fraction, places: int) -> Printed:
    """A number as a report prints it, halves up."""
    unit = Fraction(1, 10**places)
    return Printed(math.floor(true / unit + Fraction(1, 2)) * unit, unit, "")


def cut_off(true: Fraction, places: int) -> Printed:
    unit = Fraction(1, 10**places)
    return Printed(math.trunc(true / unit) * unit, unit, "")


def count(number: int) -> Printed:
    return Printed(Fraction(number), Fraction(0), str(number))


def verdict(how: str, reported: Printed, *inputs: Printed) -> Verdict:
    return verdict_of(KINDS[how], reported, inputs)[0]


@cache
def findings() -> list[Finding]:
    return [finding for path in report_paths(EVIDENCE) for finding in audit(path)]


def name_of(finding: Finding) -> str:
    return f"{finding.report}.{finding.relation.figure}"


@given(numbers, numbers, decimals, decimals, decimals)
def test_whatever_is_rounded_from_the_true_value_follows(
    one: Fraction, other: Fraction, first: int, second: int, last: int
) -> None:
    inputs = rounded(one, first), rounded(other, second)
    assert verdict("sum_of", rounded(one + other, last), *inputs) is Verdict.FOLLOWS
    assert verdict("difference", rounded(one - other, last), *inputs) is Verdict.FOLLOWS
    assert verdict("product", rounded(one * other, last), *inputs) is Verdict.FOLLOWS
    assert verdict("equals", rounded(one, last), rounded(one, max(first, last))) is Verdict.FOLLOWS


@given(positive, positive, positive, decimals, decimals)
def test_whatever_is_rounded_from_a_true_ratio_follows(
    one: Fraction, other: Fraction, third: Fraction, given_to: int, last: int
) -> None:
    first, second = rounded(one, given_to), rounded(other, given_to)
    assert verdict("share_of", rounded(100 * one / other, last), first, second) is Verdict.FOLLOWS
    assert verdict("percent_fall", rounded(100 * (one - other) / one, last), first, second) is Verdict.FOLLOWS
    assert verdict("percent_change", rounded(100 * (other - one) / one, last), first, second) is Verdict.FOLLOWS
    scaled = rounded(one * third / other, last)
    assert verdict("scaled", scaled, first, rounded(third, given_to), second) is Verdict.FOLLOWS


@given(counts, counts, decimals)
def test_a_share_of_counts_that_is_cut_off_follows_only_so(part: int, whole: int, places: int) -> None:
    true = Fraction(100 * part, whole)
    printed = cut_off(true, places)
    expected = Verdict.FOLLOWS if abs(true - printed.value) <= printed.unit / 2 else Verdict.FOLLOWS_TRUNCATED
    assert verdict("share_of", printed, count(part), count(whole)) is expected


@given(counts, counts, decimals)
def test_a_negative_change_is_cut_off_towards_nought(before: int, after: int, places: int) -> None:
    true = Fraction(100 * (after - before), before)
    printed = cut_off(true, places)
    expected = Verdict.FOLLOWS if abs(true - printed.value) <= printed.unit / 2 else Verdict.FOLLOWS_TRUNCATED
    assert verdict("percent_change", printed, count(before), count(after)) is expected


@given(counts, counts, decimals, st.sampled_from([-2, -1, 1, 2, 7]))
def test_a_share_of_counts_off_by_a_unit_or_more_does_not_follow(part: int, whole: int, places: int, off: int) -> None:
    true = Fraction(100 * part, whole)
    unit = Fraction(1, 10**places)
    printed = Printed((math.floor(true / unit) + (off if off < 0 else 1 + off)) * unit, unit, "")
    assert verdict("share_of", printed, count(part), count(whole)) is Verdict.DOES_NOT_FOLLOW


@given(numbers, decimals, decimals)
def test_inputs_may_have_been_cut_off_too(true: Fraction, given_to: int, last: int) -> None:
    for printed in (rounded(100 * true, last), cut_off(100 * true, last)):
        assert verdict("per_100_of", printed, cut_off(true, given_to)) in (Verdict.FOLLOWS, Verdict.FOLLOWS_TRUNCATED)


def test_a_figure_and_its_inputs_may_both_have_been_cut_off() -> None:
    """50.8 less 10.9 is 39.9: printed as 50.8, 10 and 39."""
    first, second = Printed(Fraction("50.8"), Fraction("0.1"), ""), Printed(Fraction(10), Fraction(1), "")
    assert verdict("difference", Printed(Fraction(39), Fraction(1), ""), first, second) is Verdict.FOLLOWS_TRUNCATED
    assert verdict("difference", Printed(Fraction(38), Fraction(1), ""), first, second) is Verdict.DOES_NOT_FOLLOW


@given(st.integers(1, 400), st.data())
def test_a_share_of_whole_people_follows_from_their_number(people: int, data: st.DataObject) -> None:
    some = data.draw(st.integers(0, people))
    assert verdict("whole_number_share", rounded(Fraction(100 * some, people), 1), count(people)) is Verdict.FOLLOWS


def test_a_share_that_no_whole_number_of_people_gives_does_not_follow() -> None:
    ninety, sixty_three = (Printed(Fraction(number), Fraction(1), "") for number in (90, 63))
    nearest = Fraction(1400, 16)  # 14 of the 16; 15 would be 93.75
    assert verdict_of(KINDS["whole_number_share"], ninety, [count(16)]) == (Verdict.DOES_NOT_FOLLOW, (nearest, nearest))
    assert verdict("whole_number_share", sixty_three, count(16)) is Verdict.FOLLOWS


def test_parts_of_a_mean_cannot_exceed_what_the_other_parts_leave() -> None:
    inputs = Printed(Fraction(2), Fraction(0), "2"), count(142), count(71), Printed(Fraction(1), Fraction(0), "1")
    assert verdict("part_of_scaled", count(3), *inputs) is Verdict.FOLLOWS
    assert verdict("part_of_scaled", count(4), *inputs) is Verdict.DOES_NOT_FOLLOW


def test_a_weighted_rate_that_is_the_ratio_of_its_counts_follows() -> None:
    rate, other = Printed(Fraction("33.4"), Fraction("0.1"), "33.4"), Printed(Fraction("55.7"), Fraction("0.1"), "55.7")
    inputs = count(445_942), count(1_335_515)
    assert verdict("weighted_share_of", rate, *inputs) is Verdict.FOLLOWS
    assert verdict("weighted_share_of", other, *inputs) is Verdict.NOT_A_SIMPLE_RATIO
    assert verdict("share_of", other, *inputs) is Verdict.DOES_NOT_FOLLOW


def test_what_does_not_follow_in_the_shipped_reports() -> None:
    found = findings()
    assert [name_of(each) for each in found if each.verdict is Verdict.DOES_NOT_FOLLOW] == DO_NOT_FOLLOW
    assert [name_of(each) for each in found if each.verdict is Verdict.FOLLOWS_TRUNCATED] == CUT_OFF
    weighted = [name_of(each) for each in found if each.verdict is Verdict.NOT_A_SIMPLE_RATIO]
    assert len(weighted) == 6
    assert all(name.endswith(".comparison_rate") and ".table_1." in name for name in weighted)


@pytest.mark.parametrize(
    "name",
    [
        *[f"bedfordshire_2019.figure_1.{place}.decrease_percent" for place in ("bedford", "luton", "central", "total")],
        *[f"bedfordshire_2019.figure_2.{place}.decrease_percent" for place in ("bedford", "luton", "central", "total")],
        "bedfordshire_2019.figure_4.total.reduced_or_stopped_percent",
        "bedfordshire_2019.text.fewer_offences",
        "bedfordshire_2019.text.increased",
        "bedfordshire_2019.figure_5.cost_before",
        "bedfordshire_2019.figure_5.saving",
        "bedfordshire_2019.offender_a.custody_decrease_percent",
        "bedfordshire_2019.cohort.all.total",
        "bedfordshire_2019.cohort.statutory",
        "leicestershire_2016.reoffending.priority.change_percent",
        "leicestershire_2016.priority.statutory_share.2016_03_31",
        "leicestershire_2016.caseload.change_percent.nr",
        "leicestershire_2016.needs.health.with_need_percent",
        "leicestershire_2016.needs.accommodation.mean_score_when_scored",
        "sussex_2013.reconvicted.reduction",
        "sussex_2013.case_study.housing_cost",
        "leeds_2017.table_1.overall_national.treatment_rate",
        "leeds_2017.table_1.overall_national.difference.centre",
        "leeds_2017.table_4.overall_regional.tier_3.treatment_rate",
        "leeds_2017.table_6.over_12_week_national.more_severe.difference.low",
        "leeds_2017.table_8.over_12_week_regional.difference.p_value",
        "leeds_2017.table_8.overall_national.difference.significant",
        "leeds_2017.key_findings.reoffences_difference",
        "leeds_2017.key_findings.people_needed",
        "leeds_2017.exclusions.share_of_submitted_analysed",
        "southwark_2018.key_findings.people_needed",
        "southwark_2018.table_4.regional.either_way.difference.p_value",
        "southwark_2018.table_6.national.treatment_custodial_share",
        "southwark_2018.table_7.national.difference.p_value",
        "southwark_2018.exclusions.left_after_age_and_reoffending",
    ],
)
def test_a_figure_of_the_reports_is_recomputed_and_follows(name: str) -> None:
    found = [each.verdict for each in findings() if name_of(each) == name]
    assert found
    assert set(found) == {Verdict.FOLLOWS}


def test_verdicts_are_computed_from_the_figures(tmp_path: Path) -> None:
    shutil.copytree(EVIDENCE, tmp_path / "evidence")
    path = tmp_path / "evidence" / "sussex_2013.yaml"
    text = path.read_text("utf-8")
    assert "value: 68.7" in text
    path.write_text(text.replace("value: 68.7", "value: 66.1"), "utf-8")
    assert {each.verdict for each in audit(path)} == {Verdict.FOLLOWS}


def test_the_data_labs_p_values_follow_from_t_and_not_from_the_normal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "stdtr", lambda _, t: ndtr(t))
    monkeypatch.setattr(inference, "stdtrit", lambda _, p: ndtri(p))
    failing = [
        name_of(each) for each in audit(EVIDENCE / "southwark_2018.yaml") if each.verdict is Verdict.DOES_NOT_FOLLOW
    ]
    assert "southwark_2018.table_7.national.difference.p_value" in failing


def test_the_data_labs_intervals_and_p_values_come_within_their_rounding() -> None:
    found = {(name_of(each), each.relation.how, each.relation.inputs[0]): each.interval for each in findings()}
    row = "southwark_2018.table_4.national.either_way.difference"
    start = row.removeprefix("southwark_2018.")
    low, high = found[f"{row}.low", "interval_low", start.replace("difference", "treatment_rate")]
    assert (float(low), float(high)) == pytest.approx((-28.10, -27.89), abs=0.01)
    low, high = found[f"{row}.p_value", "p_value_of_interval", f"{start}.low"]
    assert (float(low), float(high)) == pytest.approx((0.0770, 0.0812), abs=0.0001)
    # The difference is both the middle of -28 to +31 and 108.4 less 107.0, so no more than 1.5.
    row = "table_3.national.difference"
    low, high = found[f"southwark_2018.{row}.p_value", "p_value_of_interval", f"{row}.low"]
    assert (float(low), float(high)) == pytest.approx((0.9174, 0.9308), abs=0.0001)
    housing = found["sussex_2013.case_study.housing_cost", "percent_of", "case_study.housing_share"]
    assert housing == (Fraction("32972.5"), Fraction("34132.5"))  # 54.5% of 60,500 to 55.5% of 61,500


@given(st.floats(0.05, 3.0), st.floats(0.3, 3.0), st.integers(5, 300), st.integers(1, 2))
def test_a_p_value_rounded_from_the_true_interval_follows(gap: float, half: float, people: int, places: int) -> None:
    quantile = float(stdtrit(people - 1, 0.975))
    true = Fraction(float(2 * stdtr(people - 1, -gap / half * quantile)))
    ends = [rounded(Fraction(gap + side * half), places) for side in (-1, 1)]
    means = rounded(Fraction(2 + gap), places), rounded(Fraction(2), places)
    assert verdict("p_value_of_interval", rounded(true, 2), *ends, count(people), *means) is Verdict.FOLLOWS
    significant = count(int(true < 0.05))
    assert verdict("significance_of_p", significant, rounded(true, 2)) is Verdict.FOLLOWS
    assert verdict("significance_of_interval", significant, *ends) is Verdict.FOLLOWS


def test_significance_that_the_p_value_denies_does_not_follow() -> None:
    p = Printed(Fraction("0.04"), Fraction("0.01"), "0.04")
    assert verdict("significance_of_p", count(0), p) is Verdict.DOES_NOT_FOLLOW
    ends = Printed(Fraction(1), Fraction(1), "1"), Printed(Fraction(16), Fraction(1), "16")
    assert verdict("significance_of_interval", count(0), *ends) is Verdict.DOES_NOT_FOLLOW


def test_flags_say_in_words_what_follows_instead() -> None:
    flags = flags_of(EVIDENCE)
    assert set(DO_NOT_FOLLOW) <= set(flags)
    assert flags["sussex_2013.convictions.reduction"] == (
        "does not follow from the report's own figures: from 1.24 to 0.42 is a fall of 65.587 to 66.667%; 68.7 is printed"
    )
    assert flags["bedfordshire_2019.figure_2.bedford.reduced_or_stopped_percent"].startswith("follows only if cut off")
    assert "weighted" in flags["leeds_2017.table_1.overall_national.comparison_rate"]
    assert "leeds_2017.table_1.overall_national.treatment_rate" not in flags


def test_every_kind_puts_what_follows_into_words() -> None:
    said = {each.relation.how: explained(each) for each in findings()}
    assert set(said) == set(KINDS) - {"quotient"}  # which no report needs
    assert said["people_needed"].endswith("at a power of 95%; 1,032 is printed")
    assert not any("{" in words for words in said.values())
