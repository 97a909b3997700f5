"""Authorisations: scope and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from remanu.accounts import actions, queries
from remanu.errors import BadInput, Forbidden, NotFound

SCOPE = {
    "number": "XA-CS-0007",
    "family": "diesel-engine",
    "activity": "release",
    "site": "Hall 1",
    "valid_from": date(2026, 1, 1),
    "valid_to": date(2026, 12, 31),
}


@pytest.fixture
def ref(place):
    """Certifying staff."""
    return place.member("signer", "certifying_staff")


def find(place, ref, on, *, family="diesel-engine", activity="release"):
    """The authorisation that covers an act."""
    return place.ask(queries.authorised, place.org_id, ref, family=family, activity=activity, on=on)


def test_it_works(place, admin, ref):
    """Within scope and dates the authorisation is found by its number."""
    place.do(actions.authorise, admin, ref, **SCOPE)
    assert find(place, ref, datetime(2026, 6, 1, tzinfo=UTC)).number == "XA-CS-0007"


@pytest.mark.parametrize(
    ("on", "covered"),
    [
        (datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC), False),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), False),
    ],
)
def test_days_are_days_of_the_site(place, admin, ref, on, covered):
    """The first and the last day count from midnight to midnight in the organisation's zone."""
    place.do(actions.authorise, admin, ref, **SCOPE)
    assert (find(place, ref, on) is not None) is covered


def test_another_family_or_activity_is_not_covered(place, admin, ref):
    """Scope is what it says and no more."""
    place.do(actions.authorise, admin, ref, **SCOPE)
    on = datetime(2026, 6, 1, tzinfo=UTC)
    assert find(place, ref, on, family="copier") is None
    assert find(place, ref, on, activity="concession") is None


def test_every_family(place, admin, ref):
    """A star covers all families."""
    place.do(actions.authorise, admin, ref, **{**SCOPE, "family": "*"})
    assert find(place, ref, datetime(2026, 6, 1, tzinfo=UTC), family="copier")


def test_not_by_a_technician(place, ref):
    """Authorising is the administrator's."""
    with pytest.raises(Forbidden):
        place.do(actions.authorise, place.actor(place.member()), ref, **SCOPE)


def test_not_oneself(place, admin):
    """I35."""
    with pytest.raises(Forbidden):
        place.do(actions.authorise, admin, admin.ref, **SCOPE)


def test_not_a_stranger(place, admin, other):
    """Members elsewhere do not exist here."""
    with pytest.raises(NotFound):
        place.do(actions.authorise, admin, other.member("far"), **SCOPE)


@pytest.mark.parametrize(
    "odd",
    [{"activity": "everything"}, {"family": "space-lift"}, {"valid_to": date(2025, 12, 31)}, {"number": " "}],
)
def test_not_with_odd_values(place, admin, ref, odd):
    """Activities and families come from lists, and a period ends after it began."""
    with pytest.raises(BadInput):
        place.do(actions.authorise, admin, ref, **{**SCOPE, **odd})


QUALIFIED = {**SCOPE, "activity": "ndt", "scope": "UT", "level": "2", "issuer": "Examiners of XA"}


@pytest.fixture
def quality(place):
    """Whoever keeps the papers of what people can do."""
    return place.actor(place.member("quality", "quality"))


def test_a_qualification_has_its_method_level_and_issuer(place, quality, ref):
    """It covers its own method and no other, and every method where it names none (I14, I36)."""
    on = datetime(2026, 6, 1, tzinfo=UTC)
    asked = {"family": "diesel-engine", "activity": "ndt", "on": on}
    done = place.do(actions.authorise, quality, ref, **QUALIFIED).body
    assert (done.scope, done.level, done.issuer) == ("UT", "2", "Examiners of XA")
    covers = {
        one: place.ask(queries.authorised, place.org_id, ref, scope=one, **asked) is not None
        for one in ("UT", "MPI", "")
    }
    assert covers == {"UT": True, "MPI": False, "": False}
    place.do(actions.authorise, quality, ref, **{**QUALIFIED, "scope": None})
    assert place.ask(queries.authorised, place.org_id, ref, scope="MPI", **asked)


def test_level_one_signs_nothing(place, quality, ref):
    """He works under somebody else's eyes (ISO 9712)."""
    place.do(actions.authorise, quality, ref, **{**QUALIFIED, "level": "1"})
    on = datetime(2026, 6, 1, tzinfo=UTC)
    asked = {"family": "diesel-engine", "activity": "ndt", "scope": "UT", "on": on}
    assert place.ask(queries.authorised, place.org_id, ref, **asked) is None


def test_quality_says_who_is_able_and_not_who_signs(place, admin, quality, ref):
    """What a person signs for the organisation stays the administrator's; so does taking it back."""
    for activity in ("release", "concession"):
        with pytest.raises(Forbidden):
            place.do(actions.authorise, quality, ref, **{**SCOPE, "activity": activity})
    given = place.do(actions.authorise, admin, ref, **SCOPE).body.authorisation
    with pytest.raises(Forbidden):
        place.do(actions.withdraw_authorisation, quality, given)
    able = place.do(actions.authorise, quality, ref, **QUALIFIED).body.authorisation
    place.do(actions.withdraw_authorisation, quality, able)


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        ({"scope": "XRAY"}, "scope", "not-a-choice"),
        ({"level": "9"}, "level", "not-a-choice"),
        ({"activity": "special_process"}, "level", "not-for-this"),
        ({"activity": "release", "level": None}, "scope", "not-for-this"),
    ],
)
def test_a_method_of_testing_comes_from_a_list(place, admin, ref, odd, field, why):
    """A level belongs to a test, and no scope to what one signs."""
    with pytest.raises(BadInput) as told:
        place.do(actions.authorise, admin, ref, **QUALIFIED | odd)
    assert (told.value.details["field"], told.value.details["why"]) == (field, why)
