"""Whether a report's bundled inputs are those that it was made from, and what it prints."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from simulator.documents.bundle import ELSEWHERE, GIVEN, LINE_DIGITS, digest_of, line_digest, shipped_files
from simulator.tables import InputProblems, Problem


class Shown(NamedTuple):
    """A number as a page prints it: its exact value wherever the page says it, and every printed form."""

    exact: tuple[str, ...]
    printed: tuple[str, ...]


class Page(HTMLParser):
    """The bundle of a page, its named numbers, and the digest that it prints."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bundle = ""
        self.numbers: dict[str, list[tuple[str, str]]] = {}
        self.codes: list[str] = []
        self._inside = ""
        self._name = ("", "")
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the text that follows belongs."""
        found = dict(attrs)
        if tag == "data":
            self._inside, self._name = tag, (found.get("title") or "", found.get("value") or "")
        elif tag == "script" and found.get("id") == "bundle":
            self._inside = "bundle"
        elif tag == "code":
            self._inside = tag
            self.codes.append("")

    def handle_endtag(self, tag: str) -> None:
        """Text after it belongs to nothing."""
        if tag in ("data", "script", "code"):
            self._inside = ""

    def handle_data(self, data: str) -> None:
        """Keep the text of the bundle, of numbers and of code."""
        if self._inside == "bundle":
            self.bundle += data
        elif self._inside == "data":
            self.numbers.setdefault(self._name[0], []).append((self._name[1], data))
        elif self._inside == "code":
            self.codes[-1] += data


def page_in(path: Path) -> Page:
    """A report read from its file.

    Raises InputProblems for a file that is not a report with its inputs.
    """
    try:
        page = Page(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputProblems([Problem(str(path), 0, 0, f"this cannot be read as a page: {error}")]) from None
    if not page.bundle:
        hint = "Name a report.html that `python run.py report` wrote."
        raise InputProblems([Problem(str(path), 0, 0, "this page carries no inputs", hint)])
    return page


def bundle_in(page: Page, path: Path) -> dict[str, Any]:
    """The bundle of a page whose every byte is as it was when the report was made.

    Raises InputProblems naming each file and line that was changed since.
    """
    try:
        bundle: dict[str, Any] = json.loads(page.bundle)
        problems = list(changed_in(bundle, page, path))
        elsewhere = {name: [(exact, form) for form in printed] for name, (exact, *printed) in bundle[ELSEWHERE].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputProblems([Problem(str(path), 0, 0, f"the bundled inputs are damaged: {error}")]) from None
    if problems:
        raise InputProblems(problems)
    page.numbers = {**elsewhere, **page.numbers}
    return bundle


def changed_in(bundle: Mapping[str, Any], page: Page, path: Path) -> Iterator[Problem]:
    """What differs from what was bundled."""
    hint = "The inputs were changed after the report was made: make the report again, or get the original."
    for name, each in bundle["files"].items():
        if hashlib.sha256(each["text"].encode()).hexdigest() == each["sha256"]:
            continue
        lines = changed_lines(each)
        for line in lines or [0]:
            yield Problem(f"{path}, bundled {name}", line, 1, "this is not what the report was made from", hint)
    made = digest_of(bundle["question"], bundle["files"])
    if made != bundle["digest"] or not any(made in code for code in page.codes):
        said = "the digest of question and inputs is not the one that the report prints"
        yield Problem(str(path), 0, 0, said, hint)


def changed_lines(file: Mapping[str, Any]) -> list[int]:
    """Numbers, from 1, of the lines whose digest differs; for a file with more or fewer lines, the first that does."""
    lines, digits = file["text"].split("\n"), file["lines"]
    kept = [digits[start : start + LINE_DIGITS] for start in range(0, len(digits), LINE_DIGITS)]
    differing = [
        number for number, (line, was) in enumerate(zip(lines, kept, strict=False), start=1) if line_digest(line) != was
    ]
    if len(lines) != len(kept):
        return differing[:1] or [min(len(lines), len(kept))]
    return differing


def unlike_shipped(bundle: Mapping[str, Any]) -> list[str]:
    """Bundled tables, reports and scenarios that are not those of this program, each with the first line that differs.

    Digests say that nothing was changed since the report was made; only this says whether it was made from what is shipped.
    """
    shipped = shipped_files()
    found = []
    for name, each in bundle["files"].items():
        if name.startswith(f"{GIVEN}/"):
            continue
        if name not in shipped:
            found.append(f"{name}: this program has no such file")
        elif shipped[name] != each["text"]:
            pairs = zip_longest(shipped[name].split("\n"), each["text"].split("\n"))
            line = next(number for number, (ours, theirs) in enumerate(pairs, start=1) if ours != theirs)
            found.append(f"{name}, line {line}")
    return found


def unpack(bundle: Mapping[str, Any], folder: Path) -> None:
    """Write the bundled files below a folder."""
    for name, each in bundle["files"].items():
        place = folder / name
        if not place.resolve().is_relative_to(folder.resolve()):
            raise InputProblems([Problem(name, 0, 0, "this bundled file would be written outside its folder")])
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(each["text"], "utf-8", newline="\n")


def shown_in(page: Page, name: str) -> Shown | None:
    """How a page prints a number; None where it does not."""
    found = page.numbers.get(name)
    if not found:
        return None
    return Shown(*(tuple(dict.fromkeys(each)) for each in zip(*found, strict=True)))
