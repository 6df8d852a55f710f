"""Compiles the word files into a lexicon. What may enter: the word files as values. What may not: files, decisions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from .lexicon import ANY, BIT, FILLING, FUZZY_LETTERS, Element, Group, Lexicon, Meanings, Phrase, Rule, Tongue, bits
from .normalise import normalise
from .tokens import cut
from .weighing import Scale
from .words import REPLIES, Combination, WordFile, written_out

# Misspellings are looked for only among words whose loss would be a miss.
_FUZZY = sum(
    BIT[name]
    for name in ("acute", "alarm", "choke", "weapon", "attack", "attack_past", "hit", "cry", "injury", "threat", "help")
)
_EVERYWHERE = bits(("other", "child", "det", "subject"))
_FUZZY_LANGUAGES = ("sv", "en")  # others' endings, and others' words in these, would be taken for misspellings
GAP = ".."
_BESIDE = (*REPLIES, "place_words", FILLING)
_SAYINGS = ("yes", "no", "dont_know")
_SPEECHLESS = (*_SAYINGS, "or", "last", "all")


@dataclass(slots=True)
class _Draft:
    words: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    prefixes: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    suffixes: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    plain: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    pieces: set[str] = field(default_factory=set)
    same: dict[str, str] = field(default_factory=dict)  # the same words stand in thousands of phrases: one copy of each

    def add(self, word: str, language: int, meaning: int) -> None:
        """Note a word, a beginning ("stem*") or an ending ("*stem")."""
        table = self.prefixes if word.endswith("*") else self.suffixes if word.startswith("*") else self.words
        stem = word.strip("*")
        table[stem][language] = table[stem].get(language, 0) | meaning
        self.pieces.add(stem)


def spell(entry: str) -> Iterator[str]:
    """Give an entry's forms, normalised, with the signs of the notation kept."""
    for form in written_out(entry):
        words = (word if word[0] in "{." else _star(word) for word in form.replace("-", " ").split())
        yield " ".join(words)


@lru_cache(maxsize=4096)  # of the lists' own words, while compiling: the same ones stand in thousands of entries
def _star(word: str) -> str:
    core = normalise(word.strip("*"))
    return ("*" if word.startswith("*") else "") + core + ("*" if word.endswith("*") else "")


def _phrase(words: list[str], meaning: int, language: int, draft: _Draft, extra: dict[str, int]) -> Phrase:
    elements: list[Element] = []
    for word in words:
        if word == GAP:
            elements.append(None)
        elif word.startswith("{"):
            elements.append(bits(word.strip("{}").split("|")))
        elif "*" in word:
            bit = extra.setdefault(word, 1 << (len(BIT) + len(extra)))
            draft.add(word, language, bit)
            elements.append(bit)
        else:
            # A phrase's words show the language, even where they mean nothing alone.
            draft.add(word, language, BIT["common"] if word.isalpha() else 0)
            elements.append(draft.same.setdefault(word, word))
    literal = [index for index, element in enumerate(elements) if isinstance(element, str)]
    slots = [index for index, element in enumerate(elements) if isinstance(element, int)]
    # The longest word is the rarest; where there is none, the last class listed is the most special.
    anchor = (
        max(literal, key=lambda i: len(words[i]))
        if literal
        else max(slots, key=lambda i: _rarity(int(elements[i] or 0)))
    )
    others = tuple(sorted({str(elements[index]) for index in literal if index != anchor}))
    return Phrase(meaning, tuple(elements), anchor, others, tuple(int(elements[index] or 0) for index in slots))


def _rarity(slot: int) -> tuple[bool, int]:
    return not slot & _EVERYWHERE, -slot.bit_count()


def _tongue(number: int, words: WordFile, draft: _Draft) -> Tongue:
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    slotted: list[tuple[int, Phrase]] = []
    extra: dict[str, int] = {}
    pieces: set[str] = set()  # the same words stand in thousands of phrases: each is noted once
    for name, entries in words.classes.items():
        for form in (form for entry in entries for form in spell(entry)):
            parts = _without_outer_gaps(form.split())
            if not parts:
                continue  # all of it may be left out: "(jo|)"
            if len(parts) == 1 and not parts[0].startswith("{"):
                draft.add(parts[0], number, BIT[name])
                continue
            if not any(part == GAP or part.startswith("{") or "*" in part for part in parts):
                draft.plain[" ".join(parts)].append((number, BIT[name]))
                pieces.update(parts)
                continue
            phrase = _phrase(parts, BIT[name], number, draft, extra)
            key = phrase.elements[phrase.anchor]
            if isinstance(key, str):
                phrases[key].append(phrase)
            elif isinstance(key, int):
                slotted.append((key, phrase))
    for piece in pieces:
        draft.add(piece, number, BIT["common"] if piece.isalpha() else 0)
    anchors = 0
    for key, _ in slotted:
        anchors |= key
    answers = _answers(words)
    ordered = {name: _numbered(rows) for name, rows in words.ordered.items()}
    return Tongue(
        words.language,
        {key: tuple(found) for key, found in phrases.items()},
        tuple(slotted),
        anchors,
        answers,
        ordered,
        {name: tuple(tuple(form.split()) for form in _forms(entries)) for name, entries in words.groups.items()},
        words.cries,
        *_phrased((*answers.values(), *ordered.values())),
        _single((*answers.values(), *ordered.values())),
        _single(answers.get(name, ()) for name in _SAYINGS),
    )


def _answers(words: WordFile) -> dict[str, frozenset[str]]:
    answers = {name: _forms(entries) for name, entries in words.answers.items()}
    return answers | {FILLING: answers.get("filler", frozenset()) | answers.get("padding", frozenset())}


