"""Reads flows/doors.yaml: what the doors say by themselves."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from .script_schema import Language, Name, Strict, Words
from .yaml_files import Document


class DoorFile(Strict):
    """doors.yaml: language → name → text."""

    spec_version: Literal[1]
    texts: dict[Language, dict[Name, Words]]


def load_door_texts(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Language → name → text. Raises FileFaultError when a language lacks a text that another has."""
    document = Document(path)
    loaded = document.checked(DoorFile).texts
    names = {name for own in loaded.values() for name in own}
    for language, own in loaded.items():
        if missing := names - own.keys():
            raise document.fault(f"{language} lacks {', '.join(sorted(missing))}", "texts", language)
    return loaded
