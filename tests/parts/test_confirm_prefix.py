"""Confirming a GS1 company prefix by its document."""

from __future__ import annotations

from datetime import date

import pytest

from remanu.errors import BadInput, Conflict, Forbidden
from remanu.parts import actions
from remanu.parts.queries import identifiers as held
from tests.parts.naming import LETTER, PREFIX, confirmed

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


def test_an_administrator_confirms_with_a_document(hall):
    """With its first day; the document stays."""
    confirmed(hall)
    row = hall.ask(held.prefixes)[0]
    assert (row.prefix, row.applies_from, row.document) == (PREFIX, "2020-01-01", LETTER.digest)


@pytest.mark.parametrize("prefix", [PREFIX, PREFIX[:6], PREFIX + "1"])
def test_nobody_confirms_what_overlaps(hall, other, prefix):
    """Two organisations cannot both own what begins alike."""
    confirmed(other)
    with pytest.raises(Conflict, match="prefix-taken"):
        confirmed(hall, prefix)


@pytest.mark.parametrize("prefix", ["", "123", "1" * 13, "95060x0", "\u0661\u0662\u0663\u0664"])
def test_odd_prefixes(hall, prefix):
    """Four to twelve plain digits."""
    with pytest.raises(BadInput, match="prefix-malformed"):
        confirmed(hall, prefix)


def test_not_without_a_document_and_not_by_others(hall):
    """Whoever mints does not say whose the prefix is."""
    given = {"prefix": PREFIX, "applies_from": date(2020, 1, 1)}
    with pytest.raises(BadInput, match="required"):
        hall.do("admin", actions.confirm_prefix, **given, evidence=())
    with pytest.raises(Forbidden):
        hall.do("label_officer", actions.confirm_prefix, **given, evidence=(LETTER,))


def test_the_page(hall, web):
    """Administrators see and confirm; others do not."""
    admin = hall.browser(web, "admin")
    confirmed(hall)
    assert PREFIX in admin.get("/prefixes").text
    assert admin.get("/prefixes/confirm_prefix").status_code == 200
    assert [one["prefix"] for one in admin.get("/api/v1/prefixes").json] == [PREFIX]
    assert hall.browser(web, "technician").get("/prefixes").status_code == 403
