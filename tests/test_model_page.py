"""The page of the model names what is in the code: every parameter, state and clock; its functions and tests are there."""

from __future__ import annotations

import ast
import functools
import importlib
import re

import pytest
from commands import ROOT
from guide_blocks import prose_of, text_of

from simulator.model import states
from simulator.scenario.fields import EFFECT_RATIOS, LEVERS, QUANTITIES

PAGE = "docs/model.md"
TEXT = text_of(PAGE)
PROSE = prose_of(PAGE)
CODE = sorted(set(re.findall(r"`(simulator\.[\w.]+)`", PROSE)))
REFEREES = sorted(set(re.findall(r"`(tests/[\w/.]+::\w+)`", PROSE)))


def found(name: str) -> object:
    """What a dotted name stands for: a module, or something in one. Raises AttributeError or ModuleNotFoundError."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        module, _, last = name.rpartition(".")
        return getattr(importlib.import_module(module), last)


@functools.cache
def names_of_tests(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}


@pytest.mark.parametrize("name", CODE)
def test_a_function_or_module_that_the_page_names_is_there(name: str) -> None:
    assert found(name) is not None


@pytest.mark.parametrize("name", REFEREES)
def test_a_test_that_the_page_names_is_there(name: str) -> None:
    path, _, test = name.partition("::")
    assert test in names_of_tests(path)


def test_names_are_found_and_no_other_name_looks_like_one() -> None:
    assert len(CODE) > 50 and len(REFEREES) > 60
    with pytest.raises(AttributeError):
        found("simulator.model.scheme.no_such_rule")
    assert TEXT.count("`simulator.") >= len(CODE) and TEXT.count("::test_") == len(re.findall(r"`tests/[^`]+`", PROSE))


def test_every_equation_has_its_code_and_its_referee() -> None:
    """From the end of each equation to the next one, or to a heading below the code, stand both."""
    parts = TEXT.split("```text\n")[1:]
    assert len(parts) >= 18
    for part in parts:
        equation, _, below = part.partition("```")
        below = below.partition("\n## ")[0]
        assert "\nCode: `simulator." in below, equation
        assert "\nReferee: `tests/" in below, equation


def symbols() -> dict[str, str]:
    """Unit by name, from the table of symbols."""
    return dict(re.findall(r"^\| \*.+?\* \| `([\w.]+)` \| ([^|]+) \|", TEXT, re.MULTILINE))


def test_every_uncertain_parameter_is_in_the_table_with_its_unit() -> None:
    ratios = {f"effect.{name}": "ratio" for name in EFFECT_RATIOS}
    assert symbols() == {name: field.unit for name, field in QUANTITIES.items()} | ratios


def test_every_lever_is_named_and_nothing_that_is_none() -> None:
    named = set(re.findall(r"`((?:population|programme|appraisal|effect)\.\w+)`", TEXT))
    assert named >= set(LEVERS)
    assert named <= {*LEVERS, *QUANTITIES, *(f"effect.{name}" for name in EFFECT_RATIOS)}


def first_cells(heading: str) -> list[str]:
    """The first cells of the first table below a heading."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)[1:]


def test_every_clock_is_in_the_table_in_its_order() -> None:
    assert first_cells("Clocks") == list(states.EVENTS[: states.CLOCKS])
    done = ", ".join(states.EVENTS[states.CLOCKS :])
    assert f"Two more events are done by the scheme: {done}." in TEXT
    assert states.HAZARDS == 10 and states.CLOCKS == 17  # as the page says in words


@pytest.mark.parametrize(
    "names",
    [states.JUSTICE_STATES, states.SCHEME_STATES, states.EFFECT_STATES, states.RAG_STATUSES, states.SELECTION_RULES],
)
def test_every_state_and_rule_is_named_in_its_order(names: tuple[str, ...]) -> None:
    assert ", ".join(names) in TEXT


def test_every_deselection_code_is_in_the_table() -> None:
    assert first_cells("How a stay ends") == list(states.DESELECTION_CODES)


def test_every_purpose_of_draws_is_named() -> None:
    source = (ROOT / "simulator/model/states.py").read_text("utf-8")
    below = source.partition("# Purposes of draws")[2].partition("# Selection rules")[0]
    purposes = set(re.findall(r"^([A-Z_]+): Final", below, re.MULTILINE)) - {"OCCASION_PURPOSES"}
    assert len(purposes) == 12
    assert {name for name in purposes if not re.search(rf"\b{name}\b", TEXT)} == set()
