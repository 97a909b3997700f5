"""Tables of accounts: organisations, memberships, authorisations, devices, the vault of persons, sessions."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from remanu.db import Base, column, table


class Organisation(Base):
    """The tenant: a workshop, a certification or accreditation body, an owner or an authority."""

    __tablename__ = "organisation"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id"))
    org_id: Mapped[str] = column("public")
    name_en: Mapped[str] = column("public")
    name_zh_hans: Mapped[str] = column("public")
    name_zh_hant: Mapped[str] = column("public")
    country: Mapped[str] = column("public")
    zone: Mapped[str] = column("public")
    roles: Mapped[str] = column("public")
    number: Mapped[str | None] = column("public")


class OrganisationSite(Base):
    """A site of the organisation from one day until before another; scopes of certificates name it by `name`.

    `places` are the places of units that belong to it, JSON text. The usual one is that of units in no place of any.
    """

    __tablename__ = "organisation_site"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.org_id"]),
    )
    org_id: Mapped[str] = column("public")
    id: Mapped[str] = column("public")
    name: Mapped[str] = column("public")
    places: Mapped[str] = column("internal")
    usual: Mapped[bool] = column("internal")
    opened_on: Mapped[str] = column("public")
    closed_on: Mapped[str | None] = column("public")


class Membership(Base):
    """A person in an organisation, known there by a random pseudonym (trust.md §7)."""

    __tablename__ = "membership"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "ref"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.org_id"]),
    )
    org_id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    roles: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    joined_at: Mapped[datetime] = column("internal")


class OwnFamily(Base):
    """A product family of the organisation's own, beside the built-in ones: people can be authorised for it."""

    __tablename__ = "own_family"
    __table_args__ = table("view", sa.PrimaryKeyConstraint("org_id", "family"))
    org_id: Mapped[str] = column("internal")
    family: Mapped[str] = column("public")


class SamePerson(Base):
    """Members who were stated to be one human being: all of them have the same `root`, one of their pseudonyms.

    It names nobody, so that it outlives the erasure of a name: own work stays own work (T9, I32).
    """

    __tablename__ = "same_person"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "ref"),
        sa.ForeignKeyConstraint(["org_id", "ref"], ["membership.org_id", "membership.ref"]),
        sa.Index("ix_same_person_org_id_root", "org_id", "root"),
    )
    org_id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    root: Mapped[str] = column("internal")


class Authorisation(Base):
    """What a member may sign: family × activity × site, from one moment until before another (I36, T-R10).

    `scope` is the one method or procedure that it covers, all where there is none.
    """

    __tablename__ = "authorisation"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id", "ref"], ["membership.org_id", "membership.ref"]),
        sa.Index("ix_authorisation_org_id_ref", "org_id", "ref"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    number: Mapped[str] = column("public")
    family: Mapped[str] = column("public")
    activity: Mapped[str] = column("public")
    site: Mapped[str] = column("public")
    valid_from: Mapped[datetime] = column("public")
    valid_to: Mapped[datetime] = column("public")
    withdrawn_at: Mapped[datetime | None] = column("public")
    scope: Mapped[str | None] = column("public")
    level: Mapped[str | None] = column("public")
    issuer: Mapped[str | None] = column("public")


class Device(Base):
    """A shared workshop tablet; its token is derived from its id and stored nowhere."""

    __tablename__ = "device"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.ForeignKeyConstraint(["org_id"], ["organisation.org_id"]),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    name: Mapped[str] = column("internal")
    enrolled_at: Mapped[datetime] = column("internal")
    retired_at: Mapped[datetime | None] = column("internal")


class Person(Base):
    """A human being; name and login stand sealed under a key of the person's own."""

    __tablename__ = "person"
    __table_args__ = table("vault", sa.PrimaryKeyConstraint("id"), sa.UniqueConstraint("login_digest"))
    id: Mapped[str] = column("internal")
    key_ref: Mapped[str] = column("internal", index=True)
    sealed_name: Mapped[bytes] = column("secret")
    login_digest: Mapped[bytes] = column("secret")
    same_as: Mapped[str | None] = column("personal")
    mac: Mapped[bytes] = column("secret")


class PersonRef(Base):
    """Which person a pseudonym stands for; removing the row is what makes the record forget."""

    __tablename__ = "person_ref"
    __table_args__ = table(
        "vault", sa.PrimaryKeyConstraint("org_id", "ref"), sa.UniqueConstraint("org_id", "person_id")
    )
    org_id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    person_id: Mapped[str] = column("personal", index=True)
    mac: Mapped[bytes] = column("secret")


class Credential(Base):
    """What a person proves himself by: argon2id of a password or PIN, a keyed digest of a badge's code."""

    __tablename__ = "credential"
    __table_args__ = table(
        "vault",
        sa.PrimaryKeyConstraint("person_id", "kind"),
        sa.Index("ix_credential_kind_hash", "kind", "hash"),
    )
    person_id: Mapped[str] = column("personal")
    kind: Mapped[str] = column("internal")
    hash: Mapped[str] = column("secret")
    changed_at: Mapped[datetime] = column("internal")
    mac: Mapped[bytes] = column("secret")


class Session(Base):
    """A signed-in person on one browser or tablet; only the SHA-256 of its token is kept (ASVS 7.2.3)."""

    __tablename__ = "session"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "token_digest"),
        sa.Index("ix_session_token_digest", "token_digest"),
        sa.Index("ix_session_org_id_ref", "org_id", "ref"),
    )
    token_digest: Mapped[str] = column("secret")
    person_id: Mapped[str] = column("personal", index=True)
    org_id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    device_id: Mapped[str | None] = column("internal")
    created_at: Mapped[datetime] = column("internal")
    seen_at: Mapped[datetime] = column("internal")
    fresh_until: Mapped[datetime | None] = column("internal")
    ended_at: Mapped[datetime | None] = column("internal")
    full_until: Mapped[datetime | None] = column("internal")


