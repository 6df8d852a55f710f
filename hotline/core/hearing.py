"""What a caller's act says, before the script decides: the only way in which words reach a decision.

The engine sees nothing of a text but its `Heard`; so whoever has tried every `Heard` has tried every text. What may
enter: readings of words. What may not: what follows from them.
"""

from dataclasses import dataclass, field

from .conversation import Conversation
from .flow import Kind, Script, Step
from .phone import number_from_keys
from .reading import (
    Chosen,
    Danger,
    DontKnow,
    Lexicon,
    Look,
    Option,
    Unclear,
    danger_in,
    language_in,
    look_at,
    names,
    read_choice,
    read_place,
    read_words,
    red_in,
    says_more,
)
from .turn import Act, Channel, Turn

SAID = frozenset({Act.TEXT, Act.SPEECH, Act.KEYS})
DIGITS = frozenset("0123456789")  # alone they are an answer and nothing else: no word of them is looked up
OPT_OUT, ABOUT, LANGUAGE = "carrier_optout", "help_question", "language:"


@dataclass(frozen=True)
class Place:
    """The words may describe a place."""


@dataclass(frozen=True)
class Number:
    """A telephone number (E.164) to call back."""

    number: str


@dataclass(frozen=True)
class NoNumber:
    """The caller wants to leave no number."""


Answer = Chosen | DontKnow | Unclear | Place | Number | NoNumber


UNCLEAR = Unclear()


@dataclass(frozen=True)
class Heard:
    """`answer`: what it is as an answer to this step's question. `wish`: a word that means the same at every step,
    "language:fi" or a group of words. `sign`: the one key that is all that was said, or "". `language`: of first words.
    `more`: an answer, and words that tell more than it.
    """

    danger: Danger | None = None
    red: bool = False
    answer: Answer = UNCLEAR
    wish: str = ""
    sign: str = ""
    language: str | None = None
    more: bool = False


NOTHING = Heard()


def said(turn: Turn) -> bool:
    """Whether there are words or keys at all."""
    return turn.act in SAID and bool(turn.text.strip())


def digit_of(text: str) -> str:
    """The one digit that is all that was said, or ""."""
    sign = text.strip()
    return sign if sign in DIGITS else ""


@dataclass(frozen=True)
class Meaning:
    """What words mean wherever they are said: no step, language or channel of a conversation has a part in it."""

    danger: Danger | None = None
    red: bool = False
    sign: str = ""
    look: Look | None = field(default=None, repr=False, compare=False)  # at the words, for other questions about them


def meaning(lexicon: Lexicon, act: Act, text: str) -> Meaning:
    """Danger is read here and nowhere else: what is a cry once is one at every step of every script."""
    sign = digit_of(text)
    if act is Act.KEYS or sign:
        return Meaning(sign=sign)
    look = look_at(lexicon, text)
    return Meaning(danger_in(look), red_in(look), sign, look)


def hear(script: Script, languages: tuple[str, ...], turn: Turn, here: Conversation | None) -> Heard:
    """`languages`: those that this municipality has switched on. `here`: None for the first words of a caller."""
    if not said(turn):
        return NOTHING
    keys, means = turn.act is Act.KEYS, meaning(script.lexicon, turn.act, turn.text)
    danger, red, sign = means.danger, means.red, means.sign
    if here is None:
        language = language_in(means.look) if means.look and turn.channel is Channel.SMS else None
        spoken = language if language in languages and language in script.texts else languages[0]
        wish = "" if keys or danger else wish_of(script, languages, turn, spoken, first=True)
        return Heard(danger, red, Unclear(), wish, sign, language)
    step = script.steps[here.step]
    answer = Unclear() if is_over(script, here) else answer_of(script, step, here.language, turn, danger)
    wish = wish_by_key(script, languages, sign, answer)
    if not wish and not keys and not sign and not danger:
        wish = wish_of(script, languages, turn, here.language, first=False)
    more = (
        not (keys or sign) and isinstance(answer, Chosen | DontKnow) and tells_more(script, step, here.language, turn)
    )
    return Heard(danger, red, answer, wish, sign, more=more)


