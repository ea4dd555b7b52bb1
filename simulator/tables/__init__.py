"""Read YAML and CSV strictly, or refuse with file, line and remedy; load the cost tables."""

from simulator.tables.checks import Bounds
from simulator.tables.cost_tables import (
    cost_catalogue,
    load_completion,
    load_crime_costs,
    load_deflators,
    load_offence_types,
    load_rows,
    load_sources,
)
from simulator.tables.crime_costs import Completion, CrimeCosts
from simulator.tables.deflators import Deflators
from simulator.tables.editions import EDITIONS, OffenceType
from simulator.tables.mapping_reader import MappingReader
from simulator.tables.problems import InputProblems, Problem, Problems, did_you_mean, nearest
from simulator.tables.reader import QUANTITY_KEYS, Reader
from simulator.tables.strict_csv import Row, read_csv
from simulator.tables.strict_yaml import Document, read_yaml

__all__ = [
    "EDITIONS",
    "QUANTITY_KEYS",
    "Bounds",
    "Completion",
    "CrimeCosts",
    "Deflators",
    "Document",
    "InputProblems",
    "MappingReader",
    "OffenceType",
    "Problem",
    "Problems",
    "Reader",
    "Row",
    "cost_catalogue",
    "did_you_mean",
    "load_completion",
    "load_crime_costs",
    "load_deflators",
    "load_offence_types",
    "load_rows",
    "load_sources",
    "nearest",
    "read_csv",
    "read_yaml",
]
