"""Where one day, one model or one row more decides: each found by a change of the rule that no other test noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from remanu.rules import recognition, recognition_steps
from remanu.rules.attested import ModelScope, Span, Unit
from remanu.rules.recognition_steps import Facts
from remanu.rules.verdicts import Failure, Link, Verdict
from tests.rules.register import (
    ACCREDITATION,
    AGREEMENT,
    AIR_AGREEMENT,
    AIR_REGISTER,
    AIR_SCOPE,
    CERTIFICATE,
    ENGINE,
    ISSUED,
    LAWS,
    REGISTER,
    RELEASED,
    SIGNATORY,
    TODAY,
    UNIT,
    accredited,
    agreed,
    ask,
    certified,
    good,
    lapsed,
    replace_rows,
    said,
    suspended,
)

DAY = timedelta(days=1)


def link(verdict: Verdict, what: str) -> Link:
    """The one link of the chain of this kind."""
    (one,) = (each for each in verdict.chain if each.what == what)
    return one


def of_others(since: date, *, retroactive: bool = False) -> tuple[Span, ...]:
    """A certificate that was suspended from a day on, for another model alone."""
    return suspended(since, models=("OTHER",), retroactive=retroactive)


# --------------------------------------------------------------------------------- steps, by their numbers in §5.4


def test_step_3_the_model_left_the_scope_on_the_day_of_release() -> None:
    """I44, R10: the last day of a scope is the one before `until`."""
    gone, still = (ModelScope(model="D12", since=ISSUED, until=day) for day in (RELEASED, RELEASED + DAY))
    assert said(ask(certified(models=(gone,)))) == ("NOT_RECOGNISED", "model")
    assert said(ask(certified(models=(still,)))) == ("RECOGNISED", "")


def test_step_2_a_suspension_of_another_model_is_not_told() -> None:
    """SM-5: what befell the certificate for another model is no news about this one, then or now."""
    for spans in (of_others(RELEASED + DAY), of_others(RELEASED + DAY, retroactive=True), of_others(ISSUED)):
        verdict = ask(certified(spans=spans))
        assert (said(verdict), verdict.notes) == (("RECOGNISED", ""), ())
        assert (link(verdict, "certificate").state, link(verdict, "certificate").since) == (
            "certified",
            ISSUED,
        )


def test_step_2_names_the_certificate_that_was_taken_back() -> None:
    """R11: a retroactive suspension stands in the failure by the address of the certificate."""
    verdict = ask(certified(spans=suspended(RELEASED + DAY, retroactive=True)))
    assert Failure(2, "SUSPENDED", "suspended", "cert:1", "certificate") in verdict.failures


def test_step_2_spares_what_was_released_before_and_not_on_the_day() -> None:
    """R11: units of the very day of a suspension are not units from before it."""
    assert recognition_steps.spared(Span(state="suspended", since=RELEASED + DAY), UNIT)
    assert not recognition_steps.spared(Span(state="suspended", since=RELEASED), UNIT)
    assert not recognition_steps.spared(Span(state="suspended", since=RELEASED + DAY, retroactive=True), UNIT)


def test_step_4_an_accreditation_that_held_comes_before_one_that_did_not() -> None:
    """I46: one that held at issue is enough, in whatever order the rows come, and it is the one that is shown."""
    over = replace(ACCREDITATION, uri="accreditation:0", spans=lapsed("withdrawn", ISSUED))
    for rows in ((over, ACCREDITATION), (ACCREDITATION, over)):
        verdict = ask(register=replace_rows(REGISTER, accreditations=rows))
        assert (said(verdict), link(verdict, "accreditation").row) == (("RECOGNISED", ""), ACCREDITATION.uri)


def test_step_4_an_issuer_who_is_accredited_still() -> None:
    """R6: an agreement that asks for the day of asking takes whoever is accredited on it."""
    assert said(ask(register=agreed(basis="as_of"))) == ("RECOGNISED", "")


def test_step_4_an_accreditation_from_a_document_is_told_of() -> None:
    """Architecture §4: it reads so wherever it counts, and where the record itself has it nothing is said."""
    seen = replace_rows(agreed(documents=True), accreditations=(replace(ACCREDITATION, recorded="document"),))
    assert ask(register=seen).notes == ("recorded-from-document",)
    assert ask(register=agreed(documents=True)).notes == ()


def test_step_8_nobody_knows_whether_the_maker_did_it() -> None:
    """R13, I52: a word whose rule asks for the maker is unknown, named with word and agreement; others are not."""
    unknown = replace(ENGINE, by_maker=None)
    verdict = ask(unknown, AIR_REGISTER, there="XE")
    assert Failure(8, "UNKNOWN", "status", AIR_AGREEMENT.uri, "rebuilt") in verdict.failures
    plain = ask(replace(unknown, terms=("overhauled",), claim_class="OVERHAULED"), AIR_REGISTER, there="XE")
    assert [one for one in plain.failures if one.step == 8] == []
    assert AIR_SCOPE.terms[0].by_maker is None, "its rule asks for no maker"


def test_step_7_an_agreement_that_ends_today_has_ended() -> None:
    """I53: from the first day after it is said in amber."""
    assert ask(register=agreed(ends=TODAY, tail="yes")).notes == ("agreement-ended",)
    assert ask(register=agreed(ends=TODAY + DAY, tail="yes")).notes == ()


# -------------------------------------------------------------------------------------------------- the chain, §5.4


def test_the_chain_has_the_last_days_of_its_rows() -> None:
    """I50: each link is dated on both ends where its row is."""
    later = TODAY + 9 * DAY
    rows = replace_rows(agreed(ends=later, tail="no"), signatories=(replace(SIGNATORY, until=later),))
    verdict = ask(certified(spans=(Span(state="certified", since=ISSUED, until=later),)), rows)
    assert [link(verdict, what).until for what in ("certificate", "arrangement", "agreement")] == [later] * 3


def test_the_chain_without_a_certificate_ends_where_it_would_begin() -> None:
    """I48: nothing is named that nobody gave."""
    *_, last = ask(replace(UNIT, certificate=None)).chain
    assert (last.what, last.row, last.held, last.state) == ("certificate", "", None, "certificate")


def test_the_chain_of_an_assembly_whose_parts_nobody_knows() -> None:
    """R16: the link is about the unit, which is what did not say it."""
    assert link(ask(replace(UNIT, children=None)), "parts").row == UNIT.uri


def test_the_chain_breaks_at_a_signature_that_came_too_late() -> None:
    """R8: the row of the signature is named, and it is the link that does not hold."""
    late = replace_rows(REGISTER, signatories=(replace(SIGNATORY, since=ISSUED + DAY),))
    broken = link(ask(register=late), "arrangement")
    assert (broken.row, broken.held, broken.state) == (SIGNATORY.uri, False, "accreditor")


def test_the_chain_names_an_accreditor_of_whom_no_signature_is_known() -> None:
    """R8, I48: nothing known is not the same as none."""
    broken = link(ask(register=replace_rows(REGISTER, signatories=())), "arrangement")
    assert (broken.row, broken.held) == (ACCREDITATION.accreditor, None)


def test_the_chain_of_a_designation_has_no_arrangement() -> None:
    """R13: a government needs nobody's signature."""
    unit = replace(ENGINE, terms=("overhauled",), claim_class="OVERHAULED")
    assert [one.what for one in ask(unit, AIR_REGISTER, there="XE").chain] == [
        *("release", "certificate", "body", "designation", "agreement", "jurisdiction")
    ]


