"""Golden transcripts: every choice of the script in every language and channel, as people read it.

`make test ARGS=--rewrite-transcripts` writes them anew: then read the difference, it is what callers will get.
"""

from itertools import product
from pathlib import Path

import pytest

from hotline.adapters.flow_files import load_script
from hotline.adapters.municipality_files import load_municipalities
from hotline.core.exploring import Ways, chapters, step_place
from hotline.core.flow import Script
from hotline.core.turn import Channel

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "transcripts"
EVERY = list(product(("sv", "fi", "en"), Channel, (True, False)))
NAMES = [
    f"{language}-{channel.value}-{'open' if office_open else 'closed'}" for language, channel, office_open in EVERY
]


@pytest.fixture(scope="module")
def script() -> Script:
    return load_script(ROOT / "flows")


@pytest.fixture
def ways(script: Script, request: pytest.FixtureRequest) -> Ways:
    language, channel, office_open = request.param
    municipality = load_municipalities(ROOT / "flows" / "municipalities")["smedjebacken"]
    return Ways(script, municipality, language, channel, office_open)


@pytest.mark.parametrize(("ways", "name"), [*zip(EVERY, NAMES, strict=True)], indirect=["ways"], ids=NAMES)
def test_every_choice_is_answered_as_it_was_agreed(ways: Ways, name: str, *, rewrite_transcripts: bool) -> None:
    golden = FOLDER / f"{name}.txt"
    told = "\n\n\n".join(chapters(ways.all(step_place))) + "\n"
    if rewrite_transcripts:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(told, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == told
