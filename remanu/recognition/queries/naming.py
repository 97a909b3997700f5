"""What the rows behind a verdict are called and where everybody may read them, by their addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.catalogue.models import PartType
from remanu.certification.models import Accreditation, OutsideRecord, ProductCertification
from remanu.certification.queries import local_day
from remanu.families.family import Family
from remanu.families.places import place_names
from remanu.families.spoken import spoken
from remanu.parts.models import Item
from remanu.recognition.models import Agreement, Arrangement, Signatory
from remanu.recognition.queries.units import Held
from remanu.release.models import ReleaseCertificate
from remanu.rules.verdicts import Verdict

Row = sa.Row[*tuple[Any, ...]]
Names = tuple[str, str, str]
_URN, _LOCALES = "urn:uuid:", ("en", "zh-Hans", "zh-Hant")
RELEASE = "release"
"""Under this text the unit's own release is named: its address names the part."""
SHOWN = 200
"""So many of the rows behind a verdict are named."""


@dataclass(frozen=True, slots=True)
class Named:
    """How a row is called: in English, Simplified and Traditional Chinese, its number or code, and its page.

    `kind` says what it is, as a key of `schemas.words.ROWS`, `since` from when it holds as 2026-03-01.
    """

    names: Names
    code: str = ""
    address: str = ""
    kind: str = ""
    since: str = ""

    def text(self, locale: str) -> str:
        """The name in one of the three languages."""
        return self.names[_LOCALES.index(locale)]


def named_in(connection: Connection, unit: Held, verdict: Verdict, pack: Family) -> Mapping[str, Named]:
    """The rows behind a verdict and the parts that limit it, by the texts under which the verdict names them.

    Of a large assembly the first rows are named; the others stand in the answer by their addresses.
    """
    rows = {one.row for one in verdict.chain} | {one.row for one in verdict.failures}
    rows |= {one.row for one in verdict.conditions}
    rows |= {one.uri for one in verdict.used[:SHOWN]}
    rows |= {one.what for one in verdict.failures if one.reason == "accreditor"}
    urns = {one for one in rows if _is_id(one)}
    found = dict(_found(connection, urns)) | dict(_parts(connection, rows - urns, pack))
    return found | {RELEASE: _release(connection, unit)}


def named_rows(verdict: Verdict) -> tuple[str, ...]:
    """The rows whose names the one sentence of a verdict needs: its agreement, and what its first failure is about."""
    about = {"component": "row", "accreditor": "what"}
    failures = [getattr(one, about[one.reason]) for one in verdict.failures[:1] if one.reason in about]
    return (*filter(None, (verdict.agreement,)), *failures)


def name_of(connection: Connection, row: str, pack: Family) -> Named | None:
    """What one row is called, None where this record does not know it."""
    read = _found(connection, [row]) if _is_id(row) else _parts(connection, [row], pack)
    return dict(read).get(row)


def _is_id(row: str) -> bool:
    return row.startswith(_URN) or ("/" not in row and ":" not in row)


def _release(connection: Connection, unit: Held) -> Named:
    """The unit's own release: by whom, its number, its page."""
    known = dict(_organisations(connection, [unit.row.org_id]))
    names = known[unit.row.org_id].names
    return Named(names, unit.row.number, f"/{unit.row.code}", "release", unit.released.isoformat())


