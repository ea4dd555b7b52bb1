"""Live ratios and intervals: the run's own while no input is changed; a ratio or a plain statement afterwards.

After a change the noise of a denominator is taken at the most it can be, so that no ratio is shown that the program would
refuse for its noise; now and then the program would give one that is refused here.
"""

from __future__ import annotations

from typing import NamedTuple

from simulator.appraisal.results import TRIVIAL_SHARE
from simulator.documents.workbook.frame import NO_LONGER
from simulator.documents.workbook.run_results import NOT_GIVEN
from simulator.documents.workbook.sheets import Cell, Layout, Plain, quoted

CHEAPER = "It costs no more than the comparator: there is nothing to divide by."
NOISY = "Luck may be all of the cost at these inputs: run the program again to know."
NEARLY = "The two cost nearly the same, so a ratio would say nothing: compare their NPSV."
GIVEN = "–"


class Division(NamedTuple):
    """A ratio of two cells. ``reason`` is a cell of the run: why it gives no ratio, or a dash.

    ``noise`` is the most that the half-width of the bottom's interval can be, ``whole`` what the dearer arm spends, where a
    trivial part of it is refused; both as formulas.
    """

    top: str
    bottom: str
    reason: str
    noise: str
    whole: str = ""

    def decided(self, kept: str, cheaper: str, noisy: str, nearly: str, ratio: str) -> str:
        """One answer for each case, as a formula."""
        unchanged = f"IF({self.reason}<>{quoted(GIVEN)},{kept},{ratio})"
        last = f"IF({self.bottom}<{TRIVIAL_SHARE}*{self.whole},{nearly},{ratio})" if self.whole else ratio
        after = f"IF({self.bottom}<=0,{cheaper},IF({self.bottom}<={self.noise},{noisy},{last}))"
        return f'=IF(inputs_changed="no",{unchanged},{after})'


def ratio_cell(division: Division, value: float | None) -> Cell:
    """The ratio, or that none is given."""
    no = quoted(NOT_GIVEN)
    ratio = f"{division.top}/{division.bottom}"
    return Cell(NOT_GIVEN if value is None else value, division.decided(no, no, no, no, ratio))


def reason_cell(division: Division, reason: str | None) -> Cell:
    """Why no ratio is given; a dash where one is."""
    words = (quoted(each) for each in (CHEAPER, NOISY, NEARLY, GIVEN))
    return Cell(reason or GIVEN, division.decided(division.reason, *words))


def interval_cells(run: Layout, row: int, keys: tuple[str, str], values: tuple[Plain, Plain]) -> tuple[Cell, Cell]:
    """Both ends of an interval of the run, while no input is changed."""
    low, high = (
        Cell(value, f'=IF(inputs_changed="no",{run.at(key, row)},{quoted(NO_LONGER)})')
        for key, value in zip(keys, values, strict=True)
    )
    return low, high
