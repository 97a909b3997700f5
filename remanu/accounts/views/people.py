"""One's own account, the language of the pages, and the administrator's lists of people and tablets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu import passkeys as passkey
from remanu.accounts import actions, queries, schemas
from remanu.accounts.queries import sites as site_queries
from remanu.accounts.schemas import said
from remanu.accounts.views.entry import REFUSED, cost, own, picked, refused, with_session
from remanu.errors import BadInput, Refusal
from remanu.rules import membership, tokens
from remanu.rules.actor import Actor
from remanu.web import locale, shape
from remanu.web.access import EVERYBODY, SIGNED_IN, allow
from remanu.web.acts import Values
from remanu.web.context import actor, here, me
from remanu.web.words import ACTIVITIES, N_, ROLES

_ADMINISTRATION = "read:administration"
_YEAR = 365 * 86400


@allow(EVERYBODY)
def language() -> ResponseReturnValue:
    """Choose the language of all pages, for a year."""
    chosen = request.form.get("lang", "")
    if chosen not in locale.LOCALES:
        raise BadInput("lang", "not-a-choice")
    response = redirect(own(request.form.get("next", "")), 303)
    secure = here().config.secure_cookies
    response.set_cookie(locale.COOKIE, chosen, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


@allow(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """My sessions, my password and PIN."""
    return _my_page()


def _my_page(problem: Refusal | None = None) -> str:
    who, database = me(), here().database
    with database.reading() as connection:
        now, kinds = database.clock.now(), ("password", "pin", "badge", "code")
        sessions = queries.sessions_of(connection, who.actor.org_id, who.actor.ref, now=now)
        kept = {kind: queries.credential(connection, who.actor.person_id, kind) for kind in kinds}
        authorisations = queries.authorisations(connection, who.actor.org_id, who.actor.ref)
        passkeys = queries.passkeys_of(connection, who.actor.org_id, who.actor.ref)
    return render_template(
        "accounts/me.html",
        who=who,
        sessions=sessions,
        kept=kept,
        authorisations=_days(authorisations, who.actor.zone),
        passkeys=[_named_key(one) for one in passkeys],
        said=said(problem),
        **_words(),
    )


def _named_key(row: queries.Row) -> Values:
    """A passkey with the short name that its owner reads to whoever confirms it."""
    return {**row._mapping, "fingerprint": passkey.fingerprint(passkey.decoded(row.key))}  # noqa: SLF001 -- public


@allow(SIGNED_IN)
def end_my_session(session_id: str) -> ResponseReturnValue:
    """End one of my sessions."""
    who = actor()
    here().database.transact(lambda tx: actions.end_session(tx, who, session_id))
    return redirect("/me", 303)


@allow(SIGNED_IN)
def end_my_sessions() -> ResponseReturnValue:
    """End all my sessions, this one included."""
    who = actor()
    here().database.transact(lambda tx: actions.end_all_sessions(tx, who, who.ref))
    g.live_session = None
    return redirect("/sign-in", 303)


@allow(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Set a new password; all other sessions end."""
    return _change("password")


@allow(SIGNED_IN)
def change_pin() -> ResponseReturnValue:
    """Set a new PIN; all other sessions end."""
    return _change("pin")


def _change(kind: str) -> ResponseReturnValue:
    who = me()
    try:
        given = shape.take(schemas.NewSecret, picked("factor", "secret"))
        # By the password on a shared tablet as well: what opens a tablet alone must not open the account.
        fresh = _confirmed(replace(who.actor, device=None), given)
        secret = _hashed(kind, given["secret"])
        here().database.transact(
            lambda tx: actions.set_secret(tx, fresh, who.session_id, kind=kind, secret=secret)
        )
    except REFUSED as problem:
        return refused(_my_page(problem), problem)
    flash(N_("Changed. All your other sessions have ended."))
    return redirect("/me", 303)


def _hashed(kind: str, secret: str) -> str:
    if kind == "pin":
        return actions.hashed_pin(secret, cost=cost())
    who, database = actor(), here().database
    with database.reading() as connection:
        named = queries.named(connection, database.keyring, who.org_id, who.ref)
    return actions.hashed(secret, login="" if named is None else named.login, cost=cost())


