"""Texts that are not ours, sent to the page and to JSON: each has its answer, nothing breaks and nothing leads away."""

from __future__ import annotations

import pytest
from markupsafe import escape

from remanu.web.reasons import REASONS
from tests.rules.test_seen import NOTHING, WORDS, read

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
TEXTS = {**{name: text for name, (text, _) in NOTHING.items()}, **{name: one[0] for name, one in WORDS.items()}}


def test_there_are_forty_of_them(technician):
    """As many as the issue asks for."""
    assert technician is not None
    assert len(TEXTS) >= 40


def test_the_page_answers_each(technician):
    """A refusal in words, no address of elsewhere, and no markup of the text."""
    for name, text in TEXTS.items():
        answer = technician.get("/scan", query_string={"text": text})
        assert answer.status_code in ({200} if not text else {404, 422}), name
        assert "Location" not in answer.headers, name
        if "<" in text:
            assert text not in answer.text, name
        why = NOTHING[name][1] if name in NOTHING else ""
        # No address with a zero byte reaches any page; another site's label has a heading of its own.
        if text and why and why != "foreign-host" and "\x00" not in text:
            assert str(escape(REASONS[why])) in answer.text, name


def test_json_says_the_same_as_the_rule(technician):
    """The kind, and for what comes to nothing the reason word; never an error of ours."""
    for name, text in TEXTS.items():
        answer = technician.get("/api/v1/scan", query_string={"text": text})
        assert answer.status_code < 500, name
        if answer.status_code == 200:
            assert answer.json["kind"] == read(text).kind, name
            assert (answer.json["why"] or "") == read(text).why, name
