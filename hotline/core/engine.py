"""The script engine: (script, conversation, turn) → (conversation, effects). Pure: others keep and send.

Two rules stand above the script, in every step, language and channel: a message that says violence is going on gets
the 112 text in this same answer; and nothing a caller does lowers the urgency of what was told.
"""

from collections.abc import Sequence
from dataclasses import replace

from .asking import Asking
from .conversation import Conversation
from .danger import warn
from .effects import AddToCase, BringForward, Connect, Effect, HangUp, Tally
from .flow import Filing, Kind
from .opening import SAID, Moment, Outcome, begin, left, opening
from .phone import number_from_keys
from .reading import Chosen, Unclear, read_choice, read_danger, read_place, read_red, read_word
from .reports import call_back_note, filed
from .turn import Act

MISSES = 2
SILENCES = 3
BRANCHES = {"staff": "staff", "mandated": "mandated", "scope": "out_of_scope"}


def resume(moment: Moment, conversation: Conversation | None) -> Outcome:
    """One turn. The conversation that goes on (None: it ends here), and what shall happen, in order."""
    turn = moment.turn
    if turn.act in (Act.HANG_UP, Act.BRIDGED):
        return left(moment, conversation)
    began = conversation is None
    here = conversation or begin(moment)
    if moment.script.steps[here.step].kind is Kind.CONNECT:  # whatever the carrier says or does not say of the call
        moment = replace(moment, turn=replace(turn, act=Act.NOT_BRIDGED, text=""))
        return _wordless(moment, here)
    if turn.act in SAID and turn.text.strip():
        return _said(moment, here, began=began)
    if began:
        return opening(moment, here, picture=turn.act is Act.PICTURE)
    return _wordless(moment, here)


def _said(moment: Moment, here: Conversation, *, began: bool) -> Outcome:
    """Danger first; then what the words mean here."""
    lexicon, text = moment.script.lexicon, moment.turn.text
    keys = moment.turn.act is Act.KEYS
    danger = None if keys else read_danger(lexicon, text)
    if not keys and read_red(lexicon, text):
        here = here.raised("red")
    if danger is not None:
        here = here.raised("going_on", "told_112")
    there, effects = _understood(moment, here, began=began, in_danger=danger is not None)
    if danger is None:
        return there, effects
    return warn(moment.say, danger, here, there, effects)


def _understood(moment: Moment, here: Conversation, *, began: bool, in_danger: bool) -> Outcome:
    text, step = moment.turn.text, moment.script.steps[here.step]
    if here.complete:
        return _afterwards(moment, here)
    if not began and step.kind is Kind.NUMBER:
        return _number(moment, here)
    if not began and text.strip() == "0":
        return _back(moment, here)
    free = moment.turn.act is not Act.KEYS and not here.reference and not in_danger
    if free and (asked := _asked_for(moment, here, began=began)) is not None:
        return asked
    if began and moment.turn.act is not Act.KEYS:
        return opening(moment, here.with_words(text))
    answer = _place if step.kind is Kind.PLACE else _choice
    return answer(moment, here, in_danger=in_danger)


def _asked_for(moment: Moment, here: Conversation, *, began: bool) -> Outcome | None:
    """Words that mean the same at every step: another language, work, what this is, the carrier's own words."""
    say, lexicon, text = (
        moment.say,
        moment.script.lexicon,
        moment.turn.text,
    )
    for language in moment.municipality.languages:
        if language != here.language and read_word(lexicon, here.language, text, f"language:{language}"):
            return _in_language(moment, replace(here, language=language), began=began)
    if read_word(lexicon, here.language, text, "carrier_optout"):
        return here, ((say.text("opening", here),) if began else ()) + (say.text("opt_out", here),)
    for step, group in BRANCHES.items():
        if (began or step != "scope") and read_word(lexicon, here.language, text, group):
            return opening(moment, here, ask=step) if began else _enter(moment, here, step)
    if not began and read_word(lexicon, here.language, text, "help_question"):
        return here, (say.text("about", here), *say.question(here))
    return None


