"""Answers one question about a text: is somebody, or may somebody be, in danger now?

What may enter: which meanings together are danger. What may not: words of a language (the word files have them)
and what follows from danger (the script decides). Nothing here is stored or logged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lexicon import ANY, BIT, Lexicon, Rule, bits
from .normalise import normalise
from .scope import DANGER, Scene, read_scene
from .senses import Sense, find_plain, find_slotted, read_senses
from .tokens import Tokens, cut

_SURE = bits(("acute", "choke", "red", "attack"))
_UNSURE = bits(("alarm", "weapon"))
_RED = bits(("choke", "weapon", "red"))
_FIRES = _SURE | _UNSURE | BIT["help"]
_GUARD = bits(("topic", "asking", "joke"))
_FIGURE = bits(("kill", "die", "help"))
_JOKE = BIT["joke"]
_TOPIC = BIT["topic"]
_HURRY = bits(("hurry", "fear"))
_ALONE = bits(("hurry", "fear", "help", "polite", "me", "now", "self"))
_HELP = BIT["help"]
_ERRAND = BIT["help_with"]
_LIGHT = bits(
    ("polite", "help", "me", "now", "hurry", "acute", "greeting", "other", "victim", "female", "child", "det")
)
_TELLING = DANGER
# Nobody sends such a word alone unless it is meant: who writes "blood" or "hits hits" has no time for more.
_BARE = bits(("hit", "cry", "injury", "fire", "die", "kill", "threat", "quarrel"))
_BARE_LONGEST = 3
_NEAR_BEST = 0.8
_LESSER = 3  # a language with less than a third of the best one's words is only touched, not written
_SHORT = 4
_LONGEST = 2000  # signs: a text message has at most 1600, and nobody's text gets more time than that


@dataclass(frozen=True)
class Danger:
    """Somebody is, or may be, in danger now; `evidence` is for tools and tests, never stored and never logged."""

    languages: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Hit:
    """The words of a text that mean danger in one language."""

    at: tuple[int, ...]


def tokens_of(lexicon: Lexicon, text: str) -> Tokens:
    """Normalise and cut a text; what lies beyond the length of any message is not read."""
    return cut(normalise(text[:_LONGEST]), lexicon.unspaced)


@dataclass(frozen=True, slots=True)
class _Look:
    """All languages' readings of one text, and how much of it each knows."""

    tokens: Tokens
    senses: list[Sense]
    share: list[float]
    best: int

    def scenes(self) -> Iterator[tuple[int, Sense, Scene]]:
        """Give number, reading and scene of each language that has anything to tell."""
        for number, sense in enumerate(self.senses):
            if _may_tell(sense, self.tokens.words):
                find_slotted(sense, self.tokens.words, self.tokens.sentences)
                yield number, sense, read_scene(sense, self.tokens)


def _look(lexicon: Lexicon, text: str) -> _Look:
    tokens = tokens_of(lexicon, text)
    senses = with_signs(read_senses(lexicon, tokens.words))
    share = coverage(senses)
    find_plain(lexicon, senses, tokens.words, tokens.sentences)
    return _Look(tokens, senses, share, max(range(len(senses)), key=share.__getitem__, default=0))


def read_danger(lexicon: Lexicon, text: str) -> Danger | None:
    """Give the danger that a text tells of, in whatever language, or None."""
    look = _look(lexicon, text)
    found = []
    for number, sense, scene in look.scenes():
        hit = _first(_hits(lexicon, sense, scene, look.tokens), look, number)
        if hit:
            found.append((-look.share[number], number, hit))
    if not found:
        return None
    found.sort(key=lambda item: item[:2])
    names = tuple(
        lexicon.languages[number]
        for negative, number, _ in found
        if lexicon.languages[number] != ANY and -negative >= _NEAR_BEST * look.share[look.best]
    )
    return Danger(names, " ".join(look.tokens.words[at] for at in found[0][2].at))


def read_red(lexicon: Lexicon, text: str) -> bool:
    """Say whether a weapon, choking or a threat to kill is told of, in any tense, and not denied."""
    look = _look(lexicon, text)
    return any(
        _first(_red_hits(lexicon, scene, look.tokens), look, number) is not None for number, _, scene in look.scenes()
    )


def _may_tell(sense: Sense, words: Sequence[str]) -> bool:
    """Say whether this language has anything to look for in these words."""
    phrases = sense.tongue.phrases
    return any(mask & _TELLING for mask in sense.masks) or any(word in phrases for word in words)


def with_signs(senses: list[Sense]) -> list[Sense]:
    """Give every language the signs that all share (emoji), and keep their own reading last."""
    signs = senses[-1].masks if senses and senses[-1].tongue.name == ANY else []
    if any(signs):
        for sense in senses[:-1]:
            if any(sense.masks):
                sense.masks[:] = [mask | sign for mask, sign in zip(sense.masks, signs, strict=True)]
    return senses


def coverage(senses: Sequence[Sense]) -> list[float]:
    """Give for each language how much of the text it knows."""
    return [0.0 if sense.tongue.name == ANY else float(sum(1 for mask in sense.masks if mask)) for sense in senses]


def _first(hits: Iterator[Hit], look: _Look, number: int) -> Hit | None:
    """Give the first hit that is no accident of another language's words."""
    near_best = look.share[number] >= _NEAR_BEST * look.share[look.best]
    return next((hit for hit in hits if near_best or _stands_out(hit, look, number)), None)


