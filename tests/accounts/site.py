"""The pages of accounts on their own: the shell of the application with this one feature."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Flask

from remanu.accounts import api, events, schemas, views
from remanu.config import resource
from remanu.ledger.kinds import registry
from remanu.storage import Folder
from remanu.web import access, acts, context, csrf, headers, limits, locale, problems, shell


def build(config, database) -> Flask:
    """The application of these tests over this store, with the memory of no test before."""
    app = _built(config.secret)
    loader = views.session_loader(database)
    found = context.Installation(config, database, Folder(config.evidence_dir), registry(events.KINDS), loader)
    context.install(app, found)
    app.extensions[limits.ASKED] = limits.Asked()
    app.config["PREFERRED_URL_SCHEME"] = "http"
    return app


@cache
def _built(secret: str) -> Flask:
    """Built once a process: its templates are compiled once then, which takes longer than most tests."""
    app = Flask("remanu", static_folder="static", template_folder=str(resource("templates")))
    app.config.update(SECRET_KEY=secret, API_TITLE="t", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    # Parts has its own names for what a pack calls a component.
    app.jinja_env.filters["spoken"] = str
    locale.install(app)
    shell.install(app)
    problems.register(app)
    for guard in (csrf.guard, access.guard):
        app.before_request(guard)
    app.after_request(headers.apply)
    parts = Blueprint("parts", __name__)
    parts.add_url_rule("/", "home", access.allow("everybody")(lambda: "home"))
    app.register_blueprint(parts)
    app.register_blueprint(views.pages())
    problems.ProblemApi(app).register_blueprint(api.json())
    limits.install(app)
    acts.install(app, schemas.VERBS, schemas.SIGNING)
    return app


def browser(app: Flask):
    """A browser on our own site, over TLS, as its headers say."""
    app.config["PREFERRED_URL_SCHEME"] = "https"
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client
