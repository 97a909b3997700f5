"""Acts of labels: reserve, print, apply, read back, replace, withdraw; and the delivery of what carries its label."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from remanu.db import Tx
from remanu.drawing.layout import layout
from remanu.errors import BadInput, Conflict, GuardFailed
from remanu.labelling import events, queries
from remanu.labelling.events import Move, Reserved
from remanu.labelling.queries import Row
from remanu.ledger.kinds import Recorded
from remanu.ledger.record import Private, begin, record
from remanu.ledger.seal import organisation_key
from remanu.parts import queries as parts
from remanu.parts.actions import check_step
from remanu.parts.events import Cited, Step
from remanu.release import actions as papers
from remanu.release import queries as release
from remanu.rules import identity, lifecycle, text
from remanu.rules.actor import Actor

KINDS = ("label", "tag")
PLACEMENTS = ("part", "packing", "document")
LOCALES = ("en", "zh-Hans", "zh-Hant")
WHY = ("damaged", "unreadable", "misprinted", "wrong-part", "words-changed", "copied", "removed", "other")
_RELEASED = frozenset({"RELEASED", "LABELLED", "IN_SERVICE"})
_LIMIT = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What a label is wanted for."""

    kind: str
    placement: str
    media: str
    locale: str
    replaces: Row | None = None


def reserve(
    tx: Tx,
    actor: Actor,
    item_id: str,
    *,
    placement: str,
    media: str,
    locale: str,
    kind: str | None = None,
) -> Recorded[Reserved]:
    """Give a part a label: its code and the exact string to be printed; one live label a place (I54).

    A label needs a release in force, a tag a part in process: Conflict `not-released`, `not-in-process`. Without
    `kind` a part in process gets a tag, any other a label.
    """
    act = begin(tx, actor, "labelling.reserve")
    item = parts.find_item(tx.connection, actor.org_id, item_id)
    wanted = kind or queries.kind_for(tx.connection, item)
    order = _Order(kind=wanted, placement=placement, media=media, locale=locale)
    return record(act, events.RESERVE, parts.subject_of(item), _reserved(tx, item, order))


def _reserved(tx: Tx, item: Row, order: _Order) -> Reserved:
    _check_choices(order)
    case = _case_for(tx, item, order.kind)
    asked = {"life": item.life, "kind": order.kind, "placement": order.placement}
    taken = queries.holder(tx.connection, item.org_id, item.id, **asked)
    leaving = order.replaces is not None and taken is not None and taken.id == order.replaces.id
    _check("-", "reserve", {"placement_free": taken is None or leaving})
    code = identity.new_label_code(secrets.randbits)
    earlier = queries.labels_of(tx.connection, item.org_id, item.id)
    return Reserved(
        label=tx.new_id(),
        code=code,
        item_code=item.code,
        case=case,
        payload=identity.payload(tx.label_origin, item.code, code),
        template=queries.stock_at(tx.connection, item.org_id, order.kind, order.media).template.name,
        media=order.media,
        locale=order.locale,
        generation=1 + sum(_same_place(row, asked) for row in earlier),
        replaces=order.replaces.id if order.replaces else None,
        **asked,
    )


def _same_place(row: Row, asked: Mapping[str, object]) -> bool:
    return all(getattr(row, name) == value for name, value in asked.items())


def _check_choices(order: _Order) -> None:
    for name, choices in (("kind", KINDS), ("placement", PLACEMENTS), ("locale", LOCALES)):
        if getattr(order, name) not in choices:
            raise BadInput(name, "not-a-choice")


def _case_for(tx: Tx, item: Row, kind: str) -> str:
    """The case whose release, or whose work, the label speaks of."""
    case = parts.case_about(tx.connection, item.org_id, item.id)
    if kind == "tag":
        if case is None or case.state not in lifecycle.BEFORE_RELEASE:
            raise Conflict(why="not-in-process")
        return case.id
    certificate = release.certificate_of(tx.connection, item.org_id, item.id)
    if case is None or case.state not in _RELEASED or not _in_force(certificate, item.life):
        raise Conflict(why="not-released")
    return case.id


