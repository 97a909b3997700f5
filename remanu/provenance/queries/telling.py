"""From a part's decoded events to its story: a pure function over an allow-list of fields (trust.md T17).

Each reader below takes the fields it names from an event's body and no others. A kind without a reader is told by its
name alone; a kind that nobody here has heard of is told as such, and never left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from remanu.provenance.queries import certificates, concessions, labels, works
from remanu.provenance.queries.check import Told
from remanu.provenance.queries.document import Values, case, number, part, rows, text, when, zone
from remanu.provenance.queries.kinds import BESIDE, FINDINGS, ORDER, STAGES, says, stage_of
from remanu.provenance.queries.story import Entry, Item, Life, Mark, Piece, Stage, Story


@dataclass(slots=True)
class Teller:
    """What has been heard so far, event by event in the order of the record."""

    item_id: str
    pieces: dict[str, Piece] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)
    cases: dict[str, Life] = field(default_factory=dict)
    first: Values = field(default_factory=dict)
    pack: str = ""
    mass_kg: str = ""
    photo: str = ""
    said: str = ""
    said_by: str = ""
    fitted: str = ""
    stage: str = "entered"
    releases: certificates.Shelf = field(default_factory=certificates.Shelf)
    labels: labels.Drawer = field(default_factory=labels.Drawer)
    bench: works.Bench = field(default_factory=works.Bench)

    def hear(self, one: Told) -> None:
        """Take in one event."""
        document, kind = one.document, one.link.kind
        body = part(document, "body")
        own = one.link.subject_id == self.item_id
        if kind == "parts.register":
            self._register(one.link.subject_id, body, own=own)
        life = self._life(body, kind)
        if own:
            self._say(kind, document, one.link.commitment.hex())
        self._note(kind, body, own=own)
        self.releases.hear(kind, document, body)
        self.labels.hear(kind, document, body)
        concessions.hear(life, kind, document, one.link.subject_id)
        if kind != "parts.register" or own:
            stage = self._stage(life, kind, body, own=own)
            self._enter(stage, one, body)
            self.bench.hear(stage, kind, body, one.link.subject_id)

    def _register(self, subject_id: str, body: Values, *, own: bool) -> None:
        self.pieces[subject_id] = Piece(
            position="", **{name: text(body, name) for name in ("name", "maker", "part_number", "serial", "origin")}
        )
        if own:
            self.first, self.mass_kg = body, text(body, "mass_kg")
            self.lives.append(Life(n=number(body, "life")))

    def _life(self, body: Values, kind: str) -> Life:
        """The life that an event belongs to: a case belongs to the life that it leads to."""
        if not self.lives:
            self.lives.append(Life(n=0))
        known = case(body)
        if not known or kind == "parts.register":
            return self.lives[-1]
        if known not in self.cases:
            before = number(body, "life") if "life" in body else self.lives[-1].n
            self.lives.append(Life(n=before + 1))
            self.cases[known] = self.lives[-1]
        return self.cases[known]

    def _say(self, kind: str, document: Values, commitment: str) -> None:
        state = says(kind, part(document, "body"), self.item_id)
        if state is not None:
            self.said, self.said_by = state, commitment
        if kind == "restoration.install":
            self.fitted = when(document)
        elif kind in _OUT and (kind != "restoration.operate" or part(document, "body").get("taken_out") is True):
            self.fitted = ""
        if kind == "release.release":
            self._life(part(document, "body"), kind).since = when(document)
        if kind in _CLOSING and len(self.lives) > 1:
            self.lives[-2].until = self.lives[-2].until or when(document)

    def _note(self, kind: str, body: Values, *, own: bool) -> None:
        if not own:
            return
        if kind in _TAKEN_IN or (kind in _ARRIVING and "number" in body):
            self.pack = text(body, "pack")
        for mark in _marks(kind, body):
            self.marks.append(mark)
        for cited in rows(body, "evidence"):
            if kind in _PICTURED and _shows_plate(cited):
                self.photo = text(cited, "digest")
        if kind == "intake.identify":
            known = {name: text(body, name) for name in ("maker", "part_number", "serial") if text(body, name)}
            self.pieces[self.item_id] = replace(self.pieces[self.item_id], **known)
        # Who holds the part in hand weighs the finished unit, not the core that came in.
        self.mass_kg = text(body, "unit_mass_kg") or text(body, "mass_kg") or self.mass_kg

    def _stage(self, life: Life, kind: str, body: Values, *, own: bool) -> Stage:
        key = stage_of(kind, body) or self.stage
        if own and kind in STAGES:
            self.stage = key
        found = next((stage for stage in life.stages if stage.key == key), None)
        if found is None:
            found = Stage(key=key)
            life.stages.append(found)
        return found

    def _enter(self, stage: Stage, one: Told, body: Values) -> None:
        document, kind = one.document, one.link.kind
        piece = self.pieces.get(one.link.subject_id)
        position = text(body, "position")
        if piece is not None and position and not piece.position:
            self.pieces[one.link.subject_id] = piece = replace(piece, position=position)
        stage.at, stage.zone = max(stage.at, when(document)), zone(document)
        stage.entries.append(
            Entry(
                event=one.link.id,
                kind=kind,
                at=when(document),
                zone=stage.zone,
                role=text(part(document, "by"), "role"),
                position=position or (piece.position if piece is not None else ""),
                known=kind in STAGES or kind in BESIDE or kind in FINDINGS,
            )
        )

    def story(self) -> Story:
        """Everything that was heard, in the order of the page."""
        self.bench.settle(self.pieces)
        for life in self.lives:
            life.stages.sort(key=lambda stage: (stage.at, ORDER.index(stage.key)), reverse=True)
        components = [piece for subject, piece in self.pieces.items() if subject != self.item_id]
        return Story(
            item=self._item(),
            said=self.said,
            said_by=self.said_by,
            fitted=self.fitted,
            lives=tuple(reversed(self.lives)),
            certificates=self.releases.newest_first(),
            labels=self.labels.newest_first(),
            amounts=self.bench.amounts(),
            pieces=tuple(sorted(components, key=lambda piece: piece.position)),
        )

    def _item(self) -> Item:
        unknown = Piece(position="", name="", maker="", part_number="", serial="")
        released = [life.n for life in self.lives if life.since]
        return Item(
            code=text(self.first, "code"),
            uri=text(self.first, "uri"),
            family=text(self.first, "family"),
            pack=self.pack,
            component=text(self.first, "component"),
            piece=self.pieces.get(self.item_id, unknown),
            mass_kg=self.mass_kg,
            marks=tuple(dict.fromkeys(self.marks)),
            photo=self.photo,
            simulated=self.first.get("simulated") is True,
            life=max(released, default=self.lives[0].n if self.lives else 0),
            earlier_lives=text(self.first, "earlier_lives") or "unknown",
        )




# Only these acts show a plate to everybody, and only a file that says so: any other picture may show people.
_PICTURED = frozenset({"intake.identify", "parts.read_mark", "labelling.apply"})
_PLATES = ("plate", "铭牌", "銘牌")
# A case works by the pack that it was opened under.
_TAKEN_IN = frozenset({"parts.register", "intake.announce", "parts.return_core"})
_ARRIVING = frozenset({"intake.receive", "intake.accept_site"})
_OUT = frozenset(
    {
        "restoration.operate",
        "restoration.record_component",
        "restoration.replace",
        "restoration.cannibalise",
    }
)
_CLOSING = frozenset({"intake.receive", "parts.return_core"})


def _shows_plate(cited: Values) -> bool:
    shows = text(cited, "shows").lower()
    return text(cited, "media_type").startswith("image/") and any(word in shows for word in _PLATES)


def _marks(kind: str, body: Values) -> Iterator[Mark]:
    if kind == "parts.read_mark" and text(body, "text"):
        yield Mark(kind=text(body, "kind"), text=text(body, "text"))


def tell_story(item_id: str, told: Sequence[Told]) -> Story:
    """The story of one part over its events and those of its components."""
    teller = Teller(item_id)
    for one in told:
        teller.hear(one)
    return teller.story()
