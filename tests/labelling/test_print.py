"""Printing: words from the release alone (I57), once, readable, under an address that stays."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from remanu.errors import BadInput, CannotDraw, Conflict, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.labelling import actions, queries
from remanu.parts.models import Case, Item
from remanu.release.models import ReleaseCertificate
from tests import people


def print_it(bench, label, by=None, **changes):
    """Print a label."""
    return bench.place.do(actions.print, by or bench.officer, label, **{"printer": "Hall 2", **changes})


def said(bench, label):
    """What the label says."""
    return bench.place.ask(queries.words_of, bench.label(label))


def test_it_works(bench):
    """Every word comes from the release and the record, the day is a day of the site."""
    label = bench.reserve()
    print_it(bench, label)
    row = bench.label(label)
    assert (row.state, row.printer) == ("printed", "Hall 2")
    assert json.loads(row.words) == {
        "host": f"ID.EXAMPLE.TEST {row.code}",
        "code": f"{row.item_code[:4]}-{row.item_code[4:9]}-{row.item_code[9:]}",
        "name": "Diesel engine",
        "part_number": "NW-6L-200",
        "serial": "E-4711",
        "organisation": "Workshop One",
        "class_word": "REMANUFACTURED",
        "date": "2026-03-01",
        "standard": "XA-STD 8887-220:2024",
        "certificate": "RC-000001",
        "life": "1",
    }


@pytest.mark.parametrize(
    ("locale", "class_word", "organisation", "name"),
    [("zh-Hans", "再制造产品", "一号车间", "发动机"), ("zh-Hant", "再製造產品", "一號車間", "發動機")],
)
def test_it_speaks_its_own_language(bench, locale, class_word, organisation, name):
    """A label in Chinese says all of it in Chinese; its word is the class word of the release (I29)."""
    words = said(bench, bench.printed(locale=locale))
    assert (words["class_word"], words["organisation"]) == (class_word, organisation)
    assert words["name"] == name


def test_a_name_recorded_in_chinese(bench):
    """The workshop's own name stands on Chinese labels; English ones take the kind from the family's pack."""
    bench.change(Item, bench.item_id, name="六缸柴油机总成")
    assert said(bench, bench.reserve(locale="zh-Hans"))["name"] == "六缸柴油机总成"
    assert said(bench, bench.reserve(locale="en", placement="packing"))["name"] == "Engine"


def test_what_was_printed_stays(bench):
    """The words of a printed label do not follow the record; those of a reserved one do."""
    printed, reserved = bench.printed(), bench.reserve(placement="packing")
    bench.change(Item, bench.item_id, name="Another name")
    assert said(bench, printed)["name"] == "Diesel engine"
    assert said(bench, reserved)["name"] == "Another name"


def test_a_long_host_stands_alone(bench):
    """Where host and label code do not fit together on the smallest stock, the host comes first."""
    bench.place.database.label_origin = "https://labels.example.test"
    assert said(bench, bench.printed(media="roll-50x30"))["host"] == "LABELS.EXAMPLE.TEST"


def test_a_tag_says_no_class(in_process):
    """A tag carries neither class nor certificate nor life."""
    words = said(in_process, in_process.printed())
    assert not {"class_word", "certificate", "life", "standard"} & words.keys()
    assert words["date"] == "2026-03-01"


def test_once(bench):
    """A printed label is not printed again; a second one is another label with a reason."""
    label = bench.printed()
    with pytest.raises(NotAllowed) as refused:
        print_it(bench, label)
    assert "supersede" in refused.value.details["allowed"]


def test_not_after_the_release_ended(bench):
    """I57: what the label would say is asked again at the printer."""
    label = bench.reserve()
    certificate = bench.place.ask(
        lambda connection: connection.execute(ReleaseCertificate.__table__.select()).one()
    )
    bench.change(ReleaseCertificate, certificate.id, state="REVOKED")
    with pytest.raises(GuardFailed) as refused:
        print_it(bench, label)
    assert refused.value.details["missing"] == ["text_from_release"]


def test_no_tag_once_the_part_is_released(in_process):
    """A tag that was reserved in time may be too late at the printer."""
    label = in_process.reserve()
    in_process.change(Case, in_process.case_id, state="RELEASED")
    with pytest.raises(GuardFailed):
        print_it(in_process, label)


def test_another_stock(bench):
    """The officer may take another stock than the one that was meant; the drawing follows."""
    label = bench.reserve()
    print_it(bench, label, media="a4-l7160")
    assert (bench.label(label).media, bench.label(label).template) == ("a4-l7160", "label-63x38")


def test_nothing_unreadable_is_printed(bench):
    """A serial that does not fit and may not be cut stops the print, and the label stays reserved."""
    bench.change(Item, bench.item_id, serial="W" * 60)
    label = bench.reserve(media="roll-50x30")
    with pytest.raises(CannotDraw):
        print_it(bench, label)
    assert bench.label(label).state == "reserved"


def test_the_host_is_locked(bench):
    """After the first print no label is printed under another address, unless the old one still leads here."""
    bench.printed()
    bench.place.database.label_origin = "https://id.new.test"
    label = bench.reserve(placement="packing")
    with pytest.raises(Conflict) as refused:
        print_it(bench, label)
    assert refused.value.details["why"] == "label-host-locked"
    assert refused.value.details["printed"] == ["https://id.example.test"]
    bench.place.database.label_aliases = ("https://id.example.test",)
    print_it(bench, label)
    assert bench.label(label).payload.startswith("https://ID.NEW.TEST/")


def test_a_label_reserved_under_the_old_host(bench):
    """The payload that was reserved is the one that is printed; under a lost address it is not."""
    label = bench.reserve()
    bench.place.database.label_origin = "https://id.new.test"
    with pytest.raises(Conflict):
        print_it(bench, label)


def test_not_by_a_technician(bench):
    """Only the label officer prints."""
    with pytest.raises(Forbidden):
        print_it(bench, bench.reserve(), bench.person("technician"))


def test_not_for_others(bench):
    """A label of another organisation does not exist here."""
    with pytest.raises(NotFound):
        print_it(bench, bench.reserve(), replace(bench.officer, org_id=people.ELSEWHERE))


@pytest.mark.parametrize(
    ("odd", "error"), [({"printer": " "}, BadInput), ({"media": "papyrus"}, CannotDraw)]
)
def test_not_with_odd_values(bench, odd, error):
    """A printer has a name, a stock is one there is."""
    with pytest.raises(error):
        print_it(bench, bench.reserve(), **odd)
