"""The numbers that drive one arm: plain records of numbers, all that a rule may see besides the person."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

MOST_OFFENCE_TYPES = 24
MOST_SENTENCE_BANDS = 8

Mix = Annotated[list[float], MOST_OFFENCE_TYPES]
Bands = Annotated[list[float], MOST_SENTENCE_BANDS]


class Values:
    """Rates of one arm. Hazards per year, durations in years, chances and ratios plain."""

    # Offending and justice.
    occasions_per_year: float
    frailty_shape: float
    offences_per_occasion: float
    first_custody_chance: float
    later_custody_chance: float
    community_chance: float
    arrest_years: float
    served_share: float
    recalls_per_year: float
    recall_years: float
    active_spells_end_per_year: float
    paused_spells_end_per_year: float
    moves_away_per_year: float
    deaths_per_year: float
    arrivals_per_year: float
    offence_types: int
    severity_tier: Mix
    sentence_bands: int
    sentence_band_share: Bands  # cumulative
    sentence_from_years: Bands
    sentence_to_years: Bands
    # The programme's rules.
    rule: int
    by_priority: bool
    reselection: bool
    green_years: float
    reactive_years: float
    desistance_years: float
    longest_stay_years: float
    pathways_stabilised_per_year: float
    not_engaged_quiet_per_year: float
    not_engaged_active_per_year: float
    no_longer_fits_per_year: float
    # The programme's effect.
    occasions_ratio: float
    offences_per_occasion_ratio: float
    custody_ratio: float
    frailty_exponent: float
    start_delay_years: float
    fade_out_years: float
    # The clock of the run.
    history_years: float


class Group:
    """A row of the cohort table."""

    people: int
    priority: int  # lower is selected first where the rule goes by priority
    rate_ratio: float
    statutory_share: float
    offence_mix: Mix  # cumulative shares


class Places(NamedTuple):
    """From ``date`` (years from t = 0) the scheme has ``places`` places; a closed scheme deselects everybody."""

    date: float
    places: int
    closed: bool


class Rates(NamedTuple):
    """One arm as the engines see it: ``history`` holds before t = 0 and is shared by the arms of a comparison."""

    name: str
    values: Any  # one Values record
    history: Any  # one Values record
    groups: Any  # Group records
    schedule: tuple[Places, ...]
    history_schedule: tuple[Places, ...]
    history_years: float
    group_names: tuple[str, ...]
    offence_types: tuple[str, ...]
