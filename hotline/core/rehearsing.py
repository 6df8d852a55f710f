"""What a trial report texts: the shortest way through the script to a report. What may not enter: a door, a carrier."""

from collections.abc import Sequence

from .crying import PLACE as SOME_PLACE
from .effects import Tally
from .exploring import OTHER_NUMBER, Path, Ways, whole_place
from .flow import Script
from .municipality import Municipality
from .turn import Act, Channel

FIRST_WORDS, PLACE = "PROV", "PROV 1"
REPORTED = Tally("reported")  # a report that was taken back stands on the same end, and is not counted


def shortest_way(script: Script, municipality: Municipality) -> Sequence[str]:
    """The texts that lead to a report that is complete. Raises LookupError when none does."""
    ways = Ways(script, municipality, municipality.languages[0], Channel.SMS, office_open=True, caller=OTHER_NUMBER)
    for path in ways.all(whole_place):
        if path.moves[-1][1].count(REPORTED) and _is_typed(path):
            words = [move.words for move, _ in path.moves[1:]]
            return [FIRST_WORDS, *(PLACE if each == SOME_PLACE else each for each in words)]
    raise LookupError("no text conversation leads to a report")


def _is_typed(path: Path) -> bool:
    return all(move.act is Act.TEXT and not move.words.startswith("(") for move, _ in path.moves)
