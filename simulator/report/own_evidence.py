"""A commented evidence file to edit: the before and after figures of one's own scheme."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from simulator.evaluation.before_after_reports import PROTOCOLS

SUFFIX = "_evidence"


class Way(NamedTuple):
    """A way of looking at people before and after, in the words of whoever looked."""

    who: str
    before: str
    after: str
    like: str


# In the order of PROTOCOLS, which has the names.
WAYS = (
    Way(
        "everybody on your list at the end of the latest year; those with under six months on it are left out, and so are "
        "those who spent over six months of that year in prison",
        "the year before each person's own selection, whenever that was",
        "the latest year, the same for everybody",
        "Bedfordshire",
    ),
    Way(
        "everybody on the scheme and in the community on the day between two years who had offended in the first",
        "the first year",
        "the year after it",
        "Leicestershire",
    ),
    Way(
        "everybody registered in the first month of a new scheme; the scenario has to start it then (start_year: 0)",
        "the 24 months before registration",
        "the 12 months after registration; people_after are those with any in 24 months",
        "Sussex",
    ),
)
# Place in WAYS; the first for all others. A scheme that starts at t = 0 has nobody on its list by then.
BY_SCHEME: Mapping[str, int] = {"leicestershire": 1, "sussex": 2, "leeds": 2, "southwark": 2}

TEMPLATE = """\
# {name}: what your scheme reports of itself, to ask how much of the fall would have been seen anyway.
# EVERY NUMBER IN THIS FILE IS A MADE-UP PLACEHOLDER. Put your own in before you read anything into an answer; change
# standing to read, or transcribed, delete the why, and say under where in which report and table the number stands.
# Your figures beside simulated ones:     python run.py reproduce {name}.yaml
# How much of your fall is selection:     python run.py reproduce {name}.yaml --part regression
# Rates fitted to your figures:           python run.py calibrate {name}.yaml --out {area}_fit.yaml
# and then in {scenario}:                 fit: {area}_fit.yaml
# A mistake is answered with file, line and what to type instead.
source: {name}        # the name of this file, without its ending
design: before_after
maryland_level: {{value: 2, standing: assumed, why: "The same people before and after, without a comparison group"}}

# All counts are of the same people. Use proven offences, or arrests with a positive disposal: one of them throughout.
figures:
{figures}
extras:
  # How the people were looked at. Choose the one that is nearest to what your report did:
{ways}
  # Much hangs on whether quiet people stay on the list: set programme.assessment_months in the scenario as practised.
  protocol: {protocol}
  scenario: {scenario}        # your scheme: its cohort, places and rules, beside this file
"""

FIGURE = """\
  - name: {name}    # {comment}
    value: {value}
    unit: {unit}
    where: Say in which report, table or page.
    window: {window}
    population: Say whom.
    standing: assumed
    why: Placeholder, made up; put in your own.
"""

# Placeholders: name, what it is, number, unit, and whose window.
FIGURES = (
    ("people", "how many people were looked at", 40, "people", "both"),
    ("before", "their offences in the period before, all together", 240, "offences", "before"),
    ("after", "their offences in the period after, all together", 110, "offences", "after"),
    ("people_before", "how many of them had any before; delete this figure if nobody counted", 38, "people", "before"),
    ("people_after", "how many of them had any after; delete this figure if nobody counted", 26, "people", "after"),
)


def evidence_template(scenario: Path, like: str) -> str:
    """The text of an evidence file to go with a scenario.

    Args:
        scenario: the scenario's file, in the same folder.
        like: the shipped scheme that the scenario stands on; its way of looking is the one filled in.
    """
    place = BY_SCHEME.get(like, 0)
    return TEMPLATE.format(
        name=f"{scenario.stem}{SUFFIX}",
        area=scenario.stem,
        scenario=scenario.name,
        figures="".join(figure_lines(*each, way=WAYS[place]) for each in FIGURES),
        ways="\n".join(way_lines(name, way) for name, way in zip(PROTOCOLS, WAYS, strict=True)),
        protocol=list(PROTOCOLS)[place],
    )


def figure_lines(name: str, comment: str, value: int, unit: str, when: str, way: Way) -> str:
    """One figure."""
    window = {"both": "before and after", "before": way.before, "after": way.after.partition(";")[0]}[when]
    return FIGURE.format(name=name, comment=comment, value=value, unit=unit, window=f'"{window}"')


def way_lines(name: str, way: Way) -> str:
    """One way of looking, as comments."""
    said = f"{way.who}; before: {way.before}; after: {way.after}."
    lines = textwrap.fill(said, 118, initial_indent="  #     ", subsequent_indent="  #     ")
    return f"  # {name} (as {way.like} did)\n{lines}"
