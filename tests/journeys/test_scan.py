"""Scanning in Chromium: a camera that films our own printed label, hand scanners of any layout, and taps counted."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from remanu import app as application
from tests.drawing import readback
from tests.journeys import eyes, town, video
from tests.journeys.phone import HEIGHT, WIDTH, Phone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("chromium"),
    pytest.mark.parametrize("engine", ["sqlite"], indirect=True),
]
WORDS = eyes.Words("en")
_PATIENCE = 5.0
_GERMAN = {":": "Ö", "/": "-", "Z": "Y", "Y": "Z"}


@pytest.fixture
def unit(database, storage):
    """An engine in the field, with a label on it."""
    return town.founded(database, storage)[1]


@pytest.fixture
def origin(config, database, unit):
    """The server; labels keep the host that was printed, which is one of its own."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    settings = replace(config, label_origin=address, label_aliases=(config.label_origin,))
    # Acts read what was scanned by what the store was opened with, as it would be at a start with these settings.
    database.label_origin, database.label_aliases = settings.label_origin, settings.label_aliases
    server.app = application.create_app(settings, database)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def filmed(launch, browser, origin, unit, tmp_path):
    """A technician's phone whose camera looks at the label that our own driver printed."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    officer = Phone(context.new_page(), origin).sign_in("label_officer")
    drawn = officer.page.request.get(f"{origin}/labels/{_label(officer, unit)}.pdf").body()
    context.close()
    path = tmp_path / "label.mjpeg"
    path.write_bytes(video.film(readback.pages(drawn, 300)[0]))
    opened = launch(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={path}",
    )
    page = opened.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    yield Phone(page, origin).listen().sign_in("technician")
    opened.close()


def _label(officer, unit):
    rows = officer.page.request.get(f"{officer.origin}/api/v1/parts/{unit.item}/labels").json()
    return next(one["id"] for one in rows if one["payload"] == unit.payload)


def test_the_camera_opens_the_part(filmed, unit):
    """Labels.md §11: the camera starts by itself where it was allowed, and reads what our own driver printed."""
    filmed.page.goto(filmed.origin + "/scan", wait_until="commit")
    begun = time.monotonic()
    filmed.page.wait_for_url(f"**/parts/{unit.item}**", wait_until="commit")
    # The figure of the reference is one second on a quiet machine; other tests run beside this one.
    assert time.monotonic() - begun < _PATIENCE
    filmed.page.wait_for_load_state("domcontentloaded")
    filmed.sound()


@pytest.fixture
def technician(browser, origin):
    """A technician's phone without a camera."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    context.set_default_timeout(10_000)
    yield Phone(context.new_page(), origin).listen().sign_in("technician")
    context.close()


@pytest.mark.parametrize("layout", ["us", "german", "ime"])
def test_a_hand_scanner_of_another_layout(technician, unit, layout):
    """Users.md §4 no. 6: what keys mean may be spoiled by a layout or an input method, their places are not."""
    technician.open("/me").page.evaluate("document.activeElement.blur()")
    _typed(technician, unit.payload, layout)
    technician.page.wait_for_url(f"**/parts/{unit.item}**", wait_until="domcontentloaded")
    technician.sound()


def _typed(person, text, layout):
    """Every key as the scanner sends it: the place on the board, and what the layout or input method makes of it."""
    session = person.page.context.new_cdp_session(person.page)
    for sign in text:
        code, shift = _place(sign)
        key = {"us": sign, "german": _GERMAN.get(sign, sign), "ime": "Process"}[layout]
        event = {"code": code, "key": key, "modifiers": 8 if shift else 0}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "code": "Enter", "key": "Enter"})


def _place(sign):
    if sign.isdigit():
        return f"Digit{sign}", False
    if sign.isalpha():
        return f"Key{sign.upper()}", sign.isupper()
    return {":": ("Semicolon", True), "/": ("Slash", False), ".": ("Period", False)}[sign]


_RHYTHMS = (
    ("ABCDE", (4,), False),
    ("stock 12", (140, 90, 210, 160), False),
    ("stock 12", (40, 190, 120, 260), False),
    ("SN-00412", (6,), True),
    ("SN-00412", (110, 112), True),
    ("{code}", (140, 90, 210, 160), True),
)


def test_a_scanner_is_told_from_a_quick_typist(technician, unit):
    """By an even rhythm, or by what nobody types by chance; whether Enter was taken says which it was held for."""
    for text, gaps, taken in _RHYTHMS:
        page = technician.open("/me").page
        assert page.evaluate(_STRUCK, [text.format(code=unit.code), gaps]) is taken, (text, gaps)


_STRUCK = """([text, gaps]) => {
  document.activeElement.blur();
  let at = 1e6;
  const press = (more) => {
    const event = new KeyboardEvent("keydown", { ...more, bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: at });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  };
  [...text].forEach((sign, n) => {
    const other = { " ": "Space", "-": "Minus" }[sign] ?? `Digit${sign}`;
    const code = /[a-z]/i.test(sign) ? `Key${sign.toUpperCase()}` : other;
    press({ key: sign, code, shiftKey: /[A-Z]/.test(sign) });
    at += gaps[n % gaps.length];
  });
  return press({ key: "Enter", code: "Enter" });
}"""


def test_control_a_held_key_is_no_scanner(technician):
    """Who scrolls by the space bar and goes on by Tab stays on the page."""
    page = technician.open("/me").page
    page.evaluate("document.activeElement.blur()")
    for _ in range(12):
        page.keyboard.down("Space")
    page.keyboard.up("Space")
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert page.url.endswith("/me")