def _in_language(moment: Moment, here: Conversation, *, began: bool) -> Outcome:
    if began or here.step == moment.script.start:
        return opening(replace(moment, turn=replace(moment.turn, text="")), here)
    return here, moment.say.question(here)


def _choice(moment: Moment, here: Conversation, *, in_danger: bool) -> Outcome:
    step = moment.script.steps[here.step]
    options = moment.say.options(here)
    read = read_choice(moment.script.lexicon, here.language, moment.turn.text, options, yes_no=step.yes_no)
    if isinstance(read, Chosen):
        return _take(moment, here, read.key)
    language = moment.script.language_keys.get(moment.turn.text.strip())
    if language in moment.municipality.languages and not here.reference:
        return _in_language(moment, replace(here, language=language, misses=0), began=False)
    if not isinstance(read, Unclear) and "3" in step.choices and step.yes_no:
        return _take(moment, here, "3")
    if step.kind is Kind.ANYTHING:
        there, effects = _enter(moment, here.with_words(moment.turn.text), here.after or step.to)
        said = (AddToCase(here.reference, "words", moment.turn.text.strip()),) if here.reference else ()
        return there, (*said, *effects)
    if in_danger:
        return here.with_words(moment.turn.text), ()
    return _missed(moment, here)


def _take(moment: Moment, here: Conversation, key: str) -> Outcome:
    """One choice of the script, made."""
    step = moment.script.steps[here.step]
    choice = step.choices[key]
    there = replace(
        here, answers=(*here.answers, (here.step, key)), trail=(*here.trail, here.step), misses=0, silences=0
    )
    there = there.raised(*choice.flags)
    rows: tuple[Effect, ...] = ()
    if choice.file is not Filing.NO:
        there = replace(there, reference=moment.reference)
        rows = (filed(moment.municipality, moment.turn, there, with_number=choice.file is Filing.WITH_NUMBER),)
    if choice.note:
        rows = (AddToCase(here.reference, "call_back", call_back_note(here.step, key)),)
    if choice.say and "going_on" not in there.flags:
        rows = (*rows, moment.say.text(choice.say, there))
    to = there.after if step.kind is Kind.ANYTHING and there.after else choice.to
    ended, effects = _goto(moment, there, to)
    return ended, (*rows, *effects)


def _enter(moment: Moment, here: Conversation, to: str) -> Outcome:
    return _goto(moment, replace(here, trail=(*here.trail, here.step), misses=0, silences=0), to)


def _goto(moment: Moment, here: Conversation, to: str) -> Outcome:
    """Stand on a step: its stand-in for this channel and hour, then its question, its connection or its end."""
    step = moment.script.steps[to]
    open_call = moment.voice and moment.turn.office_open and not here.tried
    if step.on_open_call and open_call:
        step = moment.script.steps[step.on_open_call]
    elif step.on_voice and moment.voice:
        step = moment.script.steps[step.on_voice]
    here = replace(here, step=step.name, after="")
    if step.forget:
        here = replace(here, words=(), answers=())
    say = moment.say
    if step.kind is Kind.CONNECT:
        return replace(here, tried=True), (
            say.text("connecting", here),
            Connect(moment.municipality.languages[0], say.whisper(here)),
        )
    if step.kind is Kind.END:
        return _end(moment, here, step.name)
    return here, say.question(here)


def _end(moment: Moment, here: Conversation, name: str) -> Outcome:
    say = moment.say
    last: tuple[Effect, ...] = (say.text(name, here),)
    if not here.reference:
        return None, (*last, Tally(name), *([HangUp()] if moment.voice else []))
    rows: tuple[Effect, ...] = (BringForward(here.reference), Tally("reported"))
    if moment.voice:
        return replace(here, complete=True), (*rows, *last, HangUp())
    return replace(here, complete=True), (*rows, *last)


def _afterwards(moment: Moment, here: Conversation) -> Outcome:
    """After the last text: nothing is taken back, everything said is added."""
    say, text = moment.say, moment.turn.text.strip()
    if text == "0":
        return here, (AddToCase(here.reference, "withdrawn", text), say.text("withdrawn", here))
    if text == "1":
        return opening(moment, begin(moment))
    rows: tuple[Effect, ...] = (AddToCase(here.reference, "words", text),)
    if read_red(moment.script.lexicon, text):
        rows = (*rows, BringForward(here.reference, urgent=True))
    return here, (*rows, say.text("added", here))


