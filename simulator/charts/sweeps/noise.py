"""One size of simulation noise for all words and figures of sweeps."""

from __future__ import annotations

import math

from simulator.appraisal.intervals import student_t


def half_width_of(replications: int) -> float:
    """Standard errors on either side of a mean over replications that hold 95% of luck, as `compare` has them.

    Student t with one degree of freedom less than there are replications; infinite for a single one, which knows no noise.
    """
    return student_t(replications - 1) if replications > 1 else math.inf
