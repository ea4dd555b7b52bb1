"""Files on top of files: what extends what, and which file and line each value came from."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from simulator.places import data_folder
from simulator.scenario.fields import PLACES_FROM
from simulator.tables import Document, InputProblems, Problem, did_you_mean, read_yaml
from simulator.tables.strict_yaml import KeyPath

Origin = tuple[Document, KeyPath]


class Layered(Document):
    """Merged data in which every value remembers the document that it came from."""

    origins: dict[KeyPath, Origin]

    @classmethod
    def of(cls, document: Document) -> Layered:
        """One file by itself."""
        made = cls(document.file, copy.deepcopy(document.data))
        object.__setattr__(made, "origins", {(): (document, ())})
        return made

    def origin(self, path: KeyPath) -> Origin:
        """The document and the path in it where a merged path comes from, or the nearest part above it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.origins:
                document, place = self.origins[path[:length]]
                return document, (*place, *path[length:])
        raise KeyError(path)

    def problem(self, path: KeyPath, message: str, suggestion: str = "", *, key: bool = False) -> Problem:
        """A problem at the file and line where the value really stands."""
        document, place = self.origin(path)
        return document.problem(place, message, suggestion, key=key)

    def with_layer(self, document: Document) -> Layered:
        """This, with another document's values on top."""
        made = Layered(document.file, copy.deepcopy(self.data))
        object.__setattr__(made, "origins", {**self.origins, (): (document, ())})
        for name in self.data:
            made.origins[(name,)] = self.origin((name,))
        made.lay(made.data, document.data, (), document)
        return made

    def lay(self, onto: dict[str, Any], layer: Mapping[str, Any], path: KeyPath, document: Document) -> None:
        """Put one mapping on another: mappings merge, but a quantity, a list or a plain value is replaced whole."""
        for name, value in layer.items():
            place = (*path, name)
            below = onto.get(name)
            if isinstance(value, dict) and isinstance(below, dict) and not is_whole(value) and not is_whole(below):
                for inner in below:
                    self.origins.setdefault((*place, inner), self.origin((*place, inner)))
                self.origins[place] = (document, place)
                self.lay(below, value, place, document)
            else:
                onto[name] = copy.deepcopy(value)
                self.forget(place)
                self.origins[place] = (document, place)

    def forget(self, path: KeyPath) -> None:
        """Drop what is known about the inside of a value that is replaced."""
        for known in [known for known in self.origins if known[: len(path)] == path]:
            del self.origins[known]

    def with_value(self, path: KeyPath, value: Any, origin: Origin) -> Layered:
        """This, with one value replaced; mappings on the way are made where missing."""
        made = Layered(self.file, copy.deepcopy(self.data))
        object.__setattr__(made, "origins", dict(self.origins))
        made.forget(path)
        inside: Any = made.data
        for step in path[:-1]:
            inside = inside.setdefault(step, {})
            if not isinstance(inside, dict):
                return self  # the file has something else there, which is refused when it is read
        inside[path[-1]] = value
        made.origins[path] = origin
        return made

    def without(self, path: KeyPath) -> Layered:
        """This, without one value."""
        made = Layered(self.file, copy.deepcopy(self.data))
        object.__setattr__(made, "origins", dict(self.origins))
        inside: Any = made.data
        for step in path[:-1]:
            inside = inside.get(step, {})
            if not isinstance(inside, dict):
                return self
        inside.pop(path[-1], None)
        made.forget(path)
        return made


def is_whole(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is one value with its source, or a set of shares, and so replaced whole."""
    return "value" in value or "shares" in value


def scheme_names() -> list[str]:
    """Names of the shipped scenario files that have arms of their own."""
    names = [path.stem for path in sorted(data_folder("scenarios").glob("*.yaml"))]
    return [name for name in names if name != "england_and_wales"]


def path_of(name: str, extending: Path | None = None) -> Path:
    """The file meant by a scenario's name or path.

    Args:
        extending: the file that says the name; its neighbours come before the shipped schemes, itself comes last.

    Raises InputProblems with the nearest shipped name when there is none.
    """
    given = Path(name)
    if given.suffix in (".yaml", ".yml"):
        return given if extending is None else extending.parent / given
    folders = ([extending.parent] if extending else []) + [data_folder("scenarios")]
    found = [folder / f"{name}.yaml" for folder in folders if (folder / f"{name}.yaml").is_file()]
    if found:
        return next((path for path in found if extending is None or path.resolve() != extending.resolve()), found[0])
    known = [path.stem for path in sorted(data_folder("scenarios").glob("*.yaml"))]
    hint = did_you_mean(name, known) or f"Schemes: {', '.join(scheme_names())}; or the path of a .yaml file."
    raise InputProblems([Problem(name, 0, 0, "there is no scenario of this name", hint)])


def documents_of(path: Path, above: tuple[Path, ...] = ()) -> list[Document]:
    """A scenario file after the files that it extends, the lowest first.

    Raises InputProblems for a file that cannot be read, is missing, or extends itself.
    """
    document = read_yaml(path)
    base = document.data.get("extends")
    if base is None:
        return [document]
    if not isinstance(base, str):
        raise InputProblems([document.problem(("extends",), f"{base!r} is not the name of a scenario")])
    try:
        below = path_of(base, path)
    except InputProblems as missing:
        hint = missing.problems[0].suggestion
        problem = document.problem(("extends",), f"there is no scenario '{base}' to extend", hint)
        raise InputProblems([problem]) from None
    if below.resolve() in {each.resolve() for each in (*above, path)}:
        raise InputProblems([document.problem(("extends",), f"'{base}' extends this file: a circle")])
    return [*documents_of(below, (*above, path)), document]


def stacked(below: Layered | None, document: Document) -> Layered:
    """A scenario file on top of what it extends."""
    return Layered.of(document) if below is None else with_own_places(below, document).with_layer(document)


def with_own_places(below: Layered, document: Document) -> Layered:
    """What is extended, without its way of saying how many places where the file has one of its own."""
    programme = document.data.get("programme")
    said = [place for place in PLACES_FROM if isinstance(programme, dict) and place.partition(".")[2] in programme]
    for place in PLACES_FROM if said else ():
        below = below.without(tuple(place.split(".")))
    return below
