"""What a guard asks for, as pages say it."""

from __future__ import annotations

import re

import pytest

from remanu.web import locale, shell


@pytest.mark.parametrize("said", ["Life is left (I5, I10).", "It is filled (I20).", "均有剩余寿命（I5、I10）。"])
def test_no_guard_shows_the_number_of_an_invariant(monkeypatch, said):
    """Neither one nor several, in the brackets of whatever language: they are for those who change the rule."""
    monkeypatch.setattr(locale, "gettext", lambda _words: said)
    assert not re.search(r"I\d|[(（]", shell.guard("lives_hold"))
