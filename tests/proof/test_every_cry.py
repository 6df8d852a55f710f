"""Every danger phrase gets 112 at every step, in every language, on every channel, of every municipality.

The walk tries all that can be heard of a cry (`crying`); here it is shown that no phrase is ever heard otherwise.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from hotline.adapters.municipality_files import load_municipalities
from hotline.core.asking import Asking
from hotline.core.conversation import Conversation
from hotline.core.crying import cries_at, every_cry_at, first_cries, is_heard
from hotline.core.danger import heard_in
from hotline.core.effects import Say
from hotline.core.engine import resume
from hotline.core.exploring import CALLER, MOMENT, Ways, step_place
from hotline.core.hearing import hear, meaning
from hotline.core.opening import Moment
from hotline.core.proof.walking import Turning, all_ways, walked
from hotline.core.turn import Act, Channel, Turn
from tests.proof.fault import FLOWS, lexicon, workshop

TOWNS = load_municipalities(FLOWS / "municipalities")
SCRIPT = replace(workshop(FLOWS).script, read_lexicon=lexicon)
CRIES = [cry for tongue in lexicon().tongues for cry in tongue.cries]
FOREIGN = list(SCRIPT.foreign)
ACTS = {Channel.SMS: Act.TEXT, Channel.VOICE: Act.SPEECH}
SPOKEN = [(town, language, channel) for town in TOWNS for language in TOWNS[town].languages for channel in Channel]
everywhere = pytest.mark.parametrize(("town", "language", "channel"), SPOKEN)


def open_ways(town: str, language: str, channel: Channel) -> Ways:
    return Ways(SCRIPT, TOWNS[town], language, channel, office_open=True)


def places(ways: Ways) -> Iterator[Conversation]:
    """Where somebody can be heard: each step of the script, one way to it."""
    found = {path.last.step: path.last for path in ways.all(step_place) if path.last}
    yield from (here for here in found.values() if is_heard(ways.script, here, voice=ways.voice))


def turn_of(ways: Ways, cry: str) -> Turn:
    return Turn(ways.channel, ACTS[ways.channel], MOMENT, cry, CALLER, ways.office_open)


@everywhere
def test_what_is_heard_of_a_cry_at_a_step_is_tried_there(town: str, language: str, channel: Channel) -> None:
    ways = open_ways(town, language, channel)
    for here, cry in product(places(ways), CRIES[::3]):
        turn = turn_of(ways, cry)
        heard = hear(SCRIPT, ways.municipality.languages, turn, here)
        assert heard.danger, (here.step, cry)
        assert heard.danger == meaning(SCRIPT.lexicon, turn.act, cry).danger
        assert (heard.wish, heard.sign) == ("", "")
        one = heard_in(Asking(SCRIPT, ways.municipality, turn), heard.danger, here.language)
        tried = {(each.danger.languages, each.answer) for _, each in every_cry_at(SCRIPT, here) if each.danger}
        one = FOREIGN[0] if one in FOREIGN else one  # those without a script are tried alike
        assert ((one,) if one else (), heard.answer) in tried, (here.step, cry)


@everywhere
def test_a_cry_is_answered_with_112_first(town: str, language: str, channel: Channel) -> None:
    ways = open_ways(town, language, channel)
    for here, cry in product(places(ways), CRIES[1::12]):
        _, effects = resume(Moment(SCRIPT, ways.municipality, turn_of(ways, cry), "K7Q2"), here)
        assert "112" in next(effect.text for effect in effects if isinstance(effect, Say))[:40], (here.step, cry)


def test_every_cry_is_tried_once_on_each_step_that_the_walk_comes_to() -> None:
    for ways in all_ways(SCRIPT, TOWNS["exempelby"]):
        tried: dict[str, set[object]] = {}
        for each in walked(ways):
            if isinstance(each, Turning) and each.before.last and each.move.heard.danger:
                heard = each.move.heard
                tried.setdefault(each.step, set()).add((heard.danger, heard.red, heard.answer))
        for here in places(ways):
            every = {(heard.danger, heard.red, heard.answer) for _, heard in every_cry_at(SCRIPT, here)}
            assert every <= tried[here.step], here.step


def test_no_cry_is_written_like_another_on_the_same_step() -> None:
    for here in places(open_ways("smedjebacken", "sv", Channel.SMS)):
        for tried in (cries_at, every_cry_at):
            words = [words for words, _ in tried(SCRIPT, here)]
            assert len(set(words)) == len(words)


@pytest.mark.parametrize("town", TOWNS)
def test_what_is_heard_of_a_cry_as_the_first_words_is_tried(town: str) -> None:
    ways = open_ways(town, "sv", Channel.SMS)
    tried = {(heard.danger.languages, heard.red, heard.language) for _, heard in first_cries(SCRIPT) if heard.danger}
    for cry in CRIES:
        turn = turn_of(ways, cry)
        heard = hear(SCRIPT, ways.municipality.languages, turn, None)
        language = heard.language if heard.language in SCRIPT.texts else None
        own = language if language in ways.municipality.languages else "sv"
        assert heard.danger is not None
        one = heard_in(Asking(SCRIPT, ways.municipality, turn), heard.danger, own or "")
        assert ((one,) if one else (), heard.red, language) in tried, cry
