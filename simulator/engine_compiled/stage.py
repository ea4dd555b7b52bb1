"""What one stretch of one replication works on, and the small records that the engine keeps beside the people."""

from __future__ import annotations

from typing import Any, NamedTuple

from simulator.jit import compiled
from simulator.model.records import Small

NOBODY = -1
NOWHERE = -1


class Waiting:
    """What the engine keeps about one person of the pool."""

    behind: Small  # groups of a lower priority number
    listed: Small  # where in the list of the pool, or NOWHERE
    bucket: Small  # of the calendar, or NOWHERE
    following: Small  # in the same bucket, or NOBODY
    preceding: Small
    due: float  # date of the next event


class Desk:
    """Counters."""

    events: int  # so far
    fillings: int  # times that free places were looked at
    pool: int  # people listed as in the pool and not run ahead
    bucket: int  # the calendar has been worked off before this bucket
    calendar_from: float
    buckets_per_year: float


class Stage(NamedTuple):
    """Arrays of records: ``people``, ``groups``, one Values, one Desk; and the arrays that are written to."""

    people: Any
    groups: Any
    values: Any
    activity: Any
    log: Any
    desk: Any
    waiting: Any
    stops: Any  # a Ranking of those who were run ahead, by the date of the event at which that ended
    pool: Any  # people in the pool, in no order
    line: Any  # a Ranking of those in line
    calendar: Any  # the first person of each bucket


@compiled
def set_up(stage: Any, people: Any, values: Any, activity: Any) -> Any:
    """The same stage with other people, values and activity."""
    return Stage(
        people, stage.groups, values, activity, stage.log, stage.desk,
        stage.waiting, stage.stops, stage.pool, stage.line, stage.calendar,
    )  # fmt: skip
