"""What the carrier holds of callers is erased in time, not before we have heard of it, and again until it goes."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from hotline.core.conversation import IDLE
from hotline.core.municipality import Municipality
from hotline.ports import CarrierError, Copy, Kind
from hotline.usecases.erasing import KEPT_THERE, erase_copies, erased_until, held_since
from hotline.usecases.reconciling import mark_of as looked_at
from tests.usecases.town import Town

HALF_HOUR, DAY = timedelta(minutes=30), timedelta(days=1)


@dataclass
class Erasing:
    """A town whose carrier keeps what goes through it."""

    town: Town = field(default_factory=Town)

    @property
    def smedjebacken(self) -> Municipality:
        return self.town.municipalities["smedjebacken"]

    def holds(self, kind: Kind, ago: timedelta, name: str = "SM1", *, answered: bool = True) -> None:
        at = self.town.clock.at - ago
        self.town.carrier.held.append(Copy(name, kind, at))
        if answered:
            with self.town.store.begin() as work:
                work.open_turn(name, name, at, IDLE)
                work.keep_turn(name, name, at, b"", None, municipality="smedjebacken")

    def round(self, **later: float) -> int:
        """The worker's; then what the carrier still holds counts."""
        self.town.clock.move(**later)
        return erase_copies(
            self.smedjebacken, begin=self.town.store.begin, carrier=self.town.carrier, clock=self.town.clock
        )

    def late(self) -> datetime | None:
        with self.town.store.begin() as work:
            return held_since(work, self.smedjebacken, self.town.clock.at)


@pytest.fixture
def erasing() -> Erasing:
    return Erasing()


@pytest.mark.parametrize(
    ("kind", "minutes"), [(Kind.RECEIVED, 30), (Kind.ANSWER, 30), (Kind.SENT, 360), (Kind.RECORDING, 0)]
)
def test_each_kind_goes_in_its_time_and_not_before(erasing: Erasing, kind: Kind, minutes: int) -> None:
    erasing.holds(kind, timedelta(minutes=minutes) - timedelta(minutes=1))
    if minutes:
        assert erasing.round() == 0
    assert (erasing.round(minutes=1), erasing.town.carrier.held) == (1, [])


def looked(erasing: Erasing) -> None:
    """The carrier's lists were compared with ours at this moment."""
    with erasing.town.store.begin() as work:
        work.mark(looked_at(erasing.smedjebacken), erasing.town.clock.at.isoformat())


def test_what_we_never_heard_of_stays_until_nobody_would_ask_for_it(erasing: Erasing) -> None:
    looked(erasing)
    erasing.town.clock.move(minutes=31)
    erasing.holds(Kind.RECEIVED, HALF_HOUR, answered=False)
    assert erasing.round(days=29) == 0
    assert erasing.round(days=2) == 1


def test_what_came_before_the_last_look_has_been_told_or_needs_nobody(erasing: Erasing) -> None:
    erasing.holds(Kind.RECEIVED, HALF_HOUR, answered=False)
    erasing.town.clock.move(hours=1)
    looked(erasing)
    assert erasing.round() == 1


def test_the_first_look_goes_back_as_far_as_the_carrier_keeps_anything(erasing: Erasing) -> None:
    erasing.holds(Kind.ANSWER, KEPT_THERE - DAY)
    assert erasing.round() == 1


def test_what_the_carrier_refuses_is_tried_again_and_keeps_nothing_else(erasing: Erasing) -> None:
    erasing.holds(Kind.RECEIVED, HALF_HOUR, "SM1")
    erasing.holds(Kind.ANSWER, HALF_HOUR, "SM2")
    erasing.town.carrier.stubborn = {"SM1"}
    assert (erasing.round(), erasing.round(minutes=1)) == (1, 0)
    erasing.town.carrier.stubborn = set()
    assert (erasing.round(minutes=1), erasing.town.carrier.held) == (1, [])


def test_what_is_not_erased_in_time_is_known_until_it_has_gone(erasing: Erasing) -> None:
    erasing.holds(Kind.RECEIVED, HALF_HOUR)
    erasing.town.carrier.stubborn = {"SM1"}
    erasing.round()
    erasing.round(hours=11, minutes=30)
    assert erasing.late() is None  # it is twelve hours old
    erasing.round(minutes=1)
    assert erasing.late() == erasing.town.carrier.held[0].at
    erasing.town.carrier.stubborn = set()
    erasing.round(minutes=1)
    assert erasing.late() is None


def test_what_the_carrier_lists_late_is_still_found(erasing: Erasing) -> None:
    erasing.round()
    erasing.holds(Kind.RECORDING, timedelta(minutes=14))
    assert erasing.round(minutes=1) == 1
    erasing.holds(Kind.RECORDING, timedelta(minutes=17), "RE2")
    assert erasing.round(minutes=1) == 0  # nothing comes so late: it is not asked for


def test_each_municipality_is_looked_after_by_itself(erasing: Erasing) -> None:
    erasing.round()
    other = replace(erasing.smedjebacken, key="ludvika")
    with erasing.town.store.begin() as work:
        assert erased_until(work, erasing.smedjebacken) == erasing.town.clock.at - timedelta(minutes=15)
        assert erased_until(work, other) is None
        assert held_since(work, other, erasing.town.clock.at) == erasing.town.clock.at - KEPT_THERE


def test_a_carrier_that_cannot_be_asked_counts_as_holding_everything(erasing: Erasing) -> None:
    erasing.round()
    for _ in range(2):
        erasing.town.carrier.faults = [CarrierError("away", hard=False)]
        with pytest.raises(CarrierError):
            erasing.round(hours=7)
    assert erasing.late()


def test_a_fault_with_one_keeps_no_other_from_going(erasing: Erasing) -> None:
    erasing.holds(Kind.ANSWER, HALF_HOUR * 3, "SM1")
    erasing.holds(Kind.ANSWER, HALF_HOUR * 2, "SM2")
    erasing.town.carrier.broken = {"SM1"}
    assert erasing.round() == 1
    assert [one.carrier_id for one in erasing.town.carrier.held] == ["SM1"]


def test_a_long_history_goes_a_hundred_at_a_time_oldest_first(erasing: Erasing) -> None:
    for number in range(101):
        erasing.holds(Kind.ANSWER, DAY + timedelta(minutes=number), f"SM{number}")
    assert erasing.round() == 100
    assert [one.carrier_id for one in erasing.town.carrier.held] == ["SM0"]
    assert erasing.round(minutes=1) == 1


def test_many_that_wait_for_their_answer_keep_nothing_else(erasing: Erasing) -> None:
    looked(erasing)
    erasing.town.clock.move(hours=2)
    for number in range(200):
        erasing.holds(Kind.RECEIVED, HALF_HOUR * 2, f"SM{number}", answered=False)
    erasing.holds(Kind.ANSWER, HALF_HOUR, "SM200")
    assert erasing.round() == 1


def test_two_workers_do_not_do_it_at_once(erasing: Erasing) -> None:
    erasing.round()
    erasing.holds(Kind.RECORDING, timedelta())
    assert erasing.round(seconds=49) == 0
    assert erasing.round(seconds=1) == 1
