"""For half an hour nobody reaches us: within two minutes of the end social services know of it, and no word is lost."""

from dataclasses import dataclass

import pytest

from hotline.adapters.simulated_faults import Fault
from hotline.core.case import Priority
from tests.hostile import Town
from tests.hostile_ground import Time
from tests.hostile_people import Neighbour, Officer

NETWORK, MACHINE = "the network, both ways", "our whole machine"


@dataclass
class Outage:
    """What is broken from `begins` on, for half an hour until `ends`."""

    town: Town
    what: str

    def begins(self) -> None:
        self.town.time.passes(seconds=5)
        if self.what == MACHINE:
            self.town.web_runs = self.town.worker_runs = False
        else:
            self.town.carrier.suffer(Fault.DOORS_SHUT)
            self.town.carrier.suffer(Fault.NO_ANSWER)

    def ends(self) -> None:
        self.town.time.passes(minutes=30)
        self.town.carrier.heal()
        self.town.web_runs = self.town.worker_runs = True


@pytest.fixture(params=[NETWORK, MACHINE])
def outage(town: Town, request: pytest.FixtureRequest) -> Outage:
    return Outage(town, str(request.param))


def told(town: Town) -> str:
    """What the hotline says that it missed."""
    return " ".join(one.text for case in town.cases() for one in case.addenda if one.kind == "missed")


def test_a_text_before_consent_is_told_as_a_count(
    town: Town, outage: Outage, neighbour: Neighbour, desk: Officer
) -> None:
    outage.begins()
    neighbour.texts("Jag är orolig för flickan på Ekgatan 4")
    outage.ends()
    desk.rings_within(minutes=2)
    assert "Ekgatan" not in desk.takes_the_call("kunde inte svara på: sms 10.00.")
    assert town.only_case().report.caller is None


def test_a_cry_makes_it_urgent(town: Town, outage: Outage, neighbour: Neighbour, desk: Officer) -> None:
    outage.begins()
    neighbour.texts("han slår henne nu")
    outage.ends()
    desk.rings_within(minutes=2)
    desk.takes_the_call("Prio 1", "sms 10.00 akut")
    assert town.only_case().report.priority is Priority.URGENT


@pytest.mark.parametrize("hidden", [False, True])
def test_a_call_is_told_too(outage: Outage, neighbour: Neighbour, desk: Officer, *, hidden: bool) -> None:
    outage.begins()
    neighbour.calls(hidden=hidden)
    outage.ends()
    desk.rings_within(minutes=2)
    desk.takes_the_call("samtal 10.00")


def test_a_call_that_our_silence_cut_off_is_told(outage: Outage, neighbour: Neighbour, desk: Officer) -> None:
    neighbour.calls()
    neighbour.presses("2")
    outage.begins()
    neighbour.hangs_up()
    outage.ends()
    desk.rings_within(minutes=2)
    desk.takes_the_call("samtal 10.00, avbrutet hos oss")


def test_a_caller_who_hung_up_before_the_silence_is_not_told(
    town: Town, time: Time, outage: Outage, neighbour: Neighbour
) -> None:
    neighbour.calls()
    neighbour.presses("2")
    neighbour.hangs_up()
    outage.begins()
    outage.ends()
    time.passes(minutes=12)
    assert town.cases() == []


def test_after_a_weekend_of_silence_the_first_of_it_is_told_too(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer
) -> None:
    time.is_now("2027-03-12 15:59")
    time.passes(minutes=2)
    town.web_runs = town.worker_runs = False
    neighbour.texts("han slår henne nu")
    time.is_now("2027-03-15 08:30")
    town.web_runs = town.worker_runs = True
    desk.rings_within(minutes=2)
    desk.takes_the_call("sms 2027-03-12 16.01 akut")
    town.watch.may_be_told()  # the day's trial report is due


def test_the_place_joins_its_case_although_nobody_answered_it(
    town: Town, time: Time, outage: Outage, neighbour: Neighbour
) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1")
    outage.begins()
    time.passes(seconds=50)
    neighbour.texts("Ekgatan 4, tre trappor")
    outage.ends()
    time.passes(minutes=2)
    assert [one.text for one in town.only_case().addenda] == ["Ekgatan 4, tre trappor"]
    assert told(town) == ""
    whoever_was_told_need_not_be_named(town)


def test_a_cry_after_consent_makes_its_case_urgent(
    town: Town, time: Time, outage: Outage, neighbour: Neighbour
) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1", "Ekgatan 4")
    outage.begins()
    neighbour.texts("nu skriker hon, han har kniv")
    outage.ends()
    time.passes(minutes=2)
    assert town.only_case().alert.priority == Priority.URGENT
    assert told(town) == ""
    whoever_was_told_need_not_be_named(town)


def test_everything_is_told_once(town: Town, time: Time, outage: Outage) -> None:
    outage.begins()
    town.neighbours[0].texts("Hej")
    town.neighbours[1].calls()
    outage.ends()
    time.passes(minutes=12)
    assert ", ".join(sorted(told(town).split(", "))) == "samtal 10.00, sms 10.00"
    whoever_was_told_need_not_be_named(town)


def whoever_was_told_need_not_be_named(town: Town) -> None:
    """Here only what is kept counts."""
    for one in town.people():
        one.may_be_told()


def test_while_the_carrier_does_not_reach_us_we_hear_of_it_within_two_minutes(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer
) -> None:
    time.passes(seconds=5)
    town.carrier.suffer(Fault.DOORS_SHUT)
    neighbour.texts("han slår henne nu")
    town.neighbours[1].calls()
    desk.rings_within(minutes=2)
    town.carrier.heal()
    desk.takes_the_call("sms 10.00 akut, samtal 10.00")


def test_the_place_is_told_at_once_while_the_carrier_does_not_reach_us(
    town: Town, time: Time, neighbour: Neighbour, desk: Officer
) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1")
    time.passes(seconds=5)
    town.carrier.suffer(Fault.DOORS_SHUT, times=1)
    neighbour.texts("Ekgatan 4")
    desk.rings_within(minutes=2)
    desk.takes_the_call("Tillägg i egna ord: Ekgatan 4")


def test_what_is_being_answered_is_not_missed(town: Town, time: Time, neighbour: Neighbour) -> None:
    time.passes(seconds=58)
    neighbour.texts("Hej", "2")
    neighbour.calls()
    time.passes(minutes=12)
    neighbour.hangs_up()
    assert town.cases() == []


def test_an_officers_text_and_an_empty_one_are_not_missed(
    town: Town, time: Time, neighbour: Neighbour, duty: Officer
) -> None:
    time.is_now("2027-03-09 22:00")
    neighbour.reports(red=True)
    time.passes(seconds=2)
    duty.gets_text("Nytt ärende")
    duty.texts_back_the_code()
    time.passes(seconds=2)
    duty.takes_the_call("Vapen")
    neighbour.texts("")
    time.passes(minutes=3)
    assert len(town.cases()) == 1