def _in_force(certificate: Row | None, life: int) -> bool:
    return certificate is not None and certificate.state == "ISSUED" and certificate.life == life


def _check(state: str, verb: str, facts: Mapping[str, bool]) -> str:
    """The state that SM-8 reaches by this verb; NotAllowed from this state, GuardFailed naming what is missing."""
    transition = lifecycle.find("SM-8", state, verb)
    missing = lifecycle.missing(transition, facts)
    if missing:
        raise GuardFailed(action=verb, state=state, missing=list(missing))
    return transition.target


def _move(label: Row, verb: str, **facts: bool) -> Move:
    return Move(label=label.id, source=label.state, target=_check(label.state, verb, facts))


def _found(tx: Tx, actor: Actor, label_id: str) -> tuple[Row, Row]:
    """A label of the actor's organisation, and the part it belongs to."""
    label = queries.find_label(tx.connection, actor.org_id, label_id)
    return label, parts.find_item(tx.connection, actor.org_id, label.item_id)


def print(  # noqa: A001 -- the act is called so, and nothing here writes to a console
    tx: Tx, actor: Actor, label_id: str, *, printer: str, media: str | None = None
) -> Recorded[events.Printed]:
    """Print a reserved label once: its words are taken from the release now and kept with it (I57).

    CannotDraw when it would not be readable, Conflict `label-host-locked` under an address that printed labels
    do not lead to, `label-in-doubt` where a print job may have printed it.
    """
    act = begin(tx, actor, "labelling.print")
    label, item = _found(tx, actor, label_id)
    if queries.in_doubt(tx.connection, label.org_id, label.id):
        raise Conflict(why="label-in-doubt")
    move, origin = _printable(tx, label, item)
    stock = queries.stock_at(tx.connection, label.org_id, label.kind, media or label.media)
    words = queries.words_of(tx.connection, label, item)
    layout(queries.drawn(label, words, demonstration=False), stock.template, stock.media)
    body = events.Printed(
        move=move,
        origin=origin,
        printer=text.clean_line("printer", printer, limit=_LIMIT),
        template=stock.template.name,
        media=stock.media.name,
        words=words,
    )
    return record(act, events.PRINT, parts.subject_of(item), body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Burnt:
    """What left for a printer: its name, the stock, the drawing's name and the words that are on the label."""

    printer: str
    media: str
    template: str
    words: Mapping[str, str]


def record_print(tx: Tx, actor: Actor, label_id: str, burnt: Burnt) -> None:
    """Record the print of a label whose bytes left: what it shows, whatever has changed since.

    `check_print` asked before they left whether it may be printed; a release that ended meanwhile undoes no paper.
    """
    act = begin(tx, actor, "labelling.print")
    label, item = _found(tx, actor, label_id)
    body = events.Printed(
        move=_move(label, "print", text_from_release=True),
        origin=_origin(label),
        printer=burnt.printer,
        template=burnt.template,
        media=burnt.media,
        words=dict(burnt.words),
    )
    record(act, events.PRINT, parts.subject_of(item), body)


def check_print(tx: Tx, actor: Actor, label_id: str) -> None:
    """Refuse what `print` would refuse of this person and this label, before anything leaves for a printer."""
    begin(tx, actor, "labelling.print")
    _printable(tx, *_found(tx, actor, label_id))


def _printable(tx: Tx, label: Row, item: Row) -> tuple[Move, str]:
    """The step to printed and the printed address, where what the label would say is so and leads here."""
    return _move(label, "print", text_from_release=_still_true(tx, label, item)), _checked_origin(tx, label)


def _still_true(tx: Tx, label: Row, item: Row) -> bool:
    """Whether what the label would say is so: its life released, or for a tag the part still in process."""
    if label.kind == "tag":
        case = parts.case_about(tx.connection, label.org_id, label.item_id)
        return case is not None and case.state in lifecycle.BEFORE_RELEASE
    certificate = release.certificate_of(tx.connection, label.org_id, label.item_id)
    return label.life == item.life and _in_force(certificate, label.life)


def _origin(label: Row) -> str:
    return str(label.payload.rsplit("/", 2)[0].lower())


def _checked_origin(tx: Tx, label: Row) -> str:
    """Scheme and host of the label; all that stand on labels must lead to this installation (labels.md §1.4)."""
    origin = _origin(label)
    lost = queries.printed_origins(tx.connection, label.org_id) | {origin}
    if lost - {tx.label_origin, *tx.label_aliases}:
        raise Conflict(why="label-host-locked", printed=sorted(lost - {tx.label_origin}), now=tx.label_origin)
    return origin


def apply(tx: Tx, actor: Actor, label_id: str, *, evidence: tuple[Cited, ...]) -> Recorded[events.Applied]:
    """Put a printed label where it belongs; a photo shows it beside the serial plate (labels.md §8)."""
    act = begin(tx, actor, "labelling.apply")
    label, item = _found(tx, actor, label_id)
    seen = any(file.media_type.startswith("image/") for file in evidence)
    body = events.Applied(move=_move(label, "apply", photo_attached=seen), evidence=evidence)
    return record(act, events.APPLY, parts.subject_of(item), body)


def read_back(tx: Tx, actor: Actor, label_id: str, *, code: str) -> Recorded[events.ReadBack]:
    """Scan an applied label where it sits: it becomes active, and the released part counts as labelled.

    BadInput `foreign-host`, `not-a-code`, `check-character`, or what else was scanned: `paper-scanned`,
    `scan-without-label`, `another-part`, `another-label`.
    """
    act = begin(tx, actor, "labelling.read_back")
    label, item = _found(tx, actor, label_id)
    lifecycle.find("SM-8", label.state, "read_back")
    _check_scan(tx, label, code)
    body = events.ReadBack(
        move=_move(label, "read_back", scan_matches=True),
        text=text.clean_line("code", code, limit=2048),
        retires=_retired(tx, label),
        step=_labelled(tx, label),
        says=_renewed(tx, label, item),
    )
    return record(act, events.READ_BACK, parts.subject_of(item), body)


def _check_scan(tx: Tx, label: Row, scanned: str) -> None:
    printed = label.payload.rsplit("/", 2)[0].lower().partition("://")[2]
    scan = identity.parse_own_scan(scanned, tx.label_hosts | {printed})
    if scan.item != label.item_code:
        raise BadInput("code", "another-part", scanned=scan.item)
    if scan.label is None:
        raise BadInput("code", "scan-without-label")
    if scan.label != label.code:
        raise BadInput("code", "another-label", scanned=scan.label)


def _retired(tx: Tx, label: Row) -> tuple[Move, ...]:
    """What a label of the released part takes over from: every tag, and former lives' labels in its place."""
    if label.kind != "label":
        return ()
    return tuple(
        Move(label=row.id, source=row.state, target="superseded")
        for row in queries.standing(tx.connection, label.org_id, label.item_id)
        if row.kind == "tag" or (row.placement == label.placement and row.life < label.life)
    )


def _labelled(tx: Tx, label: Row) -> Step | None:
    """The step of SM-1 no. 26, where the release waits for this very label."""
    case = None if label.case_id is None else parts.find_case(tx.connection, label.org_id, label.case_id)
    if case is None or label.kind != "label" or case.state != "RELEASED" or label.life != case.item.life:
        return None
    if label.placement not in {"part", case.family.label.placement}:
        return None
    return check_step(case, "label", {"label_applied": True, "label_read_back": True})


def _renewed(tx: Tx, label: Row, item: Row) -> str | None:
    """That the part is released, where its page says superseded and this label was drawn from the new certificate."""
    if label.kind != "label" or release.public_state(tx.connection, item.uri) != "superseded":
        return None
    paper = release.certificate_of(tx.connection, item.org_id, item.id)
    fresh = paper is not None and label.printed_at is not None and label.printed_at >= paper.issued_at
    return "released" if fresh else None


def supersede(
    tx: Tx, actor: Actor, label_id: str, *, why: str, media: str | None = None, locale: str | None = None
) -> Recorded[events.Superseded]:
    """Replace a label by a new one with a code of its own, reserved in the same act; every reprint has a reason."""
    act = begin(tx, actor, "labelling.supersede")
    label, item = _found(tx, actor, label_id)
    move = _move(label, "supersede", reason_given=_checked_why(why), replacement_reserved=True)
    if item.life != label.life:
        raise Conflict(why="life-closed")
    order = _Order(
        kind=label.kind,
        placement=label.placement,
        media=media or label.media,
        locale=locale or label.locale,
        replaces=label,
    )
    body = events.Superseded(move=move, why=why, replacement=_reserved(tx, item, order))
    return record(act, events.SUPERSEDE, parts.subject_of(item), body)


def _checked_why(why: str) -> bool:
    if why not in WHY:
        raise BadInput("why", "not-a-choice")
    return True


def report_lost(tx: Tx, actor: Actor, label_id: str) -> Recorded[events.Lost]:
    """Say that a label is missing: whoever scans it from now on is warned, and its place is free again."""
    act = begin(tx, actor, "labelling.report_lost")
    label, item = _found(tx, actor, label_id)
    body = events.Lost(move=_move(label, "report_lost"))
    return record(act, events.REPORT_LOST, parts.subject_of(item), body)


def revoke(tx: Tx, actor: Actor, label_id: str, *, why: str) -> Recorded[events.Withdrawn]:
    """Say that a label must not be trusted; its code warns from now on."""
    act = begin(tx, actor, "labelling.revoke")
    label, item = _found(tx, actor, label_id)
    move = _move(label, "revoke", reason_given=_checked_why(why))
    return record(act, events.REVOKE, parts.subject_of(item), events.Withdrawn(move=move, why=why))


def destroy(tx: Tx, actor: Actor, label_id: str, *, why: str) -> Recorded[events.Withdrawn]:
    """Say that a label was destroyed: a scan of it later is a scan of a copy."""
    act = begin(tx, actor, "labelling.destroy")
    label, item = _found(tx, actor, label_id)
    move = _move(label, "destroy", reason_given=_checked_why(why))
    return record(act, events.DESTROY, parts.subject_of(item), events.Withdrawn(move=move, why=why))


def deliver(
    tx: Tx,
    actor: Actor,
    case_id: str,
    *,
    customer: str,
    delivery_note: str,
    warranty_from: date,
    import_checked: bool = False,
) -> Recorded[events.Delivered]:
    """Hand a labelled part to its owner: the warranty of its certificate begins (SM-1 no. 27).

    Customer and delivery note are sealed. A part whose label is gone does not leave: GuardFailed.
    """
    act = begin(tx, actor, "labelling.deliver")
    case = parts.find_case(tx.connection, actor.org_id, case_id)
    certificate = release.certificate_of(tx.connection, actor.org_id, case.item.id)
    if certificate is None:
        raise Conflict(why="not-released")
    papers.check_not_reviewed(tx.connection, certificate)
    facts = {**queries.facts(tx.connection, case, tx.now), "import_checked": import_checked}
    step = check_step(case, "deliver", facts)
    if not facts["label_read_back"]:
        raise GuardFailed(action="deliver", state=case.state, missing=["label_read_back"])
    last = warranty_from + timedelta(days=certificate.warranty_days - 1)
    body = events.Delivered(
        delivery=tx.new_id(),
        step=step,
        life=case.item.life,
        certificate=certificate.number,
        warranty_from=warranty_from.isoformat(),
        warranty_until=last.isoformat(),
    )
    private = {
        "customer": text.clean_line("customer", customer, limit=_LIMIT),
        "delivery_note": text.clean_line("delivery_note", delivery_note, limit=_LIMIT),
    }
    sealed = Private(organisation_key(actor.org_id), private)
    return record(act, events.DELIVER, case.subject, body, private=sealed)
