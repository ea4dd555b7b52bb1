"""What is counted: the last axis of the array of activity, year x group x effect state x measure.

Person-years are measured in years; everything else in whole occurrences. Offence types follow the fixed measures.
"""

from __future__ import annotations

from typing import Final

# Person-years by justice state; liberty is split by licence because supervision costs money.
LIBERTY_YEARS: Final = 0
LICENCE_YEARS: Final = 1
ARREST_YEARS: Final = 2
CUSTODY_YEARS: Final = 3
LEFT_YEARS: Final = 4
# Person-years of the managed by RAG status, in the order of states.RAG_STATUSES.
RAG_YEARS: Final = 5
# Counts.
ARRESTS: Final = 11
CUSTODY_DISPOSALS: Final = 12
COMMUNITY_DISPOSALS: Final = 13
OTHER_DISPOSALS: Final = 14
CUSTODIAL_SENTENCES: Final = 15
RECALLS: Final = 16
RELEASES: Final = 17
SELECTIONS: Final = 18
PEOPLE_OFFENDING_IN_YEAR: Final = 19
PEOPLE_OFFENDING: Final = 20
ENTRIES: Final = 21
# Deselections by code, in the order of states.DESELECTION_CODES.
DESELECTIONS: Final = 22
OFFENCES_FROM: Final = 31

NAMES = (
    "person_years_liberty",
    "person_years_licence",
    "person_years_arrest",
    "person_years_custody",
    "person_years_left",
    "rag_years_blue",
    "rag_years_red",
    "rag_years_amber_plus",
    "rag_years_amber",
    "rag_years_green",
    "rag_years_reactive_management",
    "arrests",
    "custody_disposals",
    "community_disposals",
    "other_disposals",
    "custodial_sentences",
    "recalls",
    "releases",
    "selections",
    "people_offending_in_year",
    "people_offending",
    "entries",
    "deselected_1",
    "deselected_2",
    "deselected_3",
    "deselected_4",
    "deselected_5",
    "deselected_6a",
    "deselected_6b",
    "deselected_6c",
    "deselected_closed",
)
