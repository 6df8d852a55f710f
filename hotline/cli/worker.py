"""`worker`: does, a little later and again if needed, whatever must reach another human being."""

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import click
import structlog
from flask.cli import with_appcontext

from hotline.cli.tools import Tools, by_whom, the_tools
from hotline.core.municipality import Municipality
from hotline.ports import CarrierError, StoreAwayError
from hotline.usecases.alerting import LEASE, Outside, deliver_one, move_alerts, run_once
from hotline.usecases.erasing import erase_copies, held_since
from hotline.usecases.outages import look_whether_it_is_back
from hotline.usecases.probing import probe_once
from hotline.usecases.reconciling import heard_until, reconcile
from hotline.usecases.retention import ClockInDoubtError, Purge, forget_talks, refuse_a_jump
from hotline.usecases.rotation import retire
from hotline.usecases.silence import look_after_one
from hotline.usecases.watching import WORKER, keep_promises

log = structlog.get_logger()
PAUSE_SECONDS = 0.25  # how soon a due alert is seen
AWAY_SECONDS = 1.0  # how soon a database that is away is tried again
HANDS = 8  # deliveries at once: a carrier that takes five seconds for one must not hold up the others
ASKED_AT_ONCE = 8  # municipalities, when the carrier's lists are compared
ERASING_SECONDS = 60.0
TIDY_SECONDS = 1.0
BETWEEN_CHORES = timedelta(minutes=1)
Chores = Callable[[Tools, datetime], None]


@click.command("worker")
@click.option("--once", is_flag=True, help="One round, then end.")
@with_appcontext
def worker(*, once: bool) -> None:
    """Send what is due and escalate what nobody has acknowledged, until stopped. Several may run at once."""
    if once:
        beat(the_tools(), the_tools().clock.now())
        run_once(the_tools().outside())
        return
    work_on(the_tools())


def work_on(tools: Tools) -> None:
    """Until it is told to stop."""
    stopped = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    outside, chores_at, chores = tools.outside(), tools.clock.now(), Beside(do_chores)
    threading.Thread(target=erase_at_the_carrier, args=(outside, stopped), daemon=True).start()
    threading.Thread(target=keep_tidy, args=(tools, stopped), daemon=True).start()
    with hands(outside, stopped) as wake:
        while not stopped.is_set():
            chores_at = one_turn(tools, outside, wake, chores_at, chores.begin)
            stopped.wait(PAUSE_SECONDS)


class Beside:
    """The chores, in a thread of their own, one round at a time.

    A carrier that answers nothing costs seconds for each municipality: no alert may wait for that.
    """

    def __init__(self, chores: Chores) -> None:
        self._chores, self._busy = chores, threading.Lock()

    def begin(self, tools: Tools, now: datetime) -> None:
        """Nothing while the round before still goes on."""
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._carry_out, args=(tools, now), daemon=True).start()

    def _carry_out(self, tools: Tools, now: datetime) -> None:
        try:
            self._chores(tools, now)
        finally:
            self._busy.release()


def do_chores(tools: Tools, now: datetime) -> None:
    """What need not be done every second. Each by itself: one that fails must not keep the others from being done."""
    outside = tools.outside()
    begin, clock, chance, municipalities = outside.begin, outside.clock, outside.chance, outside.municipalities
    with tolerant("promises"):
        found = keep_promises(begin, clock, chance, municipalities)
        if found.cases_without_alert or found.alerts or found.deliveries:
            log.critical("promises", cases=len(found.cases_without_alert), alerts=len(found.alerts))
    look_for_what_was_missed(tools, outside)
    for one in municipalities.values():
        with tolerant("probe"):
            probe_once(one, tools.script, begin=begin, door=tools.door, clock=clock, chance=chance)
    with tolerant("purge"):
        heard = heard_until(begin, municipalities.values(), now)
        tools.records.forget_idle(heard.conversations, heard.answers)
    look_after_what_is_kept(tools, now)
    with tolerant("dead man"):
        # Whoever waits for this call outside must not be calmed by a worker that only turns its wheels.
        if not tools.ailments():
            tools.call_out()


