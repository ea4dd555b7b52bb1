"""Damaged runs: every damage is noticed and said, nothing is deleted or counted twice, and the results come out the same."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from test_store import JOBS, begun, columns_of, completed, fill

from simulator.store import ledger, shards
from simulator.store.readings import read_partial, read_results, summary_of
from simulator.store.recipes import digest_of
from simulator.tables import InputProblems


def half_done(base: Path) -> Path:
    """A run with jobs 0 to 3 done."""
    with begun(base) as run:
        fill(run, range(4))
        return run.folder


def shard(folder: Path, number: int) -> Path:
    (path,) = (folder / "shards").glob(f"{number:06d}-*.parquet")
    return path


def flip(path: Path, place: int = -1) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if place < 0 else place] ^= 1
    path.write_bytes(content)


def rows_in(folder: Path) -> dict[int, ledger.Job]:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection:
        return ledger.jobs_of(connection)


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection, connection:
        connection.execute(statement)


def comes_out_the_same(base: Path) -> bool:
    """Whether going on gives the results of an uninterrupted run, and nothing is left to say then."""
    same = completed(base) == completed(base.with_name("uninterrupted"))
    with begun(base) as run:
        return same and run.notes == () and run.missing() == []


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: list[Callable[[Path], None]] = [flip, truncate, empty]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_shard_is_set_aside_and_computed_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    folder = half_done(tmp_path / "runs")
    path = shard(folder, 2)
    damage(path)
    damaged = path.read_bytes()
    with begun(tmp_path / "runs") as run:
        assert run.notes == (
            "shard 2 does not match its digest: it is computed again; "
            f"the damaged file is kept as damaged/{path.name}",
        )  # fmt: skip
        assert run.missing() == [2, 4, 5]
    assert (folder / "damaged" / path.name).read_bytes() == damaged
    assert comes_out_the_same(tmp_path / "runs")


def test_no_flipped_byte_passes(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    path = shard(folder, 3)
    content = path.read_bytes()
    for place in range(0, len(content), 97):
        flip(path, place)
        assert [each.sound for each in shards.shards_in(folder)] == [True, True, True, False]
        path.write_bytes(content)
    assert all(each.sound for each in shards.shards_in(folder))


def test_a_missing_shard_is_computed_again(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    shard(folder, 0).unlink()
    with begun(tmp_path / "runs") as run:
        assert run.notes == ("shard 0 is missing: it is computed again",)
        assert run.missing() == [0, 4, 5]
    assert 0 not in rows_in(folder)
    assert comes_out_the_same(tmp_path / "runs")


def test_all_shards_gone_is_a_run_begun_anew(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    shutil.rmtree(folder / "shards")
    with begun(tmp_path / "runs") as run:
        assert len(run.notes) == 4
        assert run.missing() == list(range(JOBS))
    assert comes_out_the_same(tmp_path / "runs")


def test_a_shard_without_its_row_is_entered_and_not_computed_again(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    before = rows_in(folder)
    change(folder, "DELETE FROM jobs WHERE number = 1")
    with begun(tmp_path / "runs") as run:
        assert run.notes == ()
        assert run.missing() == [4, 5]
    after = rows_in(folder)
    assert [(job.number, job.rows, job.sha256) for job in after.values()] == [
        (job.number, job.rows, job.sha256) for job in before.values()
    ]
    assert comes_out_the_same(tmp_path / "runs")


def test_a_row_with_a_wrong_digest_is_put_right_by_the_shard(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    before = rows_in(folder)[1]
    change(folder, "UPDATE jobs SET sha256 = 'x', rows = 99 WHERE number = 1")
    with begun(tmp_path / "runs") as run:
        assert run.missing() == [4, 5]
    assert rows_in(folder)[1][:3] == before[:3]
    assert comes_out_the_same(tmp_path / "runs")


@pytest.mark.parametrize("damage", [*DAMAGES, lambda path: path.write_bytes(b"no ledger" * 2000)])
def test_a_damaged_ledger_is_made_again_from_the_shards(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    folder = half_done(tmp_path / "runs")
    damage(folder / "ledger.sqlite")
    damaged = (folder / "ledger.sqlite").read_bytes()
    with begun(tmp_path / "runs") as run:
        assert run.missing() == [4, 5]
        aside = folder / "damaged" / "ledger.sqlite"
        if run.notes:
            assert "the ledger was damaged: it is kept as damaged/ledger.sqlite" in run.notes[0]
            assert aside.read_bytes() == damaged
    assert comes_out_the_same(tmp_path / "runs")


def test_garbage_for_a_ledger_is_said(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    (folder / "ledger.sqlite").write_bytes(b"no ledger" * 2000)
    with pytest.raises(InputProblems, match="the ledger is damaged"):
        read_partial(folder)
    with begun(tmp_path) as run:
        assert "the ledger was damaged" in run.notes[0]


def test_a_page_of_the_ledger_overwritten_is_noticed(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    path = folder / "ledger.sqlite"
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * 4096 + content[12288:])
    with begun(tmp_path) as run:
        assert "the ledger was damaged" in run.notes[0]
        assert run.missing() == [4, 5]


@pytest.mark.parametrize(
    "change_made",
    ["SET digest = replace(digest, 'a', 'b')", "SET jobs = 7", "SET begun = '20x6-11-21'", "SET recipe = '{'"],
)
def test_a_header_that_was_never_written_so_is_damage(tmp_path: Path, change_made: str) -> None:
    folder = half_done(tmp_path / "runs")
    change(folder, f"UPDATE run {change_made}")
    with pytest.raises(
        InputProblems, match=r"(?s)the ledger is damaged.*made again from the shards: run the same command"
    ):
        summary_of(folder)
    with begun(tmp_path / "runs") as run:
        assert "the ledger was damaged" in run.notes[0]
        assert run.missing() == [4, 5]
    assert comes_out_the_same(tmp_path / "runs")


def test_any_flipped_bit_of_the_ledger_is_survived(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    path = folder / "ledger.sqlite"
    content = path.read_bytes()
    written = [place for place, byte in enumerate(content) if byte and place > 100]
    for place in [20, *written[:: len(written) // 25]]:  # 20: a flip that only writing would notice
        flip(path, place)
        with begun(tmp_path) as run:
            assert run.missing() == [4, 5]
        path.write_bytes(content)


def test_a_lost_ledger_costs_nothing(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    (folder / "ledger.sqlite").unlink()
    with begun(tmp_path / "runs") as run:
        assert run.missing() == [4, 5]
    assert comes_out_the_same(tmp_path / "runs")


@pytest.mark.parametrize("damage", [*DAMAGES, Path.unlink])
def test_damaged_results_are_refused_and_made_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    plain = completed(tmp_path)
    (folder,) = tmp_path.iterdir()
    damage(folder / "results.parquet")
    with pytest.raises(InputProblems):
        read_results(folder)
    with begun(tmp_path) as run:
        assert len(run.notes) == 1
        assert "results.parquet" in run.notes[0]
        assert not summary_of(folder).finished
        assert run.missing() == []
        assert run.finish().read_bytes() == plain
    assert len(read_results(folder)) == sum(len(columns_of(number)["job"]) for number in range(JOBS))


def test_a_finished_run_that_loses_a_shard_is_unfinished_until_it_is_computed_again(tmp_path: Path) -> None:
    plain = completed(tmp_path)
    (folder,) = tmp_path.iterdir()
    flip(shard(folder, 5))
    with begun(tmp_path) as run:
        assert run.missing() == [5]
        assert not summary_of(folder).finished
        with pytest.raises(RuntimeError, match="missing"):
            run.finish()
        fill(run, [5])
        assert run.finish().read_bytes() == plain


def test_a_shard_damaged_while_at_work_is_noticed_before_it_is_counted(tmp_path: Path) -> None:
    with begun(tmp_path / "runs") as run:
        fill(run, range(JOBS))
        flip(shard(run.folder, 3))
        with pytest.raises(InputProblems, match="shard 3 does not match its digest"):
            run.finish()
        assert not (run.folder / "results.parquet").exists()
        assert not list(run.folder.glob(".*"))
        partial = read_partial(run.folder)
    assert (partial.done, len(partial.notes)) == (JOBS - 1, 1)
    assert 3 not in set(partial.rows["job"])
    assert comes_out_the_same(tmp_path / "runs")


def test_shards_of_another_run_are_left_out(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    with begun(tmp_path / "other", seed=2) as other:
        fill(other, range(4, JOBS))
        shutil.copy(shard(other.folder, 4), folder / "shards")
    (folder / "shards" / ("000005-" + "e3b0c44298fc1c14" + ".parquet")).write_bytes(b"")  # the digest of nothing
    with begun(tmp_path / "runs") as run:
        assert [note.partition(" ")[2][:22] for note in run.notes] == ["is not of this run: it"] * 2
        assert run.missing() == [4, 5]
    assert comes_out_the_same(tmp_path / "runs")


def test_a_second_shard_of_a_job_is_not_counted(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    with begun(tmp_path / "other") as other:
        other.add(2, {**columns_of(3)}, 0.0)
        shutil.copy(shard(other.folder, 2), folder / "shards")
        other.add(3, {**columns_of(5)}, 0.0)
    with begun(tmp_path / "runs") as run:
        assert len(run.notes) == 1
        assert "is a second shard of job 2" in run.notes[0]
        assert run.missing() == [4, 5]
    assert comes_out_the_same(tmp_path / "runs")


def test_a_shard_of_a_job_that_the_run_does_not_have_is_left_out(tmp_path: Path) -> None:
    folder = half_done(tmp_path / "runs")
    path = shard(folder, 3)
    shutil.copy(path, path.with_name(path.name.replace("000003", "000099")))
    with begun(tmp_path / "runs") as run:
        assert len(run.notes) == 1
        assert run.missing() == [4, 5]


def test_what_was_set_aside_is_never_written_over(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    for _ in range(3):
        flip(shard(folder, 1))
        with begun(tmp_path) as run:
            fill(run, [1])
    names = sorted(path.name for path in (folder / "damaged").iterdir())
    first = shard(folder, 1).name
    assert names == [first, f"{first}.1", f"{first}.2"]


def test_what_a_killed_process_had_not_written_to_its_end_is_removed_and_nothing_else(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    parts = [folder / "shards" / ".000004-0123456789abcdef.parquet.part", folder / ".results.parquet.part"]
    own = [folder / "notes.txt", folder / "shards" / "mine.parquet", folder / ".mine"]
    for path in parts + own:
        path.write_text("x", "utf-8")
    with begun(tmp_path) as run:
        assert run.notes == ()
    assert not any(path.exists() for path in parts)
    assert all(path.exists() for path in own)


def test_another_run_under_the_same_name_is_refused(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    header = {"kind": "morris", "recipe": json.dumps({}), "digest": digest_of("morris", {}, JOBS)}
    change(folder, "UPDATE run SET " + ", ".join(f"{name} = '{value}'" for name, value in header.items()))
    with pytest.raises(InputProblems, match="another run is in this folder"):
        begun(tmp_path)


def test_a_run_of_a_later_version_is_refused(tmp_path: Path) -> None:
    folder = half_done(tmp_path)
    change(folder, f"PRAGMA user_version = {ledger.FORMAT + 1}")
    change(folder, "ALTER TABLE jobs ADD COLUMN machine")
    with pytest.raises(InputProblems, match="a later version"):
        begun(tmp_path)
