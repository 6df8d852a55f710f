"""Random conversations: no exception, never silence, 112 first for every danger, nothing forgotten, always an end."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.core.conversation import Conversation
from hotline.core.engine import decide, resume
from hotline.core.exploring import Ways
from hotline.core.reading import read_danger
from hotline.core.turn import Act, Channel, Turn
from tests.proof.conversing import (
    Somewhere,
    can_end,
    hold,
    is_ringing,
    moment,
    places_of,
    said,
    somewhere,
    texts,
    warned,
    ways_of,
)
from tests.proof.fault import lexicon

CHOICES = st.lists(st.integers(0, 2**16), min_size=1, max_size=20)
BY_TEXT = (*[Act.TEXT] * 6, Act.SILENCE, Act.PICTURE)
BY_CALL = (*[Act.KEYS] * 4, *[Act.SPEECH] * 3, Act.SILENCE, Act.CALL, Act.HANG_UP)
RINGING = (*[Act.NOT_BRIDGED] * 4, Act.BRIDGED)
TURNS = st.lists(st.tuples(st.integers(0, 2**16), texts()), min_size=1, max_size=10)


def act_of(ways: Ways, here: Conversation | None, choice: int) -> Act:
    acts: Sequence[Act] = RINGING if is_ringing(ways, here) else BY_CALL if ways.voice else BY_TEXT
    return acts[choice % len(acts)]


def is_a_cry(turn: Turn) -> bool:
    return turn.act in (Act.TEXT, Act.SPEECH) and read_danger(lexicon(), turn.text) is not None


@settings(max_examples=500)
@given(where=somewhere(), choices=CHOICES)
def test_whatever_is_done_is_answered_as_it_must_be(where: Somewhere, choices: list[int]) -> None:
    ways, here = where.ways, where.here
    for choice in choices:
        moves = [*(ways.everything(here) if here else ways.beginnings())]
        move = moves[choice % len(moves)]
        there, effects = decide(moment(ways, move.act, move.words), here, move.heard)
        hold(ways, move.act, here, there, effects)
        assert move.heard.danger is None or warned(there, effects)
        here = there
    assert can_end(ways, here)


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(where=somewhere(), turns=TURNS)
def test_whatever_is_written_is_answered_as_it_must_be(where: Somewhere, turns: list[tuple[int, str]]) -> None:
    ways, here = where.ways, where.here
    for choice, text in turns:
        now = moment(ways, act_of(ways, here, choice), text)
        there, effects = resume(now, here)
        hold(ways, now.turn.act, here, there, effects)
        assert not is_a_cry(now.turn) or is_ringing(ways, here) or warned(there, effects)
        here = there
    assert can_end(ways, here)


@pytest.mark.parametrize("text", ["hej ", "🆘🔪", "a,", "1 2 ", "ا", "กข", "\u0301", "han slår henne nu "])
def test_the_longest_text_is_answered_as_any_other(text: str) -> None:
    longest = (text * 1600)[:1600]
    for channel, act in ((Channel.SMS, Act.TEXT), (Channel.VOICE, Act.SPEECH)):
        ways, here = ways_of("sv", channel, None, office_open=False), None
        for words in ("Hej", longest, longest):
            now = moment(ways, act, words)
            there, effects = resume(now, here)
            hold(ways, act, here, there, effects)
            assert not is_a_cry(now.turn) or warned(there, effects)
            here = there


@pytest.mark.parametrize("told", ["", "busy", "no_answer", "refused", "canceled", "\U0001f4a5"])
def test_whatever_the_carrier_says_of_a_call_that_nobody_took_is_answered(told: str) -> None:
    ways = ways_of("sv", Channel.VOICE, None, office_open=True)
    ringing = [here for here in places_of("sv", Channel.VOICE, None, office_open=True) if is_ringing(ways, here)]
    for here in ringing:
        there, effects = resume(moment(ways, Act.NOT_BRIDGED, told), here)
        hold(ways, Act.NOT_BRIDGED, here, there, effects)
        assert any("112" in text for text in said(effects))
    assert len(ringing) > 1
