"""What every feature owes: read from the application as it is put together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_type_hints

from remanu.errors import Refusal
from remanu.ledger.kinds import Kind
from tests.house import source

_CHILD = re.compile(r"{%-?\s*extends\s")
_TITLE = re.compile(r"{%-?\s*block title\s*-?%}\s*(?!{%-?\s*endblock)\S")
_FOLD = re.compile(r'class="unfold"[^>]*>\s*<summary>(.*?)</summary>', re.DOTALL)
_REASONED = {"BadInput": 1, "Conflict": None, "UnsafeFile": None, "CannotDraw": None}


def unnamed_kinds(kinds: Mapping[str, Kind[Any]], permissions: Mapping[str, object]) -> list[str]:
    """Kinds that nobody may do, and permissions for what cannot happen."""
    lost = [
        f"{name} has no row in rules/permissions.py" for name in sorted(kinds.keys() - permissions.keys())
    ]
    idle = [
        f"{name} is permitted, and no such event exists" for name in sorted(permissions.keys() - kinds.keys())
    ]
    return lost + idle


def loose_bodies(kinds: Iterable[Kind[Any]]) -> list[str]:
    """Bodies that hold floats or untyped values, which do not keep their bytes."""
    return [
        f"{kind.name}: {name} may hold a float or anything"
        for kind in kinds
        for name, hint in get_type_hints(kind.body).items()
        if re.search(r"\b(float|Any|object)\b", str(hint))
    ]


def wordless_refusals(words: Mapping[str, object]) -> list[str]:
    """Refusals that reach people without words."""
    return sorted(
        f"{one.__name__} has no words for {one.code}" for one in _family(Refusal) if one.code not in words
    )


def _family(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)


def wordless_reasons(root: Path, words: Mapping[str, object]) -> list[str]:
    """Reason words given beside a field or a conflict that no page can explain."""
    return [
        f"{name}:{line} gives the reason {reason!r}, which has no words"
        for name, tree in source.modules(root, "remanu")
        for line, reason in _reasons(tree)
        if reason not in words
    ]


def _reasons(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _REASONED:
            place = _REASONED[node.func.id]
            given = [node.args[place]] if place is not None and len(node.args) > place else []
            given += [one.value for one in node.keywords if one.arg == "why"]
            yield from ((node.lineno, one.value) for one in given if isinstance(one, ast.Constant))


def untitled_templates(root: Path) -> list[str]:
    """Pages without a title of their own."""
    return [
        f"{name} has no title"
        for name, text in source.texts(root, "*.html", "templates")
        if _CHILD.search(text) and not _TITLE.search(text)
    ]


def folds_without_sign(root: Path) -> list[str]:
    """Headings that unfold and do not look as if they did."""
    return [
        f"{name}: nothing shows that {' '.join(said.split())[:40]} unfolds"
        for name, text in source.texts(root, "*.html", "templates")
        for said in _FOLD.findall(text)
        if "icon(" not in said
    ]
