"""The resolver, statement by statement of the public test list of GS1's resolver standard 1.2 (labels.md §1.5).

What stands here is designed after that list and the published schema of link sets; nobody has certified anything.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from remanu.parts import actions
from remanu.parts.events import Cited
from remanu.parts.queries import identifiers as held
from remanu.provenance import queries
from remanu.rules import resolver
from tests.provenance.site import statements

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "gs1"
absent = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="RESOLVER NOT COMPARED: ../shared/data/gs1 is not beside the project"
)
GTIN = "09506000134352"
LINKSET = "application/linkset+json"
VOC = resolver.VOCABULARY
LETTER = Cited(digest="cd" * 32, media_type="application/pdf", size=9, shows="")
NOT_APPLICABLE = "not applicable: "
STATEMENTS = {
    "SHALL support HTTP 1.1": "test_methods",
    "SHALL support HTTP Over TLS": NOT_APPLICABLE + "the server in front does it (docs/operator.md)",
    "SHALL support CORS": "test_methods",
    "SHALL be able to decompress": NOT_APPLICABLE
    + "compressed addresses are never printed; declared unsupported",
    "If handling a compressed request URI": NOT_APPLICABLE + "compressed addresses are declared unsupported",
    "SHALL extract and syntactically validate": "test_syntax_errors",
    "SHALL NOT use a 200 OK": "test_syntax_errors",
    "SHALL respond to a query parameter of linkType set to all": "test_the_link_set",
    "SHOULD expose link to the linkset": "test_the_link_set_is_told_of_in_a_header",
    "SHALL recognise one available link as the default": "test_one_default_link",
    "All links exposed SHALL include": "test_one_default_link",
    "SHALL redirect to the default link": "test_the_default",
    "SHALL redirect to the requested linkType": "test_a_link_type",
    "By default, SHALL pass on all key=value pairs": "test_the_query_is_passed_on",
    "SHALL provide a resolver description file": "test_the_description",
    "If supporting multiple links per identified item": "test_namespaces_of_link_types",
    "If supporting redirection based on an MO": NOT_APPLICABLE + "nothing is redirected by a prefix",
    "SHOULD tolerate trailing slashes": "test_a_slash_behind",
}


@pytest.fixture
def part(told, engine):
    """A released engine with a label of ours and three GS1 keys."""
    told.labelled()
    actor = told.engine.actor

    def do(role, action, *args, **given):
        who = replace(actor, roles=frozenset({role}))
        return told.database.transact(lambda tx: action(tx, who, *args, **given))

    first = {"prefix": "9506000", "applies_from": date(2000, 1, 1), "evidence": (LETTER,)}
    do("admin", actions.confirm_prefix, **first)
    with told.database.reading() as connection:
        told.item = queries.find(connection, told.code).item_id
    for scheme, number, serial in (
        ("gs1-gtin", GTIN, "A/1"),
        ("gs1-giai", "9506000", "ROTOR"),
        ("gs1-cpid", "9506000-K", "17"),
    ):
        do("label_officer", actions.mint_identifier, told.item, scheme=scheme, number=number, serial=serial)
    return told


SGTIN = f"/01/{GTIN}/21/A%2F1"


def addresses(part):
    """Ours, with and without label, and those of GS1."""
    return (
        f"/{part.code}",
        f"/{part.code}/{part.label}",
        SGTIN,
        "/8004/9506000ROTOR",
        "/8010/9506000-K/8011/17",
    )


@absent
def test_every_statement_is_answered():
    """No statement of the list is left out, and each names a test that is there."""
    lines = (FOLDER / "resolver" / "Conformance1_2.txt").read_text("utf-8").splitlines()
    for line in filter(None, lines):
        (answer,) = [said for begins, said in STATEMENTS.items() if line.startswith(begins)]
        assert answer.startswith(NOT_APPLICABLE) or answer in globals()
    assert len([one for one in lines if one]) == len(STATEMENTS)


def test_methods(part, stranger):
    """GET, HEAD and OPTIONS at every address, and any site may read, refusals too."""
    for address in (
        *addresses(part),
        f"/01/{GTIN}",
        "/01/09506000134351",
        "/8004/123",
        "/.well-known/gs1resolver",
    ):
        for ask in (stranger.get, stranger.head, stranger.options):
            answer = ask(address)
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
            assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
            assert answer.status_code != 405
        assert {"GET", "HEAD", "OPTIONS"} == {
            one.strip() for one in stranger.options(address).headers["Allow"].split(",")
        }


@pytest.mark.parametrize(
    "path",
    [
        "/01/09506000134351",
        "/01/9506000134352",
        f"/01/{GTIN}/21/%C3%A9",
        f"/01/{GTIN}/21/A/10/B",
        f"/01/{GTIN}/99/A",
        f"/01/{GTIN}?21=A",
        "/8004/ABC",
    ],
)
def test_syntax_errors(part, stranger, path):
    """400, as a page and as data, with the reason; never 200."""
    assert stranger.get(path).status_code == 400
    told = stranger.get(path, headers={"Accept": "application/json"})
    assert (told.status_code, told.json["why"][:4]) == (400, "gs1-")


def test_unknown_keys(part, stranger):
    """Well formed and nobody's here: 404."""
    for path in (
        "/01/09520123456788/21/A1",
        "/8004/9506000OTHER",
        "/414/9520123456788",
        f"/8006/{GTIN}0102/21/A",
    ):
        assert stranger.get(path).status_code == 404
        assert stranger.get(path, headers={"Accept": "application/json"}).json["code"] == "unknown-code"


