"""What must hold of every answer, in other words than the proof's, and texts to try it with."""

from datetime import UTC, datetime
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st

from hotline.adapters.flow_files import load_script
from hotline.adapters.municipality_files import load_municipalities
from hotline.core.conversation import Conversation
from hotline.core.effects import Ask, Connect, Effect, HangUp, Say
from hotline.core.engine import resume
from hotline.core.exploring import CALLER, Ways, step_place
from hotline.core.flow import Kind
from hotline.core.opening import Moment
from hotline.core.turn import Act, Channel, Turn
from tests.proof.fault import FLOWS, lexicon

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
Effects = tuple[Effect, ...]
Places = tuple[Conversation | None, ...]
SAYINGS = (
    "Hej", "ja", "nej", "vet inte", "?", "1", "2", "3", "4", "6", "7", "8", "9", "0", "10", "1 2", "1#", "0#",
    "070-174 06 55", "Ekgatan 12, Smedjebacken", "barn", "English", "suomeksi", "STOPP", "vem är det?",
    "jag jobbar på Bärkehus", "jag är lärare", "hög musik", "hjälp", "han slår henne nu",
    "mies lyö vaimoaan nyt", "he is hitting her now", "النجدة", "помогите", "🆘", "han har kniv", "3 nej 4",
    "\xe9\u0301", "\u202e211\u202c", "\x00", " \t\n", "",
)  # fmt: skip


class Somewhere(NamedTuple):
    """What `Ways` are made for, and the number of a place in them; short, so that a failing example can be read."""

    language: str
    channel: Channel
    office_open: bool
    caller: str | None
    place: int

    @property
    def ways(self) -> Ways:
        return ways_of(self.language, self.channel, self.caller, office_open=self.office_open)

    @property
    def here(self) -> Conversation | None:
        """Nothing yet, or one of the conversations that the transcripts show."""
        places = places_of(self.language, self.channel, self.caller, office_open=self.office_open)
        return places[self.place % len(places)]


def texts() -> st.SearchStrategy[str]:
    """Letters of many scripts, digits, signs that nobody sees, long, or nothing; and what people write."""
    known = st.sampled_from(SAYINGS)
    unseen = st.text(st.characters(categories=["Cc", "Cf", "Co", "Mn", "Nd", "So", "Zl", "Zs"]), max_size=40)
    anything = st.text(max_size=160)
    long = known.map(lambda text: (text * 600)[:600])
    mixed = st.lists(known | anything | unseen, max_size=3).map(" ".join)
    return known | mixed | mixed | mixed | long


@cache
def ways_of(language: str, channel: Channel, caller: str | None, *, office_open: bool) -> Ways:
    """Made once: everything in it is read only."""
    municipality = load_municipalities(FLOWS / "municipalities")["smedjebacken"]
    return Ways(load_script(FLOWS, lexicon()), municipality, language, channel, office_open, caller)


@cache
def places_of(language: str, channel: Channel, caller: str | None, *, office_open: bool) -> Places:
    ways = ways_of(language, channel, caller, office_open=office_open)
    return None, *{path.last: None for path in ways.all(step_place) if path.last}


def somewhere() -> st.SearchStrategy[Somewhere]:
    """Any language, channel, hour and place, with a number or without."""
    languages, channels = st.sampled_from(("sv", "fi", "en")), st.sampled_from(Channel)
    return st.builds(
        Somewhere, languages, channels, st.booleans(), st.sampled_from((CALLER, None)), st.integers(0, 2**10)
    )


def said(effects: Effects) -> list[str]:
    return [effect.text for effect in effects if isinstance(effect, Say)]


def moment(ways: Ways, act: Act, text: str) -> Moment:
    turn = Turn(ways.channel, act, AT, text, ways.caller, ways.office_open)
    return Moment(ways.script, ways.municipality, turn, "K7Q2")


def hold(ways: Ways, act: Act, here: Conversation | None, there: Conversation | None, effects: Effects) -> None:
    """Of every answer: something is said, little is sent, a call goes on or ends, nothing told is forgotten."""
    if act not in (Act.HANG_UP, Act.BRIDGED):
        assert any(text.strip() for text in said(effects))
        assert not ways.voice or isinstance(effects[-1], Ask | Connect | HangUp)
        assert ways.voice or len(said(effects)) <= 2
    if here and there and not (here.complete and not there.complete):
        assert here.flags <= there.flags
        assert here.reference in ("", there.reference)
    if there:
        assert Conversation.from_text(there.to_text()) == there


def warned(there: Conversation | None, effects: Effects) -> bool:
    """112 stands at the beginning of the answer, and it is known that it goes on."""
    return "112" in said(effects)[0][:40] and there is not None and "going_on" in there.flags


def is_ringing(ways: Ways, here: Conversation | None) -> bool:
    """The telephone of social services rings: the caller hears nothing and is not heard."""
    return here is not None and ways.script.steps[here.step].kind is Kind.CONNECT


def ended(ways: Ways, here: Conversation | None, act: Act, text: str = "") -> bool:
    """Whether who does the same again and again, and is never put through, comes to an end."""
    for _ in range(ways.script.bounds.turns):
        if here is None or here.complete:
            return True
        done = (Act.NOT_BRIDGED, "busy") if is_ringing(ways, here) else (act, text)
        here, _effects = resume(moment(ways, *done), here)
    return here is None or here.complete


def can_end(ways: Ways, here: Conversation | None) -> bool:
    """Pressing 0 leads out of everything; and whoever falls silent, or presses what nobody asked for, is let go."""
    if not ways.voice:
        return ended(ways, here, Act.TEXT, "0")
    return all(ended(ways, here, *each) for each in ((Act.KEYS, "0"), (Act.SILENCE, ""), (Act.KEYS, "5")))
