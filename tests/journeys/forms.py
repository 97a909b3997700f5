"""A visitor who reads pages, fills in their forms as they stand, and sends them: journeys know nothing else."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.journeys.pictures import PHOTO

ORIGIN = "http://127.0.0.1:8000"


@dataclass
class Form:
    """A form of a page: where it goes, what is in it already, which controls it has."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    files: bool = False


class Reader(HTMLParser):
    """The forms of a page that post, and its visible words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """A form begins, or a control of the form that is open."""
        given = dict(attrs)
        if tag == "form":
            self._form = Form(given.get("action") or "")
            if (given.get("method") or "get").lower() == "post":
                self.forms.append(self._form)
        elif self._form is not None and given.get("name"):
            self._control(given)

    def _control(self, given):
        name, kind = given["name"], given.get("type")
        self._form.names.add(name)
        self._form.files |= kind == "file"
        if kind == "hidden" or (kind in {"radio", "checkbox"} and "checked" in given):
            self._form.hidden[name] = given.get("value", "on")
        elif kind in {None, "text", "date"} and given.get("value"):
            self._form.hidden[name] = given["value"]

    def handle_endtag(self, tag):
        """A form ends."""
        if tag == "form":
            self._form = None


@dataclass
class Visitor:
    """A browser with its cookies; `see` reads a page, `fill` sends the form that has these controls."""

    client: object
    at: str = ""

    def sign_in(self, login: str, password: str) -> Visitor:
        """Sign in; the page afterwards is not the form again."""
        answer = self.client.post("/sign-in", data={"login": login, "password": password})
        assert answer.status_code == 303, answer.text
        return self

    def see(self, path: str, status: int = 200, **options) -> str:
        """The page's text; it answers with this status."""
        answer = self.client.get(path, follow_redirects=True, **options)
        assert answer.status_code == status, f"{path}: {answer.status_code}\n{words(answer.text)}"
        return answer.text

    def fill(self, path: str, *, status: int = 200, **given: str) -> str:
        """Open the page, fill in its form, send it, and read where it leads; `_` in names stands for a dot."""
        answer = self.send(path, given)
        text, self.at = answer.text, answer.request.path
        assert answer.status_code == status, f"{path}: {answer.status_code}\n{words(text)}"
        return text

    def send(self, path: str, given: dict[str, str]):
        """The answer to the form that has these controls."""
        page = self.see(path)
        form = next((one for one in Reader(page).forms if {"key", *given} <= one.names), None)
        assert form is not None, f"{path} has no form with {sorted(given)}:\n{words(page)}"
        data = {**form.hidden, **given}
        if form.files:
            data["photos"] = (io.BytesIO(PHOTO), "photo.png")
        return self.client.post(form.action or path, data=data, follow_redirects=True)


def words(text: str) -> str:
    """What a person reads of a page, for messages of tests."""
    main = re.sub(r"(?s)<(style|script|svg).*?</\1>", "", text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()[:1500]
