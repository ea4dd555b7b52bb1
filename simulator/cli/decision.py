"""``decision``: what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.main import app
from simulator.cli.options import (
    CostingName,
    CostTableName,
    CountingName,
    EffectName,
    EngineName,
    Format,
    Formatted,
    PriceBase,
    Seed,
    Set,
    Workers,
    as_settings,
    check_draws,
    chosen_engine,
    chosen_replications,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.report.decision import Findings
    from simulator.uncertainty.decision import Setting

REPLICATIONS = 40  # at each end of each range
DRAW_REPLICATIONS = 5  # of each draw; their noise is taken out of the spread


@app.command()
def decision(
    scenario: Annotated[
        str, typer.Argument(help="Scheme or scenario file, or scheme:arm for one arm against the comparator.")
    ] = "bedfordshire",
    replications: Annotated[
        int | None,
        typer.Option(
            "--replications", "-n", min=2, max=1_000_000, help="At each point.", show_default="40 compiled, 20 simpy"
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws", min=0, max=1_000_000, help="Draws of everything, 20 or more, for the commonest pair; 0 for none."
        ),
    ] = 300,
    seed: Seed = 1,
    comparator: Annotated[
        str | None, typer.Option("--comparator", help="Arm that the others are compared with.")
    ] = None,
    workers: Workers = 0,
    engine: EngineName = None,
    effect: EffectName = None,
    cost_table: CostTableName = None,
    price_base: PriceBase = None,
    counting: CountingName = None,
    costing: CostingName = None,
    settings: Set = None,
    form: Formatted = Format.TABLE,
) -> None:
    """What would change this decision: the smallest move of one input, or two, that makes another choice preferred."""
    from simulator.appraisal.loading import load
    from simulator.cli.loading import waiting
    from simulator.report.decision import document_of
    from simulator.uncertainty.decision import Setting
    from simulator.uncertainty.inputs import uncertain_inputs
    from simulator.uncertainty.outcomes import Variant

    check_draws(draws)
    named = as_settings(settings, effect, cost_table, price_base, counting, costing)
    (loaded,), library = load([scenario], named, comparator)
    chosen = chosen_engine(engine)
    number = chosen_replications(replications, chosen, REPLICATIONS)
    inputs = uncertain_inputs(loaded, library)
    setting = Setting(Variant(loaded, library), inputs, number, seed, chosen, workers)
    with waiting(f"Moving every input of {loaded.name}") as say:
        document = document_of(setting, found_by(setting, draws, say))
    typer.echo(shown(document, form))


def found_by(setting: Setting, draws: int, say: Callable[[str], object]) -> Findings:
    """Ends, switches, pairs and draws, one after another."""
    from simulator.report.decision import Findings
    from simulator.uncertainty.commonest import CANDIDATES, commonest_pair, drawn_of
    from simulator.uncertainty.decision import ends_of
    from simulator.uncertainty.probabilistic import trials_of
    from simulator.uncertainty.switching import influential, nearest_pairs, single_switches

    inputs, scenario = setting.inputs, setting.variant.scenario
    base, ends = ends_of(inputs, setting.at)
    say("Looking for switching values")
    singles = single_switches(base, ends, setting.at)
    say("Moving two inputs at once")
    pairs = nearest_pairs(base, ends, setting.at)
    say(f"Drawing everything {draws:,} times")
    trials = trials_of(setting.variant, inputs, draws, DRAW_REPLICATIONS, setting.seed)
    standings = setting._replace(replications=DRAW_REPLICATIONS).of(trials)
    drawn = drawn_of(standings, [trial.point for trial in trials], inputs, scenario.mixes)
    common = commonest_pair(drawn, base.preferred, influential(base, ends, CANDIDATES))
    return Findings(base, ends, singles, pairs, drawn, common, DRAW_REPLICATIONS)


def shown(document: dict[str, Any], form: Format) -> str:
    """The answer in the chosen format."""
    import json

    from simulator.report.decision import decision_rows
    from simulator.report.decision_words import decision_text
    from simulator.report.text import rendered

    if form is Format.JSON:
        return json.dumps(document, indent=2, ensure_ascii=False)
    return rendered(decision_rows(document), "csv") if form is Format.CSV else decision_text(document)
