"""What is written down once and said again: the script's own words alone."""

import pytest

from hotline.core.effects import Ask, Say
from hotline.web import officers
from hotline.web.twiml import listen_again
from tests.web.doors import Door


def test_a_question_of_the_script_is_written_down_once_for_all_calls(door: Door) -> None:
    listen_again.cache_clear()
    first, second = door.call(sid="CA1"), door.call(sid="CA2", From="+46701740613")
    assert first.data == second.data
    assert b"<Gather" in first.data
    assert (listen_again.cache_info().misses, listen_again.cache_info().hits) == (1, 1)


def test_what_is_read_to_an_officer_is_not_kept_in_memory(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    listen_again.cache_clear()
    read = (Say("Han slog henne på Slagvägen 4", "sv"), Ask("sv"))
    monkeypatch.setattr(officers, "answer_call", lambda *_of, **_more: read)
    assert "Slagvägen 4" in door.post("/twilio/alert/token/0", CallSid="CA1").text
    assert listen_again.cache_info().currsize == 0
