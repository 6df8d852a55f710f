"""What is shipped holds; what the proof forbids is forbidden however it is said; no cry is left unheard."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.adapters.flow_files import load_script
from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.proof_files import load_rules, placed
from hotline.core.proof import Matter, all_ways, spoken_findings, written_findings
from hotline.core.reading import normalise
from hotline.core.turn import Channel
from tests.proof.fault import FLOWS, TODAY, copied, lexicon, proved
from tests.proof.faults.advice import SAID

TOWNS = load_municipalities(FLOWS / "municipalities")
RULES = load_rules(FLOWS, FLOWS / "none", TOWNS.values())
SCRIPT = load_script(FLOWS, lexicon())
SENTENCES = [
    pytest.param(Path(file).stem, why, sentence, id=sentence)
    for why, languages in SAID.items()
    for file, sentences in languages.items()
    for sentence in sentences.split("|")
]


def cried(flows: Path, cries: str, language: str = "sv") -> None:
    """A language names these cries and no others."""
    path = flows / "words" / f"{language}.yaml"
    without = re.sub(r"(?ms)^cries:.*?(?=^\S|\Z)", "", path.read_text(encoding="utf-8"))
    path.write_text(f"{without}\n{cries}", encoding="utf-8")


def test_what_is_written_holds() -> None:
    matter = Matter(SCRIPT, TOWNS, RULES, TODAY)
    told = [placed(FLOWS, FLOWS / "municipalities", each) for each in written_findings(matter)]
    assert told == []


@pytest.mark.parametrize(("town", "language"), [(key, one) for key, town in TOWNS.items() for one in town.languages])
def test_every_conversation_holds(town: str, language: str) -> None:
    every = [ways for ways in all_ways(SCRIPT, TOWNS[town]) if ways.language == language]
    assert [(each, each.shown) for each in spoken_findings(SCRIPT, every)] == []
    assert len(every) == 6  # by text and by call, open and closed; a call with a number and withheld


def test_every_conversation_holds_where_calls_are_understood_too() -> None:
    town = replace(TOWNS["smedjebacken"], speech=True)
    every = [ways for ways in all_ways(SCRIPT, town) if (ways.language, ways.channel) == ("sv", Channel.VOICE)]
    assert list(spoken_findings(SCRIPT, every)) == []


@pytest.mark.parametrize(("language", "why", "sentence"), SENTENCES)
def test_what_endangers_is_forbidden_however_it_is_said(language: str, why: str, sentence: str) -> None:
    found = [each for each in RULES.forbidden[language] if re.search(each.pattern, normalise(sentence))]
    assert any(each.why.startswith(why) or why in each.why for each in found)


@pytest.mark.parametrize(
    ("cries", "says"),
    [
        ("cries: trevlig helg", "cries: 'trevlig helg' is not heard as danger"),
        ("cries: han slår henne nu, grannen borrar", "cries: 'grannen borrar' is not heard as danger"),
        ("", "cries: has no cries"),
        ("cries: [han slår henne nu]", "'cries' holds a text of entries"),
    ],
)
def test_a_cry_that_is_not_heard_is_told(tmp_path: Path, cries: str, says: str) -> None:
    flows = copied(tmp_path)
    cried(flows, cries)
    assert any(says in text for text in proved(flows, own_words=True) if "words/sv.yaml" in text)


def test_a_cry_that_is_heard_is_no_fault(tmp_path: Path) -> None:
    flows = copied(tmp_path)
    cried(flows, "cries: han slår henne nu")
    cried(flows, "", "fi")
    told = next(text for text in proved(flows, own_words=True) if "words/" in text)
    assert "words/fi.yaml" in told