def _found(connection: Connection, rows: Iterable[str]) -> Iterator[tuple[str, Named]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for one in rows:
        texts[one.removeprefix(_URN).partition("#")[0]].append(one)
    for read in (_organisations, _certified, _accredited, _outside, _released, _signed, _agreed):
        for id_, named in read(connection, list(texts)):
            yield from ((text, named) for text in texts[id_])


def _names(row: Row, prefix: str = "name") -> Names:
    return tuple(getattr(row, f"{prefix}_{one}") for one in ("en", "zh_hans", "zh_hant"))


def _organisations(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    for row in connection.execute(sa.select(Organisation.__table__).where(Organisation.org_id.in_(ids))):
        yield row.org_id, Named(_names(row), row.country, kind="organisation")


def _by(column: Any) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(Organisation.name_en, Organisation.name_zh_hans, Organisation.name_zh_hant).join_from(
        Organisation, column.class_, Organisation.org_id == column
    )


def _certified(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = _by(ProductCertification.org_id).add_columns(
        ProductCertification.id, ProductCertification.number, ProductCertification.valid_from
    )
    for row in connection.execute(chosen.where(ProductCertification.id.in_(ids))):
        place = f"/recognised-products/{row.id}"
        yield row.id, Named(_names(row), row.number or "", place, "certificate", row.valid_from or "")


def _accredited(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = _by(Accreditation.org_id).add_columns(
        Accreditation.id, Accreditation.number, Accreditation.valid_from
    )
    for row in connection.execute(chosen.where(Accreditation.id.in_(ids))):
        place = f"/certification/accreditations/{row.id}"
        yield row.id, Named(_names(row), row.number, place, "accreditation", row.valid_from)


def _outside(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = sa.select(
        OutsideRecord.id,
        OutsideRecord.kind,
        OutsideRecord.number,
        OutsideRecord.issuer,
        OutsideRecord.valid_from,
    )
    for row in connection.execute(
        chosen.where(OutsideRecord.id.in_(ids), OutsideRecord.state == "confirmed")
    ):
        yield row.id, Named((row.issuer,) * 3, row.number, "", f"paper-{row.kind}", row.valid_from)


def _released(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = (
        _by(ReleaseCertificate.org_id)
        .join(Item, sa.and_(Item.org_id == ReleaseCertificate.org_id, Item.id == ReleaseCertificate.item_id))
        .add_columns(
            ReleaseCertificate.id,
            ReleaseCertificate.number,
            ReleaseCertificate.issued_at,
            Organisation.zone,
            Item.code,
        )
    )
    for row in connection.execute(chosen.where(ReleaseCertificate.id.in_(ids))):
        since = "" if row.issued_at is None else local_day(row.issued_at, row.zone).isoformat()
        yield row.id, Named(_names(row), row.number, f"/{row.code}", "release", since)


def _signed(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = sa.select(Signatory.id, Signatory.arrangement_id, Signatory.since, Arrangement.__table__)
    chosen = chosen.join(
        Arrangement,
        sa.and_(Arrangement.org_id == Signatory.org_id, Arrangement.id == Signatory.arrangement_id),
    )
    for row in connection.execute(chosen.where(Signatory.id.in_(ids))):
        yield (
            row[0],
            Named(_names(row), row.code, f"/arrangements/{row.arrangement_id}", "signature", row.since),
        )


def _agreed(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    for row in connection.execute(sa.select(Agreement.__table__).where(Agreement.id.in_(ids))):
        yield row.id, Named(_names(row), row.code, f"/agreements/{row.id}", "agreement", row.in_force)


def _parts(connection: Connection, uris: Iterable[str], pack: Family) -> Iterator[tuple[str, Named]]:
    """Units of this record by their names, parts without a record of their own by the place that they sit in."""
    wanted = list(uris)
    for uri in wanted:
        if "#" in uri:
            place = uri.partition("#")[2]
            names = tuple(place_names(pack, one).get(place, place) for one in _LOCALES)
            yield uri, Named(cast("Names", names), kind="part")
    for row in connection.execute(_PARTS.where(Item.uri.in_(wanted)).order_by(PartType.id)):
        yield row.uri, Named(_called(row), row.serial or "", f"/{row.code}", "part")


def called(connection: Connection, uri: str) -> Named:
    """What a unit is called: by its part type, else by a family's pack, else as it was recorded."""
    row = connection.execute(_PARTS.where(Item.uri == uri).order_by(PartType.id.desc()).limit(1)).one()
    return Named(_called(row), row.serial or "", f"/{row.code}", "part")


def _called(row: Row) -> Names:
    if row.name_zh_hans is None:
        return cast("Names", tuple(spoken(row.name, one) for one in _LOCALES))
    return spoken(row.name, "en"), row.name_zh_hans, row.name_zh_hant


_PARTS: sa.Select[*tuple[Any, ...]] = sa.select(
    Item.uri, Item.name, Item.serial, Item.code, PartType.name_zh_hans, PartType.name_zh_hant
).outerjoin(
    PartType,
    sa.and_(
        PartType.org_id == Item.org_id,
        PartType.maker == Item.maker,
        PartType.part_number == Item.part_number,
    ),
)
