"""`stats`: how conversations ended, counted without anybody in it, and what each way through the script costs."""

from collections.abc import Iterator, Sequence

import click
from flask.cli import with_appcontext

from hotline.cli.tools import away_in_one_line, the_first_tools, the_tools
from hotline.core.costing import Cost, Prices
from hotline.core.turn import Channel

MOST_NAMED = 3  # municipalities in which something is alike
FEW = 5  # in a small town less than this points at somebody


@click.command("stats")
@click.option("--costs-only", is_flag=True, help="Without the database: only what the script costs.")
@with_appcontext
def stats(*, costs_only: bool) -> None:
    """Print how conversations ended, per municipality and year (fewer than 5 are not told apart), and the costs."""
    if not costs_only:
        with away_in_one_line():
            click.echo("\n".join(counted(the_tools().records.tallies())))
    click.echo("\n".join(cost_lines(*the_first_tools().workshop.costs())))


def counted(tallies: Sequence[tuple[str, int, str, int]]) -> Iterator[str]:
    """One line for each outcome."""
    if not tallies:
        yield "No conversation has ended yet."
    for municipality, year, outcome, many in tallies:
        yield f"{municipality} {year}: {outcome} {many if many >= FEW else f'fewer than {FEW}'}"


def cost_lines(prices: Prices, costs: Sequence[Cost]) -> Iterator[str]:
    """By text: segments and money. By call: seconds until 112 is said and until a person is rung, and money."""
    yield f"What the carrier takes, {prices.currency}{' (ASSUMED: see flows/prices.yaml)' if prices.assumed else ''}:"
    named = ""
    for one in costs:
        if one.municipality != named:
            yield (named := one.municipality)
        hour = "office hours" if one.office_open else "closed"
        what = f"{between(*one.segments)} segments" if one.channel is Channel.SMS else spoken(one)
        paid = between(*one.money, digits=2)
        way = "text" if one.channel is Channel.SMS else "call"
        yield f"  {one.language}, {way}, {hour}, {one.outcome}: {what}; {paid} ({one.ways} ways)"


def short(prices: Prices, costs: Sequence[Cost]) -> Iterator[str]:
    """A line for each language: a report by text, and a call that reaches somebody; and in which municipalities."""
    lines: dict[str, list[str]] = {}
    for municipality, language in dict.fromkeys((one.municipality, one.language) for one in costs):
        mine = [one for one in costs if (one.municipality, one.language) == (municipality, language)]
        reports = [one for one in mine if one.outcome == "reported" and one.channel is Channel.SMS]
        calls = [one for one in mine if one.to_person is not None]
        told = [f"a report by text {between(*one.segments)} segments, {money(prices, one)}" for one in reports[:1]]
        told += [f"by call {spoken(one)}" for one in calls[:1]]
        lines.setdefault(f"{language}: {'; '.join(told)}", []).append(municipality)
    yield from (f"{line} ({few(names)})" for line, names in lines.items())


def few(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def spoken(one: Cost) -> str:
    """What a caller waits for, in seconds of speech; their own answers come on top."""
    to_112 = "112 is never said" if one.to_112 is None else f"112 after {one.to_112:.0f} s"
    return to_112 if one.to_person is None else f"{to_112}, a person is rung within {one.to_person:.0f} s"


def money(prices: Prices, one: Cost) -> str:
    """With the currency."""
    return f"{between(*one.money, digits=2)} {prices.currency}{' (assumed prices)' if prices.assumed else ''}"


def between(least: float, most: float, digits: int = 0) -> str:
    """Like 7, or 7–9."""
    low, high = f"{least:.{digits}f}", f"{most:.{digits}f}"
    return low if low == high else f"{low}–{high}"
