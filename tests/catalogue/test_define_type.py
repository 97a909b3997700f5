"""An organisation defines a part type."""

from __future__ import annotations

import pytest

from remanu.catalogue import actions, queries
from remanu.errors import BadInput, NotFound
from tests import people
from tests.catalogue import promises, test_add_model

ENGINEER = people.BY_ROLE["engineering"]
TYPE = {
    "family": "aero-engine",
    "component": "engine",
    "name_en": "Turbofan NF-5",
    "name_zh_hans": "涡扇发动机 NF-5",
    "name_zh_hant": "渦扇發動機 NF-5",
}


def define(tx, actor=ENGINEER, **more):
    """A turbofan type, or what is given."""
    return actions.define_type(tx, actor, **{**TYPE, **more})


def test_a_type_has_names_in_three_languages(hall):
    """And may know neither maker nor part number."""
    done = hall.do(define)
    row = hall.ask(queries.find_type, people.WORKSHOP, done.subject.id)
    assert (row.name_en, row.name_zh_hans, row.name_zh_hant) == tuple(TYPE.values())[2:]
    assert (row.maker, row.part_number, row.reference_code) == (None, None, None)
    assert hall.ask(queries.part_types, people.WORKSHOP) == [row]
    assert hall.holds()


def test_a_cited_model_says_maker_and_part_number(hall):
    """Unless the type says otherwise."""
    hall.do(test_add_model.add)
    row = hall.ask(
        queries.find_type, people.WORKSHOP, hall.do(define, reference="engines/52041").subject.id
    )
    assert (row.maker, row.part_number, row.reference_list) == ("NORDWERK", "NF-5-1A", "engines")
    own = hall.do(define, reference="engines/52041", part_number="NF-5-1A-R").body
    assert (own.maker, own.part_number) == ("NORDWERK", "NF-5-1A-R")
    assert hall.holds()


@pytest.mark.parametrize("reference", ["engines/1", "engines", "nowhere/52041"])
def test_an_unknown_model_is_not_found(hall, reference):
    """A citation that leads nowhere is none."""
    hall.do(test_add_model.add)
    with pytest.raises(NotFound):
        hall.do(define, reference=reference)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"family": "steam-engine"}, "family"),
        ({"component": "wheel"}, "component"),
        ({"name_en": ""}, "name_en"),
        ({"name_zh_hans": "涡\u202e扇"}, "name_zh_hans"),
        ({"maker": "\x07"}, "maker"),
        ({"part_number": "p" * 121}, "part_number"),
    ],
)
def test_odd_types_are_refused(hall, changed, field):
    """No such family or component, or text that cannot be shown."""
    with pytest.raises(BadInput) as refused:
        hall.do(define, **changed)
    assert refused.value.details["field"] == field
    assert hall.events() == 0


def test_types_are_an_organisations_own(hall):
    """Another one does not find them."""
    one = hall.do(define).subject.id
    with pytest.raises(NotFound):
        hall.ask(queries.find_type, people.ELSEWHERE, one)


def test_roles(hall):
    """Engineering alone."""
    promises.only_its_roles(hall, "define_type", define)
