"""GS1 identifiers by property: what is written comes back, and no text at all breaks the reading."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from remanu.rules import gs1, gs1_link, gs1_lint
from remanu.rules.gs1 import Element
from tests.rules.test_gs1 import TABLE, why_not

few = settings(max_examples=60, deadline=None)
signs = st.text(st.sampled_from(gs1_lint.CSET82), min_size=1, max_size=20)
digits = st.text(st.sampled_from("0123456789"), min_size=13, max_size=13)


@few
@given(digits, signs, st.none() | signs, st.none() | signs)
def test_elements_come_back(body: str, serial: str, batch: str | None, inside: str | None) -> None:
    """What is written as a link, for people or for a symbol is read as it was."""
    gtin = Element("01", body + gs1_lint.check_digit(body))
    path = [gtin, *([Element("10", batch)] if batch else []), Element("21", serial)]
    said = (*path, *([Element("99", inside)] if inside else []))

    link = gs1_link.read(gs1_link.write(said, TABLE, stem="https://id.example.test"), TABLE)
    assert link.elements == said
    assert gs1.read_scanned(gs1.written(said, TABLE), TABLE) == said
    assert gs1.read_bracketed(gs1.bracketed(said), TABLE) == said
    gs1.check_pairs(said, TABLE)


@few
@given(st.text(st.sampled_from(gs1_lint.CSET82), min_size=1, max_size=23))
def test_check_pairs_of_characters(text: str) -> None:
    """A key with its own two check characters passes, with another pair it does not."""
    pair = gs1_lint.check_pair(text)
    assert gs1_lint.lint("csumalpha", text + pair, TABLE.codes) is None
    assert gs1_lint.lint("csumalpha", text + pair[::-1] + "!", TABLE.codes) == "INCORRECT_CHECK_PAIR"


@few
@given(st.text(max_size=60), st.sampled_from(["", "(01)", "https://a/01/", gs1.FNC1 + "01", gs1.FNC1]))
def test_nothing_that_is_typed_breaks_it(text: str, before: str) -> None:
    """Any text at all is read or refused with a reason, never anything else."""
    for read in (gs1.read_bracketed, gs1.read_scanned, gs1_link.read):
        assert why_not(read, before + text).startswith("gs1-")
