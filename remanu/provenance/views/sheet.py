"""The page as values in the reader's language: what the template draws and what the JSON document says.

Words and days are looked up once a page and kept with it, because one page says the same few hundreds of times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from remanu.errors import Damaged, NotFound
from remanu.families.family import Family
from remanu.families.loader import load_all
from remanu.families.shelf import kept
from remanu.families.vocabulary import Names
from remanu.provenance.queries import Certificate, Known, Label, Life, Stage, Story
from remanu.provenance.queries.story import (
    Amount,
    Conceded,
    InDoubt,
    LifeLeft,
    LimitedLife,
    Origin,
    Point,
    Reading,
)
from remanu.provenance.queries.works import AMOUNTS
from remanu.provenance.views import words
from remanu.provenance.views.certified import Certified, certified
from remanu.provenance.views.findings import Shown, findings, minute, organisation
from remanu.provenance.views.valid import Valid, kept_of, valid
from remanu.recognition.queries import jurisdictions
from remanu.restoration.schemas.words import METHOD_WORDS
from remanu.rules.permissions import RELAY
from remanu.storage import Storage
from remanu.web import times
from remanu.web.context import here
from remanu.web.locale import catalogue, current
from remanu.web.shell import unit
from remanu.web.words import CLASSES, REASONS, ROLES

_MOST = 4
Say = Callable[[str], str]


class Question(NamedTuple):
    """One fact to compare with the part in hand."""

    id: str
    words: str
    value: str


class Line(NamedTuple):
    """One event in a stage: the address of its proof, what happened, to which piece, when and in which role."""

    address: str
    words: str
    position: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that one page says, in one language; `say` translates, `day` writes a day, `names` a code."""

    known: Known
    label: str
    address: str
    findings: list[Shown]
    organisation: str
    demonstration: bool
    say: Say
    day: Callable[[str, str], str]
    names: Callable[[str, str], str]

    @property
    def band(self) -> Shown:
        """The finding that the page begins with."""
        return self.findings[0]

    @property
    def verified(self) -> str:
        """That the record verified, and when that was computed; or that it does not."""
        if not self.known.verdict.whole:
            return self.say(words.UNVERIFIED)
        return self.say(words.VERIFIED) % {"time": minute(self.known.verdict.at, self.known.found.zone)}

    @property
    def sentence(self) -> str:
        """The band's sentence, and when the record was verified unless the label is not ours at all."""
        if self.band.code == "label-not-issued":
            return self.band.sentence
        return self.say(words.TWO_SENTENCES) % {"first": self.band.sentence, "second": self.verified}

    @property
    def story(self) -> Story:
        """What the record tells."""
        return self.known.story

    @property
    def own_label(self) -> Label | None:
        """The label that was scanned, if it is one of this part's."""
        return self.story.label(self.label)

    @property
    def links(self) -> dict[str, str]:
        """Where the rest of the record is."""
        held = self.story.in_force is not None
        return {
            "page": self.address,
            "events": f"{self.address}/events",
            "certificate": f"{self.address}/certificate.json" if held else "",
            "certificate_pdf": f"{self.address}/certificate.pdf" if held else "",
            "feed": f"{self.address}/feed",
        }

    @property
    def certified(self) -> list[Certified]:
        """The product certifications under which it was released."""
        return certified(self.known)

    @property
    def recognition(self) -> dict[str, object]:
        """Where everybody may ask in which jurisdiction the release is recognised."""
        kept = kept_of(self.known, self.certified)
        places = list(jurisdictions())
        return {"address": f"{self.address}/recognised?format=json", "jurisdictions": places, "kept": kept}

    @property
    def valid(self) -> Valid:
        """Whether it is recognised where a reader of this language may ask, as it was computed last."""
        return valid(self.known, self.certified)

    @property
    def questions(self) -> list[Question]:
        """What to compare with the part in hand, at most four facts."""
        item = self.story.item
        marks = [("mark-" + str(n), words.MARK, mark.text) for n, mark in enumerate(item.marks[:2], 1)]
        asked = [
            ("serial", words.SERIAL, item.piece.serial),
            *marks,
            ("part-number", words.PART_NUMBER, item.piece.part_number),
            ("mass", words.MASSES.get(item.weighed, words.MASS), f"{item.mass_kg} kg" if item.mass_kg else ""),
        ]
        return [Question(name, self.say(said), value) for name, said, value in asked if value][:_MOST]

    def facts(self) -> list[tuple[str, str]]:
        """What the part is called."""
        piece = self.story.item.piece
        named = ((words.MAKER, piece.maker), (words.PART_NUMBER, piece.part_number))
        return [(self.say(said), value) for said, value in (*named, (words.SERIAL_NUMBER, piece.serial))]

    def life_title(self, life: Life) -> str:
        """The heading of a life."""
        return self.say(words.LIFE) % {"n": life.n} if life.n else self.say(words.ORIGINAL)

    def life_detail(self, life: Life) -> str:
        """From when on a life lasts, or until when it lasted."""
        zone = life.stages[0].zone if life.stages else "UTC"
        if life.since:
            return self.say(words.SINCE) % {"day": self.day(life.since, zone)}
        return self.say(words.UNTIL) % {"day": self.day(life.until, zone)} if life.until else ""

    def conceded(self, one: Conceded) -> str:
        """Which piece is used as it is, and what of it deviates, with the limits of a new one."""
        said = [
            f"{self.names('characteristic', each.characteristic)} {each.value} {unit(each.unit)} "
            f"({each.lower} … {each.upper})".replace("( …", "(…").replace("… )", "…)")
            for each in one.deviations
        ]
        return " · ".join([self.names("position", one.position), *said])

    def stage(self, one: Stage) -> str:
        """The name of a stage."""
        return self.say(words.STAGES.get(one.key, one.key))

    def lines(self, stage: Stage) -> list[Line]:
        """The events of a stage; one that is not known here is named by its kind."""
        return [
            Line(
                f"{self.address}/proof/{entry.event}",
                self.event(entry.kind),
                self.names("position", entry.position) if entry.position else "",
                f"{self.day(entry.at, entry.zone)} · {self.role(entry.role)}",
            )
            for entry in stage.entries
        ]

    def role(self, name: str) -> str:
        """In which role something was done; what another record says is heard by nobody in particular."""
        return self.say(words.RELAYED if name == RELAY else ROLES.get(name, name))

    def event(self, kind: str) -> str:
        """What happened, in words."""
        known = words.EVENTS.get(kind)
        return self.say(known) if known else self.say(words.UNHEARD) % {"kind": kind}

    def since(self, certificate: Certificate) -> str:
        """What became of a certificate after its day of issue."""
        if certificate.doubts:
            day = self.day(certificate.reviewed_since, certificate.zone)
            why = self.say(REASONS.get(certificate.review_reason, ""))
            return f"{self.say(words.UNDER_REVIEW) % {'day': day}} {why}".strip()
        ended = self.day(certificate.ended_at, certificate.zone) if certificate.ended_at else "?"
        said = self.say(words.STATES.get(certificate.state, ""))
        reason = self.say(REASONS.get(certificate.reason, ""))
        return f"{said % {'day': ended, 'other': certificate.superseded_by}} {reason}".strip()

    def way(self, one: InDoubt) -> str:
        """Where a part in doubt sits, from the unit down."""
        return " › ".join(self.names("position", each) for each in one.path)

    def held(self, one: InDoubt) -> str:
        """Since when a part in doubt is in the unit, or when it left."""
        zone = self.known.found.zone
        if one.until:
            return self.say(words.HELD) % {"since": self.day(one.since, zone), "until": self.day(one.until, zone)}
        return self.say(words.HOLDS) % {"day": self.day(one.since, zone)}

    def origin(self, code: str) -> str:
        """Where a piece came from."""
        return self.say(words.ORIGINS.get(code, code))

    def said_there(self, one: Origin) -> str:
        """What the record says that the part goes on from; nothing where that is no doubt."""
        return self.say(words.DOUBTS.get(one.state, ""))

    def amounts(self) -> list[tuple[str, str, str]]:
        """The four numbers of the footprint: value or a dash, unit, words."""
        recorded = {one.of: one.value for one in self.story.amounts}
        return [
            (recorded.get(of, "–"), unit if of in recorded else "", self.say(words.AMOUNTS[of]))
            for of, unit in AMOUNTS
        ]

    def problem(self, why: str) -> str:
        """What does not verify, in a sentence."""
        return self.say(words.PROBLEMS.get(why, why))

    def claim(self, certificate: Certificate) -> str:
        """The word that a certificate carries."""
        return self.say(CLASSES.get(certificate.claim_class, certificate.claim_class))

    def outcome(self, point: Point) -> str:
        """The outcome of a test point; without one it was not tested."""
        return self.say(words.VERDICTS.get(point.verdict, words.VERDICTS["not_tested"]))

    def amount(self, one: Amount) -> str:
        """What a quantity is of."""
        return self.say(words.AMOUNTS.get(one.of, one.of))

    def measured(self, one: Reading) -> str:
        """Which characteristic of which piece, and whether that piece is in the unit no more."""
        named = f"{self.names('position', one.position)} · {self.names('characteristic', one.characteristic)}"
        return f"{named} · {self.say(words.REPLACED_SINCE)}" if one.replaced else named

    def limit(self, one: LifeLeft) -> str:
        """A limit by its counter and rating as the pack calls them."""
        counter = self.names("counter", one.counter)
        if not one.rating:
            return counter
        return f"{counter} · {self.names('rating', f'{one.counter}/{one.rating}').rpartition('/')[2]}"

    def method(self, one: LimitedLife) -> str:
        """By which policy the figures are computed, and how far that is known."""
        return self.say(words.POLICIES.get(one.policy, one.policy)) % {"mark": self.mark(one.mark)}

    def mark(self, tag: str) -> str:
        """How far a method or a limit is known."""
        return self.say(words.MARKS.get(tag, tag))

    def operation(self, code: str) -> str:
        """An operation of the pack, or a method of cleaning, in words."""
        return self.say(METHOD_WORDS[code]) if code in METHOD_WORDS else self.names("operation", code)

    def steps(self) -> list[Markup]:
        """How to check the part without us."""
        places = {
            "events": (f"{self.address}/events", self.say(words.ALL_EVENTS)),
            "head": ("/log/checkpoint", self.say(words.HEAD)),
            "key": ("/log/key", self.say(words.KEY)),
        }
        anchors = {name: Markup('<a href="{}">{}</a>').format(*place) for name, place in places.items()}
        return [escape(self.say(step)) % anchors for step in words.STEPS]


