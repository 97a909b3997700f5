"""One's own page, and the administrator's pages and acts."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from remanu.accounts import queries
from remanu.accounts.models import Attempt
from remanu.ledger.models import Request
from tests.accounts import site
from tests.accounts.place import PASSWORD

NEW = "a quite different sentence"


def post(browser, path, **fields):
    """Send a form."""
    return browser.post(path, data=fields)


def member(place, ref):
    """A member as the store has him."""
    return place.ask(queries.find_member, place.org_id, ref)


def test_my_page_lists_my_sessions(place, clerk):
    """This browser and another one, each with a way to end it."""
    place.sign_in()
    page = clerk.get("/me").text
    assert page.count("/end") == 2
    assert page.count("<strong>Here</strong>") == 1


def test_i_end_a_session_elsewhere(place, clerk):
    """One press, and the other browser is signed out."""
    elsewhere = place.sign_in()
    assert post(clerk, f"/me/sessions/{place.live(elsewhere).id}/end").status_code == 303
    assert place.live(elsewhere) is None


def test_i_end_all_of_them(place, clerk):
    """This one included."""
    elsewhere = place.sign_in()
    assert post(clerk, "/me/sessions/end").location == "/sign-in"
    assert place.live(elsewhere) is None
    assert clerk.get("/me").status_code == 401


def test_i_change_my_password(place, clerk):
    """By the present one; this browser stays signed in."""
    assert post(clerk, "/me/password", factor=PASSWORD, secret=NEW).status_code == 303
    assert clerk.get("/me").status_code == 200
    assert place.live(place.sign_in(password=NEW))


@pytest.mark.parametrize(
    ("factor", "secret", "said"),
    [
        ("wrong", NEW, "The password is not right"),
        (PASSWORD, "short", "This is too short"),
        (PASSWORD, "my clerk 2041 words", "This holds the login"),
        (PASSWORD, "", "too short"),
    ],
)
def test_a_new_password_is_refused_beside_its_field(place, clerk, factor, secret, said):
    """Nothing changes, and the page says why."""
    answer = post(clerk, "/me/password", factor=factor, secret=secret)
    assert answer.status_code == 422
    assert said in answer.text
    assert place.live(place.sign_in())


def test_i_set_a_pin(place, clerk):
    """By the password."""
    assert post(clerk, "/me/pin", factor=PASSWORD, secret="482913").status_code == 303
    person = place.ask(queries.find_ref, place.org_id, clerk.ref).person_id
    assert place.ask(queries.credential, person, "pin")


def test_a_pin_is_not_a_word(clerk):
    """Six to twelve digits."""
    answer = post(clerk, "/me/pin", factor=PASSWORD, secret="abcdef")
    assert "6 to 12 digits" in answer.text
    assert answer.status_code == 422


def test_confirming_makes_the_session_fresh_under_a_new_token(place, clerk):
    """And the old token is dead (ASVS 7.2.4)."""
    before = clerk.get_cookie("__Host-remanu_session").value
    assert post(clerk, "/me/confirm", factor=PASSWORD, next="/me").location == "/me"
    after = clerk.get_cookie("__Host-remanu_session").value
    assert place.live(before) is None
    assert place.live(after).actor.fresh_until > place.database.clock.now()


def test_a_failed_confirmation_is_remembered(place, clerk):
    """T-R17: one row, committed though the answer is a refusal."""
    assert post(clerk, "/me/confirm", factor="wrong").status_code == 422
    failed = place.ask(lambda c: c.execute(sa.select(Attempt.ok)).scalars().all())
    assert sorted(failed) == [False, True, True, True]


def test_the_list_shows_names_and_links(place, boss):
    """Members by name, the address of a link once, and afterwards only that it waits."""
    place.member()
    post(boss, "/admin/people/invite", **{"roles.0": "inspector", "key": "k"})
    page = boss.get("/admin/people").text
    assert "Name of clerk" in page
    link = re.search(r"https://localhost(/invitations/[\w=-]+)", page)
    assert site.browser(boss.application).get(link[1]).status_code == 200
    again = boss.get("/admin/people").text
    assert "Links that wait" in again
    assert link[1] not in again


def test_a_link_for_a_lost_password_is_shown_once(place, boss):
    """On the answer that made it, and on no page afterwards."""
    ref = place.member()
    link = re.search(r"/invitations/([\w-]+)", post(boss, f"/admin/people/{ref}/link").text)[1]
    assert place.ask(queries.invitation, link, now=place.database.clock.now()).member == ref
    for page in ("/admin/people", f"/admin/people/{ref}", "/api/v1/admin/invitations"):
        assert link not in boss.get(page).text


def test_inviting_twice_with_one_key_makes_one_link(place, boss):
    """A double press is one act (T25), and the store keeps no token with its answer."""
    for _ in range(2):
        post(boss, "/admin/people/invite", **{"roles.0": "inspector", "key": "k"})
    pending = place.ask(queries.pending_invitations, place.org_id, now=place.database.clock.now())
    assert len(pending) == 1
    answers = place.ask(lambda c: c.execute(sa.select(Request.answer)).scalars().all())
    assert place.link() not in "".join(answers)


def test_several_roles_are_taken(place, boss):
    """Boxes named roles.0, roles.1 and so on."""
    ref = place.member()
    answer = post(
        boss,
        f"/admin/people/{ref}/assign_roles",
        **{"roles.5": "inspector", "roles.2": "quality", "factor": PASSWORD, "key": "k"},
    )
    assert answer.location == f"/admin/people/{ref}"
    assert queries.roles_of(member(place, ref)) == {"inspector", "quality"}


@pytest.mark.parametrize("roles", [{}, {"roles.0": "wizard"}, {"roles.0": "admin", "roles.1": "mrb"}])
def test_odd_roles_are_refused_on_the_page(place, boss, roles):
    """The form comes back."""
    ref = place.member()
    answer = post(boss, f"/admin/people/{ref}/assign_roles", **roles, factor=PASSWORD, key="k")
    assert answer.status_code == 422
    assert queries.roles_of(member(place, ref)) == {"technician"}


def test_a_role_change_without_a_factor_is_refused(place, boss):
    """ASVS 7.5.3; and a wrong one is remembered."""
    ref = place.member()
    path = f"/admin/people/{ref}/assign_roles"
    asked = post(boss, path, **{"roles.7": "quality", "key": "k"})
    assert asked.status_code == 403
    assert "Give what this page asks for" in asked.text
    assert re.findall(r'value="(\w+)" checked', asked.text) == ["quality"]
    assert post(boss, path, **{"roles.0": "quality", "factor": "wrong", "key": "k"}).status_code == 422
    failed = place.ask(lambda c: c.execute(sa.select(Attempt.ok)).scalars().all())
    assert failed.count(False) == 1
    assert queries.roles_of(member(place, ref)) == {"technician"}


def test_authorise_and_withdraw(place, boss):
    """By pages alone; the person's page shows first and last day as they were typed."""
    ref = place.member("signer", "certifying_staff")
    fields = {
        "number": "XA-CS-0007",
        "family": "diesel-engine",
        "activity": "release",
        "site": "Hall 1",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
    }
    assert post(boss, f"/admin/people/{ref}/authorise", **fields, key="k").status_code == 303
    page = boss.get(f"/admin/people/{ref}").text
    assert all(value in page for value in ("XA-CS-0007", "Jan 1, 2026", "Dec 31, 2026"))
    act = re.search(r'href="(/admin/authorisations/[^"]+)"', page)[1]
    assert post(boss, act, key="k2").location == f"/admin/people/{ref}"
    assert "withdrawn" in boss.get(f"/admin/people/{ref}").text


