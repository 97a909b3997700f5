"""Taking a signature: by passkey over the very content, or by password and code, as policy asks (T-R7, T-R8, T-R17)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remanu import passkeys as passkey
from remanu.accounts import actions
from remanu.errors import BadInput, FactorNeeded, SignatureRefused
from remanu.ledger.body import encode
from tests.accounts.signer import MEANING, RECORD, actions_by, at_work, decide
from tests.authenticator import ORIGIN, PRESENT, SITE, Authenticator

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def signer(place):
    """Certifying staff with a confirmed passkey."""
    one = at_work(place)
    one.register()
    return one.confirm()


def _why(given) -> str:
    with pytest.raises(SignatureRefused) as refusal:
        given()
    return str(refusal.value.details["why"])


def test_a_passkey_signs_what_was_shown(signer):
    """The evidence alone shows later who approved what; nothing was recorded by asking (T-R7)."""
    said = signer.ask()
    done = signer.answer(signer.key.sign(said))
    assert encode(done.approval) == said["approval"]
    assert (done.approval.meaning, done.approval.record) == (MEANING, RECORD)
    assert done.evidence.method == "passkey"
    assert done.evidence.passkey == signer.passkey
    assert passkey.stands(encode(done.approval), encode(done.evidence), origin=ORIGIN, rp_id=SITE) == ()


def test_ed25519_signs_as_well(place):
    """The other kind of key that authenticators hold."""
    one = at_work(place, Authenticator.ed25519())
    one.register()
    one.confirm()
    assert one.answer(one.key.sign(one.ask())).evidence.method == "passkey"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"origin": "https://elsewhere.example"}, "other-origin"),
        ({"rp_id": "elsewhere.example"}, "wrong-site"),
        ({"flags": PRESENT}, "not-verified"),
        ({"flags": 0x04}, "nobody-present"),
    ],
)
def test_an_assertion_that_does_not_hold(signer, change, why):
    """Another site, and an authenticator that did not make sure who is there."""
    said = signer.ask()
    signer.key = replace(signer.key, **change)
    assert _why(lambda: signer.answer(signer.key.sign(said))) == why


def test_another_content_is_not_signed_by_it(signer):
    """What was signed for one record serves no other, nor a challenge that nobody here made."""
    said = signer.ask()
    given = signer.key.sign(said)
    assert _why(lambda: signer.answer(given, record="cd" * 32)) == "other-content"
    forged = {**said, "challenge": passkey.encoded(b"\0" * 32)}
    assert _why(lambda: signer.answer(signer.key.sign(forged))) == "other-content"
    assert _why(lambda: signer.answer(signer.key.sign({**said, "tag": "00"}))) == "other-content"


def test_it_serves_once(signer):
    """The same answer a second time is refused, and puts the key in no doubt."""
    given = signer.key.sign(signer.ask())
    signer.answer(given)
    assert _why(lambda: signer.answer(given)) == "replayed"
    assert signer.state() == "active"


def test_it_serves_for_five_minutes(signer, clock):
    """Who waits longer is asked anew."""
    given = signer.key.sign(signer.ask())
    clock.advance(minutes=5, seconds=1)
    assert _why(lambda: signer.answer(given)) == "challenge-old"


def test_a_copied_key_is_found_by_its_counter(signer, place):
    """A counter that does not rise is refused, recorded, and the key signs no more (a cloned authenticator)."""
    signer.answer(signer.key.sign(signer.ask()))
    signer.key.counter = 1
    with pytest.raises(SignatureRefused) as refusal:
        signer.answer(signer.key.sign(signer.ask()))
    assert refusal.value.details["why"] == "counter-went-back"
    actions.remember_failure(place.database, signer.actor, "release.release", refusal.value)
    assert signer.state() == "doubted"
    assert place.kinds(signer.ref)[-1] == "accounts.refuse_signature"
    signer.key.counter = 50
    assert _why(lambda: signer.answer(signer.key.sign(signer.ask()))) == "passkey-doubted"


def test_only_ones_own_confirmed_living_key(place):
    """Unknown, somebody else's, not confirmed, retired: four ways to sign nothing."""
    one = at_work(place)
    said = one.ask()
    assert _why(lambda: one.answer(one.key.sign(said))) == "not-your-passkey"
    one.register()
    assert one.ask()["passkeys"] == []
    assert _why(lambda: one.answer(one.key.sign(one.ask()))) == "not-confirmed"
    one.confirm()
    other = place.actor(place.member("other", "certifying_staff"))
    assert _why(lambda: one.answer(one.key.sign(one.ask(who=other)), who=other)) == "not-your-passkey"
    place.do(actions.retire_passkey, one.actor, one.passkey, why="lost")
    assert _why(lambda: one.answer(one.key.sign(said))) == "passkey-retired"