def sheet(known: Known, label: str) -> Sheet:
    """The page about a part, for whoever scanned this label, in the language of the request."""
    locale = current()
    translate = catalogue(locale).gettext
    named = _names(here().storage, known.story.item.family, known.story.item.pack)
    return Sheet(
        known=known,
        label=label,
        address=f"/{known.found.code}",
        findings=findings(known, label),
        organisation=organisation(known),
        demonstration=here().config.demonstration,
        say=cache(lambda message: str(translate(message)) if message else ""),
        day=_days(),
        names=cache(lambda kind, code: _name(named, locale, kind, code)),
    )


def _days() -> Callable[[str, str], str]:
    """Days as they are written here: each is written once, however many events happened on it."""
    written, zone = cache(times.day), cache(times.zone)
    return lambda at, name: written(datetime.fromisoformat(at).astimezone(zone(name)).date())


def _name(known: Mapping[tuple[str, str], Names], locale: str, kind: str, code: str) -> str:
    """What a family's pack calls a position, characteristic, operation or test point; else its code."""
    if (kind, code) in known:
        return known[kind, code].text(locale)
    stem, _, count = code.rpartition("-")
    if kind == "position" and count.isdigit() and (kind, stem) in known:
        return f"{known[kind, stem].text(locale)} {count}"
    return code


