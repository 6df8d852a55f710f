"""Each rule of the proof on one answer made by hand: what keeps it, and what breaks it by a hair."""

from dataclasses import replace

import pytest

from hotline.core.case import Report
from hotline.core.conversation import Conversation
from hotline.core.effects import AddToCase, Ask, BringForward, Connect, Effect, FileReport, HangUp, Say
from hotline.core.exploring import MOMENT, Move, Path, Ways
from hotline.core.hearing import NOTHING, Heard
from hotline.core.proof import Finding, safety
from hotline.core.proof.walking import Turning
from hotline.core.reading import Chosen, Danger
from hotline.core.turn import Act, Channel
from tests.core.talking import the_town
from tests.web.doors import the_scripts

HERE = Conversation("v", "sv", "who")
OVER = replace(HERE, step="saved", complete=True, reference="K7Q2")
CRY = Heard(danger=Danger(("sv",), ""))
LISTEN = Ask("sv")


def say(text: str = "Ring 112.", name: str = "who") -> Say:
    return Say(text, "sv", name)


def turning(
    *effects: Effect, here: Conversation | None = HERE, there: Conversation | None = HERE, act: Act = Act.TEXT,
    heard: Heard = NOTHING, words: str = "Hej", channel: Channel = Channel.SMS, office_open: bool = False,
) -> Turning:  # fmt: skip
    ways = Ways(the_scripts().current, the_town(), "sv", channel, office_open)
    began = () if here is None else ((Move(Act.TEXT, "Hello"), ()),)
    written = frozenset({words} if here is None else {words, "Hello"})
    return Turning(ways, Path(began, here), Path((*began, (Move(act, words, heard), effects)), there, written))


@pytest.mark.parametrize(
    ("text", "kept"), [("Ring 112 nu", True), ("x" * 37 + "112", True), ("x" * 38 + "112", False), ("Hej", False)]
)
def test_a_cry_is_answered_with_112_within_forty_letters(text: str, *, kept: bool) -> None:
    assert bool(safety.danger_gets_112(turning(say(text), say("112"), heard=CRY))) is not kept
    assert safety.danger_gets_112(turning(say("Hej"))) == ""


def test_a_cry_that_is_answered_with_nothing_is_not_answered_with_112() -> None:
    assert safety.danger_gets_112(turning(heard=CRY))


def test_what_was_told_is_forgotten_only_by_a_new_conversation() -> None:
    told, less = replace(HERE, flags=frozenset({"red", "child"})), replace(HERE, flags=frozenset({"red"}))
    assert safety.nothing_lowers_urgency(turning(here=told, there=less)) == "what was told is forgotten: child"
    assert safety.nothing_lowers_urgency(turning(here=told, there=HERE)) == "what was told is forgotten: child, red"
    for here, there in ((less, told), (told, None), (None, told), (replace(told, complete=True), less)):
        assert safety.nothing_lowers_urgency(turning(here=here, there=there)) == ""
    still_over = replace(less, complete=True)
    assert safety.nothing_lowers_urgency(turning(here=replace(told, complete=True), there=still_over))


@pytest.mark.parametrize("heard", [CRY, Heard(red=True)])
def test_danger_told_of_after_consent_lets_the_report_rise(heard: Heard) -> None:
    told = replace(HERE, reference="K7Q2")
    assert safety.red_makes_urgent(turning(BringForward("K7Q2", urgent=True), here=told, heard=heard)) == ""
    assert safety.red_makes_urgent(turning(BringForward("K7Q2"), here=told, heard=heard))
    assert safety.red_makes_urgent(turning(here=told)) == ""
    for before in (HERE, None):
        assert safety.red_makes_urgent(turning(here=before, heard=heard)) == ""


@pytest.mark.parametrize("act", [Act.HANG_UP, Act.BRIDGED])
def test_who_has_gone_is_answered_nothing(act: Act) -> None:
    assert safety.nobody_meets_silence(turning(act=act)) == ""
    assert safety.every_end_says_how(turning(act=act, there=None)) == ""


@pytest.mark.parametrize("effects", [(), (say(" \n"),), (BringForward("K7Q2"),)])
def test_an_answer_without_words_is_silence(effects: tuple[Effect, ...]) -> None:
    assert safety.nobody_meets_silence(turning(*effects)) == "is answered with silence"


@pytest.mark.parametrize("last", [LISTEN, Connect("sv", "whisper"), HangUp()])
def test_a_call_listens_connects_or_ends(last: Effect) -> None:
    assert safety.nobody_meets_silence(turning(say(), last, channel=Channel.VOICE)) == ""
    assert "hanging" in safety.nobody_meets_silence(turning(last, say(), channel=Channel.VOICE))
    assert safety.nobody_meets_silence(turning(say())) == ""


