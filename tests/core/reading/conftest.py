"""Gives the shipped words, compiled once for all tests beside this file."""

from pathlib import Path

import pytest

from hotline.adapters.word_files import load_lexicon
from hotline.core.reading import Lexicon

WORDS = Path(__file__).parents[3] / "flows" / "words"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(WORDS)
