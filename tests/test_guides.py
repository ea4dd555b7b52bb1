"""Every command and code block of the documents runs, top to bottom, and what they show as output is printed today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import ROOT, Run
from guide_blocks import KINDS, Block, blocks_of, commands_in_prose, documents, text_of, words_of
from guide_runs import Reader, few, small

QUICK = ("docs/commissioner.md", "docs/sourcing.md")
SLOW = ("docs/analyst.md",)
README = "README.md"
NOTEBOOKS = "docs/notebooks.md"  # its code: test_notebook.py
MADE = {"docs/evidence.md": "test_evidence_document.py"}  # blocks of the program's own making
EQUATIONS = "docs/model.md"
FIRST_WORDS = ("python run.py ", "iom-simulator ", "pip install ", "dask ")
FILES = (*QUICK, *SLOW)
ALONE = [
    block for block in blocks_of("docs/analyst.md") if block.kind == "output"
]  # outputs that hang on no file that the document makes


@pytest.fixture
def reader(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Reader:
    """Somebody in an empty folder; long runs are kept for all of them, so what one has asked the next has at once."""
    return Reader(run, monkeypatch, tmp_path, tmp_path_factory.getbasetemp() / "guide-runs")


def where(block: Block) -> str:
    return f"{block.document.partition('/')[2]} {block.asked}"


# Nothing is left out.


def is_run(block: Block) -> bool:
    """Whether some test runs a block, or makes it again."""
    if block.document in MADE:
        return (ROOT / "tests" / MADE[block.document]).is_file()
    if block.document == NOTEBOOKS:
        return True
    if block.language == "text":
        return block.document == EQUATIONS
    if block.document not in (*FILES, README):
        return False
    if block.commands:
        return all(line.startswith(FIRST_WORDS) for line in block.commands)
    return block.kind in KINDS[2:]


def test_every_block_is_run_by_some_test() -> None:
    assert [block.place for document in documents() for block in blocks_of(document) if not is_run(block)] == []


def test_comments_above_blocks_are_of_a_known_kind() -> None:
    for document in FILES:
        comments = re.findall(r"<!-- (.*?) -->", text_of(document))
        assert sorted(comments) == sorted(block.comment for block in blocks_of(document) if block.comment)
        for block in blocks_of(document):
            assert block.kind in KINDS, block.place
            if block.kind == "test":
                assert block.asked.startswith("-") or block.asked in ("is refused", "on a cluster"), block.place


# Documents, followed.


@pytest.mark.parametrize("document", QUICK)
def test_a_guide_can_be_followed(document: str, reader: Reader) -> None:
    reader.follow(document, "output")


@pytest.mark.parametrize("block", ALONE, ids=where)
def test_an_output_is_what_the_command_prints(block: Block, reader: Reader) -> None:
    reader.look(block)


@pytest.mark.slow
@pytest.mark.parametrize("document", SLOW)
def test_a_longer_guide_can_be_followed(document: str, reader: Reader) -> None:
    reader.follow(document)
    files = re.findall(r"^\| `([a-z_.]+)` \| ", text_of(document), re.MULTILINE)
    assert len(files) == 7
    assert [name for name in files if not (reader.folder / "business_case" / name).exists()] == []


@pytest.mark.slow
@pytest.mark.parametrize("block", [block for block in blocks_of(QUICK[0]) if block.kind == "slow output"], ids=where)
def test_a_slow_output_is_what_the_command_prints(block: Block, reader: Reader) -> None:
    reader.look(block)


@pytest.mark.slow
def test_the_readme_can_be_followed(reader: Reader) -> None:
    reader.follow(README)


@pytest.mark.slow
@pytest.mark.parametrize("block", [block for block in blocks_of(README) if block.kind == "output"], ids=where)
def test_the_readme_shows_what_is_printed(block: Block, reader: Reader) -> None:
    reader.look(block)


@pytest.mark.slow
def test_a_sweep_on_a_cluster(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The block's schedulers and workers are started by test_cluster's own means, on this machine."""
    pytest.importorskip("distributed")
    from distributed.cli import dask_scheduler, dask_worker
    from test_cluster import Cluster

    (block,) = [each for each in blocks_of("docs/analyst.md") if each.asked == "on a cluster"]
    for line, module in zip(block.commands[:2], (dask_scheduler, dask_worker), strict=True):
        known = {option for each in module.main.params for option in each.opts}
        assert {word for word in line.split() if word.startswith("--")} <= known, line
    cluster = Cluster(tmp_path / "cluster", 2)
    try:
        cluster.wait_for_workers()
        words = [each.replace("tcp://host:8786", cluster.address) for each in words_of(block.commands[2])]
        answer = run(*small(words))
        assert answer.code == 0, answer.err
    finally:
        cluster.close()


def in_sentences() -> list[str]:
    """Commands named in sentences, each once, that stand in no block of a document that is followed.

    Those of a document that the program makes are looked at in test_guide_names.py only: they are `reproduce` and
    `calibrate` of each report, and the README's blocks have `reproduce` of all five at once and `calibrate` of one.
    """
    done = {tuple(words_of(line)) for each in (*FILES, README) for block in blocks_of(each) for line in words(block)}
    named = dict.fromkeys(line for each in documents() if each not in MADE for line in commands_in_prose(each))
    return [each for each in named if tuple(words_of(each)) not in done and "my_area" not in each]


def words(block: Block) -> list[str]:
    return [line for line in block.commands if line.startswith(FIRST_WORDS[:2])]


@pytest.mark.slow
@pytest.mark.parametrize("command", in_sentences())
def test_a_command_that_a_sentence_names_runs(command: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IOM_RUNS", raising=False)
    with few(monkeypatch):
        answer = run(*small(words_of(command)))
    assert answer.code == 0, answer.err


@pytest.mark.slow
def test_the_last_lines_of_the_notebook_page_read_back_a_run(run: Run, tmp_path: Path) -> None:
    """Its python blocks are run by test_notebook.py; these lines need a run of the command before."""
    pd, duckdb = pytest.importorskip("pandas"), pytest.importorskip("duckdb")
    (block,) = [each for each in blocks_of(NOTEBOOKS) if each.language == ""]
    run("sweep", "bedfordshire", "--psa", "20", "-n", "2", "--workers", "1", "--runs", "runs")
    (folder,) = (tmp_path / "runs").glob("bedfordshire-psa-*")
    frame, table = (
        eval(line.replace("bedfordshire-psa-0123456789", folder.name), {"pd": pd, "duckdb": duckdb})
        for line in block.text.splitlines()
    )
    assert len(frame) >= 20 and len(table.fetchall()) >= 2
