from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from remanu.drawing import certificate
from remanu.drawing.certificate import draw_certificate
from remanu.errors import CannotDraw
from tests.drawing import readback
from tests.drawing.specimens import BLOCKS, CHINESE_BLOCKS


@pytest.fixture(scope="module")
def english():
    """The English certificate."""
    return draw_certificate(BLOCKS, locale="en")


def refused(blocks, locale="en"):
    """Why these blocks make no certificate."""
    with pytest.raises(CannotDraw) as caught:
        draw_certificate(blocks, locale=locale)
    return caught.value.details


def test_every_block_can_be_copied(english):
    """Numbers, digest, name, meaning and the limits of the certificate are text on its one page."""
    text = readback.text(english)
    for words in (
        BLOCKS.number, BLOCKS.organisation, BLOCKS.address, BLOCKS.description, BLOCKS.part_number, BLOCKS.serial,
        BLOCKS.code, BLOCKS.claim_class, BLOCKS.status, BLOCKS.dossier, BLOCKS.signer, BLOCKS.authorisation,
        *BLOCKS.remarks, *BLOCKS.standards, BLOCKS.log, "48213 entries", "2026-03-14 09:12:05 UTC",
        "This certificate is not approval to install.", "DEMONSTRATION", "Page 1 / 1",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.parametrize("dpi", [203, 300])
def test_the_symbol_leads_to_the_public_page(english, dpi):
    """What is printed can be scanned from the page."""
    assert readback.symbols(readback.pages(english, dpi)[0]) == [BLOCKS.url]


@pytest.mark.parametrize(
    ("locale", "title", "notice"),
    [("zh-Hans", "放行证书", "本证书不是装机批准。"), ("zh-Hant", "放行證書", "本證書不是裝機批准。")],
)
def test_chinese_certificates(locale, title, notice):
    """Both scripts have their own words; names come out of the file as they went in."""
    drawn = draw_certificate(CHINESE_BLOCKS, locale=locale)
    text = readback.text(drawn)
    for words in (
        title,
        notice,
        CHINESE_BLOCKS.organisation,
        CHINESE_BLOCKS.signer,
        CHINESE_BLOCKS.claim_class,
    ):
        assert words in text, words
    assert readback.symbols(readback.pages(drawn, 203)[0]) == [BLOCKS.url]


def test_it_is_an_archival_and_tagged_pdf(english):
    """The file declares PDF/A-3a and PDF/UA-1, its language and its title."""
    assert b"<pdfaid:part>3</pdfaid:part>" in english
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in english
    assert b"<pdfuaid:part>1</pdfuaid:part>" in english
    with pypdfium2.PdfDocument(english) as document:
        assert document.get_metadata_dict()["Title"] == f"Release certificate {BLOCKS.number}"


def test_only_vendored_fonts_are_in_it(english):
    """No font of the machine that drew it."""
    found = readback.fonts(english)
    assert found
    assert all(name.startswith("NotoSans") and embedded for name, embedded in found)


def test_the_same_blocks_make_the_same_file(english):
    """Drawn again, the certificate has the same bytes: its digest can be recorded."""
    assert draw_certificate(BLOCKS, locale="en") == english


@pytest.mark.parametrize("character", ["☐", "𠀋", "\u200b"])
def test_a_character_without_glyph_stops_the_certificate(character):
    """A name is never printed with a gap; block and character are named."""
    details = refused(replace(BLOCKS, signer=f"Ingrid {character}"))
    assert (details["why"], details["field"], details["character"]) == ("missing-glyph", "signer", character)


def test_typst_itself_stops_what_slips_through(monkeypatch):
    """PDF/A refuses the glyph even where our own look into the fonts is skipped."""
    monkeypatch.setattr(certificate, "_shown", lambda *_: None)
    assert refused(replace(BLOCKS, remarks=("Box ☐",)))["why"] == "missing-glyph"


def test_a_block_that_is_too_full_is_refused():
    """A serial number is never cut or run over its neighbour."""
    details = refused(replace(BLOCKS, serial="W" * 90))
    assert details["why"] == "text-too-long"
    assert details["text"].startswith("WWW")


@pytest.mark.parametrize(("field", "length"), [("remarks", 400), ("standards", 160), ("concessions", 160)])
def test_a_word_that_is_wider_than_its_box_is_refused(field, length):
    """In lists lines break between words alone: a number without any end would run over the edge of the paper."""
    assert refused(replace(BLOCKS, **{field: ("Part " + "9" * length,)}))["why"] == "text-too-long"
    assert draw_certificate(replace(BLOCKS, **{field: ("Part " + "9" * 40,)}), locale="en")


@pytest.mark.parametrize("number", ["DEMO-RELEASE-CERTIFYING-STAFF", "XA-2026-AUTHORISATION-OF-HARBOUR-007"])
def test_a_long_authorisation_breaks_after_its_hyphens(number):
    """What the signer is authorised by is printed whole, however his organisation counts: he signed already."""
    for locale in ("en", "zh-Hans"):
        drawn = draw_certificate(replace(BLOCKS, authorisation=number), locale=locale)
        # The reader names a hyphen at the end of a line by the character that marks one.
        assert number in "".join(readback.text(drawn).replace("\ufffe", "-").split())


def test_long_remarks_go_to_a_continuation_sheet():
    """What does not fit its box is printed whole on the next page, under the same number."""
    remarks = tuple(f"Operation {number}: dimension restored and measured." for number in range(60))
    drawn = draw_certificate(replace(BLOCKS, remarks=remarks), locale="en")
    text = readback.text(drawn)
    assert all(one in text for one in remarks)
    assert "See the continuation sheet." in text
    assert f"Continuation sheet {BLOCKS.number}" in text
    assert "Page 1 / 3" in text


def test_words_are_never_template_code():
    """What looks like typst is printed as it stands."""
    name = '#panic("x") *b* $x$ @ref'
    assert name in readback.text(draw_certificate(replace(BLOCKS, description=name), locale="en"))


def test_a_watermark_only_where_one_is_given(english):
    """A real certificate carries none."""
    plain = draw_certificate(replace(BLOCKS, watermark=""), locale="en")
    assert "DEMONSTRATION" in readback.text(english)
    assert "DEMONSTRATION" not in readback.text(plain)


def test_the_machine_readable_certificate_travels_inside():
    """The record is attached as a file that readers can take out again."""
    drawn = draw_certificate(replace(BLOCKS, record='{"number":"XA"}'), locale="en")
    with pypdfium2.PdfDocument(drawn) as document:
        attachment = document.get_attachment(0)
        assert attachment.get_name() == "certificate.json"
        assert bytes(attachment.get_data()) == b'{"number":"XA"}'


def test_a_correction_names_what_it_replaces():
    """The number of the superseded certificate stands under the new one."""
    text = readback.text(draw_certificate(replace(BLOCKS, supersedes="XA-NTW-2026-000126"), locale="en"))
    assert "Replaces XA-NTW-2026-000126" in text


def test_without_an_approval_no_authority_is_named():
    """Block 1 then says that the organisation issues under its own system."""
    text = readback.text(draw_certificate(replace(BLOCKS, approval=""), locale="en"))
    assert "No authority is named." in text


def test_a_time_without_zone_is_refused():
    """A naive time would be printed as UTC without being it."""
    naive = datetime(2026, 3, 14)  # noqa: DTZ001 (naive on purpose)
    assert refused(replace(BLOCKS, signed_at=naive)) == {"why": "naive-time", "field": "signed_at"}


def test_a_signature_has_the_time_of_a_running_clock(english):
    """Clocks that run know microseconds: the certificate is drawn, and is the one of the whole second."""
    finer = replace(BLOCKS, signed_at=BLOCKS.signed_at.replace(microsecond=417_203))
    assert draw_certificate(finer, locale="en") == english
