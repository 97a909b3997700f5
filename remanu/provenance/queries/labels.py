"""Labels of a part and their states, from the events that moved them (SM-8)."""

from __future__ import annotations

from dataclasses import dataclass, field

from remanu.provenance.queries.document import Values, number, part, rows, text, when
from remanu.provenance.queries.story import Label


@dataclass(slots=True)
class Drawer:
    """Every label and tag that was reserved, by its id."""

    known: dict[str, Label] = field(default_factory=dict)

    def hear(self, kind: str, document: Values, body: Values) -> None:
        """Take in one event."""
        if not kind.startswith("labelling."):
            return
        if kind == "labelling.reserve":
            self._reserve(body, document)
        if part(body, "replacement"):
            self._reserve(part(body, "replacement"), document)
        moved = text(part(body, "move"), "label")
        self._move(part(body, "move"), document, text(body, "why"), text(part(body, "replacement"), "label"))
        for retired in rows(body, "retires"):
            self._move(retired, document, "", moved)

    def _reserve(self, new: Values, document: Values) -> None:
        self.known[text(new, "label")] = Label(
            id=text(new, "label"),
            code=text(new, "code"),
            kind=text(new, "kind"),
            life=number(new, "life"),
            state="reserved",
            at=when(document),
        )

    def _move(self, move: Values, document: Values, why: str, by: str) -> None:
        label = self.known.get(text(move, "label"))
        if label is not None:
            label.state, label.at = text(move, "target"), when(document)
            label.why = why or label.why
            label.replaced_by = self.known[by].code if by in self.known else label.replaced_by

    def newest_first(self) -> tuple[Label, ...]:
        """All of them, the newest first."""
        return tuple(reversed(self.known.values()))
