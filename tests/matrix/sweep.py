"""Knocking at every door as everybody, and saying in sentences where something else happened than was declared."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from remanu.rules.permissions import PERMISSIONS
from remanu.rules.signing import FACTORS
from remanu.web import access, shape
from remanu.web.acts import Verb
from remanu.web.context import GUARDED
from tests import people
from tests.matrix import samples, targets
from tests.matrix.world import Persona, World

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_REFUSALS = {"not-signed-in", "forbidden"}
_OURS, _REFUSED, _NOWHERE = 500, 400, 404
_SOUGHT = "zq-4711 zabriskie"
_ADDRESSES = count(1)


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one route, with the values of its address and the verb behind it, if there is one."""

    rule: Rule
    method: str
    access: str | None
    values: dict[str, str]
    verb: Verb | None

    @property
    def name(self) -> str:
        """Method and address pattern."""
        return f"{self.method} {self.rule.rule}"

    @property
    def own(self) -> bool:
        """Whether the address names a thing of an organisation."""
        return any(name not in targets.PLAIN for name in self.rule.arguments)


def doors(world: World) -> tuple[list[Door], list[str]]:
    """Every method of every route, and what is missing to knock at it."""
    verbs = world.app.extensions["remanu.verbs"]
    found, missing = [], []
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        values, unknown = targets.arguments(rule, world.database)
        missing += [
            f"{rule.rule}: the matrix knows no <{name}>; tests/matrix/targets.py, stories.py"
            for name in unknown
        ]
        if unknown:
            continue
        verb = verbs.get(rule.endpoint.replace("_api.", ".").replace(".begin_", "."))
        declared = access.rule_of(world.app, rule.endpoint)
        found += [Door(rule, one, declared, values, verb) for one in _METHODS if one in rule.methods]
    return found, missing


def knock(world: World, door: Door, client: FlaskClient, *, key: str = "") -> TestResponse:
    """Ask with input that the door's shape takes; without a key an act is not done."""
    at = next(_ADDRESSES)
    return client.open(
        world.app.url_map.bind("localhost").build(door.rule.endpoint, door.values, method=door.method),
        method=door.method,
        headers={"Accept": "application/json, text/html;q=0.1", **({"Idempotency-Key": key} if key else {})},
        environ_base={"REMOTE_ADDR": f"10.{at >> 16 & 255}.{at >> 8 & 255}.{at & 255}"},
        **_input(door, key),
    )


def _input(door: Door, key: str) -> dict[str, Any]:
    if door.method == "GET":
        return {} if door.rule.arguments else {"query_string": {"q": _SOUGHT, "code": _SOUGHT}}
    if door.rule.rule.startswith("/api/"):
        return {"json": samples.json_of(door.verb.schema, door.verb.kind) if door.verb else {}}
    return {"data": {"key": key, **(samples.form_of(door.verb.schema, door.verb.kind) if door.verb else {})}}


def client_of(world: World, one: Persona) -> FlaskClient:
    """A browser of this persona on our own site, with his session where he has one, dead or alive."""
    client = world.app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    token = world.token(one)
    if token:
        client.set_cookie(GUARDED, token)
    return client


def faults(world: World, chosen: list[Door]) -> Iterator[str]:
    """What happened otherwise than declared, over all personas."""
    with world.database.read_engine.connect() as watching:
        for door in chosen:
            for one in world.personas:
                yield from _faults(world, door, one, watching)


def _faults(world: World, door: Door, one: Persona, watching: sa.Connection) -> Iterator[str]:
    client, wanted = client_of(world, one), expected(door, one)
    stranger = (
        wanted is None and bool(one.ref) and not one.here and door.own and door.access != access.EVERYBODY
    )
    before = _version(watching)
    answer = knock(world, door, client, key=str(uuid4()) if stranger else "")
    said = f"{door.name} as {one.name}: {answer.status_code} {_code(answer)}"
    if answer.status_code >= _OURS:
        yield f"{said}: an error of ours"
    yield from _against(door, answer, said, wanted=wanted)
    if stranger and answer.status_code != _NOWHERE and (other := _differs(world, door, client, answer)):
        yield f"{said}, and it belongs to another organisation; one that does not exist: {other}"
    if (wanted or stranger) and _version(watching) != before:
        yield f"{said}: refused, and something changed"
    if not one.here or not one.ref:
        yield from (f"{said}: tells a stranger {leak!r}" for leak in _leaks(world, door, answer))


def _against(door: Door, answer: TestResponse, said: str, *, wanted: int | None) -> Iterator[str]:
    if wanted and answer.status_code != wanted:
        yield f"{said}, and {door.access} declares {wanted}"
    if not wanted and _code(answer) in _REFUSALS and door.access != access.EVERYBODY:
        yield f"{said}, though {door.access} lets him in"


def _differs(world: World, door: Door, client: FlaskClient, answer: TestResponse) -> str:
    """What another organisation's thing is answered otherwise than one that does not exist; empty where nothing."""
    nowhere = replace(door, values=dict.fromkeys(door.values, str(uuid4())))
    again = knock(world, nowhere, client, key=str(uuid4()))
    same = (again.status_code, _code(again)) == (answer.status_code, _code(answer))
    return "" if same and answer.status_code >= _REFUSED else f"{again.status_code} {_code(again)}"


def expected(door: Door, one: Persona) -> int | None:
    """The status of a refusal, or None where the rule lets him in."""
    if door.access == access.EVERYBODY:
        return None
    if door.access == access.PRIVATE:
        return 404
    if door.access is None or (one.ref and not one.roles & access.roles_of(door.access)):
        return 403
    return None if one.ref else 401


def _code(answer: TestResponse) -> str:
    found = answer.get_json(silent=True)
    return str(found.get("code", "")) if isinstance(found, dict) else ""


def _leaks(world: World, door: Door, answer: TestResponse) -> Iterator[str]:
    """What the answer tells, in body or headers, of the full organisation, save what was asked with."""
    text = f"{answer.get_data().decode(errors='replace')}\n{answer.headers}"
    asked = answer.request.url
    hidden = world.secret if door.access == access.EVERYBODY else world.secret | world.inside
    return (one for one in hidden if one in text and one not in asked)


def _version(watching: sa.Connection) -> int:
    """A number that rises with each commit of anybody else."""
    return int(watching.exec_driver_sql("PRAGMA data_version").scalar_one())


def unguarded(world: World) -> Iterator[str]:
    """Acts that do not refuse a role that may not, when they are called from elsewhere than a route."""
    for kind, verb in world.app.extensions["remanu.verbs"].items():
        with world.app.test_request_context():
            taken = shape.take(verb.schema, samples.json_of(verb.schema, kind))
        given = {name: value for name, value in taken.items() if name not in FACTORS}
        for role in sorted(set(people.BY_ROLE) - PERMISSIONS[kind]):
            said = _call(world, verb, role, given)
            if said != "Forbidden":
                yield f"{kind} as {role}, called directly: {said}"


def _call(world: World, verb: Verb, role: str, given: dict[str, object]) -> str:
    where = ("nowhere",) if "<target_id>" in verb.on.path else ()
    try:
        with world.app.test_request_context():
            world.database.transact(
                lambda tx: verb.do(tx, people.BY_ROLE[role], *where, **copy.deepcopy(given))
            )
    except Exception as refusal:  # noqa: BLE001 -- whatever it is, its name is the finding
        return type(refusal).__name__
    return "done"
