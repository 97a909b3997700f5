"""A certificate's record becomes the blocks of its form: every sentence in three languages, nothing typed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from remanu.drawing.certificate import draw_certificate, words
from remanu.drawing.faces import split
from remanu.drawing.paper import Print, blocks, conceded, document
from remanu.rules.findings import NONCONFORMITY_CAUSES
from tests.drawing import readback

LOCALES = ("en", "zh-Hans", "zh-Hant")
_CYCLES = {"counter": "cycles", "rating": "C", "unit": "{cycle}"}
RECORD = {
    "number": "RC-000007",
    "organisation": {
        "name_en": "Workshop One",
        "name_zh_hans": "一号车间",
        "name_zh_hant": "一號車間",
        "country": "XA",
        "number": "XA-REM-0042",
    },
    "unit": {
        "uri": "https://id.example.test/8XK4M9QT2RWC7",
        "code": "8XK4M9QT2RWC7",
        "name": "Diesel engine",
        "maker": "Nordwerk",
        "part_number": "NW-6L-200",
        "simulated": True,
    },
    "life": 2,
    "work_order": 311,
    "claim_class": "RECONDITIONED",
    "status": "Reconditioned",
    "standard": "XA 28617",
    "edition": "2024",
    "warranty_days": 180,
    "dossier": "9f" * 32,
    "heads": [{}, {}],
    "evidence": ["ab" * 32],
    "came_in": [
        {"position": "seal-set", "part_number": "NW-1", "origin": "new", "release": "DN-1"},
        {"position": "turbocharger", "part_number": "NW-2", "origin": "used_serviceable", "release": "XB-2"},
    ],
    "tests": ["hot-test 1"],
    "lives": [
        {
            "position": "fan-disk",
            "part_number": "335-014-509-0",
            "serial": "FD-1",
            "state": "ACTIVE",
            "policy": "fraction-sum",
            "mark": "M",
            "share": "41.0",
            "left": [
                {**_CYCLES, "limit": "20100", "remaining": 11871, "tag": "V"},
                {"counter": "hours", "unit": "h", "limit": "900", "remaining": 9, "tag": "I"},
            ],
        }
    ],
    "hazards": {"statement": "some-above", "regime": "XA 26572", "substances": ["Cd", "Pb"]},
    "balance": "residues-drained",
    "supersedes": {"number": "RC-000006", "digest": "ab" * 32, "reason": "class-corrected"},
}
PRINT = Print(
    record=RECORD,
    document=document(json.dumps(RECORD), "", "XA-CS-001"),
    state="ISSUED",
    signed_at=datetime(2026, 3, 14, 9, 12, 5, tzinfo=UTC),
    authorisation="XA-CS-001",
    signer=None,
    origin="id.example.test/log",
    size=48213,
    root=b"\x07" * 32,
    url=RECORD["unit"]["uri"],
)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_record_is_drawn(locale):
    """With everything that a record may hold, in each language."""
    assert draw_certificate(blocks(PRINT, locale=locale), locale=locale).startswith(b"%PDF")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_word_can_be_drawn(locale):
    """No sentence of a certificate holds a character that the vendored fonts lack."""
    known = words(locale)
    said = [one for one in known.values() if isinstance(one, str)]
    for table in ("said", "classes", "statuses"):
        said += known[table].values()

    for one in said:
        split(one, locale)


def test_three_languages_say_the_same_things():
    """Each has the same words, none is left out."""
    shapes = [
        {name: sorted(one) if isinstance(one, dict) else "" for name, one in words(at).items()}
        for at in LOCALES
    ]

    assert shapes[0] == shapes[1] == shapes[2]


def test_what_is_not_known_is_not_made_up():
    """No name without the right to show it, a dash for a serial that there is none of."""
    drawn = blocks(PRINT, locale="en")

    assert (drawn.signer, drawn.serial) == ("Name not shown", "-")
    assert drawn.supersedes == "RC-000006"


def test_nobody_signed_a_draft():
    """Neither a name that is only withheld, nor a way of signing, nor the moment of the preview."""
    drawn = blocks(replace(PRINT, state="DRAFT"), locale="en")
    assert drawn.signer == "-"
    read = readback.text(draw_certificate(drawn, locale="en"))
    assert "Signed electronically" not in read
    assert "2026-03-14" not in read


@pytest.mark.parametrize(
    ("changes", "words_across"),
    [
        ({}, ""),
        ({"demonstration": True}, "DEMO"),
        ({"demonstration": True, "copy": 2}, "DUPLICATE"),
        ({"copy": 2, "state": "REVOKED"}, "REVOKED"),
        ({"state": "SUPERSEDED"}, "SUPERSEDED"),
        ({"state": "VOID"}, "VOID"),
        ({"state": "DRAFT"}, "DRAFT"),
    ],
)
def test_the_gravest_word_lies_across(changes, words_across):
    """What no longer speaks says so before anything else."""
    assert blocks(replace(PRINT, **changes), locale="en").watermark == words_across


def test_unit_and_tests_are_called_by_their_names():
    """In the language of the paper; what cannot be printed, and what has no name, stands as it was recorded."""
    named = {"name": "六缸柴油机", "procedures": {"hot-test": "热试"}}
    drawn = blocks(replace(PRINT, **named), locale="zh-Hans")
    assert drawn.description == f"{RECORD['unit']['maker']} 六缸柴油机"
    assert "按热试（第1版）试验，各必检点均合格。" in drawn.remarks
    assert not any("hot-test" in one for one in drawn.remarks)

    odd = blocks(replace(PRINT, name="\U0001f600"), locale="zh-Hans")
    assert odd.description == f"{RECORD['unit']['maker']} {RECORD['unit']['name']}"
    assert any("hot-test 1" in one and "(" not in one for one in odd.remarks)


def test_traditional_words_are_those_of_the_glossary():
    """The seed's words, not those of the mainland written in other characters."""
    said = json.dumps(words("zh-Hant"), ensure_ascii=False)
    assert [one for one in ("質量體系", "打印", "質量管理", "訊息", "視頻") if one in said] == []