def test_nobody_goes_on_standing_on_an_end() -> None:
    assert "bye is an end" in safety.nobody_meets_silence(turning(say(), there=replace(HERE, step="bye")))
    assert safety.nobody_meets_silence(turning(say(), there=OVER)) == ""
    assert safety.nobody_meets_silence(turning(say(), there=None)) == ""


@pytest.mark.parametrize("there", [None, OVER])
def test_an_end_says_how_to_get_help(there: Conversation | None) -> None:
    assert safety.every_end_says_how(turning(say("Tack."), there=there)).startswith("ends without")
    assert safety.every_end_says_how(turning(say("Tack. Ring 112."), there=there)) == ""
    assert safety.every_end_says_how(turning(say("Tack."))) == ""
    assert safety.every_end_says_how(turning(say("Tack.", "opt_out"))).startswith("ends without")


def test_an_urgent_end_leads_with_112_while_the_office_is_closed() -> None:
    urgent, late = replace(OVER, flags=frozenset({"red"})), say("x" * 38 + "112")
    assert safety.every_end_says_how(turning(say(), late, there=urgent)).startswith("an urgent report")
    kept = (
        turning(say(), late, there=urgent, office_open=True), turning(say(), late, there=OVER),
        turning(late, say("x" * 37 + "112"), there=urgent), turning(say(), late, here=urgent, there=urgent),
        turning(say(), late, there=urgent, words="0"), turning(say(), late, there=None),
    )  # fmt: skip
    assert [safety.every_end_says_how(one) for one in kept] == [""] * len(kept)


@pytest.mark.parametrize(
    ("act", "channel", "failed"),
    [(Act.NOT_BRIDGED, Channel.VOICE, True), (Act.PICTURE, Channel.SMS, True), (Act.SILENCE, Channel.VOICE, True),
     (Act.SILENCE, Channel.SMS, False), (Act.TEXT, Channel.SMS, False)],
)  # fmt: skip
def test_a_failure_is_answered_with_advice(act: Act, channel: Channel, *, failed: bool) -> None:
    assert bool(safety.failures_lead_to_advice(turning(say("Hej"), act=act, channel=channel))) is failed
    assert safety.failures_lead_to_advice(turning(say(), act=act, channel=channel)) == ""
    assert safety.failures_lead_to_advice(turning(say("Hej", "give_up"), act=act, channel=channel))


@pytest.mark.parametrize(("name", "failed"), [("last", True), ("end", True), ("first", False), ("begin", False)])
def test_the_last_try_is_the_one_that_needs_advice(name: str, *, failed: bool) -> None:
    script = replace(the_scripts().current, missed=("first", "last"), silent=("begin", "end"))
    told = turning(say("Hej", name))
    tried = replace(told, ways=replace(told.ways, script=script))
    assert bool(safety.failures_lead_to_advice(tried)) is failed


def test_who_is_told_to_call_112_is_noted_as_told() -> None:
    noted = replace(HERE, flags=frozenset({"going_on", "told_112"}))
    assert safety.advice_is_noted(turning(say(name="called"), there=noted)) == ""
    for flag in ("going_on", "told_112"):
        assert "not noted" in safety.advice_is_noted(
            turning(say(name="called"), there=replace(noted, flags=frozenset({flag})))
        )
    assert "not noted" in safety.advice_is_noted(turning(say(name="called")))
    assert safety.advice_is_noted(turning(say(name="called"), there=None)) == ""


def test_nobody_is_noted_as_told_who_was_not() -> None:
    noted = replace(HERE, flags=frozenset({"going_on", "told_112"}))
    for here in (HERE, None):
        assert "not in the answer" in safety.advice_is_noted(turning(say("Hej"), here=here, there=noted))
        assert safety.advice_is_noted(turning(say(), here=here, there=noted)) == ""
    assert safety.advice_is_noted(turning(say("Hej"), here=noted, there=noted)) == ""


def test_a_report_is_told_of_where_there_is_one_and_nowhere_else() -> None:
    saved, other = say(name="saved"), say(name="bye")
    assert "there is none" in safety.nothing_is_claimed(turning(saved))
    assert "there is none" in safety.nothing_is_claimed(turning(saved, here=None, there=None))
    assert "bye, the last text" in safety.nothing_is_claimed(turning(saved, other, there=OVER))
    reported = replace(HERE, reference="K7Q2")
    assert "does not say so" in safety.nothing_is_claimed(turning(other, here=reported, there=None))
    for kept in (
        turning(other, saved, there=OVER), turning(say(name="withdrawn"), there=OVER), turning(other),
        turning(other, here=OVER, there=OVER), turning(other, there=reported), turning(there=OVER),
    ):  # fmt: skip
        assert safety.nothing_is_claimed(kept) == ""


