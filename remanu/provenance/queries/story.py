"""What a part's page tells: plain values with nothing in them that is not meant for everybody."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The part itself, or one of its components, as the record names it."""

    position: str
    name: str
    maker: str
    part_number: str
    serial: str
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What stands on the part."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What the part is; `weighed` says when its mass was taken: intake, reassembly, or entry into the record."""

    code: str
    uri: str
    family: str
    pack: str
    component: str
    piece: Piece
    mass_kg: str
    weighed: str
    marks: tuple[Mark, ...]
    photo: str
    simulated: bool
    life: int
    earlier_lives: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event: its kind, when, in which role it was done, and what it is about where that is a component."""

    event: str
    kind: str
    at: str
    zone: str
    role: str
    position: str
    known: bool
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One characteristic of one piece: as found, as released, the limits that applied, and whether it left the unit."""

    position: str
    characteristic: str
    unit: str
    found: str
    released: str
    lower: str
    upper: str
    zone: str
    demonstration: bool
    replaced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A piece that came into a position from outside, and the one it took the place of."""

    position: str
    piece: Piece
    former: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a test; without a value it was not tested."""

    code: str
    name: str
    unit: str
    value: str
    lower: str
    upper: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One operation on one piece, with what it took."""

    position: str
    operation: str
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A recorded quantity: energy, water, material, waste."""

    of: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One result outside new limits that is accepted by a concession."""

    characteristic: str
    unit: str
    value: str
    lower: str
    upper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conceded:
    """A piece that is used as it is, by an approved concession: its number, its last day and what deviates."""

    subject: str
    number: str
    position: str
    cause: str
    approved_at: str
    expires: str
    caps: bool
    serials: tuple[str, ...]
    quantity: int
    deviations: tuple[Deviation, ...]


@dataclass(slots=True, kw_only=True)
class Stage:
    """One stage of a life, in the order of the process."""

    key: str
    at: str = ""
    zone: str = "UTC"
    entries: list[Entry] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    swaps: list[Swap] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Life:
    """A life with the work that led to it, its stages newest first; `since` is empty until it is released."""

    n: int
    since: str = ""
    until: str = ""
    stages: list[Stage] = field(default_factory=list)
    concessions: list[Conceded] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeLeft:
    """What is left of one limit of a life at one rating; `tag` says how far the limit is known."""

    counter: str
    rating: str
    unit: str
    limit: str
    used: str
    remaining: int
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitedLife:
    """How the life of a life-limited part stood at the release; `mark` says how far the method is known."""

    position: str
    part_number: str
    serial: str
    state: str
    policy: str
    mark: str
    share: str
    left: tuple[LifeLeft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt:
    """A part in the assembly that came in doubt: the way down to it, since when it was there, and when it left."""

    uri: str
    name: str
    part_number: str
    serial: str
    path: tuple[str, ...]
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Another record that the part's own goes on from: what it said last, since when, and whether that is a doubt."""

    uri: str
    state: str
    since: str


@dataclass(slots=True, kw_only=True)
class Certificate:
    """A release certificate: as it was issued, and what became of it since; `doubts` are reviews that stand.

    Of work on site `worked` names the positions that it covers, `not_disturbed` those that it does not (I31).
    `upgraded` are approved changes that lift it above its original type: a flag beside the class. `scheme` is the one
    whose word `status` is; empty, both are the general ones. `site` is the issuer's site at which it was released.
    """

    id: str
    number: str
    claim_class: str
    status: str
    issued_at: str
    zone: str
    life: int
    digest: str
    agrees: bool
    meaning: str
    role: str
    authorisation: str
    standard: str
    edition: str
    warranty_days: int
    supersedes: str
    event: str
    record: bytes
    lives: tuple[LimitedLife, ...] = ()
    worked: tuple[str, ...] = ()
    not_disturbed: tuple[str, ...] = ()
    upgraded: tuple[str, ...] = ()
    scheme: str = ""
    site: str = ""
    state: str = "ISSUED"
    ended_at: str = ""
    reason: str = ""
    superseded_by: str = ""
    doubts: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts_in_doubt: dict[str, tuple[InDoubt, ...]] = field(default_factory=dict)

    @property
    def reviewed_since(self) -> str:
        """Since when the release is under review; empty where it is not."""
        return min((since for since, _ in self.doubts.values()), default="")

    @property
    def in_doubt(self) -> tuple[InDoubt, ...]:
        """The parts because of which it is under review; none where it is for another reason."""
        return tuple(one for review in self.doubts for one in self.parts_in_doubt.get(review, ()))

    @property
    def review_reason(self) -> str:
        """Why it is under review, as a reason word."""
        return min(self.doubts.values(), default=("", ""))[1]


@dataclass(slots=True, kw_only=True)
class Label:
    """A label or tag of this part and its state; `replaced_by` is the code of the one that took its place."""

    id: str
    code: str
    kind: str
    life: int
    state: str
    at: str
    why: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Everything that the page and the JSON document say of a part, and nothing else.

    `fitted` is when the part went into a unit, as long as it stays there.
    """

    item: Item
    said: str
    said_by: str
    fitted: str
    lives: tuple[Life, ...]
    certificates: tuple[Certificate, ...]
    labels: tuple[Label, ...]
    amounts: tuple[Amount, ...]
    pieces: tuple[Piece, ...]
    origins: tuple[Origin, ...] = ()

    def label(self, code: str) -> Label | None:
        """The label of this code, if this part ever had it."""
        return next((one for one in self.labels if one.code == code), None)

    @property
    def in_force(self) -> Certificate | None:
        """The newest certificate that was issued."""
        return self.certificates[0] if self.certificates else None