@absent
def test_the_link_set(part, stranger):
    """By the word, the former word or the media type: without redirect, right type, valid, each level up to the key."""
    schema = json.loads((FOLDER / "linkset" / "gs1-linkset-schema.json").read_bytes())
    asked = (
        {"query_string": {"linkType": "linkset"}},
        {"query_string": {"linkType": "all"}},
        {"headers": {"Accept": LINKSET}},
    )
    for address in (*addresses(part), f"/01/{GTIN}"):
        for how in asked:
            answer = stranger.get(address, **how)
            assert (answer.status_code, answer.content_type) == (200, LINKSET)
            assert 'rel="http://www.w3.org/ns/json-ld#context"' in " ".join(answer.headers.getlist("Link"))
            jsonschema.validate(answer.json, schema)
    anchors = [one["anchor"] for one in stranger.get(SGTIN, headers={"Accept": LINKSET}).json["linkset"]]
    origin = "https://id.example.test"
    assert anchors == [origin + SGTIN, f"{origin}/01/{GTIN}", f"{origin}/{part.code}"]
    spoiled = stranger.get(SGTIN, headers={"Accept": LINKSET}).json
    spoiled["linkset"][0][f"{VOC}pip"][1]["hreflang"] = ["zh-Hans"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(spoiled, schema)


def test_the_link_set_is_told_of_in_a_header(part, stranger):
    """Also when redirecting, and on the page itself."""
    for address in addresses(part):
        answer = stranger.get(address)
        assert any("?linkType=linkset>" in one and LINKSET in one for one in answer.headers.getlist("Link"))


def test_one_default_link(part, stranger):
    """Exactly one at each level, with a title and nothing else; every link has target, type and title."""
    for level in stranger.get(SGTIN, headers={"Accept": LINKSET}).json["linkset"]:
        (default,) = level[f"{VOC}defaultLink"]
        assert set(default) == {"href", "title"}
        links = [one for rel, many in level.items() if rel.startswith(VOC) for one in many]
        assert all(one["href"].startswith("https://id.example.test/") and one["title"] for one in links)


def test_every_link_leads_somewhere(part, stranger):
    """No link of a set is a promise."""
    told = stranger.get(f"/{part.code}/{part.label}", headers={"Accept": LINKSET}).json["linkset"]
    targets = {
        one["href"] for level in told for rel, many in level.items() if rel.startswith(VOC) for one in many
    }
    for target in sorted(targets):
        assert stranger.get(target.removeprefix("https://id.example.test")).status_code == 200, target


def test_the_default(part, stranger):
    """A key leads to the page in the reader's language; our own address is that page."""
    answer = stranger.get(SGTIN, headers={"Accept-Language": "zh-TW", "Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.location) == (307, f"/{part.code}?format=html&lang=zh-Hant")
    assert stranger.get(f"/{part.code}").status_code == 200
    page = stranger.get(answer.location)
    assert (page.status_code, 'lang="zh-Hant"' in page.text) == (200, True)
    assert stranger.get(f"/7F3K2M{SGTIN}").location.startswith(f"/{part.code}/7F3K2M?")


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("de, en;q=0.5", "en"),
        ("fr", "en"),
    ],
)
def test_languages(part, stranger, asked, tag):
    """As browsers name them."""
    answer = stranger.get(SGTIN, headers={"Accept-Language": asked})
    assert answer.location.endswith(f"lang={tag}")
    assert {"Accept", "Accept-Language"} <= {one.strip() for one in answer.headers["Vary"].split(",")}


@pytest.mark.parametrize(
    "spelt", ["gs1:{}", "{}", VOC + "{}", "https://gs1.org/voc/{}", "https://www.gs1.org/voc/{}"]
)
def test_a_link_type(part, stranger, spelt):
    """There: to it. Not there: 404, never another one. Several as good: 300 with a list."""
    for address in addresses(part):
        answer = stranger.get(address, query_string={"linkType": spelt.format("traceability")})
        assert (answer.status_code, answer.location.partition("?")[0]) == (307, f"/{part.code}/events")
        assert stranger.get(address, query_string={"linkType": spelt.format("recipeInfo")}).status_code == 404
        several = stranger.get(address, query_string={"linkType": spelt.format("certificationInfo")})
        assert (several.status_code, several.text.count("/certificate.")) == (300, 2)


def test_namespaces_of_link_types(part, stranger):
    """Link types are those of GS1's vocabulary; of another namespace none is known here."""
    for foreign in ("schema:url", "https://schema.org/url", "gs1:", "gs1:pip/../x", "<b>"):
        assert stranger.get(SGTIN, query_string={"linkType": foreign}).status_code == 404


def test_several_as_data_and_one_by_its_media_type(part, stranger):
    """A list for programs; the media type decides between two documents."""
    asked = {"query_string": {"linkType": "gs1:certificationInfo"}}
    pdf = stranger.get(SGTIN, **asked, headers={"Accept": "application/pdf"})
    assert pdf.location.startswith(f"/{part.code}/certificate.pdf?")
    told = stranger.get(SGTIN, **asked, headers={"Accept": "application/json"})
    assert told.location.startswith(f"/{part.code}/certificate.json?")
    both = stranger.get(SGTIN, **asked, headers={"Accept": "application/xml, application/json;q=0"})
    assert both.status_code == 300


def test_contexts(part, stranger):
    """A jurisdiction chooses the page that says whether the release is recognised there."""
    for query in ({"context": "XB"}, {"context": "XB", "linkType": "gs1:certificationInfo"}):
        answer = stranger.get(f"/{part.code}", query_string=query)
        assert (answer.status_code, answer.location.partition("?")[0]) == (307, f"/{part.code}/recognised/XB")
    assert stranger.get(f"/{part.code}?context=moon").location.startswith(f"/{part.code}?format=html")


def test_the_query_is_passed_on(part, stranger):
    """Every pair, as it was; and nobody goes round in a ring."""
    answer = stranger.get(f"/{part.code}/{part.label}?linkType=gs1:pip&a=1&b=%C3%A4&a=2")
    assert answer.location == (
        f"/{part.code}/{part.label}?format=html&lang=en&linkType=gs1:pip&a=1&b=%C3%A4&a=2"
    )
    assert stranger.get(answer.location).status_code == 200


def test_a_slash_behind(part, stranger):
    """Tolerated."""
    assert stranger.get(f"{SGTIN}/").status_code == 307
    assert stranger.get(f"/{part.code}/{part.label}/?linkType=gs1:pip").status_code == 307
    assert stranger.get("/8004/9506000ROTOR/").location.startswith(f"/{part.code}?")


def test_a_server_that_takes_escapes_away(part, stranger):
    """The slash inside the serial is known for one all the same."""
    answer = stranger.get(SGTIN, environ_overrides={"REQUEST_URI": ""})
    assert answer.location.startswith(f"/{part.code}?")


def test_walking_up(part, stranger):
    """A serial that nobody knows leads to its product, of whose parts nothing is said; a batch is passed over."""
    answer = stranger.get(f"/01/{GTIN}/21/UNKNOWN")
    assert (answer.status_code, answer.location.partition("?")[0]) == (307, f"/01/{GTIN}")
    page = stranger.get(answer.location)
    assert (page.status_code, part.code in page.text) == (200, False)
    assert "no single part" in page.text
    assert stranger.get(f"/01/{GTIN}/10/B7/21/A%2F1").location.startswith(f"/{part.code}?")
    assert stranger.get("/8004/9506000ROTOR/7040/1ABC").location.startswith(f"/{part.code}?")


def test_the_description(told, stranger):
    """Only where keys of GS1 are in use."""
    assert stranger.get("/.well-known/gs1resolver").status_code == 404


def test_the_description_of_keys_in_use(part, stranger):
    """Where it is, which keys and link types it knows, and that compressed addresses are not supported."""
    said = stranger.get("/.well-known/gs1resolver").json
    assert said["resolverRoot"] == "https://id.example.test"
    assert {"01", "8004", "8006", "8010"} == set(said["supportedPrimaryKeys"])
    assert said["supportedLinkType"] == [{"namespace": VOC, "prefix": "gs1:"}]
    assert said["compression"] == "not supported"


def test_a_withdrawn_key_leads_nowhere(part, stranger):
    """Nor does one that somebody read and nobody gave."""
    with part.database.reading() as connection:
        row = held.minted_as(connection, "(8004)9506000ROTOR")
        (one,) = [
            each for each in held.identifiers_of(connection, row.org_id, row.item_id) if "ROTOR" in each.value
        ]
    who = replace(part.engine.actor, roles=frozenset({"label_officer"}))
    given = {"identifier_id": one.id, "why": "misread"}
    part.database.transact(lambda tx: actions.withdraw_identifier(tx, who, row.item_id, **given))
    assert stranger.get("/8004/9506000ROTOR").status_code == 404


def test_statements_of_a_choice(part, stranger, clock):
    """Ours costs what the page costs; a key one more."""
    stranger.get("/healthz")

    def asked(address):
        with statements(part.database) as seen:
            stranger.get(address)
        return len(seen)

    own = f"/{part.code}?linkType=gs1:traceability"
    assert [asked(f"/{part.code}"), asked(f"/{part.code}"), asked(own), asked("/8004/9506000ROTOR")] == [
        2,
        1,
        1,
        2,
    ]
