"""What the rows behind a verdict are called and where everybody may read them, by their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from remanu.accounts.models import Organisation
from remanu.certification.models import Accreditation, OutsideRecord, ProductCertification
from remanu.parts.models import Item
from remanu.recognition.models import Agreement, Arrangement, Signatory
from remanu.release.models import ReleaseCertificate
from remanu.rules.verdicts import Verdict

Row = sa.Row[*tuple[Any, ...]]
_URN = "urn:uuid:"


@dataclass(frozen=True, slots=True)
class Named:
    """How a row is called: in English, Simplified and Traditional Chinese, its number or code, and its page."""

    names: tuple[str, str, str]
    code: str = ""
    address: str = ""

    def text(self, locale: str) -> str:
        """The name in one of the three languages."""
        return self.names[("en", "zh-Hans", "zh-Hant").index(locale)]


def named_in(connection: Connection, verdict: Verdict) -> Mapping[str, Named]:
    """The rows of a verdict's chain and of the parts that limit it, by the texts under which the verdict names them."""
    rows = {one.row for one in verdict.chain} | {one.row for one in verdict.failures}
    parts = {one.row for one in verdict.conditions if one.kind == "component"}
    parts |= {one.row for one in verdict.failures if one.reason == "component"}
    return dict(_found(connection, rows - parts)) | dict(_parts(connection, parts))


def _found(connection: Connection, rows: Iterable[str]) -> Iterator[tuple[str, Named]]:
    ids = {one.removeprefix(_URN).partition("#")[0]: one for one in rows if one}
    for read in (_organisations, _certified, _accredited, _outside, _released, _signed, _agreed):
        for id_, named in read(connection, list(ids)):
            yield ids[id_], named


def _names(row: Row, prefix: str = "name") -> tuple[str, str, str]:
    return tuple(getattr(row, f"{prefix}_{one}") for one in ("en", "zh_hans", "zh_hant"))


def _organisations(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    for row in connection.execute(sa.select(Organisation.__table__).where(Organisation.org_id.in_(ids))):
        yield row.org_id, Named(_names(row), row.country)


def _by(column: Any) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(Organisation.name_en, Organisation.name_zh_hans, Organisation.name_zh_hant).join_from(
        Organisation, column.class_, Organisation.org_id == column
    )


def _certified(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = _by(ProductCertification.org_id).add_columns(
        ProductCertification.id, ProductCertification.number
    )
    for row in connection.execute(chosen.where(ProductCertification.id.in_(ids))):
        yield row.id, Named(_names(row), row.number or "", f"/recognised-products/{row.id}")


def _accredited(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = _by(Accreditation.org_id).add_columns(Accreditation.id, Accreditation.number)
    for row in connection.execute(chosen.where(Accreditation.id.in_(ids))):
        yield row.id, Named(_names(row), row.number, f"/certification/accreditations/{row.id}")


def _outside(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = sa.select(OutsideRecord.id, OutsideRecord.number, OutsideRecord.issuer)
    for row in connection.execute(
        chosen.where(OutsideRecord.id.in_(ids), OutsideRecord.state == "confirmed")
    ):
        yield row.id, Named((row.issuer,) * 3, row.number)


def _released(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = (
        _by(ReleaseCertificate.org_id)
        .join(Item, sa.and_(Item.org_id == ReleaseCertificate.org_id, Item.id == ReleaseCertificate.item_id))
        .add_columns(ReleaseCertificate.id, ReleaseCertificate.number, Item.code)
    )
    for row in connection.execute(chosen.where(ReleaseCertificate.id.in_(ids))):
        yield row.id, Named(_names(row), row.number, f"/{row.code}")


def _signed(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    chosen = sa.select(Signatory.id, Signatory.arrangement_id, Arrangement.__table__)
    chosen = chosen.join(
        Arrangement,
        sa.and_(Arrangement.org_id == Signatory.org_id, Arrangement.id == Signatory.arrangement_id),
    )
    for row in connection.execute(chosen.where(Signatory.id.in_(ids))):
        yield row[0], Named(_names(row), row.code, f"/arrangements/{row.arrangement_id}")


def _agreed(connection: Connection, ids: list[str]) -> Iterator[tuple[str, Named]]:
    for row in connection.execute(sa.select(Agreement.__table__).where(Agreement.id.in_(ids))):
        yield row.id, Named(_names(row), row.code, f"/agreements/{row.id}")


def _parts(connection: Connection, uris: Iterable[str]) -> Iterator[tuple[str, Named]]:
    """Parts that limit an assembly: those of this record by their names, others by the place that they sit in."""
    for uri in uris:
        if "#" in uri:
            place = uri.partition("#")[2]
            yield uri, Named((place,) * 3)
    chosen = sa.select(Item.uri, Item.name, Item.serial, Item.code).where(Item.uri.in_(list(uris)))
    for row in connection.execute(chosen):
        yield row.uri, Named((row.name,) * 3, row.serial or "", f"/{row.code}")
