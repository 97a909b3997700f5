"""The body's desk: what waits for whom, and one file with everything in it and what may be done next."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.engine import Connection

from remanu.certification import queries
from remanu.certification.queries import File
from remanu.certification.schemas import about, effects, words
from remanu.certification.schemas.fields import SEPARATOR
from remanu.rules import certification, lifecycle
from remanu.rules.permissions import PERMISSIONS
from remanu.web.access import allow
from remanu.web.acts import all_verbs
from remanu.web.context import actor, here
from remanu.web.locale import current, gettext

_AHEAD = timedelta(days=60)
_HELD = ("CERTIFIED", "SUSPENDED")


def may(kind: str) -> bool:
    """Whether the reader's roles include an act."""
    return bool(actor().roles & PERMISSIONS[f"certification.{kind}"])


@allow("read:certification")
def start() -> ResponseReturnValue:
    """The page that fits the organisation: a body's desk, an accreditor's register, a workshop's own matters."""
    with here().database.reading() as connection:
        if queries.is_a(connection, actor().org_id, "certification_body"):
            return redirect(url_for("certification.desk"))
        if queries.is_a(connection, actor().org_id, "accreditation_body"):
            return redirect(url_for("certification.accreditations"))
        owner = queries.is_a(connection, actor().org_id, "scheme_owner")
    return redirect(url_for("certification.schemes" if owner else "certification.mine"))


@allow("read:certification")
def desk() -> ResponseReturnValue:
    """What waits: applications, files by whose turn it is, surveillance, requests of holders, complaints."""
    org_id, today, after = actor().org_id, about.today(), request.args.get("after", "")
    with here().database.reading() as connection:
        waiting = queries.files(connection, org_id, queries.WAITING, after=after)
        shown = {
            "incoming": queries.incoming(connection, org_id),
            "due": [
                (one, due_word(one, today))
                for one in queries.surveillance_due(connection, org_id, today + _AHEAD)
            ],
            "lost": queries.lost_of_body(connection, org_id, today),
            "requests": queries.requests(connection, org_id),
            "complaints": queries.complaints(connection, org_id, state="open"),
        }
        held = queries.files(connection, org_id, _HELD, after=request.args.get("held", ""))
    more, rows = len(waiting) > queries.PAGE, waiting[: queries.PAGE]
    return render_template(
        "certification/desk.html",
        rows=rows,
        cursor=rows[-1].id if more else "",
        after=after,
        held=held[: queries.PAGE],
        held_cursor=held[queries.PAGE - 1].id if len(held) > queries.PAGE else "",
        turns=lifecycle.STATES,
        today=today.isoformat(),
        words=words,
        named=about.named,
        family_word=about.family_word,
        may_open=may("open_application"),
        **shown,
    )


def due_word(row: Any, today: date) -> tuple[str, str]:
    """How a surveillance stands, as a sign and a word; overdue is what is later than the grace of the scheme."""
    due = None if row.due_on is None else date.fromisoformat(row.due_on)
    said = certification.surveillance(due, grace=row.grace_days, today=today)
    late = ("invalid", gettext("Overdue: suspend the certificate, or have it done"))
    known = {"late": late, "due": ("attention", gettext("Due"))}
    return known.get(said, ("process", gettext("Coming")))


@allow("read:body")
def file(file_id: str) -> ResponseReturnValue:
    """One certification: scope, checklist, what happened, what may be done."""
    with here().database.reading() as connection:
        found = queries.find_file(connection, actor().org_id, file_id, about.today())
        values = _file(connection, found)
    return render_template("certification/file.html", file=found, **values)


