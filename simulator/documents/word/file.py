"""The bytes of a Word file: nothing in them says when, where or by whose machine they were made."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from docx.document import Document as WordFile

from simulator.documents.page import plain
from simulator.documents.word.styles import LANGUAGE

THEN = datetime(2026, 1, 1, tzinfo=UTC)  # the same for every file, so that the same answers give the same bytes
MOST_LETTERS = 255  # of a property
IN_THE_ZIP = (1980, 1, 1, 0, 0, 0)
OF_THE_TEMPLATE = ("thumbnail", "extended-properties")  # a picture of an empty page, and another program's name


def bytes_of(made: WordFile, title: str) -> bytes:
    """A Word file with its title, its language and fixed dates."""
    set_properties(made, title)
    drop_leftovers(made)
    out = io.BytesIO()
    made.save(out)
    return with_fixed_dates(out.getvalue())


def set_properties(made: WordFile, title: str) -> None:
    """What the file says of itself."""
    about = made.core_properties
    about.title, about.language, about.subject = (
        plain(title)[:MOST_LETTERS],
        LANGUAGE,
        "Economic case and financial case",
    )
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = THEN.replace(tzinfo=None)
    about.revision = 1


def drop_leftovers(made: WordFile) -> None:
    """Parts that the template brings along and that are not of this file."""
    package = made.part.package
    for name in [name for name, each in package.rels.items() if each.reltype.endswith(OF_THE_TEMPLATE)]:
        package.rels.pop(name)


def with_fixed_dates(written: bytes) -> bytes:
    """The same parts in the same order, none with a date of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fixed:
        for part in given.infolist():
            named = zipfile.ZipInfo(part.filename, IN_THE_ZIP)
            named.compress_type, named.external_attr, named.create_system = zipfile.ZIP_DEFLATED, 0, 3
            fixed.writestr(named, given.read(part.filename))
    return out.getvalue()
