"""``report`` and ``verify-figure`` as people type them."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from commands import Run, command

SMALL = ["leeds:as_run", "-n", "2", "--draws", "0", "--workers", "1", "--set", "appraisal.horizon_years=2"]
NPSV = "comparison.arms.as_run.npsv_gbp"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report made once, with its runs folder beside it."""
    folder = tmp_path_factory.mktemp("first")
    answer = command("report", *SMALL, "--out", str(folder / "case"), "--runs", str(folder / "runs"))
    assert answer.code == 0, answer.err
    return folder


@pytest.fixture
def made(first: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    shutil.copytree(first, tmp_path, dirs_exist_ok=True)
    return tmp_path / "case"


def test_a_figure_is_made_again_from_the_page_alone(made: Path, run: Run, tmp_path: Path):
    (tmp_path / "mailed").mkdir()
    page = (made / "report.html").rename(tmp_path / "mailed" / "received.html")
    answer = run("verify-figure", NPSV, str(page), "--workers", "1", "--format", "json")
    assert answer.code == 0, answer.err
    verdict = json.loads(answer.out)
    assert verdict["agrees"] and verdict["exact"] == [verdict["exact_made_again"]]
    assert verdict["unlike_shipped"] == []
    assert "agree to the last bit" in run("verify-figure", NPSV, str(page), "--workers", "1").out


def test_a_figure_changed_on_the_page_does_not_agree(made: Path, run: Run):
    page = made / "report.html"
    html = page.read_text("utf-8")
    value = re.search(f'<data value="([^"]*)" title="{re.escape(NPSV)}">', html)[1]
    page.write_text(html.replace(f'value="{value}"', 'value="123456.0"'), "utf-8")
    answer = run("verify-figure", NPSV, str(page), "--workers", "1")
    assert answer.code == 1 and "DO NOT AGREE" in answer.out
    printed = re.search(f'title="{re.escape(NPSV)}">([^<]*)<', html)[1]
    page.write_text(html.replace(f'title="{NPSV}">{printed}<', f'title="{NPSV}">£9.99m<'), "utf-8")
    assert run("verify-figure", NPSV, str(page), "--workers", "1").code == 1


def test_every_place_that_prints_a_figure_is_looked_at(made: Path, run: Run):
    page = made / "report.html"
    before, found, after = page.read_text("utf-8").rpartition(f'title="{NPSV}">')
    assert f'title="{NPSV}">' in before
    page.write_text(before + found + "£9.99m" + after[after.index("<") :], "utf-8")
    assert run("verify-figure", NPSV, str(page), "--workers", "1").code == 1


def test_inputs_forged_with_all_their_digests_are_said_not_to_be_those_of_the_program(made: Path, run: Run):
    from simulator.documents.bundle import digest_of, with_digests

    page = made / "report.html"
    before, middle, after = re.split(r'(?<=id="bundle">)|(?=</script>)', page.read_text("utf-8"))
    bundle = json.loads(middle)
    old = bundle["digest"]
    name = "cost_tables/horr99.csv"
    bundle["files"][name] = with_digests(
        bundle["files"][name]["text"].replace("Remembered: the same", "Read: the same")
    )
    bundle["digest"] = digest_of(bundle["question"], bundle["files"])
    page.write_text(before.replace(old, bundle["digest"]) + json.dumps(bundle) + after, "utf-8")
    answer = run("verify-figure", "comparison.replications", str(page), "--workers", "1", "--format", "json")
    assert json.loads(answer.out)["unlike_shipped"] == [f"{name}, line 4"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"seed": 1', '"speed": 1'),
        ('"replications": 2', '"replications": "two"'),
        ('"scenarios": ["leeds:as_run"]', '"scenarios": ["/etc/other.yaml"]'),
        ('"scenarios": ["leeds:as_run"]', '"scenarios": []'),
    ],
)
def test_a_bundle_of_another_kind_is_refused_in_words(made: Path, run: Run, old: str, new: str):
    from simulator.documents.bundle import digest_of

    page = made / "report.html"
    before, middle, after = re.split(r'(?<=id="bundle">)|(?=</script>)', page.read_text("utf-8"))
    assert old in middle
    bundle = json.loads(middle.replace(old, new))
    digest = digest_of(bundle["question"], bundle["files"])
    page.write_text(
        before.replace(bundle["digest"], digest) + json.dumps({**bundle, "digest": digest}) + after, "utf-8"
    )
    answer = run("verify-figure", NPSV, str(page), "--workers", "1")
    assert answer.code == 2 and "Traceback" not in answer.err
    assert "nothing can be made again" in answer.err


