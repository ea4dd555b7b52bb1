"""A document as a Word file: real headings, captions, table headings and text alternatives, the same to the byte each time.

``styles`` says how things look, ``runs`` writes words, ``tables`` tables, ``blocks`` everything else, ``file`` the bytes.
"""

from __future__ import annotations

from collections.abc import Mapping

from simulator.documents.contents import Document


def word_of(document: Document, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The bytes of a document as a Word file.

    Args:
        pictures: PNG by name of the chart; a figure without one is left to its table.
    """
    from simulator.documents.word.blocks import written
    from simulator.documents.word.file import bytes_of

    return bytes_of(written(document, pictures or {}), document.title)