def test_policy_says_what_is_strong_enough(signer, place, admin):
    """By password where nobody said anything; then by code or passkey; then by passkey alone (T-R8)."""
    assert signer.take(signer.actor).evidence.method == "password"
    decide(place, "password+code", first=admin, second=signer.keeper)
    with pytest.raises(FactorNeeded) as refusal:
        signer.take(signer.actor)
    assert refusal.value.details["wanted"] == "password+code"
    both = signer.by_code(signer.code(signer.enrol_code()))
    assert signer.take(both).evidence.method == "password+code"
    assert signer.answer(signer.key.sign(signer.ask())).evidence.method == "passkey"
    decide(place, "passkey", first=admin, second=signer.keeper)
    with pytest.raises(FactorNeeded):
        signer.take(both)


def test_one_component_is_enough_for_a_quarter_of_an_hour(place, admin, clock):
    """Both for the first signature of a session, one after it, both again later and on another device (T-R8)."""
    one = at_work(place)
    decide(place, "password+code", first=admin, second=one.keeper)
    secret = one.enrol_code()
    clock.advance(minutes=1)
    token = place.sign_in("signer")
    first = one.take(one.by_code(one.code(secret), place.live(token).actor))
    assert first.evidence.continued is None
    following = one.take(one.by_code("", place.live(token).actor))
    assert (following.evidence.method, following.evidence.continued) == ("password+code", True)
    elsewhere = place.sign_in("signer")
    with pytest.raises(FactorNeeded):
        one.take(one.by_code("", place.live(elsewhere).actor))
    clock.advance(minutes=14)
    place.do(actions.touch, place.live(token).id)
    clock.advance(minutes=1, seconds=1)
    with pytest.raises(FactorNeeded):
        one.take(one.by_code("", place.live(token).actor))


def test_a_code_is_used_once_and_by_its_owner(place, admin, clock):
    """The same step again, an old one, and somebody else's: refused (ASVS 6.5.1)."""
    one = at_work(place)
    secret = one.enrol_code()
    clock.advance(minutes=1)
    code = one.code(secret)
    one.take(one.by_code(code))
    with pytest.raises(BadInput) as refusal:
        one.take(one.by_code(code))
    assert (refusal.value.details["field"], refusal.value.details["why"]) == ("code_factor", "code-used")
    other = place.actor(place.member("other", "certifying_staff"))
    clock.advance(minutes=1)
    with pytest.raises(BadInput) as refusal:
        one.by_code(one.code(secret), other)
    assert refusal.value.details["why"] == "wrong-code"
    with pytest.raises(BadInput):
        one.by_code(code)


def test_acts_about_people_ask_for_it_too(place, admin):
    """Rights are given by password alone only where policy lets them be."""
    one = at_work(place)
    ways = {**actions_by("password"), "rights": "password+code"}
    policy = place.do(actions.propose_policy, admin, ways=ways).body.policy
    place.do(actions.approve_policy, one.keeper, policy)
    with pytest.raises(FactorNeeded) as refusal:
        place.do(actions.assign_roles, admin, one.ref, roles=("technician",))
    assert refusal.value.details == {"wanted": "password+code"}
    place.do(actions.assign_roles, place.system, one.ref, roles=("technician",))


def test_the_fifth_failure_is_called_out(signer, place, capsys):
    """Each is an event; the fifth within ten minutes is called out in the log (T-R17)."""
    for _ in range(5):
        actions.remember_failure(
            place.database, signer.actor, "release.release", SignatureRefused(why="bad-signature")
        )
    assert place.kinds(signer.ref).count("accounts.refuse_signature") == 5
    assert capsys.readouterr().out.count("signatures fail") == 1


def test_what_is_no_signature_is_not_remembered(signer, place):
    """Other refusals of an act leave nothing behind here."""
    actions.remember_failure(place.database, signer.actor, "release.release", BadInput("digest", "required"))
    actions.remember_failure(place.database, signer.actor, "release.release", FactorNeeded())
    assert "accounts.refuse_signature" not in place.kinds(signer.ref)