@pytest.mark.parametrize(("texts", "letters", "kept"), [(2, 10, True), (3, 10, False), (1, 306, True), (1, 307, False)])
def test_an_answer_has_two_texts_of_two_segments_at_most(texts: int, letters: int, *, kept: bool) -> None:
    answer = [say("x" * letters)] * texts
    assert bool(safety.texts_stay_short(turning(*answer))) is not kept
    assert safety.texts_stay_short(turning(*answer, channel=Channel.VOICE)) == ""


def test_what_a_caller_wrote_never_comes_back() -> None:
    assert safety.no_words_come_back(turning(say("Du skrev Storgatan."), words="Storgatan"))
    assert safety.no_words_come_back(turning(say("Hello, Ring 112.")))
    assert safety.no_words_come_back(turning(say("Ring 112."))) == ""


@pytest.mark.parametrize(("text", "kept"), [("1234", False), ("12345", True)])
def test_what_a_caller_wrote_is_more_than_four_keys(text: str, *, kept: bool) -> None:
    ways = turning().ways
    assert (text in ways.go_on(ways.begin(), Move(Act.TEXT, text)).words) is kept


def consented(key: str, number: str | None = None, here: Conversation = HERE) -> str:
    filed = FileReport(Report("K7Q2", "m", "sms", "sv", MOMENT, caller=number), 0)
    answer = Heard(answer=Chosen(key)) if key else NOTHING
    return safety.only_consent_files(turning(filed, here=replace(here, step="consent"), heard=answer))


def test_only_consent_makes_a_report_and_only_consent_to_it_gives_the_number() -> None:
    assert consented("1") == consented("2") == consented("2", "+46701740612") == ""
    assert consented("3") == consented("") == consented("9") == "a report is made without consent"
    assert "number" in consented("1", "+46701740612")
    assert "second" in consented("1", here=replace(HERE, reference="K7Q2"))


def test_nothing_is_added_to_a_report_that_does_not_exist() -> None:
    for row in (AddToCase("", "words", "x"), BringForward("")):
        assert "does not exist" in safety.only_consent_files(turning(BringForward("K7Q2"), row))
    assert safety.only_consent_files(turning(AddToCase("K7Q2", "words", "x"), BringForward("K7Q2"))) == ""


@pytest.mark.parametrize(
    ("letters", "here", "heard", "soon"),
    [(20, None, NOTHING, True), (400, None, NOTHING, False), (400, HERE, CRY, False), (400, HERE, NOTHING, True)],
)
def test_112_is_said_soon_at_the_beginning_and_after_a_cry(
    letters: int, here: Conversation | None, heard: Heard, *, soon: bool
) -> None:
    answer = (say("x" * letters), say("112"))
    assert bool(safety.is_soon_said(turning(*answer, here=here, heard=heard, channel=Channel.VOICE))) is not soon
    assert safety.is_soon_said(turning(*answer, here=here, heard=heard)) == ""
    assert safety.is_soon_said(turning(say("x" * 400), here=here, heard=heard, channel=Channel.VOICE)) == ""
    assert safety.is_soon_said(turning(here=here, heard=heard, channel=Channel.VOICE)) == ""


def walked(**wordings: dict[str, str]) -> tuple[list[Finding], set[tuple[str, str, str]]]:
    """What is found by text in Swedish while the office is closed, with these texts instead of the shipped ones."""
    script, used = the_scripts().current, set[tuple[str, str, str]]()
    texts = replace(script.texts["sv"], wordings={**script.texts["sv"].wordings, **wordings})
    ways = Ways(replace(script, texts={**script.texts, "sv": texts}), the_town(), "sv", Channel.SMS, office_open=False)
    return list(safety.safety_findings(ways, used)), used


def test_of_the_shipped_texts_nothing_is_said_and_what_was_said_is_noted() -> None:
    found, used = walked()
    assert found == []
    assert {("sv", "opening", "sms"), ("en", "called", "sms"), ("pl", "called", "sms")} <= used


def test_what_breaks_a_rule_is_told_once_a_step_with_the_way_there() -> None:
    found, _ = walked(called={"sms": "Hej."})
    told = [(one.steps, one.text) for one in found]
    assert (("steps", "who"), "a cry is not answered with 112 first") in told
    assert len(set(told)) == len(told)
    assert all(one.shown.startswith("> ") for one in found)


def test_a_text_that_is_not_there_is_told_once_and_the_others_are_still_walked() -> None:
    found, used = walked(who={})
    (gap,) = [one for one in found if "meet silence" in one.text]
    assert (gap.file, gap.steps) == ("texts/sv.yaml", ("texts", "who"))
    assert gap.text.startswith("who is to be said")
    assert gap.shown.startswith("> Hej")
    assert ("sv", "saved", "sms") not in used
    assert ("sv", "unsure", "sms") in used
