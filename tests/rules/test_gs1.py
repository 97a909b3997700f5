"""GS1 element strings and Digital Links: the published vectors, all of them and a copy of some, and round trips."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from remanu.errors import BadInput
from remanu.families.gs1 import dictionary
from remanu.rules import gs1, gs1_dictionary, gs1_link, gs1_lint
from remanu.rules.gs1 import Element
from remanu.rules.gs1_dictionary import Codes

TABLE = dictionary()
FOLDER = Path(__file__).parents[3] / "shared" / "data" / "gs1"
COPY = json.loads((Path(__file__).parent / "gs1_vectors.json").read_bytes())
COUNTS = {
    "digital_link_parse": 118,
    "digital_link_generate": 22,
    "bracketed_ai_parse": 27,
    "element_string_process": 79,
    "ai_linter_errors": 99,
    "ai_association_rules": 68,
    "uri_escape": 10,
    "uri_unescape": 21,
    "component_linters": 1080,
}
absent = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="GS1 VECTORS NOT CHECKED: ../shared/data/gs1 is not beside the project"
)
Case = Mapping[str, Any]


def how(case: Case) -> gs1_link.Reading:
    """What the case lets pass."""
    options = case.get("options") or {}
    return gs1_link.Reading(
        zero_suppressed=options.get("permitZeroSuppressedGTIN", False),
        names=options.get("permitConvenienceAlphas", False),
        unknown=options.get("permitUnknownAIs", False),
        unknown_attributes=not options.get("validate_UNKNOWN_AI_NOT_DL_ATTR", True),
    )


def parse(case: Case) -> str:
    """The element string of a Digital Link."""
    return gs1.written(gs1_link.read(case["uri"], TABLE, how(case)).elements, TABLE, separator="^")


def generate(case: Case) -> str:
    """The Digital Link of an element string."""
    said = gs1.read_bracketed(case["bracketed_ai"], TABLE, unknown=how(case).unknown)
    return gs1_link.write(said, TABLE, stem=case["stem"] or gs1_link.CANONICAL, how=how(case))


def brackets(case: Case) -> str:
    """The element string of what stands in brackets."""
    return gs1.written(gs1.read_bracketed(case["bracketed_ai"], TABLE), TABLE, separator="^")


def scanned(case: Case) -> str:
    """The element string as it was scanned, where it is valid."""
    text: str = case["element_string"]
    gs1.read_scanned(text, TABLE, separator="^")
    return text if case["valid"] else "taken"


def associated(case: Case) -> str:
    """Whether elements may stand together, by the one rule that the case is about."""
    said = gs1.read_bracketed(case["bracketed_ai"], TABLE, unknown=True)
    if case["check"] == "validateAIrepeats":
        gs1.check_repeats(said)
    elif case["check"] == "validateAImutex":
        gs1.check_exclusions(said, TABLE)
    else:
        gs1.check_needs(said, TABLE)
    return "True"


def linted(case: Case) -> str:
    """What a linter says."""
    gs1.read_bracketed(case["bracketed_ai"], TABLE)
    return "None"


RULES: Mapping[str, tuple[Callable[[Case], str], Callable[[Case], str]]] = {
    "digital_link_parse": (parse, lambda case: case["element_string"]),
    "digital_link_generate": (generate, lambda case: case["uri"]),
    "bracketed_ai_parse": (brackets, lambda case: case["element_string"]),
    "element_string_process": (scanned, lambda case: case["element_string"] if case["valid"] else ""),
    "ai_association_rules": (associated, lambda case: "True" if case["valid"] else ""),
    "ai_linter_errors": (linted, lambda case: str(case["error"])),
}


def disagreements(name: str, cases: Sequence[Case]) -> list[tuple[Case, str]]:
    """The cases that end otherwise than their publisher says."""
    act, wanted = RULES[name]
    found = []
    for case in cases:
        try:
            got = act(case)
        except BadInput as error:
            got = str(error.details.get("rule")) if name == "ai_linter_errors" else ""
        if got != wanted(case):
            found.append((case, got))
    return found


def _offline(_digits: str) -> None:
    """A source of prefixes that cannot be asked."""


def _nobodys(_digits: str) -> bool:
    """A source that knows no such prefix."""
    return False


def of_component(name: str, cases: list[Case]) -> list[Case]:
    """The cases that a linter sees otherwise. What a company prefix is, each case's own source of prefixes says."""
    found = []
    for case in cases:
        wanted, codes = case.get("error"), TABLE.codes
        if name.startswith("gcp") and case["value"] == "":
            # The published table holds variables here, whose values were lost: see `test_company_prefixes`.
            continue
        if wanted in {"INVALID_GCP_PREFIX", "GCP_DATASOURCE_OFFLINE"}:
            answer = None if wanted == "GCP_DATASOURCE_OFFLINE" else False
            codes = replace(codes, known_prefix={None: _offline, False: _nobodys}[answer])
        if name != "_stubs" and gs1_lint.lint(name, case["value"], codes) != wanted:
            found.append(case)
    return found


