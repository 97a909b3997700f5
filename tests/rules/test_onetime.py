"""One-time codes are those of RFC 6238, and no others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from remanu.rules import onetime

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_the_standard(seconds, said):
    """RFC 6238, appendix B, with the last six of their eight digits."""
    moment = datetime.fromtimestamp(seconds, UTC)
    assert onetime.code(SECRET, onetime.step_at(moment)) == said[-6:]


def test_a_neighbour_counts_and_no_other():
    """A step before and after are taken, for clocks and fingers; two are not."""
    now = datetime(2026, 3, 1, tzinfo=UTC)
    step = onetime.step_at(now)
    for offset in (-1, 0, 1):
        assert onetime.matching(SECRET, onetime.code(SECRET, step + offset), now) == step + offset
    for offset in (-2, 2):
        assert onetime.matching(SECRET, onetime.code(SECRET, step + offset), now) is None


@pytest.mark.parametrize("typed", ["", "abcdef", "12345", "１２３４５６", "-12345"])
def test_what_is_no_code_is_none(typed):
    """Letters, too few digits, digits of another script."""
    assert onetime.matching(SECRET, typed, datetime(2026, 3, 1, tzinfo=UTC)) is None


def test_spaces_are_forgiven():
    """Applications show the code in two groups."""
    now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=7)
    said = onetime.code(SECRET, onetime.step_at(now))
    assert onetime.matching(SECRET, f"{said[:3]} {said[3:]}", now) is not None


def test_the_secret_as_letters_and_as_an_address():
    """What a person types and what the symbol says are the same secret."""
    assert onetime.spelled(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    said = onetime.address(SECRET, login="a b", issuer="remanu")
    assert said == "otpauth://totp/remanu%3Aa%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=remanu"
