"""Writes the golden bytes of event kinds: what each landed version looked like, for ever."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from remanu.app import known_kinds
from remanu.ledger import body as bodies
from remanu.ledger.kinds import Kind
from remanu.rules import canonical as jcs

FOLDER = Path(__file__).parent.parent / "tests" / "golden"
_NUMBER = 7


def files(kind: Kind[Any]) -> Iterator[tuple[str, bytes]]:
    """The two golden files of a kind: with everything that its body may hold, and with the least."""
    yield f"{kind.name}@{kind.version}.json", canonical(kind, sample(kind.body, full=True))
    yield f"{kind.name}@{kind.version}.least.json", canonical(kind, sample(kind.body, full=False))


def canonical(kind: Kind[Any], body: object) -> bytes:
    """The canonical bytes of an event with this body in a fixed envelope."""
    document = {
        "v": 1,
        "id": "00000000-0000-7000-8000-000000000001",
        "act": "00000000-0000-7000-8000-000000000002",
        "org": "00000000-0000-7000-8000-000000000003",
        "subject": "https://id.example.test/0123456789ABC",
        "subject_id": "00000000-0000-7000-8000-000000000004",
        "seq": 1,
        "prev": "11" * 32,
        "salt": "22" * 16,
        "kind": kind.name,
        "version": kind.version,
        "at": {"utc": "2026-02-03T04:05:06.000007Z", "offset": 480, "zone": "Asia/Shanghai"},
        "recorded": "2026-02-03T04:05:07.000008Z",
        "by": {"ref": "33" * 16, "role": "technician"},
        "source": "web",
        "body": bodies.encode(body),
    }
    return jcs.encode(document)


def sample(kind: type[Any], *, full: bool) -> Any:
    """A body of fixed values: each text is its field's name; without `full`, what may be missing is."""
    hints = get_type_hints(kind)
    return kind(**{field.name: _value(hints[field.name], field.name, full=full) for field in fields(kind)})


def _value(hint: Any, name: str, *, full: bool) -> Any:
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        inner = next(one for one in get_args(hint) if one is not type(None))
        return _value(inner, name, full=full) if full else None
    if origin is tuple:
        return (_value(get_args(hint)[0], name, full=full),) if full else ()
    if origin is dict:
        return {"key": _value(get_args(hint)[1], name, full=full)} if full else {}
    if isinstance(hint, type) and is_dataclass(hint):
        return sample(hint, full=full)
    return {str: f"{name} 检", int: _NUMBER, bool: True}[hint]


def main(arguments: list[str]) -> int:
    """Write what is missing; 1 when a landed file would change. `--replace NAME` is for kinds not yet released."""
    FOLDER.mkdir(exist_ok=True)
    given = set(arguments) - {"--replace"}
    frozen = [name for name, content in _wanted() if not _write(FOLDER / name, content, given)]
    for name in frozen:
        print(f"{name} has landed with other bytes; make a new version of the kind")
    return 1 if frozen else 0


def _wanted() -> Iterator[tuple[str, bytes]]:
    for kind in known_kinds().values():
        yield from files(kind)


def _write(path: Path, content: bytes, replaced: set[str]) -> bool:
    free = not path.exists() or path.name.partition("@")[0] in replaced or "all" in replaced
    if free:
        path.write_bytes(content)
    return free or path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
