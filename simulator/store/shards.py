"""The files of a run: each appears whole and on disk, or not at all, and is called by its number and digest.

A shard's name holds the beginning of its own SHA-256 digest, so it vouches for itself: a ledger that is lost or damaged
is made again from the shards.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

FOLDER = "shards"
RESULTS = "results.parquet"
PART = ".part"
ASIDE = "damaged"  # a folder of its own, so that reading all shards in a folder never meets one
NAMED_DIGITS = 16  # of the digest's 64
NAME = re.compile(rf"(\d{{6,}})-([0-9a-f]{{{NAMED_DIGITS}}})\.parquet")


class Shard(NamedTuple):
    """A shard on disk. ``sha256`` is that of its bytes as they are now; ``sound`` says whether its name agrees."""

    number: int
    sha256: str
    sound: bool
    path: Path


def shard_path(folder: Path, number: int, sha256: str) -> Path:
    """Where the shard of a job lies in a run folder."""
    return folder / FOLDER / f"{number:06d}-{sha256[:NAMED_DIGITS]}.parquet"


def shards_in(folder: Path) -> list[Shard]:
    """Every shard of a run folder, read through and compared with its name, in the order of the job numbers."""
    paths = sorted(path for path in (folder / FOLDER).iterdir() if NAME.fullmatch(path.name))
    return sorted(examined(path) for path in paths)


def examined(path: Path) -> Shard:
    """One shard, its bytes compared with its name."""
    number, _, named = path.stem.partition("-")
    sha256 = digest_of_file(path)
    return Shard(int(number), sha256, sha256.startswith(named), path)


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write into that appears under its name when all is on disk; after any error there is no trace of it."""
    part = path.with_name(f".{path.name}{PART}")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)  # noqa: PTH105  (tests put errors in its place)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the new names in a folder to disk. Windows has no such call, and does it by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_parts(folder: Path) -> None:
    """Delete what a killed process had not written to its end."""
    for place in (folder, folder / FOLDER):
        for path in place.glob(f".*.parquet{PART}"):
            path.unlink()


def set_aside(folder: Path, path: Path) -> str:
    """Move a damaged file of a run folder out of the way, never over another; where it is now, within the folder."""
    (folder / ASIDE).mkdir(exist_ok=True)
    names = (folder / ASIDE / f"{path.name}{f'.{count}' if count else ''}" for count in range(10**6))
    aside = next(name for name in names if not name.exists())
    path.rename(aside)
    return aside.relative_to(folder).as_posix()
