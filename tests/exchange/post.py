"""A mail server on this machine, small and real: it speaks SMTP over a socket, with STARTTLS or TLS where told so."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from remanu.config import Mail


@dataclass
class Office:
    """What came in, and what the server says to whom."""

    port: int = 0
    taken: list = field(default_factory=list)
    secured: list = field(default_factory=list)
    refuse: dict = field(default_factory=dict)
    user: str = ""

    def mail(self, **more) -> Mail:
        """The settings that lead here."""
        here = {"host": "127.0.0.1", "port": self.port, "sender": "remanu@example.test", "security": "none"}
        return Mail(**{**here, **more})


def certificate(folder: Path) -> Path:
    """A certificate of this machine with its key, in one file that also serves as its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(plain + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def office(*, pem: Path | None = None, tls: bool = False):
    """A server that takes messages until it is left; with a certificate it offers STARTTLS, or speaks TLS at once."""
    found = Office()
    context = None
    if pem is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
    with socket.create_server(("127.0.0.1", 0)) as door:
        found.port = door.getsockname()[1]
        serving = threading.Thread(target=_serve, args=(door, found, context, tls), daemon=True)
        serving.start()
        yield found
        door.shutdown(socket.SHUT_RDWR)
        serving.join(5)


def _serve(door, found, context, tls):
    while True:
        try:
            line, _ = door.accept()
        except OSError:
            return
        with suppress(OSError, ValueError), ExitStack() as open_now:
            open_now.enter_context(line)
            if tls:
                line = open_now.enter_context(context.wrap_socket(line, server_side=True))
            Talk(line, found, context, tls, open_now).go_on()


class Talk:
    """One connection: each command is a method of its name."""

    def __init__(self, line, found, context, secured, open_now):
        self.found, self.context, self.secured, self.open_now = found, context, secured, open_now
        self.to = ""
        self._on(line)

    def _on(self, line):
        self.line = line
        self.reader = self.open_now.enter_context(line.makefile("rb"))

    def say(self, *words):
        """Answer."""
        self.line.sendall("".join(f"{one}\r\n" for one in words).encode())

    def go_on(self):
        """Until the other one leaves."""
        self.say("220 here")
        while raw := self.reader.readline():
            word, _, rest = raw.decode().strip().partition(" ")
            getattr(self, f"do_{word.lower()}", self.do_any)(rest)
            if word.upper() == "QUIT":
                return

    def do_ehlo(self, _rest):
        """What it can."""
        more = ["STARTTLS"] if self.context is not None and not self.secured else []
        self.say("250-here", *(f"250-{one}" for one in more), "250 AUTH PLAIN")

    def do_starttls(self, _rest):
        """From here on in secret."""
        self.say("220 go on")
        self._on(self.open_now.enter_context(self.context.wrap_socket(self.line, server_side=True)))
        self.secured = True

    def do_auth(self, rest):
        """Whoever says who he is, is believed."""
        self.found.user = rest
        self.say("235 in")

    def do_rcpt(self, rest):
        """To whom."""
        self.to = rest.partition("<")[2].partition(">")[0]
        self.say(self.found.refuse.get(self.to, "250 yes"))

    def do_data(self, _rest):
        """A message, up to the line with a dot; or what is said to all of them, where nothing is: no answer at all."""
        if "data" in self.found.refuse:
            self.break_off(self.found.refuse["data"])
            return
        self.say("354 go on")
        lines = []
        while (text := self.reader.readline()) not in {b".\r\n", b""}:
            lines.append(text)
        self.found.taken.append((self.to, message_from_bytes(b"".join(lines), policy=policy.default)))
        self.found.secured.append(self.secured)
        self.say("250 taken")

    def break_off(self, words):
        """Say no; without a word the line goes dead."""
        if words:
            self.say(words)
        else:
            self.line.shutdown(socket.SHUT_RDWR)

    def do_any(self, _rest):
        """Everything else is fine."""
        self.say("250 yes")
