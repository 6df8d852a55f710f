"""`serve`: the web server and the worker together, for one machine and for trying it out."""

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.context import ForkProcess

import click
from flask.cli import with_appcontext

from hotline.cli.tools import Tools, the_tools
from hotline.cli.web import serve_doors
from hotline.cli.worker import work_on

STOP_SECONDS = 15
LOOK_SECONDS = 0.5
STOPS = (signal.SIGTERM, signal.SIGINT)
Part = Callable[[Tools], None]


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Start the web server and the worker here; Ctrl-C stops both."""
    tools, stopped = the_tools(), threading.Event()
    if "migrations" in tools.ailments():
        raise click.ClickException("The database is not up to date: python -m alembic upgrade head")
    show_addresses(tools)
    tools.web()  # imported before the processes part, so that they share it
    tools.records.put_down()
    gc.collect()
    gc.freeze()  # what is never looked at again is never copied
    children = [begin(tools, part) for part in (serve_doors, work_on)]
    for sign in STOPS:
        signal.signal(sign, lambda *_: stopped.set())
    while not stopped.wait(LOOK_SECONDS) and all(child.is_alive() for child in children):
        pass
    died = not all(child.is_alive() for child in children)
    for child in children:
        stop(child)
    if died and not stopped.is_set():
        raise click.ClickException("The web server or the worker ended by itself: see above")
    click.echo("Stopped.")


def begin(tools: Tools, part: Part) -> ForkProcess:
    """A part in a process of its own, which has in its memory what was loaded here."""
    child = multiprocessing.get_context("fork").Process(target=alone, args=(tools, part, os.getpid()))
    child.start()
    return child


def alone(tools: Tools, part: Part, parent: int) -> None:
    """In the child. Its own group: Ctrl-C in the terminal reaches the parent alone, who stops both in order."""
    os.setsid()
    tools.web().end_with(parent)
    part(tools)


def stop(child: ForkProcess) -> None:
    """Asks first."""
    child.terminate()
    child.join(STOP_SECONDS)
    if child.is_alive():
        child.kill()
        child.join()


def show_addresses(tools: Tools) -> None:
    """Where to look, before the first request comes."""
    here = f"http://127.0.0.1:{tools.port}"
    click.echo(f"The hotline listens on {here}")
    if tools.simulated:
        click.echo(f"  Try it with simulated telephones:  {here}/phone")
        click.echo("  Nothing leaves this machine: texts and calls are simulated.")
    else:
        click.echo(f"  Twilio calls {tools.public_url}/twilio/sms and {tools.public_url}/twilio/voice")
    click.echo(f"  Does every part work?              {here}/readyz")
    click.echo("Ctrl-C stops it.")
