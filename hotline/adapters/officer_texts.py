"""Reads what officers hear and read (flows/officers/<language>.yaml): name → text, deeper names joined by dots.

What may enter: YAML and its traps. What may not: what is said when.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from .yaml_files import Document

# Outgoing texts lie open on a telephone: these names hold nothing about a person or a place.
OPEN_NAMES = frozenset({"reference", "priority", "code", "minutes", "count", "cases"})


def load_officer_texts(folder: Path, language: str = "sv") -> dict[str, str]:
    """{"call_pin": ..., "answer.who.2": ...}; raises FileFaultError."""
    document = Document(folder / f"{language}.yaml")
    texts = dict(_flat((), document.data, document))
    for name, text in texts.items():
        slots = _slots(text)
        if slots is None:
            raise document.fault(f"{name} may hold names only between {{ and }}", *name.split("."))
        if name.startswith(("text_", "mail_")) and not slots <= OPEN_NAMES:
            raise document.fault(f"{name} may only name {', '.join(sorted(OPEN_NAMES))}", *name.split("."))
    return texts


def _flat(above: tuple[str, ...], content: Mapping[str, object], document: Document) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _flat((*above, key), value, document)
        elif isinstance(value, str):
            yield ".".join((*above, key)), value
        elif key != "spec_version":
            raise document.fault(f"{key} is no text: put it in quotes", *above, key)


def _slots(text: str) -> set[str] | None:
    """The names that are filled in; None when it could not be filled in at all, and the alert would never be told."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    slots = {(name, spec, kind) for _, name, spec, kind in parts if name is not None}
    return (
        {name for name, _, _ in slots}
        if all(name.isidentifier() and not (spec or kind) for name, spec, kind in slots)
        else None
    )
