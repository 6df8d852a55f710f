"""`web`: serves the doors. As many as one likes may run at once on one PostgreSQL, with any number of workers."""

import gc
import os

import click
from flask.cli import with_appcontext

from hotline.cli.tools import Tools, the_tools

MOST_PROCESSES = 2  # that begin by themselves: what one small machine has
THREADS = 4  # of each: more only wait for the database
HERE = "127.0.0.1"


@click.command("web")
@click.option("--host", default=HERE, show_default=True, help="The address to listen at; whoever does TLS knocks here.")
@click.option("--port", type=int, help="In place of HOTLINE_PORT.")
@click.option("--processes", type=click.IntRange(1, 64), help="One for each core; two where nothing is said.")
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="Of each process.")
@with_appcontext
def web(*, host: str, port: int | None, processes: int | None, threads: int) -> None:
    """Serve the doors until stopped: Twilio's, the page for everybody, the checks of health."""
    serve_doors(the_tools(), host=host, port=port, processes=processes, threads=threads)


def serve_doors(
    tools: Tools, *, host: str = HERE, port: int | None = None, processes: int | None = None, threads: int = THREADS
) -> None:
    """Simulated telephones live in the memory of one process: then there is one, with twice the threads."""
    if tools.simulated:
        processes, threads = 1, max(threads, 2 * THREADS)
    tools.script.read_lexicon()  # before the processes part, so that they share it and no caller waits for it
    gc.collect()
    gc.freeze()  # what is never looked at again is never copied
    tools.records.put_down()
    most = processes or min(MOST_PROCESSES, os.cpu_count() or 1)
    tools.web().serve(host=host, port=tools.port if port is None else port, processes=most, threads=threads)
