"""Whatever is sent, the answer is a problem with a known code, never an error of ours, and nothing changes."""

from __future__ import annotations

import json
from contextlib import contextmanager
from uuid import uuid4

import pytest

from remanu.accounts.actions.ways import KEEPERS
from remanu.rules.signing import FACTORS
from remanu.web.words import PROBLEMS, REASONS
from tests.hostile import bodies, forms
from tests.matrix import samples, sweep

pytestmark = pytest.mark.xdist_group("matrix")


@pytest.fixture(scope="module")
def doors(seeded):
    """The doors of acts, each with somebody who may do it."""
    found = [one for one in sweep.doors(seeded)[0] if one.verb is not None and one.method == "POST"]
    return [(one, _able(seeded, one)) for one in found]


def _able(seeded, door):
    able = [one for one in seeded.personas if one.here and sweep.expected(door, one) is None]
    # A colleague's passkey is there for its keepers alone.
    return min(able, key=lambda one: not one.roles & KEEPERS)


def _programs(doors):
    return [(door, one) for door, one in doors if door.rule.rule.startswith("/api/")]


def _people(doors):
    return [(door, one) for door, one in doors if not door.rule.rule.startswith("/api/")]


def _address(seeded, door):
    return seeded.app.url_map.bind("localhost").build(door.rule.endpoint, door.values, method="POST")


def _problem(answer):
    """What is wrong with an answer that should be a problem document."""
    found = answer.get_json(silent=True) or {}
    if answer.mimetype != "application/problem+json":
        return f"is {answer.mimetype}"
    if found.get("code") not in PROBLEMS or found.get("status") != answer.status_code:
        return f"says {found}"
    reasons = [word for words in found.get("fields", {}).values() for word in words]
    unknown = [word for word in reasons if word not in REASONS]
    return f"gives reasons without words: {unknown}" if unknown else ""


@contextmanager
def _unchanged(seeded, found, named):
    """Adds to `found` where the store is another one afterwards."""
    with seeded.database.read_engine.connect() as watching:
        before = sweep._version(watching)
        yield
        if sweep._version(watching) != before:
            found.append(f"{named}: something changed")


def _post(seeded, door, client, body, **headers):
    given = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4()), **headers}
    return client.post(_address(seeded, door), data=body.content, headers=given)


def test_what_cannot_be_read(seeded, doors):
    """Broken JSON in all its forms; the doors of programs take turns, because one reader serves them all."""
    found, all_bodies, turns = [], tuple(bodies.unreadable()), bodies.Turns()
    for door, one in _programs(doors):
        client = sweep.client_of(seeded, one)
        for body in turns.deal(all_bodies, 2):
            found += _checked(seeded, door, client, body)
    assert found == []


def test_what_has_another_shape(seeded, doors):
    """Missing and surplus fields, other types, odd characters, numbers and times, one at a time."""
    found, turns = [], bodies.Turns()
    for door, one in _programs(doors):
        client = sweep.client_of(seeded, one)
        for body in bodies.misshapen(door.verb, turns):
            found += _checked(seeded, door, client, body)
    assert found == []


def _checked(seeded, door, client, body):
    """What was not as it should be about the answer to this body."""
    named, found = f"{door.name}: {body.name}", []
    with _unchanged(seeded, found, named):
        answer = _post(seeded, door, client, body)
    if answer.status_code not in body.right:
        return [*found, f"{named}: {answer.status_code} {answer.get_data(as_text=True)[:120]}"]
    odd = _problem(answer) or _unnamed(answer, body)
    return [*found, f"{named}: {odd}"] if odd else found


def _unnamed(answer, body):
    said = answer.get_json()
    told = {path.split(".")[0] for path in said.get("fields", {said.get("field", ""): []})}
    wrong = answer.status_code in bodies.TAKEN and body.field and body.field not in told
    return f"names {told}, not {body.field}" if wrong else ""


def test_forms_that_no_browser_sends(seeded, doors):
    """The same at every page: refused with a page, and nothing changed."""
    found, turns = [], bodies.Turns()
    for at, (door, one) in enumerate(_people(doors)):
        client = sweep.client_of(seeded, one)
        for sent in (*forms.hostile(door.verb, turns), *(forms.heavy(door.verb) if at == 0 else ())):
            named = f"{door.name}: {sent.name}"
            with _unchanged(seeded, found, named):
                answer = client.post(_address(seeded, door), data={**sent.values, "key": str(uuid4())})
            if answer.status_code not in sent.right or answer.mimetype != "text/html":
                found.append(f"{named}: {answer.status_code} {answer.mimetype}")
    assert found == []


