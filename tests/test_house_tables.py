"""Every table has a class, every column a privacy class, every tenant key its organisation in front."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.house import tables


def test_every_table_keeps_the_rules():
    """No table of the project lacks a class, a privacy class or its organisation."""
    assert tables.faults(tables.metadata()) == []


def test_every_exception_is_still_needed():
    """The lists of exceptions name only tables that exist."""
    known = set(tables.metadata().tables)
    assert set(tables.GLOBAL) | {name for name, _ in tables.ACROSS} <= known


def _column(name, *args, privacy="public", **options):
    return sa.Column(name, sa.Text, *args, info={"privacy": privacy}, **options)


def _table(name, *parts, kind="view", strict=True):
    holder = sa.MetaData()
    sa.Table(
        "item",
        holder,
        _column("org_id", primary_key=True),
        _column("id", primary_key=True),
        **_args("view", strict=True),
    )
    sa.Table(name, holder, *parts, **_args(kind, strict=strict))
    return holder


def _args(kind, *, strict):
    return {"info": {"class": kind}, "sqlite_strict": strict}


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (_table("t", _column("id", primary_key=True), kind="other"), "has no class"),
        (_table("t", _column("id", primary_key=True), strict=False), "not STRICT"),
        (_table("t", _column("id", primary_key=True, privacy="hidden")), "no privacy class"),
        (_table("t", _column("id", primary_key=True), _column("org_id")), "does not begin with org_id"),
        (
            _table("t", _column("org_id", primary_key=True), _column("a", unique=True)),
            "does not begin with org_id",
        ),
        (
            _table("t", _column("org_id", primary_key=True), _column("a", unique=True, index=True)),
            "does not begin with org_id",
        ),
        (
            _table("t", _column("org_id", primary_key=True), _column("a", sa.ForeignKey("item.id"))),
            "across organisations",
        ),
    ],
)
def test_a_planted_fault_is_found(spoiled, said):
    """Each kind of fault is named with its table."""
    found = tables.faults(spoiled)
    assert [one for one in found if one.startswith("t: ") and said in one]
