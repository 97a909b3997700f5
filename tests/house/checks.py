"""What a linter cannot hold, read from the source alone; each check returns what it found, in sentences."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.house import source

Check = Callable[[Path], list[str]]
LONGEST = 400
_WIDE = {"Exception", "BaseException"}
_WIDE_PLACES = {"remanu/web/problems.py", "remanu/web/uploads.py"}
_CLOCK_CALLS = {"now", "utcnow", "today"}
_WRITES = {"insert", "update", "delete"}
# The idempotency key belongs to the unit of work, and every feature cites files by parts.events.cite: both
# tables stand beside the record that they serve.
_WRITERS = {
    ("remanu/web/work.py", "Request"),
    # What a back-up kept apart is put back.
    ("remanu/backup.py", "VaultKey"),
}
_PLACES = re.compile(r"(?<![\w.])/(?:root|work|home|opt|Users)/\w")
_REGISTRIES = re.compile(
    r"(?:pypi|pythonhosted|npmjs|yarnpkg|jsdelivr|unpkg)\.(?:org|com|net)", re.IGNORECASE
)
_BINARY = {".png", ".jpg", ".webp", ".pdf", ".ttf", ".wasm", ".ico", ".gz", ".zst", ".woff2"}


def long_files(root: Path) -> list[str]:
    """Files that do not fit in one reading."""
    kinds = (("*.py", ("remanu", "migrations", "tests", "tools")), ("*.html", ("templates",)))
    own = (("*.js", ("remanu/static",)), ("*.css", ("remanu/static",)))
    return [
        f"{name} has {lines} lines, more than {LONGEST}"
        for pattern, folders in (*kinds, *own)
        for name, text in source.texts(root, pattern, *folders)
        if (lines := text.count("\n")) > LONGEST
    ]


def wide_excepts(root: Path) -> list[str]:
    """Handlers that swallow what they do not know."""
    return [
        f"{name}:{node.lineno} catches everything"
        for name, node in _nodes(root, ast.ExceptHandler, "remanu")
        if name not in _WIDE_PLACES and (node.type is None or _names(node.type) & _WIDE)
    ]


def clock_reads(root: Path) -> list[str]:
    """Places beside clock.py that ask for the time of day."""
    return [
        f"{name}:{node.lineno} asks for the time; use the clock it is handed"
        for name, node in _nodes(root, ast.Call, "remanu")
        if name != "remanu/clock.py" and _reads_clock(node.func)
    ]


def _reads_clock(func: ast.expr) -> bool:
    if not isinstance(func, ast.Attribute):
        return False
    owner = ast.unparse(func.value)
    return (func.attr in _CLOCK_CALLS and owner.split(".")[-1] in {"datetime", "date"}) or (
        func.attr in {"time", "time_ns"} and owner == "time"
    )


def commits(root: Path) -> list[str]:
    """Places beside db.py that commit or roll back."""
    return [
        f"{name}:{node.lineno} calls {node.func.attr}; only db.py ends a transaction"
        for name, node in _nodes(root, ast.Call, "remanu")
        if name != "remanu/db.py"
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
    ]


def sqlite_imports(root: Path) -> list[str]:
    """Places beside db.py that choose a SQLite library."""
    return [
        f"{name} imports {wanted}; ask db.sqlite_module()"
        for name, wanted in _imports(root, "remanu")
        if name != "remanu/db.py" and wanted.split(".")[0] in {"sqlite3", "pysqlite3"}
    ]


def impure_rules(root: Path) -> list[str]:
    """Rules that import more than the standard library, each other, refusals and canonical JSON."""
    allowed = {*sys.stdlib_module_names, "rfc8785"}
    return [
        f"{name} imports {wanted}; rules are pure"
        for name, wanted in _imports(root, "remanu/rules")
        if wanted.split(".")[0] not in allowed and not wanted.startswith(("remanu.rules", "remanu.errors"))
    ]


def foreign_writes(root: Path) -> list[str]:
    """Statements that change a table of another feature: that is what its actions and applies are for."""
    return [
        f"{name}:{node.lineno} changes {table} of {owner}"
        for name, tree in source.modules(root, "remanu")
        for table, owner in _tables_of_others(name, tree).items()
        for node in source.walked(tree)
        if _writes(node, table) and (name, table) not in _WRITERS
    ]


def _tables_of_others(name: str, tree: ast.Module) -> dict[str, str]:
    mine = name.split("/")[1]
    return {
        alias.asname or alias.name: node.module.split(".")[1]
        for node in source.walked(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".models")
        for alias in node.names
        if node.module and node.module.split(".")[1] != mine
    }


def _writes(node: ast.AST, table: str) -> bool:
    if not (isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute | ast.Name)):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
    return called in _WRITES and ast.unparse(node.args[0]) == table


def untested_actions(root: Path) -> list[str]:
    """Actions without a test file of their name."""
    return [
        f"{feature}.{verb} has no tests/{feature}/test_{verb}.py"
        for feature, verb in actions(root)
        if not (root / "tests" / feature / f"test_{verb}.py").exists()
    ]


def actions(root: Path) -> Iterator[tuple[str, str]]:
    """Every (feature, verb): a public function of an actions module that turns an actor's wish into an event."""
    for name, tree in source.modules(root, "remanu"):
        folder, _, file = name.removeprefix("remanu/").partition("/")
        if file.startswith(("actions.py", "actions/")):
            yield from ((folder, node.name) for node in tree.body if _is_action(node))


def _is_action(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
        return False
    records = node.returns is not None and "Recorded" in ast.unparse(node.returns)
    return records and [one.arg for one in node.args.args[:2]] == ["tx", "actor"]


def machine_traces(root: Path) -> list[str]:
    """Paths of one machine and hosts of package registries in what is handed on."""
    found = []
    for name in source.tracked(root):
        if Path(name).suffix in _BINARY or name.startswith("tests/house/"):
            continue
        for at, line in enumerate((root / name).read_text("utf-8", "replace").splitlines(), 1):
            if _PLACES.search(line) or _REGISTRIES.search(line):
                found.append(f"{name}:{at} names a machine's path or a registry: {line.strip()[:80]}")
    return found


def stale_head(root: Path) -> list[str]:
    """A migrations/HEAD file that does not name the newest revision, or serials with a gap."""
    serials = sorted(path.name[:4] for path in (root / "migrations" / "versions").glob("[0-9]*.py"))
    wanted = [f"{at:04d}" for at in range(1, len(serials) + 1)]
    path = root / "migrations" / "HEAD"
    head = path.read_text("ascii").strip() if path.exists() else "nothing"
    faults = [] if serials == wanted else [f"revisions are numbered {serials}, not {wanted}"]
    return (
        faults
        if serials and head == serials[-1]
        else [*faults, f"HEAD says {head}, the newest is {serials[-1:]}"]
    )


def _nodes(root: Path, kind: type[ast.AST], *folders: str) -> Iterator[tuple[str, ast.AST]]:
    for name, tree in source.modules(root, *folders):
        yield from ((name, node) for node in source.walked(tree) if isinstance(node, kind))


def _names(node: ast.expr) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _imports(root: Path, *folders: str) -> Iterator[tuple[str, str]]:
    for name, tree in source.modules(root, *folders):
        for node in source.walked(tree):
            if isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield name, node.module
