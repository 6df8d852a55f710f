"""Nothing goes wrong: the ground on which the other stories stand."""

from hotline.core.alert import AlertState
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


def test_a_neighbour_texts_and_the_reception_takes_the_case(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer
) -> None:
    neighbour.reports()
    time.passes(seconds=2)
    desk.takes_the_call("Ekgatan 4", "ingen riskbedömning")
    time.passes(minutes=30)
    assert town.only_case().alert.state is AlertState.ACKNOWLEDGED
    assert town.ails() == "ok"


def test_at_night_a_red_report_wakes_whoever_is_on_duty(
    town: Town, time: Time, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=2)
    duty.gets_text("Nytt ärende", "prio 1")
    assert "Vi ringer dig nu" in duty.texts_back_the_code()
    time.passes(seconds=2)
    duty.takes_the_call("Vapen", "Ekgatan 4")
    time.passes(minutes=30)
    assert town.only_case().alert.acknowledged_by == duty.name
