"""The assurance pack: every log of a report, in the order in which an assurer reads them."""

from __future__ import annotations

from simulator.charts.model_map import TABLE_HEADINGS, TITLE, transition_rows
from simulator.documents.assurance.assumptions import assumptions_log
from simulator.documents.assurance.decisions import decision_log
from simulator.documents.assurance.logs import Answers, Log, log_of
from simulator.documents.assurance.quality import qa_log
from simulator.documents.assurance.risks import risk_log
from simulator.documents.assurance.sources import data_log
from simulator.documents.assurance.stress import stress_table

MAP_ABOUT = (
    "Each row is a step within one part of a person's state; any one of the events makes it. The map is held against "
    "simulated lives by the program's tests: it has every step that lives take, and no other.",
    "A hazard clock may ring at any time, a fixed clock rings on its date; a selection and the close of the scheme "
    "are done to a person. RAG status ends with the stay, whatever it was: the ways out stand under the scheme state.",
)


def logs_of(answers: Answers) -> tuple[Log, ...]:
    """Every log, from a comparison and whichever other answers there are: tornado, chances, regression and so on.

    Args:
        answers: what docs/json.md describes, by name; ``comparison`` has to be among them.
    """
    return (
        assumptions_log(answers),
        data_log(answers),
        decision_log(answers),
        qa_log(answers),
        risk_log(answers),
        stress_table(answers),
        model_map_table(),
    )


def model_map_table() -> Log:
    """The table beneath the model map; the same in every report."""
    rows = [list(row.values()) for row in transition_rows()]
    return log_of("model_map", TITLE, MAP_ABOUT, TABLE_HEADINGS, rows)
