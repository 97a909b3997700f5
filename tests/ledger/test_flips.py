"""One flipped bit in any record, view, vault row or file is named (trust.md G11), and a blind verifier is caught."""

from __future__ import annotations

import random
from contextlib import ExitStack
from dataclasses import replace

import pytest

from remanu.accounts import actions
from remanu.ledger import checkpoint
from remanu.ledger.checks import events, logs, vault, views
from remanu.ledger.verify import verify
from tests import people
from tests.accounts import place as accounts
from tests.ledger import flips, history
from tests.matrix import certified, stories

SEED = 20260301


@pytest.fixture
def whole(database, storage, kinds):
    """A record with a history, found whole."""
    history.write(database, storage)
    checkpoint.advance(database)
    history.more(database)

    def look():
        return verify(database, storage, kinds, origin="id.example.test/log")

    assert look().problems == ()
    return look


@pytest.fixture
def full(database, storage, config, registry):
    """The whole story of the process, from the gate to delivery, found whole: no table of the record is empty."""
    place = accounts.Place(database, people.WORKSHOP, config)
    whole = replace(accounts.WORKSHOP, roles=certified.ROLES)
    place.do(actions.found, place.system, organisation=whole)
    stories.tell(place, storage)
    history.more(database)

    def look():
        return verify(database, storage, registry, origin="id.example.test/log")

    assert look().problems == ()
    return look


def _missed(database, look, chosen, seed=SEED) -> list[flips.Flip]:
    """Flips that nobody names: one in each table at a time, because looking costs more than flipping."""
    rng = random.Random(seed)
    missed = []
    for together in flips.rounds(chosen):
        with ExitStack() as stack:
            made = [stack.enter_context(flips.flipped(database, rng, *place)) for place in together]
            report = look()
        missed += [one for one in made if not one.named_in(report)]
    return missed


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_every_column_is_covered(database, full):
    """In each filled column of each table one bit is flipped, and the row is named each time."""
    chosen = flips.places(database)
    assert {table.name for table, _ in chosen} == {table.name for table in flips.tables()}
    assert len(chosen) >= 400
    assert _missed(database, full, chosen) == []
    assert full().problems == ()


@pytest.mark.drill
@pytest.mark.parametrize("seed", range(20))
def test_other_bits_of_every_column(database, full, seed):
    """The same with other bits of other rows, on both engines."""
    assert _missed(database, full, flips.places(database), seed) == []


def test_some_columns_on_both_engines(database, whole):
    """The same holds for a handful on each engine."""
    chosen = random.Random(SEED).sample(flips.places(database), 15)
    assert _missed(database, whole, chosen) == []


def _blind_columns(name):
    """The comparison of views without one column."""
    compared = views._columns

    def compare(table, left, right):
        without = {column: value for column, value in left.items() if column != name}
        return compared(table, without, right)

    return compare


def _blind_told(name):
    told = events._told
    return lambda event: {column: said for column, said in told(event).items() if column != name}


BLIND = [
    (views, "_columns", _blind_columns("part_number"), ("item", "part_number")),
    (events, "_told", _blind_told("actor_ref"), ("event", "actor_ref")),
    (vault, "rows", lambda *_: (), ("person", "login_digest")),
    (vault, "keys", lambda *_: (), ("vault_key", "wrapped")),
    (logs, "_signed", lambda *_: (), ("log_checkpoint", "at")),
    (logs, "_own", lambda *_: (), ("log", "key")),
]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("module", "name", "blind", "place"), BLIND, ids=[".".join(one[3]) for one in BLIND])
def test_a_blind_verifier_is_caught(database, whole, monkeypatch, module, name, blind, place):
    """Where one check is left out, the test above would find a flip that nobody names."""
    monkeypatch.setattr(module, name, blind)
    chosen = [one for one in flips.places(database) if (one[0].name, one[1]) == place]
    assert len(_missed(database, whole, chosen)) == 1


def test_a_flipped_bit_in_a_file_is_named(storage, whole):
    """A file of evidence is named by the digest under which it is cited."""
    (digest,) = storage.digests()
    path = storage.root / digest[:2] / digest[2:]
    kept = path.read_bytes()
    rng = random.Random(SEED)
    for _ in range(5):
        spoilt = bytearray(kept)
        spoilt[rng.randrange(len(kept))] ^= 1 << rng.randrange(8)
        path.write_bytes(spoilt)
        assert [(one.table, one.key) for one in whole().problems] == [("evidence file", digest)]
    path.unlink()
    assert [(one.table, one.key) for one in whole().problems] == [("evidence file", digest)]
    path.write_bytes(kept)
    assert whole().problems == ()
