"""The rules of the Analysis Function and of WCAG 2.2 for figures, as sentences about those that a figure breaks."""

from __future__ import annotations

import re
from itertools import combinations

from drawn_shapes import SVG, Box, Shape, Text, root_of, shapes_of, texts_of

from simulator.charts.style import AXIS_GREY, GRID_GREY, INK, PALETTE, WHITE, contrast

NEUTRAL = {each.lower() for each in (AXIS_GREY, GRID_GREY, INK, WHITE)} | {"none"}
COLOURS = {each.lower() for each in PALETTE}
KEYS = set("●■▲◆–- ")  # marks as letters, in the colour of their line
PAGE_POINTS = 17.0 / 2.54 * 72.0  # between the margins of A4
MOST_COLOURS, LEAST = 4, 3.0


def problems_of(svg: str) -> list[str]:
    """Every rule that a figure breaks; none where it keeps all."""
    texts, shapes = texts_of(svg), shapes_of(svg)
    return [
        *text_problems(texts),
        *place_problems(svg, texts),
        *colour_problems(texts, shapes),
        *touching_problems(shapes),
        *ink_problems(shapes),
        *telling_problems(texts, shapes),
        *axes_problems(svg),
        *fetch_problems(svg),
    ]


def text_problems(texts: list[Text]) -> list[str]:
    said = [] if texts else ["there is no text"]
    for text in texts:
        if text.size < 12.0:
            said.append(f"text of {text.size:g} points: {text.words}")
        if text.angle:
            said.append(f"text is not horizontal: {text.words}")
        if not text.sans:
            said.append(f"text with serifs: {text.words}")
        if text.colour not in (INK.lower(), "#000000") and not set(text.words) <= KEYS:
            said.append(f"text is not black: {text.words}")
    return said


def place_problems(svg: str, texts: list[Text]) -> list[str]:
    root = root_of(svg)
    _, _, width, height = (float(each) for each in (root.get("viewBox") or "0 0 0 0").split())
    said = [] if root.get("width") == f"{width:g}pt" and width <= PAGE_POINTS else [f"{root.get('width')} wide"]
    for text in texts:
        left, top, right, bottom = text.box
        if left < -1.0 or top < -1.0 or right > width + 1.0 or bottom > height + 1.0:
            said.append(f"text leaves the figure: {text.words}")
    said += [
        f"texts overlap: {one.words} / {other.words}"
        for one, other in combinations(texts, 2)
        if overlap(one.box, other.box, 1.0)
    ]
    return said


def overlap(one: Box, other: Box, by: float) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > by and min(one[3], other[3]) - max(one[1], other[1]) > by


def colours_in(texts: list[Text], shapes: list[Shape]) -> set[str]:
    return (
        {each for shape in shapes for each in (shape.fill, shape.stroke)} | {text.colour for text in texts}
    ) - NEUTRAL


def colour_problems(texts: list[Text], shapes: list[Shape]) -> list[str]:
    said = []
    light = {shape.fill for shape in shapes if shape.fill not in NEUTRAL and contrast(shape.fill, WHITE) < LEAST}
    for shape in shapes:
        if shape.fill in light and (shape.stroke == "none" or contrast(shape.stroke, WHITE) < LEAST):
            said.append(f"a light fill without an outline: {shape.fill}")
    used = colours_in(texts, shapes) - light
    said += [f"not of the palette: {each}" for each in sorted(used - COLOURS)]
    said += [f"too near white: {each}" for each in sorted(used) if contrast(each, WHITE) < LEAST]
    return [*said, *([f"{len(used)} colours"] if len(used) > MOST_COLOURS else [])]


def touching_problems(shapes: list[Shape]) -> list[str]:
    filled = [shape for shape in shapes if shape.fill not in ("none", WHITE.lower()) and not shape.mark]
    return [
        f"{one.fill} touches {other.fill}"
        for one, other in combinations(filled, 2)
        if one.fill != other.fill
        and contrast(one.fill, other.fill) < LEAST
        and touch(one, other)
        and not any(parts(edge, one, other) for edge in (one, other))
    ]


def touch(one: Shape, other: Shape) -> bool:
    return any(abs(x - u) < 0.6 and abs(y - v) < 0.6 for x, y in one.points for u, v in other.points)


def parts(edge: Shape, one: Shape, other: Shape) -> bool:
    """Whether the outline of one of two shapes stands out from both."""
    return (
        edge.stroke != "none"
        and edge.width >= 1.0
        and all(contrast(edge.stroke, each.fill) >= LEAST for each in (one, other))
    )


