"""A script so small that all of it can be written down: each kind of step, in two languages."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from hotline.core.exploring import CALLER, Ways
from hotline.core.flow import Anywhere, Bounds, Choice, Filing, Kind, Script, Step, Texts, Unconnected
from hotline.core.municipality import Municipality
from hotline.core.reading import WordFile, compile_lexicon
from hotline.core.turn import Channel
from tests.core.talking import the_town

STEPS = (
    Step("now", Kind.CHOICE, {"1": Choice("called", frozenset({"going_on", "told_112"})), "2": Choice("reach")},
         yes_no=True, answered_by_danger=True),
    Step("called", Kind.ANYTHING, {"1": Choice("reach")}, to="reach", answered_by_danger=True),
    Step("reach", Kind.CONNECT, otherwise=dict.fromkeys(Unconnected, "consent")),
    Step("consent", Kind.CHOICE, {"1": Choice("place", frozenset({"child"}), file=Filing.WITHOUT_NUMBER),
                                  "2": Choice("number", file=Filing.WITH_NUMBER), "3": Choice("bye")},
         on_voice="leave"),
    Step("leave", Kind.CHOICE, {"1": Choice("number", file=Filing.WITHOUT_NUMBER), "2": Choice("bye")}, yes_no=True),
    Step("place", Kind.PLACE, to="saved"),
    Step("number", Kind.NUMBER, to="saved", none="saved"),
    Step("saved", Kind.END),
    Step("bye", Kind.END),
)  # fmt: skip
NAMES = (
    *(step.name for step in STEPS), "opening", "languages", "connecting", "whisper", "whisper_accept",
    "whisper_going_on", "whisper_child", "whisper_red", "not_reached", "number_withheld", "no_number", "withdrawn",
    "added", "not_understood", "place_unclear", "give_up", "silence", "picture", "opt_out", "about",
)  # fmt: skip
SPACIOUS = Bounds(turns=12, messages=9, segments=9, lix=99, sentence_words=99, seconds_to_112=99, seconds_to_person=99)


def texts(language: str, **other: str) -> Texts:
    """Each says its name behind 112, if it says nothing else."""
    words = {name: other.get(name, f"112 {name}.") for name in NAMES}
    return Texts(language, language, True, {name: {"sms": one, "voice": one} for name, one in words.items()}, {})  # noqa: FBT003 - reviewed


def script(*changed: Step, **other: object) -> Script:
    """With these steps instead of those of the same name, and whatever else is named."""
    steps = {step.name: step for step in (*STEPS, *changed)}
    made = Script(
        name="small", version="v", start="now", steps=steps, missed=("not_understood", "give_up"),
        silent=("silence", "give_up"), bounds=SPACIOUS, texts={one: texts(one) for one in ("sv", "en")},
        anywhere=Anywhere("called", "bye", "saved", {"staff": "bye"}, {"out_of_scope": "bye"}),
        foreign={"pl": {"called": "112 pl", "opening": "112 dzien"}, "so": {"called": "112 so"}},
        language_keys={"7": "sv", "9": "en"}, helplines={},
        read_lexicon=cache(lambda: compile_lexicon({one: WordFile(one) for one in ("sv", "en")})),
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]  # as each test names them


def step(name: str, **changed: object) -> Step:
    """One of the small script's, changed."""
    (found,) = (one for one in STEPS if one.name == name)
    return replace(found, **changed)  # type: ignore[arg-type]  # as each test names them


def choices(name: str, **changed: Choice) -> Mapping[str, Choice]:
    """Of one step, with others: `key_3=…`."""
    return {**step(name).choices, **{key.removeprefix("key_"): choice for key, choice in changed.items()}}


def town(**changed: object) -> Municipality:
    return replace(the_town(), **{"languages": ("sv", "en"), **changed})  # type: ignore[arg-type]  # as each test names them


def by_text(of: Script | None = None, language: str = "sv", *, office_open: bool = True) -> Ways:
    return Ways(of or script(), town(), language, Channel.SMS, office_open)


def by_call(
    of: Script | None = None, language: str = "sv", *, office_open: bool = True, caller: str | None = CALLER,
    speech: bool = False,
) -> Ways:  # fmt: skip
    return Ways(of or script(), town(speech=speech), language, Channel.VOICE, office_open, caller)
