"""How many statements the dossier, its signature and the page of a part take: what many rules ask for is read once."""

from __future__ import annotations

import pytest

from remanu.reads import once, reading_once
from tests.release.desk import counted

# As sent, with room for one more question each; they were 57, 32 and 49 while every rule asked for itself.
SUBMIT, RELEASE, PAGE = 44, 39, 40


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_statements_of_the_dossier_and_of_the_page(desk, database, certifier):
    """Thirty-odd sorts of evidence are one question each, however many rules read them."""
    desk.until("TEST_PASSED")
    with counted(database, database.write_engine) as submitting:
        desk.submit()
    digest = desk.digest()
    with counted(database, database.write_engine) as signing:
        desk.release(digest=digest)
    with counted(database) as page:
        assert certifier.get(f"/parts/{desk.yard.unit}").status_code == 200

    assert len(submitting) <= SUBMIT, "\n".join(submitting)
    assert len(signing) <= RELEASE, "\n".join(signing)
    assert len(page) <= PAGE, "\n".join(page)


def test_rows_are_kept_only_while_asked_to(database):
    """Inside a scope once for each question and connection, outside every time; what was handed out is one's own."""
    asked = []

    @once
    def rows(_connection, name: str) -> list[str]:
        asked.append(name)
        return [name]

    with database.reading() as connection:
        rows(connection, "a").append("changed")
        assert rows(connection, "a") == ["a"]
        rows(connection, "b")
        database.transact(lambda tx: [rows(tx.connection, "a"), rows(tx.connection, "a")])
    assert asked == ["a", "b", "a", "a"]
    with database.reading() as connection, reading_once():
        rows(connection, "a")
    rows(connection, "a")
    assert asked[4:] == ["a", "a"]
