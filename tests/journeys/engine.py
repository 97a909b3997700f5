"""The journey of one diesel engine as pages see it: what each person fills in, in the order of the process."""

from __future__ import annotations

import re

from remanu.demo import story
from remanu.families.loader import load_all

FAMILY = load_all()["diesel-engine"]
STORY = story.load("diesel-engine")
BEST = {
    f"answers.{one.code}": next(answer.code for answer in one.answers if answer.outcome == "full")
    for one in FAMILY.criteria
}
POINTS = [point for test in FAMILY.tests for point in test.points]


def arrive(visitor) -> str:
    """Announced, received, identified, graded, accepted; returns the part's id."""
    clerk = visitor("receiving_clerk")
    clerk.fill(
        "/cases/announce?family=diesel-engine",
        maker="Nordwerk",
        part_number="NW-6L-200",
        serial="6L-77001",
        name="Diesel engine NW 6L-200",
        owner="The owner, in XB",
        packing="stand",
    )
    item = clerk.at.rpartition("/")[2]
    clerk.fill(
        case_path(clerk, item, "receive"),
        signed_by="The owner's driver",
        mass_kg="912",
        place="Gate 1",
        **{"counters.hours.value": "11840"},
    )
    visitor("technician").fill(
        case_path(clerk, item, "identify"),
        mark="NORDWERK 6L-200 · No. 6L-77001",
        mark_kind="plate",
        serial="6L-77001",
        earlier_lives="unknown",
        right_shown="owner_order",
    )
    visitor("core_inspector").fill(case_path(clerk, item, "grade"), **BEST)
    visitor("core_manager").fill(case_path(clerk, item, "accept"), value="8000")
    return item


def take_apart(visitor, item: str) -> None:
    """Work order, components with serials and positions, cleaning."""
    visitor("planner").fill(
        case_path(visitor("planner"), item, "open_work_order"),
        target_class="REMANUFACTURED",
        standard="XA-REM 1",
        edition="2025",
    )
    technician = visitor("technician")
    record = case_path(technician, item, "record_component")
    for position in FAMILY.positions[1:]:
        serial = {"serial": f"6L-77001-{position.code}".upper()} if position.serialised else {}
        technician.fill(
            f"{record}?position={position.code}",
            what="found",
            part_number=f"NW-{position.code}".upper(),
            mass_kg="1.5",
            **serial,
        )
    technician.fill(case_path(technician, item, "disassemble"))
    technician.fill(
        case_path(technician, item, "clean"),
        method="hot_wash",
        minutes="45",
        water_l="320",
        energy_kwh="26.5",
        waste_kg="2.4",
    )


def measure_all(visitor, components: dict[str, str]) -> None:
    """Every characteristic of every component, as it was found."""
    inspector = visitor("inspector")
    for code, component in components.items():
        for asked in FAMILY.characteristics_of(code):
            if not FAMILY.position(code).mandatory_replace:
                measure(inspector, component, asked, STORY.found(asked))


def measure(inspector, component: str, asked, values) -> str:
    """One characteristic; the page offers the only instrument that is ready."""
    path = f"/parts/{component}/measure?characteristic={asked.code}"
    return inspector.fill(path, **typed(asked, values))


def typed(asked, values) -> dict[str, str]:
    """What is typed for a characteristic: its readings, or a test that shows nothing."""
    if asked.kind == "ndt":
        assert set(values) == {"0"}, "this journey finds no cracks"
        by = {"method": "MPI", "procedure": "NDT-1", "procedure_edition": "2", "sensitivity": "A1 shim"}
        return {**by, "found": "none"}
    readings = {f"values.{n}": value for n, value in enumerate(values)}
    return readings | ({"temperature": "20"} if asked.wants_temperature else {})


def decide(visitor, item: str, components: dict[str, str]) -> None:
    """A disposition for each component, chosen from the buttons that its page offers."""
    inspector = visitor("inspector")
    inspector.fill(case_path(inspector, item, "inspect"))
    for component in components.values():
        page = inspector.see(f"/parts/{component}/dispose")
        offered = re.findall(r'name="disposition" value="(\w+)"', page)
        inspector.fill(f"/parts/{component}/dispose", disposition=_chosen(offered))
    inspector.fill(case_path(inspector, item, "disposition"))


