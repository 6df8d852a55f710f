"""Decides which words of a text do not count: denied, long ago, over, a joke, an everyday matter.

What may enter: rules about how far a denial or a time reaches. What may not: words of a language.
The rules lean to one side: where it is unclear how far a denial reaches, it reaches less far, because a miss is worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from .lexicon import bits
from .senses import Sense
from .tokens import Tokens

DANGER = bits(
    (
        "acute", "alarm", "choke", "weapon", "tool", "kill", "red", "attack", "attack_past", "hit", "hit_past", "cry",
        "bang",
        "quarrel", "injury", "threat", "die", "fire", "pills", "help", "hurry", "trapped", "enter", "cold", "alone",
        "silent", "here", "forbidden", "fear", "drunk", "body", "pain",
    )
)  # fmt: skip
_TOLD_IN_PAST = bits(("attack_past", "hit_past"))
_FORWARD = bits(("negation", "negation_both"))
_BOTH = bits(("negation_both",))
_DENIAL = bits(("denial",))
_SUBJECT = bits(("subject",))
_PERSON = bits(("subject", "other", "victim", "me", "child", "female", "det"))
_MODAL = bits(("modal",))
_NEW_CLAUSE = bits(("clause", "but"))
_BUT = bits(("but",))
_NOW = bits(("now", "again"))
_PAST = bits(("past",))
_HABIT = bits(("habit",))
_OVER = bits(("over",))
_QUIET = bits(("quiet",))
_NOISE = bits(("quarrel", "bang"))
_REACH = 6
_REACH_BACK = 4


@dataclass(slots=True)
class Scene:
    """One language's reading with what does not count taken away; `told` keeps what is only in the past."""

    masks: list[int]
    told: list[int]
    clauses: list[int]
    turns: list[int]  # how many "but" stand before each word


def clauses_of(masks: Sequence[int], parts: Sequence[int]) -> list[int]:
    """Number the clauses: a mark or a joining word opens a new one."""
    before = (*parts[:1], *parts)
    opens = (here != last or mask & _NEW_CLAUSE for mask, here, last in zip(masks, parts, before, strict=False))
    return list(accumulate(map(bool, opens)))


def read_scene(sense: Sense, tokens: Tokens) -> Scene:
    """Take away what is denied, then what is past or over."""
    masks = list(sense.masks)
    clauses = clauses_of(masks, tokens.parts)
    _take_denied(masks, clauses)
    _take_spans(sense, masks)
    turns = _turns(masks)
    told = list(masks)
    _take_over(masks, turns)
    _take_past(masks, clauses, tokens.sentences)
    return Scene(masks, told, clauses, turns)


def _turns(masks: Sequence[int]) -> list[int]:
    turns, count = [], 0
    for mask in masks:
        count += bool(mask & _BUT)
        turns.append(count)
    return turns


def _take_denied(masks: list[int], clauses: Sequence[int]) -> None:
    denying = [at for at, mask in enumerate(masks) if mask & (_FORWARD | _DENIAL)]
    original = tuple(masks)
    for at in denying:
        wide = bool(original[at] & _DENIAL)
        for next_at in range(at + 1, len(masks) if wide else min(len(masks), at + 1 + _REACH)):
            opens = original[next_at] & _SUBJECT and not original[next_at] & _FORWARD
            if clauses[next_at] != clauses[at] or (opens and not wide):
                break
            masks[next_at] &= ~DANGER
        if original[at] & _BOTH:
            _take_denied_before(masks, original, clauses, at)


def _take_spans(sense: Sense, masks: list[int]) -> None:
    """A phrase of which one word is denied is denied wholly ("det brinner inte")."""
    for span in sense.spans:
        lost = span.meaning & DANGER
        if lost and not all(masks[at] & lost for at in range(span.start, span.end)):
            for at in range(span.start, span.end):
                masks[at] &= ~lost


def _take_denied_before(masks: list[int], original: Sequence[int], clauses: Sequence[int], at: int) -> None:
    for before in range(at - 1, max(-1, at - 1 - _REACH_BACK), -1):
        mask = original[before]
        if clauses[before] != clauses[at] or mask & _MODAL:
            return
        if mask & DANGER:
            masks[before] &= ~DANGER
            if not mask & _PERSON:
                return  # a person within a phrase ("slår mig inte") leaves its verb to be denied still
        # Any other word than a person between the two means that the denial has a verb of its own.
        elif not mask & _PERSON:
            return


def _take_over(masks: list[int], turns: Sequence[int]) -> None:
    if any(mask & _QUIET for mask in masks):
        # Silence after screams may be the worst sign: only the noise is over.
        masks[:] = [mask & ~_NOISE for mask in masks]
    over = [at for at, mask in enumerate(masks) if mask & _OVER]
    if not over:
        return
    last = turns[over[-1]]
    for at, turn in enumerate(turns):
        if turn <= last:
            masks[at] &= ~DANGER


def _take_past(masks: list[int], clauses: Sequence[int], sentences: Sequence[int]) -> None:
    now_clauses = {clause for clause, mask in zip(clauses, masks, strict=True) if mask & _NOW}
    past_clauses = {clause for clause, mask in zip(clauses, masks, strict=True) if mask & _PAST} - now_clauses
    past_sentences = {sentence for sentence, clause in zip(sentences, clauses, strict=True) if clause in past_clauses}
    habit_clauses = {clause for clause, mask in zip(clauses, masks, strict=True) if mask & _HABIT}
    for at, clause in enumerate(clauses):
        if clause in past_clauses or (clause in habit_clauses and not now_clauses):
            masks[at] &= ~DANGER
        elif sentences[at] in past_sentences and clause not in now_clauses:
            masks[at] &= ~_TOLD_IN_PAST
