"""The one decorator for compiled rules.

Rules are plain scalar Python. Where numba is installed they are compiled on first use and kept on disk; where it is not,
or with ``NUMBA_DISABLE_JIT=1``, the same lines run as they stand. The folder of compiled code is named after a digest of
every source file that may hold a compiled rule, so that an edited rule is never served from an older compilation:
numba by itself notices edits only in the file of the function that was called.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., object])

COMPILED_SOURCES = (
    "jit.py",
    "draws.py",
    "model/*.py",
    "engine_compiled.py",
    "engine_compiled/*.py",
)

COMPILED = os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0") and importlib.util.find_spec("numba") is not None


def sources_digest(package: Path | None = None) -> str:
    """Twelve hexadecimal digits that change when any file holding compiled rules changes."""
    package = package or Path(__file__).resolve().parent
    digest = hashlib.sha256(sys.version.encode())
    for pattern in COMPILED_SOURCES:
        for source in sorted(package.glob(pattern)):
            digest.update(source.relative_to(package).as_posix().encode())
            digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def cache_folder() -> Path:
    """Where compiled rules are kept: the user's cache, else the temporary folder; never inside the project."""
    chosen = os.environ.get("IOM_SIMULATOR_CACHE")
    if chosen:
        return Path(chosen) / sources_digest()
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "iom-simulator" / sources_digest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.gettempdir()) / "iom-simulator" / sources_digest()


# ``_nrt=False``: no counting of references. Rules make no arrays, so there is nothing to count, and counting costs more than
# the rules do. What they write to is held by the Python that calls them.
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "cache": True, "_nrt": False}

if COMPILED:
    CACHE = cache_folder()
    os.environ["NUMBA_CACHE_DIR"] = str(CACHE)
    import numba

    setattr(numba.config, "CACHE_DIR", str(CACHE))  # noqa: B010 (numba's own type hints do not have it)

    def compiled(function: Function) -> Function:
        """Compile ``function``: no Python lock held, numpy's rules of division, kept on disk, no fast-math."""
        decorated: Function = for_any_number(numba.njit(**OPTIONS)(function))
        return decorated

    def merged(function: Function) -> Function:
        """Compile ``function``, and write it out in every rule that calls it: for what runs at every event or draw.

        A call hands over a dozen words for each array. Draws in a loop are done side by side only without calls.
        """
        decorated: Function = for_any_number(numba.njit(forceinline=True, **OPTIONS)(function))
        return decorated

    def inlined(function: Function) -> Function:
        """Compile ``function`` as part of the one rule that calls it: for a long rule cut into short ones to be read."""
        decorated: Function = numba.njit(inline="always", **OPTIONS)(function)
        return decorated

    def for_any_number(rule: Any) -> Any:
        """The same rule, compiled once for all constants that it is called with."""
        template_of = rule.get_call_template
        rule.get_call_template = lambda args, kws: template_of(*without_literals(args, kws))
        return rule

    def without_literals(args: tuple[Any, ...], kws: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Types of arguments, a constant taken for any number: one compilation of a rule, not one for each constant."""
        unliteral: Any = numba.types.unliteral
        return tuple(unliteral(kind) for kind in args), {name: unliteral(kind) for name, kind in kws.items()}

else:

    def compiled(function: Function) -> Function:
        """Leave ``function`` as it is: numba is missing or switched off."""
        return function

    inlined = merged = compiled


def is_cold() -> bool:
    """True when the compiled engine will be compiled on first use: it is not kept on disk for these sources yet."""
    return COMPILED and not any(CACHE.rglob("replicate.replicate-*.nbi"))


def rules_compiled() -> int:
    """How many rules are kept on disk for these sources so far."""
    return sum(1 for _ in CACHE.rglob("*.nbi")) if COMPILED else 0


def first_use_message() -> str:
    """What to tell somebody who waits for the compiler; empty when there is nothing to wait for."""
    if not is_cold():
        return ""
    return f"Compiling the rules, once: 20 to 40 seconds; kept in {CACHE}"
