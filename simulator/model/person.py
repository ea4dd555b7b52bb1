"""One offender, as every rule sees him or her."""

from __future__ import annotations

from typing import Annotated

from simulator.model.records import Small
from simulator.model.states import CLOCKS, HAZARDS, OCCASION_PURPOSES

BUDGETS_AHEAD = 4  # a power of two
FIRST_BUDGETS = 12  # at least HAZARDS, and a multiple of what a processor draws side by side


class Person:
    """An offender's life so far. Dates are years from t = 0; ``inf`` means never.

    What most events look at comes first and lies together.
    """

    # Clocks.
    dates: Annotated[list[float], CLOCKS]  # in years at liberty for what happens only there
    liberty_from: float  # calendar date less years at liberty, while at liberty; else NEVER
    soonest_at_liberty: float  # of clocks whose dates seldom change, see clocks.note_soonest
    soonest_anywhere: float
    years_at_liberty: float  # as of the latest arrest or recall
    # What state, since when time has been accounted for.
    justice: Small
    scheme: Small
    rag_stage: Small  # 0 amber, 1 green, 2 reactive management
    active: bool
    fading: bool
    effect_started: bool
    barred: bool  # by deselection code 6A, until release
    as_severe: bool  # latest occasion as severe as, or more severe than, the one before
    counted: bool
    statutory: bool  # for life
    accounted_to: float
    licence_until: float
    eligible_since: float
    recent_arrests: float  # the static key of the exponentially weighted count
    recent_offences: float  # the same, each arrest counted as often as it carries offences
    calm_since: float  # latest of selection, arrest, release, while at liberty
    # Offending.
    occasions: int
    offences: int  # of the latest occasion
    severity: Small  # tier of the latest occasion, 1 the most severe; 0 before the first
    counted_year: Small  # latest year in which counted as offending, -1 for none
    custody_chance: float  # of the latest occasion, with the ratios then in force
    # Luck of the next occasion, and until the arrest ends of the present one, by purpose from OFFENCES on.
    first_words: Annotated[list[float], OCCASION_PURPOSES]
    second_words: Annotated[list[float], OCCASION_PURPOSES]
    # Who: for life. Occasion hazards with and without the programme are from rates and frailty.
    number: int
    seed: int
    replication: int
    group: int
    free_hazard: float
    managed_hazard: float
    # Clocks, where a hazard changes or a budget is drawn.
    hazards: Annotated[list[float], HAZARDS]  # as they are, or will be at liberty
    rated: Annotated[list[float], HAZARDS]  # the latest that was not none: what years to go are under; or UNRATED
    kept: Annotated[list[float], FIRST_BUDGETS]  # first budgets until used; then years to go, while the hazard is none
    rings: Annotated[list[int], HAZARDS]  # budgets used so far
    budgets_ahead: Annotated[list[float], HAZARDS * BUDGETS_AHEAD]  # after the first, several at a time
    # What few events look at.
    frailty: float
    referral: float
    sentence_years: float  # the latest
    selected_at: float
    code: Small  # of the latest deselection
