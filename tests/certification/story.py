"""A scheme owner, an accreditor, a body and a workshop, and a certification told as far as a test wants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from remanu.accounts import actions as accounts
from remanu.accounts.events import Founded
from remanu.certification import actions, queries
from remanu.certification.events import Cited
from remanu.ledger import rebuild
from remanu.rules.accreditation import Area
from remanu.rules.actor import Actor
from remanu.rules.certification import Line
from tests import people, shelf

OWNER, ACCREDITOR, BODY, HOLDER = (f"0195a000-0000-7000-8000-0000000000{n}" for n in ("a1", "a2", "a3", "a4"))
ZONE = "Asia/Shanghai"
SCHEME, EDITION, FAMILY = "XA-RM", "2025", "diesel-engine"
A, B = Line("NW-6L-200"), Line("NW-8L-300")
PAPER = Cited(digest="cd" * 32, media_type="application/pdf", size=9, shows="")
NOTE = "The client Zabriskie asked for haste."
_ROLES = {
    OWNER: "scheme_owner",
    ACCREDITOR: "accreditation_body",
    BODY: "certification_body",
    HOLDER: "workshop",
}
_NAMES = {
    OWNER: "Schemes of XA",
    ACCREDITOR: "Accreditors of XA",
    BODY: "Certifiers of XA",
    HOLDER: "Works of XA",
}
WAY = ("scheme", "accredited", "applied", "opened", "accepted", "evaluated", "reviewed", "granted")
_CLAUSES = {one.code: "comply" for one in queries.checklists()["process-2018"].clauses}


def who(org_id: str, role: str, *, name: str = "") -> Actor:
    """Somebody with a role in an organisation; another name is another person."""
    return people.member(name or role, role, org_id=org_id)


@dataclass(slots=True)
class Story:
    """What was told: ids, and a short way to do and to ask."""

    database: Any
    scheme: str = ""
    accreditation: str = ""
    application: str = ""
    file: str = ""
    done: list[str] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day of the test's clock."""
        return queries.local_day(self.database.clock.now(), ZONE)

    def do(self, action: Any, actor: Actor, *args: Any, **values: Any) -> Any:
        """One act by a person a moment after he proved who he is."""

        def work(tx: Any) -> Any:
            return action(tx, people.fresh(actor, tx.now), *args, **values)

        return self.database.transact(work)

    def plain(self, action: Any, actor: Actor, *args: Any, **values: Any) -> Any:
        """One act without a fresh factor."""
        return self.database.transact(lambda tx: action(tx, actor, *args, **values))

    def ask(self, query: Any, *args: Any, **values: Any) -> Any:
        """A query on a reading connection."""
        with self.database.reading() as connection:
            return query(connection, *args, **values)

    def found_file(self, file_id: str = "") -> Any:
        """The body's file as it stands."""
        return self.ask(queries.find_file, BODY, file_id or self.file, self.today)

    @property
    def state(self) -> str:
        """The state of the certification today."""
        return str(self.found_file().state)

    def later(self, days: int) -> None:
        """Days pass."""
        self.database.clock.advance(days=days)

    def holds(self, registry: Any) -> bool:
        """Whether the views are what the events say."""
        return not rebuild.check(self.database, registry).problems

    # -- the way of a certification, one method a step

    def scheme_step(self) -> None:
        """The scheme owner writes a scheme and approves it by a second person."""
        self.scheme = draft(self).subject.id
        self.do(actions.approve_scheme, who(OWNER, "steward", name="second"), self.scheme)

    def accredited_step(self) -> None:
        """The accreditor finds the body competent."""
        self.accreditation = accredit(self).subject.id

    def applied_step(self) -> None:
        """The workshop applies."""
        self.application = apply(self).subject.id

    def opened_step(self) -> None:
        """The body takes the application into its own record."""
        self.file = self.do(actions.open_application, who(BODY, "reviewer"), self.application).subject.id

    def accepted_step(self) -> None:
        """It is competent and begins; everybody declares himself."""
        self.do(actions.accept_application, who(BODY, "reviewer"), self.file)
        for role in ("evaluator", "reviewer", "decision_maker"):
            self.do(actions.declare_impartiality, who(BODY, role), self.file, clear=True)

    def evaluated_step(self) -> None:
        """Every clause is judged, every report is there."""
        check(self)
        finish(self)

    def reviewed_step(self) -> None:
        """Somebody else looked at it."""
        self.do(actions.finish_review, who(BODY, "reviewer"), self.file, recommends=True)

    def granted_step(self) -> None:
        """The certificate is issued for a year."""
        grant(self)

    def until(self, last: str) -> Story:
        """Tell the way up to this step, that step included."""
        for name in WAY[len(self.done) : WAY.index(last) + 1]:
            getattr(self, f"{name}_step")()
            self.done.append(name)
        return self