def published(name: str) -> Any:
    """The cases of a file beside the project."""
    return json.loads((FOLDER / f"{name}.json").read_bytes())["cases"]


@absent
@pytest.mark.parametrize("name", RULES)
def test_published_vectors(name: str) -> None:
    """Every case of the file ends as its publisher says; none is lost unseen."""
    cases = published(name)

    assert len(cases) == COUNTS[name]
    assert disagreements(name, cases) == []


@absent
def test_published_component_vectors() -> None:
    """1,080 values, each with the very error that the published linter gives."""
    cases = published("component_linters")

    assert sum(map(len, cases.values())) == COUNTS["component_linters"]
    assert {name: of_component(name, of) for name, of in cases.items() if of_component(name, of)} == {}


@absent
def test_published_sequences() -> None:
    """What may follow a key is what the publisher permits; of 415, which its list leaves out, the dictionary speaks."""
    permitted = {tuple(one) for one in published("digital_link_valid_key_qualifier_sequences")}
    ours = {way for entry in TABLE.entries.values() if entry.is_key for way in sequences(entry)}

    assert {way for way in ours if way[0] != "415"} == permitted


def sequences(entry: gs1_dictionary.Entry) -> list[tuple[str, ...]]:
    """Every path that a key allows."""
    known = sorted({one for way in entry.qualifiers or () for one in way})
    ways = (way for length in range(len(known) + 1) for way in permutations(known, length))
    found = []
    for way in ways:
        try:
            gs1_link.check_sequence((entry.ai, *way), TABLE)
        except BadInput:
            continue
        found.append((entry.ai, *way))
    return found


@absent
def test_the_dictionary_is_the_published_one() -> None:
    """What travels with the package is what GS1 publishes, unchanged."""
    ours = (
        Path(gs1_dictionary.__file__).parents[1] / "families" / "data" / "gs1" / "gs1-syntax-dictionary.txt"
    )
    assert ours.read_bytes() == (FOLDER / "gs1-syntax-dictionary.txt").read_bytes()


@pytest.mark.parametrize("name", RULES)
def test_copied_vectors(name: str) -> None:
    """A part of the vectors travels with the tests."""
    assert disagreements(name, COPY[name]) == []


def test_copied_component_vectors() -> None:
    """Values of components, a part of them."""
    assert [name for name, cases in COPY["component_linters"].items() if of_component(name, cases)] == []


def why_not(read: Callable[..., object], text: str) -> str:
    """Why a text is refused."""
    try:
        read(text, TABLE)
    except BadInput as refused:
        return str(refused.details["why"])
    return "gs1-is-fine"


