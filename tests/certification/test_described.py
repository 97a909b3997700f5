"""The OpenAPI document describes every JSON route of certification, and the routes answer what it describes."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

import pytest

from remanu.certification.api import READS
from remanu.certification.schemas import answers
from tests import application
from tests.accounts.place import Place
from tests.certification import story
from tests.certification.test_pages import Offices
from tests.intake.desk import Desk

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
PATHS = tuple("/api/v1" + re.sub(r"<(\w+)>", r"{\1}", path) for path, _schema, _view in READS)


def undescribed(document: dict) -> Iterator[str]:
    """Paths of certification of which the document does not say what they answer, by name."""
    known = document["components"]["schemas"]
    for path in PATHS:
        content = document["paths"].get(path, {}).get("get", {}).get("responses", {}).get("200", {}).get("content", {})
        shape = content.get("application/json", {}).get("schema", {})
        named = shape.get("items", shape).get("$ref", "").rpartition("/")[2]
        if not known.get(named, {}).get("properties"):
            yield path


@pytest.fixture
def document(config, database):
    """The document as anybody reads it."""
    return application.site(config, database).test_client().get("/api/v1/openapi.json").json


def test_every_route_is_described(document):
    """Each names the shape of its answer, and the shape names its fields."""
    assert list(undescribed(document)) == []


def test_the_check_can_fail(document):
    """Control: a shape without fields, a route without a shape, a route that is not there."""
    planted = copy.deepcopy(document)
    planted["components"]["schemas"]["certification.EntryAnswer"]["properties"] = {}
    planted["paths"][PATHS[0]]["get"]["responses"]["200"].pop("content")
    del planted["paths"][PATHS[1]]
    assert set(undescribed(planted)) == {PATHS[0], PATHS[1], "/api/v1/recognised-products/{certification_id}"}


def test_acts_are_described_too(document):
    """Every act of this room takes a shape and answers one."""
    acts = {path: one["post"] for path, one in document["paths"].items() if "/certification/" in path and "post" in one}
    assert len(acts) > 30
    for path, one in acts.items():
        assert "requestBody" in one or path.endswith(("open_application", "accept_application", "take_answer")), path
        assert "content" in one["responses"]["200"], path


@pytest.fixture
def offices(database, config):
    """Everybody of a story that ends with a certificate."""
    web = application.site(config, database)
    desks = {one: Desk(Place(database, one, config), web) for one in (story.OWNER, story.BODY, story.HOLDER)}
    return Offices(story.told(database, "granted"), desks)


def test_nothing_is_left_out_of_an_answer(offices, monkeypatch):
    """What a view says and what is sent have the same fields, all the way down: no shape drops one silently."""
    told = offices.story
    ids = {
        "file_id": told.file,
        "application_id": told.application,
        "scheme_id": told.scheme,
        "accreditation_id": told.accreditation,
        "certification_id": told.file,
    }
    who = {"applications": (story.HOLDER, "quality"), "outside": (story.OWNER, "steward")}
    seen = spy(monkeypatch)
    for path, _schema, _view in READS:
        if "<record_id>" in path:
            continue
        org_id, role = next((one for name, one in who.items() if name in path), (story.BODY, "evaluator"))
        filled = re.sub(r"<(\w+)>", lambda found: ids[found[1]], path)
        answer = offices.desks[org_id].get(role, f"/api/v1{filled}")
        assert answer.status_code == 200, path
        assert keys(answer.json) == keys(seen[0]), path
        seen.clear()


def spy(monkeypatch):
    """What each shape was given, the outermost first."""
    seen = []
    dump = answers.Schema.dump

    def watched(self, given, **more):
        plain = list(given) if self.many or more.get("many") else given
        seen.append(plain)
        return dump(self, plain, **more)

    monkeypatch.setattr(answers.Schema, "dump", watched)
    return seen


def keys(value) -> set[str]:
    """The names of all fields in a document, at any depth; what is free by its shape is one field."""
    if isinstance(value, dict):
        within = {f"{name}.{one}" for name, each in value.items() if name not in _FREE for one in keys(each)}
        return set(value) | within
    if isinstance(value, list | map):
        return {one for each in value for one in keys(each)}
    if hasattr(value, "__dataclass_fields__"):
        return set(value.__dataclass_fields__)
    return set()


_FREE = frozenset({"facts", "clauses"})
