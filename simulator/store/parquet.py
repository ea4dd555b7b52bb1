"""Columns to Parquet and back: the same columns give the same bytes."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from simulator.tables import InputProblems, Problem

if TYPE_CHECKING:
    from pandas import DataFrame

Columns = Mapping[str, "np.ndarray[Any, Any] | Sequence[object]"]

ROW_GROUP = 100_000  # rows; fixed, so that the joined file does not depend on how the jobs were cut into sittings
COMPRESSION = "zstd"
RUN_KEY, RECIPE_KEY = b"iom_run", b"iom_recipe"


def library(name: str = "pyarrow") -> Any:
    """The package that reads and writes Parquet, or a part of it.

    Raises InputProblems, saying how to install it, where it is missing.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        hint = "Install it: pip install 'iom-simulator[store]'"
        raise InputProblems(
            [Problem("pyarrow", 0, 0, "long runs need this package, and it is missing", hint)]
        ) from None


def table_of(columns: Columns, digest: str) -> Any:
    """The columns as an Arrow table that bears the digest of its run.

    Raises ValueError: no columns, a column that is not one-dimensional or mixes types, or columns of unequal length.
    """
    arrays = {name: array_of(name, values) for name, values in columns.items()}
    lengths = {name: len(array) for name, array in arrays.items()}
    if not arrays:
        raise ValueError("a job needs at least one column")
    if len(set(lengths.values())) > 1:
        raise ValueError(f"the columns of a job are of unequal length: {lengths}")
    return library().table(arrays, metadata={RUN_KEY: digest})


def array_of(name: str, values: np.ndarray[Any, Any] | Sequence[object]) -> Any:
    """One column as an Arrow array; NaN stays NaN, None becomes a missing value.

    Raises ValueError when it has no type of its own or mixes several.
    """
    arrow = library()
    try:
        array = arrow.array(values)
    except (arrow.ArrowException, TypeError) as error:
        raise ValueError(f"column '{name}': {error}") from None
    if arrow.types.is_null(array.type):
        raise ValueError(f"column '{name}' is empty or all None and so has no type: give a numpy array with one")
    return array


def mismatch(schema: Any, known: Any) -> str:
    """How columns differ from those of earlier jobs, in words; empty when they do not."""
    mine, theirs = ({field.name: str(field.type) for field in each} for each in (schema, known))
    if list(mine) != list(theirs):
        return f"columns {', '.join(mine)} where earlier jobs have {', '.join(theirs)}"
    other = [f"'{name}' is {mine[name]}, was {theirs[name]}" for name in mine if mine[name] != theirs[name]]
    return "; ".join(other)


def shard_bytes(table: Any) -> bytes:
    """A table as the bytes of a Parquet file: no times, no names of machines."""
    sink = library().BufferOutputStream()
    library("pyarrow.parquet").write_table(table, sink, compression=COMPRESSION)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def table_from(content: bytes) -> Any:
    """The Arrow table in the bytes of a shard."""
    return library("pyarrow.parquet").read_table(library().BufferReader(content))


def rows_of_run(path: Path, digest: str) -> int | None:
    """How many rows a shard holds; None when it is not of this run or cannot be read as Parquet."""
    try:
        with library("pyarrow.parquet").ParquetFile(path) as file:
            ours = (file.metadata.metadata or {}).get(RUN_KEY) == digest.encode()
            return int(file.metadata.num_rows) if ours else None
    except library().ArrowException:
        return None


def schema_of(path: Path) -> Any:
    """The schema of a shard."""
    return library("pyarrow.parquet").read_schema(path)


def write_joined(contents: Iterable[bytes], file: BinaryIO, digest: str, recipe: str) -> None:
    """Put shards together, in their order, into one Parquet file with row groups of fixed size.

    The file bears the digest and the recipe of its run, so that it says by itself what it is.
    """
    tables = (table_from(content) for content in contents)
    first = next(tables)
    schema = first.schema.with_metadata({RUN_KEY: digest, RECIPE_KEY: recipe})
    with library("pyarrow.parquet").ParquetWriter(file, schema, compression=COMPRESSION) as writer:
        for piece in even_pieces(first, tables):
            writer.write_table(piece.replace_schema_metadata(schema.metadata), row_group_size=ROW_GROUP)


def even_pieces(first: Any, others: Iterable[Any]) -> Iterator[Any]:
    """The rows of all tables in pieces of a row group each; the last may be shorter, and there is always one."""
    gathered, rows = [first], first.num_rows
    for table in others:
        gathered.append(table)
        rows += table.num_rows
        if rows >= ROW_GROUP:
            joined = library().concat_tables(gathered)
            whole = rows - rows % ROW_GROUP
            yield joined.slice(0, whole).combine_chunks()
            gathered, rows = [joined.slice(whole)], rows - whole
    yield library().concat_tables(gathered).combine_chunks()


def frame_of(contents: Iterable[bytes]) -> DataFrame:
    """The rows of shards, in their order, as a frame; an empty frame for no shards."""
    import pandas as pd

    tables = [table_from(content) for content in contents]
    frame: DataFrame = library().concat_tables(tables).to_pandas() if tables else pd.DataFrame()
    return frame
