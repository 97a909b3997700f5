"""What a request may reach: the installation's parts, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g, request
from sqlalchemy.engine import Connection

from remanu.config import Config
from remanu.db import Database
from remanu.errors import NotSignedIn
from remanu.ledger.kinds import Registry
from remanu.rules import identity
from remanu.rules.actor import Actor
from remanu.storage import Storage


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session: the actor, and what only the screen needs to know of him."""

    actor: Actor
    session_id: str
    name: str
    organisation: str
    shared_device: bool = False


SessionLoader = Callable[[Connection, str], SignedIn | None]
Known = Callable[[Connection, str], bool]


def _nobodys(_connection: Connection, _text: str) -> bool:
    return False



@dataclass(frozen=True, slots=True)
class Installation:
    """Configuration, store and registry of one running installation.

    `load_session` and `known_badge`, which says whether a text is somebody's badge, come from accounts.
    """

    config: Config
    database: Database
    storage: Storage
    registry: Registry
    load_session: SessionLoader
    known_badge: Known = _nobodys


EXTENSION = "remanu"
COOKIE = "remanu_session"
# No other host and no page below a path can set a cookie of this name (ASVS 3.3.3).
GUARDED = f"__Host-{COOKIE}"


def install(app: Flask, installation: Installation) -> None:
    """Hang the installation on the application."""
    app.extensions[EXTENSION] = installation


def here() -> Installation:
    """The installation that serves this request."""
    return cast("Installation", current_app.extensions[EXTENSION])


def is_badge(text: str) -> bool:
    """Whether a scanned text is somebody's badge; nothing of another shape is asked of the store."""
    if not identity.is_badge(text):
        return False
    with here().database.reading() as connection:
        return here().known_badge(connection, text.strip())


def shown(text: str) -> str:
    """What a page may repeat of a text that was typed or scanned: all of it, and nothing of a badge."""
    return "" if is_badge(text) else text


def cookie() -> str:
    """The name of the session's cookie: guarded, but at this machine's own address over plain HTTP."""
    return GUARDED if here().config.secure_cookies else COOKIE


def signed_in() -> SignedIn | None:
    """Who is signed in, looked up once a request and live: a removed role is gone on the next request."""
    if "signed_in" not in g:
        token = request.cookies.get(cookie()) or _bearer()
        g.signed_in = _load(token) if token else None
    return cast("SignedIn | None", g.signed_in)


def _load(token: str) -> SignedIn | None:
    with here().database.reading() as connection:
        return here().load_session(connection, token)


def _bearer() -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" and token else None


def me() -> SignedIn:
    """Who is signed in; NotSignedIn otherwise."""
    found = signed_in()
    if found is None:
        raise NotSignedIn()
    return found


def actor() -> Actor:
    """The actor of this request, through the door it came by."""
    return me().actor.by("api" if request.path.startswith("/api/") else "web")
