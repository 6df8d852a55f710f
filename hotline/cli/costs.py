"""What each way through the script costs, as `stats` and `flows check` print it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from hotline.cli.tools import Workshop
from hotline.core.costing import Cost, Trip, money
from hotline.core.exploring import Ways
from hotline.core.telling import Prices
from hotline.core.turn import Channel

MOST_NAMED = 3  # municipalities in which something is alike
HOURS = {True: "office hours", False: "closed"}
WAY = {Channel.SMS: "text", Channel.VOICE: "call"}
HEAD = "municipality language by hours outcome answers segments seconds until_112 until_person money_without_officers"
Block = dict[tuple[str, bool], str]  # outcome and hour → what it costs


def all_costs(workshop: Workshop) -> Iterator[str]:
    """All of it, as both commands print it."""
    yield from heading(workshop.prices)
    yield from cost_lines(workshop.costs())
    yield from cry_lines(workshop.cries())


def heading(prices: Prices) -> Iterator[str]:
    """What the figures are, and what they leave out."""
    yield f"What the carrier takes, {prices.currency}{' (ASSUMED: see flows/prices.yaml)' if prices.assumed else ''}."
    yield "A report is counted with telling officers: from the first who takes it to the last of the plan, told once."
    yield "A call that is put through is counted with one minute of that. Seconds are of speech alone."


def cost_lines(costs: Iterable[Cost]) -> Iterator[str]:
    """A block for each language, by text and by call; what is alike, in municipalities and at all hours, is said once.

    By text: segments and money. By call: seconds of speech until 112 is said and until a person is rung, and money.
    """
    found = blocks(costs).items()
    yield from folded((municipality, way, tuple(block_lines(block))) for (municipality, way), block in found)


def cry_lines(found: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """Segments of what a cry for help gets, in every language that has at least that."""
    yield from folded((name, "a cry for help, by text", tuple(size_lines(cries))) for name, cries in found.items())


def size_lines(cries: Mapping[str, int]) -> Iterator[str]:
    """The languages of each size, the smallest first."""
    by_size: dict[int, list[str]] = {}
    for language, size in sorted(cries.items()):
        by_size.setdefault(size, []).append(language or "no language that is known")
    for size, languages in sorted(by_size.items()):
        yield f"{size} segment{'s' if size != 1 else ''}: {', '.join(languages)}"


def folded(found: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[str]:
    """(municipality, heading, lines): what is alike stands once, with the municipalities where it is so."""
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for municipality, heading, lines in found:
        alike.setdefault((heading, lines), []).append(municipality)
    for (heading, lines), names in alike.items():
        yield f"{heading} ({few(names)}):"
        yield from (f"  {line}" for line in lines)


def blocks(costs: Iterable[Cost]) -> dict[tuple[str, str], Block]:
    """Municipality, and language and channel → its lines."""
    found: dict[tuple[str, str], Block] = {}
    for one in costs:
        block = found.setdefault((one.municipality, f"{one.language}, by {WAY[one.channel]}"), {})
        block[one.outcome, one.office_open] = cost_line(one)
    return found


def block_lines(block: Block) -> Iterator[str]:
    """In the order of the outcomes; with the hour where that makes a difference."""
    for outcome in dict.fromkeys(outcome for outcome, _ in block):
        lines = {hour: block[outcome, hour] for hour in HOURS if (outcome, hour) in block}
        if len(lines) == len(HOURS) and len(set(lines.values())) == 1:
            yield f"{outcome}: {lines[True]}"
        else:
            yield from (f"{outcome}, {HOURS[hour]}: {line}" for hour, line in lines.items())


def cost_line(one: Cost) -> str:
    """All ways to one outcome."""
    what = f"{between(*one.segments)} segments" if one.channel is Channel.SMS else spoken(one)
    return f"{what}; {between(*one.money, digits=2)} ({one.ways} way{'s' if one.ways != 1 else ''})"


def every_line(prices: Prices, found: Iterable[tuple[Ways, list[Trip]]]) -> Iterator[str]:
    """Every single way, for a spreadsheet: columns with tabs between. Texts have segments, calls have seconds."""
    yield "\t".join(HEAD.split())
    for ways, trips in found:
        place = (ways.municipality.name, ways.language, WAY[ways.channel], HOURS[ways.office_open])
        for one in trips:
            size = ("", seconds(one.seconds), seconds(one.to_112), seconds(one.to_person))
            size = size if ways.channel is Channel.VOICE else (str(one.segments), "", "", "")
            paid = f"{money(one, ways.channel, prices):.4f}"
            yield "\t".join((*place, one.outcome, " ".join(one.answers).strip(), *size, paid))


def seconds(many: float | None) -> str:
    """Empty where it never comes."""
    return "" if many is None else f"{many:.1f}"


def few(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    return ", ".join([*names[:MOST_NAMED], *more])


def spoken(one: Cost) -> str:
    """What a caller waits for, in seconds of speech; their own answers come on top."""
    to_112 = "112 is never said" if one.to_112 is None else f"112 after {one.to_112:.0f} s"
    return to_112 if one.to_person is None else f"{to_112}, a person is rung after {between(*one.to_person)} s"


def between(least: float, most: float, digits: int = 0) -> str:
    """Like 7, or 7–9."""
    low, high = f"{least:.{digits}f}", f"{most:.{digits}f}"
    return low if low == high else f"{low}–{high}"
