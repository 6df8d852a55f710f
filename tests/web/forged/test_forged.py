"""Whatever is altered in a request of Twilio's is refused at every door and leaves nothing, anywhere."""

import pytest

from tests.web.forged import addresses, bodies, parameters, signatures  # each puts its kinds on the list
from tests.web.forged.kinds import KINDS, REFUSED, Kind
from tests.web.forged.oracle import twilio_says
from tests.web.forged.requests import CANARY, TOWNS, doors, genuine
from tests.web.real import Hotline

CANARIES = (CANARY, CANARY[:12], "Kanariegatan", "+46701740612")
LISTS = (addresses, bodies, parameters, signatures)


def test_there_are_enough_kinds_and_each_has_its_own_name() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 80
    assert all(module.__doc__ for module in LISTS)
    assert len(list(genuine())) == len(doors()) * len(TOWNS) >= 14


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_altered_request_is_refused_and_leaves_no_trace(real: Hotline, kind: Kind) -> None:
    before, logged = real.traces(), len(real.logged())
    for one in genuine():
        status, answer = real.knock(kind.alter(one))
        assert status in kind.statuses, (one.path, status)
        assert not any(word in answer for word in CANARIES)
    assert real.traces() == before
    assert not any(word in real.logged()[logged:] for word in CANARIES)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.statuses == REFUSED], ids=lambda kind: kind.name)
def test_twilios_own_validator_refuses_it_too_or_we_say_why_we_do(kind: Kind) -> None:
    for one in genuine():
        said = twilio_says(kind.alter(one), one.sent().body if kind.packed else None)
        assert said == bool(kind.twilio_accepts), one.path
