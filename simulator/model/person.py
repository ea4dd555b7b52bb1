"""One offender, as every rule sees him or her."""

from __future__ import annotations

from typing import Annotated

from simulator.model.records import Small
from simulator.model.states import CLOCKS, HAZARDS


class Person:
    """An offender's life so far. Dates are years from t = 0; ``inf`` means never."""

    # Who: for life.
    number: int
    seed: int
    replication: int
    group: int
    statutory: bool
    frailty: float
    referral: float
    # What state, since when time has been accounted for.
    justice: Small
    scheme: Small
    accounted_to: float
    active: bool
    licence_until: float
    barred: bool  # by deselection code 6A, until release
    # Offending.
    occasions: int
    offences: int  # of the latest occasion
    severity: Small  # tier of the latest occasion, 1 the most severe; 0 before the first
    custody_chance: float  # of the latest occasion, with the ratios then in force
    sentence_years: float  # the latest
    counted_year: Small  # latest year in which counted as offending, -1 for none
    counted: bool
    # The scheme.
    eligible_since: float
    recent_arrests: float  # the static key of the exponentially weighted count
    calm_since: float  # latest of selection, arrest, release, while at liberty
    rag_stage: Small  # 0 amber, 1 green, 2 reactive management
    as_severe: bool  # latest occasion as severe as, or more severe than, the one before
    selected_at: float
    code: Small  # of the latest deselection
    effect_started: bool
    fading: bool
    met: bool  # managed and at liberty: the hazards of deselection run
    # Occasion hazards with and without the programme, from rates and frailty.
    free_hazard: float
    managed_hazard: float
    # Clocks.
    dates: Annotated[list[float], CLOCKS]
    budgets: Annotated[list[float], HAZARDS]  # UNDRAWN until first needed
    hazards: Annotated[list[float], HAZARDS]
    since: Annotated[list[float], HAZARDS]
    rings: Annotated[list[int], HAZARDS]  # budgets drawn so far
