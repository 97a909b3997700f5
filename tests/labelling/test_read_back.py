"""Reading back: exactly this label, and with it the step from released to labelled (SM-1 no. 26)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from remanu.errors import BadInput, Forbidden, GuardFailed, NotAllowed, NotFound
from remanu.labelling import actions
from remanu.parts.models import Case, Item
from tests import people
from tests.labelling.place import released


def read_back(bench, label, code=None, by=None):
    """Scan a label on the part."""
    scanned = bench.label(label).payload if code is None else code
    return bench.place.do(actions.read_back, by or bench.person("technician"), label, code=scanned)


def test_it_works(bench):
    """The label is active and the part counts as labelled, in one act."""
    label = bench.applied()
    done = read_back(bench, label)
    assert bench.label(label).state == "active"
    assert bench.case.state == "LABELLED"
    assert done.body.text == bench.label(label).payload


@pytest.mark.parametrize("form", ["lower", "typed", "spaced", "http"])
def test_forgiving(bench, form):
    """Any case, hyphens, spaces and a scheme without TLS name the same label."""
    label = bench.applied()
    row = bench.label(label)
    code = row.item_code
    scanned = {
        "lower": row.payload.lower(),
        "typed": f"{code[:4]}-{code[4:9]}-{code[9:]}/{row.code.lower()}",
        "spaced": f"  {row.payload}  ",
        "http": row.payload.replace("https:", "http:"),
    }
    read_back(bench, label, scanned[form])
    assert bench.label(label).state == "active"


def another_part(bench):
    """A label of another engine in the same workshop."""
    beside = released(bench.place, serial="E-9000")
    return beside.label(beside.reserve()).payload


def another_label(bench):
    """Another label of the same engine."""
    return bench.label(bench.reserve(placement="packing")).payload


@pytest.mark.parametrize(
    ("scanned", "why"),
    [
        (another_part, "another-part"),
        (another_label, "another-label"),
        (lambda bench: bench.item.code, "scan-without-label"),
        (lambda bench: f"https://id.example.test/{bench.item.code}/PAPER", "paper-scanned"),
        (lambda bench: f"https://id.example.test/{bench.item.code}", "scan-without-label"),
        (lambda bench: f"https://evil.test/{bench.item.code}/AAAAAA", "foreign-host"),
        (lambda bench: f"https://id.example.test.evil.test/{bench.item.code}/AAAAAA", "foreign-host"),
        (lambda bench: f"https://id.example.test@evil.test/{bench.item.code}/AAAAAA", "foreign-host"),
        (lambda bench: f"https://id.example.test/{bench.item.code}/AAAAAA/B", "not-a-code"),
        (lambda bench: f"{bench.item.code[:-1]}U/AAAAAA", "not-a-code"),
        (lambda _: "", "not-a-code"),
        (lambda _: "\u202e8XK4", "not-a-code"),
        (lambda _: "WIFI:S:hall;T:WPA;P:secret;;", "not-a-code"),
        (lambda _: "https://id.example.test/0000000000001/AAAAAA", "check-character"),
        (lambda _: "A" * 5000, "not-a-code"),
    ],
)
def test_anything_else_is_refused_and_says_why(bench, scanned, why):
    """Foreign, wrong and malformed texts change nothing, and the reason names what was scanned."""
    label = bench.applied()
    with pytest.raises(BadInput) as refused:
        read_back(bench, label, scanned(bench))
    assert refused.value.details["why"] == why
    assert bench.label(label).state == "applied"
    assert bench.case.state == "RELEASED"


def test_a_label_of_a_former_host(bench):
    """What is printed counts, also when the installation has another address by now."""
    label = bench.applied()
    bench.place.database.label_origin = "https://id.new.test"
    read_back(bench, label)
    assert bench.label(label).state == "active"


def test_one_on_the_packing_does_not_label_the_part(bench):
    """The case waits for the label on the part."""
    read_back(bench, bench.applied(placement="packing"))
    assert bench.case.state == "RELEASED"


def test_where_the_family_puts_it(bench):
    """An aero engine carries its label with the documents, as its pack says."""
    bench.change(Item, bench.item_id, family="aero-engine")
    read_back(bench, bench.applied(placement="document"))
    assert bench.case.state == "LABELLED"


def test_a_second_label_later_moves_nothing(bench):
    """A replacement is read back while the part is in service."""
    bench.active()
    bench.change(Case, bench.case_id, state="IN_SERVICE")
    read_back(bench, bench.applied(placement="packing"))
    assert bench.case.state == "IN_SERVICE"


def test_not_while_on_hold(bench):
    """A held case moves nowhere, and the label with it."""
    label = bench.applied()
    bench.hold()
    with pytest.raises(GuardFailed) as refused:
        read_back(bench, label)
    assert refused.value.details["missing"] == ["not_on_hold"]
    assert bench.label(label).state == "applied"


def test_the_tag_retires(in_process):
    """The label takes over from the tag that the part carried until then."""
    tag = in_process.active()
    in_process.change(Case, in_process.case_id, state="RELEASED")
    label = _after_release(in_process)
    read_back(in_process, label)
    assert (in_process.label(tag).state, in_process.label(tag).replaced_by) == ("superseded", label)


def _after_release(bench):
    """A label on the engine once its case is released."""
    from tests.labelling import place  # noqa: PLC0415 -- the last step of its story alone

    bench.place.database.transact(lambda tx: place._issued(tx, bench))
    return bench.applied()


def test_two_at_once(bench):
    """Two people scan the same label: one act counts, the other hears that it is active."""
    label = bench.applied()

    def attempt(_):
        try:
            read_back(bench, label)
        except NotAllowed as refused:
            return refused.details["state"]
        return "won"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == ["active"] * 3 + ["won"]


def test_not_before_it_is_on(bench):
    """A printed label in a drawer proves nothing about the part."""
    with pytest.raises(NotAllowed):
        read_back(bench, bench.printed())


def test_not_by_logistics(bench):
    """Technicians and label officers read back."""
    with pytest.raises(Forbidden):
        read_back(bench, bench.applied(), by=bench.person("logistics"))


def test_not_for_others(bench):
    """A label of another organisation does not exist here."""
    with pytest.raises(NotFound):
        read_back(bench, bench.applied(), by=people.OUTSIDER)
