"""The vault: rows that say when they were altered, names that open by their key alone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.accounts import queries
from remanu.accounts.models import Person
from remanu.db import Base
from remanu.errors import Damaged
from remanu.ledger import raw, seal


def altered(place):
    """What the check of the vault names."""
    with raw.snapshot(place.database) as connection:
        return list(seal.altered(connection, place.database.keyring))


def test_a_whole_vault_names_nothing(place):
    """The control."""
    place.member()
    place.sign_in()
    assert altered(place) == []


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("person", "same_as"),
        ("person", "key_ref"),
        ("credential", "hash"),
        ("credential", "kind"),
        ("person_ref", "person_id"),
    ],
)
def test_a_changed_value_is_named(place, table, column):
    """Table and key of the row, whichever column it was."""
    place.member()
    change = sa.update(Base.metadata.tables[table]).values({column: "x"})
    place.do(lambda tx: tx.execute(change))
    assert [name for name, _ in altered(place)] == [table]


def test_a_flipped_bit_is_named(place, keyring):
    """One bit of a sealed name: named by the check, and never opened."""
    ref = place.member()
    person = place.ask(queries.find_person, place.org_id, ref)
    flipped = bytes([person.sealed_name[0] ^ 1]) + person.sealed_name[1:]
    place.do(lambda tx: tx.execute(sa.update(Person).values(sealed_name=flipped)))
    assert altered(place) == [("person", person.id)]
    with pytest.raises(Damaged):
        place.ask(queries.name_of, keyring, place.org_id, ref)


def test_a_name_does_not_open_for_another_person(place, keyring):
    """A sealed name is bound to its person: swapping two is damage, no change of names."""
    refs = [place.member("one"), place.member("two")]
    one, two = (place.ask(queries.find_person, place.org_id, ref) for ref in refs)
    swap = sa.update(Person).where(Person.id == one.id)
    place.do(lambda tx: tx.execute(swap.values(sealed_name=two.sealed_name, key_ref=two.key_ref)))
    with pytest.raises(Damaged):
        place.ask(queries.name_of, keyring, place.org_id, refs[0])
