"""Which lines a dossier has is data: by class, family and scheme, and what a family's own pack adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from remanu.errors import BadInput, GuardFailed
from remanu.families import market
from remanu.parts import queries as parts
from remanu.release import queries
from remanu.rules.dossiers import Requirement
from remanu.rules.vocabularies import Term, Vocabulary
from tests.release import site

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
ATTACHED = Requirement(
    gate="tests", code="parts.attach", act="parts.attach", source="Programme sheet 4", tag="I"
)
LIFT = Vocabulary(
    id="xe-lift",
    jurisdiction="XE",
    applies_from=date(2026, 1, 1),
    applies_to=None,
    terms=(
        Term(word="Renewed", claim_class="REMANUFACTURED"),
        Term(word="Overhauled", claim_class="OVERHAULED"),
    ),
    source="Fictional rules of XE",
    tag="I",
)


@pytest.fixture
def asked(monkeypatch):
    """Add rows to the data, as a new file would."""

    def add(*rows: Requirement) -> None:
        every = (*market.requirements(), *rows)
        monkeypatch.setattr(market, "requirements", lambda: every)

    return add


@pytest.fixture
def lift(monkeypatch):
    """Another scheme is in force, for every family."""
    every = (*market.vocabularies(), LIFT)
    monkeypatch.setattr(market, "vocabularies", lambda: every)


def missing(desk, **more):
    """What a submission lacks."""
    with pytest.raises(GuardFailed) as refused:
        desk.submit(**more)
    return refused.value.details["missing"]


def test_a_line_that_is_added_as_data(desk, asked):
    """The dossier is incomplete until the step is in the record; nothing of the program was changed."""
    desk.until("TEST_PASSED")
    asked(ATTACHED)

    assert missing(desk) == ["parts.attach"]
    assert desk.ask(queries.facts, desk.now())["dossier_complete"] is False


@pytest.mark.parametrize(
    "limits",
    [
        {"classes": frozenset({"OVERHAULED"})},
        {"families": frozenset({"copier"})},
        {"schemes": frozenset({"xd-air"})},
        {"applies_from": date(2099, 1, 1)},
    ],
)
def test_a_line_for_others_asks_nothing_here(desk, asked, limits):
    """Control: of another class, family or scheme, and of a later day."""
    desk.until("TEST_PASSED")
    asked(replace(ATTACHED, **limits))

    assert all(line.done for line in desk.submit().body.manifest.lines)


def test_a_line_of_a_scheme_is_asked_of_who_names_it(desk, asked, lift):
    """Under the general words the dossier is complete; under the scheme that asks more it is not."""
    desk.until("TEST_PASSED")
    asked(replace(ATTACHED, schemes=frozenset({"xe-lift"})))

    assert missing(desk, scheme="xe-lift") == ["parts.attach"]
    assert desk.submit(scheme="general").body.manifest.scheme == "general"


def test_a_line_of_a_pack(desk, monkeypatch):
    """What the family adds counts for its own units."""
    desk.until("TEST_PASSED")
    found = parts.find_case

    def with_line(*asked):
        case = found(*asked)
        return replace(case, family=replace(case.family, dossier=(ATTACHED,)))

    monkeypatch.setattr("remanu.release.actions.submission.find_case", with_line)

    assert missing(desk) == ["parts.attach"]


def test_a_release_names_its_scheme(desk, lift):
    """Status word and class stand as a pair in the record, on the page and on the form."""
    desk.until("TEST_PASSED")
    desk.submit(scheme="xe-lift")
    desk.release()

    record = desk.ask(_record)
    assert (record.scheme, record.status, record.claim_class) == ("xe-lift", "Renewed", "REMANUFACTURED")


def _record(connection, case):
    row = queries.certificate_in(connection, case, "ISSUED")
    sealed = queries.sealed_dossier(connection, case)
    return queries.draft_record(connection, case, sealed, row)


@pytest.mark.parametrize("scheme", ["xd-air", "moon"])
def test_a_scheme_without_a_word_for_it_is_refused(desk, scheme):
    """One that is for another family, and one that nobody knows."""
    desk.until("TEST_PASSED")
    with pytest.raises(BadInput) as refused:
        desk.submit(scheme=scheme)

    assert refused.value.details == {"field": "scheme", "why": "scheme-without-word"}


def test_pages_of_a_scheme(desk, lift, web):
    """The form offers the choice; certificate, form and paper say word, scheme and class."""
    desk.until("TEST_PASSED")
    quality, certifier = (site.browser(web, role) for role in ("quality", "certifying_staff"))
    assert "xe-lift (Renewed)" in quality.get(f"/cases/{desk.case}/submit").text
    desk.submit(scheme="xe-lift")
    desk.release()
    address = f"/certificates/{desk.paper().id}"

    assert "xe-lift: Renewed" in certifier.get(address).text
    form = certifier.get(f"{address}/form").text
    assert all(word in form for word in ("Renewed", "xe-lift", "REMANUFACTURED"))
