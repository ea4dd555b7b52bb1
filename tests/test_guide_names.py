"""What the documents name is there: commands, options, links, files, packages; and how their outputs are compared."""

from __future__ import annotations

import re
import tomllib

import pytest
import typer
from commands import ROOT
from guide_blocks import (
    PROGRAM,
    Block,
    as_printed,
    blocks_of,
    commands_in_prose,
    documents,
    prose_of,
    text_of,
    with_block,
    words_of,
)
from guide_runs import small

from simulator.cli.main import app
from simulator.quantities import Standing
from simulator.report.explanation import standing_in_words
from simulator.tables.cost_rows import ROW_COLUMNS

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
GUIDES = ("docs/commissioner.md", "docs/analyst.md", "docs/sourcing.md", "docs/model.md")
PARTS_OF_THE_REPOSITORY = re.compile(r"(?:docs|tests|evidence|cost_tables|scenarios|simulator)/[\w./-]*")
EVERY = sorted(
    {line for document in documents() for block in blocks_of(document) for line in block.commands}
    | {each for document in documents() for each in commands_in_prose(document)}
)


@pytest.mark.parametrize("document", documents())
def test_every_command_is_one_that_can_be_typed(document: str) -> None:
    """Names and options are there, values are of their kind; whether it runs is looked at in test_guides.py."""
    lines = [line for block in blocks_of(document) for line in block.commands if line.startswith(PROGRAM)]
    for line in [*lines, *commands_in_prose(document)]:
        name, *rest = words_of(line)
        COMMANDS[name].make_context(name, list(rest))
        COMMANDS[name].make_context(name, small([name, *rest])[1:])


@pytest.mark.parametrize("document", documents())
def test_every_option_in_a_sentence_is_one_of_some_command(document: str) -> None:
    known = {each for command in COMMANDS.values() for option in command.params for each in option.opts}
    known |= {"--help", "--version"}
    for code in re.findall(r"`([^`]*)`", prose_of(document)):
        assert {word.partition("=")[0] for word in code.split() if word.startswith("--")} <= known, code


def test_extras_that_pip_is_asked_for_are_there() -> None:
    extras = tomllib.loads(text_of("pyproject.toml"))["project"]["optional-dependencies"]
    asked = [each for document in documents() for each in re.findall(r"-e ['\"]\.\[([\w,]+)\]", text_of(document))]
    assert len(asked) >= 2
    assert {extra for each in asked for extra in each.split(",")} <= set(extras)


# Links and files.


def anchors_of(document: str) -> set[str]:
    """What can be linked to: headings as GitHub names them, and anchors set by hand."""
    text = prose_of(document)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r"<a (?:id|name)=\"([^\"]+)\"", text))


@pytest.mark.parametrize("document", documents())
def test_no_link_within_the_repository_is_dead(document: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose_of(document)):
        if target.startswith("http"):
            continue
        name, _, anchor = target.partition("#")
        path = (ROOT / document).parent / name if name else ROOT / document
        assert path.exists(), target
        if anchor:
            assert anchor in anchors_of(path.resolve().relative_to(ROOT).as_posix()), target


@pytest.mark.parametrize("document", documents())
def test_files_that_sentences_name_are_there(document: str) -> None:
    for code in re.findall(r"`([^`\n]*)`", prose_of(document)):
        if PARTS_OF_THE_REPOSITORY.fullmatch(code) and "NAME" not in code:
            assert (ROOT / code).exists(), code


def test_the_guides_are_found_from_each_other() -> None:
    linked = "".join(text_of(each) for each in GUIDES)
    for document in documents():
        name = document.removeprefix("docs/")
        if document != "README.md":
            assert f"({name}" in linked, f"no guide links to {document}"


# What the guides say of the program.


def test_the_commissioners_guide_is_two_pages() -> None:
    assert len(prose_of("docs/commissioner.md").split()) <= 900


def test_the_commissioner_is_sent_to_sections_that_the_report_has() -> None:
    rows = re.findall(r"^\| (.+\?) \| (.+) \|$", text_of("docs/commissioner.md"), re.MULTILINE)
    sources = "".join(
        path.read_text("utf-8")
        for path in (ROOT / "simulator/documents/sections").glob("*.py")
        if path.stem != "economic"
    )
    assert len(rows) == 7
    assert [title for _, title in rows[1:] if f'"{title}' not in sources] == []


def test_every_standing_is_told_with_its_meaning() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text_of("docs/sourcing.md"), re.MULTILINE))
    assert list(rows) == [str(each) for each in Standing]
    for name in ("read", "transcribed", "derived"):
        assert re.sub(r"some\w+'s", "", rows[name]) == re.sub(
            r"some\w+'s", "", standing_in_words(name).partition("(")[2].rstrip(")")
        )


def test_the_columns_of_a_cost_table_are_told_in_their_order() -> None:
    assert f"The columns are `{', '.join(ROW_COLUMNS)}`" in text_of("docs/sourcing.md")


# How outputs are compared.

PRINTED = "Title\n\nname    pounds\nas run     £10\nsmall       £7\n\n- a note of 3\n- another\n"


@pytest.mark.parametrize(
    ("shown", "now"),
    [
        ("Title\n…", "Title\n…"),
        ("…\nas run     £99\n…", "…\nas run     £10\n…"),
        ("…\nname    pounds\nas run £1\n…\n- another", "…\nname    pounds\nas run     £10\n…\n- another"),
        (PRINTED.strip(), PRINTED.strip()),
    ],
)
def test_an_output_may_leave_lines_out_and_takes_the_figures_of_today(shown: str, now: str) -> None:
    assert as_printed(shown, PRINTED) == now


@pytest.mark.parametrize("shown", ["…\nas planned £10\n…", "…\nsmall £7\n…\nas run £10\n…"])
def test_a_line_that_is_no_longer_printed_is_found(shown: str) -> None:
    with pytest.raises(AssertionError, match="no longer printed"):
        as_printed(shown, PRINTED)


@pytest.mark.parametrize("shown", ["Title", "…\nas run     £10", "…\n- a note of 3", "Title\nname    pounds\n…"])
def test_lines_that_are_left_out_in_silence_are_found(shown: str) -> None:
    assert as_printed(shown, PRINTED) != shown


def test_a_block_knows_its_place_its_comment_and_its_commands() -> None:
    text = "# Title\n\n<!-- test: -n 3 -->\n```\npython run.py list  # all\n```\n\n```yaml\na: 1\n```\n"
    one, other = blocks_of("x.md", text)
    assert one == Block("x.md", 4, "", "test: -n 3", "python run.py list  # all")
    assert (one.commands, one.kind, one.asked) == (["python run.py list  # all"], "test", "-n 3")
    assert (other.commands, other.comment, other.language) == ([], "", "yaml")
    assert words_of('python run.py compare a --set "x=1 2" > out.csv  # why') == ["compare", "a", "--set", "x=1 2"]
    assert with_block(text, one, "new\nlines") == text.replace("python run.py list  # all", "new\nlines")
