"""Health: alive without the database, ready when the store answers; metrics for a private listener alone."""

from __future__ import annotations

import hmac

import sqlalchemy as sa
from flask import Flask, Response, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from sqlalchemy.exc import DBAPIError

from remanu.errors import NotFound, Unavailable
from remanu.web.access import EVERYBODY, PRIVATE, allow
from remanu.web.context import here

_LOCAL = {"127.0.0.1", "::1"}


def install(app: Flask) -> None:
    """Add the three addresses and count requests by route pattern."""
    numbers = CollectorRegistry()
    requests = Counter("remanu_requests", "Requests", ["route", "status"], registry=numbers)

    @app.after_request
    def _count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "none"
        requests.labels(route, response.status_code).inc()
        return response

    @allow(PRIVATE)
    def metrics() -> Response:
        """Numbers for the operator; nobody else learns that the address exists (ASVS 13.4.5)."""
        if not _may_count():
            raise NotFound(what="page")
        return Response(generate_latest(numbers), headers={"Content-Type": CONTENT_TYPE_LATEST})

    app.add_url_rule("/healthz", "healthz", _alive)
    app.add_url_rule("/readyz", "readyz", _ready)
    app.add_url_rule("/metrics", "metrics", metrics)


def _may_count() -> bool:
    """By token; without one only where no proxy stands in front, whose requests would all come from this machine."""
    config = here().config
    if config.metrics_token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), config.metrics_token.encode())
    behind = config.trusted_proxies or config.secure_cookies or request.headers.get("X-Forwarded-For")
    return not behind and request.remote_addr in _LOCAL


@allow(EVERYBODY)
def _alive() -> Response:
    return Response("alive\n", content_type="text/plain; charset=utf-8")


@allow(EVERYBODY)
def _ready() -> Response:
    try:
        with here().database.reading() as connection:
            connection.execute(sa.text("SELECT 1 FROM log LIMIT 1"))
    except DBAPIError as error:
        raise Unavailable(retry_after=5) from error
    return Response("ready\n", content_type="text/plain; charset=utf-8")
