"""Figures of small results made by hand, and the words in them."""

from __future__ import annotations

import functools
import xml.etree.ElementTree as ET
from typing import Any

from made_sweeps import (
    MADE,
)

from simulator.charts.sweeps.chances import chances_pictures
from simulator.charts.sweeps.grid import grid_pictures
from simulator.charts.sweeps.pictures import Picture
from simulator.charts.sweeps.structures import structures_picture
from simulator.charts.sweeps.tornado import tornado_picture
from simulator.charts.sweeps.variance import variance_picture
from simulator.report.text import pounds

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {
    "tornado": ["tornado"],
    "grid_line": ["grid"],
    "grid_plane": ["grid"],
    "grid_words": ["grid"],
    "chances": ["psa-npsv", "psa-by-value", "psa-by-cost", "psa-plane", "psa-worth", "psa-study"],
    "variance": ["variance"],
    "structures": ["structures"],
}


def pictures_of(document: dict[str, Any]) -> list[Picture]:
    made: dict[str, Any] = {
        "tornado": lambda: [tornado_picture(document, pounds)],
        "grid": lambda: grid_pictures(document, pounds),
        "psa": lambda: chances_pictures(document, pounds),
        "sobol": lambda: [variance_picture(document)],
        "structure": lambda: [structures_picture(document, pounds)],
    }
    found: list[Picture] = made[document["kind"]]()
    return found


@functools.cache
def pictures(name: str) -> tuple[Picture, ...]:
    return tuple(pictures_of(MADE[name]()))


def words_in(picture: Picture) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture.chart.svg).iter(f"{SVG}text")]


def said_in(picture: Picture) -> str:
    return " ".join(" ".join(words_in(picture)).split())