def _confirmed(who: Actor, given: Values) -> Actor:
    with here().database.reading() as connection:
        return schemas.confirm(connection, who, given)


@allow(SIGNED_IN)
def confirm() -> ResponseReturnValue:
    """Confirm who one is: this session may sign for five minutes, under a new token (ASVS 7.2.4)."""
    who = me()
    try:
        fresh = _confirmed(who.actor, shape.take(schemas.Confirm, picked("factor")))
        token = here().database.transact(lambda tx: actions.refresh_factor(tx, fresh, who.session_id))
    except REFUSED as problem:
        return refused(_my_page(problem), problem)
    g.live_session = None
    return with_session(redirect(own(request.form.get("next", "/me")), 303), token)


@allow(_ADMINISTRATION)
def people() -> ResponseReturnValue:
    """Everybody in the organisation, a page at a time, and the links that still work."""
    who, database = actor(), here().database
    given = request.args.get("after", "")
    after = given if given.isprintable() else ""
    with database.reading() as connection:
        listed = queries.members_page(connection, database.keyring, who.org_id, after=after)
        pending = queries.pending_invitations(connection, who.org_id, now=database.clock.now())
        invited = [row.member for row in pending if row.member]
        names = queries.names_of(connection, database.keyring, who.org_id, invited)
    return render_template(
        "accounts/people.html",
        people=listed,
        after=after,
        following=listed[-1]["cursor"] if len(listed) == queries.PAGE else "",
        links=[_link(row, names) for row in pending],
        # Shown on this one answer, and nowhere else afterwards.
        made=session.pop("link", ""),
        **_words(),
    )


def _link(row: queries.Row, names: dict[str, str]) -> Values:
    return {
        "roles": sorted(queries.roles_of(row)),
        "member": row.member,
        "name": names.get(row.member),
        "expires_at": row.expires_at,
    }


@allow(_ADMINISTRATION)
def person(target_id: str) -> ResponseReturnValue:
    """One member: roles, authorisations, sessions, badge, and what may be done."""
    return _person_page(target_id)


def _person_page(ref: str, **more: Any) -> str:
    who, database = actor(), here().database
    with database.reading() as connection:
        member = queries.find_member(connection, who.org_id, ref)
        return render_template(
            "accounts/person.html",
            member=member,
            named=queries.named(connection, database.keyring, who.org_id, ref),
            roles=sorted(queries.roles_of(member)),
            authorisations=_days(queries.authorisations(connection, who.org_id, ref), who.zone),
            sessions=queries.sessions_of(connection, who.org_id, ref, now=database.clock.now()),
            oneself=ref == who.ref,
            also=_also(connection, who, ref),
            passkeys=queries.passkeys_of(connection, who.org_id, ref),
            **_words(),
            **more,
        )


def _also(connection: Connection, who: Actor, ref: str) -> list[Values]:
    """The other accounts of the same person, with names where there are any."""
    refs = queries.refs_of_one(connection, who.org_id, ref)[1:]
    names = queries.names_of(connection, here().database.keyring, who.org_id, refs) if refs else {}
    return [{"ref": one, "name": names.get(one)} for one in refs]


@allow("act:accounts.suspend")
def end_sessions_of(target_id: str) -> ResponseReturnValue:
    """End all sessions of a member."""
    who = actor()
    here().database.transact(lambda tx: actions.end_all_sessions(tx, who, target_id))
    return redirect(f"/admin/people/{target_id}", 303)


@allow("act:accounts.invite")
def new_link(target_id: str) -> ResponseReturnValue:
    """A one-time link for a member who lost the password; it is shown on this one answer and nowhere else."""
    who, token = actor(), tokens.fresh()
    here().database.transact(lambda tx: actions.invite(tx, who, token=token, member=target_id))
    return _person_page(target_id, link=schemas.address_of(token))


@allow("act:accounts.enrol_device")
def issue_badge(target_id: str) -> ResponseReturnValue:
    """A new badge for a member; its code is shown on this one answer and nowhere else."""
    who = actor()
    code = here().database.transact(lambda tx: actions.issue_badge(tx, who, target_id))
    return _person_page(target_id, badge=code)