def test_a_code_with_a_wrong_character_is_explained(technician, unit):
    """The page says which kind of slip it is, keeps what was typed, and opens nothing."""
    wrong = ("1" if unit.code[0] != "1" else "2") + unit.code[1:]
    technician.open("/scan").page.fill("#scan-text", wrong)
    technician.page.press("#scan-text", "Enter")
    technician.page.wait_for_load_state()
    said = eyes.text(technician)
    assert (
        WORDS("Compare it with the label, group by group. What you typed stands in the field below.") in said
    )
    assert wrong in said.replace("-", "")
    assert technician.page.input_value("#scan-text") == wrong


def _burst(page, text, end):
    """A scanner's keys into the field that has the focus, four milliseconds apart however busy this machine is."""
    session, begun = page.context.new_cdp_session(page), time.time()
    for number, sign in enumerate(text):
        code, shift = _place(sign)
        key = {"code": code, "key": sign, "modifiers": 8 if shift else 0, "timestamp": begun + number * 0.004}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": sign, **key})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    last = {"code": end, "key": end, "timestamp": begun + len(text) * 0.004}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **last})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **last})


def test_a_scan_into_another_field_is_taken_out(browser, origin, unit):
    """It keeps what a person typed, and the part opens when he says so; Tab ends a scan as Enter does.

    Control: the same letters at a person's pace stay where he put them.
    """
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    page = Phone(context.new_page(), origin).sign_in("label_officer").open("/printers/add_printer").page
    page.fill("[name=name]", "Desk 3")
    page.keyboard.type(unit.code, delay=90)
    assert page.input_value("[name=name]") == f"Desk 3{unit.code}"
    page.fill("[name=name]", "Desk 3")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    _burst(page, unit.payload, "Enter")
    assert asked == [WORDS("A label was scanned. Open its part, and leave what you typed here unsaved?")]
    assert page.input_value("[name=name]") == "Desk 3"
    assert page.url.endswith("/printers/add_printer")
    page.fill("[name=name]", "")
    page.check("[name=driver][value=zpl]")
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.focus("[name=name]")
    _burst(page, unit.code, "Enter")
    # A choice that was made is something to lose as well.
    assert len(asked) == 2
    assert page.input_value("[name=name]") == ""
    page.once("dialog", lambda dialog: dialog.accept())
    _burst(page, unit.code, "Tab")
    page.wait_for_url(f"**/parts/{unit.item}**", wait_until="domcontentloaded")
    context.close()


def test_two_scans_put_a_part_in_its_place(technician, unit):
    """Action first: the part, then the sign of the place, and no key between; or the sign, then part after part."""
    context = technician.page.context.browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB"
    )
    clerk = Phone(context.new_page(), technician.origin).sign_in("logistics")
    clerk.open("/places/add_place").page.fill("[name=name]", "Rack 12")
    clerk.page.press("[name=name]", "Enter")
    clerk.page.wait_for_url("**/places/0*", wait_until="domcontentloaded")
    home = clerk.page.url
    sign = clerk.page.request.get(home.replace("/places/", "/api/v1/places/")).json()
    context.close()
    page = technician.open("/scan?do=move").page
    page.evaluate("document.activeElement.blur()")
    _typed(technician, unit.payload, "german")
    page.wait_for_url(f"**/parts/{unit.item}/move", wait_until="domcontentloaded")
    page.evaluate("document.activeElement.blur()")
    _typed(technician, sign["payload"], "german")
    page.wait_for_url(f"**/parts/{unit.item}", wait_until="domcontentloaded")
    assert "Rack 12" in page.inner_text("main")
    technician.tap("form.undo button")
    page.goto(home)
    page.evaluate("document.activeElement.blur()")
    _typed(technician, unit.payload, "us")
    page.wait_for_selector("[data-basket] form.undo button:text('(')")
    assert page.url == home, "the page stays, and the camera with it"
    assert page.inner_text("[data-basket-count]") == "1 part stands here."
    technician.sound()
    technician.tap("[data-basket] form.undo button")
    page.wait_for_url(f"**/parts/{unit.item}**", wait_until="domcontentloaded")
    assert page.request.get(home.replace("/places/", "/api/v1/places/")).json()["parts"] == 0


def test_a_photo_opens_the_part(technician, unit):
    """A picture from the phone's own camera is read by the server."""
    rows = technician.page.request.get(f"{technician.origin}/api/v1/parts/{unit.item}/labels").json()
    label = next(one["id"] for one in rows if one["payload"] == unit.payload)
    drawn = technician.page.request.get(f"{technician.origin}/labels/{label}.png").body()
    technician.open("/scan").page.set_input_files(
        "#scan-photo", {"name": "label.png", "mimeType": "image/png", "buffer": drawn}
    )
    technician.tap("form.photo-code button")
    assert f"/parts/{unit.item}" in technician.page.url
    technician.sound()


def test_without_a_secure_address_the_page_says_why(launch, origin):
    """Users.md §4 no. 11: no button that does nothing, but the reason and three other ways."""
    opened = launch("--host-resolver-rules=MAP hall.test 127.0.0.1")
    page = opened.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
    page.goto(origin.replace("127.0.0.1", "hall.test") + "/scan")
    assert "https" in page.inner_text("[data-said]")
    assert page.locator("[data-start]").is_hidden()
    assert page.locator("#scan-text").is_visible()
    opened.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_scan_page_is_sound_in_both_schemes(technician, scheme):
    """What somebody in a dark hall sees: width, console, language and axe, with every aim that he can have."""
    technician.page.emulate_media(color_scheme=scheme)
    eyes.sound(technician.open("/scan?do=move"), WORDS)
    assert technician.page.locator(".pill").count() >= 3
    assert technician.page.locator(".pill[aria-current]").inner_text() == WORDS("Move")
