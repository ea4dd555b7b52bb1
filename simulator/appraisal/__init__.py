"""Each arm against the comparator: NPSV, benefit per £1, intervals, break-even, payback."""
