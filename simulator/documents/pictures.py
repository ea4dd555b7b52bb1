"""Every figure of the documents in the order of the report, each with its message, its table, and both its formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from simulator.charts.agencies import agencies_picture, kinds_picture
from simulator.charts.agency_years import agency_years_picture
from simulator.charts.arms import headline_arm
from simulator.charts.balance import balance_picture
from simulator.charts.difference import picture as waterfall_picture
from simulator.charts.figures import npsv_picture, offences_picture
from simulator.charts.funding import figures_of
from simulator.charts.lanes import lives_picture
from simulator.charts.occupancy import occupancy_picture
from simulator.charts.style import Chart, described_as
from simulator.charts.sweeps.chances import chances_pictures
from simulator.charts.sweeps.pictures import Picture
from simulator.charts.sweeps.tornado import tornado_picture
from simulator.documents.contents import Table
from simulator.documents.picture_tables import TABLES
from simulator.documents.picture_words import kind_of, message_of
from simulator.report.difference_words import worth_a_table
from simulator.report.named import Number, named, without_names
from simulator.report.text import pounds

Answers = Mapping[str, Any]


class DocumentChart(NamedTuple):
    """A figure as documents need it.

    ``chart`` has name, statistical title, text alternative, SVG and how to read it; ``message`` is what it shows, and like
    the cells of ``table`` may hold named numbers.
    """

    chart: Chart
    png: bytes
    message: str
    table: Table


def document_charts(answers: Answers) -> list[DocumentChart]:
    """Every figure for which there is an answer.

    Args:
        answers: by name, as JSON has them, with named numbers or without.
    """
    plain = unnamed(answers)
    told = {name: named(answer, name) for name, answer in plain.items()}
    return [finished(picture, told) for draw in DRAWINGS for picture in draw(plain)]


def unnamed(answer: Any) -> Any:
    """An answer whose numbers are only numbers."""
    if isinstance(answer, Number):
        return answer.plain()
    if isinstance(answer, Mapping):
        return {key: unnamed(value) for key, value in answer.items()}
    return [unnamed(each) for each in answer] if isinstance(answer, list | tuple) else answer


def finished(picture: Picture, told: Answers) -> DocumentChart:
    """A figure with its message, also as the beginning of its text alternative, and its table."""
    name = picture.chart.name
    message = message_of(name, told)
    chart = described_as(picture.chart, f"{without_names(message)} {picture.chart.description}")
    return DocumentChart(chart, picture.png, message, TABLES[kind_of(name)](name, told))


def of_comparison(*draw: Callable[[Any], Picture]) -> Callable[[Answers], Iterator[Picture]]:
    """Figures of the comparison, in this order."""
    return lambda answers: (each(answers["comparison"]) for each in draw if "comparison" in answers)


def of_chances(answers: Answers) -> Iterator[Picture]:
    """Figures of the draws."""
    if "chances" in answers:
        yield from chances_pictures(answers["chances"], pounds, bare=True)


def of_funding(answers: Answers) -> Iterator[Picture]:
    """Figures of the funding curve."""
    if "funding" in answers:
        yield from (Picture(*each) for each in figures_of(answers["funding"], pounds, bare=True))


def of_agency_years(answers: Answers) -> Iterator[Picture]:
    """Panels by agency and year, where the comparison tells them apart."""
    if "comparison" in answers and headline_arm(answers["comparison"]).get("by_budget"):
        yield agency_years_picture(answers["comparison"], pounds)


def of_whereabouts(answers: Answers) -> Iterator[Picture]:
    """Where people are, and single lives."""
    if "whereabouts" in answers:
        yield occupancy_picture(answers["whereabouts"])
        yield lives_picture(answers["whereabouts"])


def of_difference(answers: Answers) -> Iterator[Picture]:
    """A waterfall for each table of causes."""
    if "difference" in answers:
        for found in worth_a_table(answers["difference"]):
            yield waterfall_picture(answers["difference"], found, pounds, bare=True)


def of_tornado(answers: Answers) -> Iterator[Picture]:
    """One input at a time."""
    if "tornado" in answers:
        yield tornado_picture(answers["tornado"], pounds, bare=True)


DRAWINGS: tuple[Callable[[Answers], Iterator[Picture]], ...] = (
    of_comparison(lambda document: npsv_picture(document, pounds)),
    of_chances,
    of_funding,
    of_comparison(lambda document: agencies_picture(document, pounds)),
    of_agency_years,
    of_comparison(
        lambda document: kinds_picture(document, pounds),
        lambda document: balance_picture(document, pounds),
    ),
    of_whereabouts,
    of_comparison(offences_picture),
    of_difference,
    of_tornado,
)
