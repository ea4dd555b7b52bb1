"""What is behind any figure of the answers.

``behind(answers, path)`` says what a number means, in what unit, how it was made, and on which inputs it rests: moving
one of them may move it, moving any other never does. ``rests`` is the rule of what rests on what.
"""

from simulator.report.behind.background import Background, behind
from simulator.report.behind.figure import Behind, Mark, Source

__all__ = ["Background", "Behind", "Mark", "Source", "behind"]
