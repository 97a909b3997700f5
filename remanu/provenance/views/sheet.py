"""The page as values in the reader's language: what the template draws and what the JSON document says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from remanu.families.family import Family
from remanu.families.loader import load_all
from remanu.families.vocabulary import Names
from remanu.provenance.queries import Certificate, Known, Label, Life, Stage, Story
from remanu.provenance.queries.story import Amount, Point, Reading
from remanu.provenance.queries.works import AMOUNTS
from remanu.provenance.views import words
from remanu.provenance.views.findings import Shown, findings, minute, organisation
from remanu.web import times
from remanu.web.context import here
from remanu.web.locale import current, gettext
from remanu.web.words import CLASSES, REASONS, ROLES

_MOST = 4


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to compare with the part in hand."""

    id: str
    words: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that one page says, in one language."""

    known: Known
    label: str
    address: str
    findings: list[Shown]
    organisation: str
    verified: str
    questions: list[Question]
    names: Naming
    demonstration: bool

    @property
    def band(self) -> Shown:
        """The finding that the page begins with."""
        return self.findings[0]

    @property
    def sentence(self) -> str:
        """The band's sentence, and when the record was verified unless the label is not ours at all."""
        if self.band.code == "label-not-issued":
            return self.band.sentence
        return f"{self.band.sentence} {self.verified}"

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
        }


def sheet(known: Known, label: str) -> Sheet:
    """The page about a part, for whoever scanned this label."""
    return Sheet(
        known=known,
        label=label,
        address=f"/{known.found.code}",
        findings=findings(known, label),
        organisation=organisation(known),
        verified=_verified(known),
        questions=list(_questions(known)),
        names=Naming(known.story.item.family),
        demonstration=here().config.demonstration,
    )


def _verified(known: Known) -> str:
    if not known.verdict.whole:
        return gettext("The record does not verify.")
    at = minute(known.verdict.at, known.found.zone)
    return gettext("Record verified at %(time)s.") % {"time": at}


def _questions(known: Known) -> list[Question]:
    item = known.story.item
    asked = [
        Question("serial", gettext("Serial number on the data plate"), item.piece.serial),
        *(
            Question(f"mark-{n}", gettext("Mark on the part"), mark.text)
            for n, mark in enumerate(item.marks[:2], 1)
        ),
        Question("part-number", gettext("Part number"), item.piece.part_number),
        Question("mass", gettext("Mass"), f"{item.mass_kg} kg" if item.mass_kg else ""),
    ]
    return [one for one in asked if one.value][:_MOST]


@lru_cache(maxsize=64)
def _names(family: str) -> Mapping[tuple[str, str], Names]:
    """Names of everything that a family's pack names, by what it is and its code."""
    pack = load_all().get(family)
    return {} if pack is None else dict(_named(pack))


def _named(pack: Family) -> list[tuple[tuple[str, str], Names]]:
    groups = {
        "position": pack.positions,
        "characteristic": pack.characteristics,
        "operation": pack.operations,
        "point": [point for test in pack.tests for point in test.points],
    }
    named = [((kind, one.code), one.names) for kind, many in groups.items() for one in many]  # type: ignore[attr-defined]
    return [(("family", pack.id), pack.names), *named]


@dataclass(frozen=True, slots=True)
class Naming:
    """The words of a family's pack in the reader's language; a code without a name is shown as it is."""

    family: str

    def __call__(self, kind: str, code: str) -> str:
        """The name of a position, characteristic, operation or test point."""
        known = _names(self.family)
        if (kind, code) in known:
            return known[kind, code].text(current())
        stem, _, count = code.rpartition("-")
        if kind == "position" and count.isdigit() and (kind, stem) in known:
            return f"{known[kind, stem].text(current())} {count}"
        return code


def life_title(life: Life) -> str:
    """The heading of a life."""
    if life.n == 0:
        return gettext("Original life")
    return gettext("Life %(n)s") % {"n": life.n}


def life_detail(life: Life) -> str:
    """From when to when a life lasted."""
    if life.since:
        return gettext("since %(day)s") % {"day": times.day(life.since, life.stages[0].zone)}
    if life.until:
        return gettext("until %(day)s") % {"day": times.day(life.until, life.stages[0].zone if life.stages else "UTC")}
    return ""


def stage_kind(stage: Stage) -> str:
    """The sign of a stage: its outcome where it has one, else a plain node."""
    kinds = [entry.kind for entry in stage.entries]
    if stage.key == "released":
        return "verified"
    if stage.key in {"revoked", "ended"}:
        return "invalid"
    if stage.key == "tested":
        return "verified" if "restoration.pass_test" in kinds else "attention"
    return ""


def event(kind: str) -> str:
    """What happened, in words; a kind without words is named by itself."""
    found = words.EVENTS.get(kind)
    return gettext(found) if found else gettext("Another entry: %(kind)s") % {"kind": kind}


def role(name: str) -> str:
    """A role in the reader's language."""
    return gettext(ROLES.get(name, name))


def since(certificate: Certificate) -> str:
    """What became of a certificate after its day of issue."""
    values = {"day": times.day(certificate.ended_at, certificate.zone) if certificate.ended_at else "?"}
    said = gettext(words.STATES.get(certificate.state, "")) % {**values, "other": certificate.superseded_by}
    reason = gettext(REASONS.get(certificate.reason, ""))
    return f"{said} {reason}".strip()


def amounts(known: Known) -> list[tuple[str, str, str]]:
    """The four numbers of the footprint: value or a dash, unit, words."""
    recorded = {one.of: one.value for one in known.story.amounts}
    return [(recorded.get(of, "–"), unit if of in recorded else "", gettext(words.AMOUNTS[of])) for of, unit in AMOUNTS]


def stage(one: Stage) -> str:
    """The name of a stage."""
    return gettext(words.STAGES.get(one.key, one.key))


def problem(why: str) -> str:
    """What does not verify, in a sentence."""
    return gettext(words.PROBLEMS.get(why, why))


def claim(certificate: Certificate) -> str:
    """The word that a certificate carries."""
    return gettext(CLASSES.get(certificate.claim_class, certificate.claim_class))


def origin(code: str) -> str:
    """Where a piece came from."""
    return gettext(words.ORIGINS.get(code, code))


def verdict(point: Point) -> str:
    """The outcome of a test point; without one it was not tested."""
    return gettext(words.VERDICTS.get(point.verdict, words.VERDICTS["not_tested"]))


def amount(one: Amount) -> str:
    """What a quantity is of."""
    return gettext(words.AMOUNTS.get(one.of, one.of))


def untested(page: Sheet, reading: Reading) -> str:
    """A characteristic that was not tested."""
    named = f"{page.names('position', reading.position)}: {page.names('characteristic', reading.characteristic)}"
    return f"{named}: {gettext('not tested')}"


def steps(page: Sheet) -> list[Markup]:
    """How to check the part without us."""
    said = [escape(gettext(step)) for step in words.STEPS]
    places = {
        "events": (f"{page.address}/events", gettext("all events")),
        "head": ("/log/checkpoint", gettext("newest checkpoint")),
        "key": ("/log/key", gettext("key")),
    }
    anchors = {name: Markup('<a href="{}">{}</a>').format(*place) for name, place in places.items()}
    return [step % anchors for step in said]


def facts(page: Sheet) -> list[tuple[str, str]]:
    """Maker, part number, serial number, mark: what the part is called."""
    piece = page.story.item.piece
    return [
        (gettext("Maker"), piece.maker),
        (gettext("Part number"), piece.part_number),
        (gettext("Serial number"), piece.serial),
    ]