def test_what_life_is_left_stands_in_the_remarks():
    """I10: a line for each life-limited part, the method and every limit that is not verified marked."""
    (said,) = [one for one in blocks(PRINT, locale="en").remarks if one.startswith("Life-limited")]
    assert said == (
        "Life-limited part fan-disk 335-014-509-0 FD-1: life left; left of limit: cycles C 11871/20100 cycles; "
        "hours 9/900 h [I]. Method: linear damage, the shares of all ratings added up [M]."
    )


TOLD = {
    "number": "CON-000007",
    "position": "conrod-2",
    "names": {"en": "Conrod", "zh-Hans": "连杆", "zh-Hant": "\U0001f980"},
    "ordinal": "2",
    "cause": "wrong-part",
    "expires": "2026-06-30",
    "deviations": [],
}
BENT = {"characteristic": "bend", "names": {"en": "Bend"}, "value": "0.3", "unit": "mm", "new_max": "0.1"}


def test_a_concession_is_told_in_each_language():
    """By its cause where nothing was measured; a name that cannot be printed gives way to its code."""
    english, simplified, traditional = (conceded({"conceded": [TOLD]}, one)[0] for one in ("en", "zh-Hans", "zh-Hant"))
    assert english == "CON-000007: Conrod 2, a part of another number, used as it is, in force until 2026-06-30"
    assert simplified == "CON-000007：连杆 2，零件号不符，按现状使用，有效至 2026-06-30"
    assert traditional == "CON-000007：conrod 2，零件號不符，依現狀使用，有效至 2026-06-30"
    counted = {**BENT, "unit": "{count}", "new_min": "0"}
    (bent,) = conceded({"conceded": [{**TOLD, "deviations": [BENT, counted]}]}, "en")
    assert "Bend 0.3 mm (… 0.1); Bend 0.3 (0 … 0.1), used as it is" in bent


