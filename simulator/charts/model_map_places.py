"""Where the model map puts its boxes, frames, arrows and words: set by hand, in inches from the lower left corner."""

from __future__ import annotations

from typing import Final, NamedTuple

from simulator.charts.transitions import (
    ACTIVE,
    EFFECT,
    FADING,
    IN_FORCE,
    JUSTICE,
    NO_EFFECT,
    NOT_MANAGED,
    NOT_STARTED,
    ON_LICENCE,
    PAUSED,
    RAG,
    SCHEME,
    SPELL,
)

HEIGHT: Final = 14.05
Point = tuple[float, float]


class Box(NamedTuple):
    """The middle of a state's box, and its width."""

    across: float
    up: float
    width: float


class Frame(NamedTuple):
    """States that share arrows, and how far their frame stands off their boxes."""

    members: tuple[str, ...]
    off: float


class Course(NamedTuple):
    """Both ends of an arrow, where its words stand and to which side of that place, and letters to a line of them."""

    start: Point
    end: Point
    words: Point
    side: str = "center"
    letters: int = 40


HEADINGS: Final = {
    JUSTICE: (0.1, 13.75),
    SCHEME: (0.1, 9.55),
    RAG: (0.1, 7.40),
    EFFECT: (0.1, 4.30),
    SPELL: (0.1, 1.3),
}
BOXES: Final = {
    JUSTICE: {
        "not yet arrived": Box(1.5, 13.30, 1.65),
        "liberty": Box(1.5, 12.35, 2.1),
        ON_LICENCE: Box(1.5, 11.30, 2.1),
        "arrest": Box(5.6, 12.35, 1.1),
        "custody": Box(5.6, 11.30, 1.1),
        "left the area": Box(1.5, 10.00, 1.5),
    },
    SCHEME: {"pool": Box(0.6, 8.10, 0.8), "managed": Box(2.5, 8.10, 1.2), "deselected": Box(5.8, 8.10, 1.4)},
    RAG: {
        NOT_MANAGED: Box(0.8, 5.85, 1.4),
        "RED": Box(2.65, 6.85, 0.8),
        "BLUE": Box(2.65, 5.00, 0.8),
        "AMBER": Box(4.87, 6.80, 0.9),
        "AMBER+": Box(5.93, 6.80, 0.95),
        "GREEN": Box(5.36, 5.85, 1.0),
        "REACTIVE MANAGEMENT": Box(5.36, 5.00, 2.3),
    },
    EFFECT: {
        NO_EFFECT: Box(0.75, 2.85, 1.2),
        NOT_STARTED: Box(3.3, 3.80, 1.7),
        IN_FORCE: Box(5.9, 2.85, 1.1),
        FADING: Box(3.3, 1.95, 1.0),
    },
    SPELL: {ACTIVE: Box(3.0, 1.15, 1.1), PAUSED: Box(5.6, 1.15, 1.1)},
}
FRAMES: Final = {
    JUSTICE: {
        "at liberty": Frame(("liberty", ON_LICENCE), 0.15),
        "held": Frame(("arrest", "custody"), 0.15),
    },
    SCHEME: {},
    RAG: {
        "at liberty": Frame(("AMBER+", "AMBER", "GREEN", "REACTIVE MANAGEMENT"), 0.16),
        "amber": Frame(("AMBER+", "AMBER"), 0.09),
    },
    EFFECT: {},
    SPELL: {},
}
COURSES: Final = {
    (JUSTICE, "not yet arrived", "liberty"): Course((1.5, 13.09), (1.5, 12.57), (1.58, 12.83), "left"),
    (JUSTICE, "at liberty", "arrest"): Course((2.72, 12.47), (5.04, 12.47), (3.8, 12.53)),
    (JUSTICE, "arrest", "at liberty"): Course((5.04, 12.23), (2.72, 12.23), (3.8, 11.95)),
    (JUSTICE, "arrest", "custody"): Course((5.6, 12.13), (5.6, 11.52), (5.67, 11.73), "left", 6),
    (JUSTICE, "custody", "at liberty"): Course((5.04, 11.42), (2.72, 11.42), (3.8, 11.48)),
    (JUSTICE, ON_LICENCE, "custody"): Course((2.56, 11.18), (5.04, 11.18), (3.8, 10.90)),
    (JUSTICE, ON_LICENCE, "liberty"): Course((1.5, 11.52), (1.5, 12.13), (1.58, 11.73), "left"),
    (JUSTICE, "at liberty", "left the area"): Course((1.5, 10.93), (1.5, 10.22), (1.58, 10.42), "left", 20),
    (JUSTICE, "held", "left the area"): Course((5.6, 10.93), (2.26, 9.95), (4.3, 10.2), "left"),
    (SCHEME, "pool", "managed"): Course((1.01, 8.10), (1.9, 8.10), (1.45, 8.16)),
    (SCHEME, "managed", "deselected"): Course((3.11, 8.20), (5.1, 8.20), (2.3, 8.38), "left", 44),
    (SCHEME, "deselected", "managed"): Course((5.1, 8.00), (3.11, 8.00), (4.1, 7.71)),
    (RAG, NOT_MANAGED, "RED"): Course((1.0, 6.07), (2.24, 6.81), (1.5, 6.48), "right"),
    (RAG, NOT_MANAGED, "BLUE"): Course((1.0, 5.63), (2.24, 5.05), (1.5, 5.08), "right"),
    (RAG, NOT_MANAGED, "AMBER"): Course((1.51, 5.85), (4.5, 6.58), (2.75, 5.95), "left"),
    (RAG, "at liberty", "RED"): Course((4.04, 6.97), (3.06, 6.97), (3.55, 7.03), "center", 10),
    (RAG, "RED", "amber"): Course((3.06, 6.77), (4.31, 6.77), (3.54, 6.5)),
    (RAG, "RED", "BLUE"): Course((2.65, 6.63), (2.65, 5.22), (2.58, 5.4), "right"),
    (RAG, "at liberty", "BLUE"): Course((4.04, 4.9), (3.06, 4.9), (3.54, 4.42), "center", 12),
    (RAG, "BLUE", "amber"): Course((3.06, 5.07), (4.55, 6.49), (3.52, 5.6), "right"),
    (RAG, "amber", "GREEN"): Course((5.36, 6.49), (5.36, 6.07), (5.44, 6.17), "left"),
    (RAG, "GREEN", "REACTIVE MANAGEMENT"): Course((5.36, 5.63), (5.36, 5.22), (5.44, 5.32), "left"),
    (EFFECT, NO_EFFECT, NOT_STARTED): Course((0.65, 3.07), (2.44, 3.85), (1.45, 3.52), "right"),
    (EFFECT, NOT_STARTED, NO_EFFECT): Course((2.65, 3.58), (1.0, 3.07), (2.0, 3.17), "left"),
    (EFFECT, NOT_STARTED, IN_FORCE): Course((4.16, 3.80), (5.9, 3.07), (5.15, 3.55), "left"),
    (EFFECT, NO_EFFECT, IN_FORCE): Course((1.36, 2.93), (5.34, 2.93), (4.2, 2.98)),
    (EFFECT, IN_FORCE, NO_EFFECT): Course((5.34, 2.75), (1.36, 2.75), (2.6, 2.47)),
    (EFFECT, IN_FORCE, FADING): Course((6.0, 2.63), (3.81, 1.85), (5.1, 1.7), "left", 18),
    (EFFECT, FADING, IN_FORCE): Course((3.81, 2.05), (5.6, 2.63), (4.5, 2.42), "right"),
    (EFFECT, FADING, NO_EFFECT): Course((2.79, 1.95), (0.75, 2.63), (1.62, 1.64), "right", 18),
    (SPELL, ACTIVE, PAUSED): Course((3.56, 1.23), (5.04, 1.23), (4.3, 1.29)),
    (SPELL, PAUSED, ACTIVE): Course((5.04, 1.07), (3.56, 1.07), (4.3, 0.78)),
}
