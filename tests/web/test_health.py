"""Numbers for the operator alone: by a token, or at this machine's own address where nothing stands in front."""

from __future__ import annotations

import pytest
from flask import Flask

from remanu.config import for_tests
from remanu.errors import NotFound
from remanu.web import context, health

TOKEN = "0123456789abcdef0123456789abcdef"
ALONE = {"label_origin": "http://127.0.0.1:8000"}
PROXY = {"trusted_proxies": 1}


def _ask(tmp_path, settings, **request):
    app = Flask("health")
    app.register_error_handler(NotFound, lambda _: ("", 404))
    config = for_tests(tmp_path, **settings)
    context.install(app, context.Installation(config, None, None, {}, lambda *_: None))
    health.install(app)
    return app.test_client().get("/metrics", **request).status_code


@pytest.mark.parametrize(
    ("settings", "token", "status"),
    [
        (ALONE, "", 200),
        ({**ALONE, **PROXY}, "", 404),
        ({}, "", 404),
        ({"metrics_token": TOKEN}, TOKEN, 200),
        ({"metrics_token": TOKEN, **PROXY}, TOKEN, 200),
        ({"metrics_token": TOKEN, **ALONE}, "", 404),
        ({"metrics_token": TOKEN}, TOKEN[:-1], 404),
        ({}, TOKEN, 404),
    ],
)
def test_who_may_read_numbers(tmp_path, settings, token, status):
    """A proxy's requests all seem to come from this machine, so that the address alone proves nothing behind one."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    assert _ask(tmp_path, settings, headers=headers) == status


@pytest.mark.parametrize(
    "request_",
    [{"headers": {"X-Forwarded-For": "192.0.2.7"}}, {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}],
)
def test_nobody_from_elsewhere(tmp_path, request_):
    """Neither another machine nor a proxy that nobody configured."""
    assert _ask(tmp_path, ALONE, **request_) == 404