def test_without_a_key_nothing_is_done(seeded, doors):
    """Every act wants a key of the client's choosing, of a bearable length."""
    found = []
    for door, one in _programs(doors):
        client, values = sweep.client_of(seeded, one), samples.json_of(door.verb.schema, door.verb.kind)
        for key in ({}, {"Idempotency-Key": ""}, {"Idempotency-Key": "k" * 81}):
            answer = client.post(_address(seeded, door), json=values, headers=key)
            if (answer.status_code, (answer.get_json() or {}).get("code")) != (400, "key-missing"):
                found.append(f"{door.name}: {answer.status_code} {answer.get_data(as_text=True)[:90]}")
    assert found == []


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "0",
        "-1",
        "%00",
        "%2e%2e%2f",
        "a" * 4000,
        "' OR 1=1 --",
        "\u202e",
        "%ff",
        "0195a000-0000-7000-8000-0000000000ff",
    ],
)
def test_addresses_of_nothing(seeded, doors, name):
    """A thing that is not there, however it is spelt, is not found."""
    found = []
    for door, one in [pair for pair in doors if "target_id" in pair[0].values][::5]:
        place = door.rule.rule.replace("<target_id>", name)
        client = sweep.client_of(seeded, one)
        if door.rule.rule.startswith("/api/"):
            sent = {
                "json": samples.json_of(door.verb.schema, door.verb.kind),
                "headers": {"Idempotency-Key": str(uuid4())},
            }
        else:
            sent = {"data": {**samples.form_of(door.verb.schema, door.verb.kind), "key": str(uuid4())}}
        answer = client.post(place, **sent)
        if answer.status_code not in {404, 308, 405}:
            found.append(f"{door.name}: {answer.status_code}")
    assert found == []


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "\u00e9"]
)
def test_odd_content_types(seeded, doors, content_type):
    """A body is read as JSON or refused, whatever it calls itself."""
    door, one = _programs(doors)[0]
    body = bodies.Body("odd", b"\x00\x01\x02", bodies.UNREADABLE)
    answer = _post(seeded, door, sweep.client_of(seeded, one), body, **{"Content-Type": content_type})
    assert answer.status_code in {400, 415, 422}
    assert _problem(answer) == ""


def test_a_dead_session_loses_nothing_typed(seeded, doors):
    """Whoever is signed out in the middle of a form finds everything again after signing in, secrets apart."""
    gone = next(one for one in seeded.personas if one.name == "signed-out")
    found = []
    for door, _ in _people(doors):
        client = sweep.client_of(seeded, gone)
        typed = samples.form_of(door.verb.schema, door.verb.kind)
        answer = client.post(_address(seeded, door), data={**typed, "key": "k"})
        page = answer.get_data(as_text=True)
        secret = typed.keys() & {"password", "pin", "secret", *FACTORS}
        lost = [name for name in typed.keys() - secret if f'name="typed.{name}"' not in page]
        told = [name for name in secret if f'name="typed.{name}"' in page or (typed[name] and typed[name] in page)]
        if answer.status_code != 401 or lost or told:
            found.append(f"{door.name}: {answer.status_code}, lost {lost}, told {told}")
    assert found == []


def test_the_control_finds_what_is_swallowed(seeded, doors):
    """A body that is right is not refused: the cases above differ from it by their fault alone."""
    door, one = next(
        (door, one) for door, one in _programs(doors) if door.verb.kind == "accounts.enrol_device"
    )
    content = json.dumps(samples.json_of(door.verb.schema, door.verb.kind)).encode()
    client, key = sweep.client_of(seeded, one), str(uuid4())
    good = bodies.Body("good", content, bodies.TAKEN)
    assert _checked(seeded, door, client, good)
    first = _post(seeded, door, client, good, **{"Idempotency-Key": key})
    again = _post(seeded, door, client, good, **{"Idempotency-Key": key})
    assert (
        (first.status_code, first.get_json())
        == (again.status_code, again.get_json())
        == (200, again.get_json())
    )
    other = bodies.Body("other", content.replace(b"Sample", b"Other"), bodies.TAKEN)
    reused = _post(seeded, door, client, other, **{"Idempotency-Key": key})
    assert (reused.status_code, reused.get_json()["code"]) == (409, "key-reused")
