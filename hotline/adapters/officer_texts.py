"""Reads what officers hear and read (flows/officers/<language>.yaml): name → text, deeper names joined by dots.

What may enter: YAML and its traps. What may not: what is said when.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

# Outgoing texts lie open on a telephone: these names hold nothing about a person or a place.
OPEN_NAMES = frozenset({"reference", "priority", "code", "minutes"})


class OfficerTextError(ValueError):
    """The file cannot be used; the message names file and text."""


def load_officer_texts(folder: Path, language: str = "sv") -> dict[str, str]:
    """{"call_pin": ..., "answer.who.2": ...}; raises OfficerTextError."""
    path = folder / f"{language}.yaml"
    try:
        content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        raise OfficerTextError(f"{path}: cannot be read: {error}") from error
    if not isinstance(content, Mapping):
        raise OfficerTextError(f"{path}:1: holds no texts")
    texts = dict(_flat("", content, path))
    for name, text in texts.items():
        if name.startswith(("text_", "mail_")) and not _slots(text) <= OPEN_NAMES:
            raise OfficerTextError(f"{path}: {name} may only name {', '.join(sorted(OPEN_NAMES))}")
    return texts


def _flat(above: str, content: Mapping[object, object], path: Path) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{above}{key}.", value, path)
        elif isinstance(value, str):
            yield f"{above}{key}", value
        elif key != "spec_version":
            raise OfficerTextError(f"{path}: {above}{key} is no text: put it in quotes")


def _slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
