"""A release certificate's record as the blocks of its form, in one language and for one kind of reader.

What is printed comes from the signed record alone. The signer's name is handed in by whoever may show it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from remanu.drawing.certificate import CertificateBlocks, words
from remanu.drawing.faces import Locale, split
from remanu.errors import CannotDraw
from remanu.rules import identity

Values = Mapping[str, Any]
_ISSUED = "ISSUED"
_UNSIGNED = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One printing of a certificate.

    `record` is the certificate as JSON, `document` the JSON that is attached. `signer` is None where the name is
    not shown. `origin`, `size` and `root` are those of the first checkpoint over it; a draft has none. `copy` is
    the number of a duplicate, 0 for the original; `demonstration` marks every page. `name` is what the unit is called
    in the language of the paper, `procedures` what tests are called, `places` what positions are and `counters` what
    counters and their ratings are, by code; the record has the name that it was registered under, and codes.
    """

    record: Values
    document: str
    state: str
    signed_at: datetime
    authorisation: str
    signer: str | None
    origin: str
    size: int
    root: bytes
    url: str
    copy: int = 0
    demonstration: bool = False
    name: str = ""
    procedures: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    counters: Mapping[str, str] = field(default_factory=dict)


def blocks(one: Print, *, locale: Locale) -> CertificateBlocks:
    """The blocks of the form, all words in this language."""
    known, unit, issuer = words(locale), one.record["unit"], one.record["organisation"]
    said = known["said"]
    return CertificateBlocks(
        number=one.record["number"],
        organisation=_organisation(issuer, locale),
        address=_address(issuer, said),
        description=f"{unit['maker']} {_drawn(one.name, locale) or unit['name']}",
        part_number=unit["part_number"],
        serial=unit.get("serial", _UNSIGNED),
        code=identity.group(unit["code"]),
        life=str(one.record["life"]),
        claim_class=known["classes"][one.record["claim_class"]],
        status=known["statuses"][one.record["status"]],
        meaning=said[f"meaning-{_meaning(one)}"],
        signer=said["not-named"] if one.signer is None else one.signer,
        authorisation=one.authorisation or _UNSIGNED,
        signed_at=one.signed_at,
        dossier=one.record["dossier"],
        log=one.origin or _UNSIGNED,
        size=one.size,
        root=base64.b64encode(one.root).decode() or _UNSIGNED,
        url=one.url,
        work_order=str(one.record["work_order"]),
        supersedes=one.record.get("supersedes", {}).get("number", ""),
        remarks=tuple(_remarks(one, said, locale)),
        standards=_standards(one.record),
        concessions=tuple(one.record.get("concessions", ())),
        watermark=_watermark(one, said),
        record=one.document,
    )


def document(record: str, approval: str, authorisation: str) -> str:
    """The certificate as JSON for machines: the signed record, the approval of it, and the authorisation."""
    return json.dumps(
        {
            "record": json.loads(record),
            "approval": json.loads(approval) if approval else None,
            "authorisation": authorisation,
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _meaning(one: Print) -> str:
    if one.state == "DRAFT":
        return "draft"
    return "supersede" if "supersedes" in one.record else "release"


def _organisation(issuer: Values, locale: Locale) -> str:
    names = {"en": "name_en", "zh-Hans": "name_zh_hans", "zh-Hant": "name_zh_hant"}
    return str(issuer[names[locale]])


def _address(issuer: Values, said: Values) -> str:
    number = said["registered"] % {"number": issuer["number"]} if issuer.get("number") else ""
    return " · ".join(filter(None, (said["country"] % {"country": issuer["country"]}, number)))


def _standards(record: Values) -> tuple[str, ...]:
    named = " ".join(filter(None, (record.get("standard"), record.get("edition"))))
    return (named,) if named else ()


def _remarks(one: Print, said: Values, locale: Locale) -> Iterator[str]:
    record = one.record
    if "supersedes" in record:
        former = record["supersedes"]
        yield said["correction"] % {"number": former["number"], "reason": said[former["reason"]]}
    yield said["warranty"] % {"days": record["warranty_days"]}
    hazards = record["hazards"]
    named = ", ".join(hazards.get("substances", ()))
    yield said[hazards["statement"]] % {"regime": hazards["regime"], "substances": named}
    if record["tests"]:
        called = {code: _drawn(name, locale) for code, name in one.procedures.items()}
        yield said["tests"] % {"tests": ", ".join(_test(done, called) for done in record["tests"])}
    yield from _on_site(record.get("on_site"), one.places, said)
    yield from _came_in(record["came_in"], said)
    yield from _lives(one, said)
    if "balance" in record:
        yield said["balance"] % {"reason": said[record["balance"]]}
    yield said["chains"] % {"count": len(record["heads"])}
    if record["evidence"]:
        yield said["files"] % {"count": len(record["evidence"])}
    if record["unit"]["simulated"]:
        yield said["simulated"]
    if one.copy:
        yield said["copy"] % {"copy": one.copy}


def _on_site(limited: Values | None, places: Mapping[str, str], said: Values) -> Iterator[str]:
    """What work in place was limited to, and what nobody disturbed (I31)."""
    for name in ("worked", "not_disturbed"):
        if limited and limited[name]:
            named = ", ".join(places.get(code, code) for code in limited[name])
            yield said[f"site-{name}"] % {"places": named}


def _test(done: str, named: Mapping[str, str]) -> str:
    """A procedure by its name, with the code and edition that the record holds."""
    name = named.get(done.rpartition(" ")[0])
    return f"{name} ({done})" if name else done


def _drawn(name: str, locale: Locale) -> str:
    """A name that came from outside the record, if each of its characters can be printed; else nothing."""
    try:
        split(name, locale)
    except CannotDraw:
        return ""
    return name


def _came_in(parts: list[Values], said: Values) -> Iterator[str]:
    """One remark an origin: part numbers with the release that each came with."""
    for origin in ("new", "reman", "used_serviceable"):
        named = [f"{one['part_number']} ({one['release']})" for one in parts if one["origin"] == origin]
        if named:
            yield said[f"came-in-{origin}"] % {"parts": ", ".join(named)}


def _lives(one: Print, said: Values) -> Iterator[str]:
    """One remark a life-limited part: what is left at each rating, with the method and how far it is known."""
    for part in one.record.get("lives", ()):
        place = one.places.get(part["position"], part["position"])
        yield said["life"] % {
            "part": " ".join(filter(None, (place, part["part_number"], part.get("serial")))),
            "state": said[f"life-{part['state']}"],
            "left": "; ".join(_left(each, one.counters, said) for each in part["left"]),
            "policy": said[f"policy-{part['policy']}"],
            "mark": part["mark"],
        }


def _left(one: Values, called: Mapping[str, str], said: Values) -> str:
    unit, code = one["unit"].strip("{}"), f"{one['counter']} {one.get('rating', '')}".strip()
    mark = "" if one["tag"] == "V" else f" [{one['tag']}]"
    return f"{called.get(code, code)} {one['remaining']}/{one['limit']} {said.get(f'unit-{unit}', unit)}{mark}"


def _watermark(one: Print, said: Values) -> str:
    """What lies across the page, the gravest first: a paper that no longer speaks must not look as if it did."""
    if one.state != _ISSUED:
        return str(said[one.state.lower()])
    if one.copy:
        return str(said["duplicate"])
    return str(said["demo"]) if one.demonstration else ""