def _back(moment: Moment, here: Conversation) -> Outcome:
    """0: one question back; before the first it ends. After consent it is noted, and cancels nothing."""
    say = moment.say
    if here.reference:
        note = AddToCase(here.reference, "withdrawn", "0")
        return replace(here, complete=True), (
            note,
            BringForward(here.reference),
            say.text("withdrawn", here),
            *say.close(),
        )
    if not here.trail:
        return _end(moment, here, "bye")
    there = replace(here, step=here.trail[-1], trail=here.trail[:-1], after="", misses=0)
    return there, say.question(there)


def _place(moment: Moment, here: Conversation, *, in_danger: bool) -> Outcome:
    say, step = moment.say, moment.script.steps[here.step]
    text, lexicon = moment.turn.text, moment.script.lexicon
    language = moment.script.language_keys.get(text.strip())
    if language in moment.municipality.languages:
        return _in_language(moment, replace(here, language=language), began=False)
    if read_word(lexicon, here.language, text, "carrier_optout"):
        return here, (say.text("opt_out", here),)
    if in_danger and not any(letter.isdigit() for letter in text):
        return here, (AddToCase(here.reference, "words", text.strip()),)  # a cry is no address: the question stays
    if not read_place(lexicon, text) and here.misses + 1 < MISSES:
        return replace(here, misses=here.misses + 1), (say.text("place_unclear", here),)
    there, effects = _goto(moment, here, step.to)
    return there, (AddToCase(here.reference, "place", moment.turn.text.strip()), *effects)


def _number(moment: Moment, here: Conversation) -> Outcome:
    """A number to call back, or none; a withheld caller has to press one."""
    say, text = moment.say, moment.turn.text.strip().rstrip("#")
    number = moment.turn.caller if text == "1" else number_from_keys(text)
    if number:
        there, effects = _goto(moment, here, moment.script.steps[here.step].to)
        return there, (AddToCase(here.reference, "call_back", number), *effects)
    if text == "0" or here.misses + 1 >= MISSES:
        note = AddToCase(here.reference, "call_back", "-")
        there, effects = _goto(moment, here, "saved")
        return there, (note, say.text("no_number", here), *effects)
    return replace(here, misses=here.misses + 1), (say.text("not_understood", here), *say.question(here))


def _missed(moment: Moment, here: Conversation) -> Outcome:
    say = moment.say
    here = replace(here.with_words("" if moment.turn.act is Act.KEYS else moment.turn.text), misses=here.misses + 1)
    if here.misses < MISSES:
        return here, (say.text("not_understood", here), *say.question(here))
    return _give_up(here, say)


def _give_up(here: Conversation, say: Asking) -> Outcome:
    """The telephone number instead of a third try. By text the question stays open; a call ends, and sends."""
    if not say.voice:
        return replace(here, misses=0), (say.text("give_up", here),)
    rows: Sequence[Effect] = (BringForward(here.reference, broken_off=True),) if here.reference else ()
    last = say.text("saved" if here.reference else "give_up", here)
    return None, (*rows, Tally("gave_up"), last, HangUp())


def _wordless(moment: Moment, here: Conversation) -> Outcome:
    """Silence, a picture, an empty text, a call that could not be connected: always answered."""
    say = moment.say
    if moment.turn.act is Act.NOT_BRIDGED:
        forward = "leave" if ("who", "4") in here.answers or here.trail[-1:] == ("self",) else "what"
        there, effects = _goto(moment, replace(here, tried=True), forward)
        return there, (say.text("not_reached", here), *effects)
    if moment.turn.act is Act.PICTURE:
        return here, (say.text("picture", here),)
    here = replace(here, silences=here.silences + 1)
    if moment.voice and here.silences >= SILENCES:
        return _give_up(here, say)
    return here, (say.text("silence", here), *say.question(here))
