"""Answers one question about a text: is somebody, or may somebody be, in danger now?

A language whose words have weights is weighed, with what the rules say as one weight among others; one that has none is
read by the rules alone. Nothing here is stored or logged.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .lexicon import ANY, BIT, Lexicon, Meanings, Tongue
from .normalise import normalise
from .phrasing import NO_FORMS, joined
from .rules import Hit, hits, red_hits
from .scope import DANGER, Scene, read_scene
from .senses import Sense, find_plain, find_slotted, meanings_of, nothing_known, read_senses
from .tokens import Tokens, cut
from .weighing import FIRED, FIRED_SURELY, Features, Scale, features_of
from .words import union

_NEAR_BEST = 0.8
_LESSER = 3  # a language with less than a third of the best one's words is only touched, not written
_LONGEST_PLACE = 8  # words; of a longer text the weights know more
_LONGEST = 2000  # signs: a text message has at most 1600, and nobody's text gets more time than that


@dataclass(frozen=True)
class Danger:
    """Somebody is, or may be, in danger now; `evidence` is for tools and tests, never stored and never logged.

    `guessed`: no word in it means danger and no rule says so, only the weight of all words together.
    """

    languages: tuple[str, ...]
    evidence: str
    guessed: bool = False


def tokens_of(lexicon: Lexicon, text: str) -> Tokens:
    """Normalise and cut a text; what lies beyond the length of any message is not read."""
    return cut(normalise(text[:_LONGEST]), lexicon.unspaced)


@dataclass(frozen=True, slots=True)
class Look:
    """All languages' readings of one text, and how much of it each knows. `meanings`: what each word alone may mean.

    Most languages know no word of a text, and are not asked about it: that is most of the time that reading would take.
    """

    lexicon: Lexicon
    text: str
    tokens: Tokens
    meanings: Sequence[Meanings]
    senses: dict[int, Sense]  # by number: of languages that know one of the words, and of those asked for (`sense`)
    share: list[float]
    best: float
    scenes: dict[int, Scene]

    def near_best(self, number: int) -> bool:
        return self.share[number] >= _NEAR_BEST * self.best

    def sense(self, number: int) -> Sense:
        """One language's reading, also where it knows nothing."""
        if number not in self.senses:
            self.senses[number] = nothing_known(self.lexicon.tongues[number], len(self.tokens.words))
        return self.senses[number]

    def scene(self, number: int) -> Scene:
        """What counts in one language's reading, with its phrases found (once)."""
        if number not in self.scenes:
            sense = self.sense(number)
            find_slotted(sense, self.tokens.words, self.tokens.sentences)
            self.scenes[number] = read_scene(sense, self.tokens)
        return self.scenes[number]


def look_at(lexicon: Lexicon, text: str) -> Look:
    """Read a text in every language, once for all questions about it."""
    tokens = tokens_of(lexicon, text)
    meanings = [meanings_of(lexicon, word) for word in tokens.words]
    senses = with_signs(read_senses(lexicon, meanings))
    share = _shares(lexicon, senses, tokens.words)
    find_plain(lexicon, senses, tokens.words, tokens.sentences)
    return Look(lexicon, text, tokens, meanings, senses, share, max(share, default=0.0), {})


def read_danger(lexicon: Lexicon, text: str) -> Danger | None:
    """Give the danger that a text tells of, in whatever language, or None."""
    return danger_in(look_at(lexicon, text))


def read_red(lexicon: Lexicon, text: str) -> bool:
    """Say whether a weapon, choking or a threat to kill is told of, in any tense, and not denied."""
    return red_in(look_at(lexicon, text))


def danger_in(look: Look) -> Danger | None:
    """As `read_danger`."""
    plain = _is_answer(look.lexicon, look.tokens.words) or _is_address(look)
    found = [
        (-look.share[number], number, evidence)
        for number, sense in look.senses.items()
        if (evidence := _evidence(look, number, sense, plain=plain)) is not None
    ]
    if not found:
        return None
    found.sort(key=lambda item: item[:2])
    languages = look.lexicon.languages
    near = [number for _, number, _ in found if look.near_best(number)]
    known = tuple(languages[number] for number in near if languages[number] != ANY)
    return Danger(known, found[0][2], guessed=not any(_is_named(look, number) for _, number, _ in found))


def _is_named(look: Look, number: int) -> bool:
    """Whether a word, or a rule, of this language says so."""
    return bool(union(look.senses[number].masks) & DANGER) or next(_hits(look, number), None) is not None


def red_in(look: Look) -> bool:
    """As `read_red`."""
    return any(
        _first(red_hits(look.lexicon, look.scene(number), look.tokens), look, number) is not None
        for number, sense in look.senses.items()
        if _may_tell(sense, look.tokens.words)
    )


def _evidence(look: Look, number: int, sense: Sense, *, plain: bool) -> str | None:
    """What speaks for danger in one language, or None. `plain`: nothing but an answer, or an address."""
    scale = look.lexicon.scales.get(sense.tongue.name)
    near = look.near_best(number) and look.share[number] > 0
    if scale is not None and near and not plain:
        return _weighed(look, number, scale)
    # A weighed language that the text hardly touches tells nothing; one without weights is looked at by rule, and so is
    # what is plain: it is what it looks like wherever no rule says otherwise.
    if (scale is not None and not near) or not _may_tell(sense, look.tokens.words):
        return None
    hit = _first(_hits(look, number), look, number)
    return " ".join(look.tokens.words[at] for at in hit.at) if hit else None