class Invitation(Base):
    """A one-time link: for somebody new, or for a `member` who lost the password, or, by `purpose`, his codes.

    The link's token is random and shown once; only its SHA-256 is kept (ASVS 6.4.1, 7.2.3).
    """

    __tablename__ = "invitation"
    __table_args__ = table(
        "working",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.Index("ix_invitation_id", "id"),
        sa.Index("ix_invitation_token_digest", "token_digest"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    roles: Mapped[str] = column("internal")
    member: Mapped[str | None] = column("internal")
    invited_by: Mapped[str] = column("internal")
    expires_at: Mapped[datetime] = column("internal")
    used_at: Mapped[datetime | None] = column("internal")
    token_digest: Mapped[str | None] = column("secret")
    purpose: Mapped[str | None] = column("internal")


class Attempt(Base):
    """One try to prove who one is, under keyed digests of account and address (ASVS 6.3.1)."""

    __tablename__ = "attempt"
    __table_args__ = table(
        "working", sa.PrimaryKeyConstraint("key_digest", "id"), sa.Index("ix_attempt_at", "at")
    )
    key_digest: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")
    ok: Mapped[bool] = column("internal")


class Passkey(Base):
    """A passkey by which a member signs; its public key stays for ever, so that what it signed can be checked.

    `registered` until a second person confirms it, then `active`, `doubted` once its counter went back, `retired`.
    """

    __tablename__ = "passkey"
    __table_args__ = table(
        "view",
        sa.PrimaryKeyConstraint("org_id", "id"),
        sa.UniqueConstraint("org_id", "credential"),
        sa.ForeignKeyConstraint(["org_id", "ref"], ["membership.org_id", "membership.ref"]),
        sa.Index("ix_passkey_org_id_ref", "org_id", "ref"),
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    ref: Mapped[str] = column("internal")
    name: Mapped[str] = column("internal")
    credential: Mapped[str] = column("public")
    key: Mapped[str] = column("public")
    rp_id: Mapped[str] = column("public")
    copyable: Mapped[bool] = column("internal")
    state: Mapped[str] = column("internal")
    registered_at: Mapped[datetime] = column("internal")
    confirmed_at: Mapped[datetime | None] = column("internal")
    confirmed_by: Mapped[str | None] = column("internal")
    retired_at: Mapped[datetime | None] = column("internal")


class PasskeyUse(Base):
    """How far a passkey's own counter had come when it last signed here."""

    __tablename__ = "passkey_use"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("org_id", "passkey_id"))
    org_id: Mapped[str] = column("internal")
    passkey_id: Mapped[str] = column("internal")
    counter: Mapped[int] = column("internal")
    used_at: Mapped[datetime] = column("internal")


class SigningPolicy(Base):
    """By what the organisation's acts are signed: `proposed`, `in_force`, `former` or `withdrawn`."""

    __tablename__ = "signing_policy"
    __table_args__ = table(
        "view", sa.PrimaryKeyConstraint("org_id", "id"), sa.Index("ix_signing_policy_org_id_state", "org_id", "state")
    )
    org_id: Mapped[str] = column("internal")
    id: Mapped[str] = column("internal")
    ways: Mapped[str] = column("internal")
    state: Mapped[str] = column("internal")
    proposed_by: Mapped[str] = column("internal")
    proposed_at: Mapped[datetime] = column("internal")
    decided_by: Mapped[str | None] = column("internal")
    decided_at: Mapped[datetime | None] = column("internal")


class SpentProof(Base):
    """A one-time code or a nonce that was used, as a keyed digest: it is good for nothing any more (ASVS 6.5.1)."""

    __tablename__ = "spent_proof"
    __table_args__ = table("working", sa.PrimaryKeyConstraint("digest"), sa.Index("ix_spent_proof_at", "at"))
    digest: Mapped[str] = column("internal")
    at: Mapped[datetime] = column("internal")
