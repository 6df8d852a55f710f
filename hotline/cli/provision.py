"""`provision`: what has to stand outside this machine. Now: the carrier's fallback, as files for any static host."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from hotline.cli.tools import the_tools

HOW_TO = """The carrier's fallback for {name}: what people are told while the hotline cannot be reached.

Put both files on a static host that has nothing to do with the hotline's own machine, reachable by https, and enter
their addresses at Twilio for {lines} under "Primary handler fails" (texts and calls), method POST.
The host must answer POST as well as GET with the file, as text/xml. A web server such as nginx does with
`error_page 405 =200 $uri;` for these files; a plain bucket of object storage refuses POST: then choose GET at Twilio.
Make them anew whenever the telephone number or a text changes. Look at them once a month: call the address.
"""


@click.command("provision")
@click.option("--fallback-only", is_flag=True, required=True, help="Write the carrier's fallback files.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), default="var/fallback", show_default=True)
@with_appcontext
def provision(*, fallback_only: bool, output: Path) -> None:
    """Write static TwiML files for each municipality: 112 and the telephone number, in every script's language."""
    del fallback_only
    tools = the_tools()
    for one in tools.municipalities.values():
        folder = output / one.key
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in tools.fallback(one).items():
            (folder / name).write_bytes(content)
        (folder / "README.txt").write_text(HOW_TO.format(name=one.name, lines=", ".join(one.lines)), encoding="utf-8")
        click.echo(f"Written: {folder}/sms.xml, voice.xml, README.txt")
