"""What was measured, done, replaced and tested in a case, and what it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from remanu.provenance.queries.document import Values, case, part, rows, text
from remanu.provenance.queries.story import Amount, Piece, Point, Reading, Stage, Swap, Work

_AS_NEW = frozenset({"REMANUFACTURED", "REBUILT"})
_NEW, _USED = ("new", "service", "repair"), ("service", "repair", "new")
_TAKEN = (
    ("energy", "energy_kwh", "kW.h"),
    ("water", "water_l", "L"),
    ("material", "material_kg", "kg"),
    ("waste", "waste_kg", "kg"),
)
AMOUNTS: tuple[tuple[str, str], ...] = tuple((of, unit) for of, _, unit in _TAKEN)
"""What is summed over a case, and in which unit."""


@dataclass(slots=True)
class Bench:
    """What was heard of work, and where in the story it belongs."""

    results: dict[tuple[str, str, str], list[tuple[Stage, Values]]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    swaps: list[tuple[Stage, Values]] = field(default_factory=list)
    works: list[tuple[Stage, Values, str]] = field(default_factory=list)
    sums: dict[str, Decimal] = field(default_factory=dict)

    def hear(self, stage: Stage, kind: str, body: Values, subject_id: str) -> None:
        """Take in one event that stands at this stage."""
        if kind in {"inspection.measure", "inspection.examine"}:
            key = (case(body), subject_id, text(body, "characteristic"))
            self.results.setdefault(key, []).append((stage, body))
            self.gone.add(text(body, "former"))
        elif kind == "inspection.condemn":
            self.gone.update(text(one, "former") for one in rows(body, "results"))
        elif kind == "restoration.replace" and subject_id == text(body, "new"):
            self.swaps.append((stage, body))
        elif kind in {"restoration.operate", "restoration.clean"}:
            self.works.append((stage, body, kind))
            self._add(body)
        elif kind in {"restoration.pass_test", "restoration.fail_test"}:
            stage.points = [_point(result) for result in rows(body, "results")]

    def _add(self, body: Values) -> None:
        for of, name, _ in _TAKEN:
            value = _decimal(text(body, name))
            if value is not None:
                self.sums[of] = self.sums.get(of, Decimal(0)) + value

    def settle(self, pieces: Mapping[str, Piece]) -> None:
        """Put everything where it is told, once all pieces are known."""
        out = {text(body, "old") for _, body in self.swaps}
        for (_, subject_id, characteristic), results in self.results.items():
            standing = [one for one in results if text(one[1], "measurement") not in self.gone]
            if standing:
                reading = _reading(characteristic, standing, pieces.get(subject_id))
                standing[0][0].readings.append(replace(reading, replaced=subject_id in out))
        for stage, body in self.swaps:
            stage.swaps.append(_swap(body, pieces))
        for stage, body, kind in self.works:
            stage.works.append(_work(body, kind))

    def amounts(self) -> tuple[Amount, ...]:
        """What all work took together, as far as it was recorded.

        A form that leaves energy empty records 0. No unit is renewed without any, so that sum is not known.
        """
        return tuple(
            Amount(of=of, value=_plain(self.sums[of]), unit=unit)
            for of, _, unit in _TAKEN
            if of in self.sums and (self.sums[of] or of != "energy")
        )


def _reading(characteristic: str, results: list[tuple[Stage, Values]], piece: Piece | None) -> Reading:
    before = [body for _, body in results if text(body, "stage") == "as_found"]
    after = [body for _, body in results if text(body, "stage") != "as_found"]
    last = (after or before)[-1]
    lower, upper = _limits(last)
    return Reading(
        position=text(last, "position") or (piece.position if piece is not None else ""),
        characteristic=characteristic,
        unit=text(last, "unit"),
        found=text(before[-1], "deciding") if before else "",
        released=text(after[-1], "deciding") if after else "",
        lower=lower,
        upper=upper,
        zone=text(last, "zone"),
        demonstration=part(last, "limits").get("demonstration") is True,
    )


def _limits(body: Values) -> tuple[str, str]:
    """The limits of the tier that the target class is held to, or of the nearest tier that has any."""
    limits = part(body, "limits")
    for tier in _NEW if text(body, "target_class") in _AS_NEW else _USED:
        found = text(limits, f"{tier}_min"), text(limits, f"{tier}_max")
        if any(found):
            return found
    return "", ""


def _swap(body: Values, pieces: Mapping[str, Piece]) -> Swap:
    unknown = Piece(position="", name="", maker="", part_number="", serial="")
    former = pieces.get(text(body, "old"), unknown)
    new = pieces.get(text(body, "new"), unknown)
    return Swap(position=text(body, "position"), piece=new, former=former.serial or former.part_number)


def _work(body: Values, kind: str) -> Work:
    done = text(body, "operation") if kind == "restoration.operate" else text(body, "method")
    return Work(position=text(body, "position"), operation=done, amounts=tuple(_amounts(body)))


def _amounts(body: Values) -> Iterator[Amount]:
    for of, name, unit in _TAKEN:
        value = _decimal(text(body, name))
        if value:
            yield Amount(of=of, value=_plain(value), unit=unit)


def _point(result: Values) -> Point:
    point = part(result, "point")
    return Point(
        code=text(point, "code"),
        name=text(point, "name"),
        unit=text(point, "unit"),
        value=text(result, "value"),
        lower=text(point, "low"),
        upper=text(point, "high"),
        verdict=text(result, "verdict"),
    )


def _decimal(value: str) -> Decimal | None:
    try:
        return Decimal(value) if value else None
    except InvalidOperation:
        return None


def _plain(value: Decimal) -> str:
    return format(value.normalize() if value else Decimal(0), "f")
