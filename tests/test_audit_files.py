"""The command ``audit``, and evidence and relations files of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import Run

from simulator.evaluation.audit import Verdict, audit, flags_of
from simulator.tables import InputProblems

FIGURE = "{{name: {}, value: {}, unit: {}, where: table, standing: read}}"


def local(folder: Path, figures: list[tuple[str, str, str]], relations: str) -> Path:
    """A local evidence file with its relations beside it."""
    lines = "\n".join("  - " + FIGURE.format(*each) for each in figures)
    path = folder / "my_area.yaml"
    path.write_text(
        "source: my_area\ndesign: before_after\nmaryland_level: {value: 2, standing: assumed, why: own}\n"
        f"figures:\n{lines}\nextras: {{}}\n",
        "utf-8",
    )
    (folder / "relations").mkdir(exist_ok=True)
    (folder / "relations" / "my_area.yaml").write_text(relations, "utf-8")
    return path


AREA = [("before", "297", "offences"), ("after", "112", "offences"), ("fall", "62", "percent")]
FALL = "relations:\n  - {figure: fall, how: percent_fall, from: [before, after]}\n"


def test_digits_count_as_they_are_printed(tmp_path: Path) -> None:
    relations = "relations:\n  - {figure: a, how: equals, from: [b]}\n"
    sharp = local(tmp_path, [("a", "5.40", "points"), ("b", "5.44", "points")], relations)
    assert audit(sharp)[0].verdict is Verdict.DOES_NOT_FOLLOW
    blunt = local(tmp_path, [("a", "5.4", "points"), ("b", "5.44", "points")], relations)
    assert audit(blunt)[0].verdict is Verdict.FOLLOWS


def test_counts_are_exact_and_other_units_are_rounded(tmp_path: Path) -> None:
    figures = [("all", "109", "people"), ("here", "60", "people"), ("there", "50", "people")]
    relations = "relations:\n  - {figure: all, how: sum_of, from: [here, there]}\n"
    assert audit(local(tmp_path, figures, relations))[0].verdict is Verdict.FOLLOWS
    assert audit(local(tmp_path, figures, "exact_units: [people]\n" + relations))[0].verdict is Verdict.DOES_NOT_FOLLOW


def test_json_is_a_list_with_the_promised_keys(run: Run) -> None:
    rows = json.loads(run("audit", "--format", "json").out)
    assert {tuple(row) for row in rows} == {
        ("report", "figure", "reported", "low", "high", "verdict", "how", "from", "note")
    }
    assert {row["verdict"] for row in rows} == {each.value for each in Verdict}
    rate = next(row for row in rows if row["figure"] == "table_1.overall_national.treatment_rate")
    assert (rate["reported"], rate["verdict"]) == (59.9, "follows")
    assert rate["low"] == rate["high"] == pytest.approx(100 * 85 / 142)
    assert all(row["low"] <= row["high"] for row in rows)


def test_text_begins_with_what_must_not_be_quoted(run: Run) -> None:
    said = " ".join(run("audit", "leicestershire").out.split())
    assert "southwark" not in said
    assert (
        said.index("Do not quote")
        < said.index("add up to 110; 109 is printed")
        < said.index("All other checks hold: 98")
    )
    assert "reoffending.priority.change_percent" not in said
    assert "reoffending.priority.change_percent" in run("audit", "leicestershire_2016", "--all").out
    assert run("audit", "leicestershire_2016", "--format", "csv").out.startswith(
        "report,figure,reported,low,high,verdict,how,"
    )


def test_a_mistyped_report_gets_the_nearest_name(run: Run) -> None:
    answer = run("audit", "bedfordshre_2019")
    assert answer.code == 2
    assert "Did you mean 'bedfordshire_2019'" in answer.err


def test_a_local_file_is_audited_with_the_relations_beside_it(run: Run, tmp_path: Path) -> None:
    path = local(tmp_path, AREA, FALL)
    assert "All other checks hold: 1 (my_area 1)." in run("audit", str(path)).out
    (tmp_path / "relations" / "my_area.yaml").unlink()
    answer = run("audit", str(path))
    assert answer.code == 2
    assert f"Write {tmp_path / 'relations' / 'my_area.yaml'} first" in answer.err


@pytest.mark.parametrize(
    ("relations", "line", "said"),
    [
        (FALL.replace("after]", "aftr]"), 2, "there is no figure named 'aftr' in this report\n.*\n.*\n.*'after'"),
        (
            FALL.replace("percent_fall", "percent_fal"),
            2,
            "'percent_fal' is not one of the choices here\n.*\n.*\n.*'percent_fall'",
        ),
        (FALL.replace(", after]", "]"), 2, "'percent_fall' takes 2 figures, and here are 1"),
        (FALL.replace("figure: fall", 'figure: "{what}"'), 2, "'{what}' has no values"),
        (FALL.replace("}\n", ", for: {what: [fall]}}\n"), 2, "'{what}' is in no name of this relation"),
        (FALL + FALL.partition("\n")[2], 3, r"'fall' is there twice \(first on line 2\)"),
        (FALL + "exact_units: [ofences]\n", 3, "no figure of this report is in 'ofences'\n.*\n.*\n.*'offences'"),
        (FALL + "printed_below: [fal]\n", 3, "there is no figure named 'fal' in this report"),
        (FALL + "roundings: {befor: 10}\n", 3, "there is no figure named 'befor' in this report"),
        (
            FALL.replace("before, after", "nothing, after"),
            2,
            "'fall' cannot be recomputed: a divisor that may be nought",
        ),
    ],
)
def test_a_fault_in_the_relations_is_said_with_its_line(tmp_path: Path, relations: str, line: int, said: str) -> None:
    path = local(tmp_path, [*AREA, ("nothing", "0", "offences")], relations)
    with pytest.raises(InputProblems, match=said) as caught:
        audit(path)
    assert [each.line for each in caught.value.problems] == [line]


def test_a_placeholder_in_the_figure_is_one_relation_each_and_in_from_alone_all_together(tmp_path: Path) -> None:
    figures = [(f"{area}.{when}", "3", "people") for area in ("north", "south") for when in ("before", "after")]
    figures += [(f"all.{when}", "6", "people") for when in ("before", "after")]
    pattern = (
        "exact_units: [people]\nplaceholders: {area: [north, south], when: [before, after]}\n"
        'relations:\n  - {figure: "all.{when}", how: sum_of, from: ["{area}.{when}"]}\n'
    )
    found = audit(local(tmp_path, figures, pattern))
    assert [(each.relation.figure, each.relation.inputs) for each in found] == [
        ("all.before", ("north.before", "south.before")),
        ("all.after", ("north.after", "south.after")),
    ]
    assert {each.verdict for each in found} == {Verdict.FOLLOWS}


def test_a_fault_in_a_part_flags_the_figure_it_belongs_to(tmp_path: Path) -> None:
    relations = "relations:\n  - {figure: gap.significant, how: significance_of_p, from: [gap.p_value]}\n"
    printed = ("gap", "4, low: -4, high: 12, p_value: 0.31, significant: true", "points")
    local(tmp_path, [printed], relations)
    assert flags_of(tmp_path) == {
        "my_area.gap": "does not follow from the report's own figures: a p-value of 0.31 makes it not significant; "
        "significant is printed"
    }
