"""What every page shows around its own matter: who is signed in, signs, codes, units, and addresses of assets."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

import structlog
from flask import Flask, Response, current_app, request, url_for
from sqlalchemy.exc import DBAPIError

from remanu.rules import identity
from remanu.rules.guards import GUARDS
from remanu.rules.permissions import READERS
from remanu.rules.states import STATES
from remanu.web import locale, times
from remanu.web.context import SignedIn, signed_in
from remanu.web.signs import KINDS, sign
from remanu.web.words import ACTIVITIES, DISPOSITIONS, N_, PROBLEMS, REASONS, ROLES

STATIC = Path(__file__).parent.parent / "static"
_INVARIANT = re.compile(r"\s*[(（]I\d+(?:[,，、]\s*I\d+)*[)）]")
_FOREVER = "public, max-age=31536000, immutable"
# Counts have no symbol, so their words are translated.
_COUNTS = {
    "{cycle}": N_("cycles"),
    "{start}": N_("starts"),
    "{trip}": N_("trips"),
    "{rev}": N_("revolutions"),
    "{impression}": N_("impressions"),
    "{scan}": N_("scans"),
    "{project}": N_("projects"),
}
_SYMBOLS = {
    "um": "µm",
    "mm2": "mm²",
    "m2": "m²",
    "m3": "m³",
    "m3/h": "m³/h",
    "m3/s": "m³/s",
    "N.m": "N·m",
    "kN.m": "kN·m",
    "g.mm": "g·mm",
    "kg.m": "kg·m",
    "kW.h": "kWh",
    "MW.h": "MWh",
    "Cel": "°C",
    "[degF]": "°F",
    "[in_i]": "in",
    "[psi]": "psi",
    "[ppm]": "ppm",
    "mOhm": "mΩ",
    "Ohm": "Ω",
    "kOhm": "kΩ",
    "MOhm": "MΩ",
    "GOhm": "GΩ",
    "{rev}/min": "rpm",
    "1": "",
    "{count}": "",
    "kg{CO2e}": "kg CO₂e",
    "t{CO2e}": "t CO₂e",
    "kg{ce}": "kg ce",
    "t{ce}": "t ce",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the person's menu offers to a group of readers (permissions.READERS)."""

    address: str
    word: str
    readers: str


PLACES: tuple[Place, ...] = (
    Place("/certify", N_("To be signed"), "certifier"),
    Place("/certificates", N_("Certificates"), "certifier"),
    Place("/reviews", N_("Under review"), "certifier"),
    Place("/intake", N_("Intake"), "workshop"),
    Place("/nonconformities", N_("Nonconformities"), "workshop"),
    Place("/basket", N_("Basket"), "workshop"),
    Place("/core-accounts", N_("Core accounts"), "deposits"),
    Place("/capability", N_("Process capability"), "workshop"),
    Place("/catalogue", N_("Reference data"), "workshop"),
    Place("/labels", N_("Labels"), "workshop"),
    Place("/certification", N_("Certification"), "certification"),
    Place("/agreements/drafts", N_("Recognition"), "recognition"),
    Place("/admin/people", N_("People"), "administration"),
    Place("/qualifications", N_("Qualifications"), "qualifications"),
    Place("/admin/devices", N_("Tablets"), "administration"),
    Place("/supervision", N_("Supervision"), "supervision"),
    Place("/reports", N_("What readers report"), "reports"),
    Place("/outbox", N_("Outbox"), "supervision"),
)


@lru_cache(maxsize=64)
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The address of a static file with its digest, so that browsers may keep it and never show an old one."""
    return url_for("static", filename=name, v=_version(name))


def person() -> SignedIn | None:
    """Who is signed in; nobody where the store cannot say, because error pages have this shell too."""
    try:
        return signed_in()
    except DBAPIError as error:
        structlog.get_logger("remanu").warning("shell", error=str(error.orig))
        return None


def places(who: SignedIn) -> list[Place]:
    """The places that this person's roles may read."""
    return [place for place in PLACES if who.actor.roles & READERS[place.readers]]


def unit(code: str) -> str:
    """A UCUM code as people write it: Cel is °C; braces of annotated counts fall away."""
    if code in _COUNTS:
        return locale.gettext(_COUNTS[code])
    return _SYMBOLS.get(code, code.strip("{}"))


def reason(word: str) -> str:
    """The sentence for a reason word, in the language of the request; a word without one is shown as it is."""
    return locale.gettext(REASONS.get(word, word))


def role(name: str) -> str:
    """A role in the language of the request."""
    return locale.gettext(ROLES.get(name, name))


def activity(name: str) -> str:
    """What an authorisation is for, in the language of the request."""
    return locale.gettext(ACTIVITIES.get(name, name))


def disposition(word: str | None) -> str:
    """What was decided about a component, in the language of the request; nothing while nothing was."""
    return locale.gettext(DISPOSITIONS.get(word, word)) if word else ""


def guard(name: str) -> str:
    """What a guard asks for, as a sentence in the language of the request."""
    found = GUARDS.get(name)
    # The number of the invariant is for those who change the rule, not for those whom it stops.
    return _INVARIANT.sub("", locale.gettext(found.meaning)) if found else _step(name)


def _step(name: str) -> str:
    """A step that the record must hold, by the words of its act; a name that nobody knows stands for itself."""
    return str(current_app.jinja_env.filters["act"](name)) or name


def turn(state: str) -> str:
    """Whose turn it is in a state and what that means, as a sentence in the language of the request."""
    found = STATES.get(state)
    return locale.gettext(found.meaning) if found else ""


def problem_words(code: str) -> tuple[str, str]:
    """Title and advice for the code of a refusal, in the language of the request."""
    title, advice = PROBLEMS.get(code, PROBLEMS["failed"])
    return locale.gettext(title), locale.gettext(advice)


def install(app: Flask) -> None:
    """Give templates `asset()`, `person()`, `places()`, `sign()`, `signs`, `problem_words()`, and filters for words.

    Filters: `unit`, `reason`, `role`, `activity`, `disposition`, `guard`, `turn`, `grouped`, and those of `locale` and
    `times`.
    """
    times.install(app)
    app.jinja_env.globals.update(
        asset=asset, person=person, places=places, sign=sign, signs=KINDS, problem_words=problem_words
    )
    app.jinja_env.filters.update(
        unit=unit,
        reason=reason,
        role=role,
        activity=activity,
        disposition=disposition,
        guard=guard,
        turn=turn,
        grouped=identity.group,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.after_request(_keep)


def _keep(response: Response) -> Response:
    """Files asked for by digest never change, whoever asks."""
    if request.endpoint == "static" and "v" in request.args and response.status_code == HTTPStatus.OK:
        response.headers["Cache-Control"] = _FOREVER
        response.headers.pop("Vary", None)
    return response
