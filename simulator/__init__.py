"""Is Integrated Offender Management worth its money? A simulation with sourced costs."""

__version__ = "0.1.0"
