"""The JSON of the other commands: every field is described in docs/json.md, and every described one is there."""

from __future__ import annotations

import functools
import json
import re
from typing import Any

import pytest
from commands import Run, described


@functools.cache
def section(name: str) -> str:
    """What docs/json.md says of a command."""
    return next(part for part in described().split("\n## ") if part.startswith(f"`{name}`"))


SHORT = ["--set", "appraisal.horizon_years=1"]
OTHERS = {
    "audit": (["audit", "sussex"],),
    "evaluate": (["evaluate", "leeds", "-n", "4", "--studies", "100"],),
    "reproduce": (
        ["reproduce", "sussex", "--part", "figures"],
        ["reproduce", "sussex", "--part", "regression"],
        ["reproduce", "sussex", "--part", "bridge"],
    ),
    "calibrate": (["calibrate", "southwark", "-n", "2"],),
    "difference": (["difference", "leicestershire:as_run", "cut_a_quarter", "-n", "2", *SHORT],),
    "decision": (["decision", "southwark", "-n", "2", "--draws", "300", *SHORT],),
    "funding": (
        ["funding", "leeds", "--places", "10,20,30", "--draws", "20", "-n", "2", *SHORT],
        ["funding", "leicestershire", "--split-budget", "90000", "--draws", "20", "-n", "2", *SHORT],
    ),
    "sweep": (
        ["sweep", "southwark:as_run", "--tornado", "-n", "2", *SHORT],
        ["sweep", "southwark:as_run", "--vary", "effect.occasions_ratio=0.3,1", "--vary", "programme.places=20,40",
         "-n", "2", *SHORT],
        ["sweep", "southwark:as_run", "--psa", "60", "--only", "effect", "-n", "2", *SHORT],
        ["sweep", "southwark:as_run", "--sobol", "4", "--factors", "2", "-n", "2", *SHORT],
        ["sweep", "southwark:as_run", "--structure", "-n", "2", *SHORT],
    ),
}  # fmt: skip
# Names of parameters, ratios, price years, arms and settings are no fields.
NAMED = {"parameters", "effect", "assumed_today_gbp_per_place_year", "preferred", "overrides"}


def named_fields(value: Any, inside_names: bool = False) -> set[str]:
    """Every field of a document, but for keys that are names of things."""
    if isinstance(value, list):
        return {name for each in value for name in named_fields(each)}
    if not isinstance(value, dict):
        return set()
    own = set() if inside_names else set(value)
    return own | {field for name, each in value.items() for field in named_fields(each, name in NAMED)}


@pytest.mark.parametrize("command", OTHERS)
def test_every_field_of_every_other_command_is_described_and_every_described_one_is_there(
    run: Run, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simulator.report.cases.REPLICATIONS", {"sussex_2013": 1, "southwark_2018": 2})
    monkeypatch.setattr("simulator.report.cases.BRIDGE_REPLICATIONS", 2)
    found: set[str] = set()
    for words in OTHERS[command]:
        answer = run(*words, "--format", "json")
        assert answer.code == 0, answer.err
        found |= named_fields(json.loads(answer.out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON")))
    text = section(command)
    assert sorted(field for field in found if f"`{field}`" not in text) == []
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    said = {field for row in rows for field in re.findall(r"`([a-z_0-9]+)`", row)}
    assert sorted(said - found) == []
