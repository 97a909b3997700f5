"""The pages of inspection with those of the features before it."""

from __future__ import annotations

import re
from functools import cache

from flask import Flask

from remanu.accounts import api as accounts_api
from remanu.accounts import schemas as accounts_schemas
from remanu.accounts import views as accounts_views
from remanu.catalogue import schemas as catalogue_schemas
from remanu.catalogue import views as catalogue_views
from remanu.config import resource
from remanu.inspection import api, schemas, views
from remanu.parts import schemas as parts_schemas
from remanu.parts import views as parts_views
from remanu.storage import Folder
from remanu.web import access, acts, context, csrf, headers, limits, locale, problems, shell
from tests import application
from tests.accounts.place import PASSWORD


def build(config, database) -> Flask:
    """The application of these tests over this store, with the memory of no test before."""
    app = _built(config.secret)
    loader = accounts_views.session_loader(database)
    context.install(
        app, context.Installation(config, database, Folder(config.evidence_dir), application.registry(), loader)
    )
    app.extensions[limits.ASKED] = limits.Asked()
    app.config["PREFERRED_URL_SCHEME"] = "http"
    return app


@cache
def _built(secret: str) -> Flask:
    """Built once a process: its templates are compiled once then, which takes longer than most tests."""
    app = Flask("remanu", static_folder="static", template_folder=str(resource("templates")))
    app.config.update(SECRET_KEY=secret, API_TITLE="t", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    locale.install(app)
    shell.install(app)
    problems.register(app)
    for guard in (csrf.guard, access.guard):
        app.before_request(guard)
    app.after_request(headers.apply)
    for feature in (accounts_views, catalogue_views, parts_views, views):
        app.register_blueprint(feature.pages())
    json = problems.ProblemApi(app)
    for feature in (accounts_api, api):
        json.register_blueprint(feature.json())
    limits.install(app)
    rooms = (accounts_schemas, catalogue_schemas, parts_schemas, schemas)
    acts.install(app, [verb for room in rooms for verb in room.VERBS])
    return app


def signed_in(app: Flask, login: str):
    """A browser on our own site in which this member is signed in."""
    app.config["PREFERRED_URL_SCHEME"] = "https"
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert client.post("/sign-in", data={"login": login, "password": PASSWORD}).status_code == 303
    return client


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the first form that records an act."""
    form = page[re.search(r'class="(act-form|choices)"', page).start() :]
    form = form[: form.index("</form>")]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form))


TEST = {
    "method": "MPI",
    "procedure": "NDT-12",
    "procedure_edition": "3",
    "sensitivity": "A1 shim",
    "found": "none",
}
"""A test for cracks as it is typed, which shows none."""
