"""The bodies of a demonstration that judge: scheme owner, accreditation body, certification body, all invented.

Diesel engines are certified before the first is released, so that their units are covered; of the copier's certificate
a part is suspended; a tunnel-boring machine is in evaluation; a certificate of XC is recorded from a document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from remanu.accounts.events import Founded
from remanu.certification import actions
from remanu.certification.queries import checklists
from remanu.db import Tx
from remanu.demo import pictures, world
from remanu.demo.world import Crew
from remanu.parts.events import Cited
from remanu.rules.accreditation import Area
from remanu.rules.actor import Actor
from remanu.rules.certification import Line
from remanu.storage import Storage

SCHEME, STANDARD, EDITION = "XA-RM", "XA 28619", "2025"
FIRST, LAST = date(2026, 1, 12), date(2027, 1, 11)
_LATER = datetime(2026, 6, 8, 2, tzinfo=UTC)
_CHECKLIST = "process-2018"
_ACTIVITIES = (
    "selection",
    "test",
    "audit",
    "review",
    "decision",
    "attestation",
    "factory_sample",
    "process_audit",
)


def _body(en: str, zh_hans: str, zh_hant: str, *, role: str, number: str) -> Founded:
    return Founded(
        name_en=en,
        name_zh_hans=zh_hans,
        name_zh_hant=zh_hant,
        country="XA",
        zone="Asia/Shanghai",
        roles=(role,),
        number=number,
    )


OWNER = _body(
    "Renewal Standards of XA", "XA 再制造标准会", "XA 再製造標準會", role="scheme_owner", number="XA-SO-1"
)
ACCREDITOR = _body(
    "Accreditation Board of XA", "XA 认可委员会", "XA 認可委員會", role="accreditation_body", number="XA-AB-1"
)
BODY = _body("Lantern Certification", "灯塔认证", "燈塔認證", role="certification_body", number="XA-CB-7")
PEOPLE = {
    "owner": {"scheme_steward": "steward", "scheme_steward_2": "steward"},
    "accreditor": {"accreditor_of_xa": "accreditor"},
    "body": {
        "body_evaluator": "evaluator",
        "body_reviewer": "reviewer",
        "body_decision_maker": "decision_maker",
        "body_supervisor": "supervisor",
    },
}
SIGN_INS = sorted(login for logins in PEOPLE.values() for login in logins)


@dataclass(slots=True)
class Bodies:
    """The three organisations beside the workshop; each act takes a while."""

    storage: Storage
    workshop: Crew
    crews: dict[str, Crew] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    applications: dict[str, str] = field(default_factory=dict)

    def who(self, crew: str, login: str) -> Actor:
        """Somebody of one of them."""
        return self.crews[crew].people[login]

    def do(self, tx: Tx, who: Actor, action: Any, *target: str, **given: Any) -> Any:
        """One act, some minutes after the last, by a person who just proved who he is."""
        tx.now += timedelta(minutes=9)
        return action(tx, self.workshop.fresh(tx, who), *target, **given)

    def of_body(self, tx: Tx, role: str, action: Any, *target: str, **given: Any) -> Any:
        """One act of the certification body."""
        return self.do(tx, self.who("body", f"body_{role}"), action, *target, **given)

    def paper(self, words: str) -> Cited:
        """A drawn document."""
        content = pictures.scene(words)
        digest = self.storage.put(content)
        return Cited(digest=digest, media_type="image/png", size=len(content), shows="")


def found(tx: Tx, storage: Storage, workshop: Crew, secret: str) -> Bodies:
    """The bodies with their people, the scheme, the accreditation, and the first certificates, before anything else."""
    told = Bodies(storage, workshop)
    for name, organisation in (("owner", OWNER), ("accreditor", ACCREDITOR), ("body", BODY)):
        told.crews[name] = world.found(tx, organisation, secret, logins=PEOPLE[name])
    _scheme(tx, told)
    _accredit(tx, told)
    for family, models in (("diesel-engine", ("NW-6L-200",)), ("copier", ("C-45", "C-60"))):
        _certify(tx, told, family, models)
    return told


def _scheme(tx: Tx, told: Bodies) -> None:
    drafted = told.do(
        tx,
        told.who("owner", "scheme_steward"),
        actions.draft_scheme,
        code=SCHEME,
        names=("Remanufactured machines of XA", "XA 再制造机械", "XA 再製造機械"),
        activities=(
            "selection",
            "test",
            "audit",
            "review",
            "decision",
            "attestation",
            "factory_sample",
            "process_audit",
        ),
        statuses=("remanufactured", "reconditioned"),
        checklist=_CHECKLIST,
        watch=actions.Watch(surveillance_days=180, grace_days=60, suspension_days=182, retroactive=True),
        edition=actions.NewEdition(standard=STANDARD, edition=EDITION, applies_from=date(2025, 1, 1)),
    )
    told.do(tx, told.who("owner", "scheme_steward_2"), actions.approve_scheme, drafted.subject.id)


def _accredit(tx: Tx, told: Bodies) -> None:
    families = ("diesel-engine", "copier", "tunnel-boring-machine")
    told.do(
        tx,
        told.who("accreditor", "accreditor_of_xa"),
        actions.grant_accreditation,
        body=told.crews["body"].org_id,
        number="XA-AB-0042",
        areas=tuple(Area(one, SCHEME, EDITION) for one in families),
        valid_from=FIRST - timedelta(days=7),
        valid_to=date(2028, 12, 31),
    )


def _certify(tx: Tx, told: Bodies, family: str, models: Sequence[str]) -> None:
    """From the application to the certificate in a week, which is quicker than anybody is."""
    tx.now = datetime(FIRST.year, FIRST.month, FIRST.day, 1, tzinfo=UTC)
    file = _evaluated(tx, told, family, models)
    told.of_body(tx, "reviewer", actions.finish_review, file, recommends=True)
    lines = tuple(map(Line, models))
    days = {"valid_from": FIRST, "valid_to": LAST}
    told.of_body(tx, "decision_maker", actions.grant_certification, file, lines=lines, **days)


def _evaluated(tx: Tx, told: Bodies, family: str, models: Sequence[str]) -> str:
    file = _opened(tx, told, family, models)
    _judged(tx, told, file, {})
    report = told.paper(f"Reports of test and audit: {family}")
    given = {"activities": ("test", "audit"), "evidence": (report,)}
    told.of_body(tx, "evaluator", actions.finish_evaluation, file, **given)
    return file


def _opened(tx: Tx, told: Bodies, family: str, models: Sequence[str]) -> str:
    quality = told.workshop.people["quality"]
    applied = told.do(
        tx,
        quality,
        actions.apply,
        body=told.crews["body"].org_id,
        scheme=SCHEME,
        family=family,
        lines=tuple(map(Line, models)),
        agreement=True,
    )
    told.applications[family] = applied.subject.id
    file = str(told.of_body(tx, "reviewer", actions.open_application, applied.subject.id).subject.id)
    told.files[family] = file
    told.of_body(tx, "reviewer", actions.accept_application, file)
    for role in ("evaluator", "reviewer", "decision_maker"):
        told.of_body(tx, role, actions.declare_impartiality, file, clear=True)
    return file


def _judged(tx: Tx, told: Bodies, file: str, otherwise: dict[str, str]) -> None:
    said = {one.code: "comply" for one in checklists()[_CHECKLIST].clauses} | otherwise
    told.of_body(tx, "evaluator", actions.check_clauses, file, clauses=said)


def later(tx: Tx, told: Bodies) -> None:
    """What happened since: a part suspended, a machine in evaluation, a paper from another country."""
    tx.now = _LATER
    suspended = {
        "reason": "nonconformities",
        "until": _LATER.date() + timedelta(days=120),
        "lines": (Line("C-45"),),
    }
    told.of_body(tx, "decision_maker", actions.suspend_certification, told.files["copier"], **suspended)
    surveilled = {
        "activities": ("process_audit",),
        "result": "ok",
        "evidence": (told.paper("Audit of the process"),),
    }
    told.of_body(tx, "evaluator", actions.surveil, told.files["diesel-engine"], **surveilled)
    _waiting(tx, told)
    _from_paper(tx, told)


def _waiting(tx: Tx, told: Bodies) -> None:
    file = _opened(tx, told, "tunnel-boring-machine", ("S-640",))
    _judged(tx, told, file, {"B4": "not_comply", "C3": "observation"})
    by = _LATER.date() + timedelta(days=90)
    told.of_body(tx, "evaluator", actions.raise_findings, file, answer_by=by)
    quality = told.workshop.people["quality"]
    said = {"wish": "corrected", "clauses": ("B4",), "note": "The procedure of the lathe was revised."}
    told.do(tx, quality, actions.request, told.applications["tunnel-boring-machine"], **said)
    told.of_body(tx, "evaluator", actions.take_answer, file)


def _from_paper(tx: Tx, told: Bodies) -> None:
    paper = told.paper("Certificate XC-2217 of Coast Assurance")
    recorded = told.do(
        tx,
        told.workshop.people["quality"],
        actions.record_outside,
        document=actions.Document(
            kind="certificate",
            number="XC-2217",
            issuer="Coast Assurance",
            country="XC",
            about=world.WORKSHOP.name_en,
            scheme="XC-REMAN",
            edition="2024",
            family="gas-turbine",
            models=("GT-42",),
            says="valid",
            valid_from=date(2026, 1, 1),
            valid_to=date(2027, 12, 31),
        ),
        source="https://register.example/XC-2217",
        seen_on=_LATER.date(),
        evidence=(paper,),
    )
    second = told.workshop.people["quality_2"]
    told.do(tx, second, actions.confirm_outside, recorded.subject.id, digest=paper.digest)
