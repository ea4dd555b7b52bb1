"""The documents as tests see them: fenced blocks with the comment above each, commands in prose, and what outputs show.

A comment on the line above a block says what a test does with it:

    <!-- test: WORDS -->           its commands run with these words added, to make them quick
    <!-- test: is refused -->      its commands end with code 2
    <!-- test: on a cluster -->    its commands need other machines; a test has some on this one
    <!-- output: COMMAND -->       it is what the command prints (without `python run.py`); a line of … is for lines left out
    <!-- slow output: COMMAND -->  the same, looked at in the slow tests only, as all outputs of the README
    <!-- file: NAME -->            it is a file, used by the commands below it
    <!-- add to: NAME -->          it is added to that file of the repository, in a copy
    <!-- row of: NAME -->          it is put in the place of the row of that file that begins with the same name

Without a comment a block of commands runs with the words of ``guide_runs.SMALL``, `python` runs as code, and `text` is an
equation. Outputs are written anew by:  IOM_ACCEPT=1 python -m pytest tests/test_guides.py -p no:xdist
"""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

from commands import ROOT

COMMENT = re.compile(r"<!-- (.*) -->")
LEFT_OUT = "…"
PROGRAM = ("python run.py", "iom-simulator")
KINDS = ("", "test", "output", "slow output", "file", "add to", "row of")
# What sentences leave open.
OPEN = {"REPORT.NAME": "leeds_2017.key_findings.people_analysed", "NAME": "horr99.robbery"}
BARE = {"python run.py calibrate": "python run.py calibrate leeds"}


class Block(NamedTuple):
    """What stands between two fences. ``line`` is that of the first fence, from 1."""

    document: str
    line: int
    language: str
    comment: str
    text: str

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return f"{self.document}:{self.line}"

    @property
    def kind(self) -> str:
        """What comes before the colon in its comment."""
        return self.comment.partition(": ")[0]

    @property
    def asked(self) -> str:
        """What comes after it."""
        return self.comment.partition(": ")[2]

    @property
    def commands(self) -> list[str]:
        """Its lines, each a command; none for other kinds of block."""
        if self.language or self.kind not in ("", "test"):
            return []
        return [line for line in self.text.splitlines() if line.strip()]


def documents() -> list[str]:
    """Every document of the repository, from its root."""
    found = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/decisions").glob("*.md"))]
    return [path.relative_to(ROOT).as_posix() for path in found]


def text_of(document: str) -> str:
    return (ROOT / document).read_text("utf-8")


def blocks_of(document: str, text: str | None = None) -> list[Block]:
    """The fenced blocks of a document in their order."""
    lines = (text_of(document) if text is None else text).splitlines()
    found: list[Block] = []
    opened: int | None = None
    for number, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if opened is None:
            opened = number
            continue
        comment = COMMENT.fullmatch(lines[opened - 1]) if opened else None
        inside = "\n".join(lines[opened + 1 : number])
        found.append(Block(document, opened + 1, lines[opened][3:].strip(), comment[1] if comment else "", inside))
        opened = None
    assert opened is None, f"{document}: a fence without an end"
    return found


def prose_of(document: str) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text_of(document), flags=re.DOTALL | re.MULTILINE)


def words_of(command: str) -> list[str]:
    """The words of a command of the program, without its name, comments, and a file that it is written to."""
    program = next(each for each in PROGRAM if command.startswith(each))
    return shlex.split(command.removeprefix(program).partition(" > ")[0], comments=True)


def commands_in_prose(document: str) -> list[str]:
    """Commands that sentences name, with a name where they leave it open."""
    named = re.findall(r"`(python run\.py [^`]*)`", prose_of(document))
    whole = (" ".join(OPEN.get(word, word) for word in each.split()) for each in named)
    return [BARE.get(each, each) for each in whole]


# Outputs.


def shape(line: str) -> str:
    """What stays of a line when its figures move: its first words, without numbers."""
    words = [word for word in line.split() if not re.search(r"[\d£%]", word)]
    return " ".join(words)[:30]


def chunks_of(shown: str) -> list[list[str]]:
    """Lines shown together, in order; an empty list where an end is left out."""
    parts: list[list[str]] = [[]]
    for line in shown.splitlines():
        if line.strip() == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def as_printed(shown: str, printed: str) -> str:
    """The same lines as a block shows, as they are printed now; the last lines shown are the last ones printed.

    Raises AssertionError where a line is no longer there.
    """
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    chunks = chunks_of(shown)
    made: list[str] = []
    start = 0
    for number, chunk in enumerate(chunks):
        if number:
            made.append(LEFT_OUT)
        if chunk:
            start = first_like(chunk[0], lines, start) if number else 0
            end = start + len(chunk) if number + 1 < len(chunks) else len(lines)
            made += lines[start:end]
            start = end
    return "\n".join(made)


def first_like(line: str, lines: list[str], start: int) -> int:
    """Where the next line of the same shape is."""
    for number in range(start, len(lines)):
        if shape(lines[number]) == shape(line):
            return number
    raise AssertionError(f"no longer printed: {line!r}")


def with_block(text: str, block: Block, inside: str) -> str:
    """A document with the inside of one block replaced, its fences kept."""
    lines = text.splitlines(keepends=True)
    end = next(number for number in range(block.line, len(lines)) if lines[number].startswith("```"))
    return "".join([*lines[: block.line], inside + "\n", *lines[end:]])
