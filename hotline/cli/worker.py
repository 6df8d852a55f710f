"""`worker`: does, a little later and again if needed, whatever must reach another human being."""

import signal
import threading
from datetime import datetime, timedelta

import click
import structlog
from flask.cli import with_appcontext

from hotline.cli.tools import WORKER, Tools, the_tools
from hotline.ports import StoreAwayError

log = structlog.get_logger()
PAUSE_SECONDS = 1.0
MOST_ROUNDS = 20  # then the chores have their turn, too
BETWEEN_CHORES = timedelta(minutes=1)


@click.command("worker")
@click.option("--once", is_flag=True, help="One round, then end.")
@with_appcontext
def worker(*, once: bool) -> None:
    """Send what is due and escalate what nobody has acknowledged, until stopped. Several may run at once."""
    tools, stopped = the_tools(), threading.Event()
    if not once:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stopped.set())
    chores_at = tools.clock.now()
    while True:
        chores_at = one_turn(tools, chores_at)
        if once or stopped.wait(PAUSE_SECONDS):
            return


def one_turn(tools: Tools, chores_at: datetime) -> datetime:
    """One round, and once a minute the chores; when those are due next. A database that is away is waited for."""
    now = tools.clock.now()
    try:
        beat(tools, now)
        for _ in range(MOST_ROUNDS):
            if not tools.one_round():
                break
        if now < chores_at:
            return chores_at
        tools.purge(now)
        tools.call_out()
    except StoreAwayError:
        log.warning("store away", room="worker")
    except Exception as fault:  # noqa: BLE001 - a worker that dies of one bad row tells nobody of all the others
        log.error("fault", room="worker", kind=type(fault).__name__)  # noqa: TRY400 - a trace may hold what somebody wrote
    return now + BETWEEN_CHORES


def beat(tools: Tools, at: datetime) -> None:
    """Say that the worker lives."""
    with tools.begin() as work:
        work.beat(WORKER, at)
