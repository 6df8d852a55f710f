"""What an officer hears."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from hotline.adapters.officer_texts import load_officer_texts
from hotline.core.case import NUMBER_GONE, Addendum, Report
from hotline.core.effects import Say
from hotline.core.readout import FLAGS, read_out

AT = datetime(2027, 3, 9, 13, 5, tzinfo=UTC)
TEXTS = load_officer_texts(Path(__file__).parents[2] / "flows" / "officers")


def report(**told: object) -> Report:
    facts: dict[str, object] = {"reference": "K7Q2", "municipality": "m", "channel": "sms", "language": "sv", "at": AT}
    return Report(**(facts | told))  # type: ignore[arg-type]  # each test names the fields that it is about


def heard(told: Report, *addenda: Addendum, broken_off: bool = False) -> tuple[Say, ...]:
    return read_out(told, addenda, TEXTS, broken_off=broken_off, zone="Europe/Stockholm")


def words(says: tuple[Say, ...]) -> str:
    return " ".join(say.text for say in says)


def test_it_begins_with_reference_priority_and_the_time_on_the_wall() -> None:
    first = heard(report(flags=frozenset({"red"})))[0].text
    assert first == "Ärende K, 7, Q, 2. Prio 1 av 3. Mottaget 2027-03-09 klockan 14.05 via sms på svenska."


def test_it_ends_with_what_a_machine_has_not_done() -> None:
    assert heard(report())[-1].text.startswith("Automatisk insamling, ingen riskbedömning gjord.")


def test_flags_and_answers_are_said_in_words() -> None:
    text = words(heard(report(flags=frozenset({"child", "told_112"}), answers=(("who", "2"), ("pattern", "1")))))
    assert "Personen fick rådet att ringa 112." in text
    assert "Orolig för ett barn under 18 år. Flera gånger eller värre: ja." in text


def test_an_answer_that_the_texts_do_not_know_is_read_as_it_is() -> None:
    text = words(heard(report(answers=(("pets", "2"),))))
    assert "På frågan pets blev svaret 2." in text
    assert "Inga frågor besvarades." not in text


def test_that_nothing_was_answered_is_said() -> None:
    assert "Inga frågor besvarades." in words(heard(report()))


def test_the_place_is_read_as_it_was_written() -> None:
    assert "Platsen, som den skrevs: Storgatan 4 {vän 2}" in words(
        heard(report(), Addendum(AT, "place", "Storgatan 4 {vän 2}"))
    )


@pytest.mark.parametrize(
    ("language", "written"), [("fi", "Seinän takana huudetaan"), ("en", "They scream"), ("sv", "De skriker")]
)
def test_own_words_are_read_by_a_voice_of_their_language(language: str, written: str) -> None:
    assert Say(written, language) in heard(report(language=language, own_words=(written,)))


def test_words_without_a_voice_are_named_not_read() -> None:
    for says in (heard(report(language="ar", own_words=("الجيران",))),
                 heard(report(language="ar"), Addendum(AT, "place", "شارع 4"))):  # fmt: skip
        assert "Här finns egna ord på arabiska. De kan inte läsas upp." in words(says)
        assert "الجيران" not in words(says)
        assert "شارع" not in words(says)


@pytest.mark.parametrize(("number", "said"), [("+46701740612", "0, 7, 0, 1"), ("+358401234567", "0, 0, 3, 5, 8")])
def test_a_number_is_read_only_with_consent_to_it(number: str, said: str) -> None:
    assert f"Telefonnummer som får användas: {said}" in words(heard(report(caller=number)))
    assert "Det finns inget telefonnummer." in words(heard(report()))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("+46701740612", "Telefonnummer som får användas: 0, 7, 0, 1, 7"),
        ("-", "Personen lämnade inget nummer att ringa upp."),
        ("when=2", "Får ringas bara på dagen."),
        ("may_say=2", "får ni inte säga att ni ringer från socialtjänsten"),
        ("efter jobbet", "Om återuppringning: efter jobbet"),
    ],
)
def test_what_was_said_about_calling_back_is_read_in_words(note: str, said: str) -> None:
    text = words(heard(report(), Addendum(AT, "call_back", note)))
    assert said in text
    assert "anonym" not in text
    assert said in words(heard(report(call_back=note)))


def test_an_answer_after_consent_is_read_as_one() -> None:
    assert "Har ringt 112: ja." in words(heard(report(), Addendum(AT, "answer", "called=1")))
    assert "På frågan later blev svaret 2" in words(heard(report(), Addendum(AT, "answer", "later=2")))


def test_a_conversation_that_broke_off_is_said_to_have() -> None:
    assert "avbröts innan sista frågan" in words(heard(report(), broken_off=True))
    assert "avbröts" not in words(heard(report()))


@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_is_said_in_its_own_words(flag: str) -> None:
    said = heard(report(flags=frozenset({flag})))[2]
    assert said == Say(TEXTS[f"flag.{flag}"], "sv", f"officer_flag.{flag}")


def test_what_is_most_urgent_is_said_first() -> None:
    told = heard(report(flags=frozenset({"told_112", "child", "red", "going_on"})))
    assert [say.name.removeprefix("officer_flag.") for say in told[2:6]] == ["going_on", "red", "child", "told_112"]


def test_a_report_whose_number_was_deleted_is_not_called_anonymous() -> None:
    told = words(heard(report(), Addendum(AT, NUMBER_GONE, "")))
    assert "Det är gallrat" in told
    assert "anonym" not in told
    assert "anonym" in words(heard(report(), Addendum(AT, "place", "Ekgatan 4")))


def test_what_the_hotline_tells_of_itself_has_no_answers_and_no_reporter() -> None:
    told = words(heard(report(channel="hotline", flags=frozenset({"fault"})), Addendum(AT, "fault", "late")))
    assert "larm går inte iväg i tid" in told
    assert "Inga frågor" not in told
    assert "anonym" not in told
    assert "riskbedömning" not in told


def test_own_words_are_said_to_be_unchecked_and_where_there_are_none_nothing_is_said_of_them() -> None:
    assert "Egna ord, ej kontrollerat: Hon skriker" in words(heard(report(own_words=("Hon skriker",))))
    assert "Egna ord" not in words(heard(report()))
    assert "egna ord" not in words(heard(report(language="ar")))


def test_a_language_without_a_name_of_its_own_is_called_another_one() -> None:
    assert "via telefon på ett annat språk." in words(heard(report(channel="voice", language="xx")))


def test_an_addendum_of_a_kind_that_nobody_knows_is_read_as_words() -> None:
    assert "Tillägg i egna ord: hej" in words(heard(report(), Addendum(AT, "song", "hej")))


@pytest.mark.parametrize(
    ("text", "read"),
    [("Ekgatan 4, شارع", True), ("اب ab", True), ("ابت ab", False), ("4", True), ("ɏ ب", True), ("ɏɐ ب", False)],
)
def test_mostly_latin_letters_are_read_aloud(text: str, *, read: bool) -> None:
    assert (text in words(heard(report(), Addendum(AT, "place", text)))) is read
