"""Every kind of file that the program reads, with what may be wrong with it: "file:line: what", and nothing else.

A file that is accepted must also be usable: its hours can be asked, its words compiled, its texts filled in.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from hotline.adapters.door_texts import load_door_texts
from hotline.adapters.environment import EnvironmentFileError, read_environment
from hotline.adapters.flow_files import ScriptFiles, read_script_files, script_of
from hotline.adapters.municipality_files import load_municipalities
from hotline.adapters.officer_texts import load_officer_texts
from hotline.adapters.proof_files import load_rules
from hotline.adapters.weight_files import read_scales
from hotline.adapters.word_files import read_word_file
from hotline.adapters.yaml_files import Document, FileFaultError
from hotline.core.reading import compile_lexicon, read_danger
from hotline.core.roster import is_open
from hotline.settings import SettingsError, from_env
from tests.web.doors import ROOT, the_scripts

FLOWS = ROOT / "flows"
MOMENT = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)  # in the night on which the clock is put forward


@cache
def folder() -> Path:
    """One for all, removed with the process's own temporary files."""
    made = Path(mkdtemp(prefix="hotline-fuzz-"))
    for name in ("weights", "towns", "officers", "script/texts"):
        (made / name).mkdir(parents=True)
    for kinds in (FLOWS / "weights").glob("kinds*.json"):
        shutil.copy(kinds, made / "weights")
    shutil.copy(FLOWS / "helplines.yaml", made)
    return made


@dataclass(frozen=True)
class FileKind:
    """`path`: where it is put, below the folder. `real`: those that ship. `use`: reads it, and uses what it says."""

    name: str
    about: str
    path: str
    real: Sequence[str]
    use: Callable[[Path], object]
    declared: tuple[type[Exception], ...] = (FileFaultError,)
    more: Sequence[bytes] = ()

    def seeds(self) -> list[bytes]:
        return [*((ROOT / one).read_bytes() for one in self.real), *self.more]

    def attempt(self, told: bytes) -> None:
        path = folder() / self.path
        path.write_bytes(told)
        try:
            self.use(path)
        except self.declared as fault:
            self.must_say_where(path, str(fault))

    def must_say_where(self, path: Path, said: str) -> None:
        assert FileFaultError not in self.declared or said.startswith(f"{path}:"), f"says no file and line: {said}"


def town(path: Path) -> None:
    for one in load_municipalities(path.parent).values():
        for hours in range(0, 9 * 24, 7):
            is_open(one.hours, MOMENT + timedelta(hours=hours))
        if one.keeping:
            one.keeping.ends(MOMENT, one.hours.zone)


def words(path: Path) -> None:
    read = read_word_file(path)
    read_danger(compile_lexicon({read.language: read}, {}), "han slår henne nu, 2 gånger")


def weights(path: Path) -> None:
    read_scales(path.parent)


def script(name: str) -> Callable[[Path], object]:
    """The shipped script with this one file in its place."""

    def use(path: Path) -> object:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            return None
        whole = _whole()
        files = ScriptFiles(folder() / "script", {**whole.texts, name: text})
        return script_of(files, the_scripts().current.lexicon)

    return use


@cache
def _whole() -> ScriptFiles:
    return read_script_files(FLOWS)


def officers(path: Path) -> None:
    facts = dict.fromkeys(("reference", "priority", "code", "minutes", "count", "cases"), "K7M2")
    for name, text in load_officer_texts(path.parent).items():
        assert not name.startswith("text_") or "K7M2" in text.format(**facts) or "{" not in text


def settings(path: Path) -> None:
    from_env(read_environment(path.parent), path.parent)


ENVIRONMENT = b"""HOTLINE_CARRIER=twilio
HOTLINE_PUBLIC_URL=https://hotline.example.se
TWILIO_ACCOUNT_SID=AC1
TWILIO_AUTH_TOKEN="x y"
HOTLINE_KEYS='abc'
HOTLINE_SMTP_URL=smtp://name:password@mail.example.se:587
HOTLINE_MAIL_FROM=hotline@example.se
HOTLINE_DEADMAN_URL=https://example.se/${HOTLINE_CARRIER}
HOTLINE_TWILIO_API_URL=http://127.0.0.1:1/
HOTLINE_PORT=8000
export HOTLINE_METRICS_TOKEN=abc # words
"""
WORDS = """language: da
reviewed: false
cries: han slår (hende|mig), 112
classes:
  acute: |
    hjælp mig, slår {victim|other} # ord
  hit: "slå(r|s)"
  victim: hende
  other: han
groups:
  language:sv: svensk
answers:
  yes: ja, jo
ordered:
  numbers: ["en, et", to]
combinations:
  - name: hit
    all: [hit, "victim | other"]
    none: [past]
    within: 6
    sure: true
  - {name: two, all: [hit]}
""".encode()
FILES = (
    FileKind("yaml", "any file of flows/", "any.yaml", ["flows/doors.yaml"], Document),
    FileKind("municipality", "a municipality's file", "towns/exempelby.yaml",
             [f"flows/municipalities/{name}.yaml" for name in ("exempelby", "smedjebacken")], town),
    FileKind("words", "a word file", "da.yaml", ["flows/words/da.yaml"], words, more=[WORDS]),
    FileKind("weights", "what words weigh", "weights/xx.json", [], weights, more=[
        b'{"spec_version": 1, "of": "xx", "bias": -3, "weights": {"12": ["a", "b"], "-4": ["c"]}}']),
    FileKind("structure", "the script's steps", "script/triage.yaml", ["flows/triage.yaml"], script("triage.yaml")),
    FileKind("helplines", "numbers for others", "script/helplines.yaml", ["flows/helplines.yaml"],
             script("helplines.yaml")),
    FileKind("foreign", "the 112 text abroad", "script/texts/foreign.yaml", [], script("texts/foreign.yaml"), more=[
        b"de:\n  reviewed: false\n  danger: Rufen Sie 112 an.\n  opening: Hallo {telephone}\n"]),
    FileKind("officers", "what officers hear", "officers/sv.yaml", [], officers, more=[
        b"spec_version: 1\ncall_pin: Skriv din kod.\ntext_alert: '{reference} {code}'\nanswer:\n  who: Ett barn\n"]),
    FileKind("doors", "what doors say", "doors.yaml", ["flows/doors.yaml"], load_door_texts),
    FileKind("forbidden", "what must not be advised", "forbidden.yaml", ["flows/forbidden.yaml"],
             lambda path: load_rules(path.parent, path.parent, [])),
    FileKind("environment", "the settings in .env", ".env", [], settings,
             (SettingsError, EnvironmentFileError), [ENVIRONMENT]),
)  # fmt: skip