def is_over(script: Script, here: Conversation) -> bool:
    """Nothing is asked any more: the last text has been said, and no 112 text since."""
    return here.complete and not (here.after and script.steps[here.after].kind is Kind.END)


def tells_more(script: Script, step: Step, language: str, turn: Turn) -> bool:
    """Words that the answer does not say already."""
    labels = [label for option in options_of(script, step, language) for label in option.labels]
    return says_more(script.lexicon, language, turn.text, labels)


def answer_of(script: Script, step: Step, language: str, turn: Turn, danger: Danger | None) -> Answer:
    """The words as an answer to this step."""
    match step.kind:
        case Kind.PLACE:
            return place_of(script.lexicon, turn.text, danger)
        case Kind.NUMBER:
            return number_of(turn)
        case Kind.CHOICE | Kind.ANYTHING:
            if sign := digit_of(turn.text):
                return Chosen(sign) if sign in step.choices else Unclear()
            options = options_of(script, step, language)
            answer = read_choice(script.lexicon, language, turn.text, options, yes_no=step.yes_no)
            # "Ok" after the 112 text is no word that 112 has been called: a key is, or just what a label says.
            sure = step.name != script.anywhere.danger or any(names(turn.text, one) for one in options)
            return answer if sure else Unclear()
        case _:
            return Unclear()


def answers_to(step: Step) -> tuple[Answer, ...]:
    """Whatever `answer_of` can give for this step, but Unclear; one number for all of them."""
    match step.kind:
        case Kind.PLACE:
            return (Place(),)
        case Kind.NUMBER:
            return (Number("+46701740655"), NoNumber())
        case Kind.CHOICE | Kind.ANYTHING:
            return (*map(Chosen, step.choices), DontKnow())
        case _:
            return ()


def options_of(script: Script, step: Step, language: str) -> tuple[Option, ...]:
    """What may be answered: the keys of the step, with their labels in the conversation's language."""
    labels = {option.key: option for option in script.texts[language].labels.get(step.name, ())}
    return tuple(labels.get(key, Option(key, ())) for key in step.choices)


def place_of(lexicon: Lexicon, text: str, danger: Danger | None) -> Place | Unclear:
    """A cry is no address unless it holds a number, as a street does, or only its words' weight says that it is a cry:
    "the yellow house opposite the church" is answered with 112, and taken for the place that it is.
    """
    if danger is not None and not danger.guessed and not any(letter.isdigit() for letter in text):
        return Unclear()
    return Place() if read_place(lexicon, text) else Unclear()


def number_of(turn: Turn) -> Number | NoNumber | Unclear:
    """1: the number that the caller calls from; 0: none; else the number typed."""
    keys = turn.text.strip().rstrip("#")
    if keys == "0":
        return NoNumber()
    number = turn.caller if keys == "1" else number_from_keys(keys)
    return Number(number) if number else Unclear()


def wish_by_key(script: Script, languages: tuple[str, ...], sign: str, answer: Answer) -> str:
    """A language's key, where it is not an answer's."""
    language = script.language_keys.get(sign, "")
    return f"{LANGUAGE}{language}" if language in languages and not isinstance(answer, Chosen) else ""


def wish_of(script: Script, languages: tuple[str, ...], turn: Turn, language: str, *, first: bool) -> str:
    """Words that mean the same at every step: another language, the carrier's own words, work, what this is."""
    groups = [f"{LANGUAGE}{other}" for other in languages if other != language]
    groups += [OPT_OUT, *script.anywhere.words, *(script.anywhere.first_words if first else ())]
    groups += [] if first else [ABOUT]
    return read_words(script.lexicon, turn.text, groups)
