"""Where those who change the script work: proved, drawn, compared. Reads folders; touches no database of its own.

Everything is read anew at each call, so that what is broken is shown with its line instead of stopping a start.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path

from hotline.core.comparing import Difference, differences, heard_otherwise
from hotline.core.conversation import Conversation, kept_as
from hotline.core.costing import Cost, Trip, costs, cries, every_way
from hotline.core.exploring import Ways
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.core.proof import Matter, all_ways, known_rows, prove
from hotline.core.reading import Lexicon, Row
from hotline.core.reading.fitting import Fitted, fit
from hotline.core.telling import Prices, Telling

from . import script_svg
from .flow_files import ScriptFiles, read_script_files, script_of
from .municipality_files import load_municipalities
from .officer_texts import load_officer_texts
from .price_files import load_prices
from .proof_files import load_rules, never_rung, placed
from .weight_files import write_scales
from .word_files import load_lexicon
from .yaml_files import FileFaultError


class Workshop:
    """`flows`: the folder worked on. `find`: the packed files of a version that callers have talked to, or None."""

    def __init__(
        self, flows: Path, municipalities: Path, recordings: Path, find: Callable[[str], bytes | None]
    ) -> None:
        self._flows = flows
        self._municipalities = municipalities
        self._recordings = recordings
        self._find = find

    def at(self, flows: Path) -> "Workshop":
        """The same for another folder, with the municipalities in it."""
        return Workshop(flows, flows / "municipalities", self._recordings, self._find)

    def prove(self, at: datetime) -> Iterator[tuple[str, str]]:
        """("file:line: what", the conversation that shows it or "") for everything that does not hold today."""
        try:
            rules = load_rules(self._flows, self._recordings, self.municipalities.values())
            matter = Matter(self.script, self.municipalities, rules, at)
        except FileFaultError as fault:
            yield from ((line, "") for line in str(fault).splitlines())
            return
        told: set[str] = set()
        for finding in prove(matter):
            text = placed(self._flows, self._municipalities, finding)
            # The same in every language, channel and hour is one thing to mend; its first conversation is the shortest.
            if text not in told:
                told.add(text)
                yield text, finding.shown

    def drawn(self, language: str) -> str:
        """The script as SVG. Raises FileFaultError; KeyError for a language that it has no texts in."""
        return script_svg.draw(self.script, language)

    def differences(self, old: str, new: str) -> Iterator[tuple[str, str, Difference]]:
        """(municipality; language, channel and hour; difference) between two versions: each a folder, or a hash.

        What is heard otherwise is so in every municipality: "".
        """
        before, after = self.version(old), self.version(new)
        if before.lexicon is not after.lexicon:
            yield from (("", *each) for each in heard_otherwise(before, after))
        for municipality in self.municipalities.values():
            told: set[tuple[str, Difference]] = set()
            for now in (one for one in all_ways(after, municipality) if one.language in before.texts):
                for difference in differences(replace(now, script=before, moments={}), now):
                    # The same at another hour, or withheld, is one thing to notice.
                    if (key := (f"{now.language} {now.channel.value}", difference)) not in told:
                        told.add(key)
                        yield municipality.name, now.shown, difference

    def version(self, name: str) -> Script:
        """The script in a folder, or a version that callers have talked to. Raises FileFaultError."""
        folder = Path(name)
        if folder.is_dir():
            return script_of(read_script_files(folder), self._words_in(folder))
        packed = self._find(name)
        if packed is None:
            raise FileFaultError(f"{name} is neither a folder with a script nor the hash of a version in the database")
        return script_of(ScriptFiles.unpacked(packed), self.lexicon)

    def _words_in(self, folder: Path) -> Lexicon:
        """The folder's own words, compiled anew only where they are others than ours."""
        same = all(contents(folder / name) == contents(self._flows / name) for name in ("words", "weights"))
        return self.lexicon if same else load_lexicon(folder / "words")

    @cached_property
    def script(self) -> Script:
        """Raises FileFaultError."""
        return script_of(read_script_files(self._flows), self.lexicon)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Raises FileFaultError."""
        return load_lexicon(self._flows / "words")

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that have a script, in the order of the word files. Raises FileFaultError."""
        return tuple(tongue.name for tongue in self.lexicon.tongues if tongue.name in self.script.texts)

    def weigh(self, rows: Sequence[Row], told: Callable[[str], None]) -> Mapping[str, Fitted]:
        """Learn what words weigh from labelled messages, and keep it in weights/. Raises FileFaultError."""
        lexicon = load_lexicon(self._flows / "words", weighed=False)
        script = script_of(read_script_files(self._flows), lexicon)
        fitted = fit(lexicon, rows, told, known=list(known_rows(script)))
        write_scales(self._flows / "weights", fitted)
        return fitted

    @cached_property
    def municipalities(self) -> Mapping[str, Municipality]:
        """By their keys. Raises FileFaultError."""
        return load_municipalities(self._municipalities)

    def every_way(self) -> Iterator[tuple[Ways, list[Trip]]]:
        """Every way through the script, in every municipality. Raises FileFaultError."""
        return chain.from_iterable(every_way(self.script, one) for one in self.municipalities.values())

    def cries(self) -> Mapping[str, Mapping[str, int]]:
        """Municipality's name → language → segments of what a cry in it gets. Raises FileFaultError."""
        return {one.name: cries(self.script, one) for one in self.municipalities.values()}

    def costs(self) -> list[Cost]:
        """What every way costs, with what it takes to tell officers. Raises FileFaultError."""
        telling = Telling(load_officer_texts(self._flows / "officers"), self.prices)
        every = (costs(self.script, one, telling) for one in self.municipalities.values())
        return list(chain.from_iterable(every))

    @cached_property
    def prices(self) -> Prices:
        """What the carrier takes. Raises FileFaultError."""
        return load_prices(self._flows)

    def never_rung(self) -> list[str]:
        """The helplines whose number has only been read somewhere. Raises FileFaultError."""
        return never_rung(self._flows)

    def summary(self) -> str:
        """What was proved, in one line."""
        script = self.script
        return (
            f"{script.name} {script.version}, {len(script.steps)} steps in {', '.join(script.texts)}, "
            f"112 also in {len(script.foreign)} languages"
        )

    def standing(self, states: Iterable[str]) -> Iterator[tuple[str, int, list[str]]]:
        """(version, conversations on it, what they would lose: steps, a language), for `check --deploy`."""
        versions: dict[str, list[Conversation]] = {}
        for here in map(kept_as, states):
            if here is not None and not here.over:
                versions.setdefault(here.script, []).append(here)
        for name, standing in versions.items():
            script = self._script_of(name)
            lost = sorted({part for here in standing for part in here.lost_in(script.steps, script.texts)})
            mine = " (this one)" if name == self.script.version else ""
            yield f"{name}{mine}", len(standing), lost

    def _script_of(self, version: str) -> Script:
        """The script in which a conversation of this version goes on: its own, or today's where that is lost."""
        try:
            return self.script if version == self.script.version else self.version(version)
        except FileFaultError:
            return self.script


def contents(folder: Path) -> dict[str, bytes]:
    """Name → what stands in it, of every file."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.*"))}
