"""The hands of a demonstration: one act after another, by people who may, at times that move on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from remanu.db import Tx
from remanu.demo import pictures
from remanu.demo.keys import PlayedKey
from remanu.demo.story import Story
from remanu.demo.world import Crew
from remanu.families.characteristic import Characteristic
from remanu.families.process import Point
from remanu.inspection import actions as findings
from remanu.inspection import queries as bench
from remanu.ledger.kinds import Recorded
from remanu.parts import queries as items
from remanu.parts.events import Cited
from remanu.parts.queries import CaseView, Row
from remanu.restoration.actions.trial import Shown
from remanu.storage import Storage

Instruments = Mapping[str, Row]
Doing = Callable[..., Recorded[Any]]


@dataclass(slots=True)
class Hand:
    """Whoever tells a story, in one transaction; each act takes a while, so the moment moves on between them.

    `until` is the state at which the story stops, `case` and `item` are known once the core was received.
    `key` is the passkey by which releases are signed, else a password does.
    """

    tx: Tx
    crew: Crew
    storage: Storage
    story: Story
    instruments: Instruments
    until: str = "IN_SERVICE"
    case_id: str = ""
    item_id: str = ""
    label: str = ""
    trouble: bool = False
    key: PlayedKey | None = None
    _pictures: dict[str, Cited] = field(default_factory=dict)

    def do(self, action: Doing, kind: str, /, *target: str, second: bool = False, **given: Any) -> Any:
        """One act by somebody who may, a few minutes after the last."""
        self.wait(minutes=7)
        who = self.crew.who_may(kind, second=second)
        return action(self.tx, self.crew.fresh(self.tx, who), *target, **given)

    def act(self, action: Doing, kind: str, target: str, /, **given: Any) -> Any:
        """One act on a target."""
        return self.do(action, kind, target, **given)

    def on_case(self, action: Doing, /, **given: Any) -> Any:
        """One act on the story's case."""
        return self.do(action, _kind(action), self.case_id, **given)

    def on_item(self, action: Doing, /, **given: Any) -> Any:
        """One act on the story's unit."""
        return self.do(action, _kind(action), self.item_id, **given)

    def wait(self, **parts_of_time: int) -> None:
        """Time passes."""
        self.tx.now += timedelta(**parts_of_time)

    def case(self) -> CaseView:
        """The case as it stands."""
        return items.find_case(self.tx.connection, self.crew.org_id, self.case_id)

    def routes(self) -> list[Row]:
        """The components of the case."""
        return items.routes(self.tx.connection, self.crew.org_id, self.case_id)

    def asked_of(self, route: Row) -> tuple[Characteristic, ...]:
        """What is measured on a component: nothing where it is replaced every time."""
        if self.story.family.position(route.component).mandatory_replace:
            return ()
        return self.story.family.characteristics_of(route.component)

    def settle(self, nonconformity: str) -> None:
        """The board decides what is done, and somebody else sees that it is done (SM-3)."""
        self.act(findings.review_nonconformity, "inspection.review_nonconformity", nonconformity)
        decided = "inspection.decide_nonconformity"
        self.act(findings.decide_nonconformity, decided, nonconformity, decision="rework")
        self.act(findings.verify_nonconformity, "inspection.verify_nonconformity", nonconformity, seen=True)

    def options(self, route: Row) -> Any:
        """What may become of a component."""
        found = bench.results(self.tx.connection, self.crew.org_id, self.case_id, route.item_id)
        return bench.options(self.story.family, route.component, found)

    def picture(self, words: str, lines: tuple[str, ...] = ()) -> Cited:
        """A drawn picture, kept once a story."""
        if words not in self._pictures:
            content = pictures.plate(lines) if lines else pictures.scene(words)
            digest = self.storage.put(content)
            self._pictures[words] = Cited(digest=digest, media_type="image/png", size=len(content), shows=words)
        return self._pictures[words]


def _kind(action: Doing) -> str:
    feature = action.__module__.split(".")[1]
    return f"{feature}.{action.__name__}"


def shown(point: Point, value: str) -> Shown:
    """What a test point showed; a proportion was counted over as many as its base."""
    return Shown(code=point.code, value=value, of=None if point.share is None else point.share.base)
