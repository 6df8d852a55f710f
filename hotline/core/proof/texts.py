"""What must hold of every text: it exists where it is said, says nothing forbidden, and can be read and paid for."""

import re
from collections.abc import Iterator, Mapping
from string import Formatter
from unicodedata import bidirectional

from hotline.core.flow import Script, Texts
from hotline.core.municipality import Municipality
from hotline.core.reading import normalise
from hotline.core.speaking import lix, seconds_until, sentences
from hotline.core.turn import Channel
from hotline.core.wording import not_gsm, segments

from .finding import FORBIDDEN, FOREIGN, Finding, Rules
from .offers import offer_findings

NUMBER = "112"
FACTS = {"municipality", "telephone", "time", "reference"}
EMERGENCY = {"112", "114 14"}
NAME = re.compile(r"\{(\w+)\}")
NUMBERS = re.compile(r"(?<![\w{])\d(?:[ -]?\d)+(?!\w)")
SHORTEST_NUMBER, SHORTEST_RUN = 5, 3  # digits: "18 3 Both" is an age and an answer's key, 113 is a number
FEWEST_WORDS = 8  # in fewer, one long word decides what LIX says
FIRST = 40  # letters within which 112 stands in a text that must lead with it
SWEDISH = "sv"
SPACELESS = {"th"}
RIGHT_TO_LEFT = {"R", "AL"}  # letters' directions
ISOLATED = re.compile("\u2066[^\u2066\u2069]*\u2069")
BARE_NUMBER = re.compile(r"\{\w*\}|\d[\d -]*")


def text_findings(script: Script, municipalities: Mapping[str, Municipality], rules: Rules) -> Iterator[Finding]:
    """What can be seen of the texts without walking."""
    facts = {key: {name for name, _ in one.facts} for key, one in municipalities.items()}
    known = FACTS | set(script.helplines) | set().union(*facts.values())
    yield from _facts(script, facts, known)
    for language, texts in script.texts.items():
        yield from _complete(script, texts)
        if language not in rules.forbidden:
            yield Finding(FORBIDDEN, ("patterns",), f"nothing is forbidden in {language}: write what no text may say")
        for name, variants in texts.wordings.items():
            for variant, words in variants.items():
                for text in text_faults(script, language, variant, words, known, rules):
                    yield Finding.at_text(language, name, variant, text)
    yield from _leading(script)
    yield from _foreign(script, known, rules)
    yield from offer_findings(script)


def said_findings(script: Script, used: set[tuple[str, str, str]]) -> Iterator[Finding]:
    """What is said on a channel was written for it: a text read aloud says "answer 1" where there is a key to press.

    `used`: (language, text, channel) of all that was said on the walk.
    """
    for language, name, channel in sorted(used):
        wordings = script.texts[language].wordings.get(name, {}) if language in script.texts else {}
        if wordings and channel not in wordings:
            text = f"{name} is said by {channel}, but has no words for it"
            yield Finding(f"texts/{language}.yaml", ("texts", name), text)


def _facts(script: Script, facts: Mapping[str, set[str]], known: set[str]) -> Iterator[Finding]:
    """What texts name of a municipality stands in the file of each."""
    wordings = (words for texts in script.texts.values() for each in texts.wordings.values() for words in each.values())
    named = {name for words in wordings for name in NAME.findall(words)} & known - FACTS - set(script.helplines)
    for key, own in facts.items():
        for name in sorted(named - own):
            text = f"texts name {{{name}}}: write here what it is"
            yield Finding(f"municipalities/{key}.yaml", ("facts",), text)


def _complete(script: Script, texts: Texts) -> Iterator[Finding]:
    """Each language has what any other has: texts, variants and labels."""
    file, mine = f"texts/{texts.language}.yaml", set(parts_of(texts))
    for other in script.texts.values():
        for section, name, part in parts_of(other):
            if (section, name, part) not in mine:
                text = f"{section}.{name}.{part} is missing; it exists in {other.language}"
                yield Finding(file, (section, name), text)
    for step, options in texts.labels.items():
        choices = script.steps[step].choices if step in script.steps else {}
        for option in options:
            if option.key not in choices:
                text = f"labels.{step}.{option.key} names no answer of the script"
                yield Finding(f"texts/{texts.language}.yaml", ("labels", step, option.key), text)


