"""Calls that come in: what is heard, and what comes after it."""

from typing import Any

import pytest

from hotline.ports import Opened
from tests.fakes import MemoryWork
from tests.web.doors import CALLER, PUBLIC, Door, verbs_of

CLOSED_HOURS = 12


def test_a_call_hears_112_first_and_is_then_listened_to(door: Door) -> None:
    answer = door.call()
    assert answer.text.index("112") < answer.text.index("Redirect")
    assert verbs_of(answer) == ["Gather", "Redirect"]
    assert f'action="{PUBLIC}/twilio/voice/1"' in answer.text
    assert 'language="sv-SE"' in answer.text


def test_silence_comes_to_the_next_step_and_is_answered_aloud(door: Door) -> None:
    door.call()
    answer = door.call("/twilio/voice/1", Digits="")
    assert "<Say" in answer.text


def test_silence_ends_at_last_with_words(door: Door) -> None:
    answer = door.call()
    for step in range(1, 12):
        if verbs_of(answer)[-1] == "Hangup":
            break
        answer = door.call(f"/twilio/voice/{step}")
    assert verbs_of(answer)[-1] == "Hangup"
    assert "112" in answer.text


def test_a_repeated_step_is_answered_with_the_same_bytes(door: Door) -> None:
    door.call()
    first, again = (door.call("/twilio/voice/1", Digits="2") for _ in range(2))
    assert first.data == again.data


@pytest.mark.parametrize("sender", ["", "ANONYMOUS", "Restricted", "+266696687", "+7378742833", "+86282452253"])
def test_withheld_callers_never_meet_in_one_conversation(door: Door, sender: str) -> None:
    door.call(sid="CA1", From=sender)
    door.call("/twilio/voice/1", sid="CA1", From=sender, Digits="2")
    assert door.call(sid="CA2", From=sender).data == door.call(sid="CA3", From=sender).data


@pytest.mark.parametrize("whose", ["From", "ForwardedFrom"])
def test_a_line_that_calls_itself_is_told_so_and_hung_up(door: Door, whose: str) -> None:
    answer = door.call(**{whose: door.line})
    assert verbs_of(answer)[-1] == "Hangup"
    assert door.memory.rows.states == {}


def test_an_unknown_line_hears_112_and_a_number(door: Door) -> None:
    answer = door.call(To="+46700000000")
    assert verbs_of(answer)[-1] == "Hangup"
    assert "112" in answer.text


def connected(door: Door) -> str:
    """Two questions in office hours; the address that whoever picks up hears."""
    answer = door.call()
    for step, key in enumerate("21", start=1):
        answer = door.call(f"/twilio/voice/{step}", Digits=key)
    assert verbs_of(answer)[-1] == "Dial"
    return answer.text


def whisper_of(markup: str) -> str:
    return markup.partition('url="')[2].partition('"')[0].removeprefix(PUBLIC)


def test_in_office_hours_a_caller_is_connected_under_our_own_number(door: Door) -> None:
    markup = connected(door)
    assert f'callerId="{door.line}"' in markup
    assert 'record="do-not-record"' in markup
    assert CALLER not in markup


def test_whoever_picks_up_hears_a_whisper_and_must_press_a_key(door: Door) -> None:
    whisper = whisper_of(connected(door))
    assert verbs_of(door.post(whisper, CallSid="CAleg"))[0] == "Gather"
    assert verbs_of(door.post(f"{whisper}?again=1", CallSid="CAleg")) == ["Hangup"]
    assert verbs_of(door.post(f"{whisper}?again=1", CallSid="CAleg", Digits="1")) == []


def test_an_accepted_call_that_is_over_is_a_bridged_one(door: Door) -> None:
    whisper = whisper_of(connected(door))
    door.post(f"{whisper}?again=1", CallSid="CAleg", Digits="1")
    answer = door.call("/twilio/voice/3", DialCallStatus="completed", DialCallSid="CAleg")
    assert verbs_of(answer)[-1] == "Hangup"


@pytest.mark.parametrize("how", ["completed", "busy", "no-answer", "failed", "canceled"])
def test_a_call_that_nobody_accepted_goes_on_with_the_script(door: Door, how: str) -> None:
    connected(door)
    answer = door.call("/twilio/voice/3", DialCallStatus=how, DialCallSid="CAleg", DialBridged="false")
    assert verbs_of(answer)[0] == "Gather"


def test_a_key_that_the_carrier_tells_twice_at_once_takes_the_call_both_times(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The repeat looked before the first was kept: it finds out only when it keeps the same."""
    whisper = whisper_of(connected(door))
    keys = {"CallSid": "CAleg", "Digits": "1"}
    first = door.post(f"{whisper}?again=1", **keys)
    monkeypatch.setattr(MemoryWork, "open_turn", lambda *_: Opened(None, None))
    again = door.post(f"{whisper}?again=1", **keys)
    assert (again.status_code, again.data) == (200, first.data)


def test_a_made_up_whisper_address_is_refused(door: Door) -> None:
    assert door.post("/twilio/whisper/made-up", CallSid="CAleg").status_code == 403


def test_closed_nobody_is_connected(door: Door) -> None:
    door.clock.move(hours=CLOSED_HOURS)
    answer = door.call()
    for step, key in enumerate("21", start=1):
        answer = door.call(f"/twilio/voice/{step}", Digits=key)
    assert "Dial" not in verbs_of(answer)


def test_a_hang_up_ends_the_conversation_once(door: Door) -> None:
    door.call()
    over = {"CallStatus": "completed", "Direction": "inbound"}
    first, again = (door.call("/twilio/status", **over) for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert sum(door.memory.rows.tallies.values()) == 1


def test_a_receipt_of_an_unknown_delivery_changes_nothing(door: Door) -> None:
    answer = door.post("/twilio/receipt/token", MessageStatus="delivered", MessageSid="SM1")
    assert (answer.status_code, door.memory.rows.deliveries) == (200, {})


def test_an_alert_call_with_an_unknown_token_hangs_up(door: Door) -> None:
    assert verbs_of(door.post("/twilio/alert/token/0", CallSid="CA1"))[-1] == "Hangup"


def test_a_call_of_our_own_number_that_is_told_twice_at_once_gets_the_same_answer(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = {"CallSid": "CAours", "From": door.line, "To": door.line}
    first, real, looks = door.post("/twilio/voice", **ours), MemoryWork.open_turn, []

    def too_early(work: MemoryWork, *asked: Any) -> Opened:  # noqa: ANN401 - whatever it is asked
        looks.append(asked)
        return Opened(None, None) if len(looks) == 1 else real(work, *asked)

    monkeypatch.setattr(MemoryWork, "open_turn", too_early)
    again = door.post("/twilio/voice", **ours)
    assert (again.status_code, again.data, len(looks)) == (200, first.data, 2)
