"""What an officer hears of a report, sentence by sentence. What may not enter: who may hear it, and how it is spoken.

It reads what was told and judges nothing: the flags, the answers, own words marked as unchecked, the place as written.
"""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from .case import ANSWER, NUMBER_GONE, Addendum, Report
from .effects import Say
from .reports import NO_NUMBER

Texts = Mapping[str, str]
SPOKEN = frozenset({"sv", "fi", "en"})  # languages that a voice reads; others are read on the server
CALL_BACK = "call_back"
FLAGS = ("probe", "fault", "missed", "going_on", "red", "child", "repeated", "blows", "told_112", "says_called_112")


def spelled(reference: str) -> str:
    """K7Q2 → "K, 7, Q, 2": letter by letter, with a pause."""
    return ", ".join(reference)


def read_out(
    report: Report, addenda: Sequence[Addendum], texts: Texts, *, broken_off: bool, zone: str
) -> tuple[Say, ...]:
    """The whole report, in Swedish; own words in the language in which they were written."""
    says = [
        _say(texts, "read_reference", **_heading(report, texts, zone)),
        _say(texts, "read_priority"),
        *(_say(texts, f"flag.{flag}") for flag in FLAGS if flag in report.flags),
        *(() if report.own else _answers(report, texts)),
        *_own_words(report, texts),
        *(say for addendum in addenda for say in _addendum(addendum, report.language, texts)),
        *([_say(texts, "read_broken_off")] if broken_off else []),
        *(() if report.own else (*_reporter(report, addenda, texts), _say(texts, "read_end"))),
    ]
    return tuple(says)


def _say(texts: Texts, name: str, **values: str) -> Say:
    return Say(texts[name].format_map(values), "sv", f"officer_{name}")


def _heading(report: Report, texts: Texts, zone: str) -> dict[str, str]:
    local = report.at.astimezone(ZoneInfo(zone))
    return {
        "reference": spelled(report.reference),
        "priority": str(report.priority.value),
        "when": f"{local:%Y-%m-%d} klockan {local:%H.%M}",
        "channel": texts.get(f"channel.{report.channel}", report.channel),
        "language": _language(report.language, texts),
    }


def _language(language: str, texts: Texts) -> str:
    return texts.get(f"language_name.{language}", texts["language_name.other"])


def _answers(report: Report, texts: Texts) -> Iterator[Say]:
    if not report.answers:
        yield _say(texts, "read_no_answers")
    for step, choice in report.answers:
        yield _answer(step, choice, texts)


def _answer(step: str, choice: str, texts: Texts) -> Say:
    """A script may ask more than these texts know: then the bare answer is read, never left out."""
    name = f"answer.{step}.{choice}"
    return _say(texts, name) if name in texts else _say(texts, "read_choice", step=step, choice=choice)


def _own_words(report: Report, texts: Texts) -> Iterator[Say]:
    if not report.own_words:
        return
    if report.language not in SPOKEN:
        yield _say(texts, "read_other_script", language=_language(report.language, texts))
        return
    yield _say(texts, "read_own_words")
    yield from (Say(words, report.language) for words in report.own_words)


def _addendum(addendum: Addendum, language: str, texts: Texts) -> Iterator[Say]:
    name = f"addendum.{addendum.kind}"
    if addendum.kind == CALL_BACK:
        yield _call_back(addendum.text, texts)
    elif addendum.kind == ANSWER:
        step, _, choice = addendum.text.partition("=")
        yield _answer(step, choice, texts)
    elif addendum.text and not _can_be_spoken(addendum.text):
        yield _say(texts, "read_other_script", language=_language(language, texts))
    else:
        # What the hotline tells of itself is a word that stands for a sentence.
        text = texts.get(f"{addendum.kind}.{addendum.text}", addendum.text)
        yield _say(texts, name if name in texts else "addendum.words", text=text)


def _call_back(note: str, texts: Texts) -> Say:
    """A number, NO_NUMBER, or step=choice; whatever else it is, it is read as it stands."""
    answer = f"answer.{note.replace('=', '.')}"
    if answer in texts:
        return _say(texts, answer)
    if note == NO_NUMBER:
        return _say(texts, "read_no_number")
    if note.startswith("+"):
        return _say(texts, "read_caller", number=_digits(note))
    return _say(texts, "addendum.call_back", text=note)


def _can_be_spoken(text: str) -> bool:
    """Mostly Latin letters: a Swedish voice is silent on others. (U+024F is the last of Latin Extended-B.)"""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter <= "\u024f" for letter in letters) * 2 >= len(letters)


def _reporter(report: Report, addenda: Sequence[Addendum], texts: Texts) -> Iterator[Say]:
    if report.call_back:
        yield _call_back(report.call_back, texts)
    if report.caller:
        yield _say(texts, "read_caller", number=_digits(report.caller))
    elif not any(addendum.kind in (CALL_BACK, NUMBER_GONE) for addendum in addenda):
        yield _say(texts, "read_anonymous")


def _digits(number: str) -> str:
    """Digit by digit, as it is dialled in Sweden; a foreign number with its 00."""
    national = f"0{number[3:]}" if number.startswith("+46") else f"00{number[1:]}"
    return ", ".join(national)
