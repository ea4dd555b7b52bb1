"""Figures of the documents drawn from small answers, which several tests share."""

from __future__ import annotations

import functools

from document_answers import SHAPES
from drawn_shapes import texts_of

from simulator.documents.pictures import DocumentChart, document_charts


@functools.cache
def charts(shape: str = "shipped") -> tuple[DocumentChart, ...]:
    return tuple(document_charts(SHAPES[shape]()))


def chart(name: str, shape: str = "shipped") -> DocumentChart:
    (found,) = [each for each in charts(shape) if each.chart.name == name]
    return found


def words_in(found: DocumentChart) -> str:
    return " ".join(text.words for text in texts_of(found.chart.svg))
