"""What is fuzzed, and what each must keep: given any bytes it returns, or ends with the error that it declares.

Whatever else is raised by `Target.attempt` is a fault.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree as ET

from hotline.adapters.keyring import KeyringError, fixed_ring, read_ring, ring_text
from hotline.core.effects import Ask, HangUp, Say
from hotline.core.phone import caller_of, can_be_texted, e164, number_from_keys
from hotline.core.reading import (
    Danger,
    Lexicon,
    Option,
    look_at,
    normalise,
    read_choice,
    read_danger,
    read_language,
    read_place,
    read_red,
    read_words,
)
from hotline.web.phone import LONGEST_TEXT
from hotline.web.twiml import CallDoors, render_call, render_messages
from tests.fuzz.files import FILES
from tests.web.doors import ROOT, the_scripts

E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
LAST_WORDS = "\n\nhan slår henne nu"
OPTIONS = (Option("1", ("pågår", "just nu")), Option("2", ("igår", "tidigare")), Option("3", ("vet inte",)))


@dataclass(frozen=True)
class Target:
    """`seeds`: what is real. `attempt`: raises what should not be."""

    name: str
    about: str
    seeds: Sequence[bytes]
    attempt: Callable[[bytes], object]


def text_of(told: bytes) -> str:
    """Any bytes as a text, with half letters where they are no text: so does a form."""
    return told.decode("utf-8", "surrogatepass" if b"\xed" in told and _decodes(told) else "replace")


def _decodes(told: bytes) -> bool:
    try:
        told.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


@cache
def lexicon() -> Lexicon:
    return the_scripts().current.lexicon


def reading(told: bytes) -> None:
    """Read the same twice; a cry in a sentence of its own is heard whatever stands before it in a text message."""
    text, words = text_of(told), lexicon()
    found = read_danger(words, text)
    assert found == read_danger(words, text)
    assert found is None or isinstance(found, Danger)
    assert normalise(normalise(text)) == normalise(text)
    assert read_danger(words, text[: LONGEST_TEXT - len(LAST_WORDS)] + LAST_WORDS), "a cry was lost"
    look_at(words, text)
    read_red(words, text)
    read_place(words, text)
    assert read_language(words, text) in {None, *words.languages}
    assert read_words(words, text, words.groups) in {"", *words.groups}
    for language in ("sv", "fi", "en", "xx"):
        read_choice(words, language, text, OPTIONS, yes_no=language == "fi")


def numbers(told: bytes) -> None:
    """A number or none; read again it is the same."""
    text = text_of(told)
    for found in (e164(text), caller_of(text), number_from_keys(text)):
        assert found is None or E164.fullmatch(found), found
    number = e164(text)
    assert number is None or e164(number) == number
    can_be_texted(text)


def twiml(told: bytes) -> None:
    """Whatever is said, the answer is one whole document, and never silent."""
    text = text_of(told)
    (root, messages) = (ET.fromstring(render_messages([Say(text, "sv")])), "Message")  # noqa: S314 - our own answer
    assert {one.tag for one in root} <= {messages}
    doors = CallDoors(next_door=f"https://hotline.example.org/{len(text)}")
    for last in (HangUp(), Ask("sv")):
        spoken = ET.fromstring(render_call([Say(text, "sv"), last], doors))  # noqa: S314 - our own answer
        assert [one.tag for one in spoken][-1] in {"Hangup", "Redirect"}


def ring(told: bytes) -> None:
    """The file of keys, or keys in a variable: what is read is written as it was, and no complaint shows a key."""
    text = told.decode("ascii", "replace")
    for read in (written_again, fixed_ring):
        try:
            read(text)
        except KeyringError as fault:
            must_be_short(str(fault))


def written_again(text: str) -> None:
    found = read_ring(text)
    assert read_ring(ring_text(found)) == found


def must_be_short(said: str) -> None:
    assert len(said) < 120, "it repeats what it was given"


def _messages() -> list[bytes]:
    path = ROOT / "tests" / "core" / "reading" / "understanding.jsonl"
    rows = path.read_text(encoding="utf-8").splitlines()[::40]
    return [row.encode().decode("unicode_escape", "replace").encode("utf-8", "replace")[:200] for row in rows]


CHAIN = "chain smedjebacken 2026-11-20 MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE"
RING = f"""# hotline keyring 1
key a1b2c3d4 2026-11-23T12:00:00+00:00 MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE
{CHAIN}
day smedjebacken 2026-11-19 MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE
"""
NUMBERS = (b"0240-660 335", b"+46240660335", b"070-174 06 12", b"0046701740612#", b"*46701740612", b"112", b"266696687")

TARGETS = {
    target.name: target
    for target in (
        Target("reading", "what a caller writes, understood", _messages(), reading),
        Target("numbers", "a telephone number, however it is written or typed", NUMBERS, numbers),
        Target("twiml", "a text, in the carrier's markup", [b"Ring 112.", b"<Say>&amp;</Say>", b"]]>"], twiml),
        Target("keyring", "a keyring file, or keys in a variable", [RING.encode(), CHAIN[-43:].encode()], ring),
        *(Target(one.name, one.about, one.seeds(), one.attempt) for one in FILES),
    )
}
