"""Reads flows/doors.yaml: what the doors say by themselves."""

from collections.abc import Mapping
from pathlib import Path

from ruamel.yaml import YAML


def load_door_texts(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Language → name → text. Raises ValueError when a language lacks a text that another has."""
    texts = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))["texts"]
    loaded = {str(language): {str(name): str(text) for name, text in own.items()} for language, own in texts.items()}
    names = {name for own in loaded.values() for name in own}
    for language, own in loaded.items():
        if missing := names - own.keys():
            raise ValueError(f"{path.name}: {language} lacks {', '.join(sorted(missing))}")
    return loaded
