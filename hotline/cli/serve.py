"""`serve`: the web server and the worker together, for one machine and for trying it out."""

import signal
import subprocess
import sys
import threading

import click
from flask.cli import with_appcontext

from hotline.cli.tools import Tools, the_tools

STOP_SECONDS = 10
LOOK_SECONDS = 0.5


def web_command(tools: Tools) -> list[str]:
    """One process with threads: the simulated telephones live in its memory."""
    options = ["--workers", "1", "--threads", "8", "--no-control-socket", "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{tools.port}", *options, "app:app"]


def worker_command() -> list[str]:
    """The worker, as anyone would start it."""
    return [sys.executable, "-m", "flask", "--app", "app", "worker"]


@click.command("serve")
@with_appcontext
def serve() -> None:
    """Start the web server and the worker here; Ctrl-C stops both."""
    tools, stopped = the_tools(), threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stopped.set())
    if "migrations" in tools.ailments():
        raise click.ClickException("The database is not up to date: python -m alembic upgrade head")
    show_addresses(tools)
    # Their own group: Ctrl-C in the terminal reaches us alone, and we stop both in order.
    children = [subprocess.Popen(command, start_new_session=True) for command in (web_command(tools), worker_command())]  # noqa: S603 - our own programs
    while not stopped.wait(LOOK_SECONDS) and all(child.poll() is None for child in children):
        pass
    died = [child.args for child in children if child.poll() is not None]
    for child in children:
        stop(child)
    if died and not stopped.is_set():
        raise click.ClickException("The web server or the worker ended by itself: see above")
    click.echo("Stopped.")


def stop(child: subprocess.Popen[bytes]) -> None:
    """Asks first."""
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


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
