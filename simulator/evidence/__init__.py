"""Published figures, evaluations and fits as typed records, from the folder ``evidence``."""

from simulator.evidence.correlations import correlated, square_root
from simulator.evidence.effects import RATIOS, Effect, load_effects
from simulator.evidence.figures import catalogue
from simulator.evidence.fit_files import FITS_FOLDER, fit_of, known_fits, load_fit, load_fits
from simulator.evidence.fit_text import write_fit
from simulator.evidence.fits import (
    PARAMETERS,
    READINGS,
    WITH_SPELLS,
    WITHOUT_SPELLS,
    Fit,
    Parameter,
    Reading,
    Target,
)
from simulator.evidence.reports import DESIGNS, EFFECTS_FILE, Figure, Grade, Report, load_report, load_reports

__all__ = [
    "DESIGNS",
    "EFFECTS_FILE",
    "FITS_FOLDER",
    "PARAMETERS",
    "RATIOS",
    "READINGS",
    "WITHOUT_SPELLS",
    "WITH_SPELLS",
    "Effect",
    "Figure",
    "Fit",
    "Grade",
    "Parameter",
    "Reading",
    "Report",
    "Target",
    "catalogue",
    "correlated",
    "fit_of",
    "known_fits",
    "load_effects",
    "load_fit",
    "load_fits",
    "load_report",
    "load_reports",
    "square_root",
    "write_fit",
]
