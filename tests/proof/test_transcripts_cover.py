"""The golden transcripts pass every line of the script on each channel; what they do not pass is named, with why."""

from collections.abc import Callable

import pytest

from hotline.core.exploring import CALLER, Ways
from hotline.core.turn import Channel
from tests.proof.conversing import ways_of
from tests.proof.covering import lines_of, passed_by_the_proof, passed_by_transcripts

CALLS_ALONE = "only calls are put through, and only by call is a number asked for"
TEXTS_ALONE = "only a text can hold a place, and only texts are asked for consent with four answers"
WORDS_ALONE = "a call carries no words while no municipality understands speech"
PROVED = "a transcript shows a question once, without danger: `flows check` walks through it"

# Channel → why it cannot be met there → the lines.
NEVER = {
    Channel.SMS: {
        CALLS_ALONE: [
            "consent.on_voice", "leave.1", "leave.2", "number.to", "number.none", "when.1", "when.2", "when.3",
            "may_say.1", "may_say.2",
            *(f"{step}.otherwise.{why}" for step in ("reach", "reach_for_oneself")
              for why in ("again", "busy", "closed", "failed", "no_answer", "refused")),
        ],
        "only a call can be silent more than once: an empty text has no end": ["silent.1", "silent.2"],
    },
    Channel.VOICE: {
        TEXTS_ALONE: ["consent.1", "consent.2", "consent.3", "consent.4", "place.to"],
        CALLS_ALONE: ["reach.otherwise.by_text", "reach_for_oneself.otherwise.by_text"],
        WORDS_ALONE: [
            "anywhere.words.staff", "anywhere.words.mandated", "anywhere.first_words.out_of_scope",
            "scope.1", "scope.2",
        ],
    },
}  # fmt: skip
# Met on the walk of the proof, but not in the transcripts.
WALKED = {
    Channel.SMS: {PROVED: ["anywhere.danger", "missed.1"]},
    Channel.VOICE: {PROVED: ["anywhere.danger", "missed.1", "silent.1", "silent.2"]},
}


def named(reasons: dict[str, list[str]]) -> set[str]:
    return {line for lines in reasons.values() for line in lines}


def met(channel: Channel, passing: Callable[[Ways], set[str]], language: str = "sv") -> set[str]:
    """The lines that are passed with the office open or closed."""
    ways = (ways_of(language, channel, CALLER, office_open=office_open) for office_open in (True, False))
    return {line for each in ways for line in passing(each)}


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("language", ["sv", "fi", "en"])
def test_every_line_of_the_script_is_passed_or_named(channel: Channel, language: str) -> None:
    every = lines_of(ways_of(language, channel, CALLER, office_open=True).script)
    unmet = named(NEVER[channel]) | named(WALKED[channel])
    assert sorted(met(channel, passed_by_transcripts, language)) == sorted(every - unmet)
    assert unmet <= every


@pytest.mark.parametrize("channel", Channel)
def test_what_the_transcripts_do_not_pass_the_proof_does(channel: Channel) -> None:
    walked = met(channel, passed_by_the_proof)
    assert named(WALKED[channel]) <= walked
    assert not named(NEVER[channel]) & walked


def test_a_line_is_every_way_out_of_a_step() -> None:
    script = ways_of("sv", Channel.SMS, CALLER, office_open=True).script
    ways_out = sum(1 for step in script.steps.values() for _ in step.leads())
    others = len(list(script.anywhere.leads())) + len(script.missed) + len(script.silent)
    assert len(lines_of(script)) == ways_out + others
