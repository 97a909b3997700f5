"""Changes the rules of verdict, segregation and claim one spot at a time; tests that do not notice leave a survivor.

Fails under 90 % in any module (issue "Release, certification and mutual recognition"). Works on a copy of the tree.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIMIT = 90
MODULES = (
    *("recognition", "recognition_chain", "recognition_lines", "recognition_steps"),
    *("agreements", "attested", "classes", "duties", "impartiality", "verdicts", "vocabularies"),
)
TESTS = (
    *("test_recognition*.py", "test_duties.py", "test_impartiality.py", "test_classes.py"),
    "test_vocabularies.py",
)
_COPIED = ("remanu", "tests", "labels", "templates", "migrations")
_SURVIVED, _UNTESTED = 0, 33
Codes = Mapping[str, int | None]
# The rules ask no store, so that nothing of the suite's own preparation is wanted; one process forks for each mutant.
_SETTINGS = """
[tool.mutmut]
source_paths = ["remanu"]
only_mutate = {modules}
pytest_add_cli_args = ["--noconftest", "-q", "-x", "-p", "no:cacheprovider", "-o", "pythonpath=."]
pytest_add_cli_args_test_selection = {tests}
also_copy = {beside}
use_git_change_detection = false
track_dependencies = false
"""


def main(arguments: list[str]) -> int:
    """0 where every module keeps the limit; names the mutants that no test noticed."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        tests = [
            str(path.relative_to(ROOT)) for one in TESTS for path in sorted((ROOT / "tests/rules").glob(one))
        ]
        for name in _COPIED:
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        settle(tree, tests=tests, modules=arguments or MODULES)
        run(tree)
        return told(results(tree))


def settle(tree: Path, *, tests: list[str], modules: Sequence[str]) -> None:
    """Write the settings of this run into the tree."""
    paths = [f"remanu/rules/{one}.py" for one in modules]
    beside = [name for name in _COPIED[2:] if (tree / name).exists()]
    given = {"modules": json.dumps(paths), "tests": json.dumps(tests), "beside": json.dumps(beside)}
    (tree / "pyproject.toml").write_text(_SETTINGS.format(**given), "utf-8")


def run(tree: Path) -> None:
    """Try every mutant; RuntimeError where the tests do not even pass on the unchanged rules."""
    # The checkout is installed as editable, by a file that is read from the environment's own folder alone: the bare
    # interpreter with that folder on its path finds every library, and of this program the copy.
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    command = [str(Path(sys.executable).resolve()), "-m", "mutmut", "run", "--max-children", "2"]
    done = subprocess.run(command, cwd=tree, env=environment, check=False, capture_output=True, text=True)
    if not list(results(tree)):
        raise RuntimeError(f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}")


def results(tree: Path) -> Mapping[str, Codes]:
    """By module: each mutant and with what code its tests ended, 0 where they all passed."""
    folder = tree / "mutants/remanu/rules"
    metas = {
        path.name.partition(".")[0]: json.loads(path.read_text("utf-8")) for path in folder.glob("*.meta")
    }
    codes = {name: meta["exit_code_by_key"] for name, meta in metas.items()}
    return {
        name: found
        for name, found in codes.items()
        if found and any(one is not None for one in found.values())
    }


def told(found: Mapping[str, Codes]) -> int:
    """Print each module's score and its survivors; 1 where one stays under the limit, or none was tried."""
    for name, codes in sorted(found.items()):
        print(f"{name:22} {score(codes):5.1f} %  {len(codes)} mutants")
        for mutant in survivors(codes):
            print(f"    {mutant}")
    return int(not found or any(score(codes) < LIMIT for codes in found.values()))


def score(codes: Codes) -> float:
    """The share of mutants that a test noticed, in percent."""
    return 100 * (1 - len(list(survivors(codes))) / len(codes))


def survivors(codes: Codes) -> Iterator[str]:
    """Mutants that no test noticed, those without any test among them."""
    return (mutant for mutant, code in codes.items() if code in {_SURVIVED, _UNTESTED, None})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