@allow("read:qualifications")
def qualifications() -> ResponseReturnValue:
    """Who may do and sign what, and until when."""
    who, database = actor(), here().database
    with database.reading() as connection:
        members = queries.members(connection, database.keyring, who.org_id)
        held = queries.authorisations(connection, who.org_id)
    by_ref: dict[str, list[Values]] = {}
    for one in _days(held, who.zone):
        by_ref.setdefault(one["ref"], []).append(one)
    today = database.clock.now().astimezone(ZoneInfo(who.zone)).date()
    return render_template(
        "accounts/qualifications.html",
        people=[one for one in members if one["state"] == "active"],
        held=by_ref,
        today=today,
        oneself=who.ref,
        is_admin="admin" in who.roles,
        giveable=membership.QUALIFICATIONS,
        **_words(),
    )


@allow("read:qualifications")
def signing() -> ResponseReturnValue:
    """How people sign here: the policy, its changes, and passkeys that wait for a second person."""
    who, database = actor(), here().database
    with database.reading() as connection:
        changes = queries.policies(connection, who.org_id)
        waiting = queries.waiting_passkeys(connection, who.org_id)
        refs = [*(one.ref for one in waiting), *(one.proposed_by for one in changes)]
        names = queries.names_of(connection, database.keyring, who.org_id, refs)
    return render_template(
        "accounts/signing.html",
        changes=changes,
        waiting=waiting,
        names=names,
        oneself=who.ref,
        present=_in_force(changes),
        groups=schemas.GROUP_WORDS,
        methods=schemas.METHOD_WORDS,
        states=schemas.WAY_STATES,
    )


def _in_force(changes: list[queries.Row]) -> dict[str, str]:
    ways = [one.ways for one in changes if one.state == "in_force"]
    return dict(json.loads(ways[0])) if ways else {}


@allow(_ADMINISTRATION)
def devices() -> ResponseReturnValue:
    """Shared tablets of the organisation."""
    with here().database.reading() as connection:
        listed = queries.devices(connection, actor().org_id)
    return render_template("accounts/devices.html", devices=listed)


@allow(_ADMINISTRATION)
def sites() -> ResponseReturnValue:
    """Sites of the organisation, with the places that belong to each."""
    with here().database.reading() as connection:
        rows = site_queries.sites(connection, actor().org_id)
    return render_template("accounts/sites.html", sites=[(one, json.loads(one.places)) for one in rows])


def _days(rows: list[queries.Row], zone: str) -> list[Values]:
    """Authorisations with their first and last day in the organisation's zone."""
    local = ZoneInfo(zone)
    return [
        {
            **row._mapping,  # noqa: SLF001 -- SQLAlchemy's public name for a row as a mapping
            "first_day": row.valid_from.astimezone(local).date(),
            "last_day": (row.valid_to.astimezone(local) - timedelta(seconds=1)).date(),
            "withdrawn_at": row.withdrawn_at and row.withdrawn_at.astimezone(local).date(),
        }
        for row in rows
    ]


def _words() -> dict[str, Any]:
    return {
        "words": ROLES,
        "states": schemas.STATE_WORDS,
        "activities": ACTIVITIES,
        "levels": schemas.LEVEL_WORDS,
        "way_states": schemas.WAY_STATES,
    }


ROUTES = (
    ("/language", language, ("POST",)),
    ("/me", mine, ("GET",)),
    ("/me/sessions/<session_id>/end", end_my_session, ("POST",)),
    ("/me/sessions/end", end_my_sessions, ("POST",)),
    ("/me/password", change_password, ("POST",)),
    ("/me/pin", change_pin, ("POST",)),
    ("/me/confirm", confirm, ("POST",)),
    ("/admin/people", people, ("GET",)),
    ("/admin/people/<target_id>", person, ("GET",)),
    ("/admin/people/<target_id>/sessions/end", end_sessions_of, ("POST",)),
    ("/admin/people/<target_id>/link", new_link, ("POST",)),
    ("/admin/people/<target_id>/badge", issue_badge, ("POST",)),
    ("/admin/devices", devices, ("GET",)),
    ("/admin/sites", sites, ("GET",)),
    ("/admin/signing", signing, ("GET",)),
    ("/qualifications", qualifications, ("GET",)),
)
