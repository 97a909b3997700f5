"""Verbs as data: one entry gives an act its page, its JSON route, its access rule and its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast
from uuid import uuid4

import sqlalchemy as sa
from flask import Blueprint as Pages
from flask import Flask, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint as Api
from marshmallow import Schema, fields
from sqlalchemy.engine import Connection

from remanu.clock import stamp
from remanu.db import Database, Tx
from remanu.errors import InvalidForm, Refusal, Stale
from remanu.ledger import body
from remanu.ledger.kinds import Recorded
from remanu.ledger.models import EventRow
from remanu.rules.actor import Actor
from remanu.rules.signing import FACTORS
from remanu.web import locale, shape, uploads
from remanu.web.access import allow
from remanu.web.context import actor, here, is_badge, shown
from remanu.web.controls import Field, Fields, Signing, Values, plain_fields
from remanu.web.message import N_
from remanu.web.negotiation import wants_json
from remanu.web.strict import StrictParser, unflatten
from remanu.web.work import perform

__all__ = [
    "Field",
    "Fields",
    "On",
    "Signing",
    "Values",
    "Verb",
    "all_verbs",
    "api",
    "do",
    "install",
    "plain_fields",
    "publish_json",
    "publish_pages",
    "show",
]
_EXTENSION = "remanu.verbs"
_SIGNING = "remanu.signing"
_LAST = (
    sa.select(EventRow.kind, EventRow.recorded_at)
    .where(EventRow.org_id == sa.bindparam("org_id"), EventRow.subject_id == sa.bindparam("subject_id"))
    .order_by(EventRow.seq.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class On:
    """What a verb acts on: its address, how it is found, its present state, and the page about it.

    `path` has one placeholder `<target_id>`, or none for verbs that begin something. `chain` is the subject whose
    newest event tells the loser of a race what the other one did. `travels` is false where what is recorded goes with
    no part, and so stands in nobody's public record.
    """

    path: str
    find: Callable[[Connection, str, str], Any]
    state: Callable[[Any], str]
    page: Callable[[Any], str]
    chain: Callable[[Any], str] | None = None
    travels: bool = True


def _nothing_more(_done: Recorded[Any]) -> Values:
    return {}


def _same(target_id: str, _answer: Values) -> tuple[str, dict[str, str]]:
    return target_id, {}


@dataclass(frozen=True, slots=True)
class Verb:
    """One act: its event kind names it everywhere; `do` is the action of that name.

    `fields` adds choices that depend on the target, `prepare` turns the actor into one with a fresh factor,
    `context` gives a page of its own what it shows, `then` says where to go afterwards. `before` runs ahead of the
    act with what was asked, `after` once it is committed, `refused` once a refused one is rolled back; all three work
    in units of their own.
    `once` adds to the answer what is said on this one answer and kept nowhere, such as a secret that was made.
    `undo` is the verb that takes a slip back; the page offers it for a moment (rules.undo). `slip` says of target and
    answer what that verb acts on, and with which values.
    `begins` is a second address, without a target, for an act that may also be the first of its case.
    """

    kind: str
    title: str
    on: On
    schema: type[shape.Form]
    do: Callable[..., Recorded[Any]]
    fields: Fields | None = None
    prepare: Callable[[Connection, Actor, Values], Actor] | None = None
    context: Callable[[Connection, Any], Mapping[str, Any]] | None = None
    then: Callable[[Any, Values], str] | None = None
    answer: Callable[[Recorded[Any]], Values] = field(default=_nothing_more)
    once: Callable[[], Values] | None = None
    begins: On | None = None
    after: Callable[[Database], None] | None = None
    refused: Callable[[Database, Actor, str, Refusal], None] | None = None
    before: Callable[..., None] | None = None
    undo: str = ""
    slip: Callable[[str, Values], tuple[str, dict[str, str]]] = field(default=_same)

    @property
    def name(self) -> str:
        """The verb itself, as it stands in addresses."""
        return self.kind.partition(".")[2]

    @property
    def feature(self) -> str:
        """The feature that does it."""
        return self.kind.partition(".")[0]


class Done(Schema):
    """Answer of an act: the event that was recorded, and its commitment as hex."""

    event = fields.String()
    act = fields.String()
    subject = fields.String()
    commitment = fields.String()
    target = fields.String(allow_none=True)
    more = fields.Dict(keys=fields.String())


def api(name: str) -> Api:
    """A JSON blueprint that reads bodies strictly."""
    blueprint = Api(f"{name}_api", name, url_prefix="/api/v1")
    blueprint.ARGUMENTS_PARSER = StrictParser()
    return blueprint


def publish_pages(verbs: Sequence[Verb], pages: Pages) -> None:
    """Give every verb its page."""
    for verb in verbs:
        _publish_page(verb, pages)


def publish_json(verbs: Sequence[Verb], json: Api) -> None:
    """Give every verb its JSON route."""
    for verb in verbs:
        _publish_json(verb, json)


def install(app: Flask, verbs: Iterable[Verb], signing: Signing | None = None) -> None:
    """Make all verbs known by their kind, for pages that offer next steps."""
    known = {verb.kind: verb for verb in verbs}
    app.extensions[_EXTENSION] = known
    app.extensions[_SIGNING] = signing
    app.jinja_env.filters["act"] = lambda kind: locale.gettext(known[kind].title) if kind in known else ""


def all_verbs() -> Mapping[str, Verb]:
    """Every verb by its event kind."""
    return cast("Mapping[str, Verb]", current_app.extensions[_EXTENSION])


def _publish_page(verb: Verb, pages: Pages) -> None:
    @allow(f"act:{verb.kind}")
    def page(target_id: str = "") -> ResponseReturnValue:
        return _submit(verb, target_id) if request.method == "POST" else show(verb, target_id)

    for on in _places(verb):
        pages.add_url_rule(f"/{on.path}/{verb.name}", verb.name, page, methods=["GET", "POST"])


def _places(verb: Verb) -> tuple[On, ...]:
    return (verb.on,) if verb.begins is None else (verb.on, verb.begins)


def _publish_json(verb: Verb, json: Api) -> None:
    @allow(f"act:{verb.kind}")
    def act(values: Values, target_id: str = "") -> Values:
        expected = request.headers.get("If-Match", "").strip('"')
        key = request.headers.get("Idempotency-Key")
        return do(verb, actor(), target_id, values, key=key, expected=expected)

    act.__doc__ = verb.do.__doc__
    described = json.arguments(verb.schema)(json.response(200, Done)(act))
    for on, prefix in zip(_places(verb), ("", "begin_"), strict=False):
        json.route(f"/{on.path}/{verb.name}", methods=["POST"], endpoint=prefix + verb.name)(described)


def do(verb: Verb, who: Actor, target_id: str, values: Values, *, key: str | None, expected: str) -> Values:
    """Perform the act once for its key; Stale when the target left the state the form was drawn from."""

    def work(tx: Tx) -> Values:
        ready = verb.prepare(tx.connection, who, values) if verb.prepare else who
        given = {name: value for name, value in values.items() if name not in FACTORS}
        if target_id:
            _check_seen(verb, tx, who, target_id, expected)
            return _answer(verb, verb.do(tx, ready, target_id, **given), target_id)
        return _answer(verb, verb.do(tx, ready, **given), None)

    # What proves who one is has no place in the digest that is kept of what was asked.
    kept = {name: value for name, value in values.items() if not name.endswith("factor")}
    asked = {"verb": verb.kind, "target": target_id, "values": kept}
    database = here().database
    if verb.before is not None:
        verb.before(database, who, target_id, **{name: one for name, one in kept.items() if name != "factor"})
    try:
        answer = perform(database, who, key=key, asked=asked, work=work)
    except Refusal as problem:
        _remember(verb, who, target_id, problem)
        raise
    if verb.after is not None:
        verb.after(database)
    said = verb.once() if verb.once else {}
    return {**answer.values, "more": {**answer.values["more"], **said}} if said else answer.values


def _remember(verb: Verb, who: Actor, target_id: str, problem: Refusal) -> None:
    """What is kept of an act that was refused, in units of its own."""
    database, signing = here().database, _signing()
    if verb.refused is not None:
        verb.refused(database, who, target_id, problem)
    if signing is not None and verb.prepare is not None:
        signing.failed(database, who, verb.kind, problem)


def _signing() -> Signing | None:
    return cast("Signing | None", current_app.extensions[_SIGNING])


def _check_seen(verb: Verb, tx: Tx, who: Actor, target_id: str, expected: str) -> None:
    if not expected:
        return
    target = verb.on.find(tx.connection, who.org_id, target_id)
    state = verb.on.state(target)
    if state != expected:
        raise Stale(seen=expected, state=state, **_change(verb, tx, who, target))


def _change(verb: Verb, tx: Tx, who: Actor, target: Any) -> Values:
    """What was done last to the target: the kind of act and when it was recorded."""
    if verb.on.chain is None:
        return {}
    row = tx.execute(_LAST, {"org_id": who.org_id, "subject_id": verb.on.chain(target)}).first()
    return {} if row is None else {"change": row.kind, "at": stamp(row.recorded_at)}


def _answer(verb: Verb, done: Recorded[Any], target_id: str | None) -> Values:
    return {
        "event": done.id,
        "act": done.act_id,
        "subject": done.subject.uri,
        "commitment": done.commitment.hex(),
        "target": target_id,
        "more": verb.answer(done),
    }


def show(
    verb: Verb, target_id: str, *, typed: Values | None = None, problem: Refusal | None = None
) -> ResponseReturnValue:
    """The page of an act: what to fill in, with what was typed kept and what was refused said beside it."""
    if any(is_badge(one) for one in request.args.values()):
        # Neither the address nor any link of the page keeps it.
        return redirect(request.path, 303)
    installation = here()
    with installation.database.reading() as connection:
        target = verb.on.find(connection, actor().org_id, target_id) if target_id else None
        controls = _controls(verb, connection, target)
        more = verb.context(connection, target) if verb.context else {}
    page = render_template(
        [f"{verb.feature}/{verb.name}.html", f"{verb.feature}/any.html", "act.html"],
        verb=verb,
        target=target,
        target_id=target_id,
        controls=controls,
        # What proves who somebody is does not come back: the one who stands beside leaves before the page does.
        typed={name: shown(value) for name, value in (typed or {}).items() if not name.endswith("factor")},
        problem=problem,
        errors=_field_errors(problem),
        key=str(uuid4()),
        expected=verb.on.state(target) if target_id else "",
        back=verb.on.page(target) if target_id else url_for("parts.home"),
        **more,
    )
    return page, problem.status if problem else 200, _patience(problem)


def _controls(verb: Verb, connection: Connection, target: Any) -> Sequence[Field]:
    listed = verb.fields(connection, target, verb.schema) if verb.fields else plain_fields(verb.schema)
    told, signing = _told(verb, listed), _signing()
    return told if signing is None or verb.prepare is None else signing.controls(connection, verb.kind, told)


_FREE = frozenset({"text", "serial", "code", "note"})
# What is read off the part goes into an event of its own, which everybody may read as well.
_READ = frozenset({"mark", "maker", "part_number", "serial"})


def _told(verb: Verb, controls: Sequence[Field]) -> list[Field]:
    """The controls, those marked whose free text goes into the body of the event: a body holds nothing private.

    What is recorded of members and tablets travels with no part.
    """
    if verb.feature == "accounts" or not verb.on.travels:
        return list(controls)
    known = body.names(cast("Any", here().registry[verb.kind].body)) | _READ
    return [
        replace(one, public=True) if one.name in known and one.widget in _FREE and not one.choices else one
        for one in controls
    ]


def _patience(problem: Refusal | None) -> dict[str, str]:
    wait = None if problem is None else problem.details.get("retry_after")
    return {} if wait is None else {"Retry-After": str(wait)}


def _submit(verb: Verb, target_id: str) -> ResponseReturnValue:
    typed = request.form.to_dict()
    try:
        typed |= _texts(verb)
        raw = _values(verb, typed)
        typed |= _kept_files(raw)
        values = shape.take(verb.schema, raw)
        answer = do(
            verb, actor(), target_id, values, key=typed.get("key"), expected=typed.get("expected", "")
        )
    except Refusal as problem:
        if problem.status in {401, 404} or wants_json():
            raise
        return show(verb, target_id, typed=typed, problem=problem)
    flash(verb.title)
    if verb.undo:
        on, said = verb.slip(target_id, answer)
        flash(cast("Any", [url_for(verb.undo, target_id=on), N_("Undo"), str(uuid4()), said]), "undo")
    return redirect(_next(verb, target_id, answer), 303)


def _values(verb: Verb, typed: Mapping[str, str]) -> Values:
    values = unflatten({k: v for k, v in typed.items() if k not in {"key", "expected"} and v != ""})
    if any(f.metadata.get("widget") == "files" for f in verb.schema().fields.values()):
        values["evidence"] = [*values.get("evidence", []), *uploads.keep(request.files.getlist("photos"))]
    return values


def _texts(verb: Verb) -> dict[str, str]:
    """Texts that came as a file instead of being typed; they come back into the page like what was typed."""
    sources = [name for name, one in verb.schema().fields.items() if one.metadata.get("widget") == "source"]
    chosen = {name: request.files.get(f"{name}_file") for name in sources}
    return {name: uploads.plain(file) for name, file in chosen.items() if file is not None and file.filename}


def _kept_files(values: Values) -> dict[str, str]:
    """Files that came with a form, as its hidden fields: a form that is refused must not ask for them again."""
    files = [one for one in values.get("evidence", []) if isinstance(one, dict)]
    return {f"evidence.{n}.{name}": str(value) for n, one in enumerate(files) for name, value in one.items()}


def _next(verb: Verb, target_id: str, answer: Values) -> str:
    with here().database.reading() as connection:
        target = verb.on.find(connection, actor().org_id, target_id) if target_id else None
    if verb.then is not None:
        return verb.then(target, answer)
    return verb.on.page(target)


def _field_errors(problem: Refusal | None) -> dict[str, list[str]]:
    if isinstance(problem, InvalidForm):
        return dict(problem.details["fields"])  # type: ignore[call-overload, no-any-return]
    if problem is not None and "field" in problem.details:
        return {str(problem.details["field"]): [str(problem.details.get("why", problem.code))]}
    return {}