def _file(connection: Connection, found: File) -> dict[str, Any]:
    org_id = actor().org_id
    said = queries.clauses(connection, org_id, found.id)
    asked = queries.checklists()[found.scheme.checklist].clauses
    requests = queries.requests(connection, org_id, found.row.application)
    others = [
        one for one in queries.editions(connection, found.row.scheme) if one.edition != found.now.edition
    ]
    return {
        "row": found.row,
        "now": found.now,
        "lines": [(about.line_word(one), one in found.now.paused) for one in about.lines_of(found)],
        "clauses": [(one.code, one.names.text(current()), said.get(one.code, "")) for one in asked],
        "judged": sum(one.code in said for one in asked),
        "requests": [(one, json.loads(one.clauses)) for one in requests],
        "complaints": queries.complaints(connection, org_id, file_id=found.id),
        "turn": lifecycle.STATES[found.state].meaning if found.state in queries.WAITING else "",
        "clear": dict(queries.declared(connection, org_id, found.id)).get(actor().person_id),
        "filed": queries.filed(connection, org_id, found.id),
        "sent": queries.sent(connection, found.row),
        "history": list(reversed(found.steps)),
        **_steps(found, said, others),
        "words": words,
        "named": about.named,
        "family_word": about.family_word,
        "may_answer": may("answer_complaint"),
    }


_ALWAYS = ("declare_impartiality", "raise_complaint")
# What the matter waits for is offered first; what stops or shrinks a certificate never is.
_FORWARD = frozenset(
    {
        "accept_application",
        "check_clauses",
        "take_answer",
        "finish_evaluation",
        "finish_review",
        "grant_certification",
        "extend_scope",
        "surveil",
        "reinstate_certification",
    }
)


def _steps(found: File, said: dict[str, str], others: list[Any]) -> dict[str, Any]:
    out = () if others else ("standard_transition",)
    names = [name for name in offered(found, said) if may(name) and name not in out]
    primary = names[0] if names and names[0] in _FORWARD else None
    return {
        "primary": None if primary is None else _action(found, primary),
        "offered": [_action(found, name) for name in names if name != primary],
    }


def offered(found: File, said: dict[str, str]) -> list[str]:
    """What may be done next in the file, in the order of SM-5; an evaluation that is whole is finished first."""
    names = [step.action for step in lifecycle.allowed("SM-5", found.state) if step.action != "expire"]
    if found.state == "IN_EVALUATION":
        asked = {one.code for one in queries.checklists()[found.scheme.checklist].clauses}
        whole = asked <= said.keys() and "not_comply" not in said.values()
        names = ["finish_evaluation", "check_clauses"] if whole else ["check_clauses", "raise_findings"]
    out = "grant_certification" if found.row.extends is not None else "extend_scope"
    return [name for name in (*names, *_ALWAYS) if name != out]


def _action(found: File, name: str) -> dict[str, str]:
    title = all_verbs()[f"certification.{name}"].title
    return {
        "href": url_for(f"certification.{name}", target_id=found.id),
        "label": gettext(title),
        "reason": "",
    }


@allow("read:body")
def effect(file_id: str) -> ResponseReturnValue:
    """What stopping the certificate would mark: counts, and the units a page at a time."""
    with here().database.reading() as connection:
        found = queries.find_file(connection, actor().org_id, file_id, about.today())
        shown = effects.listed(connection, found, limit=queries.PAGE)
    chosen: dict[str, Any] = {"line": shown.line} if shown.line else {}
    return render_template(
        "certification/effect.html",
        file=found,
        shown=shown,
        line_said=about.line_word(certification.Line(*shown.line.split(SEPARATOR))) if shown.line else "",
        further={**chosen, "after": shown.cursor} if shown.cursor else None,
        first=url_for("certification.effect", file_id=file_id, **chosen),
        after=request.args.get("after", ""),
        named=about.named,
    )


@allow("read:body")
def document(file_id: str, digest: str) -> ResponseReturnValue:
    """A file that the client sent to the body in this matter, as it was sent; no other file of his."""
    with here().database.reading() as connection:
        found = queries.find_file(connection, actor().org_id, file_id, about.today())
        one = queries.find_sent(connection, found.row, digest)
    name = f"{digest[:12]}.{one.media_type.rpartition('/')[2]}"
    # Never shown inside a page of ours, because what strangers send may hold anything (T14).
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(here().storage.get(digest), mimetype=one.media_type, headers=headers)


ROUTES = (
    ("/certification", start),
    ("/certification/desk", desk),
    ("/certification/files/<file_id>", file),
    ("/certification/files/<file_id>/effect", effect),
    ("/certification/files/<file_id>/documents/<digest>", document),
)
