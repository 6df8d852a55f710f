"""What a word file says, as values: its classes of words, its answers, and how an entry is written.

What may enter: the shape of the data. What may not: words of a language, and files (an adapter reads those).
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# Each class is one thing that a word may mean for the question "is somebody in danger now?".
CLASSES: Mapping[str, str] = {
    "acute": "means danger by itself, in any company",
    "alarm": "means danger by itself unless the sentence is about an everyday matter",
    "choke": "choking, in any tense (also red)",
    "weapon": "a thing that is a weapon (also red); danger unless about an everyday matter",
    "tool": "a thing of everyday use that may be a weapon in a hand",
    "kill": "killing or a threat to kill (also red), where it is about a person",
    "red": "a phrase that is red by itself, such as a threat to kill",
    "attack": "unmistakable violence going on",
    "attack_past": "unmistakable violence, told in the past tense",
    "hit": "violence going on, if done to a person (the word has other senses)",
    "hit_past": "the same in the past tense",
    "cry": "cries of distress",
    "bang": "thuds, breaking things",
    "quarrel": "a loud quarrel",
    "injury": "somebody is hurt",
    "threat": "threatens",
    "die": "dies, is dying",
    "fire": "fire, petrol",
    "pills": "pills, overdose",
    "help": "a cry for help, unless help with something is meant",
    "help_with": "what follows 'help' when it is help with an errand",
    "hurry": "asks for haste, police or an ambulance",
    "fear": "is afraid; danger where somebody is the reason, or where it is all that is said",
    "trapped": "locked in, locked out, cannot get away",
    "enter": "forces a way in",
    "door": "door, window, flat that somebody forces",
    "outside": "outside a home's door",
    "alone": "left alone",
    "outdoors": "out of doors, on a balcony, in a car",
    "cold": "cold, snow, heat that endangers",
    "drunk": "drunk or drugged",
    "hold": "has in the hand, comes with",
    "silent": "does not answer, does not move, sleeps and cannot be woken",
    "here": "is near the writer now, is on the way here",
    "forbidden": "contact ban, flight from a violent person, hiding",
    "other": "another person",
    "victim": "another person as the object of a deed",
    "me": "the writer as the object of a deed",
    "self": "the writer as the doer",
    "child": "a child",
    "frail": "old, ill, pregnant or disabled",
    "female": "a woman",
    "former": "a former partner, somebody who follows",
    "det": "a word that may stand before a person's word (my, the, her)",
    "now": "says that it is now",
    "again": "says that it is happening again or getting worse",
    "past": "says that it was some time ago",
    "habit": "says that it is a habit",
    "negation": "denies what follows",
    "negation_both": "denies what follows or what stands before",
    "denial": "denies a whole clause",
    "modal": "a verb that takes the denial on itself (cannot, dare not)",
    "subject": "a pronoun that opens a new clause",
    "clause": "a word that opens a new clause",
    "but": "a word that turns a statement round",
    "over": "says that it is over, was a mistake, or that help is there",
    "quiet": "says that the noise has stopped, or that help is on its way",
    "topic": "an everyday matter",
    "asking": "a general question, not about now",
    "joke": "laughter",
    "idiom": "a harmless turn of speech; its words count for nothing",
    "polite": "greeting and filling words that add nothing",
    "neutral": "a phrase whose denial governs nothing else",
    "common": "frequent words that show the language",
    "greeting": "words by which a language is known even alone",
    "place": "words that describe a place",
    "body": "a part of the body that violence is done to",
    "pain": "sounds and signs of pain or terror",
}
GROUPS = (
    "staff", "mandated", "carrier_optout", "back", "help_question", "out_of_scope",
)  # fmt: skip
# What stands beside an answer and is none: words that choose, deny, correct or sign, more of what fills ("padding"),
# asks back, refuses a place, understands no question, or talks about a place
# (those of "whereabouts" tell one). A text of these alone may be a cry.
REPLIES = (
    "either", "denies", "corrects", "closes", "units", "padding", "asks_back", "refuses", "puzzled", "place_talk",
    "whereabouts",
)  # fmt: skip
ANSWERS = ("yes", "no", "dont_know", "or", "filler", "last", "all", "no_place", "place_words", "asks", *REPLIES)
ORDERED = ("numbers", "ordinals")


@dataclass(frozen=True, slots=True)
class Combination:
    """Classes that together mean danger: one word of each of `all_of`, none of `none_of`, within `within`."""

    name: str
    all_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...] = ()
    within: str = "clause"  # or "sentence" or "message"
    sure: bool = False  # a sure one fires in an everyday matter too
    red: bool = False


@dataclass(frozen=True, slots=True)
class WordFile:
    """One language's reviewed words; `language` is "any" for signs that all languages share."""

    language: str
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ordered: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # "numbers", "ordinals": from 1 up
    combinations: tuple[Combination, ...] = ()
    cries: tuple[str, ...] = ()  # sentences that must never be missed: proved, and shown to whoever reviews the words


def union(masks: Iterable[int]) -> int:
    """All classes that any of the words has, as bits."""
    seen = 0
    for mask in masks:
        seen |= mask
    return seen


def written_out(entry: str) -> Iterator[str]:
    """Give every form that an entry stands for: "skrik(|a|er)" stands for three; brackets may stand in brackets."""
    yield from (" ".join(form.split()) for form in _forms(entry))


def _forms(text: str) -> list[str]:
    """Give the forms of a text with bracketed choices, the first bracket first."""
    start = text.find("(")
    if start < 0:
        return [text]
    end, bars, depth = start, [start], 0
    for end in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if not depth:
            break
        if text[end] == "|" and depth == 1:
            bars.append(end)
    rests = _forms(text[end + 1 :])
    options = (text[left + 1 : right] for left, right in itertools.pairwise([*bars, end]))
    return [text[:start] + form + rest for option in options for form in _forms(option) for rest in rests]
