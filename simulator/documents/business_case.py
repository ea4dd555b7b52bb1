"""The business case: the economic and the financial case of a Five Case Model business case, ready to be pasted into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.charts.figures import npsv_picture
from simulator.charts.style import Chart
from simulator.charts.sweeps.pictures import Picture
from simulator.charts.sweeps.tornado import tornado_picture
from simulator.documents.contents import Block, Document, Paragraph, Section
from simulator.documents.remaining import with_names
from simulator.documents.sections import economic, financial, method, summary, unvalued
from simulator.documents.sections.material import Material, material_of
from simulator.report import mark_words, text, verdicts


def business_case_of(answers: Mapping[str, Any], charts: Sequence[Chart] = ()) -> Document:
    """The business case of one scenario.

    Args:
        answers: as JSON has them. ``comparison`` is needed; without ``budget`` there is no financial case; ``chances``,
            ``tornado``, ``decision`` and ``regression`` each bring their part.
        charts: the figures of ``case_pictures``, each above its table; a table whose figure is missing stands alone.
    """
    material = material_of(answers, charts)
    cases = (economic_case(material), financial.financial_case(material), method.references(material))
    title = f"{material.comparison['title']}: economic and financial case"
    return with_names(Document(title, opening(material), tuple(case for case in cases if case is not None)))


def case_pictures(answers: Mapping[str, Any]) -> list[Picture]:
    """The figures of the business case, in both formats: NPSV by choice, and the widest bars of the tornado."""
    found = [npsv_picture(answers["comparison"], text.pounds)]
    if "tornado" in answers:
        top = {**answers["tornado"], "bars": answers["tornado"]["bars"][: economic.BARS]}
        drawn = tornado_picture(top, text.pounds, bare=True)
        found.append(Picture(drawn.chart._replace(name=economic.TOP_TORNADO), drawn.png))
    return found


def opening(material: Material) -> tuple[Block, ...]:
    """What this is, the sentence to quote, and the few figures that carry it; no number here is without a name."""
    budget = material.answer("budget")
    marks = mark_words.explained(material.comparison)
    cash = financial.gap_words(material, financial.cash_arm(material))[:1] if budget else []
    return (
        Paragraph(summary.subtitle(material), "subtitle"),
        Paragraph(verdicts.headline(material.comparison), "headline"),
        *([Paragraph(marks, "small")] if marks else []),
        summary.key_figures(material),
        *(Paragraph(sentence) for sentence in cash),
        Paragraph(
            "These are sections for a business case after the Green Book's Five Case Model, made from a simulation. Every "
            "figure has an identifier in `figures.csv`, from which it can be computed again."
        ),
    )


def economic_case(material: Material) -> Section:
    """The economic case, in the order in which an approver reads it."""
    return Section(
        "economic-case",
        "Economic case",
        (
            economic.question(material),
            economic.options(material),
            economic.appraisal(material),
            economic.wording(material),
            unvalued.unvalued(material),
            economic.optimism_bias(material),
            economic.sensitivity(material),
            economic.regression(material),
            method.method(material),
            method.limits(material),
        ),
    )
