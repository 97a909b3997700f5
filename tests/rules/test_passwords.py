"""Passwords, PINs and logins: what is taken and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remanu.errors import BadInput
from remanu.rules import passwords


@pytest.mark.parametrize(
    "good", ["tunnel bolt seven ledge", "Kx9$mq2Lw", "8374928374651283", "拆解清洗检验修复再装配"]
)
def test_it_takes_a_password_that_nobody_would_try(good):
    """Long or odd enough passwords pass, in any script."""
    passwords.check(good, login="clerk")


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("short7!", "too-short"),
        ("x" * 7 + "y" * 250, "too-long"),
        ("Passw0rd!", "too-common"),
        ("P@ssword1", "too-common"),
        ("Welcome2026!", "too-common"),
        ("12345678", "too-common"),
        ("83749283", "too-common"),
        ("qwertyui", "too-common"),
        ("hellohello", "too-common"),
        ("aabbaabb", "too-common"),
        ("my-clerk-2041-word", "like-login"),
    ],
)
def test_it_refuses(bad, why):
    """Each weak password is refused with its reason."""
    with pytest.raises(BadInput) as refusal:
        passwords.check(bad, login="CLERK")
    assert refusal.value.details["why"] == why


def test_a_very_short_login_bars_nothing():
    """A login of three letters stands in many words; it is no reason to refuse."""
    passwords.check("tunnel bolt seven", login="bol")


@given(st.text())
def test_a_login_has_one_form(login):
    """Folding twice changes nothing more than folding once does, for all that folds stably."""
    once = passwords.normal_login(login)
    assert passwords.normal_login(once).casefold() == passwords.normal_login(once)


def test_logins_that_look_alike_are_one():
    """Case, outer space and full-width letters make no second account."""
    assert passwords.normal_login(" Ｃlerk ") == "clerk"


@pytest.mark.parametrize("good", ["482913", "190284756102"])
def test_it_takes_a_pin(good):
    """Six to twelve digits."""
    passwords.check_pin(good)


@pytest.mark.parametrize("bad", ["", "12345", "1234567890123", "48291a", "４８２９１３", "482 913"])
def test_it_refuses_what_is_no_pin(bad):
    """Anything but six to twelve ASCII digits."""
    with pytest.raises(BadInput) as refusal:
        passwords.check_pin(bad)
    assert refusal.value.details["why"] == "not-a-pin"


@pytest.mark.parametrize("bad", ["000000", "123456", "876543"])
def test_it_refuses_a_pin_that_is_tried_first(bad):
    """All alike, counted up, counted down."""
    with pytest.raises(BadInput) as refusal:
        passwords.check_pin(bad)
    assert refusal.value.details["why"] == "too-common"
