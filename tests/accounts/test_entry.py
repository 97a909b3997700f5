"""Pages by which one comes in and goes out."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from remanu.accounts import actions, queries
from remanu.errors import Unavailable
from remanu.rules import tokens
from remanu.web.context import GUARDED
from tests.accounts import site
from tests.accounts.place import COST, PASSWORD, PIN

KEYS = {"key": "form-1", "expected": "active"}


def post(browser, path, **fields):
    """Send a form."""
    return browser.post(path, data=fields)


def cookie(browser, name=GUARDED):
    """A cookie of the browser, or None."""
    return browser.get_cookie(name)


def test_it_works(place, browser):
    """Sign in, and go where one wanted to."""
    place.member()
    answer = post(browser, "/sign-in", login="clerk", password=PASSWORD, next="/me")
    assert (answer.status_code, answer.location) == (303, "/me")
    assert "Name of clerk" in browser.get("/me").text


def test_the_cookie_is_guarded(place, browser):
    """HttpOnly, Lax, Secure, for the whole site, and the token in no body (ASVS 3.3.4)."""
    place.member()
    answer = post(browser, "/sign-in", login="clerk", password=PASSWORD)
    set_cookie = answer.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-")
    assert all(word in set_cookie for word in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"))
    assert "Domain" not in set_cookie
    assert cookie(browser).value not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "evil",
        "",
        "/\n/evil.example",
        "javascript:x",
    ],
)
def test_next_leads_to_our_own_pages_only(place, browser, path):
    """No open redirect (ASVS 3.7.2)."""
    place.member()
    assert post(browser, "/sign-in", login="clerk", password=PASSWORD, next=path).location == "/"


def test_an_administrator_lands_on_the_list_of_people(place, browser):
    """The workshop's home is not an administrator's."""
    place.member("boss", "admin")
    assert post(browser, "/sign-in", login="boss", password=PASSWORD).location == "/admin/people"


@pytest.mark.parametrize(
    "fields", [{"login": "clerk", "password": "wrong"}, {"login": "nobody", "password": "x"}]
)
def test_a_refusal_keeps_the_login_and_not_the_password(place, browser, fields):
    """The form comes back with what may be shown."""
    place.member()
    answer = post(browser, "/sign-in", **fields, next="/me")
    assert answer.status_code == 422
    assert f'value="{fields["login"]}"' in answer.text
    assert 'value="/me"' in answer.text
    assert fields["password"] not in re.findall(r'value="([^"]*)"', answer.text)
    assert cookie(browser) is None


def test_every_result_is_logged_without_names(place, browser):
    """One line a try, with neither login nor password nor token (ASVS 16.2.5, 16.3.1)."""
    place.member()
    with capture_logs() as lines:
        post(browser, "/sign-in", login="clerk", password="wrong words here")
        post(browser, "/sign-in", login="clerk", password=PASSWORD)
    said = [(line["event"], line.get("code")) for line in lines]
    assert said == [("refused", "bad-input"), ("signed in", None)]
    told = str(lines)
    assert not any(word in told for word in ("clerk", "wrong words", PASSWORD, cookie(browser).value))


def test_missing_fields_are_named(browser):
    """An empty form is refused beside its fields."""
    answer = post(browser, "/sign-in")
    assert answer.status_code == 422
    assert answer.text.count("Please fill this in") == 2


def test_a_locked_account_says_how_long(place, browser):
    """429 with Retry-After."""
    place.member()
    for _ in range(10):
        post(browser, "/sign-in", login="clerk", password="wrong")
    answer = post(browser, "/sign-in", login="clerk", password=PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "900")


def test_signing_in_again_ends_the_session_before(place, clerk):
    """One browser, one session; the new one has a new token (ASVS 7.2.4)."""
    before = cookie(clerk).value
    post(clerk, "/sign-in", login="clerk", password=PASSWORD)
    assert cookie(clerk).value != before
    assert place.live(before) is None


def test_sign_out(place, clerk):
    """The token is dead and the cookie gone."""
    token = cookie(clerk).value
    assert post(clerk, "/sign-out").location == "/sign-in"
    assert place.live(token) is None
    assert cookie(clerk) is None


def test_sign_out_without_a_session_does_no_harm(browser):
    """Twice is as good as once."""
    assert post(browser, "/sign-out").status_code == 303


def test_a_page_asks_to_sign_in_and_leads_back(browser):
    """401 with the form, on the same address."""
    answer = browser.get("/me?tab=1")
    assert answer.status_code == 401
    assert 'value="/me?tab=1"' in answer.text
    assert 'action="/sign-in"' in answer.text


def test_nothing_typed_is_lost_when_the_session_ended(place, boss, clock):
    """The form of an ended session travels through signing in and stands there again, filled."""
    ref = place.member()
    clock.advance(minutes=16)
    lost = post(boss, f"/admin/people/{ref}/suspend", why="leave", factor="hunter", **KEYS)
    assert lost.status_code == 401
    hidden = dict(re.findall(r'name="((?:typed\.|next)[^"]*)" value="([^"]*)"', lost.text))
    assert hidden == {"next": f"/admin/people/{ref}/suspend", "typed.why": "leave"}
    back = post(boss, "/sign-in", login="boss", password=PASSWORD, **hidden)
    assert back.status_code == 200
    assert 'value="leave" checked' in back.text
    assert f'action="/admin/people/{ref}/suspend"' in back.text
    assert boss.get("/me").status_code == 200
    assert place.ask(queries.find_member, place.org_id, ref).state == "active"


def test_files_are_said_to_be_lost(boss, clock):
    """What cannot be kept is said."""
    clock.advance(minutes=16)
    photo = (io.BytesIO(b"x"), "photo.jpg")
    answer = boss.post("/me/pin", data={"secret": "1", "photos": photo})
    assert "choose your photos again" in answer.text


def test_a_mistyped_password_keeps_it_too(place, boss, clock):
    """The second try still carries the form."""
    ref = place.member()
    clock.advance(minutes=16)
    fields = {"next": f"/admin/people/{ref}/suspend", "typed.why": "leave"}
    answer = post(boss, "/sign-in", login="boss", password="wrong", **fields)
    assert 'name="typed.why" value="leave"' in answer.text


def test_another_person_does_not_get_an_act_he_may_not_do(place, browser):
    """Who signs in without the role is led to the page, which refuses."""
    ref = place.member()
    path = f"/admin/people/{ref}/suspend"
    answer = post(browser, "/sign-in", login="clerk", password=PASSWORD, next=path, **{"typed.why": "leave"})
    assert (answer.status_code, answer.location) == (303, path)
    assert browser.get(path).status_code == 403


def test_an_address_that_cannot_be_shown_leads_home(place, browser):
    """A form without a page of its own is not asked for by GET."""
    place.member()
    answer = post(browser, "/sign-in", login="clerk", password=PASSWORD, next="/me/pin", **{"typed.x": "1"})
    assert answer.location == "/"


def test_it_lives_while_it_is_used(place, clerk, clock):
    """Each use is remembered, a minute's worth at a time."""
    token = cookie(clerk).value
    for _ in range(3):
        clock.advance(minutes=10)
        assert clerk.get("/me").status_code == 200
    clock.advance(seconds=30)
    seen = place.live(token).seen_at
    clerk.get("/me")
    assert place.live(token).seen_at == seen


