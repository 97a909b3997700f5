"""The paper is drawn before anybody signs it: what cannot be printed is said before a factor is asked for (T-R13)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from remanu.errors import Conflict
from remanu.parts.models import Item
from remanu.release import actions, queries
from tests.accounts.place import PASSWORD
from tests.release import site

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
RARE = "Engine ☐ A"
LONG = "Engine with a name that goes on " * 10
NUMBER = "9" * 80


def recorded(desk, **values):
    """The unit on the desk is recorded with these words, before its dossier is submitted."""
    desk.until("TEST_PASSED")
    mine = sa.update(Item).where(Item.org_id == desk.place.org_id, Item.id == desk.yard.unit)
    desk.place.database.transact(lambda tx: tx.execute(mine.values(**values)) and None)
    desk.submit()


def refused(desk, who=None):
    """What the signature of this person is refused with, as commands send it."""
    with pytest.raises(Conflict) as caught:
        actions.sign(desk.place.database, who or desk.certifier, desk.case, digest=desk.digest())
    assert caught.value.details["why"] == "lint-failed"
    return [(one["block"], one["code"], one["what"]) for one in caught.value.details["findings"]]


def drafts(desk):
    """State and findings of the drafts that were kept."""
    found = desk.place.ask(queries.linted, desk.place.org_id, "RC-000001")
    return [(row.state, len(json.loads(row.findings))) for row in found]


def test_a_rare_character_in_a_name(desk):
    """Block, character and nothing signed; the label would lack it as well, and the draft is kept as refused."""
    recorded(desk, name=RARE)

    assert refused(desk) == [("7", "character-missing", "☐"), ("label", "character-missing", "☐")]
    assert drafts(desk) == [("refused", 2)]
    assert desk.yard.view().state == "SUBMITTED"


def test_a_name_of_three_hundred_characters(desk):
    """The block holds so much and no more; a label cuts names short, so that it does not complain."""
    recorded(desk, name=LONG.strip())

    assert refused(desk) == [("7", "does-not-fit", f"Nordwerk {LONG}"[:40])]


@pytest.mark.parametrize(("field", "block"), [("part_number", "8"), ("serial", "10")])
def test_a_number_that_is_too_long(desk, field, block):
    """A number is never cut: neither the form nor any label holds it."""
    recorded(desk, **{field: NUMBER})

    assert refused(desk) == [(block, "does-not-fit", NUMBER[:40]), ("label", "does-not-fit", field)]


def test_the_signers_own_words(desk):
    """The paper is drawn as this person would sign it: his name, and the number by which he may."""
    desk.until("SUBMITTED")
    named = desk.place.member("Ren ☐", "certifying_staff")
    desk.authorise(named, "XA-CS-090")
    numbered = desk.place.member("long", "certifying_staff")
    desk.authorise(numbered, "7" * 60)

    assert refused(desk, desk.place.actor(named)) == [("14d", "character-missing", "☐")]
    assert refused(desk, desk.place.actor(numbered)) == [("14c", "does-not-fit", "7" * 40)]


def test_it_is_asked_before_the_factor(desk, web):
    """Page and JSON answer the same with the right password, a wrong one and none; the form asks for none."""
    recorded(desk, name=RARE)
    browser = site.browser(web, "certifying_staff")
    address = f"/cases/{desk.case}/release"
    page = browser.get(address).text
    assert ("This character cannot be printed" in page, 'name="factor"' in page) == (True, False)
    for key, factor in enumerate((PASSWORD, "wrong words here", "")):
        given = {"digest": desk.digest(), "factor": factor}
        said = browser.post(address, data={**given, "key": f"p{key}", "expected": "SUBMITTED"})
        assert (said.status_code, "Send the dossier back" in said.text) == (409, True)
        told = browser.post(
            f"/api/v1{address}",
            json={name: one for name, one in given.items() if one},
            headers={"Idempotency-Key": f"j{key}"},
        )
        assert (told.status_code, told.json["why"]) == (409, "lint-failed")
    assert "release.release" not in desk.kinds()


def test_a_correction_is_drawn_as_well(desk):
    """The corrected paper is drawn with the words of whoever corrects."""
    desk.until("RELEASED")
    numbered = desk.place.member("long", "certifying_staff")
    desk.authorise(numbered, "7" * 60)
    who = desk.place.actor(numbered)
    said = {"reason": "warranty-corrected", "claim_class": "REMANUFACTURED", "warranty_days": 400}
    shown = desk.to_sign(who, desk.paper().id, **said)
    with pytest.raises(Conflict) as caught:
        actions.lint_correction(desk.place.database, who, desk.paper().id, **said, digest=shown)

    assert caught.value.details["findings"][0]["code"] == "does-not-fit"


def test_what_can_be_drawn_is_signed(desk, web):
    """Control: the same desk asks for the password, and what is signed can be drawn."""
    desk.until("SUBMITTED")
    browser = site.browser(web, "certifying_staff")
    assert 'name="factor"' in browser.get(f"/cases/{desk.case}/release").text
    done = actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())

    assert browser.get(f"/certificates/{done.body.issue.certificate}.pdf").data.startswith(b"%PDF")


def test_the_gate_is_the_drawing(desk, monkeypatch):
    """Control: without it the same unit is signed, and its paper can never be drawn."""
    recorded(desk, name=RARE)
    tried = queries.undrawable
    monkeypatch.setattr(queries, "undrawable", lambda trial: tried(replace(trial, papers=(), labels=())))
    done = actions.sign(desk.place.database, desk.certifier, desk.case, digest=desk.digest())

    assert done.body.issue.record.unit.name == RARE
