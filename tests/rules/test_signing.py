"""By what a person signs: stronger ways always count, weaker ones never (T-R8)."""

from __future__ import annotations

import pytest

from remanu.errors import BadInput
from remanu.rules import signing
from remanu.rules.permissions import PERMISSIONS


def test_stronger_counts_for_weaker():
    """The order of the ways is the order of their strength."""
    for at, least in enumerate(signing.METHODS):
        assert [signing.enough(one, least) for one in signing.METHODS] == [n >= at for n in range(3)]


def test_every_act_falls_somewhere():
    """Each kind has its part of the policy; what is unknown is treated like certificates."""
    assert {signing.group_of(kind) for kind in PERMISSIONS} <= set(signing.GROUPS.values())
    assert signing.group_of("unheard.of") == "certificates"


def test_an_organisation_that_never_said_signs_by_password():
    """Nothing changes for those who were here before; what was said holds."""
    assert signing.wanted({}, "release.release") == "password"
    assert signing.wanted(signing.all_by("passkey"), "release.release") == "passkey"
    assert signing.wanted(signing.all_by("passkey"), "accounts.erase") == "password+code"


@pytest.mark.parametrize(
    "ways",
    [
        {},
        {**signing.all_by("password"), "rights": "passkey"},
        {**signing.all_by("password"), "certificates": "nod"},
        {**signing.all_by("password"), "more": "password"},
    ],
)
def test_an_odd_policy_is_refused(ways):
    """A part left out, a way that cannot be asked for there, an unknown one, a part too many."""
    with pytest.raises(BadInput):
        signing.check_policy(ways)


@pytest.mark.parametrize("method", signing.METHODS)
def test_a_policy_of_one_way_is_whole(method):
    """One way for everything, as far as it can be asked."""
    signing.check_policy(signing.all_by(method))


@pytest.mark.parametrize(
    ("least", "beside"),
    [("password", "password"), ("password+code", "password+code"), ("passkey", "password+code")],
)
def test_who_stands_beside_signs_no_content(least, beside):
    """T-R8: a passkey binds what is signed, and he signs nothing; he proves himself by the next way down."""
    assert signing.wanted_beside(signing.all_by(least), "release.release") == beside


def test_entering_takes_a_second_factor_where_the_policy_says_so():
    """It may leave that out, and then a password is enough."""
    assert not signing.takes_second(signing.all_by("password"))
    assert signing.takes_second({**signing.all_by("password"), signing.ENTRY: "password+code"})


def test_an_odd_way_of_entering_is_refused():
    """A passkey alone is no second factor, and a policy holds nothing that nobody knows."""
    ways = signing.all_by("password")
    signing.check_policy({**ways, signing.ENTRY: "password+code"})
    for odd in ({signing.ENTRY: "passkey"}, {"elsewhere": "password"}):
        with pytest.raises(BadInput):
            signing.check_policy({**ways, **odd})