def test_reading_goes_on_where_nothing_can_be_written(place, clerk, clock, monkeypatch):
    """A store that takes no writes signs nobody out."""
    clock.advance(minutes=5)

    def full(_work):
        raise Unavailable(retry_after=5)

    monkeypatch.setattr(type(place.database), "transact", lambda _self, work: full(work))
    assert clerk.get("/me").status_code == 200


def test_another_site_cannot_sign_anybody_in(place, browser):
    """Login forms are guarded as well (ASVS 3.5.1)."""
    place.member()
    answer = browser.post(
        "/sign-in", data={"login": "clerk", "password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert cookie(browser) is None


def test_a_link_makes_a_member(place, browser):
    """Read the link, fill the form, be signed in."""
    path = f"/invitations/{place.link('inspector')}"
    assert "Workshop One: Inspector" in browser.get(path).text
    answer = post(browser, path, login="newcomer", name="New Comer", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "New Comer" in browser.get("/me").text
    assert browser.get(path).status_code == 404


def test_a_weak_password_keeps_the_form(place, browser):
    """Name and login stay, the password does not."""
    path = f"/invitations/{place.link()}"
    answer = post(browser, path, login="newcomer", name="New Comer", password="Welcome2026!")
    assert answer.status_code == 422
    assert 'value="New Comer"' in answer.text
    assert "Welcome2026!" not in answer.text


def test_a_link_is_in_no_log(place, browser):
    """Neither when it works, nor when it does not (ASVS 16.2.5)."""
    token = place.link()
    with capture_logs() as lines:
        post(browser, f"/invitations/{token}", login="a", name="a", password="short")
        post(browser, f"/invitations/{token}", login="newcomer", name="New Comer", password=PASSWORD)
        browser.get(f"/invitations/{token}")
    assert [line["route"] for line in lines] == ["/invitations/<token>"] * 3
    assert token not in str(lines)


def test_a_dead_link_reads_like_an_unknown_one(browser):
    """404 and nothing more."""
    assert browser.get("/invitations/abc").status_code == 404


@pytest.fixture
def tablet(place, web, boss):
    """A browser that an administrator made a shared tablet."""
    answer = post(boss, "/admin/devices/enrol_device", name="Bench 3", key="k")
    assert answer.location == "/tablet"
    return boss


@pytest.fixture
def equipped(place, admin):
    """Somebody with badge and PIN: pseudonym and badge."""
    ref = place.member()
    secret = actions.hashed_pin(PIN, cost=COST)
    place.do(actions.set_secret, place.actor(ref), "", kind="pin", secret=secret)
    return ref, place.do(actions.issue_badge, admin, ref)


def test_a_browser_becomes_a_tablet(place, tablet):
    """Its own cookie stays for long, and the administrator is signed out on it."""
    kept = tablet.get_cookie("remanu_device")
    assert (kept.http_only, kept.secure, kept.max_age > timedelta(days=365).total_seconds()) == (
        True,
        True,
        True,
    )
    assert cookie(tablet) is None
    assert "Bench 3" in tablet.get("/tablet").text
    assert place.ask(queries.sessions_of, place.org_id, tablet.ref, now=place.database.clock.now()) == []


def test_badge_and_pin_on_the_tablet(place, tablet, equipped):
    """The person is signed in there, and after two minutes the tablet asks again."""
    assert post(tablet, "/tablet", badge=equipped[1], pin=PIN, next="/me").location == "/me"
    assert "Name of clerk" in tablet.get("/me").text
    place.database.clock.advance(minutes=2, seconds=1)
    answer = tablet.get("/me")
    assert answer.status_code == 401
    assert 'action="/tablet"' in answer.text


def test_a_wrong_pin_keeps_badge_and_way(tablet, equipped):
    """The form comes back without the PIN."""
    answer = post(tablet, "/tablet", badge=equipped[1], pin="111112", next="/me")
    assert answer.status_code == 422
    assert equipped[1] in answer.text
    assert "111112" not in answer.text


def test_sign_out_on_a_tablet_leads_to_badge_and_pin(tablet, equipped):
    """The next person is already waiting."""
    post(tablet, "/tablet", badge=equipped[1], pin=PIN)
    assert post(tablet, "/sign-out").location == "/tablet"


def test_a_browser_that_is_no_tablet_is_told(browser, equipped):
    """Badge and PIN work on enrolled tablets only."""
    assert "not enrolled" in browser.get("/tablet").text
    assert post(browser, "/tablet", badge=equipped[1], pin=PIN).status_code == 404


def test_a_forged_tablet_cookie_is_none(place, web, equipped):
    """Only our key makes one."""
    forged = site.browser(web)
    forged.set_cookie("remanu_device", tokens.make(lambda *_: bytes(32), "device", "0" * 32))
    assert "not enrolled" in forged.get("/tablet").text


def test_too_many_requests_from_one_address(browser):
    """The rate of the page holds besides the lock-outs (ASVS 2.4.1)."""
    answers = {browser.get("/tablet").status_code for _ in range(30)}
    refused = browser.get("/tablet")
    assert answers == {200}
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


@pytest.mark.parametrize(("kind", "secret"), [("password", "a quite different sentence"), ("pin", "730591")])
def test_a_pin_changes_no_password(place, tablet, equipped, kind, secret):
    """Badge and PIN are for the tablet alone: whoever got hold of them does not get the account (ASVS 6.4.3)."""
    post(tablet, "/tablet", badge=equipped[1], pin=PIN)
    assert post(tablet, f"/me/{kind}", factor=PIN, secret=secret).status_code == 422
    assert post(tablet, f"/me/{kind}", factor=PASSWORD, secret=secret).status_code == 303
