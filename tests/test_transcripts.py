"""Golden transcripts: every choice of the script in every language and channel, as people read it.

`make test ARGS=--rewrite-transcripts` writes them anew: then read the difference, it is what callers will get.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from hotline.adapters.flow_files import load_script
from hotline.adapters.municipality_files import load_municipalities
from hotline.core.effects import Say
from hotline.core.exploring import Path as Way
from hotline.core.exploring import Ways, step_place, transcript, whole_place
from hotline.core.flow import Script
from hotline.core.turn import Act, Channel
from hotline.core.wording import segments

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "transcripts"
EVERY = list(product(("sv", "fi", "en"), Channel, (True, False)))
NAMES = [
    f"{language}-{channel.value}-{'open' if office_open else 'closed'}" for language, channel, office_open in EVERY
]


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script(ROOT / "flows")


@pytest.fixture
def ways(script: Script, request: pytest.FixtureRequest) -> Ways:
    language, channel, office_open = request.param
    municipality = load_municipalities(ROOT / "flows" / "municipalities")["smedjebacken"]
    return Ways(script, municipality, language, channel, office_open)


def longest(paths: Iterator[Way]) -> list[str]:
    """Transcripts that no other one begins with."""
    told = sorted({transcript(path) for path in paths})
    return [text for text, after in zip(told, [*told[1:], ""], strict=True) if not after.startswith(text + "\n")]


@pytest.mark.parametrize(("ways", "name"), [*zip(EVERY, NAMES, strict=True)], indirect=["ways"], ids=NAMES)
def test_every_choice_is_answered_as_it_was_agreed(ways: Ways, name: str, *, rewrite_transcripts: bool) -> None:
    golden = FOLDER / f"{name}.txt"
    told = "\n\n".join(longest(ways.all(step_place))) + "\n"
    if rewrite_transcripts:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == told


@pytest.mark.parametrize("ways", EVERY, indirect=True, ids=NAMES)
def test_danger_gets_the_112_text_in_the_next_answer_wherever_it_is_said(ways: Ways) -> None:
    act = Act.SPEECH if ways.channel is Channel.VOICE else Act.TEXT
    for path in ways.all(step_place):
        if path.last is not None and path.last.step != "connect":
            turn = ways.says("han slår henne nu, hjälp")
            after = ways.go_on(path, type(turn)(turn.channel, act, turn.at, turn.text, turn.caller, turn.office_open))
            said = [effect for effect in after.turns[-1][1] if isinstance(effect, Say)]
            assert "112" in said[0].text, transcript(after)


@pytest.mark.parametrize("ways", EVERY, indirect=True, ids=NAMES)
def test_nothing_that_a_caller_does_lowers_the_urgency(ways: Ways) -> None:
    for path in ways.all(step_place):
        if path.last is not None:
            for turn in ways.inputs(path.last):
                after = ways.go_on(path, turn).last
                assert after is None or path.last.flags <= after.flags or path.last.complete, transcript(path)


@pytest.mark.parametrize("ways", [one for one in EVERY if one[1] is Channel.SMS], indirect=True)
def test_a_turn_is_at_most_two_messages_of_at_most_two_segments(ways: Ways) -> None:
    for path in ways.all(step_place):
        said = [effect for effect in path.turns[-1][1] if isinstance(effect, Say)]
        assert 1 <= len(said) <= 2, transcript(path)
        assert all(segments(one.text) <= 2 for one in said), transcript(path)


@pytest.mark.parametrize("ways", [one for one in EVERY if one[1] is Channel.VOICE], indirect=True)
def test_every_way_through_a_call_ends_in_words(ways: Ways) -> None:
    for path in ways.all(whole_place):
        if path.last is None and path.turns[-1][0].act not in (Act.HANG_UP, Act.BRIDGED):
            assert any(isinstance(effect, Say) and "112" in effect.text for effect in path.turns[-1][1]), transcript(
                path
            )