def test_a_changed_input_is_named(made: Path, run: Run):
    page = made / "report.html"
    before, start, bundle = page.read_text("utf-8").partition('id="bundle"')
    page.write_text(before + start + bundle.replace("5930", "5931", 1), "utf-8")
    answer = run("verify-figure", NPSV, str(page))
    assert answer.code == 2
    assert "bundled cost_tables/horr99.csv:" in answer.err


def test_an_unknown_figure_gets_the_nearest_name(made: Path, run: Run):
    answer = run("verify-figure", NPSV.replace("npsv", "npv"), str(made / "report.html"))
    assert answer.code == 2 and f"Did you mean '{NPSV}'" in answer.err


def test_every_number_printed_is_in_the_table_of_figures(made: Path):
    rows = list(csv.DictReader((made / "figures.csv").open(encoding="utf-8")))
    listed = {row["identifier"]: row for row in rows}
    assert len(listed) == len(rows)
    found = re.findall(
        r'<data value="([^"]*)" title="([^"]*)">([^<]*)</data>', (made / "report.html").read_text("utf-8")
    )
    assert {name for _, name, _ in found} <= listed.keys()
    for value, name, printed in found:
        assert listed[name]["value"] == value
        assert printed in listed[name]["printed"].split(" | ")


def test_every_number_of_the_workbook_is_in_the_table_of_figures_with_its_formula(made: Path, run: Run):
    import openpyxl

    rows = csv.DictReader((made / "figures.csv").open(encoding="utf-8"))
    listed = {row["identifier"]: row for row in rows if row["identifier"].startswith("workbook.")}
    values = openpyxl.load_workbook(made / "workbook.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(made / "workbook.xlsx")
    seen = set()
    for sheet in values.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            name = f"workbook.{sheet.title}.{cell.coordinate}"
            if name in listed:
                seen.add(name)
                assert float(listed[name]["value"]) == pytest.approx(cell.value, rel=1e-12)
                written = formulas[sheet.title][cell.coordinate].value
                if isinstance(written, str):
                    assert listed[name]["how it was computed"].lstrip("=") == written.lstrip("=")
            elif cell.row > 3:
                assert not isinstance(cell.value, float), name
    assert seen == listed.keys() and len(seen) > 1000
    some = next(iter(listed))
    assert "workbook recalculates it" in run("verify-figure", some, str(made / "report.html")).err


def test_a_number_named_by_a_path_is_the_one_in_the_answer(made: Path):
    from simulator.report.named import named

    answer = named(json.loads((made / "answers" / "comparison.json").read_text("utf-8")), "comparison")
    inside: dict[str, float] = {}

    def walk(value):
        if isinstance(value, dict):
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        elif hasattr(value, "name"):
            inside[value.name] = float(value)

    walk(answer)
    rows = csv.DictReader((made / "figures.csv").open(encoding="utf-8"))
    plain = [row for row in rows if re.fullmatch(r"comparison\.[\w.]+", row["identifier"])]
    assert len(plain) > 50
    assert all(float(row["value"]) == inside[row["identifier"]] for row in plain)


def test_the_second_report_reads_what_was_kept_and_writes_the_same_bytes(made: Path, run: Run, tmp_path: Path):
    answer = run("report", *SMALL, "--out", str(tmp_path / "again"), "--runs", str(tmp_path / "runs"))
    assert "comparing" not in answer.err
    for path in made.rglob("*"):
        if path.is_file() and path.suffix != ".pdf":
            assert (tmp_path / "again" / path.relative_to(made)).read_bytes() == path.read_bytes(), path


def test_a_kept_answer_that_was_damaged_is_made_again(made: Path, run: Run, tmp_path: Path):
    (kept,) = (tmp_path / "runs" / "answers").glob("leeds-comparison-*.json")
    kept.write_text(kept.read_text("utf-8").replace("npsv_gbp", "npsv_gdp", 1), "utf-8")
    answer = run("report", *SMALL, "--out", str(tmp_path / "again"), "--runs", str(tmp_path / "runs"))
    assert answer.code == 0 and "comparing" in answer.err
    assert (tmp_path / "again" / "report.html").read_bytes() == (made / "report.html").read_bytes()


def test_a_folder_that_is_there_is_refused_before_any_work(run: Run, tmp_path: Path):
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "mine.txt").write_text("mine")
    answer = run("report", *SMALL, "--out", str(tmp_path / "case"), "--runs", str(tmp_path / "runs"))
    assert answer.code == 2 and "nothing is written over it" in answer.err
    assert not (tmp_path / "runs").exists()


def test_one_draw_cannot_give_a_chance(run: Run, tmp_path: Path):
    answer = run("report", "leeds", "--draws", "3", "--out", str(tmp_path / "case"))
    assert answer.code == 2 and "--draws 20 or more" in answer.err
