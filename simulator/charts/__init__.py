"""Figures of a comparison as SVG, drawn from the results document alone: nothing is recomputed here."""

from simulator.charts.figures import charts_of
from simulator.charts.style import Chart

__all__ = ["Chart", "charts_of"]
