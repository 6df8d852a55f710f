"""Two promises, watched all the time and by `doctor`: what is broken is shouted, and mended without anybody's help."""

from sqlalchemy import delete, update

from hotline.adapters.tables import alerts, deliveries
from tests.hostile import Town
from tests.hostile_database import InFile
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer


def doctor(town: Town) -> str:
    """What it says must be mended."""
    said = town.app.test_cli_runner().invoke(args=["doctor"]).output
    return "\n".join(line for line in said.splitlines() if line.startswith("MEND"))


def damage(town: Town, *statements: object) -> None:
    """Behind the program's back."""
    assert isinstance(town.database, InFile)
    with town.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]  # statements of either kind


def test_a_case_without_an_alert_is_shouted_and_gets_one(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    time.passes(seconds=2)
    neighbour.reports()
    reference = town.only_case().report.reference
    damage(town, delete(deliveries), delete(alerts))
    time.clock.jumps(minutes=1)
    assert f"Case {reference} has no alert" in doctor(town)
    desk.rings_within(minutes=2)
    told = desk.takes_the_call()
    duty.is_told_within(minutes=1)  # of the other one: the landline was busy
    told += duty.takes_it()
    assert "Ekgatan 4" in told
    assert "Telefonlinjen mår inte bra" in told
    assert "has no alert" not in doctor(town)


def test_an_alert_that_hangs_is_shouted_and_goes_on_as_soon_as_anybody_works(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer
) -> None:
    time.passes(seconds=2)
    town.worker_runs = False
    neighbour.reports()
    time.passes(minutes=5)
    assert f"Alert {town.only_case().report.reference} should have gone on" in doctor(town)
    assert "No worker has been at work" in doctor(town)
    town.worker_runs = True
    desk.rings_within(seconds=5)
    desk.takes_the_call()


def test_an_alert_put_off_for_ever_is_not(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer, duty: Officer
) -> None:
    neighbour.reports()
    time.passes(seconds=2)
    desk.rings()
    damage(town, update(alerts).values(next_at=time.now().replace(year=2099)))
    duty.is_told_within(minutes=7)
    duty.takes_it("Ekgatan 4")
    desk.may_be_told()
