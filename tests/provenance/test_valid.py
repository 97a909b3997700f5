"""Where a release is recognised, on the part's own page: what was computed last, dated, and never greener than that."""

from __future__ import annotations

import json
import re

import pytest
import sqlalchemy as sa

from remanu.provenance.queries import lookup
from remanu.recognition import actions
from remanu.recognition.models import StoredVerdict
from remanu.release import events as releasing
from tests.provenance.site import statements

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def engine_told(told):
    """A released and labelled engine."""
    return told.labelled(2)


def keep(told, **changed):
    """The verdicts of the engine are computed; of those abroad the sentence is another one where a test wants that."""
    with told.database.reading() as connection:
        found = lookup.find(connection, told.code)
    actions.keep(told.database, [(found.org_id, found.item_id)])
    mine = (StoredVerdict.item_id == found.item_id, StoredVerdict.jurisdiction == "XB")

    def plant(tx):
        text = tx.execute(sa.select(StoredVerdict.told).where(*mine)).scalar_one()
        tx.execute(
            sa.update(StoredVerdict).where(*mine).values(told=json.dumps({**json.loads(text), **changed}))
        )

    if changed:
        told.database.transact(plant)


GOOD = {
    "word": "RECOGNISED",
    "level": "L2",
    "agreement": "urn:uuid:a",
    "names": {"urn:uuid:a": [["", "", ""], "XA-XB"]},
    "failure": None,
    "conditions": [["warranty", "met"]],
}


def section(stranger, told, **asked):
    """The words of the section about recognition."""
    text = stranger.get(f"/{told.code}", query_string=asked).text
    found = text.partition('aria-labelledby="recognition"')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", found)


def test_never_computed_is_not_known(engine_told, stranger):
    """Grey and said so; the reader may choose another place and see the whole chain."""
    said = section(stranger, engine_told)
    assert "is-unknown" in said
    assert "was not computed yet" in said
    assert f'action="/{engine_told.code}/recognised"' in said
    assert f'href="/{engine_told.code}/recognised/XB"' in said
    assert "Nobody asked where you are" in said


def test_one_dated_sentence(engine_told, stranger):
    """The kept verdict of the place that the language suggests, with the day and minute on which it was computed."""
    keep(engine_told, **GOOD)
    said = section(stranger, engine_told)
    assert "is-verified" in said
    assert (
        "Recognised in Westmark (XB) under agreement XA-XB, level 2, 1 condition met, checked at Mar "
        in said
    )
    assert '<option value="XB" selected>' in said
    chinese = section(stranger, engine_told, lang="zh-Hans")
    assert '<option value="XA" selected>' in chinese
    kept = stranger.get(f"/{engine_told.code}?format=json").json["recognition"]["kept"]
    assert {one["jurisdiction"]: one["word"] for one in kept}["XB"] == "RECOGNISED"
    assert {one["jurisdiction"] for one in kept} == set(
        stranger.get(f"/{engine_told.code}?format=json").json["recognition"]["jurisdictions"]
    )


def test_what_is_kept_unchanged_says_why(engine_told, stranger):
    """Without a certificate it is not known, and the sentence says so."""
    keep(engine_told)
    assert "No certificate is recorded for it" in section(stranger, engine_told)


def test_the_budget_of_a_scan_stays(engine_told, stranger, clock):
    """Two statements new, one within the minute; another verdict is another page."""
    keep(engine_told, **GOOD)

    def asked():
        with statements(engine_told.database) as seen:
            stranger.get(f"/{engine_told.code}")
        return len(seen)

    assert [asked(), asked()] == [2, 1]
    keep(engine_told)
    assert asked() == 2
    assert "is-unknown" in section(stranger, engine_told)


@pytest.mark.parametrize("fell", ["revoke", "supersede"])
def test_a_release_that_fell_is_never_told_as_recognised(engine_told, stranger, fell):
    """What was computed before speaks of another state, until the job computed it anew."""
    keep(engine_told, **GOOD)
    getattr(engine_told.papers, fell)()
    said = section(stranger, engine_told)
    assert "is-unknown" in said
    assert "does not speak of the release as it stands now" in said
    kept = stranger.get(f"/{engine_told.code}?format=json").json["recognition"]["kept"]
    assert {one["word"] for one in kept} == {"UNKNOWN"}


def test_a_word_against_it_stays_when_the_release_falls(engine_told, stranger):
    """Not recognised before is no better afterwards."""
    keep(engine_told, word="NOT_RECOGNISED", failure=[7, "NOT_RECOGNISED", "date", "", ""])
    engine_told.papers.revoke()
    assert "is-invalid" in section(stranger, engine_told)


def test_without_a_release_there_is_nothing_to_recognise(told, stranger):
    """An engine on its way."""
    told.tested(2)
    assert "nothing to recognise" in section(stranger, told)


def test_a_release_that_says_upgraded_is_flagged(told, stranger):
    """UPGRADED with the approved changes, on the page and in the document; without them neither."""
    told.tested(2)
    told.papers.submit()
    issue = told.papers.issue(upgraded=("MOD-7", "MOD-9"))
    body = releasing.Released(step=told.engine.step("RELEASED"), dossier="0195a000", issue=issue)
    told.engine.put(releasing.RELEASE, body)
    page = stranger.get(f"/{told.code}").text
    assert "UPGRADED" in page
    assert "by approved changes above its original type: MOD-7, MOD-9." in page
    document = stranger.get(f"/{told.code}?format=json").json
    assert document["certificates"][0]["upgraded"] == ["MOD-7", "MOD-9"]


def test_an_ordinary_release_has_no_flag(engine_told, stranger):
    """Control."""
    assert "UPGRADED" not in stranger.get(f"/{engine_told.code}").text