def ink_problems(shapes: list[Shape]) -> list[str]:
    """Black lines over, or along, dark fills need a white line about them."""
    said = []
    for place, line in enumerate(shapes):
        if line.stroke != INK.lower() or line.fill not in ("none", INK.lower()):
            continue
        under = [
            s for s in shapes[:place] if s.stroke == WHITE.lower() and s.width > line.width and near(s.box, line.box)
        ]
        for shape in shapes[:place]:
            dark = shape.fill not in ("none", INK.lower()) and contrast(shape.fill, INK) < LEAST
            if dark and not shape.mark and overlap(grown(shape.box), grown(line.box), 0.0) and not under:
                said.append(f"black on {shape.fill}")
    return said


def near(one: Box, other: Box) -> bool:
    return all(abs(a - b) < 6.0 for a, b in zip(one, other, strict=True))


def grown(box: Box) -> Box:
    return box[0] - 0.1, box[1] - 0.1, box[2] + 0.1, box[3] + 0.1


def telling_problems(texts: list[Text], shapes: list[Shape]) -> list[str]:
    """Two colours of like lightness need something else to tell them apart."""
    light = {shape.fill for shape in shapes if shape.fill not in NEUTRAL and contrast(shape.fill, WHITE) < LEAST}
    used = sorted((colours_in(texts, shapes) | ({AXIS_GREY.lower()} & {s.fill for s in shapes})) - light)
    return [
        f"only colour tells {one} from {other}"
        for one, other in combinations(used, 2)
        if contrast(one, other) < LEAST and not told_apart(one, other, texts, shapes)
    ]


def told_apart(one: str, other: str, texts: list[Text], shapes: list[Shape]) -> bool:
    first, second = (looks(each, texts, shapes) for each in (one, other))
    differ = any(
        first[name] and second[name] and not first[name] & second[name] for name in first if name != "labelled"
    )
    return differ or bool(first["labelled"] and second["labelled"])


def looks(colour: str, texts: list[Text], shapes: list[Shape]) -> dict[str, set[object]]:
    """How the things of one colour look beside their colour."""
    mine = [shape for shape in shapes if colour in (shape.fill, shape.stroke)]
    labels = [text for text in texts if text.colour == colour and set(text.words) <= KEYS]
    links = [s for s in mine if s.stroke == colour and s.fill == "none" and len(s.points) <= 3 and s.width <= 1.0]
    return {
        "marks": {shape.mark for shape in mine if shape.mark},
        "pattern": {shape.pattern for shape in mine if not shape.mark and shape.fill == colour},
        "height": {round(shape.box[3] - shape.box[1]) for shape in mine if shape.is_bar},
        "lines": {shape.width for shape in mine if shape.fill == "none" and len(shape.points) > 3},
        "form": {"line" if shape.fill == "none" else "area" for shape in mine if not shape.mark and shape.width != 0.8},
        "labelled": {True} if labels and links else set(),
    }


def axes_problems(svg: str) -> list[str]:
    """Two scales on one set of axes: axes that lie over others."""
    boxes = []
    for group in root_of(svg).iter(f"{SVG}g"):
        if re.search(r"axes_\d+$", group.get("id") or ""):
            ticks = [
                use for axis in group if "matplotlib.axis" in (axis.get("id") or "") for use in axis.iter(f"{SVG}use")
            ]
            if ticks:
                xs, ys = [float(each.get("x") or 0) for each in ticks], [float(each.get("y") or 0) for each in ticks]
                boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return [
        "two scales on one set of axes"
        for one, other in combinations(boxes, 2)
        if overlap(wider(one), wider(other), 5.0)
    ]


def wider(box: Box) -> Box:
    """A box of ticks with room beside it, so that a lone scale on the right edge lies over what it belongs to."""
    return box[0] - 3.0, box[1], box[2] + 3.0, box[3]


def fetch_problems(svg: str) -> list[str]:
    root = root_of(svg)
    said = [f"an {tag}" for tag in ("image", "script", "foreignObject") if list(root.iter(f"{SVG}{tag}"))]
    used = re.findall(r'href="([^"]*)"', svg) + re.findall(r"url\(([^)]*)\)", svg)
    names = re.findall(r'\bid="([^"]*)"', svg)
    said += [f"fetched: {each}" for each in used if not each.startswith("#")]
    said += [f"nowhere: {each}" for each in used if each.startswith("#") and each[1:] not in names]
    said += [f"a name twice: {each}" for each in names if names.count(each) > 1]
    styled = " ".join(element.text or "" for element in root.iter(f"{SVG}style"))
    return said + (["a style that imports"] if "@import" in styled or "src:" in styled else [])
