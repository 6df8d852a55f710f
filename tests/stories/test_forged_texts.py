"""A text can be sent in anybody's name: without the right code for the right telephone it changes no case."""

import pytest

from hotline.core.alert import Alert, AlertState
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


@pytest.fixture
def night(time: Time, neighbour: Neighbour, duty: Officer) -> Officer:
    """Whoever is on duty has been texted about a red case."""
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=2)
    duty.gets_text("Nytt ärende")
    return duty


def alert(town: Town) -> Alert:
    return town.only_case().alert


@pytest.mark.parametrize("body", ["", "JA", "ok jag tar det", "1", "999999", "000 000", "STOP"])
def test_an_officers_name_without_the_code_changes_nothing(town: Town, time: Time, night: Officer, body: str) -> None:
    before = alert(town)
    assert "Vi ringer dig" not in night.texts(body)
    time.passes(minutes=1)
    assert alert(town) == before


def test_the_code_from_somebody_elses_telephone_changes_nothing(town: Town, time: Time, night: Officer) -> None:
    before = alert(town)
    for other in (town.head, town.neighbours[3]):
        assert "Vi ringer dig" not in other.texts(night.code())
    time.passes(minutes=1)
    assert alert(town) == before


def test_another_persons_code_changes_nothing(
    town: Town, time: Time, desk: Officer, duty: Officer, head: Officer
) -> None:
    town.neighbours[0].reports()
    time.passes(seconds=2)
    desk.rejects()
    time.passes(seconds=2)
    duty.gets_text("Nytt ärende")
    before = alert(town)
    assert "Vi ringer dig" not in head.texts(duty.code())
    time.passes(minutes=1)
    assert alert(town) == before


def test_a_forged_text_with_the_right_code_only_makes_us_call_the_real_telephone(
    town: Town, time: Time, night: Officer
) -> None:
    night.texts_back_the_code()
    time.passes(seconds=2)
    night.picks_up()
    assert "Ekgatan" not in night.hears("personliga kod")
    night.hangs_up()
    assert alert(town).state is AlertState.TRIGGERED
    time.passes(seconds=2)
    night.rings()  # nobody took it: the next level, at once


def test_the_code_texted_ten_times_makes_one_call_at_a_time(town: Town, time: Time, night: Officer) -> None:
    for _ in range(10):
        night.texts_back_the_code()
    time.passes(seconds=5)
    night.takes_the_call("Ekgatan 4")
    time.passes(minutes=2)
    assert len(town.asked_for("Calls")) == 1


def test_a_code_of_an_old_case_changes_nothing(town: Town, time: Time, night: Officer) -> None:
    night.texts_back_the_code()
    time.passes(seconds=2)
    night.takes_the_call("Ekgatan 4")
    before = alert(town)
    assert "har tagits om hand" in night.texts_back_the_code()
    time.passes(minutes=1)
    assert alert(town) == before
