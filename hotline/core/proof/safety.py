"""What must hold in every conversation there is: danger gets 112, nothing lowers urgency, nobody meets silence.

Every place that can be reached is visited once, in every language, channel and hour, and from it everything is tried
that can be heard. A rule that is broken is told with the shortest conversation that breaks it.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field

from hotline.core.case import URGENT_FLAGS
from hotline.core.effects import AddToCase, Ask, BringForward, Connect, Effect, FileReport, HangUp, Say
from hotline.core.exploring import Move, Path, Ways, whole_place
from hotline.core.flow import Filing, Kind, Script
from hotline.core.municipality import Municipality
from hotline.core.reading import Chosen
from hotline.core.speaking import seconds, seconds_until
from hotline.core.turn import Act, Channel
from hotline.core.wording import segments

from .finding import Finding

NUMBER = "112"
QUIET = (Act.HANG_UP, Act.BRIDGED)
LEADS_WITHIN = 40  # letters of a text in which 112 has to stand to be what it leads with


@dataclass(frozen=True)
class Turning:
    """One move from one place: `before` and `after` are the ways to and from it."""

    ways: Ways
    before: Path
    after: Path

    @property
    def move(self) -> Move:
        return self.after.moves[-1][0]

    @property
    def effects(self) -> tuple[Effect, ...]:
        return self.after.moves[-1][1]

    @property
    def said(self) -> list[Say]:
        return [effect for effect in self.effects if isinstance(effect, Say)]

    @property
    def step(self) -> str:
        return self.before.last.step if self.before.last else self.ways.script.start

    @property
    def ends(self) -> bool:
        """Whether the answer is the last one."""
        here, there = self.before.last, self.after.last
        return there is None or (there.complete and not (here and here.complete))


@dataclass
class Walk:
    """Everything that was tried in one language, channel and hour."""

    ways: Ways
    turnings: list[Turning] = field(default_factory=list)


def explored(script: Script, municipality: Municipality) -> Iterator[Walk]:
    """A walk for each language that the municipality speaks, each channel, by day and by night, and withheld."""
    for language in municipality.languages:
        for channel in Channel:
            for office_open in (True, False):
                yield walked(Ways(script, municipality, language, channel, office_open))
        withheld = Ways(script, municipality, language, Channel.VOICE, office_open=False, caller=None)
        yield walked(withheld)


def walked(ways: Ways) -> Walk:
    """Every place once, nearest first, and from it everything."""
    first = ways.begin()
    walk = Walk(ways, [Turning(ways, Path(), first)])
    seen, waiting = {whole_place(first.last) if first.last else None}, deque([first])
    while waiting:
        path = waiting.popleft()
        if path.last is None:
            continue
        for move in ways.everything(path.last):
            after = ways.go_on(path, move)
            walk.turnings.append(Turning(ways, path, after))
            # In another language the same conversation goes on as it would have from its beginning.
            there = after.last
            if there and there.language == ways.language and whole_place(there) not in seen:
                seen.add(whole_place(there))
                waiting.append(after)
    return walk


Rule = Callable[[Turning], str]


def danger_gets_112(turning: Turning) -> str:
    """Whoever says that violence is going on is told to call 112, first, in this very answer."""
    if turning.move.heard.danger is None:
        return ""
    return (
        "" if turning.said and NUMBER in turning.said[0].text[:LEADS_WITHIN] else "a cry is not answered with 112 first"
    )


def nothing_lowers_urgency(turning: Turning) -> str:
    """Flags are only ever added; a new conversation after a report has its own."""
    here, there = turning.before.last, turning.after.last
    if here is None or there is None or (here.complete and not there.complete):
        return ""
    lost = here.flags - there.flags
    return f"what was told is forgotten: {', '.join(sorted(lost))}" if lost else ""


def nobody_meets_silence(turning: Turning) -> str:
    """Each answer says something, and a call then listens, connects, or ends."""
    if turning.move.act in QUIET:
        return ""
    if not any(say.text.strip() for say in turning.said):
        return "is answered with silence"
    last = turning.effects[-1]
    if turning.ways.voice and not isinstance(last, Ask | Connect | HangUp):
        return "the call is left hanging: nothing listens, connects or ends it"
    return ""


def every_end_says_how(turning: Turning) -> str:
    """The last words name 112; when the office is closed and it is urgent, they lead with it."""
    if not turning.ends or turning.move.act in QUIET:
        return ""
    last = turning.said[-1].text if turning.said else ""
    if NUMBER not in " ".join(say.text for say in turning.said):
        return "ends without saying how to get help: 112 is not in it"
    urgent = turning.after.last and turning.after.last.flags & URGENT_FLAGS
    if urgent and not turning.ways.office_open and NUMBER not in last[:LEADS_WITHIN] and turning.move.words != "0":
        return "an urgent report while the office is closed: the last text must lead with 112"
    return ""


def failures_lead_to_advice(turning: Turning) -> str:
    """Not connected, not understood for the last time, silent: 112 stands in the answer."""
    failed = turning.move.act is Act.NOT_BRIDGED or (turning.move.act is Act.SILENCE and turning.ways.voice)
    if failed and NUMBER not in " ".join(say.text for say in turning.said):
        return "a failure is not answered with advice: 112 is not in it"
    return ""


def texts_stay_short(turning: Turning) -> str:
    """As many messages and segments as the script allows itself."""
    if turning.ways.voice:
        return ""
    bounds = turning.ways.script.bounds
    if len(turning.said) > bounds.messages:
        return f"is answered with {len(turning.said)} texts; {bounds.messages} are allowed"
    long = next((say for say in turning.said if segments(say.text) > bounds.segments), None)
    return (
        f"{long.name} ({long.language}) takes {segments(long.text)} segments; {bounds.segments} are allowed"
        if long
        else ""
    )


def no_words_come_back(turning: Turning) -> str:
    """What a caller wrote stands in no answer: somebody else may hold the telephone."""
    words = [move.words for move, _ in turning.after.moves if len(move.words) > len("0000")]
    if any(word in say.text for word in words for say in turning.said):
        return "repeats what the caller wrote"
    return ""


def only_consent_files(turning: Turning) -> str:
    """A report exists only after a choice that gives consent, and holds the number only if that choice says so."""
    filed = next((effect.report for effect in turning.effects if isinstance(effect, FileReport)), None)
    answer = turning.move.heard.answer
    choices = turning.ways.script.steps[turning.step].choices
    choice = choices.get(answer.key) if isinstance(answer, Chosen) else None
    if filed and (choice is None or choice.file is Filing.NO):
        return "a report is made without consent"
    if filed and filed.caller and (choice is None or choice.file is not Filing.WITH_NUMBER):
        return "the caller's number goes along without consent to it"
    rows = [effect for effect in turning.effects if isinstance(effect, AddToCase | BringForward)]
    return "something is added to a report that does not exist" if any(not row.reference for row in rows) else ""


def is_soon_said(turning: Turning) -> str:
    """How long a caller listens until 112 has been said, at the beginning and after a cry."""
    first = not turning.before.moves or turning.move.heard.danger is not None
    if not turning.ways.voice or not first or not turning.said:
        return ""
    bound = turning.ways.script.bounds.seconds_to_112
    took = seconds_until(" ".join(say.text for say in turning.said), NUMBER)
    return f"112 is said after {took:.1f} s; {bound:g} s are allowed" if took is not None and took > bound else ""


RULES: tuple[Rule, ...] = (
    danger_gets_112,
    nothing_lowers_urgency,
    nobody_meets_silence,
    every_end_says_how,
    failures_lead_to_advice,
    texts_stay_short,
    no_words_come_back,
    only_consent_files,
    is_soon_said,
)


def safety_findings(walk: Walk, used: set[tuple[str, str, str]]) -> Iterator[Finding]:
    """Each rule that is broken at a step, once. `used`: (language, text, channel) of all that was said is added."""
    told: set[tuple[str, str, str]] = set()
    channel = walk.ways.channel.value
    for turning in walk.turnings:
        used.update((say.language, say.name, channel) for say in turning.said)
        for rule in RULES:
            text = rule(turning)
            if text and (rule.__name__, turning.step, text) not in told:
                told.add((rule.__name__, turning.step, text))
                yield Finding.at_step(turning.step, text, path=turning.after)
    yield from _turns(walk)
    yield from _person(walk)


def _turns(walk: Walk) -> Iterator[Finding]:
    """From every place there is a way to an end in a bounded number of acts."""
    bound = walk.ways.script.bounds.turns
    back: dict[Hashable, set[Hashable]] = {}
    ways_to: dict[Hashable, Path] = {}
    for turning in walk.turnings:
        if turning.before.last is None:
            continue
        here = whole_place(turning.before.last)
        ways_to.setdefault(here, turning.before)
        there = None if turning.ends else whole_place(turning.after.last) if turning.after.last else None
        back.setdefault(there, set()).add(here)
    near: set[Hashable] = {None}
    edge: set[Hashable] = {None}
    for _ in range(bound):
        edge = {here for there in edge for here in back.get(there, ())} - near
        near |= edge
    far = [path for place, path in ways_to.items() if place not in near and path.last and not path.last.complete]
    if far:
        step = far[0].last.step if far[0].last else walk.ways.script.start
        yield Finding.at_step(step, f"no end can be reached from here in {bound} turns", path=far[0])


def _person(walk: Walk) -> Iterator[Finding]:
    """By call, in office hours: how long it takes until a person is called, every question answered at once."""
    if not (walk.ways.voice and walk.ways.office_open and walk.ways.caller):
        return
    bound = walk.ways.script.bounds.seconds_to_person
    took = seconds_to_person(walk)
    if took is None:
        if any(step.kind is Kind.CONNECT for step in walk.ways.script.steps.values()):
            yield Finding.at_step(walk.ways.script.start, "no call is ever connected to a person")
    elif took > bound:
        text = f"a call is connected after {took:.0f} s of speech; {bound:g} s are allowed"
        yield Finding.at_step(walk.ways.script.start, text)


def seconds_to_person(walk: Walk) -> float | None:
    """Seconds of speech on the shortest way to a connection, or None."""
    path = next((one.after for one in walk.turnings if any(isinstance(each, Connect) for each in one.effects)), None)
    if path is None:
        return None
    return sum(seconds(effect.text) for _, effects in path.moves for effect in effects if isinstance(effect, Say))
