"""Forms that no browser of ours sends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remanu.web import shape
from remanu.web.acts import Verb
from tests.hostile.bodies import TEXT, Fault, Turns
from tests.matrix import samples

# A thing that cannot be acted on at all is said before what is wrong with the form.
REFUSED = frozenset({409, 422})
_NAMES: Sequence[Fault] = (
    ("a surplus field", {"surplus": "1"}),
    ("a field that is text and more", {"a": "1", "a.b": "2"}),
    ("a field that is more and text", {"a.b": "2", "a": "1"}),
    ("a number that is none", {"a.²": "1"}),
    ("a very long number", {"a." + "9" * 5000: "1"}),
    ("a deep name", {".".join("a" * 3000): "1"}),
    ("a name of dots", {"....": "1"}),
    ("a name of nothing", {"": "1"}),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """One hostile form: its name in a finding, its fields, and the statuses that are right."""

    name: str
    values: dict[str, str]
    right: frozenset[int]


def hostile(verb: Verb, turns: Turns) -> Iterator[Sent]:
    """Some faults of names and amounts, then faults of the act's own fields, one at a time."""
    known = samples.form_of(verb.schema, verb.kind)
    for told, more in turns.deal(_NAMES, 2):
        yield Sent(told, {**known, **more}, REFUSED)
    for name, one in verb.schema().fields.items():
        if name not in known:
            continue
        if one.required:
            yield Sent(f"without {name}", {k: v for k, v in known.items() if k != name}, REFUSED)
        if isinstance(one, shape.Line):
            yield from (
                Sent(f"{name} is {told}", {**known, name: text}, REFUSED)
                for told, text in turns.deal(TEXT, 1)
            )


def heavy(verb: Verb) -> Iterator[Sent]:
    """Forms that are too much."""
    known = samples.form_of(verb.schema, verb.kind)
    yield Sent("many fields", {**known, **{f"f{at}": "1" for at in range(900)}}, REFUSED)
    yield Sent("too many fields", {f"f{at}": "1" for at in range(2000)}, frozenset({413, 422}))
    yield Sent("too much text", {**known, "surplus": "x" * 600_000}, frozenset({413, 422}))
