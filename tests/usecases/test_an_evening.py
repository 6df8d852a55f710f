"""An evening in which anything may happen next, and what must be true after each thing that does.

People text and call, the carrier repeats itself, workers die over what they have taken, receipts come in any order and
officers take cases or only say so. `--hypothesis-profile=nightly` lives through ten thousand such evenings.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hotline.core.alert import AlertState, Delivery, DeliveryState
from hotline.ports import CarrierError
from hotline.usecases.alerting import LEASE
from tests.fake_carrier import Handed
from tests.usecases.day import CALLED, KEYS, REPORTED, TEXTS, WORDS, Day, Said
from tests.usecases.town import DESK_PIN, DUTY_PIN, TUESDAY_NIGHT, wall

ORDER = list(DeliveryState)
ENOUGH = timedelta(days=1)  # nobody's report waits longer for its next step, whatever the hour and the office
CALLERS = range(4)  # the last two by telephone
MOST_RINGS = 5  # of one call, if each time the answer is lost
CALM_MINUTES = 15
PINS = (DESK_PIN, DUTY_PIN, "999999")


class Death(BaseException):
    """Of a worker, in the middle of whatever it does."""


class Evening(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.day = Day(TUESDAY_NIGHT)
        self.town = self.day.town
        self.town.clock.at = wall(TUESDAY_NIGHT)
        self.said: list[Said] = []
        self.gone: set[int] = set()
        self.before: dict[str, Delivery] = {}

    def says(self, caller: int, text: str, *, last: bool = False) -> None:
        number = sum(one.caller == caller for one in self.said)
        self.said.append(Said(caller, number, text, by_phone=caller in CALLERS[2:], last=last))
        self.day.hear_one(self.said[-1])

    @rule(caller=st.sampled_from(CALLERS[:2]), text=st.sampled_from(TEXTS))
    def somebody_texts(self, caller: int, text: str) -> None:
        self.says(caller, text)

    @rule(caller=st.sampled_from(CALLERS[2:]), keys=st.sampled_from(KEYS))
    def somebody_presses_keys(self, caller: int, keys: str) -> None:
        if caller not in self.gone:
            self.says(caller, keys)

    @rule(caller=st.sampled_from(CALLERS), way=st.sampled_from((*REPORTED, *CALLED)))
    def somebody_goes_the_whole_way(self, caller: int, way: tuple[str, ...]) -> None:
        if caller not in self.gone:
            for words in way:
                self.says(caller, words)

    @rule(caller=st.sampled_from(CALLERS[2:]))
    def somebody_hangs_up(self, caller: int) -> None:
        if caller not in self.gone and any(one.caller == caller for one in self.said):
            self.says(caller, "", last=True)
            self.gone.add(caller)

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def the_carrier_repeats_a_request(self, data: st.DataObject) -> None:
        self.day.hear_one(data.draw(st.sampled_from(self.said)))

    @rule(seconds=st.sampled_from((0, 1, 9, 60, 600)))
    def the_worker_works(self, seconds: int) -> None:
        self.town.work(seconds=seconds)

    @rule()
    def a_worker_dies_over_what_it_has_taken(self) -> None:
        with self.day.store.begin() as work:
            work.claim_alerts(self.town.clock.now(), LEASE, 1)
            work.claim_deliveries(self.town.clock.now(), LEASE, 1)

    @rule(hard=st.booleans(), unsure=st.booleans())
    def the_carrier_refuses_the_next(self, hard: bool, unsure: bool) -> None:  # noqa: FBT001 - as hypothesis draws them
        self.town.carrier.faults = [CarrierError("refused", hard=hard, unsure=unsure and not hard)]

    @rule(dies=st.booleans(), seconds=st.sampled_from((0, 60, 600)))
    def the_next_is_taken_and_nobody_hears_that_it_was(self, dies: bool, seconds: int) -> None:  # noqa: FBT001 - as above
        """The carrier's answer is lost, or the worker dies before it comes."""

        def lost(_: Handed) -> None:
            self.town.carrier.before_answer = lambda _: None
            raise Death if dies else CarrierError("no answer", hard=False, unsure=True)

        self.town.carrier.before_answer = lost
        with suppress(Death):
            self.the_worker_works(seconds)
        self.town.carrier.before_answer = lambda _: None

    @precondition(lambda self: self.named())
    @rule(data=st.data())
    def a_receipt_comes(self, data: st.DataObject) -> None:
        handed = data.draw(st.sampled_from(self.named()))
        self.town.receipt(handed, data.draw(st.sampled_from(WORDS[handed.kind] + WORDS[f"lost {handed.kind}"])))

    @precondition(lambda self: self.named())
    @rule(data=st.data(), right=st.booleans())
    def an_officer_answers(self, data: st.DataObject, right: bool) -> None:  # noqa: FBT001 - as above
        handed = data.draw(st.sampled_from(self.named()))
        if handed.kind == "text":
            self.town.text_back(handed.to, self.town.delivery(handed).code if right else "000000")
            return
        for keys in ("", data.draw(st.sampled_from(PINS)), "1" if right else ""):
            self.town.press(handed, keys)

    def named(self) -> list[Handed]:
        return [one for one in self.town.carrier.handed if one.token]

    @invariant()
    def each_request_has_one_answer(self) -> None:
        assert {len(answers) for answers in self.day.answers.values()} <= {1}

    @invariant()
    def each_report_has_one_alert_and_each_alert_a_next_step(self) -> None:
        rows, now = self.day.store.rows, self.town.clock.now()
        assert rows.reports.keys() == rows.alerts.keys()
        waiting = [one for one in rows.alerts.values() if one.state is AlertState.TRIGGERED]
        assert [one.reference for one in waiting if one.next_at > max(now, one.raised_at) + ENOUGH] == []

    @invariant()
    def who_has_a_case_is_known(self) -> None:
        taken = [one for one in self.day.store.rows.alerts.values() if one.state is AlertState.ACKNOWLEDGED]
        assert all(one.acknowledged_by and one.acknowledged_at for one in taken)

    @invariant()
    def a_delivery_never_goes_back(self) -> None:
        now = dict(self.day.store.rows.deliveries)
        for token, before in self.before.items():
            again = (before.state, now[token].state) == (DeliveryState.SENDING, DeliveryState.DUE)
            assert again or ORDER.index(now[token].state) >= ORDER.index(before.state)
        self.before = now

    @invariant()
    def nobody_is_texted_the_same_twice(self) -> None:
        """Each delivery has a code of its own, alone or together with others. A second ring is the smaller harm."""
        texts = [one.body for one in self.town.carrier.handed if one.kind == "text"]
        codes = [one.code for one in self.day.store.rows.deliveries.values() if one.code]
        assert [code for code in codes if sum(code in body for body in texts) > 1] == []
        assert max(Counter(one.token for one in self.named()).values(), default=0) <= MOST_RINGS

    def teardown(self) -> None:
        self.everybody_is_told_in_the_end()
        self.what_was_said_alone_decides()

    def everybody_is_told_in_the_end(self) -> None:
        """Once nothing goes wrong any more: no alert whose time has come, nothing due, and each case was told of."""
        self.town.carrier.faults, self.town.carrier.before_answer = [], lambda _: None
        # Whoever says a hundred things in a row says the last of them later than the worker has come: nobody can yet
        # have been told of it.
        raised = [one.raised_at for one in self.day.store.rows.alerts.values()]
        self.town.clock.at = max([self.town.clock.now(), *raised])
        for _ in range(CALM_MINUTES * 6):
            self.town.work(seconds=10)
        rows, now = self.day.store.rows, self.town.clock.now()
        waiting = {one.reference for one in rows.alerts.values() if one.state is AlertState.TRIGGERED}
        assert [one for one in waiting if rows.alerts[one].next_at <= now] == []
        told = {one.reference for one in rows.deliveries.values() if one.sent_at}
        assert [one for one in waiting if rows.alerts[one].level and one not in told] == []

    def what_was_said_alone_decides(self) -> None:
        """What was said alone decides what the cases hold: not the order, not the repeats, nothing in between."""
        calm = Day(TUESDAY_NIGHT)
        for caller in CALLERS:
            calm.hear(one for one in self.said if one.caller == caller)
        assert (calm.store.rows.reports, calm.store.rows.addenda) == (
            self.day.store.rows.reports,
            self.day.store.rows.addenda,
        )
        assert calm.answers == self.day.answers


def test_such_evenings_reach_what_they_are_about() -> None:
    evening = Evening()
    evening.somebody_goes_the_whole_way(0, REPORTED[1])
    evening.town.clock.move(minutes=1)
    evening.a_worker_dies_over_what_it_has_taken()
    evening.the_worker_works(9)
    (text,) = evening.named()
    evening.town.text_back(text.to, evening.town.delivery(text).code)
    evening.the_worker_works(1)
    for keys in ("", DUTY_PIN, "1"):
        evening.town.press(evening.named()[-1], keys)
    assert [one.state for one in evening.day.store.rows.alerts.values()] == [AlertState.ACKNOWLEDGED]
    evening.teardown()


TestEvening = pytest.mark.timeout(7200)(Evening.TestCase)
TestEvening.settings = settings(stateful_step_count=40)
