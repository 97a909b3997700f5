"""What is looked at on every page of a journey: width, console, language, sentences of another language, axe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe

from remanu.web.locale import Locale, catalogue
from tests.journeys.phone import Phone

BROWSERS: dict[Locale, str] = {"en": "en-GB", "zh-Hans": "zh-CN"}
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RULES = {"resultTypes": ["violations"], "runOnly": _LEVELS}


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language; a test names them in English alone."""

    locale: Locale

    def __call__(self, english: str, **given: Any) -> str:
        """How the page says it; a sentence without a translation stops the journey."""
        said = catalogue(self.locale).gettext(english)
        assert self.locale == "en" or said != english, f"not translated: {english}"
        return said % given if given else said


def sound(person: Phone, words: Words) -> Phone:
    """The page is in its language, fits the screen, has no complaint of the console, and axe finds nothing."""
    person.sound()
    spoken = person.page.get_attribute("html", "lang")
    assert spoken == words.locale, f"{person.page.url} is in {spoken}"
    found = Axe().run(person.page, options=_RULES).response["violations"]
    assert not found, f"{person.page.url}: {[(one['id'], one['nodes'][0]['html'][:200]) for one in found]}"
    return person


def text(person: Phone, where: str = "main") -> str:
    """What a part of the page says, in one line."""
    return re.sub(r"\s+", " ", person.page.inner_text(where))


def fetch(person: Phone, address: str, words: Words) -> bytes:
    """A file that the page links to, asked for in its language."""
    spoken = {"Accept-Language": BROWSERS[words.locale]}
    answer = person.page.request.get(person.origin + address, headers=spoken)
    assert answer.status == 200, f"{address}: {answer.status}"
    return bytes(answer.body())
