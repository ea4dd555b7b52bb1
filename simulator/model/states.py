"""The states, clocks and codes of the model, as the small whole numbers that compiled rules use, with their names."""

from __future__ import annotations

from typing import Final

# Justice state.
LIBERTY: Final = 0
ARREST: Final = 1
CUSTODY: Final = 2
LEFT: Final = 3
OUTSIDE: Final = 4
JUSTICE_STATES = ("liberty", "arrest", "custody", "left the area", "not yet arrived")

# Scheme state.
POOL: Final = 0
MANAGED: Final = 1
DESELECTED: Final = 2
SCHEME_STATES = ("pool", "managed", "deselected")

# Effect state of activity: whose ratios were in force when it happened.
NO_EFFECT: Final = 0
UNDER_MANAGEMENT: Final = 1
FADING: Final = 2
EFFECT_STATES = ("none", "managed", "fading")

# RAG status, derived from the other states (Bedfordshire report 2018-19, "RAG Status").
BLUE: Final = 0
RED: Final = 1
AMBER_PLUS: Final = 2
AMBER: Final = 3
GREEN: Final = 4
REACTIVE_MANAGEMENT: Final = 5
RAG_STATUSES = ("BLUE", "RED", "AMBER+", "AMBER", "GREEN", "REACTIVE MANAGEMENT")

# Deselection codes (Bedfordshire report 2018-19, "Deselection Criteria"), and the end of a scheme.
CODE_1: Final = 0
CODE_2: Final = 1
CODE_3: Final = 2
CODE_4: Final = 3
CODE_5: Final = 4
CODE_6A: Final = 5
CODE_6B: Final = 6
CODE_6C: Final = 7
CLOSED: Final = 8
DESELECTION_CODES = (
    "code 1: consistent desistance",
    "code 2: pathways stabilised",
    "code 3: non-statutory, not engaged, no intelligence",
    "code 4: non-statutory, not engaged, with intelligence",
    "code 5: moved away",
    "code 6A: sentence over five years",
    "code 6B: deceased or deported",
    "code 6C: no longer fits, or longest stay",
    "closed: scheme ended",
)

# Clocks, in the order in which events at one instant are taken. The first ten are hazard clocks.
OCCASION: Final = 0
MOVES_AWAY: Final = 1
DIES: Final = 2
RECALLED: Final = 3
SPELL_TURNS: Final = 4
PATHWAYS_STABILISED: Final = 5
NOT_ENGAGED_QUIET: Final = 6
NOT_ENGAGED_ACTIVE: Final = 7
NO_LONGER_FITS: Final = 8
EFFECT_FADES: Final = 9
HAZARDS: Final = 10
# A bit for each clock that counts years at liberty: it stands still in arrest and in custody.
ONLY_AT_LIBERTY: Final = (
    1 << OCCASION
    | 1 << MOVES_AWAY
    | 1 << RECALLED
    | 1 << PATHWAYS_STABILISED
    | 1 << NOT_ENGAGED_QUIET
    | 1 << NOT_ENGAGED_ACTIVE
    | 1 << NO_LONGER_FITS
)
ARREST_ENDS: Final = 10
RELEASED: Final = 11
LICENCE_ENDS: Final = 12
RAG_TURNS: Final = 13
LONGEST_STAY: Final = 14
EFFECT_STARTS: Final = 15
ARRIVES: Final = 16
CLOCKS: Final = 17
# Events without a personal clock: done to a person by the scheme.
SELECTED: Final = 17
SCHEME_CLOSES: Final = 18
EVENTS = (
    "offending occasion",
    "moves away",
    "dies or is deported",
    "recalled on licence",
    "spell turns",
    "pathways stabilised",
    "not engaged, no intelligence",
    "not engaged, with intelligence",
    "no longer fits",
    "effect has faded",
    "arrest ends",
    "released",
    "licence ends",
    "RAG turns",
    "longest stay reached",
    "effect starts",
    "arrives",
    "selected",
    "scheme closes",
)

# Purposes of draws beyond the hazard clocks, which use their own number; each has two words. Append only.
FRAILTY: Final = 20
STATUTORY: Final = 21  # second word: position by referral
FIRST_SPELL: Final = 22
OFFENCES: Final = 23  # how many; second word: type of the first
MORE_TYPES: Final = 24  # types of the second and third, fourth and fifth ...
DISPOSAL: Final = 25  # custody or not; second word: community sentence or other
SENTENCE: Final = 26  # band; second word: length within it
OCCASION_PURPOSES: Final = 4  # from OFFENCES to SENTENCE: drawn together, occasion by occasion
ARRIVAL: Final = 27  # wait; second word: group
EFFECT_DRAW: Final = 40
CALIBRATION_DRAW: Final = 41
RANGE_DRAW: Final = 42
STUDY_DRAW: Final = 43

# Selection rules.
BY_RECENT_ARRESTS: Final = 0
FIRST_COME: Final = 1
BY_REFERRAL: Final = 2
BY_RECENT_OFFENCES: Final = 3
SELECTION_RULES = ("recent arrests", "first come", "referral", "recent offences")
