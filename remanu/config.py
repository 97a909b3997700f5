"""Settings, read once from the environment and the data folder, and refused when they are odd."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from remanu.errors import Misconfigured

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?\Z")
_MINIMUM_SECRET = 32
_LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_SERVER = re.compile(r"([A-Za-z0-9.-]+):([0-9]{1,5})\Z")
_SENDER = re.compile(r"[^@\s<>]+@[A-Za-z0-9.-]+\Z")
SETTINGS = "settings.env"
"""Lines of NAME=value in the data folder; what the environment says goes before."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Where messages are handed over: server, how the connection is protected, who we are there, and who sends.

    `security` is starttls, tls, or none, which only a server on this machine may have.
    """

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = ""
    authority: Path | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that differs between installations; frozen, so that no request can change it.

    `label_origin` is scheme and host of printed addresses and is locked after the first print
    (labels.md §1.4); `label_aliases` are origins that stand on labels printed before and still lead here;
    `log_origin` names the transparency log in every checkpoint. `printers` are where labels may be sent, by
    the name that the operator gives each.
    """

    dir: Path
    database_url: str
    label_origin: str
    log_origin: str
    secret: str
    demonstration: bool = False
    trusted_proxies: int = 0
    password_cost: str = "full"  # noqa: S105 -- how dear hashing is, no password
    label_aliases: tuple[str, ...] = ()
    metrics_token: str = ""
    mail: Mail | None = None
    printers: Mapping[str, str] = field(default_factory=dict)

    def printer_at(self, org_id: str, outlet: str) -> str | None:
        """host:port of a printer of the settings that this organisation may use: its own before one for everybody.

        None where the settings name none, or keep it for another organisation.
        """
        return self.printers.get(f"{outlet}@{org_id}") or (None if "@" in outlet else self.printers.get(outlet))

    @property
    def label_hosts(self) -> frozenset[str]:
        """Every host whose printed addresses are ours, for `rules.identity.parse_scan`."""
        return frozenset(one.partition("://")[2] for one in (self.label_origin, *self.label_aliases))

    @property
    def evidence_dir(self) -> Path:
        """Folder of evidence files, named by digest."""
        return self.dir / "evidence"

    @property
    def keys_dir(self) -> Path:
        """Folder of keys, outside the database."""
        return self.dir / "keys"

    @property
    def queue_path(self) -> Path:
        """The worker's queue file where the database is SQLite."""
        return self.dir / "queue.sqlite3"

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies carry Secure and the `__Host-` prefix: everywhere but at this machine's own address.

        A browser sends such cookies over TLS alone, so that over plain HTTP nobody can sign in from elsewhere.
        """
        scheme, _, host = self.label_origin.partition("://")
        return scheme == "https" or host.partition(":")[0] not in _LOOPBACK


def read(environ: Mapping[str, str], *, folder: Path | None = None) -> Config:
    """Build the settings from the environment and the folder's own; Misconfigured names the setting that is odd."""
    where = (folder or Path(environ.get("REMANU_DIR", "var"))).absolute()
    environ = {**_kept(where / SETTINGS), **environ}
    origin = _origin(environ.get("REMANU_LABEL_ORIGIN", "http://127.0.0.1:8000"))
    return Config(
        dir=where,
        database_url=environ.get("REMANU_DATABASE_URL") or f"sqlite:///{where / 'remanu.sqlite3'}",
        label_origin=origin,
        log_origin=environ.get("REMANU_LOG_ORIGIN") or origin.partition("://")[2] + "/log",
        secret=_secret(environ, where),
        demonstration=_flag(environ, "REMANU_DEMONSTRATION"),
        trusted_proxies=_count(environ, "REMANU_TRUSTED_PROXIES"),
        password_cost=_choice(environ, "REMANU_PASSWORD_COST", ("full", "cheap")),
        label_aliases=tuple(
            _origin(one, setting="REMANU_LABEL_ALIASES")
            for one in environ.get("REMANU_LABEL_ALIASES", "").split()
        ),
        metrics_token=_token(environ, "REMANU_METRICS_TOKEN"),
        mail=_mail(environ),
        printers=_printers(environ),
    )


