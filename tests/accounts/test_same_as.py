"""Two accounts of one human being count as one for segregation of duties, for good (T9, I32)."""

from __future__ import annotations

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Conflict, Forbidden, NotFound
from remanu.ledger import rebuild


def _persons(place, *refs):
    found = place.ask(queries.persons_of, place.org_id, list(refs))
    return [found[ref] for ref in refs]


@pytest.fixture
def three(place):
    """Three accounts."""
    return [place.member(name) for name in ("one", "two", "three")]


def test_they_are_one(place, admin, three, registry):
    """Stated pair by pair, all are one; who was not named stays another; tables are made again the same."""
    first, second, third = three
    other = place.member("other")
    place.do(actions.same_as, admin, first, other=second)
    place.do(actions.same_as, admin, third, other=first)

    assert len(set(_persons(place, *three))) == 1
    assert _persons(place, other) != _persons(place, first)
    assert sorted(place.ask(queries.refs_of_one, place.org_id, second)) == sorted(three)
    assert place.ask(queries.refs_of_one, place.org_id, other) == [other]
    assert not rebuild.check(place.database, registry).problems


def test_it_outlives_the_name(place, admin, three):
    """Who is erased stays the same person, and may be named afterwards too."""
    first, second, third = three
    place.do(actions.same_as, admin, first, other=second)
    place.do(actions.erase, admin, first)
    assert len(set(_persons(place, first, second))) == 1

    place.do(actions.same_as, admin, third, other=first)
    assert len(set(_persons(place, *three))) == 1


def test_an_account_enrolled_as_somebodys_second_stays_it(place, admin, registry):
    """What only the vault could know before is in the record, and outlives the person."""
    first = place.member("one")
    second = place.member("two", same_as=first)
    place.do(actions.erase, admin, first)
    assert len(set(_persons(place, first, second))) == 1
    assert not rebuild.check(place.database, registry).problems


def test_not_twice_and_not_with_oneself(place, admin, three):
    """What is known already, and one account alone, says nothing."""
    first, second, _ = three
    place.do(actions.same_as, admin, first, other=second)
    with pytest.raises(Conflict):
        place.do(actions.same_as, admin, second, other=first)
    with pytest.raises(BadInput):
        place.do(actions.same_as, admin, first, other=first)


def test_not_yours_and_not_there(place, admin, other, three):
    """The administrator's own people."""
    first, second, _ = three
    with pytest.raises(Forbidden):
        place.do(actions.same_as, place.actor(first), first, other=second)
    for ref, beside in ((first, other.member("far")), (other.member("further"), first)):
        with pytest.raises(NotFound):
            place.do(actions.same_as, admin, ref, other=beside)


def test_an_administrator_may_not_serve_his_other_account(place, admin):
    """His own rights stay out of his reach, whichever account they belong to (I35)."""
    beside = place.member("beside")
    place.do(actions.same_as, admin, beside, other=admin.ref)
    with pytest.raises(Forbidden):
        place.do(actions.assign_roles, admin, beside, roles=("technician",))


def test_on_the_page(boss, place):
    """Chosen from the other members, said on both pages."""
    first, second = place.member("one"), place.member("two")
    page = boss.get(f"/admin/people/{first}/same_as").text
    assert "Name of two" in page
    assert "Name of one</option>" not in page
    key = page.partition('name="key" value="')[2].partition('"')[0]
    done = boss.post(f"/admin/people/{first}/same_as", data={"other": second, "key": key})
    assert done.status_code == 303, done.text
    assert "Name of one" in boss.get(f"/admin/people/{second}").text
