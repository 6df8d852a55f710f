"""A turn is kept and answered together: what consent makes, what a repeat gives, what a hang-up sends."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hotline.adapters.flow_files import ScriptFiles, read_script_files
from hotline.adapters.kept_scripts import KeptScripts
from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.word_files import load_lexicon
from hotline.core.alert import AlertState
from hotline.core.case import Priority
from hotline.core.effects import Say
from hotline.core.turn import Act, Channel, Turn
from hotline.ports import CaseFile
from hotline.usecases.intake import take_turn
from tests.fakes import FakeChance, Memory
from tests.scripts import kept

FLOWS = Path(__file__).parent.parent.parent / "flows"
FILES, LEXICON = read_script_files(FLOWS), load_lexicon(FLOWS / "words")
TOWN = load_municipalities(FLOWS / "municipalities")["smedjebacken"]
TUESDAY = datetime(2026, 2, 3, 9, 0, tzinfo=UTC)


def words(effects: object) -> bytes:
    assert isinstance(effects, list | tuple)
    return "\n".join(effect.text for effect in effects if isinstance(effect, Say)).encode()


@dataclass
class Neighbour:
    """Somebody with a telephone, and a clock that moves a second for each thing done."""

    memory: Memory = field(default_factory=Memory)
    chance: FakeChance = field(default_factory=FakeChance)
    scripts: KeptScripts = field(default_factory=lambda: kept(FILES, LEXICON))
    done: int = 0

    def does(
        self, act: Act, text: str = "", *, sid: str = "", later: timedelta = timedelta(), open_office: bool = False
    ) -> str:
        self.done += 1
        at = TUESDAY + later + timedelta(seconds=self.done)
        turn = Turn(Channel.SMS if act is Act.TEXT else Channel.VOICE, act, at, text, "+46701740612", open_office)
        answer = take_turn(
            turn, key=f"{turn.channel}|a", carrier_id=sid or f"id{self.done}", municipality=TOWN,
            scripts=self.scripts, begin=self.memory.begin, chance=self.chance, render=words,
        )  # fmt: skip
        return answer.decode()

    def texts(self, *texts: str) -> str:
        return [self.does(Act.TEXT, text) for text in texts][-1]

    def case(self, reference: str = "") -> CaseFile | None:
        with self.memory.begin() as work:
            found = reference or next(iter(self.memory.rows.alerts), "")
            return work.read_case(found, "a test", TUESDAY) if found else None


@pytest.fixture
def neighbour() -> Neighbour:
    return Neighbour()


def only(case: CaseFile | None) -> CaseFile:
    assert case is not None
    return case


def test_before_consent_nothing_is_a_report(neighbour: Neighbour) -> None:
    neighbour.texts("Hej, de bråkar ofta", "2", "2", "1", "1")
    assert neighbour.case() is None


def test_consent_makes_a_case_and_a_child_is_urgent_at_once(neighbour: Neighbour) -> None:
    neighbour.texts("Hej, de bråkar ofta", "2", "2", "2", "1", "1")
    case = only(neighbour.case())
    assert case.report.priority is Priority.URGENT
    assert case.report.own_words == ("Hej, de bråkar ofta",)
    assert case.report.caller is None


def test_the_number_goes_along_only_when_the_caller_says_so(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "1", "2", "1", "2")
    assert only(neighbour.case()).report.caller == "+46701740612"


def test_an_ordinary_report_waits_five_minutes_for_the_place(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1")
    assert only(neighbour.case()).alert.next_at >= TUESDAY + timedelta(minutes=5)


def test_the_place_joins_the_case_and_brings_it_forward(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1", "Ekgatan 4")
    case = only(neighbour.case())
    assert [addendum.text for addendum in case.addenda] == ["Ekgatan 4"]
    assert case.alert.next_at < TUESDAY + timedelta(minutes=1)


def test_danger_after_consent_makes_an_ordinary_case_urgent(neighbour: Neighbour) -> None:
    answer = neighbour.texts("Hej", "2", "1", "4", "2", "1", "Ekgatan 4", "nu slår han henne igen, hon skriker")
    assert answer.startswith("Ring 112 nu.")
    assert only(neighbour.case()).alert.priority == Priority.URGENT


def test_a_withdrawal_is_noted_and_cancels_nothing(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1", "0")
    case = only(neighbour.case())
    assert [addendum.kind for addendum in case.addenda] == ["withdrawn"]


def test_a_repeated_text_gets_the_same_answer_and_is_one_turn(neighbour: Neighbour) -> None:
    neighbour.does(Act.TEXT, "Hej", sid="SM1")
    first = neighbour.does(Act.TEXT, "2", sid="SM2")
    assert neighbour.does(Act.TEXT, "2", sid="SM2") == first
    assert "3/6" in neighbour.does(Act.TEXT, "1", sid="SM3")


def test_after_half_an_hour_a_conversation_begins_anew_with_112(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "1")
    assert "Ring 112" in neighbour.does(Act.TEXT, "2", later=timedelta(minutes=31))


def test_who_hangs_up_after_consent_has_still_reported(neighbour: Neighbour) -> None:
    neighbour.does(Act.CALL)
    for key in ("2", "1", "4", "2", "1"):
        neighbour.does(Act.KEYS, key)
    neighbour.does(Act.HANG_UP)
    case = only(neighbour.case())
    assert case.broken_off
    assert case.alert.next_at < TUESDAY + timedelta(minutes=1)


def test_who_hangs_up_before_consent_leaves_only_a_count(neighbour: Neighbour) -> None:
    neighbour.does(Act.CALL)
    neighbour.does(Act.KEYS, "2")
    neighbour.does(Act.HANG_UP)
    assert neighbour.case() is None


def test_a_place_that_never_comes_is_shown_as_broken_off(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1")
    assert only(neighbour.case()).incomplete


def test_a_cry_instead_of_a_place_gets_112_and_the_place_is_asked_for_again(neighbour: Neighbour) -> None:
    answer = neighbour.texts("Hej", "2", "1", "4", "2", "1", "han slår henne nu")
    assert answer.startswith("Ring 112 nu.")
    assert "Var är det" in neighbour.texts("1")
    neighbour.texts("Ekgatan 4")
    assert [addendum.kind for addendum in only(neighbour.case()).addenda] == ["words", "answer", "place"]


def test_what_is_said_after_an_acknowledgement_is_told_anew(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "2", "4", "2", "1")
    reference, alert = next(iter(neighbour.memory.rows.alerts.items()))
    neighbour.memory.rows.alerts[reference] = replace(alert, state=AlertState.ACKNOWLEDGED, acknowledged_by="Eva")
    neighbour.texts("Ekgatan 4")
    assert only(neighbour.case()).alert.state is AlertState.TRIGGERED


def taken(neighbour: Neighbour) -> None:
    """Somebody has heard the case and acknowledged it."""
    for reference, alert in neighbour.memory.rows.alerts.items():
        mine = replace(alert, state=AlertState.ACKNOWLEDGED, acknowledged_by="Eva", opened_at=TUESDAY)
        neighbour.memory.rows.alerts[reference] = mine


@pytest.mark.parametrize(
    ("text", "state"),
    [("Fel gata, det ska vara Storgatan 15", AlertState.TRIGGERED), ("Nej vänta", AlertState.TRIGGERED),
     ("0", AlertState.TRIGGERED), ("15", AlertState.TRIGGERED), ("4", AlertState.ACKNOWLEDGED),
     ("Tack så mycket", AlertState.ACKNOWLEDGED), ("ok 👍", AlertState.ACKNOWLEDGED), ("👍", AlertState.ACKNOWLEDGED)],
)  # fmt: skip
def test_what_is_added_after_the_last_text_is_told_too_but_for_thanks(
    neighbour: Neighbour, text: str, state: AlertState
) -> None:
    neighbour.texts("Hej", "2", "2", "4", "2", "1", "Ekgatan 4")
    taken(neighbour)
    neighbour.texts(text)
    case = only(neighbour.case())
    assert case.addenda[-1].text == text
    assert case.alert.state is state
    assert state is AlertState.ACKNOWLEDGED or case.alert.next_at <= TUESDAY + timedelta(minutes=3)


@pytest.mark.parametrize("yes", ["1", "ja", "1.", "ja jag har ringt"])
def test_who_says_afterwards_that_112_was_called_wakes_nobody_and_is_heard(neighbour: Neighbour, yes: str) -> None:
    neighbour.texts("Hej", "2", "2", "4", "2", "1", "Ekgatan 4", "han slår henne nu")
    taken(neighbour)
    neighbour.texts(yes)
    case = only(neighbour.case())
    assert (case.addenda[-1].kind, case.addenda[-1].text) == ("answer", "called=1")
    assert case.alert.state is AlertState.ACKNOWLEDGED


@pytest.mark.parametrize(
    "words", ["ja, han slår henne igen med en kniv", "ja, Ekgatan i Söderbärke", "1, jag ser blod"]
)
def test_what_is_told_beside_that_is_told_to_whoever_has_the_case(neighbour: Neighbour, words: str) -> None:
    neighbour.texts("Hej", "2", "2", "4", "2", "1", "han slår henne nu")
    taken(neighbour)
    neighbour.texts(words)
    case = only(neighbour.case())
    assert words in [one.text for one in case.addenda]
    assert case.alert.state is AlertState.TRIGGERED


def test_a_number_that_was_typed_before_hanging_up_is_told_to_whoever_had_taken_the_case(neighbour: Neighbour) -> None:
    neighbour.does(Act.CALL)
    for key in ("2", "2", "4", "2", "1"):
        neighbour.does(Act.KEYS, key)
    taken(neighbour)
    neighbour.does(Act.KEYS, "0701740699#")
    neighbour.does(Act.HANG_UP)
    case = only(neighbour.case())
    assert "+46701740699" in [one.text for one in case.addenda]
    assert case.alert.state is AlertState.TRIGGERED
    assert case.alert.next_at <= TUESDAY + timedelta(minutes=1)


def test_a_call_whose_connection_says_nothing_goes_on(neighbour: Neighbour) -> None:
    neighbour.does(Act.CALL, open_office=True)
    for key in ("2", "1"):
        neighbour.does(Act.KEYS, key, open_office=True)
    assert "Ingen kunde svara" in neighbour.does(Act.SILENCE, open_office=True)


def test_another_language_can_be_asked_for_at_the_last_question(neighbour: Neighbour) -> None:
    assert "Missä" in neighbour.texts("Hej", "2", "1", "4", "2", "1", "8")


def changed(old: str, new: str, name: str = "texts/sv.yaml") -> KeptScripts:
    """Today's script with one thing written otherwise: the release after this one."""
    assert old in FILES.texts[name]
    return kept(ScriptFiles(FILES.folder, {**FILES.texts, name: FILES.texts[name].replace(old, new)}), LEXICON)


def test_who_began_with_an_older_script_goes_on_with_it(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2")
    neighbour.scripts = changed("3/6 Vad har du sett", "3/6 Vad har hänt: sett")
    assert "Vad har du sett eller hört?" in neighbour.texts("1")
    assert "Vad har hänt" in replace(neighbour, memory=Memory()).texts("Hej", "2", "1")


def test_a_report_goes_on_although_its_script_is_lost(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2", "1", "4", "2", "1")
    neighbour.memory.rows.scripts.clear()
    neighbour.scripts = changed("3/6 Vad har du sett", "3/6 Vad har hänt: sett")
    neighbour.texts("Ekgatan 4")
    assert [addendum.text for addendum in only(neighbour.case()).addenda] == ["Ekgatan 4"]


def test_a_step_that_no_script_knows_any_more_leads_to_the_112_line(neighbour: Neighbour) -> None:
    neighbour.texts("Hej", "2")
    neighbour.memory.rows.scripts.clear()
    neighbour.scripts = changed("who", "whom", "triage.yaml")
    assert "Ring 112" in neighbour.texts("1")