def began(database: Any) -> Story:
    """Four organisations, nothing else."""

    def found(tx: Any) -> None:
        for org_id, role in _ROLES.items():
            system = accounts.system_actor(org_id, now=tx.now)
            named = _NAMES[org_id]
            body = Founded(
                name_en=named, name_zh_hans=named, name_zh_hant=named, country="XA", zone=ZONE, roles=(role,)
            )
            accounts.found(tx, system, organisation=body)

    shelf.told(database, "certification founded", lambda: database.transact(found))
    return Story(database)


def told(database: Any, last: str) -> Story:
    """The story up to this step, told once a process."""
    one = began(database)

    def tell() -> dict[str, Any]:
        one.until(last)
        return {
            "scheme": one.scheme,
            "accreditation": one.accreditation,
            "application": one.application,
            "file": one.file,
            "done": one.done,
        }

    for name, value in shelf.told(database, ("certification", last), tell).items():
        setattr(one, name, value)
    return one


def draft(story: Story, **changed: Any) -> Any:
    """A scheme is written."""
    given = {
        "code": SCHEME,
        "names": ("Remanufactured engines", "再制造发动机", "再製造發動機"),
        "activities": ("selection", "test", "audit", "review", "decision", "attestation", "process_audit"),
        "statuses": ("remanufactured",),
        "checklist": "process-2018",
        "watch": actions.Watch(surveillance_days=180, grace_days=30, suspension_days=182, retroactive=True),
        "edition": actions.NewEdition(standard="XA 28619", edition=EDITION, applies_from=date(2025, 1, 1)),
        **changed,
    }
    actor = given.pop("actor", who(OWNER, "steward"))
    return story.do(actions.draft_scheme, actor, **given)


def accredit(story: Story, **changed: Any) -> Any:
    """The body is accredited."""
    given = {
        "body": BODY,
        "number": "XA-ACC-1",
        "areas": (Area(FAMILY, SCHEME, EDITION), Area("copier", SCHEME)),
        "valid_from": story.today,
        "valid_to": story.today + timedelta(days=1000),
        **changed,
    }
    return story.do(actions.grant_accreditation, given.pop("actor", who(ACCREDITOR, "accreditor")), **given)


def apply(story: Story, **changed: Any) -> Any:
    """The workshop applies for two models."""
    given = {"body": BODY, "scheme": SCHEME, "family": FAMILY, "lines": (A, B), "agreement": True, **changed}
    return story.do(actions.apply, given.pop("actor", who(HOLDER, "quality")), **given)


def check(story: Story, file: str = "", *, actor: Actor | None = None, **clauses: str) -> Any:
    """Every clause is judged; those named, as they say."""
    given = {**_CLAUSES, **clauses}
    return story.do(
        actions.check_clauses, actor or who(BODY, "evaluator"), file or story.file, clauses=given, note=NOTE
    )


def finish(story: Story, file: str = "", **changed: Any) -> Any:
    """The evaluation goes to review."""
    given = {"activities": ("test", "audit"), "evidence": (PAPER,), **changed}
    actor = given.pop("actor", who(BODY, "evaluator"))
    return story.do(actions.finish_evaluation, actor, file or story.file, **given)


def grant(story: Story, file: str = "", **changed: Any) -> Any:
    """The certificate is issued from today."""
    given = {
        "lines": (A, B),
        "valid_from": story.today,
        "valid_to": story.today + timedelta(days=365),
        **changed,
    }
    actor = given.pop("actor", who(BODY, "decision_maker"))
    return story.do(actions.grant_certification, actor, file or story.file, **given)


def second_file(story: Story, last: str = "reviewed", **applied: Any) -> Story:
    """Another application of the same workshop, told up to a step before the decision."""
    other = Story(story.database, scheme=story.scheme, accreditation=story.accreditation, done=list(WAY[:2]))
    other.application = apply(other, **applied).subject.id
    other.done.append("applied")
    return other.until(last)


def decide(story: Story, action: Any, **given: Any) -> Any:
    """An act of the decision maker on the file."""
    return story.do(action, who(BODY, "decision_maker"), story.file, **given)


def by_accreditor(story: Story, action: Any, **given: Any) -> Any:
    """An act of the accreditor on the accreditation."""
    return story.do(action, who(ACCREDITOR, "accreditor"), story.accreditation, **given)
