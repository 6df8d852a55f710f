"""What must hold of the keys that texts name: each is an answer, each answer is named, in every language the same.

A key is a digit that stands alone; the digits of numbers, dates and "1/6" do not.
"""

import re
from collections.abc import Iterator, Mapping

from hotline.core.flow import Kind, Script, Step

from .finding import FOREIGN, Finding

KEY = re.compile(r"(?<![\w{/-])\d(?![\w}/-])")
BACK = "0"


def offered(words: str) -> set[str]:
    """The keys that a text names."""
    return set(KEY.findall(words))


def offer_findings(script: Script) -> Iterator[Finding]:
    """Everything that does not hold of the keys in texts."""
    for step in script.steps.values():
        if step.kind in (Kind.CHOICE, Kind.ANYTHING):
            yield from _answers(script, step)
            yield from _alike(script, step)
    yield from _languages(script)


def _answers(script: Script, step: Step) -> Iterator[Finding]:
    """No text names a key that is no answer; what is asked is asked whole."""
    for language, texts in script.texts.items():
        variants = texts.wordings.get(step.name, {})
        yield from _strange(variants, {*step.choices, BACK, *script.language_keys}, language, step.name)
        named = set().union(*map(offered, variants.values()))
        for key in step.choices:
            if variants and step.kind is Kind.CHOICE and key not in named:
                text = f"no text in {language} offers it: nobody would know of it"
                yield Finding.at_step(step.name, text, "choices", key)


def _strange(variants: Mapping[str, str], known: set[str], language: str, name: str) -> Iterator[Finding]:
    for variant, words in variants.items():
        for key in sorted(offered(words) - known):
            yield Finding.at_text(language, name, variant, f"offers {key}, which is no answer here")


def _alike(script: Script, step: Step) -> Iterator[Finding]:
    """A variant names the same keys in every language."""
    said = {language: texts.wordings.get(step.name, {}) for language, texts in script.texts.items()}
    for language, variants in said.items():
        for variant, words in variants.items():
            for other, others in said.items():
                if missing := offered(others.get(variant, "")) - offered(words):
                    text = f"does not offer {', '.join(sorted(missing))}, which it does in {other}"
                    yield Finding.at_text(language, step.name, variant, text)


def _languages(script: Script) -> Iterator[Finding]:
    """Openings name keys of languages; each language's own line names its own."""
    keys = {language: key for key, language in script.language_keys.items()}
    for language, texts in script.texts.items():
        yield from _strange(texts.wordings.get("opening", {}), {BACK, *keys.values()}, language, "opening")
        for variant, words in texts.wordings.get("languages", {}).items():
            if language in keys and keys[language] not in offered(words):
                text = f"does not name the key {keys[language]}, which changes to {language}"
                yield Finding.at_text(language, "languages", variant, text)
    for language, foreign in script.foreign.items():
        yield from _strange({FOREIGN: foreign.get("opening", "")}, {BACK, *keys.values()}, language, "opening")
