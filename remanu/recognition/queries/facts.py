"""Units of the record as the rule reads them: certificates, accreditations, parts, findings; read once a question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.catalogue.queries import pack_by
from remanu.certification import queries as certification
from remanu.certification.models import OutsideRecord
from remanu.families.family import Family
from remanu.recognition.queries.arrangements import organisation_name
from remanu.recognition.queries.findings import OF_MARKET, evidence, findings
from remanu.recognition.queries.jurisdictions import laws
from remanu.recognition.queries.register import register
from remanu.recognition.queries.units import Held, came_in, held
from remanu.release.queries import vocabulary_of
from remanu.rules import text, vocabularies
from remanu.rules.agreements import Accreditation, Register
from remanu.rules.attested import Certificate, Finding, ModelScope, Span, Unit
from remanu.rules.recognition import recognise
from remanu.rules.verdicts import Verdict, rank

Row = sa.Row[Any]
_CRITICAL = frozenset({"critical", "safety"})


@dataclass(slots=True)
class Facts:
    """What verdicts read on one connection at one moment; what units share is read once."""

    connection: Connection
    now: datetime
    more: tuple[Any, ...] = ()
    """Agreements that are asked about as if they were approved; they stand in place of those that they name."""
    without: frozenset[str] = frozenset()
    _entries: dict[str, certification.Entry] = field(default_factory=dict)
    _behind: dict[str, tuple[Accreditation, ...]] = field(default_factory=dict)
    _outside: dict[str, list[Row]] = field(default_factory=dict)
    _packs: dict[tuple[str, str, str | None], Family] = field(default_factory=dict)
    _registers: dict[tuple[date, tuple[str, ...]], Register] = field(default_factory=dict)
    _signed: Register | None = None
    _last: tuple[Held, tuple[Certificate, ...]] | None = None

    def units(self, keys: Iterable[tuple[str, str]]) -> list[Held]:
        """Released units with what sits in them."""
        return held(self.connection, keys)

    def verdict(self, unit: Held, *, there: str, on: date) -> Verdict:
        """The best verdict that any certificate of the unit leads to."""
        asked = list(self.asked(unit, there=there, on=on))
        rows = self.register(asked, on)
        said = [recognise(one, jurisdiction=there, as_of=on, register=rows) for one in asked]
        return min(said, key=rank)

    def asked(self, unit: Held, *, there: str, on: date) -> Iterator[Unit]:
        """The unit once for each certificate that may speak for it, once without any where none does."""
        base = self._base(unit, there=there, on=on)
        certificates: Sequence[Certificate | None] = self.certificates(unit) or (None,)
        yield from (replace(base, certificate=one) for one in certificates)

    def register(self, units: Iterable[Unit], on: date) -> Register:
        """The register with the accreditations of every body behind these units."""
        bodies = {one.certificate.body for unit in units for one in _all(unit) if one.certificate}
        key = (on, tuple(sorted(bodies)))
        if key not in self._registers:
            self._registers[key] = self._read(key[1], on)
        return self._registers[key]

    def _read(self, bodies: Iterable[str], on: date) -> Register:
        known = self._known(on)
        return Register(
            accreditations=tuple(dict.fromkeys(row for body in bodies for row in self.behind(body))),
            signatories=known.signatories,
            agreements=(*(one for one in known.agreements if one.uri not in self.without), *self.more),
            jurisdictions=laws(on),
        )

    def _known(self, on: date) -> Register:
        if self._signed is None:
            self._signed = register(self.connection, (), on)
        return self._signed

    def behind(self, body: str) -> tuple[Accreditation, ...]:
        """Who accredited or designated a body."""
        if body not in self._behind:
            # A paper names an organisation of this record as people do, by its name.
            name = organisation_name(self.connection, body)
            called = (body,) if name == body else (body, name)
            found = [certification.accreditations_behind(self.connection, body, called=one) for one in called]
            self._behind[body] = tuple(row for rows in found for row in rows)
        return self._behind[body]

    def certificates(self, unit: Held) -> tuple[Certificate, ...]:
        """Certifications of the model, papers that the workshop keeps, its own approval where its scheme has that."""
        # The same for every side, and a unit is asked about side by side.
        if self._last is None or self._last[0] is not unit:
            self._last = unit, (*self._certified(unit), *self._on_paper(unit), *_approved(unit))
        return self._last[1]

    def _certified(self, unit: Held) -> Iterator[Certificate]:
        known = certification.unit_of(unit.row, unit.row.zone)
        today = certification.local_day(self.now, unit.row.zone)
        claims = {one.certification: one.claim for one in certification.covering(unit.row.covered, known, today)}
        for one in certification.mentioned(unit.row.covered):
            entry = self._entry(one, today)
            certificate = certification.certificate_of(entry, known)
            certificate = replace(certificate, spans=_joined(certificate.spans))
            # One that names the model at another time or for another class does not cover this unit (I44, R10).
            # One whose scope names a site, of a release that names none, may cover it or not (I48).
            unsure = None if claims.get(one) == "unknown" else ()
            yield certificate if claims.get(one, "unknown") != "unknown" else replace(certificate, models=unsure)

    def _entry(self, certification_id: str, today: date) -> certification.Entry:
        if certification_id not in self._entries:
            self._entries[certification_id] = certification.find_entry(
                self.connection, certification_id, today
            )
        return self._entries[certification_id]

    def _on_paper(self, unit: Held) -> Iterator[Certificate]:
        org_id = unit.row.org_id
        if org_id not in self._outside:
            self._outside[org_id] = certification.confirmed(
                self.connection, kind="certificate", org_id=org_id
            )
        for row in self._outside[org_id]:
            certificate = certification.outside_certificate(row)
            models = {one.model for one in certificate.models or ()}
            if row.family == unit.row.family and unit.row.part_number in models:
                yield certificate

    def _base(self, unit: Held, *, there: str, on: date) -> Unit:
        row, pack = unit.row, self.pack(unit)
        found = findings(unit, pack, there=there, on=on, wanted=self._differences(there, on))
        whole = hashlib.sha256(row.record.encode()).hexdigest() == row.digest and bool(row.approval)
        closed = row.closed_at is not None or row.life_now != row.life
        return Unit(
            uri=row.uri,
            digest=row.digest,
            whole=whole,
            current=not closed and not unit.printed.retired,
            spans=unit.spans,
            released=unit.released,
            model=row.part_number or None,
            claim_class=row.claim_class or None,
            certificate=None,
            terms=_terms(unit),
            level="complete" if row.component == pack.root.code else "component",
            side=cast("Any", unit.record.get("side") or "maintenance"),
            by_maker=_by_maker(unit),
            findings=found,
            children=(
                *self._inside(unit, found, there=there, on=on),
                *self._by_paper(unit, found, there=there, on=on),
            ),
        )

    def _differences(self, there: str, on: date) -> tuple[str, ...]:
        """The national differences that agreements towards a side may ask."""
        known = (*self._known(on).agreements, *self.more)
        codes = {
            each.code
            for one in known
            if one.there == there
            for line in one.scopes
            for each in line.differences
        }
        return tuple(f"difference:{code}" for code in sorted(codes))

    def _inside(self, unit: Held, found: tuple[Finding, ...], *, there: str, on: date) -> Iterator[Unit]:
        """Parts that were released here and sit in it; each stands under the certificate that speaks best for it."""
        for one in unit.inside:
            ways = [
                replace(each, findings=_placed(each.findings, found, OF_MARKET))
                for each in self.asked(one, there=there, on=on)
            ]
            rows = self.register(ways, on)
            said = [recognise(each, jurisdiction=there, as_of=on, register=rows) for each in ways]
            yield min(zip(ways, said, strict=True), key=lambda pair: rank(pair[1]))[0]

    def _by_paper(self, unit: Held, found: tuple[Finding, ...], *, there: str, on: date) -> Iterator[Unit]:
        """Critical used parts that came in by a paper; what nobody saw of the paper is unknown."""
        pack, known = self.pack(unit), {(one.row.part_number, one.row.serial) for one in unit.inside}
        for came in came_in(unit.record):
            if (came["part_number"], came.get("serial")) in known or not _critical(pack, came["position"]):
                continue
            row = _paper(self.connection, unit.row.org_id, came["release"])
            certificate = None if row is None else certification.outside_certificate(row)
            own = (
                ()
                if row is None
                else evidence(
                    unit.papers,
                    row.number,
                    own=f"urn:uuid:{row.id}",
                    there=there,
                    on=on,
                    wanted=self._differences(there, on),
                )
            )
            yield Unit(
                uri=f"{unit.row.uri}#{came['position']}",
                digest="" if row is None else row.digest,
                whole=None if row is None else True,
                current=True,
                spans=None if certificate is None else certificate.spans,
                released=unit.released if certificate is None else certificate.issued,
                model=came["part_number"],
                claim_class=unit.row.claim_class,
                certificate=certificate,
                level="component",
                findings=_placed(tuple(own), found, OF_MARKET | {"substance"}),
            )

    def pack(self, unit: Held) -> Family:
        """The pack by which the unit was worked."""
        row = unit.row
        key = (row.org_id, row.family, row.pack)
        if key not in self._packs:
            self._packs[key] = pack_by(self.connection, row.org_id, row.family, digest=row.pack)
        return self._packs[key]


def _all(unit: Unit) -> Iterator[Unit]:
    yield unit
    for one in unit.children or ():
        yield from _all(one)


def _placed(own: Iterable[Finding], host: Iterable[Finding], kinds: frozenset[str]) -> tuple[Finding, ...]:
    """What is found of a part: of what is asked of the market that which is found of its host."""
    return (*(one for one in own if one.kind not in kinds), *(one for one in host if one.kind in kinds))


def _joined(spans: tuple[Span, ...] | None) -> tuple[Span, ...] | None:
    """Spans without seams: what only went on is one span, so that its dates say since when and until when it held."""
    found: list[Span] = []
    for one in spans or ():
        before = next((at for at, each in enumerate(found) if _goes_on(each, one)), None)
        if before is None:
            found.append(one)
        else:
            found[before] = replace(found[before], until=one.until)
    return None if spans is None else tuple(found)


def _goes_on(one: Span, later: Span) -> bool:
    return one.until == later.since and replace(later, since=one.since, until=one.until) == one


def _terms(unit: Held) -> tuple[str, ...] | None:
    status = unit.record.get("status")
    return None if status is None else tuple(one.casefold() for one in vocabularies.words(str(status)))


def _by_maker(unit: Held) -> bool | None:
    issuer, maker = unit.record.get("organisation"), unit.record.get("unit", {}).get("maker")
    if not issuer or not maker:
        return None
    named = {text.skeleton(str(issuer[name])) for name in ("name_en", "name_zh_hans", "name_zh_hant")}
    return text.skeleton(str(maker)) in named


def _approved(unit: Held) -> Iterator[Certificate]:
    """The release itself, where its scheme lets an approved organisation release single units; that is the body."""
    scheme = unit.record.get("scheme")
    words = None if scheme is None else vocabulary_of(str(scheme), unit.released)
    if words is None:
        return
    yield Certificate(
        uri=f"urn:uuid:{unit.row.certificate_id}",
        digest=unit.row.digest,
        home=words.jurisdiction,
        body=unit.row.org_id,
        scheme=words.id,
        edition=words.applies_from.isoformat(),
        category=unit.row.family,
        issued=unit.released,
        spans=unit.spans,
        models=(ModelScope(model="*", since=unit.released),),
        report=True,
    )


def _critical(pack: Family, place: str) -> bool:
    """Whether a part in this place is critical by the pack, or its life is limited; an unknown place counts as one."""
    known = next((one for one in pack.positions if place in one.places()), None)
    return known is None or known.life_limited or known.criticality in _CRITICAL


def _paper(connection: Connection, org_id: str, number: str) -> Row | None:
    chosen = sa.select(OutsideRecord.__table__).where(
        OutsideRecord.org_id == org_id,
        OutsideRecord.kind == "certificate",
        OutsideRecord.number == number,
        OutsideRecord.state == "confirmed",
    )
    return connection.execute(chosen.order_by(OutsideRecord.id.desc()).limit(1)).first()
