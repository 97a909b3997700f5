"""Pages of family packs: those that the program brings, those of the organisation, and what differs between two."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.accounts.queries import names_of
from remanu.catalogue import queries
from remanu.catalogue.schemas.packs import PACK_STATES, TABLE_WORDS, name_of, value_name
from remanu.families.difference import Change, differences
from remanu.families.family import Family
from remanu.families.loader import load_all
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext
from remanu.web.shell import unit

_WORKSHOP = "read:workshop"


def _may(kind: str) -> bool:
    return bool(actor().roles & PERMISSIONS[kind])


@allow(_WORKSHOP)
def packs() -> ResponseReturnValue:
    """The packs that the organisation wrote, and the built-in ones that it may copy."""
    after, org_id = request.args.get("after", ""), actor().org_id
    with here().database.reading() as connection:
        rows = queries.own_packs(connection, org_id, after=after, limit=queries.PAGE + 1)
        editions = queries.editions(connection, org_id)
    more, rows = len(rows) > queries.PAGE, rows[: queries.PAGE]
    return render_template(
        "catalogue/packs.html",
        rows=[(row, name_of(row), [one.since for one in editions if one.pack_id == row.id]) for row in rows],
        built_in=[(pack, pack.names.text(current())) for pack in load_all().values()],
        after=after,
        cursor=rows[-1].id if more else "",
        states=PACK_STATES,
        may_draft=_may("catalogue.draft_pack"),
    )


@allow(_WORKSHOP)
def pack(pack_id: str) -> ResponseReturnValue:
    """One pack: its state, what is in it, its text, and what it can be compared with."""
    org_id = actor().org_id
    with here().database.reading() as connection:
        found = queries.read_pack(connection, org_id, pack_id)
        if request.args.get("as") == "text":
            return _text(found)
        editions = [one for one in queries.editions(connection, org_id) if one.family == found.family.id]
        others = _others(connection, found)
        people = _people(connection, found.row)
    return render_template(
        "catalogue/pack.html",
        key=pack_id,
        found=found,
        name=found.family.names.text(current()),
        note=found.family.note.text(current()),
        counts=_counts(found.family),
        unverified=[one.text for one in found.family.sources if one.demonstration],
        editions=[one for one in editions if one.digest == found.digest],
        now=here().database.clock.now(),
        others=others,
        people=people,
        states=PACK_STATES,
        may={name: _may(f"catalogue.{name}") for name in ("draft_pack", "approve_pack", "put_in_force")},
    )


def _text(found: queries.Written) -> Response:
    name = f"{found.family.id}-{found.family.edition}.toml".encode("ascii", "replace").decode()
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(found.content, mimetype="application/toml", headers=headers)


def _others(connection: Connection, found: queries.Written) -> list[tuple[str, str]]:
    """Other packs of the same family by which it can be seen what changed, newest first."""
    family = found.family.id
    own = [row for row in queries.own_packs(connection, actor().org_id) if row.family == family]
    shown = [(row.id, f"{name_of(row)} {row.edition}") for row in own if row.digest != found.digest]
    base = None if found.row is None else found.row.base
    for key in dict.fromkeys((family, base)):
        built_in = load_all().get(key or "")
        if built_in is not None and found.row is not None:
            shown.append((built_in.id, f"{built_in.names.text(current())} {built_in.edition} ({gettext('Built in')})"))
    return shown


def _people(connection: Connection, row: Any) -> dict[str, str]:
    refs = [] if row is None else [ref for ref in (row.author_ref, row.approver_ref) if ref]
    return names_of(connection, here().database.keyring, actor().org_id, refs) if refs else {}


def _counts(family: Family) -> list[tuple[str, int]]:
    tables = ("positions", "counters", "life_limits", "characteristics", "criteria", "operations", "tests")
    return [(TABLE_WORDS[name], len(getattr(family, name))) for name in tables]


@allow(_WORKSHOP)
def differences_of(pack_id: str) -> ResponseReturnValue:
    """What a pack says otherwise than another one: rows that came, went or changed, in words."""
    org_id, other = actor().org_id, request.args.get("from", "")
    with here().database.reading() as connection:
        new = queries.read_pack(connection, org_id, pack_id)
        old = queries.compared(connection, org_id, new, other)
    changes = differences(old.family, new.family)
    groups = [(word, [_shown(one) for one in changes if one.table == name]) for name, word in TABLE_WORDS.items()]
    return render_template(
        "catalogue/differences.html",
        key=pack_id,
        old=old,
        new=new,
        names=[one.family.names.text(current()) for one in (old, new)],
        groups=[(word, rows) for word, rows in groups if rows],
    )


def _shown(change: Change) -> dict[str, Any]:
    return {
        "what": change.what,
        "name": change.key if change.names is None else change.names.text(current()),
        "key": change.key,
        "unit": unit(change.unit) if change.unit else "",
        "values": [(value_name(one.path), one.before, one.after) for one in change.values],
    }


ROUTES = (
    ("/catalogue/packs", packs),
    ("/catalogue/packs/<pack_id>", pack),
    ("/catalogue/packs/<pack_id>/differences", differences_of),
)
