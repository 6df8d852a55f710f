"""`stats`: how conversations ended, counted without anybody in it, and what each way through the script costs."""

from collections.abc import Iterator, Sequence

import click
from flask.cli import with_appcontext

from hotline.cli.costs import all_costs, every_line
from hotline.cli.flows import faults_in_a_line
from hotline.cli.tools import away_in_one_line, the_first_tools, the_tools

FEW = 5  # in a small town less than this points at somebody


@click.command("stats")
@click.option("--costs-only", is_flag=True, help="Without the database: only what the script costs.")
@click.option("--every-way", is_flag=True, help="Without the database: each single way, as columns with tabs between.")
@with_appcontext
def stats(*, costs_only: bool, every_way: bool) -> None:
    """Print how conversations ended, per municipality and year (fewer than 5 are not told apart), and the costs."""
    workshop = the_first_tools().workshop
    if every_way:
        with faults_in_a_line():
            for line in every_line(workshop.prices, workshop.every_way()):
                click.echo(line)
        return
    if not costs_only:
        with away_in_one_line():
            click.echo("\n".join(counted(the_tools().records.tallies())))
    with faults_in_a_line():
        click.echo("\n".join(all_costs(workshop)))


def counted(tallies: Sequence[tuple[str, int, str, int]]) -> Iterator[str]:
    """One line for each outcome."""
    if not tallies:
        yield "No conversation has ended yet."
    for municipality, year, outcome, many in tallies:
        yield f"{municipality} {year}: {outcome} {many if many >= FEW else f'fewer than {FEW}'}"
