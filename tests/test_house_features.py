"""Every kind, refusal, reason, page and route carries what the house asks of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from remanu import app as application
from remanu.config import for_tests
from remanu.errors import Refusal
from remanu.ledger import kinds
from remanu.rules.permissions import PERMISSIONS
from remanu.web import access, words
from tests.house import features, source
from tools import golden

GOLDEN = sorted(golden.FOLDER.glob("*.json"))


def test_every_kind_may_be_done_by_somebody():
    """Kinds and permission rows are the same set, verb for verb."""
    assert features.unnamed_kinds(application.known_kinds(), PERMISSIONS) == []


def test_bodies_keep_their_bytes():
    """No body holds a float or an untyped value."""
    assert features.loose_bodies(application.known_kinds().values()) == []


def test_every_refusal_has_words():
    """Each code that a program may get can be explained to a person."""
    assert features.wordless_refusals(words.PROBLEMS) == []


def test_every_reason_has_words():
    """Each reason beside a field can be explained to a person."""
    assert features.wordless_reasons(source.ROOT, words.REASONS) == []


def test_every_page_has_a_title():
    """Each page that extends another names itself."""
    assert features.untitled_templates(source.ROOT) == []


def test_what_unfolds_shows_it():
    """A heading that hides something carries the sign that it opens, also for fingers that never saw this page."""
    assert features.folds_without_sign(source.ROOT) == []


@pytest.mark.parametrize("kind", application.known_kinds().values(), ids=lambda kind: kind.name)
def test_each_kind_still_has_its_bytes(kind):
    """What is written today under a landed version is what was written when it landed."""
    for name, content in golden.files(kind):
        assert (golden.FOLDER / name).read_bytes() == content


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_each_landed_version_is_still_read(path):
    """Events of every version that ever landed are read as events of today."""
    event = kinds.read(application.known_kinds(), path.read_bytes())
    assert path.name.startswith(f"{event.kind}@{event.version}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A body that a control needs."""

    mass: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wider:
    """A body with a field that no landed kind has."""

    unheard_of: str


LOOSE = kinds.Kind("parts.weigh", 1, Loose, lambda _tx, _done: None)


def test_controls_of_kinds():
    """An unpermitted kind, an idle permission and a float are found."""
    assert len(features.unnamed_kinds({"parts.weigh": LOOSE}, {"parts.dream": frozenset()})) == 2
    assert features.loose_bodies([LOOSE])


def test_control_of_golden_bytes():
    """A body that changes under a landed version no longer has the bytes it landed with."""
    one = next(iter(application.known_kinds().values()))
    spoiled = kinds.Kind(one.name, one.version, Wider, one.apply)
    assert all((golden.FOLDER / name).read_bytes() != content for name, content in golden.files(spoiled))


def test_control_of_refusals():
    """A new refusal without words is found."""
    kind = type("Unheard", (Refusal,), {"code": "unheard"})
    try:
        assert features.wordless_refusals(words.PROBLEMS) == ["Unheard has no words for unheard"]
    finally:
        kind.code = "refused"


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A copy of the project in which faults may be planted."""
    return source.copy(tmp_path_factory.mktemp("features"))


def test_control_of_reasons(spoiled: Path):
    """A reason that no page explains is found, positional or by name."""
    text = "raise BadInput('a', 'unheard')\nraise Conflict(why='unheard-of')\n"
    with source.planted(spoiled, "remanu/parts/mute.py", text):
        assert len(features.wordless_reasons(spoiled, words.REASONS)) >= 2


def test_control_of_titles(spoiled: Path):
    """A page without a title, or with an empty one, is found."""
    page = '{% extends "base.html" %}{% block title %}{% endblock %}'
    with source.planted(spoiled, "templates/parts/nameless.html", page):
        assert "templates/parts/nameless.html has no title" in features.untitled_templates(spoiled)


def test_control_of_folds(spoiled: Path):
    """A heading without the sign is found."""
    page = '<details class="unfold"><summary>Hidden</summary></details>'
    with source.planted(spoiled, "templates/parts/folded.html", page):
        assert any("folded.html" in one for one in features.folds_without_sign(spoiled))


@pytest.fixture
def web(tmp_path):
    """The application without a store: enough to ask for its routes."""
    return application.create_app(for_tests(tmp_path), database=object())


def test_every_endpoint_has_a_rule(web):
    """No route is open by forgetting."""
    endpoints = {rule.endpoint for rule in web.url_map.iter_rules()}
    assert access.undeclared(web, endpoints) == []


def test_control_of_endpoints(web):
    """A view without a rule is found."""
    web.view_functions["forgotten"] = lambda: ""
    try:
        assert access.undeclared(web, ["forgotten"]) == ["forgotten"]
    finally:
        del web.view_functions["forgotten"]
