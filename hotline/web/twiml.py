"""Effects → what the carrier understands. Decides nothing: whatever the engine wants is written down here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never
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


def render_call(effects: Sequence[Effect], doors: CallDoors) -> bytes:
    """Speech and the one thing that follows it: listen, connect or hang up. It never ends in silence."""
    response = VoiceResponse()
    spoken: list[Say] = []
    for effect in effects:
        match effect:
            case Say():
                spoken.append(effect)
            case Ask():
                listen(response, spoken, effect, doors)
                return str(response).encode()
            case Connect():
                speak(response, spoken, doors)
                connect(response, effect, doors)
                return str(response).encode()
            case HangUp():
                break
            case FileReport() | AddToCase() | BringForward() | Tally():
                pass
            case _:
                assert_never(effect)
    speak(response, spoken, doors)
    response.hangup()
    return str(response).encode()


def speak(parent: VoiceResponse | Gather, spoken: Sequence[Say], doors: CallDoors) -> None:
    """A recorded human voice where there is one, else the carrier's."""
    for say in spoken:
        recording = doors.recording_of(say.language, say.name) if say.name else ""
        if recording:
            parent.play(recording)
        elif text := without_control(say.text):
            voice = doors.voices.get(say.language)
            # Without a language the carrier reads Swedish as if it were American.
            parent.say(text, language=LOCALES.get(say.language, say.language), voice=voice)


def listen(response: VoiceResponse, spoken: Sequence[Say], ask: Ask, doors: CallDoors) -> None:
    """Keys may be pressed while the text is still being read; silence comes to the next door, too."""
    one = ask.keys == 1
    gather = Gather(
        input="dtmf speech" if doors.speech else "dtmf",
        action=doors.next_door,
        method="POST",
        action_on_empty_result=True,
        timeout=ask.seconds,
        num_digits=1 if one else None,
        finish_on_key="" if one else "#",
        language=LOCALES.get(ask.language, ask.language) if doors.speech else None,
    )
    speak(gather, spoken, doors)
    response.append(gather)
    response.redirect(doors.next_door, method="POST")


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
