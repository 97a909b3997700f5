"""Records of non-destructive tests: what was seen, and the value that is held against the limits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from remanu.errors import BadInput
from remanu.rules import ndt
from remanu.rules.ndt import Seen

D = Decimal
CRACK = Seen(kind="crack", position="12.5", length="3.2")


def refused(seen, found):
    """Field and reason of a refusal."""
    with pytest.raises(BadInput) as told:
        ndt.read(seen, found)
    return told.value.details["field"], told.value.details["why"]


def test_nothing_found_is_said_in_words():
    """An empty list says nothing, and a list contradicts the word none."""
    assert ndt.read((), "none") == ()
    assert refused((), "indications") == ("indications", "required")
    assert refused((CRACK,), "none") == ("found", "none-but-listed")
    assert refused((), "nothing") == ("found", "not-a-choice")
    assert refused((CRACK,) * 101, "indications") == ("indications", "too-long")


@pytest.mark.parametrize(
    ("odd", "field", "why"),
    [
        ({"kind": "dent"}, "indications.0.kind", "not-a-choice"),
        ({"position": "-1"}, "indications.0.position", "negative"),
        ({"length": "-1"}, "indications.0.length", "negative"),
        ({"length": "3,2"}, "indications.0.length", "comma"),
    ],
)
def test_each_indication_is_checked(odd, field, why):
    """The row and the entry are named."""
    given = {"kind": "crack", "position": "1", "length": "1"} | odd
    assert refused((Seen(**given),), "indications") == (field, why)


@pytest.mark.parametrize(
    ("lengths", "unit", "values"),
    [
        ((), "{count}", ("0",)),
        (("3.2", "1"), "{count}", ("2",)),
        ((), "mm", ("0",)),
        (("3.2", "1"), "mm", ("3.2", "1")),
        (("32",), "cm", ("3.2",)),
    ],
)
def test_what_is_held_against_the_limits(lengths, unit, values):
    """A number where the limit counts, else each length in its unit; nothing found is zero."""
    seen = tuple(Seen(kind="linear", position="0", length=one) for one in lengths)
    read = ndt.read(seen, "indications" if seen else "none")
    assert ndt.values(read, unit) == tuple(map(D, values))
