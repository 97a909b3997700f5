"""A phone 390 pixels wide: signs in, scans by typing, takes the one primary action, fills in what the page asks."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.journeys.conftest import PASSWORD
from tests.journeys.pictures import PHOTO

WIDTH, HEIGHT = 390, 844
_PHOTO = {"name": "photo.png", "mimeType": "image/png", "buffer": PHOTO}


@dataclass
class Phone:
    """One person's browser; `said` gathers what the console complains of."""

    page: object
    origin: str
    said: list[str] = field(default_factory=list)
    taps: int = 0
    scanned: bool = False
    width: int = WIDTH

    def listen(self) -> Phone:
        """Gather what the console complains of."""
        self.page.on("console", lambda said: self.said.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        return self

    def open(self, path: str) -> Phone:
        """Go to an address and find nothing wrong with the page."""
        self.page.goto(self.origin + path, wait_until="domcontentloaded")
        return self.sound()

    def sign_in(self, login: str) -> Phone:
        """Sign in as a person would."""
        self.open("/sign-in")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_load_state()
        return self.sound()

    def scan(self, code: str) -> Phone:
        """Type what a label says the first time; a scanner that is a keyboard brings the same address afterwards."""
        if self.scanned:
            self.open(f"/scan?text={code}")
        else:
            self.open("/scan")
            self.page.fill("#scan-text", code)
            self.page.press("#scan-text", "Enter")
        self.page.wait_for_url("**/parts/**", wait_until="domcontentloaded")
        self.scanned = True
        return self.sound()

    def next(self, verb: str) -> Phone:
        """Take the page's one primary action; it leads to this verb."""
        offered = self.page.locator(".dock .primary a.button[href]")
        assert offered.count() == 1, f"{self.page.url}: {' '.join(self.page.text_content('body').split())}"
        self.tap(".dock .primary a.button")
        assert f"/{verb}" in self.page.url, f"{self.page.url} is not {verb}"
        return self.sound()

    def tap(self, what: str) -> None:
        """Tap something and wait for the page that follows."""
        self.taps += 1
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.click(what)

    def fill(self, **given: str) -> Phone:
        """Fill in controls by name: text is typed, cards and boxes are ticked, lists are chosen from."""
        for name, value in given.items():
            self._one(name, value)
        return self

    def _one(self, name: str, value: str) -> None:
        found = self.page.locator(f'main form.act-form [name="{name}"]')
        kind = found.first.evaluate("one => one.localName == 'select' ? 'select' : one.type")
        if kind == "radio":
            self.page.check(f'main form.act-form [name="{name}"][value="{value}"]')
        elif kind == "checkbox":
            found.first.check()
        elif kind == "select":
            found.first.select_option(value)
        else:
            found.first.fill(value)

    def photograph(self) -> Phone:
        """Hand in a photograph where the page asks for one."""
        self.page.set_input_files('main form.act-form [name="photos"]', _PHOTO)
        return self

    def send(self) -> Phone:
        """Tap the form's one button; whatever is refused would be said in an alert."""
        self.tap("main form.act-form .dock .primary button")
        alert = self.page.locator("main [role=alert]")
        assert alert.count() == 0, f"{self.page.url}: {alert.first.inner_text()}"
        return self.sound()

    def sound(self) -> Phone:
        """Nothing stands out of the screen, and the console has no complaint."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.width, f"{self.page.url} is {wide} pixels wide"
        assert self.said == [], f"{self.page.url}: {self.said}"
        return self
