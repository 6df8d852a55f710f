"""Counts how well answers with known meaning are read, as the engine takes them.

What may enter: labelled answers as values. What may not: files and printing (a command does that). A row counts as it
says; only its own `also_ok` excuses it. To be taken for an answer that should be asked again is the worse error.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .hearing import Place, place_of
from .reading import Chosen, DontKnow, Lexicon, Option, read_choice, read_danger

AGAIN, ACCEPTED, DONT_KNOW = "reprompt", "accept", "dont_know"
MENU, YES_NO, PLACE = "menu4", "yesno", "freetext_address"
ASKED = (MENU, YES_NO, PLACE)  # the kinds of questions that a script can ask
SAYINGS = {"1": "yes", "2": "no", "3": DONT_KNOW}
FOUR = ("", "", "", "")


@dataclass(frozen=True)
class AnswerRow:
    """`kind`: of the question. `meant`: an option's key, yes, no, dont_know, accept (a place) or reprompt.

    `options`: their labels; a label that is "" has no words.
    """

    language: str
    kind: str
    text: str
    meant: str
    also_ok: tuple[str, ...] = ()
    options: tuple[str, ...] = FOUR


@dataclass(frozen=True)
class WrongAnswer:
    """One row that was taken for `taken`."""

    row: AnswerRow
    taken: str


@dataclass
class Score:
    """The figures of one kind. `again`: rows that should be asked again; `mistaken`: those taken for an answer."""

    rows: int = 0
    again: int = 0
    mistaken: int = 0
    wrong: list[WrongAnswer] = field(default_factory=list)

    @property
    def right_share(self) -> float:
        """0 to 1; all of nothing is right."""
        return 1 - len(self.wrong) / max(1, self.rows)


def answer_row_of(data: Mapping[str, object]) -> AnswerRow:
    """A row from one line of a labelled file (lang, question_kind, text, expected, also_ok, options).

    Raises KeyError, TypeError.
    """
    return AnswerRow(
        str(data["lang"]),
        str(data["question_kind"]),
        str(data["text"]),
        _meant(data["expected"]),
        tuple(map(_meant, _listed(data.get("also_ok")))),
        tuple(map(str, _listed(data.get("options")))) or FOUR,
    )


def score(lexicon: Lexicon, languages: Sequence[str], rows: Iterable[AnswerRow]) -> dict[str, Score]:
    """Kind → figures. Who writes in none of `languages`, those of scripts, is in a conversation in the first."""
    scores: dict[str, Score] = {}
    for row in rows:
        one = scores.setdefault(row.kind, Score())
        one.rows += 1
        one.again += row.meant == AGAIN
        if row.kind in ASKED and (taken := taken_for(lexicon, languages, row)) not in (row.meant, *row.also_ok):
            one.mistaken += row.meant == AGAIN
            one.wrong.append(WrongAnswer(row, taken))
    return scores


def together(scores: Iterable[Score]) -> Score:
    """All kinds as one."""
    whole = Score()
    for one in scores:
        whole.rows, whole.again = whole.rows + one.rows, whole.again + one.again
        whole.mistaken += one.mistaken
        whole.wrong += one.wrong
    return whole


def taken_for(lexicon: Lexicon, languages: Sequence[str], row: AnswerRow) -> str:
    """What the engine does with an answer."""
    if row.kind == PLACE:
        return ACCEPTED if isinstance(place_of(lexicon, row.text, read_danger(lexicon, row.text)), Place) else AGAIN
    language = row.language if row.language in languages else languages[0]
    yes_no = row.kind == YES_NO
    labels = ("", "", "") if yes_no else row.options
    options = [Option(str(number), (label,) if label else ()) for number, label in enumerate(labels, start=1)]
    match read_choice(lexicon, language, row.text, options, yes_no=yes_no):
        case Chosen(key):
            return SAYINGS[key] if yes_no else key
        case DontKnow() if yes_no:
            return DONT_KNOW
        case _:  # not to know which of four is asked again
            return AGAIN


def _meant(value: object) -> str:
    if isinstance(value, Mapping):
        return ACCEPTED if value["accept"] else AGAIN
    return str(value)


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()
