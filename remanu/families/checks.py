"""What must hold between the rows of a pack: codes once, a tree, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from remanu.errors import PackRefused
from remanu.families import bounds
from remanu.families.assembly import LifeLimit, LifeRuling
from remanu.families.bounds import Fault
from remanu.families.family import Family
from remanu.families.table import refused

# Twice the largest machine that the performance budgets speak of.
_MOST_PLACES = 10000


def check_name(file: str, family: Family) -> None:
    """A pack of the package stands in the file of its name."""
    if file != f"{family.id}.toml":
        raise PackRefused(file=file, path="id", why="not-the-file-name")


def check(file: str, family: Family) -> None:
    """PackRefused with every fault that the first finder to find any finds: what follows may follow from them."""
    for find in _FINDERS:
        if faults := [PackRefused(file=file, path=path, why=why) for path, why in find(family)]:
            raise refused(faults)


def _twice(path: str, codes: Sequence[str], key: str = "code") -> Iterator[Fault]:
    for n, code in enumerate(codes):
        if code in codes[:n]:
            yield f"{path}[{n}].{key}", "duplicate-code"


def _codes(family: Family) -> Iterator[Fault]:
    for path in (
        "sources",
        "positions",
        "counters",
        "instrument_classes",
        "characteristics",
        "criteria",
        "operations",
        "tests",
        "intervals",
        "dossier",
    ):
        yield from _twice(path, [row.code for row in getattr(family, path)])
    for n, counter in enumerate(family.counters):
        yield from _twice(f"counters[{n}].ratings", [rating.code for rating in counter.ratings])
    for n, criterion in enumerate(family.criteria):
        yield from _twice(f"criteria[{n}].answers", [answer.code for answer in criterion.answers])
    for n, test in enumerate(family.tests):
        yield from _twice(f"tests[{n}].points", [point.code for point in test.points])
    yield from _twice("claims.terms", [term.claim_class for term in family.claims.terms], "class")


def _tree(family: Family) -> Iterator[Fault]:
    parents = {position.code: position.parent for position in family.positions}
    if [*parents.values()].count(None) != 1:
        yield "positions", "not-one-root"
    for n, position in enumerate(family.positions):
        if position.parent is not None and position.parent not in parents:
            yield f"positions[{n}].parent", "unknown-position"
        if _leads_back(position.code, parents):
            yield f"positions[{n}].parent", "cycle"


def _places(family: Family) -> Iterator[Fault]:
    """Every serialised piece has a place of its own, and a case holds them all."""
    if sum(one.quantity if one.serialised else 1 for one in family.positions) > _MOST_PLACES:
        yield "positions", "too-many-places"


def _leads_back(code: str, parents: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    above: str | None = code
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above is not None


def _bearers(family: Family) -> Iterator[Fault]:
    if not any(position.identity_bearer for position in family.positions):
        yield "positions", "no-identity-bearer"
    for n, position in enumerate(family.positions):
        if (position.identity_bearer or position.life_limited) and not position.serialised:
            yield f"positions[{n}].serialised", "needs-a-serial"
        if position.identity_bearer and position.mandatory_replace:
            yield f"positions[{n}].mandatory_replace", "identity-would-end"


def _unknown(path: str, codes: Iterable[str], known: frozenset[str]) -> Iterator[Fault]:
    if not known.issuperset(codes):
        yield path, "unknown-reference"


def _references(family: Family) -> Iterator[Fault]:
    components = frozenset(position.code for position in family.positions)
    instruments = frozenset(one.code for one in family.instrument_classes)
    measured = frozenset(one.code for one in family.characteristics)
    for n, one in enumerate(family.characteristics):
        path = f"characteristics[{n}]"
        yield from _unknown(f"{path}.component", [one.component], components)
        yield from _unknown(f"{path}.instrument_class", [one.instrument_class], instruments)
        yield from _unknown(f"{path}.relative_to", [one.relative_to] if one.relative_to else [], measured)
        yield from _unknown(f"{path}.steps.mates", one.steps.mates if one.steps else [], components)
    yield from _life_limits(family)


def _life_limits(family: Family) -> Iterator[Fault]:
    limited = frozenset(position.code for position in family.positions if position.life_limited)
    ratings = {
        counter.code: [rating.code for rating in counter.ratings] or [""] for counter in family.counters
    }
    yield from _at_ratings("life_limits", family.life_limits, limited, ratings)
    yield from _at_ratings("life_rulings", family.life_rulings, limited, ratings)
    for n, row in enumerate(family.calendar_limits):
        yield from _unknown(f"calendar_limits[{n}].component", [row.component], limited)
    taken = {(row.component, row.counter, row.rating) for row in family.life_limits}
    for n, ruling in enumerate(family.life_rulings):
        if (ruling.component, ruling.counter, ruling.rating) in taken and not ruling.part_numbers:
            yield f"life_rulings[{n}]", "limit-and-word"
    by_calendar = {row.component for row in family.calendar_limits}
    if limited != by_calendar | {row.component for row in family.life_limits}:
        yield "life_limits", "no-life-limit"
    yield from _intervals(family, ratings)


def _at_ratings(
    name: str,
    given: Sequence[LifeLimit | LifeRuling],
    limited: frozenset[str],
    ratings: Mapping[str, Sequence[str]],
) -> Iterator[Fault]:
    """Rows that speak of a component at a rating of a counter: all three are there, and nothing is said twice."""
    seen = [(row.component, row.counter, row.rating) for row in given]
    for n, row in enumerate(given):
        path = f"{name}[{n}]"
        yield from _unknown(f"{path}.component", [row.component], limited)
        yield from _unknown(f"{path}.counter", [row.counter], frozenset(ratings))
        yield from _unknown(f"{path}.rating", [row.rating], frozenset(ratings.get(row.counter, ())))
        if seen[n] in seen[:n]:
            yield path, "duplicate-code"


def _intervals(family: Family, ratings: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    components = frozenset(position.code for position in family.positions)
    for n, row in enumerate(family.intervals):
        yield from _unknown(f"intervals[{n}].component", [row.component], components)
        for m, one in enumerate(row.weights):
            path = f"intervals[{n}].weights[{m}]"
            yield from _unknown(f"{path}.counter", [one.counter], frozenset(ratings))
            # The whole of a split counter may be weighed too.
            yield from _unknown(f"{path}.rating", [one.rating], frozenset(("", *ratings.get(one.counter, ()))))


def _operations(family: Family) -> Iterator[Fault]:
    where = {one.code: one.component for one in family.characteristics}
    components = frozenset(position.code for position in family.positions)
    for n, operation in enumerate(family.operations):
        path = f"operations[{n}]"
        yield from _unknown(f"{path}.components", operation.components, components)
        yield from _unknown(f"{path}.restores", operation.restores, frozenset(where))
        if not {where[code] for code in operation.restores} <= set(operation.components):
            yield f"{path}.restores", "other-component"


def _criteria(family: Family) -> Iterator[Fault]:
    for n, criterion in enumerate(family.criteria):
        outcomes = {answer.outcome for answer in criterion.answers}
        if "full" not in outcomes or len(outcomes) == 1:
            yield f"criteria[{n}].answers", "decides-nothing"


_FINDERS = (
    _codes,
    _tree,
    _places,
    _bearers,
    _references,
    _operations,
    _criteria,
    bounds.limits,
    bounds.points,
    bounds.claims,
    bounds.lives,
)
