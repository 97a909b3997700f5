"""Offers as a page shows them: an address, words, and the reason where one may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.engine import Connection

from remanu.labelling import queries as labelling
from remanu.parts.queries import CaseView, Row
from remanu.parts.schemas import ON_CASE
from remanu.parts.schemas.offered import Offered
from remanu.restoration import queries as restoration
from remanu.rules.dispositions import DISPOSITIONS
from remanu.rules.offers import COMPONENT, Offer
from remanu.rules.permissions import PERMISSIONS
from remanu.web import acts
from remanu.web.context import actor
from remanu.web.locale import gettext
from remanu.web.shell import guard, role
from remanu.web.words import N_, PROBLEMS

Action = dict[str, Any]
_MENDED = frozenset(one for one in DISPOSITIONS if one.startswith("SALVAGE"))
_LABEL_NEXT = {
    "reserved": ("labelling.print", N_("Print the label")),
    "printed": ("labelling.apply", N_("Put the label on")),
    "applied": ("labelling.read_back", N_("Read the label back")),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page is about: a part, the case that it is in, the case's components, and names of places."""

    item: Row
    case: CaseView | None
    routes: list[Row]
    places: dict[str, str]

    @property
    def whole(self) -> bool:
        """Whether it is the unit itself and not a component of one."""
        return self.case is None or self.case.item.id == self.item.id


def others(told: Offered, seen: Seen, *, but: Action | None) -> list[Action]:
    """Everything else, what is possible first; what is not says why."""
    shown = [_action(one, seen.item, seen.case) for one in (*told.steps, *told.others)]
    rest = [one for one in shown if but is None or one["href"] != but["href"]]
    return sorted(rest, key=lambda one: bool(one["reason"]))


def first(connection: Connection, told: Offered, seen: Seen) -> Action | None:
    """What is asked for: a step of the case, an act on one component, or the next step of the label."""
    if seen.case is None:
        return None
    if told.first is None:
        return _label_step(connection, seen.case) if seen.whole else None
    if told.first.kind in COMPONENT:
        return _on_component(connection, told.first, seen.case, seen)
    return _action(told.first, seen.item, seen.case) if seen.whole else None


def _on_component(connection: Connection, offer: Offer, case: CaseView, seen: Seen) -> Action | None:
    """The first component that wants this act; on a component's own page only itself."""
    wants = _WANTS[offer.kind]
    mine = [row for row in seen.routes if seen.whole or row.item_id == seen.item.id]
    row = next((row for row in mine if wants(connection, case, row)), None)
    if row is None:
        return None
    title = gettext(acts.all_verbs()[offer.kind].title)
    href = url_for(offer.kind, target_id=row.item_id)
    place = seen.places.get(row.position, row.name)
    return {"href": href, "label": title + gettext(N_(": ")) + place if seen.whole else title, "reason": ""}


def _label_step(connection: Connection, case: CaseView) -> Action | None:
    """After the release: reserve a label, then print it, put it on and read it back (SM-8)."""
    if case.state != "RELEASED":
        return None
    labels = labelling.labels_of(connection, case.org_id, case.item.id)
    states = {row.state: row for row in labels if row.kind == "label" and row.life == case.item.life}
    for state, (kind, words) in _LABEL_NEXT.items():
        if state in states and actor().roles & PERMISSIONS[kind]:
            href = url_for("labelling.label", label_id=states[state].id)
            return {"href": href, "label": gettext(words), "reason": ""}
    if _LABEL_NEXT.keys() & states.keys() or not actor().roles & PERMISSIONS["labelling.reserve"]:
        return None
    return _action(Offer("labelling.reserve"), case.item, case)


def _action(offer: Offer, item: Row, case: CaseView | None) -> Action:
    verb = acts.all_verbs()[offer.kind]
    target = case.id if case is not None and verb.on.path == ON_CASE.path else item.id
    # Nobody signs what he has not read: the way to a signature leads over the dossier.
    signs = offer.kind == "release.release"
    return {
        "href": url_for("release.dossier", case_id=target) if signs else url_for(offer.kind, target_id=target),
        "label": gettext(verb.title),
        "reason": _reason(offer),
    }


def _reason(offer: Offer) -> str:
    """Why not, in a line: another's role, one's own work, or what has to be true first."""
    if offer.needs:
        return gettext(N_("Needs the role: {roles}")).format(roles=_listed(role(one) for one in offer.needs))
    if offer.own:
        return gettext(PROBLEMS["own-work"][0])
    if offer.missing:
        return gettext(N_("Still open: {what}")).format(what=" ".join(guard(one) for one in offer.missing))
    return ""


def _listed(words: Any) -> str:
    return gettext(N_(", ")).join(words)


_Wants = Callable[[Connection, CaseView, Row], bool]
_WANTS: dict[str, _Wants] = {
    "inspection.measure": restoration.waits_for_reading,
    "inspection.dispose": lambda _connection, _case, row: bool(row.found) and row.disposition is None,
    "restoration.operate": lambda _connection, _case, row: row.disposition in _MENDED,
    "restoration.replace": lambda _connection, _case, row: bool(row.found)
    and (row.disposition or "").startswith("REPLACE")
    and row.condition != "scrapped",
    "restoration.install": lambda connection, case, row: row.host_id is None
    and restoration.serviceable(connection, case, row),
}
