"""What a scan costs: CPU of the public page of an engine with ten components, new and kept, page and document."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import sqlalchemy as sa
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from remanu import app
from remanu.bench.engine import begin_engine, workshop
from remanu.bench.papers import Papers
from remanu.bench.place import Figures, cpu, installation, ms
from remanu.config import Config
from remanu.db import Database
from remanu.ledger import checkpoint
from remanu.ledger.models import EventRow
from remanu.web.access import EVERYBODY, allow

ROUNDS, EACH = 9, 20
BUDGET = {"page_new_ms": 10.0, "page_kept_ms": 1.0, "statements_new": 2, "statements_kept": 1}
_BESIDE = 1  # the founding of the workshop is an event too, and none of the engine's
_HELLO = "/hello-from-the-bench"


def scan() -> Figures:
    """The public page against the smallest route of the same application, in turns."""
    with installation() as (config, database), _quiet():
        papers = _specimen(database)
        web = _application(config, database)
        return _measured(web, database, papers)


def _specimen(database: Database) -> Papers:
    """A released, labelled engine of ten components and fifty events, whose log is signed."""
    engine = begin_engine(database, workshop(database))
    engine.receive()
    engine.take_apart()
    engine.inspect(2)
    engine.restore(2)
    engine.try_out(1)
    papers = Papers(engine)
    papers.submit()
    papers.release()
    label = papers.reserve()
    papers.print(label)
    papers.hang(label)
    checkpoint.advance(database)
    return papers


def _application(config: Config, database: Database) -> Flask:
    web = app.create_app(config, database)
    web.add_url_rule(_HELLO, "hello", allow(EVERYBODY)(lambda: "hello"))
    return web


def _measured(web: Flask, database: Database, papers: Papers) -> Figures:
    client = web.test_client()
    label = next(iter(papers.labels))
    _ask(client, f"/{papers.engine.code}")
    shelves = web.extensions["remanu.provenance.kept"]
    page = f"/{papers.engine.code}/{label}"
    document = f"/{papers.engine.code}?format=json"

    def new(address: str) -> Callable[[], object]:
        def ask() -> object:
            shelves.forget()
            return _ask(client, address)

        return ask

    works = [lambda: _ask(client, _HELLO), new(page), lambda: _ask(client, page), new(document)]
    hello, fresh, kept, json = cpu(ROUNDS, EACH, *works)
    figures = {
        "hello_ms": ms(hello),
        "page_new_ms": ms(fresh),
        "page_kept_ms": ms(kept),
        "json_new_ms": ms(json),
    }
    figures |= _counted(database, shelves, client, page) | _sizes(database, client, page)
    return {
        "figures": figures,
        "floors": BUDGET,
        "ratios": {
            "kept_to_hello": round(hello / kept, 3),
            "new_to_hello": round(hello / fresh, 3),
            "json_to_hello": round(hello / json, 3),
        },
        "settings": {"rounds": ROUNDS, "each": EACH, "clock": "CPU of the process", "server": "in process"},
    }


_ADDRESSES = count()


def _ask(client: FlaskClient, address: str) -> bytes:
    # Each from an address of its own: what is measured is the page and not the limit.
    n = next(_ADDRESSES)
    answer = client.get(address, environ_base={"REMOTE_ADDR": f"198.51.{n // 250 % 250}.{n % 250}"})
    return bytes(answer.data)


def _counted(database: Database, shelves: Any, client: FlaskClient, page: str) -> Figures:
    shelves.forget()
    with _statements(database) as new:
        _ask(client, page)
    with _statements(database) as kept:
        _ask(client, page)
    return {"statements_new": len(new), "statements_kept": len(kept)}


def _sizes(database: Database, client: FlaskClient, page: str) -> Figures:
    with database.reading() as connection:
        events = connection.execute(sa.select(sa.func.count()).select_from(EventRow)).scalar_one()
    return {"page_bytes": len(_ask(client, page)), "events": int(events) - _BESIDE}


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(database.read_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.read_engine, "before_cursor_execute", note)


@contextmanager
def _quiet() -> Iterator[None]:
    """A line a request is written by a server and not measured here."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        yield
    finally:
        structlog.reset_defaults()
