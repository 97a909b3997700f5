"""What the tests take from the application as it is put together."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from flask import Flask

import remanu
from remanu import app as application
from remanu.config import Config
from remanu.db import Database, Reaction
from remanu.ledger import kinds
from remanu.provenance.views import public
from remanu.web import context, limits


def site(config: Config, database: Database) -> Flask:
    """The whole application over this store, with the memory of no test before.

    It is built once a process, because describing two hundred acts takes longer than most tests.
    """
    app = _built(config)
    context.install(app, application.installation(config, database))
    app.extensions[limits.ASKED] = limits.Asked()
    app.extensions[public.TALLY] = public.Tally()
    app.extensions.pop(public.KEPT, None)
    app.config["SESSION_COOKIE_SECURE"] = config.secure_cookies
    app.config["PREFERRED_URL_SCHEME"] = "http"
    return app


_made: dict[str, Flask] = {}


def _built(config: Config) -> Flask:
    return _made.get("site") or _made.setdefault("site", application.create_app(config, database=object()))


def reactions() -> Mapping[str, tuple[Reaction, ...]]:
    """What acts mean for later features."""
    return application.REACTIONS


def registry() -> kinds.Registry:
    """Everything that can happen: every kind of every feature."""
    names = [f"remanu.{one.name}.events" for one in pkgutil.iter_modules(remanu.__path__) if one.ispkg]
    modules = [import_module(name) for name in names if find_spec(name) is not None]
    return kinds.registry(kind for module in modules for kind in module.KINDS)
