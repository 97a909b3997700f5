"""Who was slower is told what the other did, and finds again what he typed; so does who was signed out meanwhile."""

from __future__ import annotations

import html
from uuid import uuid4

import pytest

from tests.accounts.place import PASSWORD
from tests.matrix import samples, sweep

pytestmark = pytest.mark.xdist_group("matrix")
NOTE = "Typed with greasy gloves"


def _as(seeded, role):
    return next(one for one in seeded.personas if one.name == f"{role} here")


@pytest.fixture(scope="module")
def hold(seeded):
    """The door at which quality stops a case."""
    return next(one for one in sweep.doors(seeded)[0] if one.name == "POST /cases/<target_id>/hold")


def _address(seeded, door):
    return seeded.app.url_map.bind("localhost").build(door.rule.endpoint, door.values, method="POST")


def test_a_stale_form(seeded, hold):
    """412: the state then and now, what was done last, the entries again, and a form that holds for the new state."""
    client = sweep.client_of(seeded, _as(seeded, "quality"))
    form = {**samples.form_of(hold.verb.schema), "note": NOTE, "key": str(uuid4()), "expected": "RECEIVED"}
    answer = client.post(_address(seeded, hold), data=form)
    page = html.unescape(answer.get_data(as_text=True))
    assert answer.status_code == 412
    for told in ("Somebody was faster", "What was done", NOTE):
        assert told in page, told
    assert 'name="expected" value="RECEIVED"' not in page


def test_a_stale_program(seeded, hold):
    """The same in JSON, by If-Match; with the state as it is now the act is done."""
    client = sweep.client_of(seeded, _as(seeded, "quality"))
    address, values = f"/api/v1{_address(seeded, hold)}", samples.json_of(hold.verb.schema)
    key = str(uuid4())
    answer = client.post(address, json=values, headers={"If-Match": '"RECEIVED"', "Idempotency-Key": key})
    said = answer.get_json()
    assert (answer.status_code, said["code"], said["seen"]) == (412, "stale", "RECEIVED")
    assert said["change"] in seeded.app.extensions["remanu.verbs"]
    again = client.post(
        address, json=values, headers={"If-Match": f'"{said["state"]}"', "Idempotency-Key": key}
    )
    assert again.status_code == 200


def test_signed_out_in_the_middle(seeded, hold):
    """The sign-in page carries the entries, and after it the form shows them again."""
    gone = next(one for one in seeded.personas if one.name == "signed-out")
    client = sweep.client_of(seeded, gone)
    typed = {**samples.form_of(hold.verb.schema), "note": NOTE}
    asked = client.post(_address(seeded, hold), data={**typed, "key": "k"})
    assert asked.status_code == 401
    entry = {
        "login": "signed-out",
        "password": PASSWORD,
        "next": _address(seeded, hold),
        **{f"typed.{name}": value for name, value in typed.items()},
    }
    page = client.post("/sign-in", data=entry, follow_redirects=True)
    assert page.status_code == 200
    assert NOTE in html.unescape(page.get_data(as_text=True))
