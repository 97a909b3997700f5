"""The pages of intake as the people of one organisation use them."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from PIL import Image

from remanu.catalogue import actions as catalogue
from remanu.parts import queries as parts
from tests.accounts import site
from tests.accounts.place import PASSWORD, Place
from tests.intake import story

CLAIMED = {"family": story.FAMILY, "maker": "Nordwerk", "part_number": "NW-6L-200", "serial": "4D-77120"}


def photo() -> tuple[io.BytesIO, str]:
    """A small picture as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#456").save(out, "PNG")
    out.seek(0)
    return out, "engine.png"


@dataclass(slots=True)
class Desk:
    """Browsers by role, in one organisation."""

    place: Place
    web: Any
    browsers: dict[str, Any] = field(default_factory=dict)

    def browser(self, role: str):
        """The browser of the person with this role, signed in."""
        if role not in self.browsers:
            login = f"{role}@{self.place.org_id[-6:]}"
            self.place.member(login, role)
            one = site.browser(self.web)
            one.post("/sign-in", data={"login": login, "password": PASSWORD})
            self.browsers[role] = one
        return self.browsers[role]

    def get(self, role: str, path: str):
        """A page as this role sees it."""
        return self.browser(role).get(path)

    def post(self, role: str, path: str, *, key: str | None = None, photos: bool = False, **fields: str):
        """Send a form; names with two underscores stand for dots."""
        data: dict[str, Any] = {name.replace("__", "."): value for name, value in fields.items()}
        data["key"] = key or str(uuid4())
        if photos:
            data["photos"] = photo()
        return self.browser(role).post(path, data=data, content_type="multipart/form-data")

    def json(self, role: str, path: str, values: Any, *, key: str | None = None, **headers: str):
        """Send an act as JSON."""
        given = {"Idempotency-Key": key or str(uuid4()), **headers}
        return self.browser(role).post(f"/api/v1{path}", json=values, headers=given)

    def publish(self) -> None:
        """The family's edition is in force."""
        login = f"engineer@{self.place.org_id[-6:]}"
        who = self.place.actor(self.place.member(login, "engineering"))
        since = story.date(2026, 1, 1)
        self.place.do(catalogue.publish_edition, who, family=story.FAMILY, applies_from=since)

    def case_of(self, answer) -> Any:
        """The case of the part whose page an answer leads to."""
        item = re.fullmatch(r"/parts/([0-9a-f-]+)", answer.location)[1]
        return self.place.ask(parts.latest_case, self.place.org_id, item)

    def received(self, **claimed: str) -> Any:
        """A core at the gate: its case."""
        fields = {**CLAIMED, "signed_by": "Ren Ito", "owner": "Aster Haulage", **claimed}
        answer = self.post("receiving_clerk", "/cases/receive", photos=True, **fields)
        assert answer.status_code == 303, answer.text
        return self.case_of(answer)

    def identified(self, case) -> None:
        """Its plate is read."""
        read = {"mark_kind": "plate", "mark": "NORDWERK 4D-77120", "serial": "4D-77120"}
        found = {"earlier_lives": "unknown", "right_shown": "owner_order"}
        answer = self.post("technician", f"/cases/{case.id}/identify", **read, **found)
        assert answer.status_code == 303, answer.text

    def graded(self, case, **changed: str) -> None:
        """Every question is answered."""
        fields = {f"answers__{name}": answer for name, answer in {**story.GOOD, **changed}.items()}
        answer = self.post("core_inspector", f"/cases/{case.id}/grade", **fields)
        assert answer.status_code == 303, answer.text

    def state(self, case) -> str:
        """The state of the case now."""
        return self.place.ask(parts.find_case, self.place.org_id, case.id).state
