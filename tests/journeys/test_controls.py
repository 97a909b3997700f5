"""Controls of the journeys: what they would have to stumble over, they stumble over."""

from __future__ import annotations

import pytest

from tests.journeys import eyes
from tests.journeys.phone import HEIGHT, WIDTH, Phone

ALONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@ALONE
def test_control_a_page_that_is_not_there(visitor):
    """A lost page stops the visitor."""
    with pytest.raises(AssertionError, match="404"):
        visitor().see("/cases/announced-nowhere")


@ALONE
def test_control_a_form_without_the_control(visitor):
    """A visitor fills in what the page asks, and nothing beside it."""
    with pytest.raises(AssertionError, match="has no form with"):
        visitor().fill("/sign-in", horoscope="Leo")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<main style='width: 600px'>wide</main>", "pixels wide"),
        ("<script>console.error('planted')</script>", "planted"),
        ("<script>nowhere()</script>", "nowhere is not defined"),
    ],
)
def test_control_a_page_that_is_not_sound(browser, page, why):
    """What stands out of the screen and what the console says stop the phone."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    phone = Phone(context.new_page(), "")
    phone.listen()
    phone.page.set_content(page)
    with pytest.raises(AssertionError, match=why):
        phone.sound()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<html lang='zh-Hans'><title>t</title><main><h1>t</h1></main></html>", "is in zh-Hans"),
        ("<html lang='en'><title>t</title><main><h1>t</h1><img src='data:,'></main></html>", "image-alt"),
        ("<html lang='en'><title>t</title><main><h1>t</h1><p style='color: #aaa'>pale</p></main>", "contrast"),
    ],
)
def test_control_what_eyes_must_see(browser, page, why):
    """Another language, a picture without words and letters too pale each stop a journey."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    phone = Phone(context.new_page(), "").listen()
    phone.page.set_content(page)
    with pytest.raises(AssertionError, match=why):
        eyes.sound(phone, eyes.Words("en"))
    context.close()


def test_control_a_sentence_without_a_translation():
    """What no catalogue has stops a journey in that language."""
    with pytest.raises(AssertionError, match="not translated"):
        eyes.Words("zh-Hans")("A sentence that stands on no page")