@pytest.mark.parametrize("odd", [{"valid_to": "soon"}, {"family": "space-lift"}, {"surplus": "x"}])
def test_odd_authorisations_are_refused_on_the_page(place, boss, odd):
    """Beside the field, nothing stored."""
    ref = place.member("signer", "certifying_staff")
    fields = {"number": "1", "family": "*", "activity": "release", "site": "Hall 1"}
    days = {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    answer = post(boss, f"/admin/people/{ref}/authorise", **{**fields, **days, **odd}, key="k")
    assert answer.status_code == 422
    assert place.ask(queries.authorisations, place.org_id) == []


def test_an_ex_members_browser_is_dead_on_the_next_request(place, clerk, boss):
    """The administrator presses, and the open page stops working."""
    assert clerk.get("/me").status_code == 200
    post(boss, f"/admin/people/{clerk.ref}/suspend", why="left", key="k")
    assert clerk.get("/me").status_code == 401


def test_erasing_by_the_page(place, boss, keyring):
    """With the password; the list shows no name, the write-ahead log is empty."""
    ref = place.member()
    answer = post(boss, f"/admin/people/{ref}/erase", factor=PASSWORD, key="k")
    assert answer.status_code == 303
    assert "Name of clerk" not in boss.get("/admin/people").text
    assert "Erased person" in boss.get(f"/admin/people/{ref}").text
    assert place.ask(queries.name_of, keyring, place.org_id, ref) is None


def test_a_link_for_a_lost_password_by_the_page(place, boss):
    """One press on the person's page."""
    ref = place.member()
    assert "New link" in post(boss, f"/admin/people/{ref}/link").text
    page = boss.get("/admin/people").text
    assert re.search(rf'New password: <a href="/admin/people/{ref}">Name of clerk</a>', page)


def test_a_badge_is_shown_once(place, boss):
    """On the answer itself, and not when the page is opened again."""
    ref = place.member()
    shown = re.search(r'badge-code">([A-Z2-7]{16})<', post(boss, f"/admin/people/{ref}/badge").text)
    assert shown
    assert shown[1] not in boss.get(f"/admin/people/{ref}").text


def test_ending_a_members_sessions(place, boss, clerk):
    """From the person's page."""
    assert post(boss, f"/admin/people/{clerk.ref}/sessions/end").status_code == 303
    assert clerk.get("/me").status_code == 401


def test_oneself_is_shown_without_acts(boss):
    """Nobody is offered what he may not do."""
    page = boss.get(f"/admin/people/{boss.ref}").text
    assert "/erase" not in page
    assert "This is you" in page


@pytest.mark.parametrize(
    "path", ["/admin/people", "/admin/devices", "/admin/people/invite", "/admin/devices/enrol_device"]
)
def test_a_technician_is_refused(clerk, path):
    """Administration is the administrator's."""
    assert clerk.get(path).status_code == 403


def test_another_organisations_member_is_not_found(boss, other):
    """By page and by act alike."""
    far = other.member("far")
    assert boss.get(f"/admin/people/{far}").status_code == 404
    assert post(boss, f"/admin/people/{far}/suspend", why="left", key="k").status_code == 404


def test_tablets_are_listed_and_retired(place, boss, web):
    """The list of tablets, and the way to retire one."""
    second = site.browser(web)
    post(second, "/sign-in", login="boss", password=PASSWORD)
    post(second, "/admin/devices/enrol_device", name="Bench 3", key="k")
    page = boss.get("/admin/devices").text
    act = re.search(r'href="(/admin/devices/[^"]+/retire_device)"', page)[1]
    assert post(boss, act, key="k2").status_code == 303
    assert "retired" in boss.get("/admin/devices").text
    assert "not enrolled" in second.get("/tablet").text


def test_a_language_is_chosen(clerk):
    """The cookie is kept, the way leads back, and the organisation has its name in that language."""
    answer = post(clerk, "/language", lang="zh-Hant", next="/me")
    assert answer.location == "/me"
    assert "一號車間" in clerk.get("/me").text


def test_an_unknown_language_is_refused(clerk):
    """Three there are."""
    assert post(clerk, "/language", lang="tlh").status_code == 422
