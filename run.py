"""Run the simulator from a fresh copy of the repository: `python run.py <command>`.

Needs Python 3.11 or later and nothing else. Where the packages of requirements.txt are missing, the
first run puts them into a folder `.venv` beside this file; later runs use that folder at once.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (an older Python gets this far and can be told)
    sys.exit(
        f"The simulator needs Python 3.11 or later; {sys.executable} is {sys.version.split()[0]}.\n"
        "Install a later one, then start it by its own name, for example: python3.12 run.py"
    )

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"  # digests of the files installed in full; written last

PROGRAM = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
DEVELOPMENT_COMMANDS = ("test", "check")
SIZES = {PROGRAM: "about 170 MB, one to two minutes", DEVELOPMENT: "about 170 MB more, for tests"}

# Names by which the packages are imported, for recognising a Python that has them already.
IMPORTS = ["simpy", "numpy", "pandas", "yaml", "matplotlib", "typer", "tqdm", "jinja2", "pydantic", "scipy", "pyarrow"]
IMPORTS += ["xlsxwriter", "docx"]
if (sys.platform, platform.machine()) != ("darwin", "x86_64"):  # as requirements.txt has it
    IMPORTS.append("numba")
DEVELOPMENT_IMPORTS = ["pytest", "xdist", "hypothesis", "ruff", "mypy", "importlinter", "distributed", "duckdb"]
DEVELOPMENT_IMPORTS += ["openpyxl", "formulas", "afcharts", "playwright", "axe_playwright_python"]

SECOND_START = "IOM_SIMULATOR_SECOND_START"  # set for the start in .venv: there is never a third


def main() -> None:
    """Run the command here if the packages are here, else in `.venv`, made first if need be."""
    command = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    developing = command in DEVELOPMENT_COMMANDS
    needed = IMPORTS + DEVELOPMENT_IMPORTS if developing else IMPORTS
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if not missing:
        run_here()
    elif os.environ.get(SECOND_START):
        STAMP.unlink(missing_ok=True)
        sys.exit(f"{VENV} lacks {', '.join(missing)}. Run again: it will be made anew.")
    else:
        set_up([PROGRAM, DEVELOPMENT] if developing else [PROGRAM])
        sys.exit(run_in_venv())


def run_here() -> None:
    """Run the simulator's command line in this very process."""
    sys.path.insert(0, str(ROOT))
    from simulator.cli import main as command_line

    command_line()


def run_in_venv() -> int:
    """Start this file again with the Python of `.venv` and the same arguments; its exit code."""
    arguments = [str(VENV_PYTHON), str(ROOT / "run.py"), *sys.argv[1:]]
    with subprocess.Popen(arguments, env={**os.environ, SECOND_START: "1"}) as child:
        # Ctrl-C reaches the child by itself: let it end in its own way, and wait for that.
        signal.signal(signal.SIGINT, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        code = child.wait()
    return 128 - code if code < 0 else code  # as a shell tells which signal ended a program


def set_up(wanted: list[str]) -> None:
    """Bring `.venv` to hold what the wanted requirements files list, if it does not already."""
    digests = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in wanted}
    installed = read_stamp()
    if installed.get(PROGRAM) != digests[PROGRAM]:  # none, half made, or of other versions
        installed = {}
    outstanding = [name for name in wanted if installed.get(name) != digests[name]]
    if not outstanding:
        return
    start = time.monotonic()
    packages = " and ".join(f"{name} ({SIZES[name]})" for name in outstanding)
    occasion = "Bringing up to date:" if VENV.exists() else "First run: making"
    tell(f"{occasion} {VENV} with the packages of {packages}. Later runs start at once.")
    if not installed:
        make_venv()
    for name in outstanding:
        install(name)
        installed[name] = digests[name]
        STAMP.write_text(json.dumps(installed), encoding="utf-8")
    tell(f"Ready after {time.monotonic() - start:.0f} seconds.\n")


def read_stamp() -> dict[str, str]:
    """Return the digest of each requirements file installed in full; empty if `.venv` is no use."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if VENV_PYTHON.exists() else {}


def make_venv() -> None:
    """Make an empty `.venv`, in place of whatever an interrupted run may have left there."""
    if Path(sys.prefix).resolve() == VENV:
        return  # running inside it: the packages are put right in place
    try:
        if VENV.exists():
            shutil.rmtree(VENV)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"Could not make {VENV}: {error}\nOn Debian or Ubuntu, apt install python3-venv; if a "
            "program is using that folder, close it. Then run again."
        )


def install(name: str) -> None:
    """Install what the requirements file lists, every download checked against its digest."""
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    options = ["--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / name)]
    if subprocess.run(pip + options, stdout=sys.stderr, check=False).returncode != 0:
        sys.exit(
            f"\nThe packages of {name} could not be installed; pip says why above.\n"
            "- Behind a proxy: set HTTPS_PROXY, or your organisation's pip settings; run again.\n"
            "- Offline, or with a Python other than 3.11 to 3.13: install the packages listed in\n"
            f"  {name} your own way (pip or conda, near versions will do); run again."
        )


def tell(message: str) -> None:
    """Say something to the person at the terminal, apart from the results on standard output."""
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        tell("\nStopped.")
        sys.exit(130)
