"""What can happen to a dossier and a release certificate: the bodies of events."""

from __future__ import annotations

from dataclasses import dataclass

from remanu.accounts.events.signing import Approval, Evidence
from remanu.inspection.events import ConcededTold
from remanu.parts.events import Step
from remanu.release.events.lives import LifeStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the checklist: the gate it belongs to, its code, and whether the record shows it."""

    gate: str
    code: str
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest event of one part's chain: with it, everything that happened to that part is bound."""

    uri: str
    seq: int
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredShare:
    """The largest share of a substance, in millionths by mass of one homogeneous material or first article (I62)."""

    substance: str
    ppm: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazards:
    """The declaration of hazardous substances: which edition of which rules, and what is above a limit.

    With `shares` other rules, and those of a later day, can be asked as well; without them they stay unknown.
    """

    statement: str
    regime: str
    substances: tuple[str, ...] = ()
    shares: tuple[DeclaredShare, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameIn:
    """A part that came into the unit from outside: new, reman or used_serviceable, by this release of its own."""

    position: str
    part_number: str
    serial: str | None = None
    origin: str
    release: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSite:
    """Work that was done where the equipment stands: the certificate covers these places and no others (I31)."""

    worked: tuple[str, ...]
    not_disturbed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a submission freezes; the SHA-256 of its canonical bytes is the dossier's digest (I23).

    `scheme` is the one that the release names; absent, the unit is released in the words that its family goes by.
    """

    case: int
    targeted: str
    claim_class: str
    why_not_higher: tuple[str, ...]
    warranty_days: int
    lines: tuple[Line, ...]
    heads: tuple[Head, ...]
    evidence: tuple[str, ...]
    came_in: tuple[CameIn, ...]
    tests: tuple[str, ...]
    hazards: Hazards
    balance: str | None = None
    concessions: tuple[str, ...] = ()
    lives: tuple[LifeStatus, ...] | None = None
    on_site: OnSite | None = None
    upgraded: tuple[str, ...] | None = None
    conceded: tuple[ConcededTold, ...] | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """Quality hands in the dossier (SM-1 no. 22) and drafts its certificate; `reserved` when the number is new."""

    step: Step
    dossier: str
    manifest: Manifest
    digest: str
    certificate: str
    no: int
    number: str
    life: int
    reserved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """Certifying staff found something (SM-1 no. 23); the words stand in the sealed document."""

    step: Step
    dossier: str
    findings: tuple[str, ...]
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Downgraded:
    """The unit will carry a weaker word than its dossier supports (SM-1 no. 24)."""

    step: Step
    dossier: str
    certificate: str
    former: str
    claim_class: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """The organisation as it was named on the day."""

    name_en: str
    name_zh_hans: str
    name_zh_hant: str
    country: str
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The part as it was known on the day."""

    uri: str
    code: str
    family: str
    component: str
    name: str
    maker: str
    part_number: str
    serial: str | None = None
    mass_kg: str | None = None
    simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The certificate that a correction replaces."""

    number: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRecord:
    """A release certificate as data: the SHA-256 of its canonical bytes is what is signed.

    `v` says how its paper is drawn: from 2 on the paper names the site, which before the attached record alone did;
    from 3 on its symbol says that it was read from a paper.
    `scheme` is the vocabulary of `status`, absent for the general one. `side` is production where that side of the
    form is signed; absent it is maintenance, and there is never a second (I39). `upgraded` are the approved changes by
    which improved parts came in. `conceded` holds what `concessions` told in English lines before: structured, so that
    each language has its words. `site` is the issuer's site at which the unit is released, absent where none is known.
    """

    v: int
    kind: str
    number: str
    organisation: Issuer
    unit: Unit
    life: int
    work_order: int
    claim_class: str
    status: str
    why_not_higher: tuple[str, ...]
    standard: str | None = None
    edition: str | None = None
    warranty_days: int
    dossier: str
    heads: tuple[Head, ...]
    evidence: tuple[str, ...]
    came_in: tuple[CameIn, ...]
    tests: tuple[str, ...]
    hazards: Hazards
    balance: str | None = None
    concessions: tuple[str, ...] = ()
    lives: tuple[LifeStatus, ...] | None = None
    on_site: OnSite | None = None
    supersedes: Former | None = None
    scheme: str | None = None
    side: str | None = None
    upgraded: tuple[str, ...] | None = None
    conceded: tuple[ConcededTold, ...] | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A certificate with its signature: id, number, record, digest, approval and the signer's authorisation.

    `evidence` is by what the signer proved himself; signatures of former versions say nothing of it.
    """

    certificate: str
    no: int
    record: CertificateRecord
    digest: str
    approval: Approval
    authorisation: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The unit is released (SM-1 no. 25) by a certificate (SM-4 no. 2), which opens its next life."""

    step: Step
    dossier: str
    issue: Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    """A certificate is corrected by a new number that names it and says why (SM-4 no. 3).

    `says` is "superseded" where the part may still carry a label of the former one, else absent.
    """

    case: str
    former: str
    reason: str
    issue: Issue
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided:
    """A drafted certificate is never issued; its number stays used (SM-4 no. 5)."""

    case: str
    certificate: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A lost certificate is printed again, because nothing happened to the unit since (SM-4 no. 6)."""

    case: str
    certificate: str
    copy: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """The release is revoked for good (SM-1 no. 32, SM-4 no. 4, I40)."""

    step: Step
    certificate: str
    reason: str
    approval: Approval
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallReturned:
    """A unit whose release was revoked is back (SM-1 no. 33); its life ends."""

    step: Step
    certificate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Somebody wanted to sign and may not; `acts` are the kinds of his own work that bar him (T-R17)."""

    case: str
    action: str
    reason: str
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """An old copy goes on as the newest there is (trust.md T33): what it lacks, and the numbers that are lost with it.

    Its log held `here` entries as `former`, which signed `signed` of them with this `root` where that is known, and
    goes on as `log`. `numbers` are void for good and never taken again (I38); `last` is the highest of them, or the
    last one that was taken.
    """

    log: str
    former: str
    here: int
    signed: int | None = None
    root: str | None = None
    last: int
    numbers: tuple[str, ...] = ()
    first: int | None = None
