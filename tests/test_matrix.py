"""Who may do what: every endpoint, every role, own and other organisation, compared with what is declared."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import jsonify, request

from remanu.parts.models import Item
from remanu.web import access
from remanu.web.context import actor, here
from tests.matrix import samples, sweep

pytestmark = pytest.mark.xdist_group("matrix")


@pytest.fixture(scope="module")
def doors(seeded):
    """Every method of every route."""
    return sweep.doors(seeded)


def test_no_door_is_left_out(doors):
    """Each placeholder of each address has something to stand in it."""
    assert doors[1] == []


def test_every_door_opens_to_whom_it_says(seeded, doors):
    """No refusal where the rule lets in, no answer where it does not, nothing changed, nothing told."""
    assert list(sweep.faults(seeded, doors[0])) == []


def test_acts_refuse_by_themselves(seeded):
    """Permission is checked in the act, whatever door it is called through."""
    assert list(sweep.unguarded(seeded)) == []


def test_every_shape_has_a_sample(seeded):
    """The matrix knocks with input that is taken."""
    taken = {}
    for kind, verb in seeded.app.extensions["remanu.verbs"].items():
        taken[kind] = verb.schema().validate(samples.json_of(verb.schema, kind))
    assert {kind: errors for kind, errors in taken.items() if errors} == {}


def test_there_is_something_to_hide(seeded):
    """The world holds private text of every sort."""
    assert {"Quinn Zabriskie", "Customer Zabriskie is late with paying."} <= seeded.secret
    assert {"AUTH-ZQ-7719", "ZQ-4711-E"} <= seeded.inside


@pytest.fixture
def planted(seeded):
    """A door added to the application for one test."""
    rules = seeded.app.url_map
    known = set(seeded.app.view_functions)

    def plant(address, view, methods=("GET",)):
        rule = sweep.Rule(address, endpoint=f"planted.{view.__name__}", methods=methods)
        rules.add(rule)
        seeded.app.view_functions[rule.endpoint] = view
        return [one for one in sweep.doors(seeded)[0] if one.rule.endpoint == rule.endpoint]

    yield plant
    for name in set(seeded.app.view_functions) - known:
        del seeded.app.view_functions[name]
    for rule in [one for one in rules.iter_rules() if one.endpoint.startswith("planted.")]:
        rules._rules.remove(rule)
        rules._rules_by_endpoint.pop(rule.endpoint)
    rules._remap = True


def test_control_a_view_without_filter(seeded, planted):
    """A view that finds a part by its id alone is caught by status."""

    @access.allow("read:workshop")
    def unfiltered(item_id):
        with here().database.reading() as connection:
            connection.execute(sa.select(Item.__table__).where(Item.id == item_id)).one()
        return "found"

    found = list(sweep.faults(seeded, planted("/planted/parts/<item_id>", unfiltered)))
    assert any("belongs to another organisation" in one for one in found)


def test_control_a_list_without_filter(seeded, planted):
    """A list of everybody's private fields is caught by its words."""

    @access.allow("signed-in")
    def chatty():
        with here().database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT number FROM authorisation").scalars().all()
        return jsonify(list(rows))

    found = list(sweep.faults(seeded, planted("/planted/chatty", chatty)))
    assert any("tells a stranger 'AUTH-ZQ-7719'" in one for one in found)


def test_control_a_view_with_another_rule(seeded, planted):
    """A view that asks for more than it declares, and one that asks for nothing."""

    @access.allow("read:workshop")
    def strict():
        assert actor().roles
        raise access.Forbidden(action="strict")

    found = list(sweep.faults(seeded, planted("/planted/strict", strict)))
    assert any("lets him in" in one for one in found)


def test_control_a_refusal_that_changes_something(seeded, planted):
    """A door that writes before it refuses is caught by the store's own counter."""

    @access.allow("private-listener")
    def hasty():
        here().database.transact(lambda tx: tx.execute(sa.text("UPDATE device SET name = name || '!'")))
        raise access.Forbidden(action=request.endpoint)

    found = list(sweep.faults(seeded, planted("/planted/hasty", hasty)))
    assert any("something changed" in one for one in found)