def _phrased(tables: Iterable[Iterable[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """Every form of several words, and the first words of those."""
    forms = frozenset(form for table in tables for form in table if " " in form)
    return forms, frozenset(form.split()[0] for form in forms)


def _without_outer_gaps(parts: list[str]) -> list[str]:
    """Take gaps off both ends: there they bind nothing, and only cost time."""
    while parts and parts[-1] == GAP:
        parts = parts[:-1]
    while parts and parts[0] == GAP:
        parts = parts[1:]
    return parts


def _forms(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(form for entry in entries for form in spell(entry))


def _numbered(rows: Iterable[Iterable[str]]) -> dict[str, int]:
    return {form: number for number, row in enumerate(rows, 1) for form in _forms(row)}


def _lengths(plain: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in plain:
        first, *more = phrase.split()
        found[first].add(1 + len(more))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _near(words: Mapping[str, Mapping[int, int]], languages: frozenset[int]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, meanings in words.items():
        if len(word) >= FUZZY_LETTERS and any(
            meaning & _FUZZY for number, meaning in meanings.items() if number in languages
        ):
            for shorter in {word} | {word[:at] + word[at + 1 :] for at in range(1, len(word))}:
                found[shorter].append(word)
    return {shorter: tuple(options) for shorter, options in found.items()}


def _rule(combination: Combination) -> Rule:
    needs, without = tuple(bits(names) for names in combination.all_of), bits(combination.none_of)
    return Rule(combination.name, needs, without, combination.within, combination.sure, combination.red)


def compile_lexicon(word_files: Mapping[str, WordFile], scales: Mapping[str, Scale] | None = None) -> Lexicon:
    """Compile the word files, keyed by language; their order is the order in which equals are preferred.

    `scales`: per language, what its words weigh; a language without one is read by rules alone.
    """
    draft = _Draft()
    files = [words for words in word_files.values() if words.language != ANY]
    shared = [words for words in word_files.values() if words.language == ANY]
    tongues = tuple(_tongue(number, words, draft) for number, words in enumerate([*files, *shared]))
    unspaced: dict[str, list[str]] = defaultdict(list)
    for piece in sorted(draft.pieces, key=len, reverse=True):
        if piece and "\u0e00" <= piece[0] <= "\u0e7f":
            unspaced[piece[0]].append(piece)
    return Lexicon(
        tuple(tongue.name for tongue in tongues),
        tongues,
        _frozen(draft.words),
        _frozen(draft.prefixes),
        _frozen(draft.suffixes),
        _shared(draft.plain),
        _lengths(draft.plain),
        _near(
            draft.words,
            frozenset(number for number, tongue in enumerate(tongues) if tongue.name in _FUZZY_LANGUAGES),
        ),
        {first: tuple(pieces) for first, pieces in unspaced.items()},
        tuple(_rule(combination) for words in word_files.values() for combination in words.combinations),
        _groups(tongues),
        _answered(tongues, unspaced),
        frozenset().union(*(tongue.answering for tongue in tongues)),
        _speechless(tongues),
        _single(tongue.answers.get("place_words", ()) for tongue in tongues),
        scales or {},
        _weighed(tongues, scales or {}),
    )


def _groups(tongues: Iterable[Tongue]) -> dict[str, Group]:
    entries: dict[str, set[str]] = defaultdict(set)
    for tongue in tongues:
        for name, found in tongue.groups.items():
            entries[name].update(" ".join(words) for words in found)
    widths = {name: {len(entry.split()) for entry in found} - {1} for name, found in entries.items()}
    return {name: Group(frozenset(found), tuple(sorted(widths[name]))) for name, found in entries.items()}


def _answered(tongues: Iterable[Tongue], unspaced: Mapping[str, list[str]]) -> frozenset[str]:
    """Every answer, cut as a caller's text is."""
    answers = (forms for tongue in tongues for name, forms in tongue.answers.items() if name not in _BESIDE)
    tables = chain(answers, (forms for tongue in tongues for forms in tongue.ordered.values()))
    return frozenset(" ".join(cut(form, unspaced).words) for forms in tables for form in forms)


def _single(tables: Iterable[Iterable[str]]) -> frozenset[str]:
    """Every single word of these forms."""
    return frozenset(word for forms in tables for form in forms for word in form.split())


def _speechless(tongues: Iterable[Tongue]) -> frozenset[str]:
    """As "ja" is Swedish, German and Norwegian; so are numbers and "the last"."""
    plain = (tongue.answers.get(name, ()) for tongue in tongues for name in _SPEECHLESS)
    counted = (forms for tongue in tongues for forms in tongue.ordered.values())
    return frozenset(form for forms in chain(plain, counted) for form in forms)


def _weighed(tongues: Iterable[Tongue], scales: Mapping[str, Scale]) -> dict[str, tuple[int, ...]]:
    """Words as they stand in a text: a scale also holds parts of words, pairs of them, and signs."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, tongue in enumerate(tongues):
        scale = scales.get(tongue.name)
        for word in scale.words if scale else ():
            if word[0].isalpha() and " " not in word and "*" not in word:
                found[word].append(number)
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    return {word: same.setdefault(which := tuple(numbers), which) for word, numbers in found.items()}


def _frozen(table: Mapping[str, Mapping[int, int]]) -> dict[str, Meanings]:
    same: dict[Meanings, Meanings] = {}  # thousands of words share few meanings: one copy of each is enough
    return {word: same.setdefault(found := tuple(meanings.items()), found) for word, meanings in table.items()}


def _shared(table: Mapping[str, Iterable[tuple[int, int]]]) -> dict[str, Meanings]:
    same: dict[Meanings, Meanings] = {}
    return {words: same.setdefault(found := tuple(dict.fromkeys(meanings)), found) for words, meanings in table.items()}
