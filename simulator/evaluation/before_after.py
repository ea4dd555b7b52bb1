"""The before/after reports' own protocols, run on simulated people: who is looked at, which two windows, what is counted.

Every protocol takes one replication of the scheme as it ran and gives one entry for each person looked at. ``lost`` is
the number of occasions that time in custody in the after window takes away: hazard x years in custody while active, which
is its exact expectation for a constant hazard; ``lost_before`` is the same of the window before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from simulator.evaluation.lives import Floats, Lives, Numbers
from simulator.tables import InputProblems, Problem

BURGLARY = "domestic_burglary"


class Windows(NamedTuple):
    """One entry for each person looked at. Counts after are scaled up to the whole window where a report does so."""

    group: Floats
    before: Floats  # proven offences
    after: Floats
    occasions_before: Floats  # arrests, or convictions: each carries one or more offences
    occasions_after: Floats
    burglaries_before: Floats
    burglaries_after: Floats
    lost: Floats  # occasions that custody in the after window took away
    any_after: Floats  # whether there was any in the longer after window, where a report has one
    lost_before: Floats  # occasions that custody in the before window took away, where that is not made up for

    @property
    def people(self) -> int:
        """How many people."""
        return len(self.before)

    def only(self, chosen: Numbers) -> Windows:
        """Some of the people."""
        return Windows(*(each[chosen] for each in self))


Protocol = Callable[[Lives], Windows]


def joined(parts: Sequence[Windows]) -> Windows:
    """The people of several replications."""
    return Windows(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def somebody(people: Windows, protocol: str) -> Windows:
    """The same people.

    Raises InputProblems when there is nobody: every mean would be of nothing.
    """
    if people.people:
        return people
    said = f"of all people simulated, nobody is looked at ({protocol})"
    hint = "Let the scheme start early enough in its scenario (programme.start_year), with places and a history."
    raise InputProblems([Problem("protocol", 0, 0, said, hint)])


def bedfordshire(lives: Lives, at_liberty: bool = False) -> Windows:
    """Places held at the end of the year (t = 0): the year before each one's own selection against the year to t = 0.

    Less than six months on the scheme, or more than six months of the year in prison: left out. Between six and twelve
    months on it: counts after selection scaled up, people not. ``at_liberty``: the year before selection is stretched by
    the time spent in custody in it.
    """
    end, start = lives.ever(0.0), lives.ever(-1.0)
    selected = lives.selected_before(0.0)
    looked_at = (selected <= -0.5) & (lives.custody_years(start, end) <= 0.5)
    chosen = np.where(looked_at, selected, 0.0)
    before = chosen - 1.0
    if at_liberty:
        before = before - lives.custody_years(before, chosen)
    after = np.maximum(chosen, start)
    found = windows(lives, looked_at, before, chosen, after, end, 1.0 / np.maximum(end - after, 0.5))
    return found._replace(lost_before=np.zeros(found.people)) if at_liberty else found


def leicestershire(lives: Lives) -> Windows:
    """On the scheme and at liberty between two successive years, with an offence in the first: both years."""
    middle = lives.ever(-1.0)
    held = np.isfinite(lives.selected_before(-1.0)) & lives.at_liberty(middle)
    offended = lives.count(lives.occasions, lives.ever(-2.0), middle) > 0.0
    return windows(lives, held & offended, lives.ever(-2.0), middle, middle, lives.ever(0.0))


def sussex(lives: Lives) -> Windows:
    """Everybody registered in the first month of the scheme (t = 0): 24 months before, 12 months after.

    ``any_after`` looks at 24 months after, as the report's share reconvicted does.
    """
    rows = lives.stays
    first = np.full(lives.people, np.inf)
    np.minimum.at(first, rows[0], rows[1])
    looked_at = (first >= 0.0) & (first <= 1.0 / 12.0)
    chosen = np.where(looked_at, first, 0.0)
    return windows(lives, looked_at, chosen - 2.0, chosen, chosen, chosen + 1.0, longer=chosen + 2.0)


def windows(
    lives: Lives,
    looked_at: Numbers,
    before: Floats,
    until: Floats,
    after: Floats,
    end: Floats,
    scale: Floats | None = None,
    longer: Floats | None = None,
) -> Windows:
    """Counts of everybody looked at in (before, until] and (after, end], the latter times ``scale``.

    Raises InputProblems when a window before reaches back beyond the simulated history: it would be empty there.
    """
    refuse_short_history(lives, before[np.flatnonzero(looked_at)])
    factor = lives.ever(1.0) if scale is None else scale
    occasions, offences = lives.occasions, lives.occasion_offences
    burglaries = offences_of(lives, BURGLARY)
    found = Windows(
        group=lives.group.astype(np.float64),
        before=lives.count(occasions, before, until, offences),
        after=lives.count(occasions, after, end, offences) * factor,
        occasions_before=lives.count(occasions, before, until),
        occasions_after=lives.count(occasions, after, end) * factor,
        burglaries_before=lives.count(occasions, before, until, burglaries),
        burglaries_after=lives.count(occasions, after, end, burglaries) * factor,
        lost=lives.hazard * active_custody_years(lives, after, end) * factor,
        any_after=(lives.count(occasions, after, end if longer is None else longer) > 0.0).astype(np.float64),
        lost_before=lives.hazard * active_custody_years(lives, before, until),
    )
    return found.only(np.flatnonzero(looked_at))


def refuse_short_history(lives: Lives, dates: Floats) -> None:
    """Refuse windows that begin before the history does.

    Raises InputProblems.
    """
    if len(dates) and dates.min() < -lives.rates.history_years:
        said = f"{lives.rates.history_years:g} simulated years before t = 0 do not reach back to the start of a year before"
        hint = f"Set population.history_years in the scenario to {math.ceil(-dates.min())} or more."
        raise InputProblems([Problem("protocol", 0, 0, said, hint)])


def offences_of(lives: Lives, kind: str) -> Floats:
    """Offences of one type at each occasion; none where the cost table has no such type."""
    types = lives.rates.offence_types
    return lives.kinds[:, types.index(kind)].astype(np.float64) if kind in types else np.zeros(len(lives.occasions))


def active_custody_years(lives: Lives, start: Floats, end: Floats) -> Floats:
    """Years of each person in custody between two dates that fall in a spell of activity."""
    person, since, until = lives.custody
    low = np.maximum(since, start[person])
    high = np.maximum(np.minimum(until, end[person]), low)
    active = lives.active_until(person, high) - lives.active_until(person, low)
    return np.bincount(person, active, lives.people).astype(np.float64)
