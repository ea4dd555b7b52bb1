"""What a poor prediction means for those who use the model: said beside it, never explained away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.evaluation.lines import PREDICTED, Line

FAR = 2.0  # standard errors
# Figures by what they are of, and what it means when the model is far from them.
MEANINGS: tuple[tuple[str, str], ...] = (
    (
        r"table_[45]\.(overall|over_12)",
        "Severity: the assumed mix of offences, or the assumed tiers, have more serious offences than the report."
        " Benefits in pounds hang on that mix; `assumptions` shows by how much.",
    ),
    (
        r"table_6\.(overall|over_12).*more_severe",
        "First reoffences graver than the original: the model draws every offence from the same mix, so it has as"
        " many graver as lighter ones. It says nothing of escalation.",
    ),
    (
        r"table_7\.(overall|over_12)|table_6\.(national|regional)",
        "Custody for the first reoffence: the model has one chance for all later occasions. The fall it shows "
        "among the treated is larger than the report's, so days in custody saved are, if anything, overstated.",
    ),
    (
        r"table_3|standard_deviation_of_days|implied standard deviation of days",
        "Days to the first reoffence: the model's people reoffend later than the report's, so early relapse is "
        "understated.",
    ),
    (
        r"implied standard deviation of offences",
        "Spread of offences: people differ more, or less, in the model than in the report; who is chosen then "
        "matters more, or less, than it should.",
    ),
    (
        r"in_custody|\.custody\.|at_liberty|\.community\.",
        "Share in custody: many more of the report's people are in custody than the model has. Sentences longer "
        "than those of Southwark's index offences, or a scheme that keeps its people in custody on its list, "
        "would explain it. Days in custody and what they cost are then understated in every arm.",
    ),
    (
        r"reoffenders_before|prior_offences|reconvicted\.before",
        "People who offended before: the model takes people on arrests or offences on record, a real scheme on "
        "intelligence and referral as well. Less of the fall is then selection than the model shows.",
    ),
    (
        r"reoffenders_after|reconvicted\.after|no_change|reduced_or_stopped|reconvicted\.reduction|decrease_in_reoffenders",
        "People who still offend, or changed: the model stops too many, or too few, people altogether. Falls in "
        "offences and in people do not go together as in the report.",
    ),
    (
        r"burglar",
        "Burglary: the assumed mix spreads burglary over more people than the report, so burglars are too many "
        "with too few each.",
    ),
    (
        r"priority\.before|enhanced\.before",
        "Priority and Enhanced: the two groups differ more in the report than the rates that their second year "
        "asks for.",
    ),
)


def meanings_of(lines: Sequence[Line]) -> list[str]:
    """What the misses of over two standard errors among predicted figures mean, each said once."""
    far = [line.figure for line in lines if line.role == PREDICTED and abs(line.miss_in_standard_errors or 0.0) > FAR]
    return [said for pattern, said in MEANINGS if any(re.search(pattern, figure) for figure in far)]
