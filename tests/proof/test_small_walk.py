"""All that can be done in a small script, written down: nothing is left out, and nothing is tried twice."""

from dataclasses import replace

import pytest

from hotline.core.conversation import Conversation
from hotline.core.exploring import CALLER, OTHER_NUMBER, Move, Path, Ways, chapters, step_place, transcript, written
from hotline.core.flow import Choice
from hotline.core.hearing import Heard, NoNumber, Number, Place
from hotline.core.reading import Chosen, DontKnow, Unclear
from hotline.core.turn import Act
from tests.proof.small import by_call, by_text, choices, script, step, town

ANSWERS = {
    "now": ["1", "2", "?"], "called": ["1"], "consent": ["1", "2", "3"], "leave": ["1", "2", "?"],
    "place": ["Ekgatan 12"], "number": ["1#", "0701740655#"],
}  # fmt: skip
KEYS, WORDS = ["7", "9"], ["(carrier_optout)", "(help_question)", "(staff)"]
UNCLEAR, AFTER, RINGING = ["0", "hm"], ["0", "1", "2", "hm"], ["busy", "no_answer", "refused", "failed", "(bridged)"]
TEXTS, CALLS = ["(silence)", "(picture)"], ["(silence)", "(hang_up)"]


def done(path: Path) -> tuple[str, ...]:
    return tuple(written(move) for move, _ in path.moves)


def standing(ways: Ways) -> dict[str, Conversation]:
    """Step → the first conversation that comes to stand on it."""
    found: dict[str, Conversation] = {}
    for path in ways.all(step_place):
        if path.last:
            found.setdefault(path.last.step, path.last)
    return found


def tried(ways: Ways) -> dict[str, list[str]]:
    """Step → all that is done on it."""
    return {name: [written(move) for move in ways.inputs(here)] for name, here in standing(ways).items()}


def test_by_text_every_answer_is_given_and_what_can_be_said_anywhere() -> None:
    every = {name: [*found, *KEYS, *WORDS, *UNCLEAR, *TEXTS] for name, found in ANSWERS.items() if name != "leave"}
    assert tried(by_text()) == {**every, "saved": AFTER}


@pytest.mark.parametrize(("speech", "words"), [(True, WORDS), (False, [])])
def test_by_call_words_are_said_where_they_are_listened_to(words: list[str], *, speech: bool) -> None:
    on_calls = {name: found for name, found in ANSWERS.items() if name not in {"consent", "place"}}
    every = {name: [*found, *KEYS, *words, *UNCLEAR, *CALLS] for name, found in on_calls.items()}
    assert tried(by_call(speech=speech)) == {**every, "reach": RINGING, "saved": ["(hang_up)"]}


def test_a_withheld_caller_has_no_number_to_be_called_back_on() -> None:
    assert tried(by_call(caller=None))["number"][0] == "0701740655#"
    assert tried(by_call(office_open=False))["number"][0] == "1#"


def test_a_languages_key_is_pressed_where_it_is_no_answer_and_the_language_is_spoken() -> None:
    nine = step("now", choices=choices("now", key_9=Choice("bye")))
    assert tried(by_text(script(nine)))["now"][:5] == ["1", "2", "9", "?", "7"]
    alone = replace(by_text(), municipality=replace(town(), languages=("sv",)))
    assert tried(alone)["now"][3:5] == ["7", "(carrier_optout)"]


def test_what_is_done_is_heard_as_what_it_is() -> None:
    heard = {written(move): move for here in standing(by_text()).values() for move in by_text().inputs(here)}
    assert heard["1"] == Move(Act.TEXT, "1", Heard(sign="1"))  # the last text takes no answer any more
    assert heard["3"] == Move(Act.TEXT, "3", Heard(sign="3", answer=Chosen("3")))
    assert heard["?"] == Move(Act.TEXT, "?", Heard(answer=DontKnow()))
    assert heard["Ekgatan 12"] == Move(Act.TEXT, "Ekgatan 12", Heard(answer=Place()))
    assert heard["9"] == Move(Act.TEXT, "9", Heard(wish="language:en", sign="9"))
    assert heard["(staff)"] == Move(Act.TEXT, "(staff)", Heard(wish="staff"))
    assert heard["hm"] == Move(Act.TEXT, "hm", Heard(red=True))
    assert (heard["(silence)"], heard["(picture)"]) == (Move(Act.SILENCE), Move(Act.PICTURE))


def test_what_is_pressed_where_a_number_is_asked_for_is_a_number_or_none() -> None:
    ways = by_call(speech=True)
    moves = [(move.act, move.heard) for move in ways.inputs(standing(ways)["number"])]
    assert moves[:2] == [(Act.KEYS, Heard(answer=Number(CALLER))), (Act.KEYS, Heard(answer=Number(OTHER_NUMBER)))]
    assert (Act.SPEECH, Heard(wish="staff")) in moves
    assert moves[-4:-2] == [(Act.KEYS, Heard(sign="0", answer=NoNumber())), (Act.KEYS, Heard())]
    zero = next(move for move in ways.inputs(standing(ways)["leave"]) if move.words == "0")
    assert zero.heard == Heard(sign="0", answer=Unclear())


