"""Models join a shared list."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from remanu.catalogue import actions, queries
from remanu.errors import BadInput, Conflict, NotFound
from remanu.families.reference import aero_models
from remanu.rules import text
from tests import people
from tests.catalogue import promises

ENGINEER = people.BY_ROLE["engineering"]
ONE = {"code": "52041", "maker": "NORDWERK", "model": "NF-5-1A", "kind": "turbofan", "thrust_lbf": 36000}
LIST = {"list_id": "engines", "title": "Engine list", "source": "Published by a fictional body"}


def add(tx, actor=ENGINEER, *, models=(ONE,), **more):
    """One turbofan, or what is given."""
    rows = [actions.NewModel(**one) for one in models]
    return actions.add_model(tx, actor, models=rows, **{**LIST, **more})


def test_the_first_batch_opens_the_list(hall):
    """Its models are found by words of maker, model and code, or by the beginning of one."""
    done = hall.do(add)
    assert done.body.opens
    assert done.subject.id == actions.list_subject("engines")
    for words in ("nordwerk", "NF-5", "nf 5 1a", "52041", "nord"):
        (row,) = hall.ask(queries.models, text.search_words(words))
        assert (row.maker, row.thrust_lbf, row.horsepower) == ("NORDWERK", 36000, None)
    assert hall.ask(queries.models, text.search_words("werk")) == []
    (known,) = hall.ask(queries.lists)
    assert (known.title, known.steward, known.models) == ("Engine list", people.WORKSHOP, 1)
    assert hall.holds()


def test_batches_of_one_list_stand_in_one_chain(hall):
    """The second follows the first."""
    hall.do(add)
    second = hall.do(add, models=[{**ONE, "code": "2"}])
    assert (second.seq, second.body.opens) == (1, False)
    assert len(hall.ask(queries.models)) == 2


def test_the_whole_published_list_goes_in_by_ten_events(hall):
    """4,636 models; a page of them at a time is read back whole."""
    rows = [asdict(one) for one in aero_models()]
    for at in range(0, len(rows), actions.BATCH):
        hall.do(add, models=rows[at : at + actions.BATCH])
    assert hall.events() == 10
    seen, after = 0, ""
    while page := hall.ask(queries.models, after=after, limit=1000):
        seen, after = seen + len(page), f"{page[-1].list_id}/{page[-1].code}"
    assert seen == 4636
    assert hall.ask(queries.models, ["allison"], limit=3)


def test_another_organisation_reads_the_list_and_adds_nothing(hall):
    """Who opened it is its steward."""
    hall.do(add)
    with pytest.raises(Conflict) as refused:
        hall.do(add, people.OUTSIDER, models=[{**ONE, "code": "2"}])
    assert refused.value.details["why"] == "another-steward"
    hall.do(add, people.OUTSIDER, list_id="theirs")
    assert len(hall.ask(queries.models)) == 2


def test_a_code_is_added_once(hall):
    """Neither again nor twice in one batch; nothing is written."""
    hall.do(add)
    for models in ([ONE], [{**ONE, "code": "2"}, {**ONE, "code": "2"}]):
        with pytest.raises(BadInput) as refused:
            hall.do(add, models=models)
        assert refused.value.details["why"] == "already-listed"
    assert hall.events() == 1


@pytest.mark.parametrize("count", [0, 501])
def test_batches_have_a_size(hall, count):
    """One to five hundred."""
    with pytest.raises(BadInput) as refused:
        hall.do(add, models=[{**ONE, "code": str(n)} for n in range(count)])
    assert refused.value.details["field"] == "models"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "steam"}, "kind"),
        ({"horsepower": -1}, "horsepower"),
        ({"thrust_lbf": -1}, "thrust_lbf"),
        ({"maker": "A\u202eB"}, "maker"),
        ({"model": ""}, "model"),
        ({"code": "1" * 41}, "code"),
        ({"code": "1\x00"}, "code"),
    ],
)
def test_odd_models_are_refused(hall, changed, field):
    """What cannot be shown, is no kind, or is less than nothing."""
    with pytest.raises(BadInput) as refused:
        hall.do(add, models=[{**ONE, **changed}])
    assert refused.value.details["field"] == field


@pytest.mark.parametrize("changed", [{"list_id": ""}, {"title": "a\nb"}, {"source": "s" * 401}])
def test_odd_lists_are_refused(hall, changed):
    """Name, title and source are lines."""
    with pytest.raises(BadInput):
        hall.do(add, **changed)


def test_an_unknown_model_is_not_found(hall):
    """Neither list nor code."""
    with pytest.raises(NotFound):
        hall.ask(queries.find_model, "engines", "1")


def test_roles(hall):
    """Engineering alone."""
    promises.only_its_roles(hall, "add_model", add)
