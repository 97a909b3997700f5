"""What asking costs, and who is told what."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from remanu.accounts import queries
from remanu.errors import NotFound


@contextmanager
def counted(database):
    """The statements that reading takes."""
    seen = []

    def note(_connection, _cursor, statement, *_):
        seen.append(statement)

    sa.event.listen(database.read_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(database.read_engine, "before_cursor_execute", note)


def test_a_session_takes_one_statement(place):
    """Live membership, roles, name and organisation by one look."""
    place.member()
    token = place.sign_in()
    with counted(place.database) as seen:
        assert place.live(token).name == "Name of clerk"
    assert len(seen) == 1


def test_an_unknown_token_is_nobody(place):
    """No session, no error."""
    assert place.live("nothing of ours") is None


def test_a_name_takes_one_statement(place, keyring):
    """The name behind a pseudonym."""
    ref = place.member()
    with counted(place.database) as seen:
        assert place.ask(queries.name_of, keyring, place.org_id, ref)
    assert len(seen) == 1


def test_many_names_take_one_statement(place, keyring):
    """A history of ten people is no slower to sign than one of two; who was erased has no name."""
    refs = [place.member(login) for login in ("one", "two")]
    with counted(place.database) as seen:
        names = place.ask(queries.names_of, keyring, place.org_id, [*refs, "erased"])
    assert names == dict(zip(refs, ("Name of one", "Name of two"), strict=True))
    assert len(seen) == 1


def test_names_are_an_organisations_own(place, other, keyring):
    """Another organisation's pseudonym tells nothing here."""
    assert place.ask(queries.name_of, keyring, place.org_id, other.member("far")) is None


def test_persons_of_nobody(place):
    """No pseudonyms, no persons."""
    assert place.ask(queries.persons_of, place.org_id, []) == {}


def test_the_operator_finds_a_member_by_login(place, other, keyring):
    """In his organisation alone."""
    ref = place.member("clerk")
    assert place.ask(queries.ref_by_login, keyring, place.org_id, "CLERK") == ref
    for org_id, login in ((other.org_id, "clerk"), (place.org_id, "nobody")):
        with pytest.raises(NotFound):
            place.ask(queries.ref_by_login, keyring, org_id, login)