def look_for_what_was_missed(tools: Tools, outside: Outside) -> None:
    """Several at a time: each costs two questions to the carrier, and all must be told within two minutes.

    A carrier that cannot be asked for one municipality is not asked for the others: it is the same one.
    """
    silent = threading.Event()

    def look(one: Municipality) -> None:
        with tolerant("reconcile"):
            try:
                if not silent.is_set():
                    reconcile(one, outside, tools.script)
            except CarrierError:
                silent.set()
                raise

    first, *others = outside.municipalities.values()
    look(first)
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        list(pool.map(look, others))


def one_turn(
    tools: Tools, outside: Outside, wake: Callable[[], None], chores_at: datetime, chores: Chores = do_chores
) -> datetime:
    """Alerts move, hands are woken, silence is looked after, and once a minute the chores; when those are due next."""
    now, next_at = tools.clock.now(), chores_at
    with tolerant("worker"):
        beat(tools, now)
        look_whether_it_is_back(outside)
        move_alerts(outside)
        with outside.begin(looking=True) as work:
            waiting = work.waiting(now)
        if waiting:
            wake()
        look_after_one(outside, LEASE)
        if not now < chores_at <= now + BETWEEN_CHORES:  # a clock that went back puts nothing off
            next_at = now + BETWEEN_CHORES
            chores(tools, now)
    return next_at


def look_after_what_is_kept(tools: Tools, now: datetime) -> None:
    """What has been kept long enough goes, old keys with it; the trail's end is noted outside the database."""
    by = by_whom(tools, "worker")
    with tolerant("retention"):
        try:
            refuse_a_jump(tools.begin, now)
        except ClockInDoubtError:
            log.critical("retention", wrong="the clock is far ahead of the last look: flask --app app purge --yes")
            return
    for one in tools.municipalities.values():
        with tolerant("retention"):
            for _certificate in Purge(tools.begin, tools.keys, now, by).carry_out(one):
                log.info("purged", municipality=one.key)
    with tolerant("keys"):
        forget_talks(tools.keys, now)
        for name in retire(tools.begin, tools.keys, now, by) if tools.keys.can_forget else []:
            log.info("key ended", name=name)
    with tolerant("audit"):
        if head := tools.records.note_head(now):
            log.info("audit", number=head[0], digest=head[1])


def erase_at_the_carrier(outside: Outside, stopped: threading.Event) -> None:
    """By itself: a long history, or a carrier that answers slowly, must not keep an alert waiting."""
    while not stopped.is_set():
        for one in outside.municipalities.values():
            with tolerant("erasing"):
                if gone := erase_copies(one, begin=outside.begin, carrier=outside.carrier, clock=outside.clock):
                    log.info("erased at the carrier", municipality=one.key, copies=gone)
            with tolerant("erasing"), outside.begin(looking=True) as work:
                if since := held_since(work, one, outside.clock.now()):
                    log.critical("erasing", municipality=one.key, held_since=since.isoformat())
        stopped.wait(ERASING_SECONDS)


def keep_tidy(tools: Tools, stopped: threading.Event) -> None:
    """By itself: it waits for the disk."""
    while not stopped.wait(TIDY_SECONDS):
        with tolerant("tidy"):
            tools.records.tidy()


@contextmanager
def hands(outside: Outside, stopped: threading.Event) -> Iterator[Callable[[], None]]:
    """Threads that deliver until nothing is due; gives what wakes them."""
    something_due = threading.Event()

    def deliver() -> None:
        while not stopped.is_set():
            something_due.wait()
            with tolerant("hand"):
                while not stopped.is_set() and deliver_one(outside):
                    pass
            something_due.clear()

    threads = [threading.Thread(target=deliver, daemon=True) for _ in range(HANDS)]
    for thread in threads:
        thread.start()
    yield something_due.set
    something_due.set()
    for thread in threads:
        thread.join(LEASE.total_seconds())


@contextmanager
def tolerant(room: str) -> Iterator[None]:
    """A database that is away is waited for; a worker that dies of one bad row tells nobody of all the others."""
    try:
        yield
    except StoreAwayError:
        log.warning("store away", room=room)
        threading.Event().wait(AWAY_SECONDS)
    except CarrierError as refusal:
        log.warning("carrier", room=room, reason=str(refusal))
    except Exception as fault:  # noqa: BLE001 - as said above
        log.error("fault", room=room, kind=type(fault).__name__)  # noqa: TRY400 - a trace may hold what somebody wrote


def beat(tools: Tools, at: datetime) -> None:
    """Say that the worker lives."""
    with tools.begin() as work:
        work.beat(WORKER, at)
