"""A label printer on this machine: takes what is sent, and tells what it burnt."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from typing import Self

from tests.drawing import readback, zebra

PRINTER = {"name": "Zebra 1", "driver": "zpl", "media": "roll-70x40", "dpi": "203"}


@dataclass
class Press:
    """Listens on a port of its own; hangs up after so many labels where one asks it to."""

    labels: int = 1000
    got: bytes = b""
    _socket: socket.socket = field(default_factory=socket.socket)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin to listen."""
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening; a second time changes nothing."""
        if self._socket.fileno() >= 0:
            # Closing alone does not wake a thread that waits for the next connection.
            self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()
        self._thread.join(2)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._socket.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                while sent := connection.recv(65536):
                    self.got += sent

    def burnt(self) -> list[str]:
        """What the symbols of the labels say, in the order of printing."""
        return (
            [text for paper in zebra.burnt(self.got) for text in readback.symbols(paper)] if self.got else []
        )