def parts_of(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """(section, name, part) of everything that a language has: each variant of a text, each answer that has labels."""
    yield from (("texts", name, variant) for name, variants in texts.wordings.items() for variant in variants)
    yield from (("labels", step, option.key) for step, options in texts.labels.items() for option in options)


def text_faults(
    script: Script, language: str, variant: str, words: str, known: set[str], rules: Rules
) -> Iterator[str]:
    """What is wrong with one text."""
    spoken = variant.startswith(Channel.VOICE.value)
    yield from _names(words, known)
    for forbidden in rules.forbidden.get(language, ()):
        if found := re.search(forbidden.pattern, normalise(words)):
            yield f"says {found[0]!r}: {forbidden.why}"
    for number in NUMBERS.findall(words):
        if number not in EMERGENCY and is_number(number):
            yield f"holds the number {number}: put it into helplines.yaml and name it here in braces"
    plain = re.sub(r"\{\w*\}", "", words)
    longest = max(sentences(plain), key=len, default=[])
    if len(longest) > script.bounds.sentence_words and language not in SPACELESS:
        begins, bound = " ".join(longest[:4]), script.bounds.sentence_words
        yield f"has a sentence of {len(longest)} words ({begins} …); {bound} are allowed"
    long_enough = sum(map(len, sentences(plain))) >= FEWEST_WORDS
    if language == SWEDISH and long_enough and (found_lix := lix(plain)) > script.bounds.lix:
        yield f"is hard to read: LIX {found_lix:.0f}; {script.bounds.lix} is allowed"
    if not spoken and language in script.texts and (strange := not_gsm(words)):
        yield f"holds {strange!r} (U+{ord(strange):04X}): this one character makes a text cost as 70 letters, not 160"
    for line in filter(_from_right, words.splitlines()):
        if bare := BARE_NUMBER.search(ISOLATED.sub("", line)):
            yield f"has the number {bare[0].strip()!r} without U+2066 and U+2069 around it: it would be turned round"


def is_number(digits: str) -> bool:
    """Whether it can be dialled."""
    return len(re.sub(r"\D", "", digits)) >= SHORTEST_NUMBER or max(map(len, re.split(r"\D", digits))) >= SHORTEST_RUN


def _names(words: str, known: set[str]) -> Iterator[str]:
    try:
        fields = [(name, form, turned) for _, name, form, turned in Formatter().parse(words) if name is not None]
    except ValueError as problem:
        yield f"has a brace too many or too few: {problem}"
        return
    for name, form, turned in fields:
        if name not in known:
            yield f"names {{{name}}}, which is no fact that a text may hold: {', '.join(sorted(known))}"
        elif form or turned:
            yield f"asks for {{{name}}} in a form of its own: write a name alone"


def _from_right(line: str) -> bool:
    return any(bidirectional(letter) in RIGHT_TO_LEFT for letter in line)


def _leading(script: Script) -> Iterator[Finding]:
    """The opening and the 112 text say 112 before anything else, in each variant."""
    for language, texts in script.texts.items():
        for name in ("opening", script.anywhere.danger):
            for variant, words in texts.wordings.get(name, {}).items():
                if NUMBER not in words or (not variant.startswith("voice") and NUMBER not in words[:FIRST]):
                    yield Finding.at_text(language, name, variant, f"must lead with {NUMBER}")
                soon = seconds_until(words, NUMBER)
                bound = script.bounds.seconds_to_112
                if variant.startswith("voice") and soon is not None and soon > bound:
                    text = f"112 is said after {soon:.1f} s; {bound:g} s are allowed"
                    yield Finding.at_text(language, name, variant, text)


def _foreign(script: Script, known: set[str], rules: Rules) -> Iterator[Finding]:
    danger = script.anywhere.danger
    for language in script.lexicon.languages:
        if language != "any" and language not in script.texts and danger not in script.foreign.get(language, {}):
            text = f"words of danger are read in {language}, but nobody is answered in it: write its 112 text"
            yield Finding(FOREIGN, (language,), text)
    for language, texts in script.foreign.items():
        for name, words in texts.items():
            where = "danger" if name == danger else name
            if NUMBER not in words[:FIRST]:
                yield Finding.at_text(language, where, FOREIGN, f"must lead with {NUMBER}")
            if segments(words) > script.bounds.segments:
                text = f"takes {segments(words)} segments; {script.bounds.segments} are allowed"
                yield Finding.at_text(language, where, FOREIGN, text)
            for text in text_faults(script, language, "sms", words, known, rules):
                yield Finding.at_text(language, where, FOREIGN, text)
