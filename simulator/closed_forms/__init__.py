"""Closed forms and near-closed forms: referees of the simulation, and the source of its fitted rates.

Plain arithmetic, independent of the simulation's rules. Each function says what it leaves out.
"""

from simulator.closed_forms.custody import (
    NO_CUSTODY,
    Band,
    Custody,
    custody_share,
    liberty_share,
    mean_served_years,
    occasions_in_window,
    stationary_occasions,
)
from simulator.closed_forms.fits import (
    Fit,
    Reported,
    fitted,
    rate_before_after,
    rate_of_those_with_any,
)
from simulator.closed_forms.frailty import (
    ALWAYS_ACTIVE,
    Spells,
    days_to_first,
    gamma_nodes,
    occasion_count_moments,
    offence_moments,
    reoffending_rate,
    survival,
    survival_of,
)
from simulator.closed_forms.places import engset, erlang_b, erlang_c, erlang_c_wait
from simulator.closed_forms.selection import (
    expected_after,
    mean_given_any,
    occasions_after,
    rate_from_after,
    share_with_before,
    top_share_before,
)
from simulator.closed_forms.studies import (
    LogRatio,
    annuity,
    error_of,
    error_per_reoffender,
    frequency_ratio,
    pooled,
    power_of,
    ratio_of_parts,
    sample_size,
)

__all__ = [
    "ALWAYS_ACTIVE",
    "NO_CUSTODY",
    "Band",
    "Custody",
    "Fit",
    "LogRatio",
    "Reported",
    "Spells",
    "annuity",
    "custody_share",
    "days_to_first",
    "engset",
    "erlang_b",
    "erlang_c",
    "erlang_c_wait",
    "error_of",
    "error_per_reoffender",
    "expected_after",
    "fitted",
    "frequency_ratio",
    "gamma_nodes",
    "liberty_share",
    "mean_given_any",
    "mean_served_years",
    "occasion_count_moments",
    "occasions_after",
    "occasions_in_window",
    "offence_moments",
    "pooled",
    "power_of",
    "rate_before_after",
    "rate_from_after",
    "rate_of_those_with_any",
    "ratio_of_parts",
    "reoffending_rate",
    "sample_size",
    "share_with_before",
    "stationary_occasions",
    "survival",
    "survival_of",
    "top_share_before",
]
