"""What counts of a text and what does not, on few words: how far a denial, a time, a joke or a topic reaches."""

import pytest

from hotline.core.reading import Combination, WordFile, compile_lexicon, read_danger, read_red
from hotline.core.reading.danger import features_in
from hotline.core.reading.weighing import FIRED, FIRED_SURELY

SV = WordFile("sv", {
    "acute": ("dör", "brinner"), "alarm": ("larm", "stor eldsvåda", "stor eldsvåda här inne"),
    "weapon": ("kniv",), "choke": ("stryper",), "hit": ("slår",),
    "hit_past": ("slog",), "attack": ("misshandlar",), "die": ("dör",), "quarrel": ("bråkar",), "fire": ("rök",),
    "victim": ("henne",), "me": ("mig",), "other": ("han",), "child": ("barn",), "help": ("hjälp",),
    "help_with": ("med",), "hurry": ("skynda",), "fear": ("rädd",), "negation": ("inte",),
    "negation_both": ("aldrig",), "denial": ("osant",), "modal": ("kan",), "subject": ("hon",), "clause": ("medan",),
    "but": ("men",), "now": ("nu",), "again": ("igen",), "past": ("igår",), "habit": ("brukar",), "over": ("slut",),
    "quiet": ("tyst",), "topic": ("tvätt",), "asking": ("undrar",), "joke": ("haha",), "polite": ("snälla",),
    "place": ("vid stor eldsvåda hemma",),
    "det": ("min",), "tool": ("stekpanna",), "red": ("mordhot",), "greeting": ("hej",),
}, answers={"no": ("rök",)}, combinations=(
    Combination("hits", (("hit",), ("victim", "me", "child")), none_of=("topic",)),
    Combination("hit before", (("hit_past",), ("victim",))),
    Combination("tool", (("tool",), ("hit",)), within="sentence", red=True),
    Combination("noise", (("quarrel",), ("child",)), within="message", sure=True),
))  # fmt: skip
LEXICON = compile_lexicon({"sv": SV})

DANGER = {
    "a denial ends with its clause, its sentence, a new subject or after six words": (
        "inte, han slår henne", "inte. han slår henne", "inte medan han slår henne", "inte hon slår henne",
        "inte a b c d e f kniv", "osant medan kniv",
    ),
    "a denial that looks back stops at four words, a verb of its own or another word": (
        "slår henne a aldrig", "slår henne kan aldrig", "kniv han han han han aldrig", "kniv, aldrig",
        "henne aldrig a b c d e f kniv", "kniv inte", "slår henne inte", "kniv henne slår aldrig",
    ),
    "what is past is past in its clause, and what is told in the past in its sentence": (
        "igår. han slog henne", "igår, han slår henne", "igår nu han slår henne", "igår, han slog henne nu",
        "slog henne", "slår henne igen, igår",
    ),
    "a habit is none of what is said to be now": ("han brukar slår henne nu", "brukar, slår henne. igen",
                                                  "brukar, slår henne"),
    "what is over ends before a but": ("slut men han slår henne", "slut men kniv"),
    "silence ends noise alone": ("tyst han slår henne", "bråkar barn", "tyst. kniv"),
    "a joke reaches through its sentence, and only killing or an everyday matter": (
        "brinner haha", "dör. haha", "kniv. haha", "misshandlar haha",
    ),
    "an everyday matter reaches through its sentence, not beyond a but": (
        "tvätt. kniv", "tvätt men kniv", "tvätt misshandlar", "tvätt brinner", "undrar. kniv", "tvätt. hjälp",
        "barn bråkar tvätt", "tvätt, slår. slår henne",
    ),
    "help is a cry unless it is for an errand, or among many other words": (
        "hjälp", "hjälp mig", "hjälp. med", "hjälp mig. med", "hjälp, med tvätten", "a b c d hjälp", "mig hjälp snälla",
        "hjälp min mig med", "hjälp han med", "a b c hej han henne min barn hjälp d",
    ),
    "haste or fear alone is a cry of five words at most": (
        "skynda", "rädd", "skynda snälla", "skynda snälla mig nu nu", "hjälp skynda",
    ),
    "words of danger alone are meant": ("slår", "bråkar", "slår slår", "slår barn nu", "bråkar henne"),
    "a phrase is told by all of its words": ("stor eldsvåda", "inte. stor eldsvåda", "stor eldsvåda. kniv aldrig"),
    "a combination stands in its clause, its sentence or the message": (
        "han slår henne", "stekpanna, slår", "bråkar. a. barn", "slår henne. tvätt",
    ),
}  # fmt: skip
CALM = {
    "denied": (
        "inte kniv", "inte a b c d e kniv", "aldrig kniv", "kniv aldrig", "kniv han han han aldrig", "osant hon kniv",
        "slår henne aldrig", "osant a b c d e f g kniv", "inte han slår henne", "inte hon inte slår henne",
        "henne slår aldrig",
    ),
    "a phrase of which one word is denied": ("stor eldsvåda aldrig", "inte stor eldsvåda", "inte här stor eldsvåda"),
    "past, a habit, over": (
        "slår henne igår", "igår, han slog henne", "brukar slår henne", "kniv slut", "slut kniv", "slår henne. slut",
        "kniv men slut", "slog henne igår", "igår han slog henne. igår, slår barn igår",
    ),
    "quiet": ("bråkar barn tyst", "tyst. bråkar. barn"),
    "a joke": ("dör haha", "haha han dör", "brinner haha tvätt", "haha. dör haha", "kniv haha"),
    "an everyday matter": (
        "tvätt kniv", "kniv tvätt", "kniv, tvätt", "undrar kniv", "tvätt larm", "slår henne tvätt", "hjälp tvätt",
        "larm undrar", "tvätt, slår henne", "slår henne, tvätt",
    ),
    "an errand, or a story": (
        "hjälp med", "hjälp mig med", "a b c d e hjälp", "hjälp a b c d e",
    ),
    "many words of haste": ("skynda snälla mig nu nu nu", "snälla mig nu", "skynda a"),
    "more than three bare words, an answer, or words that are no danger": (
        "slår slår slår slår", "rök", "min barn", "slår a", "barn",
    ),
    "apart": ("slår a, henne", "stekpanna. slår", "slår a. henne"),
}  # fmt: skip