def escapes(cases: list[Case]) -> list[Case]:
    """The cases whose text is escaped otherwise."""
    return [
        one
        for one in cases
        if (gs1_link.escape(one["input"]), gs1_link.escape(one["input"], space="+"))
        != (one["as_path"], one["as_query"])
    ]


def unescapes(cases: list[Case]) -> list[Case]:
    """The cases whose text is read otherwise."""
    return [
        one
        for one in cases
        if (gs1_link.unescape(one["input"]), gs1_link.unescape(one["input"], plus=" "))
        != (one["as_path"], one["as_query"])
    ]


@absent
def test_published_escapes() -> None:
    """In the path and in the query, both ways."""
    assert (len(published("uri_escape")), len(published("uri_unescape"))) == (10, 21)
    assert escapes(published("uri_escape")) == unescapes(published("uri_unescape")) == []


def test_copied_escapes_and_control() -> None:
    """The copy holds; a case that says otherwise is noticed (control)."""
    assert escapes(COPY["uri_escape"]) == unescapes(COPY["uri_unescape"]) == []
    assert escapes([{"input": " ", "as_path": "+", "as_query": "+"}])
    assert unescapes([{"input": "+", "as_path": " ", "as_query": " "}])


def test_a_wrong_vector_is_noticed() -> None:
    """A publisher who said otherwise would be heard (control)."""
    spoiled = [{**one, "element_string": "^0199999999999999"} for one in COPY["digital_link_parse"]]
    assert len(disagreements("digital_link_parse", spoiled)) == len(spoiled)
    assert of_component("yesno", [{"value": "2", "valid": True}])


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("gcppos1", "123", "TOO_SHORT_FOR_GCP"),
        ("gcppos1", "1234", None),
        ("gcppos1", "123A4", "INVALID_GCP_PREFIX"),
        ("gcppos2", "1234", "TOO_SHORT_FOR_GCP"),
        ("gcppos2", "X1234", None),
        ("importeridx", "AA", "IMPORTER_IDX_MUST_BE_ONE_CHARACTER"),
        ("packagetype", "1A", None),
        ("packagetype", "1a", "INVALID_PACKAGE_TYPE"),
        ("yyyymmdd", "00000229", None),
    ],
)
def test_company_prefixes(name: str, value: str, error: str | None) -> None:
    """Without a source of prefixes four digits are asked for; and linters that have no vectors of their own."""
    assert gs1_lint.lint(name, value, Codes()) == error


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ("5312345678", "COUPON_TRUNCATED_SERIAL_NUMBER"),
        ("50123456", None),
        ("4201231", None),
        ("3201231" + "4201231", None),
        ("21101239", None),
        ("21101230" + "123456", None),
        ("61" + "1234567", None),
        ("9000" + "1", None),
    ],
)
def test_coupons_without_vectors(more: str, error: str | None) -> None:
    """Optional fields that no published case reaches."""
    assert gs1_lint.lint("couponcode", "012345612345611110123" + more, TABLE.codes) == error


def test_a_coupon_of_an_unknown_company() -> None:
    """The company of a coupon is asked for as that of a key is."""
    codes = replace(TABLE.codes, known_prefix=lambda _digits: False)
    assert gs1_lint.lint("couponcode", "012345612345611110123", codes) == "INVALID_GCP_PREFIX"


@pytest.mark.parametrize(
    ("value", "error"),
    [("AB==", "INVALID_CSET64_PADDING"), ("AB=", None), ("A_-9", None), ("=", "INVALID_CSET64_PADDING")],
)
def test_padding(value: str, error: str | None) -> None:
    """The sign at the end of base 64 stands only where it fills up three."""
    assert gs1_lint.character_set("Z", value) == error


@pytest.mark.parametrize("line", ["01 N14 what=ever # GTIN", "x1 N14", "01 N14 dlp"])
def test_a_dictionary_in_another_notation(line: str) -> None:
    """What the header of the dictionary does not define is not guessed at."""
    with pytest.raises(ValueError, match=r"."):
        gs1_dictionary.parse(line)


