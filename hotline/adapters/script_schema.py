"""The shape of the script's files: which keys there are and what kind of value each holds.

What may enter: fields and kinds. What may not: what values mean together; the proof (core/proof) looks at that.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Key = Annotated[str, Field(pattern=r"^[0-9]$")]
Words = Annotated[str, Field(min_length=1)]
Flag = Literal["going_on", "red", "child", "repeated", "blows", "told_112", "says_called_112"]
Variant = Literal["sms", "sms_closed", "sms_urgent_closed", "voice", "voice_closed", "voice_urgent_closed"]
Why = Literal["by_text", "closed", "again", "busy", "no_answer", "refused", "failed"]
Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0, strict=False)]


class Strict(BaseModel):
    """Nothing is guessed: an unquoted number is no text, an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ChoicePart(Strict):
    """core.flow.Choice, as written."""

    to: Name
    flags: list[Flag] = []
    say: Name = ""
    file: Literal["", "without_number", "with_number"] = ""
    note: bool = False


class StepPart(Strict):
    """core.flow.Step, as written."""

    kind: Literal["choice", "anything", "place", "number", "connect", "end"]
    choices: dict[Key, ChoicePart] = {}
    yes_no: bool = False
    to: Name = ""
    none: Name = ""
    otherwise: dict[Why, Name] = {}
    on_voice: Name = ""
    forget: bool = False
    answered_by_danger: bool = False


class AnywherePart(Strict):
    """core.flow.Anywhere, as written."""

    danger: Name
    leave: Name
    reported: Name
    words: dict[Name, Name] = {}
    first_words: dict[Name, Name] = {}


class BoundsPart(Strict):
    """core.flow.Bounds, as written."""

    turns: Count
    messages: Count
    segments: Count
    lix: Count
    sentence_words: Count
    seconds_to_112: Seconds
    seconds_to_person: Seconds


class StructureFile(Strict):
    """triage.yaml."""

    spec_version: Literal[2]
    flow: Name
    start: Name
    language_keys: dict[Key, Language]
    bounds: BoundsPart
    anywhere: AnywherePart
    missed: Annotated[list[Name], Field(min_length=1)]
    silent: Annotated[list[Name], Field(min_length=1)]
    steps: Annotated[dict[Name, StepPart], Field(min_length=1)]


class TextFile(Strict):
    """texts/<language>.yaml."""

    language: Language
    locale: Words
    reviewed: bool
    texts: dict[Name, dict[Variant, Words]]
    labels: dict[Name, dict[Key, Annotated[list[Words], Field(min_length=1)]]] = {}


class ForeignPart(Strict):
    """What exists in a language that has no script."""

    reviewed: bool
    danger: Words
    opening: str = ""


class HelplinePart(Strict):
    """One number for those who need somebody else than us. `checked_on`, `how`: when and how it was made sure of."""

    name: Words
    written: Words
    spoken: Words
    hours: Words
    checked_on: Annotated[date, Field(strict=False)]
    how: Literal["read", "rung"]
    source: Words


class HelplineFile(Strict):
    """helplines.yaml."""

    spec_version: Literal[1]
    stale_after_days: Count
    lines: dict[Name, HelplinePart]
