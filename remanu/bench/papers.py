"""The specimen's papers: the dossier and its certificate, what becomes of it, and the labels on the engine."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from remanu.bench.engine import WORKS, Engine
from remanu.labelling import events as labelling
from remanu.ledger import body as bodies
from remanu.release import events as releasing
from remanu.rules import canonical as jcs
from remanu.rules import identity

_HAZARDS = releasing.Hazards(statement="none-above", regime="XA-RoHS")


@dataclass(slots=True)
class Papers:
    """Certificates and labels of one engine; `labels` maps each code to its label's id and state."""

    engine: Engine
    certificate: str = ""
    numbers: int = 0
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)

    def submit(self) -> None:
        """Quality hands in the dossier."""
        self.certificate, self.numbers = _new(), self.numbers + 1
        manifest = releasing.Manifest(
            case=1,
            targeted="REMANUFACTURED",
            claim_class="REMANUFACTURED",
            why_not_higher=(),
            warranty_days=365,
            lines=(),
            heads=(),
            evidence=(),
            came_in=(),
            tests=(),
            hazards=_HAZARDS,
        )
        self.engine.put(
            releasing.SUBMIT,
            releasing.Submitted(
                step=self.engine.step("SUBMITTED"),
                dossier=_new(),
                manifest=manifest,
                digest="0" * 64,
                certificate=self.certificate,
                no=self.numbers,
                number=self.number,
                life=1,
                reserved=True,
            ),
        )

    @property
    def number(self) -> str:
        """The number of the newest certificate."""
        return f"NW-2026-{self.numbers:05d}"

    def release(self) -> None:
        """Certifying staff release the engine."""
        body = releasing.Released(step=self.engine.step("RELEASED"), dossier=_new(), issue=self.issue())
        self.engine.put(releasing.RELEASE, body)

    def issue(self, **changes: Any) -> releasing.Issue:
        """A certificate over what the engine is now."""
        content = releasing.CertificateRecord(
            v=1,
            kind="release",
            number=self.number,
            organisation=releasing.Issuer(
                name_en=WORKS.name_en,
                name_zh_hans=WORKS.name_zh_hans,
                name_zh_hant=WORKS.name_zh_hant,
                country=WORKS.country,
            ),
            unit=releasing.Unit(
                uri=self.engine.subject.uri,
                code=self.engine.code,
                family="diesel-engine",
                component="engine",
                name="Diesel engine",
                maker="Nordwerk",
                part_number="NW-6L-200",
                serial="NW20471193",
                simulated=False,
            ),
            life=1,
            work_order=1,
            claim_class="REMANUFACTURED",
            status="REMANUFACTURED",
            why_not_higher=(),
            standard="NW-RS-7",
            edition="2025",
            warranty_days=365,
            dossier="0" * 64,
            heads=(),
            evidence=(),
            came_in=(),
            tests=(),
            hazards=_HAZARDS,
            **changes,
        )
        digest = jcs.commitment(jcs.encode(bodies.encode(content))).hex()
        approval = releasing.Approval(
            v=1,
            action="release.release",
            meaning="The work was done and recorded as the standard asks.",
            record=digest,
            role="certifying_staff",
            signer=self.engine.actor.ref,
            name="0" * 64,
            at="2026-03-14T06:00:00.000000Z",
            nonce=secrets.token_hex(16),
        )
        return releasing.Issue(
            certificate=self.certificate,
            no=self.numbers,
            record=content,
            digest=digest,
            approval=approval,
            authorisation="XA-145-07",
        )

    def revoke(self, reason: str = "nonconforming") -> None:
        """The release is revoked."""
        body = releasing.Revoked(
            step=self.engine.step("NONCONFORMING"),
            certificate=self.certificate,
            reason=reason,
            approval=self.issue().approval,
        )
        self.engine.put(releasing.REVOKE_RELEASE, body)

    def supersede(self, reason: str = "typing-error") -> None:
        """The certificate is corrected by a new one."""
        former, former_number = self.certificate, self.number
        digest = self.issue().digest
        self.certificate, self.numbers = _new(), self.numbers + 1
        issue = self.issue(supersedes=releasing.Former(number=former_number, digest=digest, reason=reason))
        body = releasing.Superseded(case=self.engine.case, former=former, reason=reason, issue=issue)
        self.engine.put(releasing.SUPERSEDE, body)

    def reserve(self, kind: str = "label") -> str:
        """A label or tag gets its code."""
        new = self.reserved(kind)
        self.engine.put(labelling.RESERVE, new)
        return new.code

    def reserved(self, kind: str = "label", replaces: str | None = None) -> labelling.Reserved:
        """What reserving says."""
        code = identity.new_label_code(secrets.randbits)
        label = _new()
        self.labels[code] = (label, "reserved")
        return labelling.Reserved(
            label=label,
            code=code,
            item_code=self.engine.code,
            kind=kind,
            placement="part",
            life=1,
            payload=identity.payload(self.engine.database.label_origin, self.engine.code, code),
            template="label-50x30",
            media="roll-50x30",
            locale="en",
            generation=len(self.labels),
            replaces=replaces,
        )

    def move(self, code: str, target: str) -> labelling.Move:
        """The label goes into another state."""
        label, source = self.labels[code]
        self.labels[code] = (label, target)
        return labelling.Move(label=label, source=source, target=target)

    def print(self, code: str) -> None:
        """The label is printed."""
        body = labelling.Printed(
            move=self.move(code, "printed"),
            origin=self.engine.database.label_origin,
            printer="P1",
            template="label-50x30",
            media="roll-50x30",
            words={},
        )
        self.engine.put(labelling.PRINT, body)

    def hang(self, code: str) -> None:
        """The label is put on the engine and read back there."""
        self.engine.put(labelling.APPLY, labelling.Applied(move=self.move(code, "applied"), evidence=()))
        step = self.engine.step("LABELLED") if self.engine.state == "RELEASED" else None
        body = labelling.ReadBack(move=self.move(code, "active"), text="", step=step)
        self.engine.put(labelling.READ_BACK, body)

    def lose(self, code: str) -> None:
        """Nobody knows where the label is."""
        self.engine.put(labelling.REPORT_LOST, labelling.Lost(move=self.move(code, "lost")))

    def withdraw(self, code: str, target: str) -> None:
        """The label is revoked or destroyed."""
        kind = {"revoked": labelling.REVOKE, "destroyed": labelling.DESTROY}[target]
        body = labelling.Withdrawn(move=self.move(code, target), why="damaged")
        self.engine.put(kind, body)

    def change(self, code: str) -> str:
        """Another label takes the place of this one; returns its code."""
        move = self.move(code, "superseded")
        new = self.reserved(replaces=self.labels[code][0])
        self.engine.put(labelling.SUPERSEDE, labelling.Superseded(move=move, why="worn", replacement=new))
        return new.code


def _new() -> str:
    return secrets.token_hex(16)
