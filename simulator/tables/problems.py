"""What is wrong with an input file, where, and what to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Rows of a CSV table run to thousands of characters; show only what surrounds the column.
_WIDEST_EXCERPT = 100

# Likeness of two names by difflib, 0 to 1: what counts as near, and as about as near as the best.
_ALIKE, _AS_GOOD = 0.6, 0.1


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a file.

    ``line`` and ``column`` count from 1; line 0 means the file as a whole. ``excerpt`` is the whole
    offending line, ``suggestion`` what to write instead.
    """

    file: str
    line: int
    column: int
    message: str
    suggestion: str = ""
    excerpt: str = ""

    def text(self) -> str:
        """The message, the offending line with a caret under the column, and the suggestion."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        lines = [f"{place}: {self.message}"]
        if self.line and self.excerpt.strip():
            lines += _with_caret(self.excerpt, self.column)
        if self.suggestion:
            lines.append(f"  {self.suggestion}")
        return "\n".join(lines)


class InputProblems(Exception):  # noqa: N818  (it carries problems, it is not one error)
    """Every problem found in the input, sorted by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda each: (each.file, each.line, each.column))
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        ending = "1 problem" if count == 1 else f"{count} problems"
        return "\n".join([each.text() for each in self.problems] + [f"{ending} found."])


class Problems:
    """Collects problems, so that all of them are reported at once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, problem: Problem) -> None:
        """Note a problem; the same problem twice counts once."""
        self._found[problem] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        for problem in problems:
            self.add(problem)

    def __iter__(self) -> Iterator[Problem]:
        return iter(list(self._found))

    def __len__(self) -> int:
        return len(self._found)

    def stop_if_any(self) -> None:
        """Raise InputProblems with all problems noted so far; do nothing when there are none."""
        if self._found:
            raise InputProblems(self._found)


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The likeliest of ``names`` for a mistyped one, best first, at most three.

    Upper and lower case, spaces, hyphens and underscores make no difference.
    """
    known = list(dict.fromkeys(names))
    by_folded: dict[str, list[str]] = {}
    for each in known:
        by_folded.setdefault(_folded(each), []).append(each)
    close = _close(_folded(name), list(by_folded))
    return [original for folded in close for original in by_folded[folded]][:3]


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A suggestion naming the likeliest names, or all when there are few and none is near."""
    known = list(dict.fromkeys(names))
    close = nearest(name, known)
    if close:
        return f"Did you mean {' or '.join(repr(each) for each in close)}?"
    if 0 < len(known) <= 12:
        return f"Known here: {', '.join(known)}."
    return ""


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name).casefold()


def _close(name: str, known: list[str]) -> list[str]:
    """The known names most like one, best first; where none is, those of which it is a piece."""
    likeness = {each: difflib.SequenceMatcher(None, each, name).ratio() for each in known}
    best = max(likeness.values(), default=0.0)
    if best >= _ALIKE:
        close = [each for each in known if likeness[each] >= max(best - _AS_GOOD, _ALIKE)]
        return sorted(close, key=lambda each: -likeness[each])
    return [each for each in known if len(name) > 2 and each and (name in each or each in name)]


def _with_caret(excerpt: str, column: int) -> list[str]:
    line = re.sub(r"\s", " ", excerpt.rstrip())
    at = max(min(column - 1, len(line)), 0)
    start = 0
    if len(line) > _WIDEST_EXCERPT:
        start = max(0, min(at - _WIDEST_EXCERPT // 2, len(line) - _WIDEST_EXCERPT))
    shown = line[start : start + _WIDEST_EXCERPT]
    before, after = "…" if start else "", "…" if start + _WIDEST_EXCERPT < len(line) else ""
    return [f"    {before}{shown}{after}", "    " + " " * (len(before) + at - start) + "^"]
