"""The camera where it may not run, where there is none, and when the tablet is put down and taken up again."""

from __future__ import annotations

import time

import pytest

from remanu.rules import identity
from tests.journeys import eyes
from tests.journeys.phone import HEIGHT, WIDTH, Phone
from tests.journeys.test_scan import _typed as typed
from tests.journeys.test_scan import filmed, origin, unit  # noqa: F401 -- fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True),
]
WORDS = eyes.Words("en")
HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
FILMS = "() => Boolean(document.querySelector('video').srcObject?.getTracks().some((one) => one.readyState === 'live'))"
# A detector behind a working name that fails at every frame, as on machines without the service that it asks.
BROKEN = """globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { throw new DOMException("Service unavailable", "NotSupportedError"); }
};"""


def test_a_scanner_of_another_layout_again_and_again(browser, origin, unit):  # noqa: F811
    """Keys that no field takes are read by their places, at the second scan as at the first."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    one = Phone(context.new_page(), origin).sign_in("receiving_clerk").open("/basket?act=move")
    one.page.evaluate("document.activeElement.blur()")
    codes = [code for n in range(40) if "Y" in (code := identity.new_item_code(lambda _, n=n: n << 5 | 30))][:2]
    for number, code in enumerate(codes, 1):
        typed(one, code, "german")
        one.page.wait_for_selector(f"[data-basket-count]:text-is('{number}')")
    assert all(identity.group(code) in one.page.inner_text("[data-basket]") for code in codes)
    context.close()


def test_no_scan_is_lost_on_a_slow_network(browser, origin, unit):  # noqa: F811
    """An answer that comes while the next label is typed leaves the field to it: half a code may be a serial."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    page = Phone(context.new_page(), origin).sign_in("receiving_clerk").open("/basket?act=move").page
    page.evaluate("""() => { const plain = window.fetch; window.fetch = (...asked) =>
      plain(...asked).then((answer) => new Promise((done) => setTimeout(() => done(answer), 120))); }""")
    codes = [identity.new_item_code(lambda _, n=n: n) for n in range(5)]
    page.focus("#basket-text")
    for code in codes:
        page.keyboard.type(code, delay=14)
        page.keyboard.press("Enter")
    page.wait_for_selector("[data-basket-count]:text-is('5')")
    assert page.inner_text("[data-basket-refused]") == ""
    for code in codes:
        assert identity.group(code) in page.inner_text("[data-basket]")
    context.close()


@pytest.mark.drill
def test_the_camera_opens_the_part_within_a_second(filmed, unit):  # noqa: F811
    """The figure of labels.md §11, for a quiet machine: from the scan page to the part's, the middle of five times."""
    seconds = []
    for _ in range(5):
        filmed.page.goto("about:blank")
        filmed.page.goto(f"{filmed.origin}/scan", wait_until="commit")
        begun = time.monotonic()
        filmed.page.wait_for_url(f"**/parts/{unit.item}**", wait_until="commit")
        seconds.append(time.monotonic() - begun)
    assert sorted(seconds)[2] <= 1.0, seconds


def test_a_camera_that_is_refused(launch, origin):  # noqa: F811
    """It is said plainly, and typing, a photo and the button to try again are there."""
    opened = launch("--use-fake-device-for-media-stream", "--deny-permission-prompts")
    context = opened.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    page = Phone(context.new_page(), origin).sign_in("technician").open("/scan").page
    page.click("[data-start]")
    said = WORDS(
        "The camera is not allowed here. Allow it in the settings of this site, type the code, or send a photo."
    )
    page.wait_for_selector(f"[data-said]:text-is('{said}')")
    for rest in ("[data-start]", "#scan-text", "#scan-photo"):
        assert page.locator(rest).is_visible(), rest
    assert not page.evaluate(FILMS)
    opened.close()


def test_no_camera_at_all(launch, origin):  # noqa: F811
    """Allowed and not there: the same three ways, and other words."""
    opened = launch()
    context = opened.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", permissions=["camera"])
    page = Phone(context.new_page(), origin).sign_in("technician").open("/scan").page
    said = WORDS("No camera can be used here. Type the code or send a photo.")
    page.wait_for_selector(f"[data-said]:text-is('{said}')")
    assert page.locator("[data-start]").is_visible()
    opened.close()


def test_the_tablet_is_put_down_and_taken_up(filmed, unit):  # noqa: F811
    """A page that collects stays: the label counts once with a word, nobody is filmed unseen, the camera comes back.

    The browser's own detector fails at every frame here, and the reader that the site serves takes over.
    """
    page = filmed.page
    page.add_init_script(BROKEN)
    filmed.open("/basket?act=move")
    page.wait_for_selector(f"[data-basket] :text('{unit.code[:4]}')")
    again = WORDS("The same label again: it counts once.")
    page.wait_for_selector(f"[data-said]:text-is('{again}')")
    assert page.inner_text("[data-basket-count]") == "1"
    assert page.evaluate(FILMS)
    page.evaluate(HIDE, arg=True)
    assert not page.evaluate(FILMS)
    page.evaluate(HIDE, arg=False)
    page.wait_for_selector("[data-pause]:visible")
    assert page.evaluate(FILMS)
    # Whoever presses while it starts, or twice, starts it once.
    streams = page.evaluate("""async () => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      let asked = 0;
      navigator.mediaDevices.getUserMedia = (wish) => { asked += 1; return ask(wish); };
      document.querySelector("[data-start]").click();
      document.querySelector("[data-start]").click();
      await new Promise((next) => setTimeout(next, 50));
      return asked;
    }""")
    assert streams == 0
    # A camera that is taken away is said, and nothing stands still as if it read; paused, it stays so.
    page.evaluate("document.querySelector('video').srcObject.getTracks()[0].dispatchEvent(new Event('ended'))")
    assert page.inner_text("[data-said]") == WORDS("No camera can be used here. Type the code or send a photo.")
    assert not page.evaluate(FILMS)
    page.click("[data-start]")
    page.click("[data-pause]")
    page.evaluate(HIDE, arg=True)
    page.evaluate(HIDE, arg=False)
    assert page.locator("[data-start]").is_visible()
    assert page.inner_text("[data-said]") == WORDS("Paused. Nothing is read until you go on.")
    filmed.sound()
