"""Applying: a printed label, and a photo that shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu.errors import Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.labelling import actions
from remanu.ledger.models import Evidence
from tests import people
from tests.labelling.place import PHOTO


def apply(bench, label, by=None, evidence=(PHOTO,)):
    """Put a label on."""
    return bench.place.do(actions.apply, by or bench.person("technician"), label, evidence=evidence)


def test_it_works(bench):
    """A technician puts it on; the photo becomes evidence."""
    label = bench.printed()
    apply(bench, label)
    assert bench.label(label).state == "applied"
    cited = bench.place.ask(lambda connection: connection.execute(Evidence.__table__.select()).one())
    assert cited.digest == PHOTO.digest


@pytest.mark.parametrize("evidence", [(), (replace(PHOTO, media_type="application/pdf"),)])
def test_not_without_a_photo(bench, evidence):
    """A document is no photo."""
    label = bench.printed()
    with pytest.raises(GuardFailed) as refused:
        apply(bench, label, evidence=evidence)
    assert refused.value.details["missing"] == ["photo_attached"]


def test_not_before_it_is_printed(bench):
    """A reserved label is not there to be applied."""
    with pytest.raises(NotAllowed):
        apply(bench, bench.reserve())


def test_not_twice(bench):
    """It is on already."""
    with pytest.raises(NotAllowed):
        apply(bench, bench.applied())


def test_not_by_logistics(bench):
    """Logistics ships what is labelled."""
    with pytest.raises(Forbidden):
        apply(bench, bench.printed(), bench.person("logistics"))


def test_not_for_others(bench):
    """A label of another organisation does not exist here."""
    with pytest.raises(NotFound):
        apply(bench, bench.printed(), people.OUTSIDER)
