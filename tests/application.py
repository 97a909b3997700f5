"""What the tests take from the application as it is put together."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

import remanu
from remanu.db import Reaction
from remanu.ledger import kinds


def reactions() -> Mapping[str, tuple[Reaction, ...]]:
    """What acts mean for later features; nothing while some feature cannot be imported."""
    try:
        from remanu import app  # noqa: PLC0415 -- tests of one feature run while another is being written
    except ImportError:
        return {}
    return app.REACTIONS


def registry() -> kinds.Registry:
    """Everything that can happen: every kind of every feature."""
    names = [f"remanu.{one.name}.events" for one in pkgutil.iter_modules(remanu.__path__) if one.ispkg]
    modules = [import_module(name) for name in names if find_spec(name) is not None]
    return kinds.registry(kind for module in modules for kind in module.KINDS)
