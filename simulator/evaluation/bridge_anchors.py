"""What else is known of the cost of managing one person for a year: ranges to hold the solved cost against."""

from __future__ import annotations

from typing import NamedTuple

from simulator.appraisal.library import Library

PRESS = "sanity_sussex_cost_per_offender_year"
HOUR, HOURS_A_YEAR = "police_officer_hour", "working_hours_year"
# People to an offender manager; no source at hand gives a caseload, 15 to 20 is assumed. Sussex's scenario has 18.6.
CASELOADS = (20.0, 15.0)


class Anchor(NamedTuple):
    """A range of pounds per offender-year, in its own price year and in the report's."""

    name: str
    low: float
    high: float
    price_year: str
    low_then: float
    high_then: float
    standing: str
    why: str

    def holds(self, gbp: float) -> bool:
        """Whether an amount in the report's prices lies in the range."""
        return self.low_then <= gbp <= self.high_then


def anchors_of(library: Library, report_year: str) -> tuple[Anchor, ...]:
    """The press's figure turned round, and an officer's year over a caseload."""

    def anchor(name: str, low: float, high: float, year: str, standing: str, why: str) -> Anchor:
        factor = library.deflators.factor(year, report_year)
        return Anchor(name, low, high, year, low * factor, high * factor, standing, why)

    press, hour = library.programme[PRESS], library.programme[HOUR]
    officer_year = hour.value * library.programme[HOURS_A_YEAR].value
    low, high = (officer_year / people for people in CASELOADS)
    return (
        anchor(
            "press figure of 1.78 per £1, turned round",
            press.low or press.value,
            press.high or press.value,
            str(press.price_year),
            str(press.standing),
            f"{press.why}. Too loose for more than a sanity range",
        ),
        anchor(
            "bottom up, police time only",
            low,
            high,
            str(hour.price_year),
            "assumed",
            f"£{hour.value:.2f} an hour ({hour.standing}) x {library.programme[HOURS_A_YEAR].value:,.0f} hours (assumed) "
            f"over an assumed caseload of {CASELOADS[1]:.0f} to {CASELOADS[0]:.0f}",
        ),
    )
