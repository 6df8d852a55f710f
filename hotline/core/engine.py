"""The script engine: (script, conversation, what was heard) → (conversation, effects). Pure: others keep and send.

Two rules stand above the script, in every step, language and channel: a message that says violence is going on gets
the 112 text in this same answer; and nothing a caller does lowers the urgency of what was told.
"""

from .afterwards import after_the_end, answered, words_beside
from .asking import Asking
from .conversation import Conversation, changed
from .danger import warn
from .effects import AddToCase, BringForward, Connect, Effect, Tally
from .flow import Filing, Kind, Unconnected
from .hearing import ABOUT, LANGUAGE, OPT_OUT, Heard, NoNumber, Number, Place, hear, said
from .opening import Moment, Outcome, begin, left, opening, reopening
from .reading import Chosen, DontKnow
from .reports import NO_NUMBER, filed
from .turn import Act


def resume(moment: Moment, conversation: Conversation | None) -> Outcome:
    """One turn. The conversation that goes on (None: it ends here), and what shall happen, in order."""
    heard = hear(moment.script, moment.say.languages, moment.turn, conversation)
    return decide(moment, conversation, heard)


def decide(moment: Moment, conversation: Conversation | None, heard: Heard) -> Outcome:
    """The same, for words that have been heard already: of them nothing but `heard` decides."""
    turn = moment.turn
    if turn.act in (Act.HANG_UP, Act.BRIDGED):
        return left(moment, conversation)
    here = conversation or begin(moment, heard)
    if moment.script.steps[here.step].kind is Kind.CONNECT:
        return _unconnected(moment, here)
    if said(turn):
        return _said(moment, here, heard, began=conversation is None)
    if conversation is None:
        return opening(moment, here, heard, picture=turn.act is Act.PICTURE)
    return _wordless(moment, here)


def _said(moment: Moment, here: Conversation, heard: Heard, *, began: bool) -> Outcome:
    """Danger first; then what the words mean here."""
    if heard.red:
        here = here.raised("red")
    if heard.danger is not None:
        here = here.raised("going_on", "told_112")
    there, effects = _understood(moment, here, heard, began=began)
    if heard.danger is None:
        return there, _risen(here, heard, effects)
    return warn(moment.say, heard.danger, here, there, effects)


