"""How the public address behaves: forgiving codes, negotiation, methods, caching, limits, statements."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from remanu.provenance.queries import lookup, record
from remanu.rules import identity
from tests.provenance.site import statements

UNKNOWN = identity.new_item_code(lambda bits: 12345 % 2**bits)


def _wrong(code):
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def test_two_statements_and_then_one(told, stranger, clock):
    """New: two. Within the minute: one, in any language or form. After a minute, or when anything happened: two."""
    told.labelled()
    stranger.get("/healthz")
    address = f"/{told.code}/{told.label}"

    def asked(address):
        with statements(told.database) as seen:
            stranger.get(address)
        return len(seen)

    assert asked(address) == 2
    assert [asked(address), asked(f"{address}?lang=zh-Hans"), asked(f"/{told.code}?format=json")] == [1, 1, 1]
    clock.advance(seconds=59)
    assert asked(address) == 1
    clock.advance(seconds=1)
    assert asked(address) == 2
    told.papers.lose(told.label)
    assert asked(address) == 2
    assert asked(f"/{told.code}/ABCDEF") == 1
    assert asked(f"/{UNKNOWN}") == 1


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_statement_reads_a_whole_table(told):
    """The plan of both statements looks everything up by a key (performance.md §3.1)."""
    told.released(2)
    told.sign()
    with told.database.reading() as connection:
        found = lookup.find(connection, told.code)
        for statement, values in (
            (lookup._FIND, {"code": told.code}),
            (record._READ, {"org_id": found.org_id, "item_id": found.item_id}),
        ):
            compiled = statement.compile(dialect=told.database.read_engine.dialect)
            state = compiled.construct_expanded_state(values)
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {state.statement}", tuple(state.positional_parameters)
            )
            lines = [row[3] for row in plan]
            tables = sa.inspect(told.database.read_engine).get_table_names()
            assert [one for one in lines if one.startswith("SCAN") and one.split()[1] in tables] == []
            assert [one for one in lines if "BLOOM" in one] == []


def test_a_code_is_read_forgivingly(told, stranger):
    """Any case, hyphens, O for 0, a slash or dot behind it; answered where it is, never with a lasting redirect."""
    code = told.code
    grouped = f"{code[:4]}-{code[4:9]}-{code[9:]}"
    misread = code.replace("0", "O").replace("1", "l")
    for typed in (code, code.lower(), grouped, misread, f"{code}/", f"{code}.", f"{grouped.lower()})"):
        answer = stranger.get(f"/{typed}")
        assert (answer.status_code, code in answer.text) == (200, True), typed
    label = told.papers.reserve("tag")
    for typed in (f"{code}/{label.lower()}", f"{code}/{label}/", f"{code}/{label}."):
        assert stranger.get(f"/{typed}").status_code == 200, typed


def test_what_is_no_code_of_ours(told, stranger):
    """One wrong character is said in words, an unknown code is not found, and neither is an error of ours."""
    wrong = stranger.get(f"/{_wrong(told.code)}")
    assert (wrong.status_code, "One character of this code is wrong" in wrong.text) == (400, True)
    for odd in ("/thirteenchars", "/" + "A" * 19, "/" + "A" * 2000, f"/{told.code}/a/b", f"/{told.code}/%00"):
        assert stranger.get(odd).status_code in {400, 404}, odd
    for odd in ("ABC", "ABCDEFG", "......", "UUUUUU"):
        assert stranger.get(f"/{told.code}/{odd}").status_code == 404, odd


def test_an_unknown_code(stranger, told):
    """A well-formed code without a record: one plain answer, as a page and as a problem document."""
    code = UNKNOWN
    page = stranger.get(f"/{code}")
    assert (page.status_code, "No part is recorded under this code" in page.text) == (404, True)
    document = stranger.get(f"/{code}", headers={"Accept": "application/json"})
    assert (document.status_code, document.json["code"]) == (404, "unknown-code")
    for beside in ("events", "certificate.json", "certificate.pdf", "photo.webp", "proof/x", "report"):
        assert stranger.get(f"/{code}/{beside}").status_code == 404


def test_page_or_document(told, stranger):
    """By Accept or by the address; types and the way to the other are in the headers."""
    base = f"/{told.code}"
    assert stranger.get(base).content_type == "text/html; charset=utf-8"
    accepted = stranger.get(base, headers={"Accept": "application/json"})
    assert accepted.content_type == "application/json; charset=utf-8"
    assert accepted.json == stranger.get(f"{base}?format=json").json
    assert stranger.get(f"{base}?format=html", headers={"Accept": "application/json"}).text.startswith(
        "<!doctype"
    )
    page = stranger.get(base)
    assert {"Accept", "Accept-Language"} <= set(page.vary)
    assert 'rel="alternate"' in page.headers["Link"]


def test_head_options_and_other_sites(told, stranger):
    """HEAD is GET without a body, OPTIONS lists what there is, and any site may read what is public."""
    base = f"/{told.code}"
    got, head = stranger.get(base), stranger.head(base)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", got.headers["ETag"])
    options = stranger.options(base)
    assert options.status_code == 200
    assert {"GET", "HEAD", "OPTIONS"} == {one.strip() for one in options.headers["Allow"].split(",")}
    for answer in (got, head, options, stranger.get("/log/key"), stranger.get(f"{base}/events")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in got.headers
    assert "Access-Control-Allow-Origin" not in stranger.get(f"{base}/report").headers
    for method in ("post", "put", "delete", "patch"):
        assert getattr(stranger, method)(base).status_code == 405
    stranger.set_cookie("__Host-remanu_session", "somebody")
    assert "Access-Control-Allow-Origin" not in stranger.get(base).headers


def test_an_answer_that_is_known_is_not_sent_again(told, stranger):
    """The tag changes with the page, and only then; what changed is sent at once."""
    base = f"/{told.code}"
    first = stranger.get(base)
    again = stranger.get(base, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "no-cache" in first.headers["Cache-Control"]
    told.engine.receive()
    assert stranger.get(base, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_too_many(told, stranger):
    """One address may ask four times a second for a minute, then it waits."""
    answers = [stranger.head(f"/{told.code}").status_code for _ in range(241)]
    assert answers[:240] == [200] * 240
    assert answers[240] == 429
