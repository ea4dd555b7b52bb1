"""The chart of ``bench``: cost of an event as the number of people grows."""

from __future__ import annotations

from typing import Any

from simulator.charts.style import DARK_BLUE, ORANGE, Chart, canvas, chart_of, house_style

ENGINES = (("simpy_ns_per_event", "SimPy", ORANGE), ("compiled_ns_per_event", "compiled", DARK_BLUE))
TITLE = "Nanoseconds per event by number of people, one core, both axes logarithmic"


def growth_chart(document: dict[str, Any]) -> Chart:
    """One line for each engine, labelled at its end."""
    words = []
    with house_style("growth"):
        figure, axes = canvas(4.5, 1.0, 1.6)
        for name, label, colour in ENGINES:
            points = [(row["people"], row[name]) for row in document["by_people"] if row[name] is not None]
            axes.loglog([people for people, _ in points], [cost for _, cost in points], color=colour, marker="o")
            axes.annotate(f"  {label}", points[-1], color=colour, va="center")
            words.append(f"{label}: " + ", ".join(f"{cost:g} ns with {people:,} people" for people, cost in points))
        axes.grid(axis="y")
        axes.set_xlabel("People in the pool")
        axes.set_ylabel("Nanoseconds per event")
        return chart_of(figure, "growth", TITLE, "; ".join(words) + ".")
