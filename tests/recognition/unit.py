"""A released engine of a certified workshop: its paper, its label, what it declares, without the life before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import sqlalchemy as sa

from remanu.accounts import queries as accounts
from remanu.labelling.models import Label
from remanu.parts.models import Item
from remanu.recognition import queries
from remanu.release.models import ReleaseCertificate
from tests.builders import make_item
from tests.certification import story as certified
from tests.exchange.test_holders import opened

HOLDER = certified.HOLDER
CLEAN = {"Pb": "10", "Hg": "0", "Cd": "0", "Cr6+": "0", "PBB": "0", "PBDE": "0"}
PHTHALATES = {"DBP": "0", "DIBP": "0", "BBP": "0", "DEHP": "1500"}
"""0.15 % of DEHP by mass: above a limit of 0.1 % where there is one (R19)."""


def shares(**ppm: str) -> list[dict[str, str]]:
    """What is declared, in millionths of a homogeneous material."""
    return [
        {"substance": name, "ppm": value, "basis": "homogeneous-material"}
        for name, value in {**CLEAN, **ppm}.items()
    ]


def released(database: Any, *, no: int = 1, label: str = "再制造产品", item: str = "", **said: Any) -> str:
    """An engine with a release in force, and a label that says this word; returns its id."""

    def work(tx: Any) -> str:
        who = certified.who(HOLDER, "technician")
        given = {"serial": f"R-{no}", "condition": "released", **said.pop("part", {})}
        new = item or make_item(tx, who, **given).subject.id
        _paper(tx, new, no, said)
        if label:
            _label(tx, new, no, label)
        return str(new)

    return str(database.transact(work))


def _paper(tx: Any, item: str, no: int, said: dict[str, Any]) -> None:
    row = tx.execute(sa.select(Item.__table__).where(Item.org_id == HOLDER, Item.id == item)).one()
    house = accounts.find_organisation(tx.connection, HOLDER)
    names = {name: getattr(house, name) for name in ("name_en", "name_zh_hans", "name_zh_hant", "country")}
    record = {
        "number": f"RC-{no}",
        "organisation": names,
        "unit": {"maker": row.maker, "part_number": row.part_number},
        "status": "Remanufactured",
        "hazards": {"statement": "declared", "regime": "XA-SUB 1", "shares": shares()},
        "came_in": [],
        **said,
    }
    text = json.dumps(record, ensure_ascii=False)
    key = {"org_id": HOLDER, "item_id": item, "life": row.life}
    tx.execute(
        sa.insert(ReleaseCertificate).values(
            **key,
            id=f"0195b000-0000-7000-8000-{no:012d}",
            no=no,
            number=f"RC-{no}",
            case_id=opened(tx, HOLDER, item, at=tx.now, n=no),
            claim_class=said.get("claim_class", "REMANUFACTURED"),
            state="ISSUED",
            warranty_days=365,
            record=text,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            approval="ab" * 32,
            event_id="",
            drafted_at=tx.now,
            issued_at=tx.now,
        )
    )


def _label(tx: Any, item: str, no: int, word: str) -> None:
    life = tx.execute(sa.select(Item.life).where(Item.org_id == HOLDER, Item.id == item)).scalar_one()
    texts = dict.fromkeys(("item_code", "placement", "payload", "template", "media"), "x")
    tx.execute(
        sa.insert(Label).values(
            **texts,
            org_id=HOLDER,
            id=f"label-{no}",
            item_id=item,
            code=f"L{no}",
            kind="label",
            life=life,
            locale="zh-Hans" if word == "再制造产品" else "en",
            generation=1,
            state="active",
            words=json.dumps({"class_word": word}),
            reserved_at=tx.now,
            changed_at=tx.now,
        )
    )


def changed(database: Any, table: Any, item: str, **values: Any) -> None:
    """A row of the unit is another one."""
    mine = (table.org_id == HOLDER, (table.id if table is Item else table.item_id) == item)
    database.transact(lambda tx: tx.execute(sa.update(table).where(*mine).values(**values)))


def said(database: Any, item: str, there: str, on: Any = None) -> tuple[str, str]:
    """Word and reason of a unit somewhere."""
    return word(asked(database, item, there, on))


def asked(database: Any, item: str, there: str, on: Any = None) -> Any:
    """The whole verdict."""
    with database.reading() as connection:
        return queries.ask(connection, HOLDER, item, there=there, now=database.clock.now(), on=on).verdict


def word(verdict: Any) -> tuple[str, str]:
    """Its word, and what it is about."""
    return verdict.word, verdict.reason
