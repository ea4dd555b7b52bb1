"""From the events of PyYAML's parser to plain data with places, by the rules of `strict_yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from simulator.tables.number_text import thousands_hint

_DEEPEST = 40
_MOST_DIGITS = 40

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_OTHER_BASE = re.compile(r"0o[0-7]{1,20}|0x[0-9a-fA-F]{1,20}")
_NOT_FINITE = re.compile(r"([-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LEADING_ZERO = re.compile(r"([-+]?)0+([0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?)")


class Found(NamedTuple):
    """A fault in the YAML, before it is tied to a file."""

    line: int
    column: int
    message: str
    suggestion: str = ""


@dataclass
class Places:
    """Where each value and each key stands; line and column from 1."""

    values: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    keys: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)


class _StopError(Exception):
    """The rest of the file cannot be understood."""


def composed(text: str) -> tuple[Any, Places, list[Found]]:
    """Data, places and faults of a YAML text that is not empty."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = list(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        return None, Places(), [_syntax_fault(text, error)]
    composer = _Composer(events)
    return composer.document(), composer.places, composer.found


class _Composer:
    def __init__(self, events: list[Any]) -> None:
        self.events = [each for each in events if type(each).__name__ != "StreamStartEvent"]
        self.at = 0
        self.places = Places()
        self.found: list[Found] = []

    def document(self) -> Any:
        try:
            if self._kind() != "DocumentStartEvent":
                return None
            self.at += 1
            data = self._value(())
            self.at += 1  # the end of the document
            if self._kind() == "DocumentStartEvent":
                message = "a second document begins here ('---'); one file holds one"
                self._fault(self.events[self.at], message)
        except _StopError:
            return None
        return data

    def _kind(self) -> str:
        return type(self.events[self.at]).__name__

    def _value(self, path: tuple[str | int, ...]) -> Any:
        event, kind = self.events[self.at], self._kind()
        self.places.values[path] = _mark(event)
        self.at += 1
        if kind == "AliasEvent":
            self._fault(event, f"'*{event.anchor}' repeats another value; write the value out here")
            return None
        self._refuse_decoration(event)
        if len(path) > _DEEPEST:
            self._fault(event, f"nested more than {_DEEPEST} levels deep")
            raise _StopError
        if kind == "MappingStartEvent":
            return self._mapping(path)
        if kind == "SequenceStartEvent":
            return self._sequence(path)
        return self._scalar(event)

    def _mapping(self, path: tuple[str | int, ...]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while self._kind() != "MappingEndEvent":
            key = self._key(path)
            if key in data:
                self._skip(path)
            else:
                data[key] = self._value((*path, key))
        self.at += 1
        return data

    def _key(self, path: tuple[str | int, ...]) -> str:
        event = self.events[self.at]
        if self._kind() != "ScalarEvent":
            self._fault(event, "a name is expected before the colon, not a list or a mapping")
            raise _StopError
        self.at += 1
        self._refuse_decoration(event)
        key: str = event.value
        if not key:
            self._fault(event, "the name before the colon is missing")
        if key == "<<" and event.implicit[0]:
            self._fault(event, "'<<' takes in another mapping; write its lines out here")
        first = self.places.keys.get((*path, key))
        if first:
            self._fault(event, f"'{key}' is given twice (first on line {first[0]})")
        else:
            self.places.keys[(*path, key)] = _mark(event)
        return key

    def _skip(self, path: tuple[str | int, ...]) -> None:
        """Read a value only for the faults in it."""
        kept, self.places = self.places, Places()
        self._value(path)
        self.places = kept

    def _sequence(self, path: tuple[str | int, ...]) -> list[Any]:
        data: list[Any] = []
        while self._kind() != "SequenceEndEvent":
            data.append(self._value((*path, len(data))))
        self.at += 1
        return data

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # in quotes, or a block of text
            return text
        if len(text) > _MOST_DIGITS and _FLOAT.fullmatch(text):
            self._fault(event, f"this number has more than {_MOST_DIGITS} characters")
            return None
        leading_zero = _LEADING_ZERO.fullmatch(text)
        if leading_zero:
            plain = leading_zero[1] + leading_zero[2]
            hint = thousands_hint(text)
            hint = hint or f"Write {plain}, or '{text}' in quotes if it is not a number."
            self._fault(event, f"'{text}' begins with a zero", hint)
            return None
        return core_scalar(text)

    def _refuse_decoration(self, event: Any) -> None:
        if event.anchor:
            self._fault(event, f"'&{event.anchor}' names a value for reuse; leave the name out")
        if getattr(event, "tag", None):
            self._fault(event, f"the tag '{event.tag}' is not understood here; leave it out")

    def _fault(self, event: Any, message: str, suggestion: str = "") -> None:
        self.found.append(Found(*_mark(event), message, suggestion))


def core_scalar(text: str) -> Any:
    """What an unquoted scalar means in the core schema of YAML 1.2."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    match = _NOT_FINITE.fullmatch(text)
    if match:
        return float("nan") if match[3] else float((match[1] or "") + "inf")
    return text


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1


_PLAIN_ENGLISH = (
    ("mapping values are not allowed", "a second colon on one line, or wrong indentation"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("could not find expected ':'", "a colon after a name is missing hereabouts"),
    ("while scanning a quoted scalar", "a quotation mark is opened and not closed"),
    ("while parsing a flow", "a bracket is not closed, or a comma is missing in the brackets"),
    ("cannot start any token", "a value cannot begin with this character"),
    ("unknown escape character", "a backslash inside double quotation marks"),
    ("block sequence entries are not allowed", "a list cannot begin here; put it on its own lines"),
    ("found undefined tag handle", "an exclamation mark begins a tag; put the text in quotes"),
    ("while scanning an alias", "a value that begins with '*' has to be in quotes"),
    ("while scanning an anchor", "a value that begins with '&' has to be in quotes"),
)
_HINTS = (
    ("mapping values are not allowed", "Put text that holds a colon in quotation marks."),
    ("cannot start any token", "Put the text in quotation marks."),
    ("unknown escape character", "Use single quotation marks."),
    ("while scanning a quoted scalar", "Close the quotation marks (or double the apostrophe)."),
)


def _syntax_fault(text: str, error: Any) -> Found:
    """The parser's complaint in plain English. Its wording is always that of the Python parser."""
    import yaml

    try:
        list(yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as told:
        error = told
    context, problem = str(getattr(error, "context", "")), str(getattr(error, "problem", error))
    mark = getattr(error, "problem_mark", None)
    if "while scanning a quoted scalar" in context and "end of stream" in problem:
        mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = f"{context} {problem}"
    english = next((plain for words, plain in _PLAIN_ENGLISH if words in said), "")
    message = f"this is not YAML: {english} ({problem})" if english else f"not YAML: {problem}"
    return Found(line, column, message, next((hint for words, hint in _HINTS if words in said), ""))
