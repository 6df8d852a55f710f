"""One YAML file with its lines. What may enter: YAML and its traps. What may not: what the values mean.

Everything that people write in flows/ is read here, so that every complaint is "file:line: what to do" and none of
YAML's surprises gets through: a repeated key, an anchor that copies what nobody sees, a key that is not text.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, NodeEvent
from ruamel.yaml.nodes import Node
from ruamel.yaml.reader import ReaderError

Steps = Sequence[str | int]
Model = TypeVar("Model", bound=BaseModel)
SAID = {
    "extra_forbidden": "unknown key",
    "missing": "is missing",
    "string_type": "is no text: put it in quotes",
    "string_pattern_mismatch": "is not written as it must be",
}


class FileFaultError(ValueError):
    """A file of flows/ cannot be used. Each line of the message is "file:line: what to do"."""


class Document:
    """One file, read whole. `data`: plain values, texts as they stand."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """`text`: what the file holds, where it does not lie at `path`. Raises FileFaultError."""
        self.path = path
        try:
            written = path.read_text(encoding="utf-8") if text is None else text
            self._marked = marked(written)
        except DuplicateKeyError as problem:
            raise FileFaultError(f"{path}:{line_of(problem)}: a key stands twice; keep one") from problem
        except MarkedYAMLError as problem:
            raise FileFaultError(f"{path}:{line_of(problem)}: no valid YAML: {problem.problem}") from problem
        except ReaderError as problem:
            line = written[: problem.position].count("\n") + 1
            what = f"holds a character that cannot be seen (U+{problem.character:04X})"
            raise FileFaultError(f"{path}:{line}: {what}: take it out") from problem
        except (OSError, UnicodeDecodeError) as problem:
            raise FileFaultError(f"{path}:1: cannot be read: {problem}") from problem
        except RecursionError as problem:
            raise FileFaultError(f"{path}:1: nested too deeply to be read") from problem
        if not isinstance(self._marked, CommentedMap):
            raise FileFaultError(f"{path}:1: holds no keys; write 'key: value' lines")
        self.data: dict[str, Any] = self._plain(self._marked, ())

    def line(self, *steps: str | int) -> int:
        """The line (from 1) of the deepest part of `steps` that stands in the file."""
        data, line = self._marked, 1
        for step in steps:
            if not isinstance(data, CommentedMap | CommentedSeq) or step not in data.lc.data:
                break
            line = data.lc.data[step][0] + 1
            data = data[step]
        return line

    def fault(self, what: str, *steps: str | int) -> FileFaultError:
        """What is wrong at `steps`, to be raised."""
        return FileFaultError(f"{self.path}:{self.line(*steps)}: {what}")

    def checked(self, model: type[Model]) -> Model:
        """The file in the shape of `model`. Raises FileFaultError with a line for each thing that does not fit."""
        try:
            return model.model_validate(self.data)
        except ValidationError as problem:
            rows = [self._said(each["loc"], SAID.get(each["type"], each["msg"])) for each in problem.errors()]
            raise FileFaultError("\n".join(rows)) from problem

    def _said(self, steps: Steps, what: str) -> str:
        named = [step for step in steps if step != "[key]"]
        return f"{self.path}:{self.line(*named)}: {'.'.join(map(str, named))}: {what}"

    def _plain(self, data: object, above: Steps) -> Any:  # noqa: ANN401 - whatever YAML may hold
        match data:
            case CommentedMap():
                if data.merge:
                    raise self.fault("no merging (<<): write it out", *above)
                for key in data:
                    if not isinstance(key, str):
                        raise self.fault(f"the key {key!r} is no text: put it in quotes", *above, key)
                return {str(key): self._plain(value, (*above, key)) for key, value in data.items()}
            case CommentedSeq():
                return [self._plain(value, (*above, place)) for place, value in enumerate(data)]
            case str() | int() | float() | date() | None:
                return data
            case _:
                raise self.fault(f"{data!r} is no plain value: put it in quotes", *above)


class WithoutAnchors(Composer):
    """Refuses what would stand in two places at once, or would be made into something else than it looks."""

    def compose_node(self, parent: Node | None, index: int | None) -> Node:
        event = self.parser.peek_event()
        marked = isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None)
        if marked:
            raise MarkedYAMLError(problem="no anchors (&, *): write it out", problem_mark=event.start_mark)
        if getattr(event, "tag", None) not in {None, "!"}:
            raise MarkedYAMLError(problem="no tags (!): write plain values", problem_mark=event.start_mark)
        node: Node = super().compose_node(parent, index)
        return node


class WithPlaces(RoundTripConstructor):
    """Says where a value stands that looks like a number or a date and is none: the parser falls over it."""

    def construct_object(self, node: Node, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - the parser's own
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, LookupError, ArithmeticError) as fault:
            what = f"{str(node.value)[:40]!r} cannot be read: put it in quotes"
            raise MarkedYAMLError(problem=what, problem_mark=node.start_mark) from fault


def reader() -> YAML:
    """Knows lines, and reads YAML 1.2: "no" and "22:30" are texts."""
    yaml = YAML(typ="rt")
    yaml.version = (1, 2)
    yaml.Composer = WithoutAnchors
    yaml.Constructor = WithPlaces
    return yaml


@lru_cache(maxsize=64)  # a version's files are read for what they say, and again for where they say it
def marked(written: str) -> object:
    """What the text holds, with its lines; not to be changed. Raises MarkedYAMLError, ReaderError."""
    return reader().load(written)


def line_of(problem: MarkedYAMLError) -> int:
    """Where YAML stumbled."""
    return problem.problem_mark.line + 1 if problem.problem_mark else 1