def _names(storage: Storage, family: str, digest: str) -> Mapping[tuple[str, str], Names]:
    # Names alone are wanted of the pack: where its text is lost, the page goes on with codes, and the check names it.
    with suppress(NotFound, Damaged):
        if digest:
            return _names_of(kept(storage, digest))
    return _names_of(load_all()[family]) if family in load_all() else {}


@lru_cache(maxsize=64)
def _names_of(pack: Family) -> Mapping[tuple[str, str], Names]:
    return dict(_named(pack))


def _named(pack: Family) -> list[tuple[tuple[str, str], Names]]:
    points = [point for test in pack.tests for point in test.points]
    return [
        *((("position", one.code), one.names) for one in pack.positions),
        *((("characteristic", one.code), one.names) for one in pack.characteristics),
        *((("operation", one.code), one.names) for one in pack.operations),
        *((("counter", one.code), one.names) for one in pack.counters),
        *((("rating", f"{one.code}/{each.code}"), each.names) for one in pack.counters for each in one.ratings),
        *((("point", one.code), one.names) for one in points),
    ]


def stage_kind(stage: Stage) -> str:
    """The sign of a stage: its outcome where it has one, else a plain node."""
    if stage.key in {"revoked", "ended"}:
        return "invalid"
    if stage.key == "tested":
        passed = any(entry.kind == "restoration.pass_test" for entry in stage.entries)
        return "verified" if passed else "attention"
    return "verified" if stage.key == "released" else ""
