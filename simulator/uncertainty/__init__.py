"""Draws over what is uncertain: chances, which inputs matter, and what finding out is worth.

From the ground up: ``inputs`` (what is uncertain), ``spreads`` and ``factors`` (how it is drawn), ``points`` (a scenario
with values moved), ``outcomes`` (trials, and what comes out), ``jobs`` and ``kept`` (run and kept, with ``recipes`` and
``cluster``).

Methods: ``tornado``, ``grids``, ``structures``, ``probabilistic`` with ``chances``, ``noise``, ``worths`` with
``information`` and ``smoothing``, ``variance`` with ``indices``; put together by ``sweeps``. ``reach`` finds inputs that
reach no result.

Questions: ``difference`` (with ``causes``, ``states``), ``decision`` (with ``switching``, ``commonest``),
``funding_curve`` (with ``funding_levels``) and ``budget_split`` (with ``cohort_schemes``).
"""