def each(kinds: dict[str, tuple[str, ...]]) -> list[str]:
    return [text for texts in kinds.values() for text in texts]


@pytest.mark.parametrize("text", each(DANGER))
def test_it_counts(text: str) -> None:
    assert read_danger(LEXICON, text)


@pytest.mark.parametrize("text", each(CALM))
def test_it_does_not_count(text: str) -> None:
    assert read_danger(LEXICON, text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("hej han slår henne nu", "slar henne"), ("henne han a slår", "henne slar"), ("a kniv", "kniv"),
     ("a hjälp mig", "hjalp"), ("barn a. bråkar", "barn brakar"),
     ("a stor eldsvåda", "stor eldsvada"), ("stor eldsvåda här inne nu", "stor eldsvada har inne"),
     ("vid stor eldsvåda hemma", "stor eldsvada"), ("kniv stor eldsvåda", "kniv")],
)  # fmt: skip
def test_the_words_that_told_it_are_named(text: str, words: str) -> None:
    danger = read_danger(LEXICON, text)
    assert danger
    assert danger.evidence == words


@pytest.mark.parametrize(
    ("text", "red"),
    [("stekpanna slår", True), ("stekpanna. slår", False), ("stekpanna", False), ("tvätt stekpanna slår", False),
     ("kniv igår", True), ("kniv tvätt", False), ("inte kniv", False), ("mordhot", True), ("stryper", True),
     ("slår henne", False), ("bråkar barn", False), ("igår stekpanna slår", True)],
)  # fmt: skip
def test_what_is_red_was_so_whenever_it_was(text: str, *, red: bool) -> None:
    assert read_red(LEXICON, text) is red


@pytest.mark.parametrize(
    ("text", "sure"), [("stryper", True), ("mordhot", True), ("dör", False), ("kniv", False), ("bråkar a b barn", True),
                       ("slår henne", False)],
)  # fmt: skip
def test_what_is_danger_whatever_else_is_spoken_of_is_weighed_as_such(text: str, *, sure: bool) -> None:
    features = features_in(LEXICON, "sv", text).kinds
    assert (FIRED_SURELY in features, FIRED in features) == (sure, not sure)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [("han slår henne", {"{other}", "{hit}", "{victim}", "{other>hit}", "{hit>victim}", "{rule}"}),
     ("inte kniv", {"{negation}", "{not weapon}"}), ("hund kniv", {"{weapon}", "{rule}"}),
     ("snälla hund", set()), ("kniv hund han", {"{weapon}", "{other}", "{rule}"})],
)  # fmt: skip
def test_what_words_are_is_weighed_with_their_neighbours_and_what_was_taken_away(text: str, kinds: set[str]) -> None:
    assert features_in(LEXICON, "sv", text).kinds == kinds
