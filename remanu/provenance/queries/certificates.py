"""Release certificates of a part, from the events that issued, corrected and revoked them."""

from __future__ import annotations

from dataclasses import dataclass, field

from remanu.errors import BadInput
from remanu.provenance.queries.document import Values, number, part, rows, text, texts, when, zone
from remanu.provenance.queries.story import Certificate, InDoubt, LifeLeft, LimitedLife
from remanu.rules import canonical as jcs


@dataclass(slots=True)
class Shelf:
    """Every certificate that was issued, by its id."""

    issued: dict[str, Certificate] = field(default_factory=dict)

    def hear(self, kind: str, document: Values, body: Values) -> None:
        """Take in one event."""
        if kind in {"release.release", "release.supersede"}:
            self._issue(document, part(body, "issue"))
        if kind == "release.supersede":
            new = self.issued[text(part(body, "issue"), "certificate")]
            self._end(text(body, "former"), "SUPERSEDED", document, text(body, "reason"), by=new.number)
        if kind == "release.review_release":
            self._doubt(text(body, "certificate"), text(body, "review"), (when(document), text(body, "reason")), body)
        if kind == "release.lift_review" and text(body, "certificate") in self.issued:
            self.issued[text(body, "certificate")].doubts.pop(text(body, "review"), None)
        if kind == "release.revoke_release":
            self._end(text(body, "certificate"), "REVOKED", document, text(body, "reason"))

    def _issue(self, document: Values, issue: Values) -> None:
        record, approval = part(issue, "record"), part(issue, "approval")
        signed = _canonical(record)
        self.issued[text(issue, "certificate")] = Certificate(
            id=text(issue, "certificate"),
            number=text(record, "number"),
            claim_class=text(record, "claim_class"),
            status=text(record, "status"),
            scheme=text(record, "scheme"),
            issued_at=when(document),
            zone=zone(document),
            life=number(record, "life"),
            digest=text(issue, "digest"),
            agrees=jcs.commitment(signed).hex() == text(issue, "digest") == text(approval, "record"),
            meaning=text(approval, "meaning"),
            role=text(approval, "role"),
            authorisation=text(issue, "authorisation"),
            standard=text(record, "standard"),
            edition=text(record, "edition"),
            warranty_days=number(record, "warranty_days"),
            supersedes=text(part(record, "supersedes"), "number"),
            event=text(document, "id"),
            record=signed,
            lives=tuple(_limited(one) for one in rows(record, "lives")),
            worked=texts(part(record, "on_site"), "worked"),
            not_disturbed=texts(part(record, "on_site"), "not_disturbed"),
            upgraded=texts(record, "upgraded"),
            site=text(record, "site"),
        )

    def _end(self, certificate: str, state: str, document: Values, reason: str, *, by: str = "") -> None:
        ended = self.issued.get(certificate)
        if ended is not None:
            ended.state, ended.reason, ended.superseded_by = state, reason, by
            ended.ended_at = when(document)
            ended.doubts.clear()

    def _doubt(self, certificate: str, review: str, doubt: tuple[str, str], body: Values) -> None:
        doubted = self.issued.get(certificate)
        if doubted is not None:
            doubted.doubts[review] = doubt
            doubted.parts_in_doubt[review] = tuple(_in_doubt(one) for one in rows(body, "affected"))

    def newest_first(self) -> tuple[Certificate, ...]:
        """All of them, the newest first."""
        return tuple(reversed(self.issued.values()))


def _in_doubt(one: Values) -> InDoubt:
    words = ("uri", "name", "part_number", "serial", "since", "until")
    return InDoubt(**{name: text(one, name) for name in words}, path=texts(one, "path"))


def _limited(one: Values) -> LimitedLife:
    words = ("position", "part_number", "serial", "state", "policy", "mark", "share")
    return LimitedLife(**{name: text(one, name) for name in words}, left=tuple(map(_left, rows(one, "left"))))


def _left(one: Values) -> LifeLeft:
    words = ("counter", "rating", "unit", "limit", "used", "tag")
    return LifeLeft(**{name: text(one, name) for name in words}, remaining=number(one, "remaining"))


def _canonical(record: Values) -> bytes:
    """The certificate's record as it was signed; nothing where it cannot be one."""
    try:
        return jcs.encode(record)
    except BadInput:
        return b""