def _stands_out(hit: Hit, look: _Look, number: int) -> bool:
    """Say whether words in a lesser language of a text are that language's: not a chance word.

    A single Latin word may be an accident ("secure" is an axe in Romanian); one in its own script is none.
    """
    strange = [at for at in hit.at if not look.senses[look.best].masks[at]]
    alone = len(hit.at) == 1 and look.tokens.words[hit.at[0]].isascii()
    return bool(strange) and not (alone and look.share[number] * _LESSER < look.share[look.best])


def _hits(lexicon: Lexicon, sense: Sense, scene: Scene, tokens: Tokens) -> Iterator[Hit]:
    guarded = _guarded(scene, tokens.sentences)
    for at, mask in enumerate(scene.masks):
        if not mask & _FIRES:
            continue
        if mask & _SURE or (mask & _UNSURE and not guarded[at]):
            whole = _whole(sense, at, mask & (_SURE | _UNSURE))
            if not _is_joke(scene.masks, whole, tokens.sentences):
                yield Hit(whole)
        elif mask & _HELP and not guarded[at] and _is_cry(scene.masks, at, tokens):
            yield Hit((at,))
    if (
        all(mask & _ALONE for mask in scene.masks)
        and any(mask & _HURRY for mask in scene.masks)
        and len(scene.masks) <= _SHORT + 1
    ):
        yield Hit((0,))
    if _is_bare(lexicon, scene.masks, tokens):
        yield Hit((0,))
    seen = _union(scene.masks)
    for rule in lexicon.rules:
        if all(seen & need for need in rule.needs):
            yield from _by_rule(rule, scene.masks, scene.clauses, tokens, None if rule.sure else guarded)


def _is_bare(lexicon: Lexicon, masks: Sequence[int], tokens: Tokens) -> bool:
    """Say whether a text is nothing but words of danger, none of which is an answer in any language."""
    if len(masks) > _BARE_LONGEST or not all(mask & (_BARE | _LIGHT) for mask in masks):
        return False
    deeds = [word for word, mask in zip(tokens.words, masks, strict=True) if mask & _BARE]
    return bool(deeds) and not any(
        word in forms
        for word in deeds
        for tongue in lexicon.tongues
        for forms in (*tongue.answers.values(), *tongue.ordered.values())
    )


def _is_joke(masks: Sequence[int], at: Sequence[int], sentences: Sequence[int]) -> bool:
    """Say whether killing or dying is laughed about in the same sentence ("mum will kill me haha")."""
    beside = _union([mask for mask, sentence in zip(masks, sentences, strict=True) if sentence == sentences[at[0]]])
    figure = any(masks[place] & _FIGURE for place in at)
    return bool(beside & _JOKE) and (figure or bool(beside & _TOPIC))


def _red_hits(lexicon: Lexicon, scene: Scene, tokens: Tokens) -> Iterator[Hit]:
    guarded = _guarded(scene, tokens.sentences)
    for at, mask in enumerate(scene.told):
        if mask & _RED and not guarded[at]:
            yield Hit((at,))
    seen = _union(scene.told)
    for rule in lexicon.rules:
        if rule.red and all(seen & need for need in rule.needs):
            yield from _by_rule(rule, scene.told, scene.clauses, tokens, guarded)


def _union(masks: Sequence[int]) -> int:
    seen = 0
    for mask in masks:
        seen |= mask
    return seen


def _whole(sense: Sense, at: int, meaning: int) -> tuple[int, ...]:
    spans = [span for span in sense.spans if span.start <= at < span.end and span.meaning & meaning]
    longest = max(spans, key=lambda span: span.end - span.start, default=None)
    return tuple(range(longest.start, longest.end)) if longest else (at,)


def _guarded(scene: Scene, sentences: Sequence[int]) -> list[bool]:
    """Mark the words that stand with an everyday matter, in its sentence and not beyond a "but"."""
    everyday = {
        (sentence, turn)
        for mask, sentence, turn in zip(scene.masks, sentences, scene.turns, strict=True)
        if mask & _GUARD
    }
    return [(sentence, turn) in everyday for sentence, turn in zip(sentences, scene.turns, strict=True)]


def _is_cry(masks: Sequence[int], at: int, tokens: Tokens) -> bool:
    """Tell a cry for help from a request for help with something."""
    following = masks[at + 1] if at + 1 < len(masks) and tokens.parts[at + 1] == tokens.parts[at] else 0
    if following & _ERRAND:
        return False
    if (
        following & BIT["me"]
        and at + 2 < len(masks)
        and masks[at + 2] & _ERRAND
        and tokens.parts[at + 2] == tokens.parts[at]
    ):
        return False
    others = sum(1 for mask in masks if not mask & _LIGHT)
    return others <= _SHORT


def _by_rule(
    rule: Rule, masks: Sequence[int], clauses: Sequence[int], tokens: Tokens, guarded: Sequence[bool] | None
) -> Iterator[Hit]:
    regions: Sequence[int] = {"clause": clauses, "sentence": tokens.sentences}.get(rule.within, [0] * len(masks))
    for region in dict.fromkeys(regions):
        inside = [at for at, number in enumerate(regions) if number == region]
        if any(masks[at] & rule.without for at in inside) or (guarded and all(guarded[at] for at in inside)):
            continue
        places = [next((at for at in inside if masks[at] & need), -1) for need in rule.needs]
        if -1 not in places and not (guarded and guarded[places[0]]):
            yield Hit(tuple(sorted(set(places))))
