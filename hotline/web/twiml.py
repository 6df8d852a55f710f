"""Effects → what the carrier understands. Decides nothing: whatever the engine wants is written down here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, assert_never
from unicodedata import category

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from hotline.core.effects import AddToCase, Ask, BringForward, Connect, Effect, FileReport, HangUp, Say, Tally

LOCALES = {"sv": "sv-SE", "fi": "fi-FI", "en": "en-GB"}
RING_SECONDS = 20
UNSPEAKABLE = frozenset({"Cc", "Cs", "Cn"})  # control, half a letter, no letter


@dataclass(frozen=True)
class CallDoors:
    """Where a call goes on. `next_door`: address asked after this answer. `whisper_door`: for whoever picks up.

    `line`: the number dialled, shown to social services instead of the caller's. `telephone`: social services.
    `recording_of`: (language, text's name) → address of a recording, or "". `speech`: spoken answers are taken, too.
    """

    next_door: str
    line: str = ""
    telephone: str = ""
    whisper_door: Callable[[Connect], str] = field(default=lambda _: "")
    voices: Mapping[str, str] = field(default_factory=dict)
    recording_of: Callable[[str, str], str] = field(default=lambda _language, _name: "")
    speech: bool = False


def without_control(text: str) -> str:
    """XML cannot hold control characters: one of them would silence the whole answer."""
    if not text.replace("\n", "").isprintable():
        text = "".join(letter for letter in text if letter in "\n\t" or category(letter) not in UNSPEAKABLE)
    return text.strip()


def render_messages(effects: Sequence[Effect]) -> bytes:
    """Each Say is one message, in order. What concerns calls, and rows, is nothing here."""
    return messages(tuple(effect.text for effect in effects if isinstance(effect, Say)))


@lru_cache(maxsize=512)
def messages(texts: tuple[str, ...]) -> bytes:
    """Remembered: what we say is much the same each time, and nothing in it was said by anybody else."""
    response = MessagingResponse()
    for text in filter(None, map(without_control, texts)):
        response.message(text)
    return str(response).encode()


class Spoken(NamedTuple):
    """One paragraph: a recorded human voice where there is one (its address), else the carrier's."""

    text: str
    language: str
    voice: str | None
    recording: str


def spoken_of(say: Say, doors: CallDoors) -> Spoken:
    """As it is said in this municipality."""
    recording = doors.recording_of(say.language, say.name) if say.name else ""
    # Without a language the carrier reads Swedish as if it were American.
    language, voice = LOCALES.get(say.language, say.language), doors.voices.get(say.language)
    return Spoken(without_control(say.text), language, voice, recording)


def speak(parent: VoiceResponse | Gather, spoken: Sequence[Spoken]) -> None:
    """What has no words is not said."""
    for one in spoken:
        if one.recording:
            parent.play(one.recording)
        elif one.text:
            parent.say(one.text, language=one.language, voice=one.voice)


Listening = Callable[[tuple[Spoken, ...], Ask, str, bool], bytes]


def listen(spoken: tuple[Spoken, ...], ask: Ask, next_door: str, speech: bool) -> bytes:  # noqa: FBT001 - as it is remembered
    """Keys may be pressed while the text is still being read; silence comes to the next door, too."""
    one, response = ask.keys == 1, VoiceResponse()
    gather = Gather(
        input="dtmf speech" if speech else "dtmf",
        action=next_door,
        method="POST",
        action_on_empty_result=True,
        timeout=ask.seconds,
        num_digits=1 if one else None,
        finish_on_key="" if one else "#",
        language=LOCALES.get(ask.language, ask.language) if speech else None,
    )
    speak(gather, spoken)
    response.append(gather)
    response.redirect(next_door, method="POST")
    return str(response).encode()


# Remembered, as `messages`: for the script's own words, and never for a case that is read to an officer.
listen_again = lru_cache(maxsize=512)(listen)


def render_call(effects: Sequence[Effect], doors: CallDoors, listening: Listening = listen) -> bytes:
    """Speech and the one thing that follows it: listen, connect or hang up. It never ends in silence.

    `listening`: how a question is written down (`listen`).
    """
    response = VoiceResponse()
    spoken: list[Spoken] = []
    for effect in effects:
        match effect:
            case Say():
                spoken.append(spoken_of(effect, doors))
            case Ask():
                return listening(tuple(spoken), effect, doors.next_door, doors.speech)
            case Connect():
                speak(response, spoken)
                connect(response, effect, doors)
                return str(response).encode()
            case HangUp():
                break
            case FileReport() | AddToCase() | BringForward() | Tally():
                pass
            case _:
                assert_never(effect)
    speak(response, spoken)
    response.hangup()
    return str(response).encode()


def connect(response: VoiceResponse, effect: Connect, doors: CallDoors) -> None:
    """To social services, under our own number: the caller's never shows. Nothing is recorded."""
    dial = Dial(
        action=doors.next_door,
        method="POST",
        caller_id=doors.line,
        timeout=RING_SECONDS,
        record="do-not-record",
        answer_on_bridge=True,
    )
    dial.number(doors.telephone, url=doors.whisper_door(effect), method="POST")
    response.append(dial)


def through() -> bytes:
    """For whoever picked up and took the call: no more words, and the carrier joins the two."""
    return str(VoiceResponse()).encode()
