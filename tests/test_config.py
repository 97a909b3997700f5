"""Where settings stand, and which go first."""

from __future__ import annotations

import pytest

from remanu.config import SETTINGS, keep, read
from remanu.errors import Misconfigured


def test_a_folder_says_what_it_is(tmp_path):
    """A command that is told nothing but the folder finds its settings."""
    keep(tmp_path, {"REMANU_LABEL_ORIGIN": "http://127.0.0.1:8010", "REMANU_DEMONSTRATION": "yes"})
    found = read({}, folder=tmp_path)
    assert (found.label_origin, found.demonstration) == ("http://127.0.0.1:8010", True)


def test_the_environment_goes_first(tmp_path):
    """What an operator exports overrides what lies in the folder."""
    keep(tmp_path, {"REMANU_LABEL_ORIGIN": "http://127.0.0.1:8010"})
    environ = {"REMANU_LABEL_ORIGIN": "https://id.example.test"}
    assert read(environ, folder=tmp_path).label_origin == "https://id.example.test"


@pytest.mark.parametrize("line", ["label origin", "PATH=/bin", "=x"])
def test_an_odd_line_stops_the_start(tmp_path, line):
    """Nothing is guessed."""
    (tmp_path / SETTINGS).write_text(f"{line}\n", "utf-8")
    with pytest.raises(Misconfigured, match=SETTINGS):
        read({}, folder=tmp_path)


@pytest.mark.parametrize("text", ["\n", "# what this is\nREMANU_DEMONSTRATION=yes\n"])
def test_empty_lines_and_remarks_are_passed_over(tmp_path, text):
    """An operator may write why."""
    (tmp_path / SETTINGS).write_text(text, "utf-8")
    assert read({}, folder=tmp_path).demonstration is ("yes" in text)


@pytest.mark.parametrize(
    ("origin", "secure"),
    [
        ("https://id.example.test", True),
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("http://192.168.1.5:8000", True),
        ("http://127.0.0.1.example.test", True),
    ],
)
def test_cookies_are_plain_at_this_machine_alone(tmp_path, origin, secure):
    """Everywhere else they are for this host and TLS alone."""
    assert read({"REMANU_LABEL_ORIGIN": origin}, folder=tmp_path).secure_cookies is secure


def test_a_short_token_is_refused(tmp_path):
    """What opens numbers cannot be guessed."""
    with pytest.raises(Misconfigured, match="REMANU_METRICS_TOKEN"):
        read({"REMANU_METRICS_TOKEN": "short"}, folder=tmp_path)


def test_control_a_long_token_is_taken(tmp_path):
    """It is the length that was refused above."""
    token = "a token that nobody will guess within a year"
    assert read({"REMANU_METRICS_TOKEN": token}, folder=tmp_path).metrics_token == token


MAIL = {"REMANU_MAIL_SERVER": "mail.example.test:587", "REMANU_MAIL_FROM": "remanu@example.test"}


def test_a_mail_server_is_protected_unless_it_is_here(tmp_path):
    """STARTTLS by default, in the clear on this machine alone, the password from a file."""
    secret = tmp_path / "password"
    secret.write_text("open sesame\n", "utf-8")
    more = {"REMANU_MAIL_USER": "remanu", "REMANU_MAIL_PASSWORD_FILE": str(secret), "REMANU_MAIL_CA_FILE": "/ca.pem"}
    mail = read({**MAIL, **more}, folder=tmp_path).mail
    assert (mail.host, mail.port, mail.security) == ("mail.example.test", 587, "starttls")
    assert (mail.user, mail.password, str(mail.authority)) == ("remanu", "open sesame", "/ca.pem")
    here = {**MAIL, "REMANU_MAIL_SERVER": "127.0.0.1:25", "REMANU_MAIL_SECURITY": "none"}
    assert read(here, folder=tmp_path).mail.security == "none"
    assert read({}, folder=tmp_path).mail is None


@pytest.mark.parametrize(
    "change",
    [
        {"REMANU_MAIL_SERVER": "mail.example.test"},
        {"REMANU_MAIL_FROM": "nobody"},
        {"REMANU_MAIL_SECURITY": "none"},
        {"REMANU_MAIL_SECURITY": "perhaps"},
        {"REMANU_MAIL_PASSWORD_FILE": "/nowhere"},
    ],
)
def test_odd_mail_settings_stop_the_start(tmp_path, change):
    """Each is named."""
    with pytest.raises(Misconfigured, match=next(iter(change))):
        read({**MAIL, **change}, folder=tmp_path)


def test_printers_are_named_by_the_operator(tmp_path):
    """Labels are sent to what stands here and nowhere else."""
    found = read({"REMANU_PRINTERS": "zebra=10.0.7.9:9100 desk=label-1:6101"}, folder=tmp_path)
    assert found.printers == {"zebra": "10.0.7.9:9100", "desk": "label-1:6101"}
    assert found.printer_at("one", "zebra") == "10.0.7.9:9100"
    assert read({}, folder=tmp_path).printers == {}


def test_a_printer_of_one_organisation(tmp_path):
    """Its own comes before one for everybody, others do not find it, and no name leads to another's."""
    named = "zebra@one=10.0.7.9:9100 desk@one=label-1:6101 desk=label-2:6101"
    found = read({"REMANU_PRINTERS": named}, folder=tmp_path)
    assert found.printer_at("one", "zebra") == "10.0.7.9:9100"
    assert [found.printer_at("two", name) for name in ("zebra", "zebra@one")] == [None, None]
    assert [found.printer_at(org, "desk") for org in ("one", "two")] == ["label-1:6101", "label-2:6101"]


@pytest.mark.parametrize("odd", ["10.0.7.9:9100", "zebra=10.0.7.9", "=10.0.7.9:9100", "zebra=http://x:80"])
def test_an_odd_printer_stops_the_start(tmp_path, odd):
    """A name, an equals sign, host and port."""
    with pytest.raises(Misconfigured, match="REMANU_PRINTERS"):
        read({"REMANU_PRINTERS": odd}, folder=tmp_path)
