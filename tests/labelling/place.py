"""A workshop whose engine was just released, told as rows: labelling begins where the release ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from remanu.labelling import actions, queries
from remanu.parts.events import Cited
from remanu.parts.models import Case, Item, Life
from remanu.release.models import ReleaseCertificate
from tests import people
from tests.accounts.place import Place
from tests.builders import make_item

PHOTO = Cited(digest="ab" * 32, media_type="image/jpeg", size=9, shows="label beside the plate")
ISSUED_AT = datetime(2026, 2, 28, 20, 30, tzinfo=UTC)
"""In the site's zone this is the morning of 1 March."""


@dataclass(slots=True)
class Bench:
    """The label officer's bench: the workshop, its people, and one engine with its case."""

    place: Place
    item_id: str
    case_id: str

    def person(self, *roles: str):
        """Somebody of the workshop."""
        return people.member("-".join(roles), *roles, org_id=self.place.org_id)

    @property
    def officer(self):
        """Who prints labels."""
        return self.person("label_officer")

    @property
    def item(self):
        """The engine as it is now."""
        return self.row(Item, self.item_id)

    @property
    def case(self):
        """Its case as it is now."""
        return self.row(Case, self.case_id)

    def row(self, model: Any, row_id: str):
        """One row of a table."""
        chosen = sa.select(model.__table__).where(model.org_id == self.place.org_id, model.id == row_id)
        return self.place.ask(lambda connection: connection.execute(chosen).one())

    def label(self, label_id: str):
        """One label as it is now."""
        return self.place.ask(queries.find_label, self.place.org_id, label_id)

    def reserve(self, by=None, **more: Any) -> str:
        """A fresh label of the engine; returns its id."""
        asked = {"placement": "part", "media": "roll-70x40", "locale": "en", **more}
        return self.place.do(actions.reserve, by or self.officer, self.item_id, **asked).body.label

    def printed(self, **more: Any) -> str:
        """A label that is printed."""
        one = self.reserve(**more)
        self.place.do(actions.print, self.officer, one, printer="Hall 2")
        return one

    def applied(self, **more: Any) -> str:
        """A label that is on the part."""
        one = self.printed(**more)
        self.place.do(actions.apply, self.officer, one, evidence=(PHOTO,))
        return one

    def active(self, **more: Any) -> str:
        """A label that was read back."""
        one = self.applied(**more)
        self.place.do(actions.read_back, self.officer, one, code=self.label(one).payload)
        return one

    def change(self, model: Any, row_id: str, **values: Any) -> None:
        """What another feature's act would have changed."""
        chosen = sa.update(model).where(model.org_id == self.place.org_id, model.id == row_id)
        self.place.database.transact(lambda tx: tx.execute(chosen.values(**values)))

    def hold(self) -> None:
        """Stop the case as quality does."""
        from remanu.parts import actions as parts  # noqa: PLC0415 -- named like the module under test

        self.place.do(parts.hold, self.person("quality"), self.case_id, why="identity")


def released(place: Place, *, state: str = "RELEASED", serial: str = "E-4711") -> Bench:
    """An engine with its case in this state; from RELEASED on with life 1 and a certificate in force."""
    technician = people.member("technician", "technician", org_id=place.org_id)
    made = place.do(make_item, technician, serial=serial)
    bench = Bench(place, made.subject.id, place.database.ids.new(ISSUED_AT))
    place.database.transact(lambda tx: _opened(tx, bench, state))
    if state in {"RELEASED", "LABELLED", "IN_SERVICE"}:
        place.database.transact(lambda tx: _issued(tx, bench))
    return bench


def _opened(tx, bench: Bench, state: str) -> None:
    org_id = bench.place.org_id
    last = tx.execute(sa.select(sa.func.max(Case.number)).where(Case.org_id == org_id)).scalar() or 0
    tx.execute(
        sa.insert(Case).values(
            org_id=org_id,
            id=bench.case_id,
            item_id=bench.item_id,
            number=last + 1,
            state=state,
            life_from=0,
            standard="XA-STD 8887-220",
            edition="2024",
            loops=0,
            opened_at=ISSUED_AT,
            changed_at=ISSUED_AT,
        )
    )


def _issued(tx, bench: Bench) -> None:
    org_id, item_id = bench.place.org_id, bench.item_id
    last = tx.execute(
        sa.select(sa.func.max(ReleaseCertificate.no)).where(ReleaseCertificate.org_id == org_id)
    ).scalar()
    no = (last or 0) + 1
    tx.execute(
        sa.insert(ReleaseCertificate).values(
            org_id=org_id,
            id=tx.new_id(),
            no=no,
            number=f"RC-{no:06d}",
            item_id=item_id,
            case_id=bench.case_id,
            life=1,
            claim_class="REMANUFACTURED",
            state="ISSUED",
            warranty_days=365,
            event_id=tx.new_id(),
            drafted_at=ISSUED_AT,
            issued_at=ISSUED_AT,
        )
    )
    tx.execute(sa.insert(Life).values(org_id=org_id, item_id=item_id, n=1, opened_at=ISSUED_AT))
    tx.execute(sa.update(Item).where(Item.org_id == org_id, Item.id == item_id).values(life=1))
