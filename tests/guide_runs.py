"""Follow a document from top to bottom, as a reader would, in an empty folder and with small budgets."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from commands import ROOT, Answer, Run
from guide_blocks import Block, as_printed, blocks_of, with_block, words_of

# Added to a command so that it takes a second or two; later words win over earlier ones.
SMALL = {
    "assumptions": "-n 2 --workers 1",
    "calibrate": "-n 2",
    "compare": "-n 2 --workers 1",
    "decision": "-n 2 --draws 0 --workers 1",
    "difference": "-n 2 --workers 1",
    "evaluate": "-n 5 --studies 100",
    "explain": "-n 2",
    "funding": "-n 2 --draws 0 --workers 1",
    "report": "-n 2 --draws 0 --workers 1",
    "sweep": "-n 2 --workers 1",
    "whereabouts": "-n 2",
}
# Added where the option is there already: how many draws or base points.
SMALLER = {"--psa": "20", "--sobol": "2"}
ACCEPT = "IOM_ACCEPT"
# The README's outputs have names; `cost-tables` is made of several commands.
NAMED = {"compare": "compare", "regression": "reproduce bedfordshire --part regression"}
COST_TABLES = "cost-tables"


def small(words: list[str], added: str = "") -> list[str]:
    """A command's words with those that make it quick."""
    more = [part for option, number in SMALLER.items() if option in words for part in (option, number)]
    return [*words, *SMALL.get(words[0], "").split(), *more, *added.split()]


@contextmanager
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where no option makes a command small: two areas for a report, the smallest bench, no tests within tests."""
    from simulator.cli import check
    from simulator.evaluation import reproduction
    from simulator.report import bench

    with monkeypatch.context() as here:
        for name in list(reproduction.REPLICATIONS):
            here.setitem(reproduction.REPLICATIONS, name, 2)  # type: ignore[arg-type]
        here.setattr("simulator.report.cases.OWN_REPLICATIONS", 3)
        here.setattr("simulator.report.cases.BRIDGE_REPLICATIONS", 3)
        here.setattr(bench, "FULL", bench.Size(2_000, 1_000, 1, (100,), 1))
        here.setattr(bench, "SCHEMES", ("leeds",))
        here.setattr(bench, "SIMPY_PEOPLE", 100)
        here.setattr(check, "run", lambda module, *arguments: 0)
        here.setattr(check, "write_anew", lambda: None)
        yield


class Reader:
    """Somebody who follows a document in a folder of their own."""

    printed_before: ClassVar[dict[str, str]] = {}

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path, runs: Path) -> None:
        self.run, self.monkeypatch, self.folder = run, monkeypatch, folder
        monkeypatch.setenv("IOM_RUNS", str(runs))

    def follow(self, document: str, *outputs: str) -> None:
        """Do what each block says; look at outputs of those kinds."""
        blocks = blocks_of(document)
        if any(block.kind == "add to" for block in blocks):
            self.copy_data()
        for block in blocks:
            if block.commands and block.asked != "on a cluster":
                for command in block.commands:
                    self.type(command, block)
            elif block.kind in ("file", "add to", "row of"):
                self.write(block)
            elif block.kind in outputs:
                self.look(block)

    def copy_data(self) -> None:
        """A copy of the data folders, since the document changes them."""
        for name in ("scenarios", "cost_tables", "evidence"):
            shutil.copytree(ROOT / name, self.folder / name)
        self.monkeypatch.setenv("IOM_DATA", str(self.folder))
        self.monkeypatch.setenv("IOM_RUNS", str(self.folder / "runs"))

    def write(self, block: Block) -> None:
        """The file that a block is, or a file with the block added to it or in the place of a row."""
        path, text = self.folder / block.asked, block.text + "\n"
        if block.kind == "add to":
            text = path.read_text("utf-8") + text
        elif block.kind == "row of":
            name = block.text.partition(",")[0] + ","
            rows = path.read_text("utf-8").splitlines(keepends=True)
            assert sum(row.startswith(name) for row in rows) == 1, f"{block.place}: no single row begins with {name}"
            text = "".join(text if row.startswith(name) else row for row in rows)
        path.write_text(text, "utf-8", newline="\n")

    def type(self, command: str, block: Block) -> None:
        """One command, with a small budget; pip's is looked at apart."""
        if command.startswith("pip install"):
            return
        added = block.asked if block.asked.startswith("-") else ""
        with few(self.monkeypatch):
            answer = self.run(*small(words_of(command), added))
        assert answer.code == (2 if block.asked == "is refused" else 0), f"{block.place}: {command}\n{answer.err}"
        self.keep(command, answer)

    def keep(self, command: str, answer: Answer) -> None:
        """Write what was printed to a file where the command says so."""
        name = command.partition(" > ")[2].partition("#")[0].strip()
        if name:
            (self.folder / name).write_text(answer.out, "utf-8")

    def look(self, block: Block) -> None:
        """The output that a block shows, against what its command prints now; written anew where that is asked for."""
        print_it = self.printed if block.kind == "output" and block.asked not in NAMED else self.slowly_printed
        now = as_printed(block.text, print_it(block.asked))
        if os.environ.get(ACCEPT) and now != block.text:
            path = ROOT / block.document
            text = path.read_text("utf-8")  # other blocks may have grown since this one was found
            here = next(each for each in blocks_of(block.document, text) if each._replace(line=block.line) == block)
            path.write_text(with_block(text, here, now), "utf-8", newline="\n")
        else:
            assert block.text == now, f"{block.place} shows what `{block.asked}` no longer prints"

    def printed(self, asked: str) -> str:
        """What a command prints; what it says is wrong where it is refused."""
        if asked == COST_TABLES:
            return self.cost_tables()
        answer = self.run(*asked.split())
        return answer.out if answer.code == 0 else answer.err

    def slowly_printed(self, asked: str) -> str:
        """The same, once for all documents."""
        command = NAMED.get(asked, asked)
        if command not in self.printed_before:
            self.printed_before[command] = self.printed(command)
        return self.printed_before[command]

    def cost_tables(self) -> str:
        """Bedfordshire as run under each table of unit costs, in one price base."""
        from simulator.report.text import pounds
        from simulator.report.verdicts import ratio
        from simulator.scenario.fields import COST_TABLES

        rows = [f"{'':<16}{'Benefit':>9}{'NPSV':>9}{'Benefit per £1':>16}"]
        for table in COST_TABLES:
            words = [
                "compare",
                "bedfordshire:as_run",
                "--cost-table",
                table,
                "--price-base",
                "2015/16",
                "--format",
                "json",
            ]
            arm = next(each for each in json.loads(self.run(*words).out)["arms"] if each["name"] == "as_run")
            money = (pounds(arm["benefit_gbp"]), pounds(arm["npsv_gbp"]), ratio(arm["benefit_per_pound"]))
            rows.append("{:<16}{:>9}{:>9}{:>16}   (2015/16 prices)".format(table, *money))
        return "\n".join(rows)
