"""Tables of provenance: how often labels are read, and what readers say does not match. Working data alone."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class ScanDay(Base):
    """How often a label was read on one day of UTC, and nothing about who read it.

    `label` is empty where the address named the part alone, `?` for codes that were never issued: whoever makes up
    codes adds to one row and makes no new ones.
    """

    __tablename__ = "scan_day"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "item_id", "label", "day"))
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    label: Mapped[str] = column("internal")
    day: Mapped[str] = column("internal")
    scans: Mapped[int] = column("internal")


class Mismatch(Base):
    """A reader says that the part in hand is not what the record describes.

    `sender` is a keyed digest of day and address: it tells two senders of one day apart and nobody from anybody
    on another day. The address itself is kept nowhere.
    """

    __tablename__ = "mismatch"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_mismatch_org_id_item_id_day", "org_id", "item_id", "day"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    label: Mapped[str] = column("internal")
    what: Mapped[str] = column("internal")
    note: Mapped[str] = column("internal")
    sender: Mapped[str] = column("internal")
    day: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")


class ReadingPlace(Base):
    """A reader said yes to it: his label was read within a square of half a degree, some fifty kilometres.

    `device` is a keyed digest of a random number that the browser made, under a key that is gone after its week: it
    tells devices apart within the week and nobody from anybody afterwards. Rows are deleted after their retention.
    """

    __tablename__ = "reading_place"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_reading_place_org_id_item_id_at", "org_id", "item_id", "at"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    label: Mapped[str] = column("internal")
    cell_row: Mapped[int] = column("internal")
    cell_column: Mapped[int] = column("internal")
    device: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")


class ReadingKey(Base):
    """The key of one week under which devices are told apart; deleted when the week is over."""

    __tablename__ = "reading_key"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "week"))
    org_id: Mapped[str] = column("internal")
    week: Mapped[str] = column("internal")
    key: Mapped[bytes] = column("secret")


class ReportAnswer(Base):
    """What the owner did about a reader's report: answered it, closed it; by whom, when and why."""

    __tablename__ = "report_answer"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "report_id", "state"))
    org_id: Mapped[str] = column("internal")
    report_id: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    why: Mapped[str] = column("internal")
    by_ref: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")


class OddNote(Base):
    """What the owner found about odd readings of a label up to a day of UTC: answered, closed; by whom, when and why.

    `label` is empty where the oddity is of the part's record. Nothing stands here about who read the label.
    """

    __tablename__ = "odd_note"
    __table_args__ = table(
        "working", sa.PrimaryKeyConstraint("org_id", "item_id", "label", "sign", "until", "state")
    )
    org_id: Mapped[str] = column("internal")
    item_id: Mapped[str] = column("internal")
    label: Mapped[str] = column("internal")
    sign: Mapped[str] = column("internal")
    until: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    why: Mapped[str] = column("internal")
    by_ref: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")


class ReportContact(Base):
    """How a reader wants to be reached about his report, if he said so: encrypted, and bound to the report.

    The row goes when the report is closed, and after its retention.
    """

    __tablename__ = "report_contact"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "report_id"))
    org_id: Mapped[str] = column("internal")
    report_id: Mapped[str] = column("internal")
    contact: Mapped[bytes] = column("secret")
    at: Mapped[datetime] = column("internal")
