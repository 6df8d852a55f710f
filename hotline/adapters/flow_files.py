"""Reads the script: its structure, its texts and the words people use (flows/), into the core's values.

What may not enter: what a step means. Unknown keys and steps, repeated keys and missing texts are refused by name.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from hotline.core.flow import Choice, Filing, Kind, Script, Step, Texts
from hotline.core.reading import Option

from .word_files import load_lexicon

STEP_KEYS = {"kind", "choices", "yes_no", "to", "on_voice", "on_open_call", "forget"}
CHOICE_KEYS = {"to", "flags", "say", "file", "note"}


class FlowFileError(ValueError):
    """A script file cannot be used; the message names the file and says what to do."""


def load_script(folder: Path) -> Script:
    """The script in `folder` (triage.yaml, texts/, words/). Raises FlowFileError."""
    structure = read_yaml(folder / "triage.yaml")
    texts = {path.stem: _texts(path) for path in sorted((folder / "texts").glob("??.yaml"))}
    foreign = _foreign(folder / "texts" / "foreign.yaml")
    steps = {name: _step(folder, name, dict(data)) for name, data in structure["steps"].items()}
    script = Script(
        name=structure["flow"],
        version=_hash([folder / "triage.yaml", *sorted((folder / "texts").glob("*.yaml"))]),
        start=structure["start"],
        steps=steps,
        texts=texts,
        foreign=foreign,
        language_keys=dict(structure["language_keys"]),
        lexicon=load_lexicon(folder / "words"),
    )
    _refuse_holes(folder, script)
    return script


def read_yaml(path: Path) -> Mapping[str, Any]:
    """One YAML file as plain values: no repeated keys, no surprises of YAML 1.1. Raises FlowFileError."""
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise FlowFileError(f"{path}: {error}") from error
    if not isinstance(data, dict):
        raise FlowFileError(f"{path}: holds no keys")
    return data


def _step(folder: Path, name: str, data: dict[str, Any]) -> Step:
    if unknown := set(data) - STEP_KEYS:
        raise FlowFileError(f"{folder}/triage.yaml: step {name}: unknown key {', '.join(sorted(unknown))}")
    choices = {str(key): _choice(folder, name, dict(choice)) for key, choice in data.pop("choices", {}).items()}
    return Step(name=name, choices=choices, kind=Kind(data.pop("kind")), **data)


def _choice(folder: Path, name: str, data: dict[str, Any]) -> Choice:
    if unknown := set(data) - CHOICE_KEYS:
        raise FlowFileError(f"{folder}/triage.yaml: step {name}: unknown key {', '.join(sorted(unknown))}")
    flags, file = frozenset(data.pop("flags", ())), Filing(data.pop("file", ""))
    return Choice(flags=flags, file=file, **data)


def _texts(path: Path) -> Texts:
    data = read_yaml(path)
    labels = {
        step: tuple(Option(str(key), tuple(words)) for key, words in options.items())
        for step, options in data.get("labels", {}).items()
    }
    return Texts(
        language=data["language"],
        locale=data["locale"],
        reviewed=data["reviewed"],
        wordings=data["texts"],
        labels=labels,
    )


def _foreign(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    return {
        language: {name: words for name, words in texts.items() if name != "reviewed"}
        for language, texts in read_yaml(path).items()
    }


def _refuse_holes(folder: Path, script: Script) -> None:
    """Every step that is named exists, and every language has every text that the first one has."""
    for step in script.steps.values():
        for to in (step.to, step.on_voice, step.on_open_call, *(choice.to for choice in step.choices.values())):
            if to and to not in script.steps:
                raise FlowFileError(f"{folder}/triage.yaml: step {step.name} leads to {to}, which does not exist")
    whole = script.texts["sv"].wordings
    for language, texts in script.texts.items():
        for name, variants in whole.items():
            if missing := set(variants) - set(texts.wordings.get(name, {})):
                raise FlowFileError(f"{folder}/texts/{language}.yaml: {name} lacks {', '.join(sorted(missing))}")


def _hash(paths: list[Path]) -> str:
    """Names exactly what a caller was asked: a change of a step or of a letter gives another."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:16]
