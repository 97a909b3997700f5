"""The project's own files as the house checks see them: paths, texts and parsed modules below one root."""

from __future__ import annotations

import ast
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_OWN = ("remanu", "migrations", "templates", "labels", "tests", "tools", "docs", ".ci")
_SKIPPED = {"__pycache__", ".venv", "vendor", "fonts"}


def modules(root: Path, *folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Every Python file below these folders: its path from the root, and its syntax tree."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            if not _SKIPPED & set(path.parts):
                yield path.relative_to(root).as_posix(), _parsed(path.read_text("utf-8"))


@cache
def _parsed(text: str) -> ast.Module:
    """Each text once: a copy in which one file was spoiled is parsed for that file alone."""
    return ast.parse(text)


@cache
def walked(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Every node of a module; many checks go over the same ones."""
    return tuple(ast.walk(tree))


def texts(root: Path, pattern: str, *folders: str) -> Iterator[tuple[str, str]]:
    """Every text file of this pattern below these folders: its path from the root, and its text."""
    for folder in folders:
        for path in sorted((root / folder).rglob(pattern)):
            if not _SKIPPED & set(path.parts):
                yield path.relative_to(root).as_posix(), path.read_text("utf-8")


def tracked(root: Path) -> list[str]:
    """What would be handed on: the files that git knows or would take, or all there are where git is not."""
    if (root / ".git").exists():
        listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard")
        found = subprocess.run(
            listed, cwd=root, capture_output=True, text=True, check=True
        ).stdout.splitlines()
        return sorted(name for name in set(found) if (root / name).is_file())
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def copy(target: Path) -> Path:
    """A copy of our own sources, small enough to spoil: no vendored files, no fonts, no environment."""
    for name in _OWN:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, target / name, ignore=shutil.ignore_patterns(*_SKIPPED, "*.ttf", "*.wasm")
            )
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy2(path, target / path.name)
    return target


@contextmanager
def planted(root: Path, name: str, text: str) -> Iterator[Path]:
    """A fault in the copy: this text under this name, taken out again afterwards."""
    path = root / name
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    try:
        yield path
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
