"""The 112 answer: what a message that says violence is going on gets, whatever else it meant.

It is one message with 112 first, in the writer's language where it is one of the scripts'; else in the languages that
have at least the 112 sentence, with Swedish and English beside it. What the message did (an answer, a place, consent)
still stands: rows are kept, only the words are replaced.
"""

from .asking import Asking
from .conversation import Conversation, changed
from .effects import AddToCase, BringForward, Effect, FileReport, Say, Tally
from .reading import Danger

ROWS = (FileReport, AddToCase, BringForward)
Outcome = tuple[Conversation | None, tuple[Effect, ...]]


def warn(
    say: Asking, danger: Danger, here: Conversation, there: Conversation | None, effects: tuple[Effect, ...]
) -> Outcome:
    """`here`: before the message, `there` and `effects`: what it did as an answer."""
    there = there or here
    ends = there.complete and not here.complete
    rows = tuple(effect for effect in effects if isinstance(effect, ROWS) or (ends and isinstance(effect, Tally)))
    if there.reference and not any(isinstance(row, FileReport) for row in rows):
        added = _words(there, say)
        words = () if any(isinstance(row, AddToCase) and row.text == added.text for row in rows) else (added,)
        kept = tuple(row for row in rows if not isinstance(row, BringForward))
        rows = (*kept, *words, BringForward(there.reference, urgent=True))
    there, fresh = there.raised("going_on", "told_112"), _is_fresh(say, here)
    language = heard_in(say, danger, there.language)
    # Whose first words are a cry goes on in the language of it.
    if fresh and language != there.language and language in say.languages:
        there = changed(there, language=language)
    warnings = _warnings(say, language, there, fresh=fresh)
    name = say.script.anywhere.danger
    if there.complete:
        # Only a text of a script asks whether 112 has been called.
        asks = all(one.language in say.script.texts for one in warnings)
        if ends:  # it was the last answer: that everything is saved must be said, too
            warnings = (*warnings[:1], *[effect for effect in effects if isinstance(effect, Say)][-1:])
        over = changed(there, step=name, after=say.script.anywhere.reported) if asks else there
        return over, (*rows, *warnings, *say.close())
    settled = say.script.steps[there.step].answered_by_danger
    after = (there.after or say.script.steps[name].to) if settled else there.step
    there = changed(there, step=name, after=after, misses=0, silences=0)
    return there, (*rows, *warnings, *([say.listen(there)] if say.voice else ()))


def heard_in(say: Asking, danger: Danger, own: str) -> str:
    """The one language of a cry that decides what it is answered with; "": none that anything is written in.

    A cry may be words of several: then the conversation's own comes first, then what the municipality speaks, then
    what has a script, then what has at least the 112 text. Nothing else of a `Danger` has a part in the answer.
    """
    script = say.script
    for language in (own, *say.languages, *script.texts):
        if language in danger.languages:
            return language
    return next((one for one in danger.languages if script.anywhere.danger in script.foreign.get(one, {})), "")


def _words(there: Conversation, say: Asking) -> AddToCase:
    return AddToCase(there.reference, "words", say.turn.text.strip())


def _is_fresh(say: Asking, here: Conversation) -> bool:
    """Nothing has been answered yet: the language is a guess."""
    return here.step == say.script.start and not here.before


def _warnings(say: Asking, language: str, there: Conversation, *, fresh: bool) -> tuple[Say, ...]:
    name = say.script.anywhere.danger
    if language in say.script.texts:  # the 112 text is for everyone, whatever languages are switched on
        return (say.text(name, there, language),)
    both = tuple(say.text(name, there, one) for one in ("sv", "en") if one in say.script.texts)
    if foreign := say.foreign(name, language):
        ways = [] if there.complete else [say.text("languages", there, one).text for one in say.languages]
        return (foreign, Say(" ".join([*(_first_sentence(one.text) for one in both), *ways]), "sv", name))
    return both if fresh else (say.text(name, there),)


def _first_sentence(text: str) -> str:
    """Only «Ring 112 nu.» of the whole 112 text, so that two languages fit one message."""
    return text.partition(". ")[0] + "."
