"""Numbers as people type them: what is not a number, and what was probably meant."""

from __future__ import annotations

import calendar
import datetime
import math
import re

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_QUOTATION_MARKS = "'\"\u201c\u201d\u2018\u2019"
_SPACES = "\\s\u00a0\u2009\u202f"
_MULTIPLES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9}
_DRESSED = re.compile(
    rf"(?P<sign>[-+−–]?)[{_SPACES}]*(?P<currency>£|GBP)?[{_SPACES}]*(?P<inner_sign>[-+−–]?)"
    rf"(?P<digits>[0-9][0-9,.{_SPACES}'’]*|\.[0-9]+)[{_SPACES}]*"
    rf"(?P<multiple>k|thousand|mn|million|m|bn)?[{_SPACES}]*(?P<percent>%|per ?cent|percent)?"
    rf"(?P<unit>[{_SPACES}]*(gbp|years?|days?|months?|pounds?))?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_MONTHS = "January,February,March,April,May,June,July,August,September,October,November,December"


def number_or_none(text: str) -> float | None:
    """The finite number that a text is, written plainly (7000, 0.035, 1e5); otherwise None."""
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def plain(number: float) -> str:
    """A number as one would write it in a file: 7000, 0.035."""
    return f"{number:.12g}" if abs(number) < 1e15 else repr(number)


def number_hint(text: str) -> str:
    """What to write instead of a mistyped number such as ``7,000``, ``3.5%``, ``5k``, ``£5,930``.

    Empty when no number can be made out.
    """
    bare = text.strip().strip(_QUOTATION_MARKS).strip()
    if number_or_none(bare) is not None:
        return f"Write {bare}, without the quotation marks."
    meant = _meant(bare)
    if meant is None:
        return ""
    return f"Write {plain(meant[0])}{meant[1]}."


def thousands_hint(text: str) -> str:
    """What to write where three digits may be the rest of a number cut at its comma."""
    if not re.fullmatch(r"[0-9]{3}", text):
        return ""
    return "If it belongs to a number such as 7,000, write 7000, without the comma."


def _meant(text: str) -> tuple[float, str] | None:
    match = _DRESSED.fullmatch(text)
    if not match:
        return None
    digits = re.sub(f"[{_SPACES}'’]", "", match["digits"])
    written = _without_commas(digits)
    remark = ", without the comma" if "," in digits else ""
    if "," in digits and "." in written and "." not in digits:
        remark = ", with a point for the comma"
    number = number_or_none(written)
    if number is None:
        return None
    if match["multiple"]:
        number *= _MULTIPLES[match["multiple"].lower()]
        remark = f", without '{match['multiple']}'"
    if match["currency"]:
        remark = ", without the pound sign" + (" and the comma" if "," in digits else "")
    if match["percent"]:
        number, remark = number / 100.0, " (a share, not a percentage)"
    if match["unit"]:
        remark = f", without '{match['unit'].strip()}'"
    negative = any(match[sign] in ("-", "−", "–") for sign in ("sign", "inner_sign"))
    return (-number if negative else number), remark


def _without_commas(digits: str) -> str:
    """Thousands separators removed; a lone comma that groups no thousands is a decimal comma."""
    if digits.count(",") == 1 and "." not in digits and not _GROUPED.fullmatch(digits):
        return digits.replace(",", ".")
    return digits.replace(",", "")


def date_or_fault(text: str) -> datetime.date | tuple[str, str]:
    """The date that an ISO text (2027-03-31) is, or what is wrong with it and what to write."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not match:
        return f"'{text}' is not a date, year first, such as 2027-03-31", _date_hint(text)
    year, month, day = (int(part) for part in match.groups())
    fault = _calendar_fault(year, month, day)
    if fault:
        return f"{text} is not a date: {fault}", ""
    return datetime.date(year, month, day)


def _calendar_fault(year: int, month: int, day: int) -> str:
    if year == 0:
        return "there is no year 0"
    if not 1 <= month <= 12:
        return f"there is no month {month:02d}"
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        return f"{_MONTHS.split(',')[month - 1]} {year} has {days} days"
    return ""


def _date_hint(text: str) -> str:
    first = re.fullmatch(r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})", text)
    last = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})", text)
    if first:
        year, month, day = (int(part) for part in first.groups())
    elif last:
        day, month, year = (int(part) for part in last.groups())
    else:
        return ""
    return f"Write {year:04d}-{month:02d}-{day:02d}." if not _calendar_fault(year, month, day) else ""
