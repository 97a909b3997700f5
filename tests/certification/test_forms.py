"""Each act's form is drawn and takes what it says; what it cannot take it refuses with a reason word."""

from __future__ import annotations

import inspect

import pytest

from remanu.certification.schemas import VERBS, decisions, forms
from remanu.certification.schemas.fields import crossed
from remanu.errors import InvalidForm
from remanu.rules.certification import Line
from remanu.rules.permissions import PERMISSIONS
from remanu.web import shape
from tests.certification import story
from tests.certification.story import ACCREDITOR, BODY, HOLDER, OWNER
from tests.certification.test_pages import offices
from tests.matrix import samples

__all__ = ["offices"]


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_each_shape_takes_its_sample(verb):
    """What the matrix knocks with."""
    given = samples.json_of(verb.schema, verb.kind)
    given = {name: value for name, value in given.items() if name != "evidence"}
    if "evidence" in verb.schema().fields and verb.schema().fields["evidence"].required:
        with pytest.raises(InvalidForm):
            shape.take(verb.schema, given)
        given["evidence"] = []
    taken = shape.take(verb.schema, given)
    known = inspect.signature(verb.do).parameters
    assert set(taken) - {"factor", "passkey_factor", "code_factor"} <= set(known), "each is one that the act knows"


@pytest.mark.parametrize(
    ("schema", "given", "field", "why"),
    [
        (forms.Apply, {"models": 7}, "models", "wrong-type"),
        (forms.Apply, {"models": ["a|b"]}, "models", "wrong-type"),
        (forms.Apply, {"models": ["x" * 121]}, "models", "too-long"),
        (forms.Apply, {"models": ["x"] * 301}, "models", "too-long"),
        (forms.ReduceAccreditation, {"areas": ["a|b"]}, "areas", "wrong-type"),
        (decisions.Suspend, {"retro_until": "2026-03-01"}, "retro_since", "required"),
    ],
)
def test_what_cannot_be_taken(schema, given, field, why):
    """Types, lengths, and an end without a beginning."""
    whole = {**samples.json_of(schema), **given}
    if "retro_until" in given:
        whole = {name: value for name, value in whole.items() if name != "retro_since"}
    with pytest.raises(InvalidForm) as refusal:
        shape.take(schema, whole)
    assert why in refusal.value.details["fields"][field]


def test_scope_is_every_combination():
    """Models by sites by classes; every one where none was named."""
    assert crossed(["a"], (), ()) == (Line("a"),)
    assert len(crossed(["a", "b"], ["x", "y"], ["REPAIRED", "REMANUFACTURED"])) == 8
    taken = shape.take(forms.Apply, {**samples.json_of(forms.Apply), "models": "a\n\n b \na", "sites": ""})
    assert {one.model for one in taken["lines"]} == {"a", "b"}


def test_a_retroactive_suspension_names_units():
    """By the form as by JSON."""
    taken = shape.take(decisions.Suspend, {**samples.json_of(decisions.Suspend), "retro_serials": "S-1\nS-2"})
    assert taken["retro"].serials == ("S-1", "S-2")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_each_form_is_drawn(offices):
    """By somebody who may, about something that is there."""
    house = offices("granted")
    one = house.story
    other = story.second_file(one, "opened")
    places = {
        "schemes": (OWNER, "steward", one.scheme),
        "accreditations": (ACCREDITOR, "accreditor", one.accreditation),
        "applications": (HOLDER, "quality", one.application),
        "files": (BODY, None, one.file),
    }
    for verb in VERBS:
        kind, _, target = verb.on.path.removeprefix("certification/").partition("/")
        if kind not in places or (target and kind == "applications" and verb.name == "apply"):
            continue
        org_id, role, found = places[kind]
        who = role or min(PERMISSIONS[verb.kind] & {"evaluator", "reviewer", "decision_maker"})
        path = (
            f"/certification/{kind}/{found}/{verb.name}" if target else f"/certification/{kind}/{verb.name}"
        )
        answer = house.get(org_id, who, path)
        assert answer.status_code == 200, (path, answer.text[:200])
    assert (
        "NW-6L-200" in house.get(BODY, "decision_maker", f"/certification/files/{one.file}/reduce_scope").text
    )
    incoming = story.apply(one).subject.id
    page = house.get(BODY, "reviewer", f"/certification/incoming/{incoming}/open_application").text
    assert "Works of XA" in page
    appeal = one.do(
        story.actions.raise_complaint, story.who(BODY, "evaluator"), one.file, about="appeal", note="No."
    )
    page = house.get(BODY, "reviewer", f"/certification/complaints/{appeal.subject.id}/answer_complaint").text
    assert "PC-000001" in page
    one.later(170)
    assert "Coming" in house.get(BODY, "supervisor", "/certification/desk").text
    one.later(30)
    assert "Due" in house.get(BODY, "steward", "/certification/desk").text
    one.later(60)
    assert "Overdue" in house.get(BODY, "accreditor", "/certification/desk").text
    assert other.state == "APPLIED"
