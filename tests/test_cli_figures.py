"""``explain`` and ``list`` as people type them."""

from __future__ import annotations

import csv
import io
import json

import pytest
from commands import Run

from simulator.report.listings import rows_for


def test_a_figure_is_explained_with_value_source_place_and_users(run: Run) -> None:
    found = json.loads(run("explain", "horr99.domestic_burglary", "--format", "json").out)
    assert (found["value"], found["unit"], found["price_year"]) == (5930.0, "gbp per crime", "2015/16")
    assert found["source"].startswith("bedfordshire_2019")
    assert found["where"]
    assert "bedfordshire" in found["used_by"]
    text = run("explain", "horr99.domestic_burglary").out
    assert "5930" in text
    assert "Bedfordshire" in text
    (row,) = csv.DictReader(io.StringIO(run("explain", "horr99.domestic_burglary", "--format", "csv").out))
    assert row["value"] == "5930.0"


def test_a_flag_of_the_audit_stands_beside_the_figure(run: Run) -> None:
    flagged = json.loads(run("explain", "sussex_2013.convictions.reduction", "--format", "json").out)
    assert flagged["audit"].startswith("does not follow from the report's own figures: from 1.24 to 0.42")
    assert json.loads(run("explain", "sussex_2013.convictions.before", "--format", "json").out)["audit"] is None
    rows = {row["name"]: row["audit"] for row in json.loads(run("list", "figures", "--format", "json").out)}
    assert rows["sussex_2013.convictions.reduction"] == "does not follow from the report's own figures"
    assert rows["leeds_2017.table_1.overall_national.comparison_rate"].startswith("not a simple ratio")
    assert rows["horr99.robbery"] == rows["sussex_2013.convictions.before"] == ""
    text = run("reproduce", "sussex", "--part", "figures").out
    assert "convictions.reduction †" in text
    assert "convictions.before †" not in text
    assert "audit sussex_2013" in text


KINDS = ["schemes", "arms", "effects", "sources", "names", "figures"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_listed_in_three_formats(run: Run, kind: str) -> None:
    rows = json.loads(run("list", kind, "--format", "json").out)
    assert rows == rows_for(kind)
    assert all(set(row) == set(rows[0]) for row in rows)
    assert len(list(csv.DictReader(io.StringIO(run("list", kind, "--format", "csv").out)))) == len(rows) > 1
    assert len(run("list", kind).out.splitlines()) == len(rows) + 2


def test_every_listed_name_can_be_set(run: Run) -> None:
    from small_runs import library

    from simulator.scenario.overrides import parsed
    from simulator.tables import Problems

    problems = Problems()
    names = [row["name"] for row in rows_for("names")]
    assert len(set(names)) == len(names)
    for name in names:
        parsed([f"{name}=1"], library().cost_names(), problems)
    assert len(problems) == 0
