"""The parts of a scenario that are tables: cohort, offence mixes and sentence bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.model.rates import MOST_SENTENCE_BANDS
from simulator.quantities import Quantity, Standing
from simulator.scenario.records import CohortRow, OffenceMix, Provenance, SentenceBand
from simulator.tables import Reader, did_you_mean

SUM_TOLERANCE = 1e-6
ONE = Quantity("rate_ratio", 1.0, "ratio", Standing.CHOICE)


def read_cohort(reader: Reader, mixes: Sequence[str]) -> tuple[CohortRow, ...]:
    """The cohort table: published people by area and cohort type."""
    rows = []
    for item in reader.items("cohort"):
        item.only(("area", "cohort", "people", "statutory_share", "rate_ratio", "offence_mix", "priority"))
        mix = item.text("offence_mix")
        if mix and mix not in mixes:
            hint = did_you_mean(mix, mixes) or f"Mixes: {', '.join(mixes)}."
            item.problem("offence_mix", f"there is no offence mix '{mix}'", hint)
        rows.append(
            CohortRow(
                item.text("area", default=" ").strip(),
                item.text("cohort", default=" ").strip(),
                item.whole_number("people", minimum=0, maximum=1_000_000),
                item.quantity("statutory_share", unit="share", minimum=0.0, maximum=1.0),
                item.quantity("rate_ratio", unit="ratio", minimum=0.0, maximum=1000.0, default=ONE),
                mix,
                item.whole_number("priority", default=1),
            )
        )
    if not rows and reader.present and reader.has("cohort"):
        reader.problem("cohort", "the cohort table has no rows")
    return tuple(rows)


def read_mixes(reader: Reader, offence_types: Sequence[str]) -> dict[str, OffenceMix]:
    """Offence mixes by name, each with a cheaper and a dearer one as its range."""
    mixes = {}
    for name, section in reader.sections("offence_mixes").items():
        section.only(("shares", "cheaper", "dearer", "standing", "source", "where", "why"))
        shares = read_shares(section, "shares", offence_types)
        mixes[name] = OffenceMix(
            name,
            shares,
            read_shares(section, "cheaper", offence_types) if section.has("cheaper") else shares,
            read_shares(section, "dearer", offence_types) if section.has("dearer") else shares,
            str(section.standing()),
            section.source(default=""),
            section.text("where", default=" ").strip(),
            section.text("why"),
        )
    return mixes


def read_shares(section: Reader, name: str, offence_types: Sequence[str]) -> Mapping[str, float]:
    """Shares by offence type that sum to one."""
    inside = section.at(name)
    inside.only(offence_types)
    shares = {kind: inside.share(kind) for kind in inside.names}
    total = sum(shares.values())
    if section.has(name) and abs(total - 1.0) > SUM_TOLERANCE:
        section.problem(name, f"the shares sum to {total:.6g}, not 1", f"Change one of them by {1.0 - total:+.6g}.")
    return shares


def read_bands(reader: Reader) -> tuple[SentenceBand, ...]:
    """Sentence bands whose shares sum to one."""
    bands = []
    for item in reader.items("sentence_bands"):
        item.only(("name", "share", "from_months", "to_months"))
        low = item.number("from_months", above=0.0)
        high = item.number("to_months", minimum=low)
        bands.append(SentenceBand(item.text("name"), item.share("share"), low, high))
    total = sum(band.share for band in bands)
    if bands and abs(total - 1.0) > SUM_TOLERANCE:
        reader.problem("sentence_bands", f"the shares sum to {total:.6g}, not 1", f"Change one by {1.0 - total:+.6g}.")
    if len(bands) > MOST_SENTENCE_BANDS:
        reader.problem("sentence_bands", f"{len(bands)} bands; at most {MOST_SENTENCE_BANDS} are possible")
    return tuple(bands)


def read_bands_from(reader: Reader) -> Provenance:
    """Where the sentence bands come from."""
    section = reader.at("sentence_bands_source")
    section.only(("standing", "source", "where", "why"))
    return Provenance(
        str(section.standing()),
        section.source(default=""),
        section.text("where", default=" ").strip(),
        section.text("why"),
    )
