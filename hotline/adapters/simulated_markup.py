"""TwiML as values: what the simulated telephones are told to do. What may not enter: calls, telephones, transport.

Only what the hotline's own doors answer is read (https://www.twilio.com/docs/voice/twiml); an unknown verb is an error,
so that the simulator never hides a verb that nobody thought of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # only the hotline's own doors write what is read here  # nosec B405


@dataclass(frozen=True)
class Speak:
    """A spoken sentence (`language` as in BCP 47, "sv-SE"), or a recording at the address `recording`."""

    text: str
    language: str = ""
    recording: str = ""


@dataclass(frozen=True)
class Listen:
    """Waits for keys: for `keys` of them (0: until `finish`); `always`: silence is posted, too."""

    prompts: tuple[Speak, ...]
    action: str
    keys: int
    finish: str
    always: bool
    speech: bool


@dataclass(frozen=True)
class Go:
    """The next document is at this address."""

    to: str


@dataclass(frozen=True)
class Ring:
    """Rings `number` for `seconds`; it first hears the document at `whisper`. The result is posted to `action`."""

    number: str
    caller_id: str
    whisper: str
    action: str
    seconds: int


@dataclass(frozen=True)
class End:
    """The line is cut."""


Verb = Speak | Listen | Go | Ring | End


class UnknownVerbError(ValueError):
    """A door answered something that the simulated carrier cannot do."""


def messages_of(markup: bytes) -> list[str]:
    """The texts that go back to a sender; none for an empty answer."""
    root = _root(markup)
    return ["".join(message.itertext()).strip("\n") for message in root.iter("Message")]


def verbs_of(markup: bytes) -> list[Verb]:
    """What a call is told to do, in order. Raises UnknownVerbError."""
    return [verb for element in _root(markup) for verb in _verbs(element)]


def _root(markup: bytes) -> ET.Element:
    if not markup.strip():
        return ET.Element("Response")  # an empty 200 or 204 is an empty document
    try:
        return ET.fromstring(markup)  # noqa: S314 - only the hotline's own doors write it  # nosec B314
    except ET.ParseError as error:
        raise UnknownVerbError(f"this is no TwiML: {error}") from error


def _verbs(element: ET.Element) -> Iterator[Verb]:
    match element.tag:
        case "Say" | "Play":
            yield _speak(element)
        case "Gather":
            yield _listen(element)
        case "Redirect":
            yield Go((element.text or "").strip())
        case "Dial":
            yield _ring(element)
        case "Hangup" | "Reject":
            yield End()
        case "Pause":
            return
        case _:
            raise UnknownVerbError(f"the simulated carrier cannot do <{element.tag}>")


def _speak(element: ET.Element) -> Speak:
    said = " ".join("".join(element.itertext()).split())
    if element.tag == "Play":
        return Speak("", recording=said)
    return Speak(said, element.get("language", ""))


def _listen(element: ET.Element) -> Listen:
    return Listen(
        prompts=tuple(_speak(child) for child in element if child.tag in {"Say", "Play"}),
        action=element.get("action", ""),
        keys=int(element.get("numDigits", "0")),
        finish=element.get("finishOnKey", "#"),
        always=element.get("actionOnEmptyResult", "") == "true",
        speech="speech" in element.get("input", "dtmf"),
    )


def _ring(element: ET.Element) -> Ring:
    number = element.find("Number")
    told = element if number is None else number
    return Ring(
        number="".join((told.text or "").split()),
        caller_id=element.get("callerId", ""),
        whisper="" if number is None else number.get("url", ""),
        action=element.get("action", ""),
        seconds=int(element.get("timeout", "30")),
    )