@pytest.mark.parametrize("locale", ["en", "zh-Hans", "zh-Hant"])
def test_every_cause_has_its_words(locale):
    """On the certificate, in each language."""
    said = words(locale)["said"]
    assert all(said[f"cause-{one}"] for one in NONCONFORMITY_CAUSES)


def test_what_was_signed_in_lines_is_printed_in_lines():
    """Certificates from before stay as they were signed, in every language."""
    old = {"concessions": ["CON-000001: Cylinder block, used as it is"]}
    assert conceded(old, "zh-Hans") == tuple(old["concessions"])


def test_places_and_counters_are_called_by_their_names():
    """In the language of the paper, one after the other as that language puts them; no code is printed."""
    counters = {"cycles": "起落循环", "hours": "飞行小时"}
    named = {"places": {"fan-disk": "风扇盘", "shield": "盾体"}, "counters": counters}
    limited = {**RECORD, "on_site": {"worked": ["fan-disk", "shield"], "not_disturbed": []}}
    remarks = blocks(replace(PRINT, record=limited, **named), locale="zh-Hans").remarks
    assert "现场作业，范围限于：风扇盘、盾体。" in remarks
    (life,) = [one for one in remarks if one.startswith("限寿件")]
    assert "风扇盘 335-014-509-0" in life
    assert "起落循环 C 11871/20100 循环; 飞行小时 9/900 h [I]" in life
    assert not any(code in life for code in ("fan-disk", "cycles", "fraction-sum"))


def test_a_rating_is_called_by_its_name():
    """By that of the rating alone; a counter without ratings by its own."""
    named = {"places": {"fan-disk": "Fan disk"}, "counters": {"cycles C": "Thrust rating C", "hours": "Hours (TSN)"}}
    (said,) = [one for one in blocks(replace(PRINT, **named), locale="en").remarks if one.startswith("Life-limited")]
    assert "part Fan disk 335" in said
    assert "Thrust rating C 11871/20100 cycles; Hours (TSN) 9/900 h [I]" in said


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", "Released at the site: Hall 2."),
        ("zh-Hans", "放行地点：Hall 2。"),
        ("zh-Hant", "放行地點：Hall 2。"),
    ],
)
def test_the_site_is_told_from_version_2_on(locale, told):
    """Papers that were issued before are drawn as they were, to the byte; without a site nothing is said."""
    named = [
        replace(PRINT, record={**RECORD, "v": version, "site": site}, document="{}")
        for version, site in ((1, "Hall 2"), (2, "Hall 2"), (2, None))
    ]
    former, now, without = (blocks(one, locale=locale) for one in named)
    plain = blocks(replace(PRINT, document="{}"), locale=locale)
    assert [told in one.remarks for one in (former, now, without, plain)] == [False, True, False, False]
    assert former.remarks == without.remarks == plain.remarks
    printed = "".join(readback.text(draw_certificate(now, locale=locale)).split())
    assert told.replace(" ", "") in printed
    same = [draw_certificate(replace(one, digest=""), locale=locale) for one in (former, plain)]
    assert same[0] == same[1]


def test_the_symbol_says_from_version_3_on_that_it_is_a_paper():
    """Papers that were issued before are drawn as they were; the address in words stays the part's own."""
    shown = {}
    for version in (1, 2, 3):
        one = blocks(replace(PRINT, record={**RECORD, "v": version}, document="{}"), locale="en")
        (page,) = readback.pages(draw_certificate(one, locale="en"), 200)
        shown[version] = (*readback.symbols(page), one.url)
    uri = RECORD["unit"]["uri"]
    assert shown == {1: (uri, uri), 2: (uri, uri), 3: (f"{uri}/PAPER", uri)}
