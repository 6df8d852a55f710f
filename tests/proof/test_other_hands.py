"""The telephone may lie in other hands: no answer tells what was told, who tells it, or what it is about.

Each conversation of the script is gone through twice, with other words, places and numbers: what is said must not
differ by a letter. So nothing can be repeated that a caller gave, now or earlier.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from string import Formatter

import pytest

from hotline.adapters.door_texts import load_door_texts
from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.officer_texts import load_officer_texts
from hotline.core.conversation import Conversation
from hotline.core.effects import Ask, Connect, Effect, HangUp, Say
from hotline.core.engine import decide
from hotline.core.exploring import Move, Ways, step_place
from hotline.core.hearing import Number
from hotline.core.municipality import Municipality
from hotline.core.proof.walking import all_ways
from hotline.core.turn import Act
from tests.usecases.town import FLOWS, Town
from tests.web.doors import ROOT, the_scripts

CANARY, CANARY_NUMBER = "Kanariegatan 4, Anna Svensson, kl 14", "+46701740677"
TOWNS = load_municipalities(FLOWS / "municipalities")
ABOUT = re.compile(
    r"våld|misshand|väkival|pahoinpit|violen|abuse|gewalt|przemoc|насил|عنف|خشونت|rabshad|ዓመጽ|ጎነጽ|ጥቃት|şiddet|tundetyd|"
    r"nasilj|ความรุนแรง|dhun[ëe]|violență|vold|tund[uû]t|توندوتیژی|maltrat",
    re.IGNORECASE,
)
LINK = re.compile(r"https?:|www\.|[a-zåäö]\.(se|nu|com|org|fi|eu)\b", re.IGNORECASE)
Said = tuple[Effect, ...]


@cache
def all_the_ways(town: str) -> tuple[Ways, ...]:
    return tuple(all_ways(the_scripts().current, TOWNS[town]))


def turnings(ways: Ways) -> Iterator[tuple[Conversation | None, Move]]:
    """Each place of the script, and from it everything that can be done or cried there."""
    places = {path.last: None for path in ways.all(step_place) if path.last}
    yield from ((None, move) for move in ways.beginnings())
    yield from product([None], ways.openings())
    yield from ((here, move) for here in places for move in ways.everything(here))


def said(ways: Ways, here: Conversation | None, move: Move) -> Said:
    """What goes back to the caller, and what social services hear before they take the call."""
    _there, effects = decide(ways._moment(move), here, move.heard)  # noqa: SLF001 - as the walk itself does it
    return tuple(effect for effect in effects if isinstance(effect, Say | Ask | Connect | HangUp))


def other(here: Conversation | None, move: Move) -> tuple[Conversation | None, Move]:
    """The same in other words, about another place, with another number to call back."""
    answer = Number(CANARY_NUMBER) if isinstance(move.heard.answer, Number) else move.heard.answer
    free = move.act in (Act.TEXT, Act.SPEECH) and not move.words.isdigit()
    words = CANARY if free else move.words
    there = replace(here, words=(CANARY, "hon heter Eva")) if here else None
    return there, replace(move, words=words, heard=replace(move.heard, answer=answer))


@pytest.mark.parametrize("town", TOWNS)
def test_no_word_of_an_answer_depends_on_what_a_caller_said_or_on_who_calls(town: str) -> None:
    count = 0
    for ways in all_the_ways(town):
        others = replace(ways, caller=CANARY_NUMBER if ways.caller else None, moments={})
        for here, move in turnings(ways):
            assert said(ways, here, move) == said(others, *other(here, move)), (here, move)
            count += 1
    assert count > 1000


def texts_of(effects: Said) -> Iterator[str]:
    for effect in effects:
        if isinstance(effect, Say):
            yield effect.text
        if isinstance(effect, Connect):
            yield effect.whisper


def people_of(town: Municipality) -> set[str]:
    levels = (*town.by_day, *town.by_night)
    return {contact.name for level in levels for contact in level.contacts} | ({town.desk.name} if town.desk else set())


@pytest.mark.parametrize("town", TOWNS)
def test_no_answer_names_what_it_is_about_or_a_person_or_a_link(town: str) -> None:
    ways = all_the_ways(town)
    every = {text for one in ways for here, move in turnings(one) for text in texts_of(said(one, here, move))}
    assert [text for text in every if ABOUT.search(text) or LINK.search(text)] == []
    assert [text for text in every if any(name in text for name in people_of(TOWNS[town]))] == []
    assert len({effect for one in ways for effect in [one.language, one.channel]}) == len(TOWNS[town].languages) + 2


def files() -> Iterator[tuple[str, str]]:
    """Every text that may go out, used or not: the script's, foreign ones, the doors', the officers'."""
    script = the_scripts().current
    for language, texts in script.texts.items():
        yield from ((f"{language} {name}", text) for name, one in texts.wordings.items() for text in one.values())
    yield from ((f"{language} {name}", text) for language, one in script.foreign.items() for name, text in one.items())
    yield from (
        (f"doors {name}", t) for one in load_door_texts(FLOWS / "doors.yaml").values() for name, t in one.items()
    )
    yield from ((name, text) for name, text in load_officer_texts(FLOWS / "officers").items() if name.startswith(SENT))


SENT = ("text_", "mail_", "call_")


def test_no_text_of_any_file_names_what_it_is_about_or_holds_a_link() -> None:
    assert [name for name, text in files() if ABOUT.search(text) or LINK.search(text)] == []
    assert len(list(files())) > 300


def test_what_officers_are_sent_has_no_room_for_content() -> None:
    told = {name: text for name, text in files() if name.startswith(SENT)}
    fields = {field for text in told.values() for _, field, _, _ in Formatter().parse(text) if field}
    assert fields == {"reference", "priority", "code", "minutes", "count", "cases", "municipality", "name"}


def test_who_picks_up_an_officers_telephone_hears_nothing_before_the_pin() -> None:
    town = Town()
    town.report("red", own_words=(CANARY,))
    call = town.work()[0]
    heard = [town.press(call), town.press(call, "000000"), town.press(call, "111111")]
    assert not [one for one in heard if ABOUT.search(one) or "Kanarie" in one or "Vapen" in one]


def test_only_officers_are_ever_written_to_first() -> None:
    """The only text that is no answer is made in one place, for a contact of the plan."""
    sending = re.compile(r"carrier(\(\))?\.(text|call)\(")
    found = [path for path in (ROOT / "hotline").rglob("*.py") if sending.search(path.read_text(encoding="utf-8"))]
    assert [str(path.relative_to(ROOT)) for path in found] == [str(Path("hotline/usecases/alerting.py"))]
