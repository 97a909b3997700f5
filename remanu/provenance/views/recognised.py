"""Whether a part's release is recognised in a jurisdiction, for anybody: one sentence, then everything behind it."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from remanu.errors import BadInput, NotFound, UnknownCode
from remanu.provenance import queries
from remanu.provenance.views.public import JSON, as_json
from remanu.recognition import queries as recognition
from remanu.recognition.queries import Answer
from remanu.recognition.schemas import rows, said
from remanu.recognition.schemas.about import side
from remanu.rules import identity
from remanu.web.access import EVERYBODY, allow
from remanu.web.context import here
from remanu.web.limits import at_most
from remanu.web.locale import current


@allow(EVERYBODY)
@at_most(120)
def recognised(code: str, there: str = "") -> ResponseReturnValue:
    """The verdict in the jurisdiction that is named in the address, or that the reader's language suggests.

    `in` chooses another one, `on` the day on which the part is placed on the market there, today without it.
    """
    if "in" in request.args:
        return redirect(_address(code), 303)
    item, chosen = _item(code), there or recognition.guessed(current())
    if chosen not in recognition.jurisdictions():
        raise NotFound(what="jurisdiction")
    database, day = here().database, _day()
    now = database.clock.now()
    with database.reading() as connection:
        found = queries.find(connection, item)
        if found is None:
            raise UnknownCode(read=item)
        answer = recognition.ask(connection, found.org_id, found.item_id, there=chosen, now=now, on=day)
        agreement = None if answer is None else recognition.agreement_of(connection, answer.verdict)
    if as_json():
        body = {"code": found.code, "jurisdiction": chosen, "word": "UNKNOWN", "reason": "no-release"}
        told = body if answer is None else {"code": found.code, **said.told(answer, now, found.zone)}
        return Response(json.dumps(told, ensure_ascii=False), content_type=JSON)
    return render_template(
        "provenance/recognised.html",
        code=found.code,
        chosen=chosen,
        guessed=not there,
        day="" if day is None else day.isoformat(),
        places=[(one, side(one)) for one in recognition.jurisdictions()],
        place=side(chosen),
        demonstration=here().config.demonstration,
        shown=None if answer is None else _shown(answer, found.zone, agreement),
    )


def _shown(answer: Answer, zone: str, agreement: recognition.Row | None) -> dict[str, object]:
    verdict, now = answer.verdict, here().database.clock.now()
    return {
        "name": answer.called.text(current()),
        "lang": rows.tongue(answer.called.text(current())),
        "kind": said.sign(verdict.word)[0],
        "word": said.sign(verdict.word)[1],
        "sentence": said.sentence(verdict, answer.names, said.minute(now, zone)),
        "why": [said.reason(one, answer.names) for one in verdict.failures],
        "notes": said.notes(verdict),
        "chain": said.chain(answer),
        "conditions": said.conditions(answer),
        "not_covered": list(said.not_covered(answer, agreement)),
        "parts": said.parts(answer),
        "inputs": verdict.inputs,
        "used": rows.used(answer),
        "more": max(0, len(verdict.used) - recognition.SHOWN),
    }


def _item(code: str) -> str:
    try:
        return identity.parse_item(code)
    except BadInput as error:
        raise NotFound(what="page") from error


def _day() -> date | None:
    asked = request.args.get("on", "")
    if not asked:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError as error:
        raise BadInput("on", "wrong-type") from error


def _address(code: str) -> str:
    more = {name: request.args[name] for name in ("on", "format") if request.args.get(name)}
    asked = "&".join(f"{name}={quote(value)}" for name, value in more.items())
    place = quote(request.args["in"], safe="")
    address = f"/{code}/recognised/{place}" if place else f"/{code}/recognised"
    return f"{address}?{asked}" if asked else address