BEGIN = ["Hej", "(language:en)", "(carrier_optout)", "(staff)", "(out_of_scope)", "(pl)", "(silence)", "(picture)"]
LOST = ["(call)", "1", "(silence)", "(hang_up)", "busy"]


def cry(move: Move) -> bool:
    return move.heard.danger is not None


def test_a_conversation_begins_with_anything() -> None:
    moves = [move for move in by_text().beginnings() if not cry(move)]
    assert [written(move) for move in moves] == BEGIN
    heard = [(move.heard.wish, move.heard.language) for move in moves[:6]]
    assert heard == [("", "sv"), ("language:en", "sv"), ("carrier_optout", "sv"), ("staff", "sv"),
                     ("out_of_scope", "sv"), ("", "pl")]  # fmt: skip
    assert list(by_call().openings()) == []
    assert by_text(language="en").first() == Move(Act.TEXT, "Hello", Heard(language="en"))
    assert by_text(language="tlh").first() == Move(Act.TEXT, "tlh", Heard(language="tlh"))


@pytest.mark.parametrize(("ways", "act"), [(by_text(), Act.TEXT), (by_call(), Act.SPEECH)])
def test_a_cry_is_written_or_spoken_wherever_somebody_is_heard(ways: Ways, act: Act) -> None:
    here = standing(ways)["number"]
    found = [*ways.first_cries(), *ways.dangers(here), *ways.every_danger(here)]
    assert {(move.act, cry(move)) for move in found} == {(act, True)}
    assert not list(ways.dangers(replace(here, step="reach")))
    assert not list(ways.every_danger(replace(here, step="reach")))


@pytest.mark.parametrize(("speech", "words"), [(False, []), (True, ["(carrier_optout)", "(staff)"])])
def test_a_call_of_which_nothing_is_known_any_more_goes_on_with_anything(words: list[str], *, speech: bool) -> None:
    moves = [move for move in by_call(speech=speech).beginnings() if not cry(move)]
    assert [written(move) for move in moves] == [*LOST, *words]
    assert [move.act for move in moves[:5]] == [Act.CALL, Act.KEYS, Act.SILENCE, Act.HANG_UP, Act.NOT_BRIDGED]
    assert moves[1].heard == Heard(sign="1")
    assert [(move.act, f"({move.heard.wish})") for move in moves[5:]] == [(Act.SPEECH, one) for one in words]


def test_a_call_begins_in_the_first_language_and_goes_on_in_its_own() -> None:
    assert [done(by_call(language=one).begin()) for one in ("sv", "en")] == [("(call)",), ("(call)", "9")]
    assert done(by_call(script(language_keys={"7": "sv"}), "en").begin()) == ("(call)",)
    assert done(by_text(language="en").begin()) == ("Hello",)
    last = by_call(language="en").begin().last
    assert last
    assert last.language == "en"


PLACES = {
    ("Hej",): "now", ("Hej", "1"): "called", ("Hej", "2"): "consent", ("Hej", "2", "1"): "place",
    ("Hej", "2", "2"): "number", ("Hej", "2", "1", "Ekgatan 12"): "saved",
}  # fmt: skip


def test_each_place_is_come_to_once_on_the_shortest_way_and_everything_is_done_there() -> None:
    ways = by_text()
    below: dict[tuple[str, ...], list[str]] = {}
    for path in ways.all(step_place):
        below.setdefault(done(path)[:-1], []).append(done(path)[-1])
    every = {way: tried(ways)[name] for way, name in PLACES.items()}
    assert below == {(): BEGIN, **every}


def test_by_call_a_way_back_after_ringing_is_another_place() -> None:
    ways = {done(path) for path in by_call().all(step_place)}
    assert {("(call)", "2", "busy", "0", "2"), ("(call)", "2", "busy", "0", "1", "1")} <= ways
    assert not any(way[:3] == ("(call)", "2", "failed") for way in ways if len(way) > 3)


def test_a_script_is_shown_in_chapters_headed_by_the_way() -> None:
    first, *more = chapters(by_text().all(step_place))
    assert first.startswith(
        "# The beginning\n\n> Hej\n< [sv] 112 opening.\n< [sv] 112 now.\n  (now)\n\n> (language:en)"
    )
    assert "> (staff)\n  = Tally\n< [sv] 112 opening.\n< [sv] 112 bye.\n  (the end)" in first
    assert [one.splitlines()[0] for one in more] == [f"# {' · '.join(way)}" for way in PLACES]
    assert any(one.startswith("# Hej · 2 · 1\n\n> Ekgatan 12\n") and "  (saved, saved)" in one for one in more)


def test_a_transcript_says_who_is_rung_and_that_a_call_ends() -> None:
    ringing = next(path for path in by_call().all(step_place) if done(path) == ("(call)", "2"))
    assert transcript(ringing).splitlines()[-3:] == [
        "> 2", "< [sv] 112 connecting.", "< (rings social services, who hear: 112 whisper. 112 whisper_accept.)",
    ]  # fmt: skip
    left = next(path for path in by_call().all(step_place) if done(path) == ("(call)", "0"))
    assert transcript(left).splitlines()[-4:] == ["> 0", "  = Tally", "< [sv] 112 bye.", "< (hangs up)"]