def _risen(here: Conversation, heard: Heard, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """A weapon, choking or a threat to kill makes a report urgent at whatever step they are told of, in any tense.

    After what is added: that alone would be told a little later.
    """
    if not (heard.red and here.reference):
        return effects
    added = tuple(one for one in effects if isinstance(one, AddToCase))
    others = tuple(one for one in effects if not isinstance(one, AddToCase))
    return (*added, BringForward(here.reference, urgent=True), *others)


def _understood(moment: Moment, here: Conversation, heard: Heard, *, began: bool) -> Outcome:
    step = moment.script.steps[here.step]
    if here.complete:
        return after_the_end(moment, here, heard)
    if began:
        return _first_words(moment, here, heard)
    if step.kind is Kind.NUMBER:
        return _number(moment, here, heard)
    if heard.sign == "0":
        return _back(moment, here)
    if heard.wish and (wished := _wished(moment, here, heard.wish)):
        return wished
    return _place(moment, here, heard) if step.kind is Kind.PLACE else _choice(moment, here, heard)


def _first_words(moment: Moment, here: Conversation, heard: Heard) -> Outcome:
    """Whatever they are, the answer begins with the 112 line."""
    anywhere, say, wish = moment.script.anywhere, moment.say, heard.wish
    if wish.startswith(LANGUAGE):
        return reopening(moment, changed(here, language=wish.removeprefix(LANGUAGE)))
    if wish == OPT_OUT:
        return here, (say.text("opening", here), say.text("opt_out", here), *([say.listen(here)] if say.voice else []))
    if to := {**anywhere.words, **anywhere.first_words}.get(wish):
        there, effects = opening(moment, changed(here, step=to), heard)
        ends = moment.script.steps[to].kind is Kind.END
        return (None, (Tally(to), *effects)) if ends else (there, effects)
    return opening(moment, here.with_words(moment.turn.text), heard)


def _wished(moment: Moment, here: Conversation, wish: str) -> Outcome | None:
    """Words that mean the same at every step. Once there is a report, only another language and the carrier's words."""
    say = moment.say
    if wish.startswith(LANGUAGE):
        there = changed(here, language=wish.removeprefix(LANGUAGE), misses=0)
        return reopening(moment, there) if here.step == moment.script.start else (there, say.question(there))
    if wish == OPT_OUT:
        return here, (say.text("opt_out", here), *([say.listen(here)] if say.voice else []))
    if here.reference:
        return None
    if wish == ABOUT:
        return here, (say.text("about", here), *say.question(here))
    return _enter(moment, here, moment.script.anywhere.words[wish])


def _choice(moment: Moment, here: Conversation, heard: Heard) -> Outcome:
    step = moment.script.steps[here.step]
    again = heard.danger is not None and here.step == moment.script.anywhere.danger  # whoever cries has not settled it
    if isinstance(heard.answer, Chosen) and not again:
        return _take(moment, here, heard.answer.key, words_beside(moment.turn, heard))
    if isinstance(heard.answer, DontKnow) and step.yes_no and "3" in step.choices:
        return _take(moment, here, "3", words_beside(moment.turn, heard))
    if step.kind is Kind.ANYTHING:
        there, effects = _enter(moment, here.with_words(moment.turn.text), here.after or step.to)
        words = (AddToCase(here.reference, "words", moment.turn.text.strip()),) if here.reference else ()
        return there, (*words, *effects)
    if heard.danger is not None:
        return here.with_words(moment.turn.text), ()
    return _missed(moment, here)


def _take(moment: Moment, here: Conversation, key: str, words: str) -> Outcome:
    """One choice of the script, made; `words`: what was said with it, or ""."""
    step = moment.script.steps[here.step]
    choice = step.choices[key]
    if words and not (here.reference or step.forget):
        here = here.with_words(words)
    answers, flags = (*here.answers, (here.step, key)), here.flags | choice.flags
    there = changed(here, answers=answers, flags=flags, before=here.step, misses=0, silences=0)
    rows: tuple[Effect, ...] = ()
    if choice.file is not Filing.NO:
        there = changed(there, reference=moment.reference)
        rows = (filed(moment.municipality, moment.turn, there, with_number=choice.file is Filing.WITH_NUMBER),)
    elif here.reference:
        rows = answered(here.reference, step, key, words)
    if choice.say and "going_on" not in there.flags:
        rows = (*rows, moment.say.text(choice.say, there))
    to = here.after if step.kind is Kind.ANYTHING and here.after else choice.to
    ended, effects = _goto(moment, there, to)
    return ended, (*rows, *effects)


def _moved(here: Conversation) -> Conversation:
    """The step is answered: it is the way back, and misses are counted anew."""
    return changed(here, before=here.step, misses=0, silences=0)


def _enter(moment: Moment, here: Conversation, to: str) -> Outcome:
    return _goto(moment, _moved(here), to)


def _goto(moment: Moment, here: Conversation, to: str) -> Outcome:
    """Stand on a step, or on the one that stands in for it: its question, its connection or its end."""
    step = moment.script.steps[to]
    if step.on_voice and moment.voice:
        step = moment.script.steps[step.on_voice]
    here = changed(here, step=step.name, after="")
    if step.forget:
        here = changed(here, words=(), answers=())
    if step.kind is Kind.CONNECT:
        return _connect(moment, here)
    if step.kind is Kind.END:
        return _end(moment, here, step.name)
    return here, moment.say.question(here)


def _connect(moment: Moment, here: Conversation) -> Outcome:
    """To social services, if they can be reached now; else on, without a word that nobody could follow."""
    why = None if moment.voice else Unconnected.BY_TEXT
    if why is None and not moment.turn.office_open:
        why = Unconnected.CLOSED
    if why is None and here.tried:
        why = Unconnected.AGAIN
    if why is not None:
        return _goto(moment, here, moment.script.steps[here.step].otherwise[why])
    say = moment.say
    connect = Connect(say.languages[0], say.whisper(here))
    return changed(here, tried=True), (say.text("connecting", here), connect)


def _unconnected(moment: Moment, here: Conversation) -> Outcome:
    """The call was not taken, whatever the carrier says or does not say of it."""
    told = moment.turn.text if moment.turn.act is Act.NOT_BRIDGED else ""
    why = Unconnected(told) if told in set(Unconnected) else Unconnected.FAILED
    there, effects = _goto(moment, changed(here, tried=True), moment.script.steps[here.step].otherwise[why])
    return there, (moment.say.text("not_reached", here), *effects)


def _end(moment: Moment, here: Conversation, name: str) -> Outcome:
    last = (moment.say.text(name, here), *moment.say.close())
    if not here.reference:
        return None, (Tally(name), *last)
    return changed(here, complete=True), (BringForward(here.reference), Tally("reported"), *last)


def _back(moment: Moment, here: Conversation) -> Outcome:
    """0: one question back; again: to the first one; there it ends. After consent it is noted, and cancels nothing."""
    say, first = moment.say, moment.script.start
    if here.reference:
        rows = (AddToCase(here.reference, "withdrawn", "0"), BringForward(here.reference))
        ended = changed(here, step=moment.script.anywhere.reported, after="", complete=True)
        return ended, (*rows, say.text("withdrawn", here), *say.close())
    if here.step == first and not here.before:
        return _end(moment, here, moment.script.anywhere.leave)
    there = changed(here, step=here.before or first, before="", after="", misses=0, silences=0)
    return there, say.question(there)


def _place(moment: Moment, here: Conversation, heard: Heard) -> Outcome:
    """A place as it is written; what is plainly none is asked for once more, then taken."""
    text = moment.turn.text.strip()
    if not isinstance(heard.answer, Place):
        if heard.danger is not None:
            return here, (AddToCase(here.reference, "words", text),)  # a cry is no address: the question stays
        if not here.misses:
            return changed(here, misses=1), (
                AddToCase(here.reference, "words", text),
                moment.say.text("place_unclear", here),
            )
    there, effects = _enter(moment, here, moment.script.steps[here.step].to)
    return there, (AddToCase(here.reference, "place", text), *effects)


def _number(moment: Moment, here: Conversation, heard: Heard) -> Outcome:
    """A number to call back, or none; a withheld caller has to press one."""
    say, step = moment.say, moment.script.steps[here.step]
    if isinstance(heard.answer, Number):
        there, effects = _enter(moment, here, step.to)
        return there, (AddToCase(here.reference, "call_back", heard.answer.number), *effects)
    if isinstance(heard.answer, NoNumber) or here.misses + 1 >= len(moment.script.missed):
        there, effects = _enter(moment, here, step.none)
        return there, (AddToCase(here.reference, "call_back", NO_NUMBER), say.text("no_number", here), *effects)
    return changed(here, misses=here.misses + 1), (
        say.text(moment.script.missed[here.misses], here),
        *say.question(here),
    )


def _missed(moment: Moment, here: Conversation) -> Outcome:
    """Nothing that was understood: the texts of `missed`, one after the other."""
    here = here.with_words("" if moment.turn.act is Act.KEYS else moment.turn.text)
    texts, say = moment.script.missed, moment.say
    if here.misses + 1 >= len(texts):
        return give_up(moment, here, texts[-1])
    return changed(here, misses=here.misses + 1), (say.text(texts[here.misses], here), *say.question(here))


def give_up(moment: Moment, here: Conversation, text: str) -> Outcome:
    """The telephone number instead of one more try. By text the question stays open; a call ends, and sends."""
    say: Asking = moment.say
    if not say.voice:
        return changed(here, misses=0), (say.text(text, here),)
    if not here.reference:
        return None, (Tally("gave_up"), say.text(text, here), *say.close())
    rows = (BringForward(here.reference, broken_off=True), Tally("gave_up"))
    return None, (*rows, say.text(moment.script.anywhere.reported, here), *say.close())


def _wordless(moment: Moment, here: Conversation) -> Outcome:
    """Silence, a picture, an empty text: always answered."""
    say, texts = moment.say, moment.script.silent
    if moment.turn.act is Act.PICTURE:
        return here, (say.text("picture", here),)
    if not say.voice:
        return here, (say.text(texts[0], here), *say.question(here))
    if here.silences + 1 >= len(texts):
        return give_up(moment, here, texts[-1])
    return changed(here, silences=here.silences + 1), (say.text(texts[here.silences], here), *say.question(here))
