"""Reads the script: its structure, its texts and the words people use (flows/), into the core's values.

What may enter: files and lines. What may not: what a step means, and whether it is safe; the proof looks at that.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, RootModel

from hotline.core.flow import Anywhere, Bounds, Choice, Filing, Helpline, Kind, Script, Step, Texts, Unconnected
from hotline.core.reading import Lexicon, Option

from .script_schema import ForeignPart, HelplineFile, Language, StepPart, StructureFile, TextFile
from .word_files import load_lexicon
from .yaml_files import Document, FileFaultError

STRUCTURE, HELPLINES, FOREIGN = "triage.yaml", "helplines.yaml", "texts/foreign.yaml"


class ForeignFile(RootModel[dict[Language, ForeignPart]]):
    """texts/foreign.yaml."""

    model_config = ConfigDict(strict=True, frozen=True)


@dataclass(frozen=True)
class ScriptFiles:
    """The files that a script is made of, whole: name below flows/ → text. `folder`: where messages say they lie."""

    folder: Path
    texts: Mapping[str, str]

    @property
    def version(self) -> str:
        """Names exactly what callers are asked: the hash of what the files say, whatever their comments and order."""
        said = {name: self.document(name).data for name in sorted(self.texts)}
        return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]

    def document(self, name: str) -> Document:
        """One file with its lines; raises FileFaultError."""
        return Document(self.folder / name, self.texts[name])

    def packed(self) -> bytes:
        """To be kept as long as somebody may ask what was said."""
        return zlib.compress(json.dumps(dict(self.texts), ensure_ascii=False, sort_keys=True).encode(), 9)

    @classmethod
    def unpacked(cls, packed: bytes) -> "ScriptFiles":
        """What `packed` kept."""
        return cls(Path("kept"), json.loads(zlib.decompress(packed)))


def read_script_files(folder: Path) -> ScriptFiles:
    """All files of the script in `folder`. Raises FileFaultError."""
    paths = [folder / STRUCTURE, folder / HELPLINES, *sorted((folder / "texts").glob("*.yaml"))]
    try:
        texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    except (OSError, UnicodeDecodeError) as problem:
        raise FileFaultError(f"{folder}:1: the script cannot be read: {problem}") from problem
    return ScriptFiles(folder, texts)


def load_script(folder: Path, lexicon: Lexicon | None = None) -> Script:
    """The script in `folder` (triage.yaml, helplines.yaml, texts/, words/). Raises FileFaultError."""
    return script_of(read_script_files(folder), lexicon or load_lexicon(folder / "words"))


def script_of(files: ScriptFiles, lexicon: Lexicon) -> Script:
    """The script that these files say. Raises FileFaultError naming each file and line that cannot be used."""
    structure = files.document(STRUCTURE).checked(StructureFile)
    languages = sorted(name for name in files.texts if name.startswith("texts/") and name != FOREIGN)
    script = Script(
        name=structure.flow,
        version=files.version,
        start=structure.start,
        steps={name: _step(name, step) for name, step in structure.steps.items()},
        anywhere=Anywhere(**structure.anywhere.model_dump()),
        missed=tuple(structure.missed),
        silent=tuple(structure.silent),
        bounds=Bounds(**structure.bounds.model_dump()),
        texts={texts.language: texts for texts in (_texts(files, name) for name in languages)},
        foreign=_foreign(files, structure.anywhere.danger),
        language_keys=structure.language_keys,
        helplines=_helplines(files),
        read_lexicon=lambda: lexicon,
    )
    _refuse_holes(files, script)
    return script


def _step(name: str, part: StepPart) -> Step:
    return Step(
        name=name,
        kind=Kind(part.kind),
        choices={
            key: Choice(to=one.to, flags=frozenset(one.flags), say=one.say, file=Filing(one.file), note=one.note)
            for key, one in part.choices.items()
        },
        yes_no=part.yes_no,
        to=part.to,
        none=part.none,
        otherwise={Unconnected(why): to for why, to in part.otherwise.items()},
        on_voice=part.on_voice,
        forget=part.forget,
        answered_by_danger=part.answered_by_danger,
    )


def _texts(files: ScriptFiles, name: str) -> Texts:
    file = files.document(name).checked(TextFile)
    if name != f"texts/{file.language}.yaml":
        raise files.document(name).fault(f"the language must be the file's name, not {file.language!r}", "language")
    labels = {
        step: tuple(Option(key, tuple(words)) for key, words in options.items())
        for step, options in file.labels.items()
    }
    return Texts(
        file.language,
        file.locale,
        file.reviewed,
        {name: {str(key): words for key, words in variants.items()} for name, variants in file.texts.items()},
        labels,
    )


def _foreign(files: ScriptFiles, danger: str) -> dict[str, dict[str, str]]:
    if FOREIGN not in files.texts:
        return {}
    return {
        language: {name: words for name, words in ((danger, part.danger), ("opening", part.opening)) if words}
        for language, part in files.document(FOREIGN).checked(ForeignFile).root.items()
    }


def _helplines(files: ScriptFiles) -> dict[str, Helpline]:
    file = files.document(HELPLINES).checked(HelplineFile)
    return {name: Helpline(line.written, line.spoken) for name, line in file.lines.items()}


def _refuse_holes(files: ScriptFiles, script: Script) -> None:
    """The engine must be able to stand on whatever is named; all else is for the proof."""
    document = files.document(STRUCTURE)
    if script.start not in script.steps:
        raise document.fault(f"start names {script.start}, which is no step", "start")
    for step in script.steps.values():
        for where, to in step.leads():
            if to not in script.steps:
                raise document.fault(f"{step.name} leads to {to}, which is no step", "steps", step.name, *where)
    for where, to in script.anywhere.leads():
        if to not in script.steps:
            raise document.fault(f"anywhere leads to {to}, which is no step", "anywhere", *where)
