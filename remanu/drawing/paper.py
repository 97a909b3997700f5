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
from remanu.rules import canonical as jcs
from remanu.rules import identity

Values = Mapping[str, Any]
_ISSUED = "ISSUED"
_UNSIGNED = "-"
_TELLS_SITE = 2
_SAYS_PAPER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """One printing of a certificate.

    `record` is the certificate as JSON, `document` the JSON that is attached. `signer` is None where the name is
    not shown. `origin`, `size` and `root` are those of the first checkpoint over it; a draft has none. `copy` is
    the number of a duplicate, 0 for the original; `demonstration` marks every page. `name` is what the unit is called
    in the language of the paper, `class_word` the word of its class by the label rule there (I29), `procedures` what
    tests are called, `places` what positions are and `counters` what counters and their ratings are, by code; the
    record has the name that it was registered under, and codes.
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
    class_word: str = ""
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
        claim_class=one.class_word or known["classes"][one.record["claim_class"]],
        # A scheme that this paper has no translation for is quoted: its word is its own.
        status=known["statuses"].get(one.record["status"], one.record["status"]),
        meaning=said[f"meaning-{_meaning(one)}"],
        signer=_signer(one, said),
        authorisation=one.authorisation or _UNSIGNED,
        signed_at=one.signed_at,
        dossier=one.record["dossier"],
        log=one.origin or _UNSIGNED,
        size=one.size,
        root=base64.b64encode(one.root).decode() or _UNSIGNED,
        url=one.url,
        symbol=identity.paper_payload(one.url) if one.record.get("v", 0) >= _SAYS_PAPER else one.url,
        work_order=str(one.record["work_order"]),
        supersedes=one.record.get("supersedes", {}).get("number", ""),
        remarks=tuple(_remarks(one, said, locale)),
        standards=_standards(one.record),
        concessions=conceded(one.record, locale),
        watermark=_watermark(one, said),
        record=one.document,
        side=one.record.get("side", "maintenance"),
        digest=_digest(one),
        scheme=one.record.get("scheme", ""),
        flag=_flag(one.record, said),
    )


def _digest(one: Print) -> str:
    """The digest that was signed, computed from the record; a draft has none yet."""
    return "" if one.state == "DRAFT" else jcs.commitment(jcs.encode(one.record)).hex()


def _flag(record: Values, said: Values) -> str:
    """Improved parts lift the unit above its original type: a flag, and no class."""
    return str(said["upgraded"] % {"changes": ", ".join(record["upgraded"])}) if record.get("upgraded") else ""


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


def conceded(record: Values, locale: Locale) -> tuple[str, ...]:
    """One line a concession, in this language; records that hold lines already are printed as they were signed."""
    said = words(locale)["said"]
    return (*record.get("concessions", ()), *(conceded_line(one, said, locale) for one in record.get("conceded", ())))


def conceded_line(one: Values, said: Values, locale: Locale) -> str:
    """What is used as it is: which part, what of it deviates with the limits of a new one, and until when."""
    code = one["position"].removesuffix(f"-{one['ordinal']}")
    part = f"{_named(one['names'], code, locale)} {one['ordinal']}".strip()
    what = "; ".join(_deviation(each, locale) for each in one["deviations"]) or said[f"cause-{one['cause']}"]
    return str(said["conceded"] % {"number": one["number"], "part": part, "what": what, "day": one["expires"]})


def _deviation(one: Values, locale: Locale) -> str:
    low, high = one.get("new_min") or "", one.get("new_max") or ""
    unit = "" if one["unit"].startswith("{") else f" {one['unit']}"
    name = _named(one["names"], one["characteristic"], locale)
    return f"{name} {one['value']}{unit} ({low} … {high})".replace("( … ", "(… ").replace(" … )", " …)")


def _named(names: Mapping[str, str], code: str, locale: Locale) -> str:
    return _drawn(names.get(locale, ""), locale) or code


def _signer(one: Print, said: Values) -> str:
    """Who signed. Nobody signed a draft, and the form then says neither how nor when (a dash stands for both)."""
    if one.state == "DRAFT":
        return _UNSIGNED
    return str(said["not-named"]) if one.signer is None else one.signer


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
    # Papers from before version 2 told the site in the attached record alone, and are drawn again as they were.
    if record.get("site") and record["v"] >= _TELLS_SITE:
        yield said["released-at"] % {"site": record["site"]}
    yield said["warranty"] % {"days": record["warranty_days"]}
    hazards = record["hazards"]
    named = said["and"].join(hazards.get("substances", ()))
    yield said[hazards["statement"]] % {"regime": hazards["regime"], "substances": named}
    if record["tests"]:
        called = {code: _drawn(name, locale) for code, name in one.procedures.items()}
        yield said["tests"] % {"tests": said["and"].join(_test(done, called, said) for done in record["tests"])}
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
            named = said["and"].join(places.get(code, code) for code in limited[name])
            yield said[f"site-{name}"] % {"places": named}


def _test(done: str, named: Mapping[str, str], said: Values) -> str:
    """A procedure by its name and edition; the record holds its code, which stands where it has no name."""
    code, _, edition = done.rpartition(" ")
    name = named.get(code)
    return str(said["test"] % {"name": name, "edition": edition}) if name else done


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
            yield said[f"came-in-{origin}"] % {"parts": said["and"].join(named)}


def _lives(paper: Print, said: Values) -> Iterator[str]:
    """One remark a life-limited part: what is left at each rating, with the method and how far it is known."""
    for one in paper.record.get("lives", ()):
        place = paper.places.get(one["position"], one["position"])
        named = " ".join(filter(None, (place, one["part_number"], one.get("serial"))))
        yield said["life"] % {
            "part": named,
            "state": said[f"life-{one['state']}"],
            "left": "; ".join(_left(left, paper.counters, said) for left in one["left"]),
            "policy": said.get(f"policy-{one['policy']}", one["policy"]),
            "mark": one["mark"],
        }


def _left(one: Values, counters: Mapping[str, str], said: Values) -> str:
    bare = one["unit"].strip("{}")
    unit, code, rating = said.get(f"unit-{bare}", bare), one["counter"], one.get("rating", "")
    mark = "" if one["tag"] == "V" else f" [{one['tag']}]"
    named = counters.get(f"{code} {rating}") or " ".join(filter(None, (counters.get(code, code), rating)))
    return f"{named} {one['remaining']}/{one['limit']} {unit}{mark}"


def _watermark(one: Print, said: Values) -> str:
    """What lies across the page, the gravest first: a paper that no longer speaks must not look as if it did."""
    if one.state != _ISSUED:
        return str(said[one.state.lower()])
    if one.copy:
        return str(said["duplicate"])
    return str(said["demo"]) if one.demonstration else ""
