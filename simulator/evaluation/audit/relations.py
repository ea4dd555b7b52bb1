"""Which figures of a report are computed from which others: read from ``relations/<report>.yaml`` beside the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from simulator.evaluation.audit.kinds import KINDS
from simulator.evaluation.audit.patterns import Values, inputs_of, placeholders_in, written_out
from simulator.evaluation.audit.printed import Precision, Printed, printed_numbers
from simulator.tables import Document, InputProblems, Problem, Problems, Reader, did_you_mean, read_yaml

FOLDER = "relations"
KEYS = ("exact_units", "roundings", "printed_below", "placeholders", "relations")
RELATION_KEYS = ("figure", "how", "from", "note", "for")


@dataclass(frozen=True)
class Relation:
    """One figure, how it comes from its inputs, and where the file says so. Names are those within the report."""

    figure: str
    how: str
    inputs: tuple[str, ...]
    note: str
    line: int


@dataclass(frozen=True)
class Audited:
    """A report's printed numbers by name, and the relations between them."""

    numbers: Mapping[str, Printed]
    relations: tuple[Relation, ...]
    file: str  # of the relations


def relations_path(evidence: Path) -> Path:
    """Where the relations of an evidence file stand: in a folder ``relations`` beside it, under the same name."""
    return Path(evidence).parent / FOLDER / Path(evidence).name


def load_audited(evidence: Path) -> Audited:
    """The numbers and relations of a sound evidence file.

    Raises:
        InputProblems: there is no relations file, or everything that is wrong in it: an unknown figure, kind or
            placeholder, the wrong number of inputs, a relation given twice.
    """
    path = relations_path(evidence)
    if not path.is_file():
        raise InputProblems([_missing(evidence, path)])
    problems = Problems()
    reader = Reader(read_yaml(path), problems)
    reader.only(KEYS)
    precision, below = _precision(reader), reader.texts("printed_below", required=False)
    document = read_yaml(evidence)
    numbers = printed_numbers(document, precision)
    _check_units(reader, precision, document)
    _check_names(reader, "printed_below", below, numbers)
    for name in precision.roundings:
        _check_name(reader.at("roundings"), name, name, numbers)
    relations = _relations(reader, numbers)
    problems.stop_if_any()
    return Audited(numbers, relations, str(path))


def _missing(evidence: Path, path: Path) -> Problem:
    hint = (
        f"Write {path} first: which figures are computed from which others, such as\n"
        "    relations:\n      - {figure: fall_percent, how: percent_fall, from: [before, after]}"
    )
    return Problem(str(evidence), 0, 0, "nothing says which of its figures are computed from others", hint)


def _precision(reader: Reader) -> Precision:
    roundings = reader.at("roundings", required=False)
    units = {name: roundings.number(name, above=0.0) for name in roundings.names}
    return Precision(
        exact_units=frozenset(reader.texts("exact_units", required=False)),
        roundings={name: Fraction(str(unit)) for name, unit in units.items()},
        printed_below=frozenset(reader.texts("printed_below", required=False)),
    )


def _check_units(reader: Reader, precision: Precision, document: Document) -> None:
    known = {item["unit"] for item in document.data["figures"]}
    for unit in sorted(set(precision.exact_units) - known):
        reader.problem("exact_units", f"no figure of this report is in '{unit}'", did_you_mean(unit, known))


def _relations(reader: Reader, numbers: Mapping[str, Printed]) -> tuple[Relation, ...]:
    values = _values(reader, "placeholders")
    found: list[Relation] = []
    seen: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for item in reader.items("relations"):
        for relation in _written_out(item, values, numbers):
            key = (relation.figure, relation.how, relation.inputs)
            if key in seen:
                item.problem(None, f"'{relation.figure}' is there twice (first on line {seen[key]})")
            seen.setdefault(key, relation.line)
            found.append(relation)
    return tuple(found)


def _values(reader: Reader, name: str) -> dict[str, list[str]]:
    section = reader.at(name, required=False)
    return {each: section.texts(each) for each in section.names}


def _written_out(item: Reader, shared: Values, numbers: Mapping[str, Printed]) -> list[Relation]:
    """The relations that one entry of the file stands for; none where it is faulty."""
    item.only(RELATION_KEYS)
    pattern, how, sources = item.text("figure"), item.choice("how", KINDS), item.texts("from")
    values = {**shared, **_values(item, "for")}
    if not _placeholders_known(item, [pattern, *sources], values):
        return []
    note, line = item.text("note", default=""), item.document.mark(item.path)[0]
    relations = [
        Relation(name, how, inputs_of(sources, bound, values), note, line)
        for bound, name in written_out(pattern, values)
    ]
    return [each for each in relations if _sound(item, each, numbers)]


def _placeholders_known(item: Reader, names: list[str], values: Values) -> bool:
    used = placeholders_in(*names)
    unknown = [each for each in used if each not in values]
    for each in unknown:
        item.problem(
            "figure", f"'{{{each}}}' has no values", did_you_mean(each, values) or "Add it under 'placeholders'."
        )
    for each in item.at("for", required=False).names:
        if each not in used:
            item.problem("for", f"'{{{each}}}' is in no name of this relation", did_you_mean(each, used))
    return not unknown


def _sound(item: Reader, relation: Relation, numbers: Mapping[str, Printed]) -> bool:
    known = _check_name(item, "figure", relation.figure, numbers)
    known = _check_names(item, "from", relation.inputs, numbers) and known
    if not relation.inputs or item.raw("how") not in KINDS:
        return False
    return _right_number(item, relation) and known


def _check_names(item: Reader, key: str, names: tuple[str, ...] | list[str], numbers: Mapping[str, Printed]) -> bool:
    checked = [_check_name(item, key, name, numbers) for name in names]  # all of them, so that every fault is noted
    return all(checked)


def _check_name(item: Reader, key: str, name: str, numbers: Mapping[str, Printed]) -> bool:
    if name in numbers:
        return True
    item.problem(key, f"there is no figure named '{name}' in this report", did_you_mean(name, numbers))
    return False


def _right_number(item: Reader, relation: Relation) -> bool:
    kind, given = KINDS[relation.how], len(relation.inputs)
    if kind.least <= given and (kind.most is None or given <= kind.most):
        return True
    wanted = f"{kind.least}" if kind.most == kind.least else f"{kind.least} or more"
    item.problem("from", f"'{relation.how}' takes {wanted} figures, and here are {given}")
    return False
