"""The report: which sections it has, in the order in which a commissioner asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.charts.style import Chart
from simulator.documents.contents import Document, Section
from simulator.documents.marking import signs_by, with_signs
from simulator.documents.remaining import with_names
from simulator.documents.sections import (
    assurance,
    choices,
    evidence,
    financial,
    funding,
    inputs,
    money,
    people,
    reoffending,
    summary,
    uncertainty,
)
from simulator.documents.sections.material import Material, material_of
from simulator.report.behind import Background

# In this order. A section whose answer was not made says nothing.
SECTIONS: tuple[Callable[[Material], Section | None], ...] = (
    summary.before_you_quote,
    choices.funding_choices,
    uncertainty.chances,
    choices.break_even,
    funding.funding_curve,
    money.who_pays,
    money.payback,
    financial.financial_case,
    people.whereabouts,
    reoffending.offences_by_year,
    reoffending.by_cause,
    evidence.regression_to_the_mean,
    evidence.effect_in_use,
    uncertainty.one_at_a_time,
    uncertainty.what_would_change_it,
    choices.readings,
    inputs.unit_costs,
    inputs.inputs,
    assurance.audit_flags,
    assurance.assumptions,
    assurance.model_map,
    assurance.stress_des,
    inputs.record,
)
FOLDED = ("unit-costs", "inputs", "audit", "assumptions", "model-map", "stress-des", "record")


def report_of(
    answers: Mapping[str, Any], charts: Sequence[Chart], inputs_digest: str = "", background: Background | None = None
) -> Document:
    """The report of one scenario, from its answers as JSON has them.

    Args:
        inputs_digest: digest of the bundled inputs, where there are any.
        background: what stands behind each figure, if it is known already.
    """
    material = material_of(answers, charts, inputs_digest)
    found = [section(material) for section in SECTIONS]
    made = with_names(
        Document(
            material.comparison["title"],
            summary.lead(material),
            tuple(section for section in found if section is not None),
            FOLDED,
        )
    )
    return with_signs(made, signs_by(background or Background(answers)))
