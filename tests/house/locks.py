"""The lock files against pyproject.toml and against each other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tools.lock import LOCKS

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def faults(root: Path) -> list[str]:
    """What the locks lack or disagree about."""
    return [*_addressed(root), *_lacking(root), *_disagreeing(root)]


def _addressed(root: Path) -> Iterator[str]:
    for path in sorted(root.glob("requirements*.lock")):
        text = path.read_text("utf-8")
        if "://" in text or " @ " in text:
            yield f"{path.name} holds an address"
        for entry in re.split(r"\n(?=\S)", text.strip()):
            if "==" not in entry or "--hash=sha256:" not in entry:
                yield f"{path.name}: {entry.splitlines()[0][:60]} is not pinned by version and hash"


def _lacking(root: Path) -> Iterator[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    for name, extras in LOCKS:
        wanted = [
            *project["dependencies"],
            *(one for extra in extras for one in project["optional-dependencies"][extra]),
        ]
        held = _versions(root / name)
        yield from (
            f"{name} lacks {one}; run make lock" for one in wanted if _plain(one) not in {*held, "remanu"}
        )


def _disagreeing(root: Path) -> Iterator[str]:
    newest = _versions(root / LOCKS[0][0])
    for name, _ in LOCKS[1:]:
        for package, version in _versions(root / name).items():
            if newest.get(package) != version:
                yield f"{name} has {package} {version}, {LOCKS[0][0]} has {newest.get(package)}"


def _versions(path: Path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;\\]+)", path.read_text("utf-8"), re.MULTILINE)
    return {_plain(name): version for name, version in found}


def _plain(requirement: str) -> str:
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else requirement
