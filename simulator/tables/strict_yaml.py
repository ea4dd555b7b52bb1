"""Read YAML strictly: plain data with the place of every key and value, or a refusal.

Scalars follow the core schema of YAML 1.2: only true and false are booleans, dates stay text,
12:30 stays text. Anchors, aliases, merge keys and tags are refused: every value is written out
where it counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.tables.problems import InputProblems, Problem, Problems
from simulator.tables.text_file import lines_of, read_text
from simulator.tables.yaml_events import composed

KeyPath = tuple[str | int, ...]  # names and, in lists, positions from 0
Mark = tuple[int, int]


@dataclass(frozen=True)
class Document:
    """A file as plain data, with the place of everything in it.

    The data are dicts with text keys, lists, str, int, float, bool and None.
    """

    file: str
    data: dict[str, Any]
    lines: tuple[str, ...] = ()
    value_marks: dict[KeyPath, Mark] = field(default_factory=dict)
    key_marks: dict[KeyPath, Mark] = field(default_factory=dict)

    def mark(self, path: KeyPath = (), *, key: bool = False) -> Mark:
        """Line and column, from 1, of the value at ``path``, or of its key.

        A path that is not in the file gives the place of the nearest part above it that is.
        """
        if path in self.value_marks:
            return self.key_marks.get(path, self.value_marks[path]) if key else self.value_marks[path]
        if not path:
            return (1, 1)
        return self.mark(path[:-1], key=True)

    def line_text(self, line: int) -> str:
        """The text of a line, counted from 1; empty when there is no such line."""
        return self.lines[line - 1] if 1 <= line <= len(self.lines) else ""

    def problem(self, path: KeyPath, message: str, suggestion: str = "", *, key: bool = False) -> Problem:
        """A problem at the value (or key) of ``path``; the empty path is the file as a whole."""
        if not path:
            return Problem(self.file, 0, 0, message, suggestion)
        line, column = self.mark(path, key=key)
        return Problem(self.file, line, column, message, suggestion, self.line_text(line))


def read_yaml(path: Path | str) -> Document:
    """Read one YAML file whose top level is a mapping.

    Raises:
        InputProblems: the file is missing, empty, not UTF-8 text or not YAML; it has tabs,
            duplicate keys, anchors, aliases, tags or a leading zero; its top level is no mapping.
    """
    path = Path(path)
    text = read_text(path)
    lines = tuple(lines_of(text))
    problems = Problems()
    problems.extend(_tabs(str(path), lines))
    problems.stop_if_any()
    data, places, found = composed(text)
    for line, column, message, suggestion in found:
        excerpt = lines[line - 1] if 1 <= line <= len(lines) else ""
        problems.add(Problem(str(path), line, column, message, suggestion, excerpt))
    problems.stop_if_any()
    if data is None:
        raise InputProblems([Problem(str(path), 0, 0, "the file is empty")])
    if not isinstance(data, dict):
        raise InputProblems([_not_a_mapping(str(path), data, places.values.get((), (1, 1)), lines)])
    return Document(str(path), data, lines, places.values, places.keys)


def _tabs(file: str, lines: tuple[str, ...]) -> list[Problem]:
    message, hint = "there is a tab here; YAML counts spaces", "Write spaces instead of the tab."
    return [
        Problem(file, number, line.index("\t") + 1, message, hint, line)
        for number, line in enumerate(lines, start=1)
        if "\t" in line
    ]


def _not_a_mapping(file: str, data: Any, mark: Mark, lines: tuple[str, ...]) -> Problem:
    what = "a list" if isinstance(data, list) else "one piece of text or one number"
    message = f"the file should hold lines of the form 'name: value', but it holds {what}"
    spaced = isinstance(data, str) and ":" in data
    hint = "Put a space after each colon." if spaced else ""
    return Problem(file, *mark, message, hint, lines[mark[0] - 1])