@pytest.mark.parametrize(
    ("elements", "why"),
    [
        ("(01)09506000134352(01)09520123456788", "gs1-repeated"),
        ("(01)09506000134352(02)09506000134352(37)1", "gs1-excluded"),
        ("(21)A1", "gs1-lacks"),
        ("(01)09506000134352(21)A1", None),
        ("(89)A1", "gs1-unknown-ai"),
        ("(8010)95060001343-X(8011)12", None),
    ],
)
def test_all_pairs(elements: str, why: str | None) -> None:
    """One question asks whether elements may stand on one thing together."""
    found = why_not(lambda text, table: gs1.check_pairs(gs1.read_bracketed(text, table), table), elements)
    assert found == (why or "gs1-is-fine")


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("https://a/01/09506000134352/21/", "gs1-too-short"),
        ("https://a/01/09506000134351", "gs1-check"),
        ("https://a/01/09506000134352/22/A/7040/1ABC", "gs1-order"),
        ("https://a/01/09506000134352?21=A", "gs1-not-in-query"),
        ("https://a/01/09506000134352?8200=A", "gs1-not-in-query"),
        ("https://a/01/09506000134352/zz/A", "gs1-no-key"),
        ("https://a/xx/1/21/A", "gs1-unknown-ai"),
        ("https://a/21/A", "gs1-no-key"),
        ("https://a/DBKlyPkJ", "gs1-no-key"),
        ("https://a/01/09506000134352?99=A&99=B", "gs1-repeated"),
        ("javascript:alert(1)", "gs1-not-a-link"),
        ("https://a/01/09506000134352?99=" + "A" * 2000, "gs1-not-a-link"),
    ],
)
def test_refusals_of_links_say_why(uri: str, why: str) -> None:
    """Each refusal has its word; a compressed address is one without a key."""
    assert not gs1_link.is_link(uri, TABLE)
    with pytest.raises(BadInput) as refused:
        gs1_link.read(uri, TABLE)
    assert refused.value.details["why"] == why


@pytest.mark.parametrize(
    ("path", "escaped"),
    [
        ("/01/09506000134352/21/A/1", "/01/09506000134352/21/A%2F1"),
        ("/01/09506000134352/10/B/21/A B", "/01/09506000134352/10/B/21/A%20B"),
        ("/7F3K2M/8004/9506000/R/2", "/7F3K2M/8004/9506000%2FR%2F2"),
        ("/8004/9506000R/7040/1ABC", "/8004/9506000R/7040/1ABC"),
        ("/01/09506000134352/21/A/10", "/01/09506000134352/21/A%2F10"),
        ("/01/09506000134352", "/01/09506000134352"),
        ("/nothing/here", "/nothing/here"),
    ],
)
def test_escapes_that_a_server_took_away(path: str, escaped: str) -> None:
    """A slash inside a value is escaped again, and qualifiers stay where they are."""
    assert gs1_link.rejoined(path, TABLE) == escaped


def test_identifiers_of_later_years() -> None:
    """Passed where somebody asks for it, with what every value may hold."""
    assert gs1.read_bracketed("(89)AB", TABLE, unknown=True) == (Element("89", "AB"),)
    assert why_not(lambda text, table: gs1.read_bracketed(text, table, unknown=True), "(89)A B") == "gs1-value"


def test_the_stem_keeps_what_is_no_identifier() -> None:
    """A label's code may ride in the stem (labels.md §1.2)."""
    link = gs1_link.read("https://ID.HOST/3F9Q2K/01/09506000134352/21/8XK4", TABLE)

    assert link.stem == "https://ID.HOST/3F9Q2K"
    assert link.key == Element("01", "09506000134352")
    assert gs1.value_of(link.elements, "21") == "8XK4"
    assert gs1.value_of(link.elements, "22") is None
    assert gs1_link.is_link("https://ID.HOST/01/09506000134352", TABLE)
