"""Which link answers a request."""

from __future__ import annotations

import pytest

from remanu.rules import resolver
from remanu.rules.resolver import Level, Offered, Wish

PAGE = Offered("pip", "/p", "Page")
ENGLISH = Offered("pip", "/p?en", "Page", "text/html", "en")
CHINESE = Offered("pip", "/p?zh", "Page", "text/html", "zh-CN")
PDF = Offered("certificationInfo", "/c.pdf", "Certificate", "application/pdf")
JSON = Offered("certificationInfo", "/c.json", "Certificate", "application/json")
THERE = Offered("certificationInfo", "/c/XA", "There", "text/html", context="XA")
FRENCH = Offered("instructions", "/i", "Instructions", "text/html", "fr")
EVERY = (PAGE, ENGLISH, CHINESE, PDF, JSON, THERE, FRENCH)


@pytest.mark.parametrize(
    ("wish", "chosen"),
    [
        (Wish(), (PAGE,)),
        (Wish(language="en"), (ENGLISH,)),
        (Wish(language="de"), (PAGE,)),
        (Wish(language="zh-CN", types=(("text/html", 1.0), ("*/*", 0.8))), (CHINESE,)),
        (Wish(link_type="certificationInfo"), (PDF, JSON)),
        (Wish(link_type="certificationInfo", types=(("application/pdf", 1.0),)), (PDF,)),
        (
            Wish(link_type="certificationInfo", types=(("application/*", 0.5), ("application/json", 0.9))),
            (JSON,),
        ),
        (Wish(link_type="certificationInfo", context="XA"), (THERE,)),
        (Wish(link_type="certificationInfo", context="XB"), (PDF, JSON)),
        (Wish(context="XA"), (THERE,)),
        (Wish(context="XB", language="en"), (ENGLISH,)),
        (Wish(link_type="instructions", language="en"), (FRENCH,)),
        (Wish(link_type="recipeInfo"), ()),
    ],
)
def test_choosing(wish: Wish, chosen: tuple[Offered, ...]) -> None:
    """Link type, then context, media type and language; what is not offered is not made up."""
    assert resolver.choose(EVERY, wish) == chosen


def test_a_link_that_has_only_contexts() -> None:
    """Without a context asked for, all of them answer."""
    assert resolver.choose((THERE,), Wish(link_type="certificationInfo")) == (THERE,)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("gs1:pip", "pip"),
        ("pip", "pip"),
        ("https://ref.gs1.org/voc/pip", "pip"),
        ("http://gs1.org/voc/pip", "pip"),
        ("", ""),
        ("gs1:", "?"),
        ("schema:url", "?"),
        ("gs1:pip/../x", "?"),
    ],
)
def test_link_types(text: str, word: str) -> None:
    """Bare words; another namespace names none that could be offered."""
    assert resolver.link_type(text) == word


def test_a_link_set() -> None:
    """The default link stands alone with its title; every other member only where it says something."""
    level = Level("https://a/p", "A part", EVERY)
    (said,) = resolver.linkset([level], "https://a")["linkset"]

    voc = resolver.VOCABULARY
    assert said["anchor"] == "https://a/p"
    assert said[f"{voc}defaultLink"] == [{"href": "https://a/p", "title": "Page"}]
    assert said[f"{voc}certificationInfo"][2] == {
        "href": "https://a/c/XA",
        "title": "There",
        "type": "text/html",
        "context": ["XA"],
    }
    assert said[f"{voc}instructions"][0]["hreflang"] == ["fr"]
