"""Published figures and effects as typed records, refused where they do not say what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.evidence import catalogue, load_effects, load_report, load_reports
from simulator.places import data_folder
from simulator.quantities import Standing
from simulator.tables import InputProblems, nearest

REPORT = """source: leeds_2017
design: matched_comparison
maryland_level: {value: 3, standing: assumed, why: matched}
figures:
  - {name: table_1.rate, value: 59.9, unit: percent, where: Table 1, population: 142 treated,
     window: one year, standing: read, low: 51, high: 68, p_value: 0.36, significant: false}
  - {name: gap, value: 4.2, unit: points, where: Table 1, standing: derived, why: 59.9 - 55.7}
extras: {mix: burglary and theft}
"""
EFFECTS = """none: {design: none}
matched_pooled:
  design: matched_comparison
  n: 229
  maryland_level: {value: 3, standing: assumed, why: matched}
  source: leeds_2017
  where: Table 2
  warning: inconclusive
  ratios:
    occasions_ratio: {value: 0.95, low: 0.7, high: 1.3, unit: ratio, standing: derived, why: pooled}
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_holds_its_figures_by_name(tmp_path: Path) -> None:
    report = load_report(written(tmp_path, "leeds_2017.yaml", REPORT), ["leeds_2017"])
    assert (report.design, report.maryland_level.value) == ("matched_comparison", 3)
    rate = report.figures["table_1.rate"]
    assert rate.name == "leeds_2017.table_1.rate"
    assert (rate.value, rate.low, rate.high, rate.p_value) == (59.9, 51.0, 68.0, 0.36)
    assert rate.significant is False
    assert (rate.source, rate.standing) == ("leeds_2017", Standing.READ)
    assert report.figures["gap"].significant is None
    assert report.extras == {"mix": "burglary and theft"}
    written(tmp_path, "effects.yaml", EFFECTS)
    assert list(load_reports(tmp_path)) == ["leeds_2017"]


def test_an_effect_takes_the_source_of_its_evidence(tmp_path: Path) -> None:
    effects = load_effects(written(tmp_path, "effects.yaml", EFFECTS), ["leeds_2017"])
    assert effects["none"].ratios == {}
    assert effects["none"].n is None
    pooled = effects["matched_pooled"]
    assert (pooled.n, pooled.warning, pooled.maryland_level.value) == (229, "inconclusive", 3)
    ratio = pooled.ratios["occasions_ratio"]
    assert ratio.name == "effects.matched_pooled.occasions_ratio"
    assert (ratio.source, ratio.value, ratio.high) == ("leeds_2017", 0.95, 1.3)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("source: leeds_2017", "source: leeds_2018", 1, "Did you mean 'leeds_2017'?"),
        ("source: leeds_2017", "source: southwark_2018", 1, "the file is named 'leeds_2017'"),
        ("matched_comparison", "matched", 2, "Did you mean 'matched_comparison'?"),
        ("{value: 3,", "{value: 6,", 3, "more than the most allowed, 5"),
        ("value: 59.9", "value: 59.9%", 5, "Write 0.599"),
        ("unit: percent,", "", 5, "'unit' is missing"),
        ("where: Table 1, population", "population", 5, "'where' is missing"),
        ("standing: read", "standing: reed", 6, "Did you mean 'read'?"),
        ("low: 51", "low: 61", 6, "low 61 is above the value 59.9"),
        ("p_value: 0.36", "p_value: 36", 6, "36 means 3600%; did you mean 0.36?"),
        ("significant: false", "signif: false", 6, "Did you mean 'significant'?"),
        (", why: 59.9 - 55.7", "", 7, "a figure that is derived needs 'why'"),
        ("name: gap", "name: table_1.rate", 7, "is there twice (first on line 5)"),
        ("figures:", "figurs:", 4, "Did you mean 'figures'?"),
    ],
)
def test_a_fault_in_a_report_is_refused_at_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    path = written(tmp_path, "leeds_2017.yaml", REPORT.replace(old, new, 1))
    with pytest.raises(InputProblems) as refused:
        load_report(path, ["leeds_2017", "southwark_2018"])
    (text,) = [each.text() for each in refused.value.problems if said in each.text()]
    assert text.startswith(f"{path}:{line}:")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("occasions_ratio", "occasion_ratio", "Did you mean 'occasions_ratio'?"),
        ("value: 0.95", "value: 0", "0 has to be more than 0"),
        (", why: pooled", "", "a derived figure needs 'why'"),
        ("n: 229", "n: many", "'many' is text, not a number"),
        ("  source: leeds_2017\n", "", "a figure that is derived needs a source"),
        ("unit: ratio", "unit: percent", "the unit is 'percent', and 'ratio' is expected"),
    ],
)
def test_a_fault_in_an_effect_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = written(tmp_path, "effects.yaml", EFFECTS.replace(old, new, 1))
    with pytest.raises(InputProblems) as refused:
        load_effects(path, ["leeds_2017"])
    assert said in str(refused.value)


def test_every_shipped_figure_has_its_own_name_in_the_catalogue() -> None:
    found = catalogue(data_folder("cost_tables"), data_folder("evidence"))
    assert all(figure.name == name for name, figure in found.items())
    assert found["horr99.domestic_burglary"].value == 5930.0
    assert "horr99.domestic_burglary" in nearest("horr99.domestic_burglry", found)
    for start in ("justice.", "programme.", "appraisal.", "effects.", "leeds_2017."):
        assert any(name.startswith(start) for name in found), start
