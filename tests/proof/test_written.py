"""What is seen in texts and municipalities, on the shipped ones with a single thing changed, each bound by a hair."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from hotline.core.alert import Contact, Level, Means, Shift
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.proof.finding import Finding, Forbidden, Rules
from hotline.core.proof.municipality import municipality_findings
from hotline.core.proof.offers import offer_findings, offered
from hotline.core.proof.texts import is_number, said_findings, text_faults
from tests.core.talking import the_town
from tests.web.doors import the_scripts

SHIPPED, TOWN = the_scripts().current, the_town()
RULES = Rules(
    forbidden={"sv": (Forbidden("lugn", "nobody is told to be calm"),)},
    recorded=frozenset((TOWN.key, one, name) for one, texts in SHIPPED.texts.items() for name in texts.wordings),
)
TODAY = datetime(2026, 12, 1, 12, tzinfo=UTC)
EVA = Contact("Eva", Means.CALL, "+46701740605", "1234")


def faults(words: str, language: str = "sv", variant: str = "sms") -> list[str]:
    return list(text_faults(SHIPPED, language, variant, words, {"telephone"}, RULES))


@pytest.mark.parametrize(
    "words",
    ["Ring 112.", "Ring {telephone}.", "Ring 114 14.", "Kl. 8-16.", "Svara 1.", "Var lun.", "18 3 Båda.",
     " ".join(["du"] * 16) + ".", " ".join(["du"] * 16) + " {telephone}.", "långsammare " * 7,
     "Ring\u2066112\u2069 nu."],
)  # fmt: skip
def test_a_text_may_say_this(words: str) -> None:
    assert faults(words, variant="voice") == []


@pytest.mark.parametrize(
    ("words", "fault"),
    [("Var LUGN!", "says 'lugn': nobody is told"), ("Ring 113.", "holds the number 113"),
     ("Ring 08-123 45.", "holds the number 08-123 45"), ("Ring {song}.", "names {song}"),
     ("Ring {telephone:d}.", "in a form of its own"), ("Ring {telephone!r}.", "in a form of its own"),
     ("Ring {telephone.", "a brace too many"),
     (" ".join(["du"] * 17) + ".", "has a sentence of 17 words (du du du du …)"),
     ("långsammare " * 8, "is hard to read: LIX 108"), ("Ring żona.", "holds 'ż' (U+017C)"),
     ("اتصل 112", "has the number '112' without"), ("اتصل {telephone}", "has the number '{telephone}'")],
)  # fmt: skip
def test_a_text_may_not_say_this(words: str, fault: str) -> None:
    assert any(one.startswith(fault) or fault in one for one in faults(words))


def test_what_holds_for_one_language_or_channel_is_not_asked_of_others() -> None:
    assert faults("långsammare " * 8, "en") == []
    assert faults("lugn", "en") == []
    assert faults("Ring żona.", variant="voice") == []
    assert faults("Ring żona.", "pl") == []
    assert faults(" ".join(["ตี"] * 17), "th") == []
    assert faults("اتصل \u2066112\u2069", "ar") == []


@pytest.mark.parametrize(
    ("digits", "number"), [("113", True), ("18", False), ("18 3", False), ("1 2 3 4 5", True), ("1 2 3 4", False)]
)
def test_three_digits_together_or_five_in_all_can_be_dialled(digits: str, *, number: bool) -> None:
    assert is_number(digits) is number


@pytest.mark.parametrize(
    ("words", "keys"), [("Svara 1 ja, 2 nej.", {"1", "2"}), ("1/6 Svara 2", {"2"}), ("12 {a1} 3-4 x5 6", {"6"})]
)
def test_a_key_is_a_digit_alone(words: str, keys: set[str]) -> None:
    assert offered(words) == keys


def written(language: str = "sv", **wordings: dict[str, str]) -> Script:
    texts = SHIPPED.texts[language]
    changed = replace(texts, wordings={**texts.wordings, **wordings})
    return replace(SHIPPED, texts={**SHIPPED.texts, language: changed})


def says(found: list[Finding], words: str, *place: str | int) -> bool:
    return any(words in one.text and one.steps == place for one in found)


def test_every_answer_is_offered_in_every_language_and_no_other() -> None:
    assert list(offer_findings(SHIPPED)) == []
    found = list(offer_findings(written(who={"sms": "Vem? 1 vuxen, 2 barn, 3 båda, 5 annan", "voice": "1 2 3"})))
    assert says(found, "offers 5, which is no answer here", "texts", "who", "sms")
    assert says(found, "no text in sv offers it", "steps", "who", "choices", "4")
    assert says(found, "does not offer 4, which it does in", "texts", "who", "voice")


def test_openings_name_keys_of_languages_alone() -> None:
    found = list(offer_findings(written(opening={"sms": "Ring 112. Tryck 4."}, languages={"sms": "Svenska: tryck 9."})))
    assert says(found, "offers 4", "texts", "opening", "sms")
    assert says(found, "does not name the key 7", "texts", "languages", "sms")


def test_what_is_said_on_a_channel_was_written_for_it() -> None:
    script = written(who={"voice": "Vem?"})
    found = list(said_findings(script, {("sv", "who", "sms"), ("sv", "who", "voice"), ("pl", "called", "sms")}))
    assert [(one.file, one.steps) for one in found] == [("texts/sv.yaml", ("texts", "who"))]


def about(town: Municipality, rules: Rules = RULES) -> list[Finding]:
    return list(municipality_findings("town", town, SHIPPED, rules, TODAY))


def test_of_the_shipped_municipality_nothing_is_said() -> None:
    assert about(TOWN) == []


def test_a_language_has_a_script_and_a_voice_or_recordings() -> None:
    assert says(about(replace(TOWN, languages=("sv", "pl"))), "no script in pl", "languages", 1)
    mute = about(replace(TOWN, voices=()), Rules(recorded=frozenset()))
    assert says(mute, "sv has no voice, and nobody has read aloud", "voices")
    assert any(one.text.endswith(" …") for one in mute)
    assert about(replace(TOWN, voices=())) == []


def test_a_telephone_is_a_number_and_not_our_own() -> None:
    assert says(about(replace(TOWN, telephone="0240-660 335")), "is no telephone number", "telephone")
    for lines in ({"lines": (TOWN.telephone,)}, {"desk_lines": (TOWN.telephone,)}):
        assert says(about(replace(TOWN, **lines)), "the hotline's own line", "telephone")  # type: ignore[arg-type]  # both are numbers


@pytest.mark.parametrize(
    ("contact", "fault"),
    [(replace(EVA, means=Means.TEXT, address="+46240660335"), "takes no texts"),
     (replace(EVA, address=TOWN.lines[0]), "it would call itself"), (replace(EVA, pin=""), "could never acknowledge")],
)  # fmt: skip
def test_a_contact_can_be_reached_and_can_acknowledge(contact: Contact, fault: str) -> None:
    for name in ("by_day", "by_night"):
        town = replace(TOWN, **{name: (Level((EVA,), 5), Level((EVA, contact), 5))})  # type: ignore[arg-type]  # levels
        assert says(about(town), fault, name, 1)


def test_a_mail_needs_no_pin_but_does_not_count_as_somebody_told() -> None:
    mail = Contact("Eva", Means.EMAIL, "eva@example.org")
    found = about(replace(TOWN, by_night=(Level((mail,), 5),)))
    assert [one.steps for one in found] == [("by_night",)]


def test_an_hour_at_which_nobody_is_told_is_named() -> None:
    nights = tuple((day, time(16), time(9)) for day in range(7) if day != 5)
    by_night = (Level((replace(EVA, shifts=(Shift(weekly=(*nights, (6, time(9), time(16)))),)),), 5),)
    (one,) = about(replace(TOWN, by_night=by_night))
    assert one.text.startswith("an urgent alert would reach nobody ")
    assert "2026-12-05 08:00 to 2026-12-06 08:00 UTC" in one.text


@pytest.mark.parametrize(("days", "fault"), [(365, ""), (366, "366 days ago"), (0, ""), (-1, "lies in the future")])
def test_a_number_of_a_helpline_is_checked_once_a_year(days: int, fault: str) -> None:
    checked = replace(RULES, checked={"line": date(2026, 12, 1) - timedelta(days=days)})
    found = about(TOWN, checked)
    assert says(found, fault, "lines", "line", "checked_on") if fault else found == []
