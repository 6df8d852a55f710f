"""What the carrier does not say: it is asked, and within ninety seconds somebody else is told. One message a fault."""

from dataclasses import replace

import pytest

from hotline.core.alert import Contact, DeliveryState, Level, Means
from hotline.ports import CarrierError
from hotline.usecases.alerting import LEASE
from tests.usecases.town import DESK, DUTY, HEAD, TUESDAY_NIGHT, Town

TIMED_OUT = CarrierError("not reached: ReadTimeout", hard=False, unsure=True)


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_text_of_which_nothing_is_heard_is_asked_about_and_then_the_next_level_is_told(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    (text,) = town.work()
    town.carrier.states[town.delivery(text).carrier_id] = "sent"
    assert town.told(seconds=40) == []
    assert town.told(seconds=40) == []
    assert town.told(seconds=5) == []  # the alert moves in the next step
    assert town.told(seconds=1) == [("call", DUTY)]


def test_a_receipt_that_was_lost_is_fetched(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    (text,) = town.work()
    town.carrier.states[town.delivery(text).carrier_id] = "delivered"
    assert town.told(seconds=45) == []
    assert town.delivery(text).state is DeliveryState.DELIVERED
    assert town.told(minutes=3) == []  # a person's silence has the municipality's five minutes
    assert town.told(minutes=2) == [("call", DUTY)]


def test_a_failure_that_nobody_told_us_of_moves_on_when_it_is_found(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    (text,) = town.work()
    town.carrier.states[town.delivery(text).carrier_id] = "undelivered"
    town.work(seconds=41)
    assert town.told(seconds=1) == [("call", DUTY)]


def test_silence_moves_an_alert_once(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.carrier.states[town.delivery(call).carrier_id] = "queued"
    told = [each for _ in range(24) for each in town.told(seconds=5)]
    assert told == [("text", DUTY), ("email", "mottagningen@example.org")]


def test_a_receipt_that_comes_after_all_stops_the_asking(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    (text,) = town.work()
    town.receipt(text, "delivered")
    town.carrier.states[town.delivery(text).carrier_id] = "undelivered"
    assert town.told(minutes=4) == []


def test_a_hard_failure_on_the_last_level_takes_the_other_channel_of_the_same_person(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    town.work()
    (call,) = town.work(minutes=5)
    town.receipt(call, "failed")
    assert town.told(seconds=1) == [("text", DUTY)]
    town.receipt(town.carrier.handed[-1], "undelivered")
    assert town.told(seconds=1) == [("call", HEAD)]  # not back and forth: somebody else, although it is night
    town.receipt(town.carrier.handed[-1], "failed")
    assert town.told(seconds=1) == []  # nobody is left: the level itself repeats


def test_a_landline_that_refuses_as_the_only_one_of_the_day_hands_on_to_the_duty_officer(town: Town) -> None:
    one = town.municipalities["smedjebacken"]
    town.municipalities = {**town.municipalities, "smedjebacken": replace(one, by_day=one.by_day[:1])}
    town.report()
    (call,) = town.work()
    town.receipt(call, "failed")
    assert town.told(seconds=1) == [("text", DUTY)]


@pytest.mark.parametrize("word", ["busy", "no-answer", "completed"])
def test_a_landline_that_rings_gets_the_time_that_the_municipality_gives_it(town: Town, word: str) -> None:
    one = town.municipalities["smedjebacken"]
    town.municipalities = {**town.municipalities, "smedjebacken": replace(one, by_day=one.by_day[:1])}
    town.report()
    (call,) = town.work()
    town.receipt(call, word)
    assert town.told(seconds=1) == []
    assert town.told(minutes=3) == [("call", DESK)]


def test_after_a_time_out_the_carrier_is_asked_before_anything_is_sent_again(town: Town) -> None:
    town.report()
    town.carrier.before_answer = lambda _: (_ for _ in ()).throw(TIMED_OUT)
    assert town.told() == [("call", DESK)]
    town.carrier.before_answer = lambda _: None
    assert town.told(seconds=3) == []  # it had taken the call
    assert town.delivery(town.carrier.handed[0]).state is DeliveryState.SENT


def test_a_call_in_doubt_waits_while_another_one_is_being_made_to_the_same_telephone(town: Town) -> None:
    first, second = town.report(), town.report()
    town.carrier.faults = [TIMED_OUT, KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        town.work()
    assert town.told(seconds=3) == []  # the second is under way: whatever the carrier lists may be its call
    calls = [each for _ in range(20) for each in town.work(seconds=1)]
    assert {town.delivery(each).reference for each in calls} == {first, second}


def test_after_a_time_out_without_acceptance_it_is_sent(town: Town) -> None:
    town.report()
    town.carrier.faults = [TIMED_OUT]
    assert town.told() == []
    assert town.told(seconds=3) == [("call", DESK)]


def test_whoever_died_while_sending_may_have_sent(town: Town) -> None:
    town.report()
    town.carrier.before_answer = lambda _: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        town.work()
    town.carrier.before_answer = lambda _: None
    assert town.told(seconds=11) == []
    assert len(town.carrier.handed) == 1


def test_whoever_looked_for_so_long_that_somebody_else_took_over_says_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.report()
    town.carrier.faults = [TIMED_OUT]
    town.work()

    def meanwhile(**_: object) -> None:
        town.clock.move(seconds=LEASE.total_seconds())
        with town.store.begin() as work:
            work.claim_deliveries(town.clock.at, LEASE, 1)

    monkeypatch.setattr(town.carrier, "took", meanwhile)
    assert town.told(seconds=5) == []
    monkeypatch.undo()
    assert town.told(seconds=LEASE.total_seconds()) == [("call", DESK)]


def test_that_somebody_died_over_it_is_not_forgotten_when_the_carrier_is_busy(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.report()
    town.carrier.before_answer = lambda _: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        town.work()
    town.carrier.before_answer = lambda _: None
    with monkeypatch.context() as busy:
        busy.setattr(town.carrier, "took", lambda **_: (_ for _ in ()).throw(CarrierError("answered 429", hard=False)))
        assert town.told(seconds=9) == []
    assert town.told(seconds=9) == []  # it is found
    assert len(town.carrier.handed) == 1


def test_an_officer_who_opted_out_is_called_instead_or_the_next_one_told(town: Town) -> None:
    town.carrier.refused = {DUTY}
    town.report()
    town.work()
    town.work(minutes=3)  # the text is refused by the carrier for good
    assert town.told(seconds=1) == [("call", HEAD)]


def test_a_text_whose_age_has_changed_since_is_still_known_by_its_code(town: Town) -> None:
    town.report("red", at=TUESDAY_NIGHT)
    town.carrier.before_answer = lambda _: (_ for _ in ()).throw(TIMED_OUT)
    (text,) = [each for each in town.work(minutes=14, seconds=59) if each.kind == "text"]
    assert "har väntat i 14 minuter" in text.body
    town.carrier.before_answer = lambda _: None
    town.work(seconds=4)
    assert len(town.texts_to(DUTY)) == 1
    assert town.delivery(text).state is DeliveryState.SENT


def test_silence_about_somebody_told_earlier_hurries_nobody(town: Town) -> None:
    town.report()
    (call,) = town.work()
    town.carrier.states[town.delivery(call).carrier_id] = "queued"
    town.clock.move(minutes=3)  # the worker stood still: the next level and the silence come at once
    assert {to for _, to in town.told()} == {DUTY, "mottagningen@example.org"}
    assert town.told(seconds=1) == []


def test_of_two_told_together_who_both_fail_nobody_is_told_on_another_channel(town: Town) -> None:
    two = tuple(Contact(name, Means.TEXT, number, "1234") for name, number in (("A", DUTY), ("B", HEAD)))
    level = Level((Contact("Sist", Means.CALL, DESK, "1234"),), 5)
    town.municipalities = {"smedjebacken": replace(town.municipalities["smedjebacken"], by_day=(Level(two, 5), level))}
    town.report()
    town.carrier.refused = {DUTY, HEAD}
    assert [each for _ in range(4) for each in town.told(seconds=1)] == [("call", DESK)]
