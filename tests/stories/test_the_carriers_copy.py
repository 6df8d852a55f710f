"""What Twilio keeps of texts, pictures and calls is erased there by the running worker and read back."""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from hotline.adapters.system_clock import SystemClock
from tests.stories.standin import StandIn
from tests.stories.twilio_side import LINE, NEIGHBOUR, Twilio, twilio_side

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN = {"from": NEIGHBOUR, "to": LINE, "direction": "inbound", "status": "received"}
OUT = {"from": LINE, "to": NEIGHBOUR, "direction": "outbound-reply", "status": "delivered"}


def before_it_runs(rest: StandIn) -> None:
    """A caller's text with a picture, three answers, a recording of a call; another number's is not ours."""
    now = SystemClock().now()
    rest.hold("Messages", "SM1", now - 3 * DAY, body="Han slår henne på Ekgatan 12", num_media="1", **IN)
    rest.hold("Media", "ME1", now - 3 * DAY, parent_sid="SM1")
    rest.hold("Messages", "SM2", now - 2 * HOUR, body="2/6 Vem är du orolig för?", **OUT)
    rest.hold("Messages", "SM3", now - 20 * HOUR, body="1/6 Pågår det just nu?", **OUT)
    rest.hold("Messages", "SM4", now, body="3/6 Vad har du sett?", **OUT)
    rest.hold("Calls", "CA1", now - DAY, **IN)
    rest.hold("Recordings", "RE1", now - DAY, call_sid="CA1")
    rest.hold("Recordings", "RE2", now - DAY, call_sid="CA9")
    rest.refused.add("SM3")


@pytest.fixture
def twilio(sqlite_url: str, tmp_path: Path, clean_environment: Mapping[str, str]) -> Iterator[Twilio]:
    with twilio_side(sqlite_url, tmp_path, clean_environment, before=before_it_runs) as started:
        yield started


def until(seen: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


def doctor(twilio: Twilio) -> str:
    with pytest.raises(subprocess.CalledProcessError) as failed:  # there is more to mend in a town of the tests
        twilio.hotline.command("doctor")
    return str(failed.value.stdout)


def test_it_is_erased_but_for_what_is_refused_and_that_is_shouted(twilio: Twilio) -> None:
    rest = twilio.rest
    until(lambda: set(rest.erased) == {"SM1", "SM2", "ME1", "RE1"}, "it was not erased")
    assert {sid: bool(text["body"]) for sid, text in rest.held["Messages"].items()} == {
        "SM1": False, "SM2": False, "SM3": True, "SM4": True,
    }  # fmt: skip
    assert (list(rest.held["Media"]), list(rest.held["Recordings"])) == ([], ["RE2"])
    until(lambda: "held_since" in twilio.hotline.log.read_text(), "the log says nothing")
    assert "MEND  Smedjebackens kommun: the carrier may still hold" in doctor(twilio)