def _chosen(offered: list[str]) -> str:
    wanted = ("REPLACE_MANDATORY", "REUSE_AS_IS", "SALVAGE_SIZE_STEP", "SALVAGE")
    return next(one for one in wanted if one in offered)


def restore(visitor, item: str, components: dict[str, str]) -> None:
    """The crankshaft is ground, the deck is milled, both are measured again; shells and seals are new."""
    planner, technician, inspector = (visitor(role) for role in ("planner", "technician", "inspector"))
    path = case_path(planner, item, "start_restoration")
    wanted = {work.code for work in STORY.operations.values()}
    page = planner.see(path)
    ticks = dict(re.findall(r'name="(plan\.\d+\.operation)" value="([\w-]+)"', page))
    planner.fill(path, **{name: code for name, code in ticks.items() if code in wanted})
    for code, work in STORY.operations.items():
        technician.fill(
            f"/parts/{components[code]}/operate?operation={work.code}",
            edition="P-1",
            energy_kwh=work.energy,
            water_l=work.water,
            material="Grinding wheel",
            batch="B-1",
            material_kg=work.material,
            waste_kg=work.waste,
        )
        restores = next(one.restores for one in FAMILY.operations if one.code == work.code)
        for asked in FAMILY.characteristics_of(code):
            if asked.code in restores:
                measure(inspector, components[code], asked, STORY.left(asked))
    for position in FAMILY.positions:
        if position.mandatory_replace:
            _replace(technician, components[position.code], position.code)
    other = visitor("inspector_2")
    other.fill(case_path(other, item, "finish_restoration"))


def _replace(technician, component: str, code: str) -> None:
    # Shells run on ground journals: they come in the size of the step (I17).
    step = {"size_step": "-0.25"} if code == "main-bearing-shell" else {}
    technician.fill(
        f"/parts/{component}/replace",
        origin="new",
        part_number=f"NW-{code}".upper(),
        release_reference="Supplier's certificate",
        mass_kg="1.5",
        old_mass_kg="1.5",
        **step,
    )


def build(visitor, item: str) -> None:
    """Every place is filled, the unit is weighed."""
    technician = visitor("technician")
    for component in serviceable(technician, item):
        technician.fill(f"/parts/{component}/install")
    technician.fill(case_path(technician, item, "reassemble"), unit_mass_kg="913")


def run(visitor, item: str, *, good: bool) -> None:
    """A test run on the rig."""
    operator = visitor("test_operator")
    operator.fill(case_path(operator, item, "start_test"), rig=_rig(operator, item))
    shown = {one.code: STORY.shown(one) for one in POINTS}
    if not good:
        shown["blow-by"] = "151"
    values = {f"points.{n}.value": shown[one.code] for n, one in enumerate(POINTS)}
    operator.fill(case_path(operator, item, "pass_test" if good else "fail_test"), **values)


def _rig(operator, item: str) -> str:
    page = operator.see(case_path(operator, item, "start_test"))
    return re.search(r'name="rig" value="([^"]+)"', page)[1]


def case_path(visitor, item: str, verb: str) -> str:
    """Where a verb is done to the part's case, as JSON tells it."""
    answer = visitor.client.get(f"/api/v1/parts/{item}")
    assert answer.status_code == 200, answer.text
    return f"/cases/{answer.json['case']['id']}/{verb}"


def state_of(visitor, item: str) -> str:
    """The state of the part's case."""
    return visitor.client.get(f"/api/v1/parts/{item}").json["case"]["state"]


def components_of(visitor, item: str) -> dict[str, str]:
    """The components found, by position."""
    rows = visitor.client.get(f"/api/v1/parts/{item}").json["case"]["components"]
    return {row["position"]: row["item_id"] for row in rows}


def serviceable(visitor, item: str) -> list[str]:
    """The components that may be installed."""
    rows = visitor.client.get(f"/api/v1/parts/{item}").json["case"]["components"]
    return [row["item_id"] for row in rows if row["condition"] != "scrapped"]
