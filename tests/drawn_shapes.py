"""What an SVG figure holds, read from the file itself: texts with their extent, shapes with their colours and marks."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple

from simulator.charts.style import text_inches

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Text(NamedTuple):
    """A text with its extent in points, measured in a typeface that is wider than those it is shown in."""

    words: str
    box: Box
    size: float
    angle: float
    colour: str
    sans: bool


class Shape(NamedTuple):
    """A shape in points. ``mark`` names the outline of a mark, ``pattern`` says that the fill has lines or dots in it."""

    points: tuple[Point, ...]
    fill: str
    stroke: str
    width: float
    dashed: bool
    mark: str
    pattern: bool

    @property
    def box(self) -> Box:
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def is_bar(self) -> bool:
        corners = set(self.points)
        return not self.mark and self.fill != "none" and len(corners) == 4 == len({x for x, _ in corners}) * 2


def root_of(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def styles(element: ET.Element) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in (element.get("style") or "").split(";") if ":" in part)
    return {name.strip(): value.strip().lower() for name, value in pairs}


def texts_of(svg: str) -> list[Text]:
    return [text_of(element) for element in root_of(svg).iter(f"{SVG}text") if (element.text or "").strip()]


def text_of(element: ET.Element) -> Text:
    style, words = styles(element), element.text or ""
    font = style.get("font", "")
    found = re.search(r"([\d.]+)px", style.get("font-size", font))
    size = float(found[1]) if found else 0.0
    transform = element.get("transform") or ""
    moved = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", transform)
    turned = re.search(r"rotate\(([-\d.]+)", transform)
    x, y = (moved[1], moved[2]) if moved else (element.get("x") or "0", element.get("y") or "0")
    bold = re.search(r"\b(bold|[6-9]00)\b", f"{style.get('font-weight', '')} {font}") is not None
    width = 72.0 * text_inches(words, size, bold)
    left = float(x) - width * {"middle": 0.5, "end": 1.0}.get(style.get("text-anchor", "start"), 0.0)
    box = (left, float(y) - 0.72 * size, left + width, float(y) + 0.2 * size)
    sans = "sans-serif" in style.get("font-family", font)
    return Text(words, box, size, float(turned[1]) % 360.0 if turned else 0.0, style.get("fill", "#000000"), sans)


def shapes_of(svg: str) -> list[Shape]:
    """Every shape but those of the axes (ticks, grids and spines) and the backgrounds of figure and axes."""
    root = root_of(svg)
    outlines = {element.get("id"): element for element in root.iter(f"{SVG}path") if element.get("id")}
    patterns = {f"url(#{element.get('id')})": element for element in root.iter(f"{SVG}pattern")}
    made = []
    for element in drawn(root):
        source = outlines.get((element.get(HREF) or "").lstrip("#")) if element.tag == f"{SVG}use" else element
        if source is not None:
            made.append(shape_of(element, source, patterns))
    return made


def drawn(element: ET.Element, inside: str = "") -> Iterator[ET.Element]:
    """Paths and their uses, in the order in which they are painted."""
    name = (element.get("id") or "").partition("-")[2] or element.get("id") or ""
    if "matplotlib.axis" in (element.get("id") or "") or element.tag == f"{SVG}defs":
        return
    if element.tag in (f"{SVG}path", f"{SVG}use"):
        yield element
        return
    for place, child in enumerate(element):
        is_ground = re.search(r"(figure|axes)_\d+$", inside or name) and place == 0 and element.tag == f"{SVG}g"
        ground = is_ground and re.search(r"patch_\d+$", child.get("id") or "") and is_white(child)
        if not ground:
            yield from drawn(child, child.get("id") or "")


def is_white(group: ET.Element) -> bool:
    return all(styles(path).get("fill") == "#ffffff" for path in group.iter(f"{SVG}path"))


def shape_of(element: ET.Element, source: ET.Element, patterns: dict[str, ET.Element]) -> Shape:
    style = {**styles(source), **styles(element)}
    fill, pattern = style.get("fill", "#000000") if style.get("fill-opacity") != "0" else "none", False
    for name, found in patterns.items():
        if fill == name.lower():
            (ground,) = found.iter(f"{SVG}rect")
            fill, pattern = ground.get("fill", "none").lower(), True
    dx, dy = float(element.get("x") or 0.0), float(element.get("y") or 0.0)
    outline = source.get("d") or ""
    points = [
        (float(x) + dx, float(y) + dy) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+) *(?=\n|$|[LCQMz])", outline)
    ]
    stroke = style.get("stroke", "none")
    is_mark = element is not source and len(outline) < 800 and extent(points) < 20.0
    return Shape(
        tuple(points) or ((dx, dy),), fill, stroke, float(style.get("stroke-width", 1.0)) if stroke != "none" else 0.0,
        "stroke-dasharray" in style, " ".join(outline.split()) if is_mark else "", pattern,
    )  # fmt: skip


def extent(points: list[Point]) -> float:
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return max(max(xs) - min(xs), max(ys) - min(ys))
