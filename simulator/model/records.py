"""Records that compiled and plain rules read alike.

A record is declared once, as an annotated class. Compiled rules see it as a row of a numpy structured array; without a
compiler the same rules see a plain Python object with the same attributes. ``rows`` makes whichever is wanted.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Annotated, Any, NewType, get_args, get_type_hints

import numpy as np

from simulator.jit import COMPILED

Small = NewType("Small", int)  # a whole number of 32 bits: small records keep many people in the cache
KINDS_OF_NUMBER = {int: "i8", Small: "i4", float: "f8", bool: "i1"}


@cache
def fields_of(record: type) -> list[tuple[str, str, int]]:
    """Name, numpy type and length (0 for a single number) of each field of a record class."""
    fields = []
    for name, hint in get_type_hints(record, include_extras=True).items():
        if getattr(hint, "__metadata__", None):
            (kind,) = get_args(hint.__origin__)
            fields.append((name, KINDS_OF_NUMBER[kind], int(hint.__metadata__[0])))
        else:
            fields.append((name, KINDS_OF_NUMBER[hint], 0))
    return fields


@cache
def dtype_of(record: type) -> np.dtype[Any]:
    """The aligned numpy type of a record class."""
    return np.dtype(
        [(name, kind, (size,)) if size else (name, kind) for name, kind, size in fields_of(record)],
        align=True,
    )


def plain(record: type) -> Any:
    """One zeroed plain object of a record class."""
    row = record()
    for name, kind, size in fields_of(record):
        zero = 0.0 if kind == "f8" else 0
        setattr(row, name, [zero] * size if size else zero)
    return row


def rows(record: type, count: int) -> Any:
    """``count`` zeroed records: a structured array for compiled rules, else a list of plain objects."""
    if COMPILED:
        return np.zeros(count, dtype_of(record))
    return [plain(record) for _ in range(count)]


def filled(record: type, values: list[dict[str, Any]]) -> Any:
    """One record per mapping; every name must be a field, every array at most as long as its field.

    Raises ValueError for an unknown name, KeyError never: a field that is not given stays zero.
    """
    made = rows(record, len(values))
    sizes = {name: size for name, _, size in fields_of(record)}
    for place, row in enumerate(values):
        for name, value in row.items():
            if name not in sizes:
                raise ValueError(f"{record.__name__} has no field {name!r}")
            if sizes[name]:
                value = [*value, *([0.0] * (sizes[name] - len(value)))]
            put(made, place, name, value)
    return made


def put(records: Any, place: int, name: str, value: Any) -> None:
    """Set one field of one record, in either form."""
    if isinstance(records, np.ndarray):
        records[name][place] = value
    else:
        setattr(records[place], name, value)


def get(records: Any, place: int, name: str) -> Any:
    """One field of one record, in either form."""
    return records[name][place] if isinstance(records, np.ndarray) else getattr(records[place], name)


def copied(records: Any) -> Any:
    """An independent copy, in either form."""
    return records.copy() if isinstance(records, np.ndarray) else copy.deepcopy(records)


__all__ = ["Annotated", "Small", "copied", "dtype_of", "fields_of", "filled", "get", "put", "rows"]
