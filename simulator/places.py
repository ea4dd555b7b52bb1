"""Where the data folders are, in a checkout and in an installed wheel alike."""

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# A wheel carries the folders inside the package; a checkout (also one installed with
# `pip install -e .`) has them beside it. The wheel's place comes first, because beside an
# installed package lie other people's packages, one of which might bear the same name.
_PARENTS = (_PACKAGE / "_data", _PACKAGE.parent)

# Another folder to take the inputs from, such as those that a report carries.
OTHER_DATA = "IOM_DATA"
INPUTS = ("scenarios", "cost_tables", "evidence")


def data_folder(name: str) -> Path:
    """Return the folder `name`, one of `scenarios`, `cost_tables`, `evidence`, `docs` and `docs/decisions`.

    Raises:
        FileNotFoundError: the folder is in neither place.
    """
    other = os.environ.get(OTHER_DATA)
    parents = (Path(other),) if other and name in INPUTS else _PARENTS
    for parent in parents:
        folder = parent / name
        if folder.is_dir():
            return folder
    looked_in = " and ".join(str(parent) for parent in parents)
    raise FileNotFoundError(
        f"There is no folder '{name}' (looked in {looked_in}). "
        "Run the program from a complete copy of the repository, or install it again."
    )