def _is_answer(lexicon: Lexicon, words: Sequence[str]) -> bool:
    """Whether a text is nothing but an answer ("no, not now"), or the words of some ("option 2")."""
    return " ".join(words) in lexicon.answered or all(word.isdigit() or word in lexicon.answered for word in words)


def _is_landmark(tongue: Tongue, words: Sequence[str]) -> bool:
    """Whether a text is nothing but words for places of one language: "next door to the pharmacy"."""
    known = tongue.answers.get("place_words", NO_FORMS)
    if not words or len(words) > _LONGEST_PLACE or (words[0] not in known and words[0] not in tongue.openers):
        return False
    return all(phrase in known for phrase in joined(words, tongue))


def _is_address(look: Look) -> bool:
    """Whether a text is nothing but words for places (of any language), numbers and single letters: "Ekgatan 4 B"."""
    words, place = look.tokens.words, BIT["place"]
    if not any(word[0].isdigit() for word in words):
        known = look.lexicon.landmarks.issuperset(words)  # if not all together, then no language by itself
        return known and any(_is_landmark(tongue, words) for tongue in look.lexicon.tongues)
    return all(
        word[0].isdigit() or len(word) == 1 or any(sense.masks[at] & place for sense in look.senses.values())
        for at, word in enumerate(words)
    )


def _weighed(look: Look, number: int, scale: Scale) -> str | None:
    """As a whole; and whatever stands around it, a sentence that a rule is sure of is also weighed alone."""
    found, language = list(_hits(look, number)), look.lexicon.languages[number]
    wholes = [range(len(look.tokens.words)), *_sure_sentences(look, found)]
    for at in dict.fromkeys(wholes):
        features = _features(look, number, [hit for hit in found if set(hit.at) <= set(at)], at)
        if scale.is_danger(language, features):
            return scale.telling(features)
    return None


def _hits(look: Look, number: int) -> Iterator[Hit]:
    """What the rules see, in one language."""
    return hits(look.lexicon, look.sense(number), look.scene(number), look.tokens)


def _sure_sentences(look: Look, found: Iterable[Hit]) -> Iterator[range]:
    sentences = look.tokens.sentences
    for hit in found:
        if hit.sure and len({sentences[at] for at in hit.at}) == 1:
            number = sentences[hit.at[0]]
            yield range(sentences.index(number), len(sentences) - sentences[::-1].index(number))


def features_at(look: Look, number: int) -> Features:
    """What a text is weighed by in the language with this number."""
    return _features(look, number, _hits(look, number), range(len(look.tokens.words)))


def _features(look: Look, number: int, found: Iterable[Hit], at: range) -> Features:
    fired = {FIRED_SURELY if hit.sure else FIRED for hit in found}
    part, sense = slice(at.start, at.stop), look.sense(number)
    masks = look.scene(number).masks
    return features_of(sense.tongue.name, look.tokens.words[part], sense.masks[part], masks[part], fired, look.text)


def features_in(lexicon: Lexicon, language: str, text: str) -> Features:
    """What a text written in this language is weighed by. Raises ValueError for a language without a word file."""
    return features_at(look_at(lexicon, text), lexicon.languages.index(language))


def _may_tell(sense: Sense, words: Sequence[str]) -> bool:
    """Say whether this language has anything to look for in these words."""
    known = DANGER | sense.tongue.slot_anchors
    return bool(union(sense.masks) & known) or not sense.tongue.phrases.keys().isdisjoint(words)


def with_signs(senses: dict[int, Sense]) -> dict[int, Sense]:
    """Give every language that knows a word the signs that all share (emoji), and keep their own reading."""
    signs = next((sense.masks for sense in senses.values() if sense.tongue.name == ANY), ())
    if any(signs):
        for sense in senses.values():
            if sense.tongue.name != ANY and any(sense.masks):
                sense.masks[:] = [mask | sign for mask, sign in zip(sense.masks, signs, strict=True)]
    return senses


def _shares(lexicon: Lexicon, senses: dict[int, Sense], words: Sequence[str]) -> list[float]:
    """How many of the words each language knows, from its word file or by their weight. Numbers and signs are of none.

    A language that knows them by their weight alone gets its place among `senses`.
    """
    share = [0.0] * len(lexicon.tongues)
    for number, sense in senses.items():
        share[number] = 0.0 if sense.tongue.name == ANY else float(len(words) - sense.masks.count(0))
    for at, word in enumerate(words):
        for number in lexicon.weighed.get(word, ()):
            if number not in senses:
                senses[number] = nothing_known(lexicon.tongues[number], len(words))
            share[number] += not senses[number].masks[at]
    return share


def _first(found: Iterator[Hit], look: Look, number: int) -> Hit | None:
    """Give the first hit that is no accident of another language's words."""
    return next((hit for hit in found if look.near_best(number) or _stands_out(hit, look, number)), None)


def _stands_out(hit: Hit, look: Look, number: int) -> bool:
    """Say whether words in a lesser language of a text are that language's: not a chance word.

    A single Latin word may be an accident ("secure" is an axe in Romanian); one in its own script is none.
    """
    best = look.senses[look.share.index(look.best)].masks
    strange = [at for at in hit.at if not best[at]]
    alone = len(hit.at) == 1 and look.tokens.words[hit.at[0]].isascii()
    return bool(strange) and not (alone and look.share[number] * _LESSER < look.best)
