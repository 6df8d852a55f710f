"""`probe`: a trial report, now, the whole way through our own public door to the telephones that it is meant for."""

import click
from flask.cli import with_appcontext

from hotline.cli.tools import the_tools
from hotline.usecases.probing import probe_once


@click.command("probe")
@click.option("--municipality", help="The municipality's key; else the first one.")
@with_appcontext
def probe(*, municipality: str | None) -> None:
    """Send a trial report now. Whether it arrives is seen in `readyz` and by whoever holds the telephone."""
    tools = the_tools()
    outside = tools.outside()
    key = municipality or next(iter(tools.municipalities))
    if key not in tools.municipalities:
        raise click.ClickException(f"There is no municipality {key}: there are {', '.join(tools.municipalities)}")
    one = tools.municipalities[key]
    if one.probe is None:
        raise click.ClickException(f"{key}.yaml has no `probe`: say which telephone it goes to")
    ports = {"begin": outside.begin, "clock": outside.clock, "chance": outside.chance}
    trial = probe_once(one, tools.script, door=tools.door, now_due=True, **ports)  # type: ignore[arg-type]  # by name
    if trial is None or not trial.reference:
        raise click.ClickException("Our own public door did not take it: see HOTLINE_PUBLIC_URL")
    click.echo(f"Sent: {trial.reference}. It should arrive within {one.probe.within} minutes.")
