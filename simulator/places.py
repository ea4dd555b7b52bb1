"""Where the data folders are, in a checkout and in an installed wheel alike."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# A wheel carries the folders inside the package; a checkout (also one installed with
# `pip install -e .`) has them beside it. The wheel's place comes first, because beside an
# installed package lie other people's packages, one of which might bear the same name.
_PARENTS = (_PACKAGE / "_data", _PACKAGE.parent)


def data_folder(name: str) -> Path:
    """Return the folder `name`, one of `scenarios`, `cost_tables` and `evidence`.

    Raises:
        FileNotFoundError: the folder is in neither place.
    """
    for parent in _PARENTS:
        folder = parent / name
        if folder.is_dir():
            return folder
    looked_in = " and ".join(str(parent) for parent in _PARENTS)
    raise FileNotFoundError(
        f"There is no folder '{name}' (looked in {looked_in}). "
        "Run the program from a complete copy of the repository, or install it again."
    )
