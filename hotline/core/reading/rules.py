"""Which meanings together are danger: the rules, in whatever language the words are.

What may enter: a reading of a text, with what does not count taken away (`scope`). What may not: words of a
language (the word files have them), and how much a word weighs (`weighing`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lexicon import BIT, Lexicon, Rule, bits
from .scope import Scene
from .senses import Sense
from .tokens import Tokens
from .words import union

_SURE = bits(("acute", "choke", "red", "attack"))
_UNSURE = bits(("alarm", "weapon"))
_CERTAIN = bits(("choke", "red"))
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
# Nobody sends such a word alone unless it is meant: who writes "blood" or "hits hits" has no time for more.
_BARE = bits(("hit", "cry", "injury", "fire", "die", "kill", "threat", "quarrel"))
_BARE_LONGEST = 3
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """The words of a text that mean danger in one language."""

    at: tuple[int, ...]
    sure: bool = False  # it means danger whatever else is spoken of


def hits(lexicon: Lexicon, sense: Sense, scene: Scene, tokens: Tokens) -> Iterator[Hit]:
    """Everything in a text that means danger now: words that say it alone, cries for help, and combinations."""
    guarded = _guarded(scene, tokens.sentences)
    for at, mask in enumerate(scene.masks):
        if not mask & _FIRES:
            continue
        if mask & _SURE or (mask & _UNSURE and not guarded[at]):
            whole = _whole(sense, at, mask & (_SURE | _UNSURE))
            if not _is_joke(scene.masks, whole, tokens.sentences):
                yield Hit(whole, bool(mask & _CERTAIN))
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
    for rule in _possible(lexicon.rules, scene.masks):
        yield from _by_rule(rule, scene.masks, scene.clauses, tokens, None if rule.sure else guarded)


def _is_bare(lexicon: Lexicon, masks: Sequence[int], tokens: Tokens) -> bool:
    """Say whether a text is nothing but words of danger, none of which is an answer in any language."""
    if len(masks) > _BARE_LONGEST or not all(mask & (_BARE | _LIGHT) for mask in masks):
        return False
    deeds = [word for word, mask in zip(tokens.words, masks, strict=True) if mask & _BARE]
    return bool(deeds) and lexicon.answered.isdisjoint(deeds)


def _is_joke(masks: Sequence[int], at: Sequence[int], sentences: Sequence[int]) -> bool:
    """Say whether killing or dying is laughed about in the same sentence ("mum will kill me haha")."""
    beside = union([mask for mask, sentence in zip(masks, sentences, strict=True) if sentence == sentences[at[0]]])
    figure = any(masks[place] & _FIGURE for place in at)
    return bool(beside & _JOKE) and (figure or bool(beside & _TOPIC))


def red_hits(lexicon: Lexicon, scene: Scene, tokens: Tokens) -> Iterator[Hit]:
    """Weapons, choking and threats to kill, whenever they were."""
    guarded = _guarded(scene, tokens.sentences)
    for at, mask in enumerate(scene.told):
        if mask & _RED and not guarded[at]:
            yield Hit((at,))
    for rule in _possible(lexicon.rules, scene.told):
        if rule.red:
            yield from _by_rule(rule, scene.told, scene.clauses, tokens, guarded)


def _possible(rules: Sequence[Rule], masks: Sequence[int]) -> Iterator[Rule]:
    """Rules of which everything stands somewhere; the first thing is looked at alone, since it is mostly missing."""
    seen = union(masks)
    return (rule for rule in rules if seen & rule.needs[0] and all(seen & need for need in rule.needs))


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
            yield Hit(tuple(sorted(set(places))), rule.sure)