def test_the_chain_names_the_agreement_of_the_other_direction() -> None:
    """R12, I47: it is there, and it does not lead this way."""
    back = replace(AGREEMENT, uri="agreement:xb-xa", home="XB", there="XA")
    assert link(ask(register=replace_rows(REGISTER, agreements=(back,))), "agreement").row == back.uri


def test_at_home_a_foreign_accreditor_counts_by_his_signature() -> None:
    """Step 6: the arrangement is a link of the chain at home too, and the one that breaks where it came too late."""
    verdict = ask(register=accredited(home="XC"), there="XA")
    assert (said(verdict), link(verdict, "arrangement").row) == (("DOMESTIC", ""), SIGNATORY.uri)
    late = replace(SIGNATORY, since=ISSUED + DAY)
    broken = ask(register=replace_rows(accredited(home="XC"), signatories=(late,)), there="XA")
    assert Failure(5, "NOT_RECOGNISED", "accreditor", SIGNATORY.uri, "ab:1") in broken.failures


# --------------------------------------------------------------------------------------- what parts share, I49, I51


def assembly(*parts: Unit) -> Unit:
    """A unit with critical parts."""
    return replace(UNIT, children=parts)


def test_every_certificate_that_was_looked_at_is_kept() -> None:
    """I51: those of parts beside that of the unit."""
    part = certified(replace(UNIT, uri="part:1"), uri="cert:2")
    assert {"cert:1", "cert:2"} <= {one.uri for one in ask(assembly(part)).used}


@pytest.mark.parametrize(("watched", "times"), [("_kin", 2), ("lines", 1), ("_notes_behind", 1)])
def test_what_parts_share_is_looked_at_once(monkeypatch: Any, watched: str, times: int) -> None:
    """A verdict over 500 parts takes 20 ms because a certificate is opened once, and what stands behind equal ones."""
    seen, real = [], getattr(recognition, watched)
    monkeypatch.setattr(recognition, watched, lambda *given: seen.append(given) or real(*given))
    same = [replace(UNIT, uri=f"part:{n}") for n in range(5)]
    other = certified(replace(UNIT, uri="part:9"), uri="cert:2")
    assert said(ask(assembly(*same, other, replace(other, uri="part:10")))) == ("RECOGNISED", "")
    assert len(seen) == times


def test_what_stands_behind_one_certificate_stands_behind_its_like() -> None:
    """Nothing but the certificate differs."""
    facts = Facts(
        certificate=CERTIFICATE,
        jurisdiction="XB",
        day=TODAY,
        bodies=(ACCREDITATION,),
        authority=ACCREDITATION,
        signatures=(SIGNATORY,),
        law=LAWS[1],
    )
    other = replace(CERTIFICATE, uri="cert:2", spans=good("certified", ISSUED))
    assert facts.of(other) == replace(facts, certificate=other)
