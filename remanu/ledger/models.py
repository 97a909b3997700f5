"""Tables of the record: events, sealed documents, the transparency log, evidence and idempotency keys."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class EventRow(Base):
    """One thing done by one person to one subject; never changed, never removed (I64, T-R4).

    `position` is local and unhashed, taken at insert; on SQLite it is the rowid alias, because only that
    may count up by itself (migration 0001).
    """

    __tablename__ = "event"
    __table_args__ = table(
        "record",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("position"),
        sa.UniqueConstraint("org_id", "subject_id", "seq"),
        sa.UniqueConstraint("org_id", "commitment"),
    )
    position: Mapped[int] = column("internal", sa.Identity(always=False))
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    subject_id: Mapped[str] = column("public")
    seq: Mapped[int] = column("public")
    kind: Mapped[str] = column("public")
    version: Mapped[int] = column("public")
    act_id: Mapped[str] = column("public")
    canonical: Mapped[bytes] = column("public")
    commitment: Mapped[bytes] = column("public")
    previous: Mapped[bytes | None] = column("public")
    actor_ref: Mapped[str] = column("internal")
    occurred_at: Mapped[datetime] = column("public")
    recorded_at: Mapped[datetime] = column("public")


class Sealed(Base):
    """The private fields of an event, encrypted for a person or an organisation."""

    __tablename__ = "sealed"
    __table_args__ = table("vault", sa.PrimaryKeyConstraint("org_id", "event_id"))
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")
    ciphertext: Mapped[bytes] = column("secret")
    key_ref: Mapped[str] = column("internal")


class VaultKey(Base):
    """A data key, wrapped by the master key; destroying the row is erasing what it opened."""

    __tablename__ = "vault_key"
    __table_args__ = table("vault", sa.PrimaryKeyConstraint("ref"))
    ref: Mapped[str] = column("internal")
    wrapped: Mapped[bytes] = column("secret")


class Log(Base):
    """One transparency log an authority."""

    __tablename__ = "log"
    __table_args__ = table("record", sa.PrimaryKeyConstraint("id"))
    id: Mapped[str] = column("public")
    origin: Mapped[str] = column("public")
    key: Mapped[bytes] = column("public")
    successor: Mapped[str | None] = column("public")


class LogPending(Base):
    """An event that is durable and not yet entered in its log."""

    __tablename__ = "log_pending"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("log_id", "position"))
    log_id: Mapped[str] = column("internal")
    position: Mapped[int] = column("internal")
    org_id: Mapped[str] = column("internal")
    event_id: Mapped[str] = column("internal")


class LogEntry(Base):
    """Where an event stands in its log; `position` repeats the event's, so that either can accuse the other."""

    __tablename__ = "log_entry"
    __table_args__ = table(
        "record",
        sa.PrimaryKeyConstraint("log_id", "idx"),
        sa.UniqueConstraint("log_id", "org_id", "event_id"),
    )
    log_id: Mapped[str] = column("public")
    idx: Mapped[int] = column("public")
    org_id: Mapped[str] = column("public")
    event_id: Mapped[str] = column("public")
    position: Mapped[int] = column("internal")


class LogNode(Base):
    """A complete node of the RFC 6962 tree."""

    __tablename__ = "log_node"
    __table_args__ = table("record", sa.PrimaryKeyConstraint("log_id", "level", "idx"))
    log_id: Mapped[str] = column("public")
    level: Mapped[int] = column("public")
    idx: Mapped[int] = column("public")
    hash: Mapped[bytes] = column("public")


class LogCheckpoint(Base):
    """A signed tree head (C2SP signed note); `at` is repeated in the note, under the signature."""

    __tablename__ = "log_checkpoint"
    __table_args__ = table("record", sa.PrimaryKeyConstraint("log_id", "size"))
    log_id: Mapped[str] = column("public")
    size: Mapped[int] = column("public")
    note: Mapped[str] = column("public")
    at: Mapped[datetime] = column("public")


class Evidence(Base):
    """A file cited by an event: photo, curve, report. Its bytes are in the evidence store under its digest."""

    __tablename__ = "evidence"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "digest"))
    org_id: Mapped[str] = column("internal")
    digest: Mapped[str] = column("public")
    media_type: Mapped[str] = column("public")
    size: Mapped[int] = column("public")
    event_id: Mapped[str] = column("internal")


class Request(Base):
    """An act's idempotency key with the answer it got, written in the act's own transaction (T25)."""

    __tablename__ = "request"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "key"))
    org_id: Mapped[str] = column("internal")
    key: Mapped[str] = column("internal")
    digest: Mapped[bytes] = column("internal")
    status: Mapped[int] = column("internal")
    answer: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")