def for_tests(folder: Path, **changes: object) -> Config:
    """Settings with cheap passwords and fixed secrets, for tests alone."""
    base = Config(
        dir=folder,
        database_url=f"sqlite:///{folder / 'remanu.sqlite3'}",
        label_origin="https://id.example.test",
        log_origin="id.example.test/log",
        secret="t" * _MINIMUM_SECRET,
        password_cost="cheap",  # noqa: S106 -- how dear hashing is, no password
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def keep(folder: Path, settings: Mapping[str, str]) -> None:
    """Write what an installation is, so that every command on its folder finds it without being told."""
    lines = (f"{name}={value}\n" for name, value in settings.items())
    (folder / SETTINGS).write_text("".join(lines), "utf-8")


def _kept(path: Path) -> dict[str, str]:
    found = {}
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        if not line.strip() or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.startswith("REMANU_"):
            raise Misconfigured(setting=path.name, why="not a line of NAME=value", value=line)
        found[name] = value
    return found


def _origin(text: str, *, setting: str = "REMANU_LABEL_ORIGIN") -> str:
    if not _ORIGIN.match(text):
        raise Misconfigured(setting=setting, why="not scheme and host", value=text)
    return text.lower()


def _flag(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "no")
    if text not in {"yes", "no"}:
        raise Misconfigured(setting=name, why="neither yes nor no", value=text)
    return text == "yes"


def _count(environ: Mapping[str, str], name: str) -> int:
    text = environ.get(name, "0")
    if not text.isascii() or not text.isdigit():
        raise Misconfigured(setting=name, why="not a whole number", value=text)
    return int(text)


def _token(environ: Mapping[str, str], name: str) -> str:
    text = environ.get(name, "")
    if text and len(text) < _MINIMUM_SECRET:
        raise Misconfigured(setting=name, why=f"shorter than {_MINIMUM_SECRET} characters")
    return text


def _printers(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The printers that labels may be sent to, name=host:port or name@organisation=host:port each: nothing else is
    connected to for printing.
    """
    found = {}
    for one in environ.get("REMANU_PRINTERS", "").split():
        name, equals, address = one.partition("=")
        if not name or not equals or _SERVER.match(address) is None:
            raise Misconfigured(setting="REMANU_PRINTERS", why="not name=host:port", value=one)
        found[name] = address
    return found


def _mail(environ: Mapping[str, str]) -> Mail | None:
    """The mail server; None where none is named, and then nobody is offered to be told by mail."""
    server = environ.get("REMANU_MAIL_SERVER", "")
    if not server:
        return None
    named = _SERVER.match(server)
    if named is None:
        raise Misconfigured(setting="REMANU_MAIL_SERVER", why="not host:port", value=server)
    sender = environ.get("REMANU_MAIL_FROM", "")
    if not _SENDER.match(sender):
        raise Misconfigured(setting="REMANU_MAIL_FROM", why="not an address", value=sender)
    security = _choice(environ, "REMANU_MAIL_SECURITY", ("starttls", "tls", "none"))
    if security == "none" and named[1] not in _LOOPBACK:
        raise Misconfigured(setting="REMANU_MAIL_SECURITY", why="only a server on this machine goes without")
    authority = environ.get("REMANU_MAIL_CA_FILE")
    return Mail(
        host=named[1],
        port=int(named[2]),
        sender=sender,
        security=security,
        user=environ.get("REMANU_MAIL_USER", ""),
        password=_file(environ, "REMANU_MAIL_PASSWORD_FILE"),
        authority=Path(authority) if authority else None,
    )


def _file(environ: Mapping[str, str], name: str) -> str:
    try:
        return Path(environ[name]).read_text("utf-8").strip() if environ.get(name) else ""
    except OSError as error:
        raise Misconfigured(setting=name, why="cannot be read", value=environ[name]) from error


def _choice(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = environ.get(name, choices[0])
    if text not in choices:
        raise Misconfigured(setting=name, why="not one of " + ", ".join(choices), value=text)
    return text


def _secret(environ: Mapping[str, str], where: Path) -> str:
    """The secret from REMANU_SECRET, or from the file named by REMANU_SECRET_FILE, else from the data folder."""
    named = environ.get("REMANU_SECRET_FILE")
    path = Path(named) if named else where / "keys" / "secret"
    text = environ.get("REMANU_SECRET") or (path.read_text("ascii").strip() if path.exists() else "")
    if text and len(text) < _MINIMUM_SECRET:
        raise Misconfigured(setting="REMANU_SECRET", why=f"shorter than {_MINIMUM_SECRET} characters")
    return text


def resource(name: str) -> Path:
    """A folder that travels with the program: `templates`, `labels`, `migrations`.

    In a checkout it stands beside the package, in a wheel inside it.
    """
    package = Path(__file__).parent
    beside = package.parent / name
    return beside if beside.is_dir() else package / "_resources" / name
