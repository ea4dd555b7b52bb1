"""Read a text file as UTF-8, or say plainly why it cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.tables.problems import InputProblems, Problem, did_you_mean

# What YAML counts as the end of a line, so that line numbers agree with its parser's.
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_KNOWN_BYTES = {
    b"PK\x03\x04": "a spreadsheet (.xlsx) or another zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, without a byte-order mark.

    Raises:
        InputProblems: no such file (with the nearest name), a folder, unreadable, not text, not
            UTF-8 (with line and column).
    """
    raw = _bytes_of(path)
    for beginning, what in _KNOWN_BYTES.items():
        if raw.startswith(beginning):
            raise _refused(path, f"this is {what}, not a text file")
    if raw.startswith(_UTF_16):
        raise _refused(path, "the file is saved as UTF-16", "Save it again as UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf_8(path, raw, error.start) from None
    stray = _NOT_TEXT.search(text)
    if stray:
        line, column = position(text, stray.start())
        message = f"this is not text: a control character (code {ord(stray[0])})"
        raise InputProblems([Problem(str(path), line, column, message)])
    return text


def lines_of(text: str) -> list[str]:
    """The lines of a text, without their ends."""
    return _LINE_END.split(text)


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at ``index``."""
    before = lines_of(text[:index])
    return len(before), len(before[-1]) + 1


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _missing(path) from None
    except IsADirectoryError:
        raise _refused(path, "this is a folder, not a file") from None
    except OSError as error:
        if path.is_dir():  # Windows reports a folder as a lack of permission
            raise _refused(path, "this is a folder, not a file") from None
        raise _refused(path, f"the file cannot be read: {error.strerror or error}") from None


def _missing(path: Path) -> InputProblems:
    folder = path.parent
    if not folder.is_dir():
        names = [each.name for each in folder.parent.glob("*") if each.is_dir()]
        hint = did_you_mean(folder.name, names)
        return _refused(path, f"there is no folder '{folder}'", hint)
    names = sorted(each.name for each in folder.iterdir() if each.is_file())
    return _refused(path, "there is no such file", did_you_mean(path.name, names))


def _not_utf_8(path: Path, raw: bytes, index: int) -> InputProblems:
    message = f"the file is not UTF-8: the byte {raw[index]:#04x} here is not part of a character"
    hint = "Save it again with the encoding UTF-8 (in Excel: 'CSV UTF-8')."
    before = raw[:index].decode("utf-8-sig", errors="replace")
    line, column = position(before, len(before))
    # Most such files come from Windows, whose encoding shows the line as its author saw it.
    shown = lines_of(raw.decode("cp1252", errors="replace"))[line - 1]
    return InputProblems([Problem(str(path), line, column, message, hint, shown)])


def _refused(path: Path, message: str, suggestion: str = "") -> InputProblems:
    return InputProblems([Problem(str(path), 0, 0, message, suggestion)])
