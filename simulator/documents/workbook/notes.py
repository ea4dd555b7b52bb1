"""The notes of the workbook, numbered as the headings quote them."""

from __future__ import annotations

from simulator.documents.workbook.frame import marks
from simulator.documents.workbook.sheets import Cell, Column, Layout, Sheet, row_of
from simulator.documents.workbook.sums import Sums

NOTES = {
    "inputs": "Cells with a yellow fill and a dark border are inputs: only they are meant to be changed. Every other "
    "amount is a formula that follows them, or a figure of the simulation, which is fixed. To go back, type the value "
    "of the column 'In the run'.",
    "quantities": "Quantities come from the simulation: means over its runs of what happened in each year. No input of "
    "this workbook changes them. What happens to people does not depend on prices.",
    "discounting": "Present value: an amount of year t is multiplied by 1 / (1 + discount rate) to the power of t − 1; "
    "the first year is not discounted (HM Treasury Green Book).",
    "price base": "Each unit cost stands in the prices of its own year and is brought to the price base by the GDP "
    "deflator: index of the price base over index of its own year.",
    "bias": "Optimism bias raises every programme line that costs more than under the comparator by (1 + optimism bias), "
    "and multiplies every line that gains by (1 − benefit cut). A line that loses, or a programme line that costs "
    "less, counts in full: bias never improves a result. Break-even values, costs per managed offender and the cost of "
    "a line by itself carry no bias; the programme cost that is to be broken even on does.",
    "ratio": "Benefit per £1 is the benefit over the additional programme cost. It is not given where the arm costs no "
    "more than the comparator, where the two cost nearly the same (a difference under 1% of what the dearer spends on "
    "the scheme), or where the simulation's interval of the cost reaches zero. Once an "
    "input is changed the interval is taken at the widest that luck allows, so that no ratio is shown that the program "
    "would refuse for it; the program may give one that is not given here.",
    "intervals": "Intervals are 95% intervals of the run: of the inputs that were drawn, not of everything that is unsure. "
    "They come from the simulation and cannot follow a changed input, so they are shown only while no input is "
    "changed. Noise is the half-width of the simulation's own 95% interval, which more runs narrow.",
    "cash": "Cashable: a budget falls, or spending is avoided. Capacity released: officers', courts' and prisons' time is "
    "freed, and no budget falls unless posts, sittings or wings are closed. Not cashable: harm to victims and lost "
    "output avoided, which is in no agency's budget. The three are never added without saying so.",
    "payback": "Payback is the year by whose end the cumulative balance is not negative, then and at the end of every later "
    "year. The deepest point is the lowest cumulative balance at the end of any year, or nothing where it never falls "
    "below zero.",
    "break-even": "What one proven reoffence costs victims, police and courts is the comparator's cost of crimes, arrests "
    "and court events over its proven reoffences, both discounted. Custody, recall and supervision are left out: they move "
    "with sentencing too. Break-even is the number of proven reoffences to prevent in each managed person-year so that "
    "they pay for the programme.",
    "managed": "A managed person-year is one person managed for one year, in custody or out. Programme cost here is neither "
    "discounted nor raised for optimism bias, since neither are the counts. No cost per reoffence prevented is given "
    "where the number prevented may be nil.",
    "marks": "Signs in headings say what the results below them rest on; the same signs stand beside unit costs.",
    "fiscal": "Net budget impact counts public money only. Counting cash only, it is the cashable benefit less the "
    "programme cost; counting all fiscal benefit, it holds only if all capacity released were turned into cash. The "
    "split has no interval of its own: the interval of NPSV on Summary shows how unsure the benefit is.",
    "social": "Social benefit is the value of physical and emotional harm to victims avoided; economic benefit is their "
    "loss and damage, what is spent in anticipation of crime, and output lost. Harm to health may be discounted at the "
    "Green Book's lower rate, as a sensitivity.",
    "losses": "A negative benefit is a loss: more is spent, or more harm done, than under the comparator.",
    "recalculation": "Amounts were computed by the program and are stored beside the formulas; a spreadsheet program "
    "computes them anew when it opens the file or when an input is changed. No macro is used.",
}
LAYOUT_COLUMNS = (Column("note", "Note", 12), Column("words", "What it says", 120, "wrap"))


def note(name: str) -> str:
    """How a heading quotes a note, such as [note 3]."""
    return f"[note {list(NOTES).index(name) + 1}]"


def texts_of(sums: Sums) -> list[str]:
    """The notes with what holds for this run only added where it belongs."""
    costs, said = sums.costs, dict(NOTES)
    if costs["prison_cost"] == "step_fixed":
        said["quantities"] += " Custody days are those to be paid for where only whole prison wings open or close."
    counted = "one crime for each proven offence" if costs["counting"] == "proven" else "crimes multiplied up"
    said["quantities"] += (
        f" Crimes are counted as {counted} ({costs['counting']} counting, {costs['costing']} costing)."
    )
    if costs["budget_buys_places"]:
        said["quantities"] += (
            " One exception: in this run a yearly budget buys the places, so that dearer staff would mean fewer people "
            "managed. The workbook keeps the people as they are; run the program again to see that."
        )
    said["marks"] += "".join(f" {mark['sign']}: {mark['meaning']}." for mark in marks(sums))
    if sums.unused:
        said["quantities"] += f" Left out, since none occurs in any arm: {', '.join(sums.unused)}."
    return list(said.values())


def notes_sheet(sums: Sums, lead: tuple[Cell, ...]) -> Sheet:
    """The notes as a table."""
    rows = [row_of(f"[note {number}]", words) for number, words in enumerate(texts_of(sums), start=1)]
    layout = Layout("Notes", LAYOUT_COLUMNS, len(lead), len(rows))
    return Sheet(layout, "Notes", "What the figures mean, in numbered notes", lead, rows)
