"""The language of an answer: settled once a request, its sentences read from the catalogues."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeGuard, cast
from urllib.parse import urlencode

from babel import Locale as Conventions
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, Response, g, has_request_context, request
from werkzeug.http import parse_accept_header

Locale = Literal["en", "zh-Hans", "zh-Hant"]
LOCALES: tuple[Locale, ...] = ("en", "zh-Hans", "zh-Hant")
NAMES: dict[Locale, str] = {"en": "English", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
COOKIE = "remanu_language"
PARAMETER = "lang"
_FOLDER = Path(__file__).parent.parent / "translations"
_CHINESE = {"zh", "cmn", "yue"}
_TRADITIONAL = {"tw", "hk", "mo"}
_YEAR = 365 * 86400


@dataclass(frozen=True, slots=True)
class Language:
    """One entry of the language switch."""

    locale: Locale
    name: str
    address: str
    chosen: bool


def negotiate(explicit: str | None, cookie: str | None, accept_language: str | None) -> Locale:
    """The locale for what was asked: by the address, else by the cookie, else by the browser; English at last.

    Werkzeug's own matching answers English to zh-TW and zh-HK (stack.md finding 4), so scripts are told apart here.
    """
    for wish in (explicit, cookie, *_wishes(accept_language)):
        found = _match(wish or "")
        if found is not None:
            return found
    return "en"


def _wishes(accept_language: str | None) -> Iterator[str]:
    accepted = parse_accept_header(accept_language)
    return (tag for tag, quality in accepted if quality > 0)


def _match(tag: str) -> Locale | None:
    language, *rest = tag.strip().lower().replace("_", "-").split("-")
    if language == "en":
        return "en"
    if language not in _CHINESE:
        return None
    if "hans" in rest:
        return "zh-Hans"
    return "zh-Hant" if "hant" in rest or language == "yue" or _TRADITIONAL & set(rest) else "zh-Hans"


@lru_cache(maxsize=len(LOCALES))
def catalogue(locale: Locale) -> Translations:
    """The sentences of a locale, read once a process from its .po file; English needs none."""
    if locale == "en":
        return Translations()
    path = _FOLDER / conventions(locale) / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as source:
        read = read_po(source, locale=conventions(locale))
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return Translations(compiled)


def conventions(locale: Locale) -> str:
    """The name under which Babel knows the locale's dates, numbers and plurals."""
    return str(Conventions.parse(locale, sep="-"))


def current() -> Locale:
    """The locale of the request that is being answered; English outside of one."""
    if not has_request_context():
        return "en"
    if "locale" not in g:
        chosen = request.args.get(PARAMETER), request.cookies.get(COOKIE)
        g.locale = negotiate(*chosen, request.headers.get("Accept-Language"))
    return cast("Locale", g.locale)


def gettext(message: str) -> str:
    """The message in the language of the request; the empty message stays empty."""
    return catalogue(current()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of the message that fits the number, in the language of the request."""
    return catalogue(current()).ngettext(singular, plural, number)


def languages() -> list[Language]:
    """The languages of this page, each with the address that shows it in that language."""
    shown = {name: values for name, values in request.args.lists() if name != PARAMETER}
    return [Language(one, NAMES[one], _address(shown, one), one == current()) for one in LOCALES]


def _address(shown: dict[str, list[str]], locale: Locale) -> str:
    return "?" + urlencode({**shown, PARAMETER: locale}, doseq=True)


def install(app: Flask) -> None:
    """Give templates `_`, `ngettext`, `{% trans %}`, `locale`, `languages()` and the filter `said`.

    `said` translates a message that stands in a variable and takes no part in formatting: such a message may
    hold a percent sign, which `_()` would read as a placeholder.
    """
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["said"] = gettext
    app.jinja_env.globals["languages"] = languages
    app.jinja_env.globals["current_locale"] = current
    app.context_processor(lambda: {"locale": current()})
    app.after_request(_remember)


def _remember(response: Response) -> Response:
    """Keep a language that was chosen by its link, so that the next page speaks it too."""
    asked = request.args.get(PARAMETER)
    if _known(asked):
        response.set_cookie(
            COOKIE, asked, max_age=_YEAR, secure=request.is_secure, httponly=True, samesite="Lax"
        )
    response.headers.setdefault("Content-Language", current())
    return response


def _known(asked: str | None) -> TypeGuard[Locale]:
    return asked in LOCALES
