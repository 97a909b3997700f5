"""The worker: takes jobs by their rows, keeps their leases, and does what has to be done every little while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog

from remanu.config import Config
from remanu.db import Database
from remanu.errors import Refusal
from remanu.jobs import rows
from remanu.jobs.queue import Queue
from remanu.storage import Storage

BEAT = 10  # seconds between two looks at what is due
GLANCE = 1  # seconds between two looks for what somebody just asked for
_log = structlog.get_logger("remanu.worker")


@dataclass(frozen=True, slots=True)
class Place:
    """What a job may reach: the parts of the installation it runs in."""

    config: Config
    database: Database
    storage: Storage


@dataclass(frozen=True, slots=True)
class Run:
    """One attempt at one job, as its handler sees it; `done` is where an earlier attempt got to."""

    place: Place
    held: rows.Claim

    @property
    def args(self) -> rows.Args:
        """What was asked for."""
        return self.held.args

    @property
    def done(self) -> int:
        """Steps that are done already and must not be done again."""
        return self.held.done

    def progress(self, done: int, total: int) -> None:
        """Say how far it is and renew the lease; Conflict ends an attempt whose job was taken over."""
        rows.advance(self.place.database, self.held, done=done, total=total)


Handler = Callable[[Run], rows.Args | None]


@dataclass(frozen=True, slots=True)
class Every:
    """Something small that is due every so many seconds, a multiple of BEAT; it runs between the jobs."""

    seconds: int
    do: Callable[[Place], None]


@dataclass(frozen=True, slots=True)
class Daily:
    """A job that is asked for once a day, after this hour of UTC."""

    kind: str
    hour: int


class Worker:
    """Everything one worker process does; `handlers` and `upkeep` are handed down by the application."""

    def __init__(
        self,
        place: Place,
        *,
        handlers: Mapping[str, Handler],
        upkeep: Sequence[Every],
        daily: Sequence[Daily],
    ) -> None:
        self.place = place
        self.handlers = handlers
        self.upkeep = (Every(BEAT, self.recover), *upkeep)
        self.daily = daily
        self.queue = Queue(place.config, self.run)
        self.failed = False
        self._stop = threading.Event()
        self._sent: frozenset[str] = frozenset()

    def run(self, job_id: str) -> None:
        """Do one job if it is free; a refusal closes it as failed, anything else leaves it to its lease."""
        held = rows.claim(self.place.database, job_id)
        if held is None:
            return
        try:
            answer = self.handlers[held.kind](Run(self.place, held))
        except Refusal as refusal:
            _log.warning(
                "job refused", job=job_id, kind=held.kind, code=refusal.code, details=refusal.details
            )
            self._close(held, refusal)
            return
        rows.finish(self.place.database, held, answer)

    def _close(self, held: rows.Claim, refusal: Refusal) -> None:
        if refusal.details.get("why") != "lease-lost":
            rows.fail(self.place.database, held, refusal.code)

    def recover(self, place: Place) -> None:
        """Close jobs whose attempts are used up, send those that nobody holds again."""
        place.database.transact(rows.give_up)
        with place.database.reading() as connection:
            lost = rows.overdue(connection, place.database.clock.now())
        for job_id in lost:
            self.queue.send(job_id)

    def take_up(self, place: Place) -> None:
        """Send what was asked for since the last look, each once: nobody waits a beat for his print."""
        with place.database.reading() as connection:
            asked = frozenset(rows.fresh(connection, place.database.clock.now()))
        for job_id in sorted(asked - self._sent):
            self.queue.send(job_id)
        self._sent = asked

    def beat(self, count: int) -> None:
        """Run what is due at this beat, and ask for the day's jobs once a minute."""
        for one in self.upkeep:
            if (count * BEAT) % one.seconds == 0:
                _try(one, self.place)
        if (count * BEAT) % 60 == 0:
            self.ask_daily()

    def ask_daily(self) -> None:
        """Ask for each daily job whose hour has come; a second worker's asking is the same row."""
        now = self.place.database.clock.now()
        for one in self.daily:
            if now.hour >= one.hour:
                self.place.database.transact(
                    partial(rows.create, kind=one.kind, args={}, job_id=_day(one, now))
                )

    def serve(self) -> int:
        """Work until told to stop by SIGTERM or SIGINT; 1 when upkeep broke down, so that a new process starts."""
        consumer = self.queue.huey.create_consumer(
            workers=1, periodic=False, max_delay=1.0, scheduler_interval=60, graceful_signal="TERM"
        )
        beats = threading.Thread(target=self._beats, args=(consumer.stop_flag,), daemon=True)
        beats.start()
        consumer.run()
        self._stop.set()
        beats.join(timeout=BEAT)
        self.queue.close()
        return 1 if self.failed else 0

    def _beats(self, stop_all: Any) -> None:
        seconds = 0
        self.failed = True
        try:
            while not self._stop.wait(GLANCE if seconds else 0):
                if seconds % BEAT == 0:
                    self.beat(seconds // BEAT)
                _try(Every(GLANCE, self.take_up), self.place)
                seconds += GLANCE
            self.failed = False
        finally:
            # An error of ours in upkeep must not go unseen: the process ends and its supervisor starts anew.
            if self.failed:
                stop_all.set()


def _try(one: Every, place: Place) -> None:
    # A store that cannot write for a while is expected and passes; the next beat tries again.
    try:
        one.do(place)
    except Refusal as refusal:
        _log.warning("upkeep refused", what=one.do.__name__, code=refusal.code, details=refusal.details)


def _day(one: Daily, now: datetime) -> str:
    return f"{one.kind}:{now.date().isoformat()}"
