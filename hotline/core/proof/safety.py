"""What must hold in every conversation there is: danger gets 112, nothing lowers urgency, nobody meets silence.

What may enter: rules about one answer. What may not: the way from a place to an end (ends), and how all are found
(walking). A rule that is broken is told with the shortest conversation that breaks it.
"""

from collections.abc import Callable, Iterator

from hotline.core.case import URGENT_FLAGS
from hotline.core.effects import AddToCase, Ask, BringForward, Connect, FileReport, HangUp
from hotline.core.exploring import Ways, transcript
from hotline.core.flow import Filing, Kind
from hotline.core.reading import Chosen
from hotline.core.speaking import seconds_until
from hotline.core.turn import Act
from hotline.core.wording import segments

from .ends import Ends
from .finding import Finding
from .walking import Gap, Turning, walked

NUMBER = "112"
QUIET = (Act.HANG_UP, Act.BRIDGED)
GOES_ON, ADDS, KEEPS = (Ask, Connect, HangUp), (AddToCase, BringForward), (FileReport, AddToCase, BringForward)
LEADS_WITHIN = 40  # letters of a text in which 112 has to stand to be what it leads with


Rule = Callable[[Turning], str]


def says_112(turning: Turning) -> bool:
    """Whether the number stands anywhere in the answer."""
    return any(NUMBER in say.text for say in turning.said)


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


def red_makes_urgent(turning: Turning) -> str:
    """Danger, a weapon, choking or a threat to kill, told of after consent, lets the report rise at once."""
    here, heard = turning.before.last, turning.move.heard
    if here is None or not here.reference or not (heard.red or heard.danger):
        return ""
    urged = any(isinstance(effect, BringForward) and effect.urgent for effect in turning.effects)
    return "" if urged else "danger told of after consent does not make the report urgent"


def nobody_meets_silence(turning: Turning) -> str:
    """Each answer says something, and a call then listens, connects, or ends."""
    if turning.move.act in QUIET:
        return ""
    if not any(say.text.strip() for say in turning.said):
        return "is answered with silence"
    last, there = turning.effects[-1], turning.after.last
    if turning.ways.voice and not isinstance(last, GOES_ON):
        return "the call is left hanging: nothing listens, connects or ends it"
    if there and not there.complete and turning.ways.script.steps[there.step].kind is Kind.END:
        return f"{there.step} is an end, and the conversation goes on there: nothing that is answered leads anywhere"
    return ""


def every_end_says_how(turning: Turning) -> str:
    """The last words name 112, as do those after them, and those to STOP; urgent and closed, they lead with it."""
    there = turning.after.last
    over = there is None or there.complete or any(say.name == "opt_out" for say in turning.said)
    if not over or turning.move.act in QUIET:
        return ""
    last = turning.said[-1].text if turning.said else ""
    if not says_112(turning):
        return "ends without saying how to get help: 112 is not in it"
    urgent = turning.ends and there and there.flags & URGENT_FLAGS
    if urgent and not turning.ways.office_open and NUMBER not in last[:LEADS_WITHIN] and turning.move.words != "0":
        return "an urgent report while the office is closed: the last text must lead with 112"
    return ""


def failures_lead_to_advice(turning: Turning) -> str:
    """Not connected, not understood for the last time, silent, a picture: 112 stands in the answer."""
    act, script = turning.move.act, turning.ways.script
    failed = act in (Act.NOT_BRIDGED, Act.PICTURE) or (act is Act.SILENCE and turning.ways.voice)
    given_up = any(say.name in (script.missed[-1], script.silent[-1]) for say in turning.said)
    if (failed or given_up) and not says_112(turning):
        return "a failure is not answered with advice: 112 is not in it"
    return ""


def advice_is_noted(turning: Turning) -> str:
    """Who was told to call 112 is known to have been told, and nobody else: whoever takes a call relies on it."""
    here, there = turning.before.last, turning.after.last
    if there is None:
        return ""
    told = any(say.name == turning.ways.script.anywhere.danger for say in turning.said)
    if told and not {"going_on", "told_112"} <= there.flags:
        return "is told to call 112, but it is not noted: `flags` going_on and told_112 are missing"
    new = there.flags - (here.flags if here else frozenset())
    untrue = "told_112" in new and not says_112(turning)
    return "is noted as told to call 112, but 112 is not in the answer" if untrue else ""


def nothing_is_claimed(turning: Turning) -> str:
    """A report that was made is told of at the end, and none that was not."""
    here, there = turning.before.last, turning.after.last
    now = there or here
    report = bool(now and now.reference)
    reported = turning.ways.script.anywhere.reported
    if not report and any(say.name == reported for say in turning.said):
        return "says that there is a report, and there is none"
    if report and turning.ends and turning.said and turning.said[-1].name not in (reported, "withdrawn"):
        return f"there is a report, and {turning.said[-1].name}, the last text, does not say so"
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
    if any(word in say.text for word in turning.after.words for say in turning.said):
        return "repeats what the caller wrote"
    return ""


def only_consent_files(turning: Turning) -> str:
    """A report exists only after a choice that gives consent, and holds the number only if that choice says so."""
    kept = [effect for effect in turning.effects if isinstance(effect, KEEPS)]
    if not kept:
        return ""
    filed = next((effect.report for effect in kept if isinstance(effect, FileReport)), None)
    answer = turning.move.heard.answer
    choices = turning.ways.script.steps[turning.step].choices
    choice = choices.get(answer.key) if isinstance(answer, Chosen) else None
    if filed and (choice is None or choice.file is Filing.NO):
        return "a report is made without consent"
    if filed and turning.before.last and turning.before.last.reference:
        return "a second report is made of the same conversation"
    if filed and filed.caller and (choice is None or choice.file is not Filing.WITH_NUMBER):
        return "the caller's number goes along without consent to it"
    nowhere = any(isinstance(row, ADDS) and not row.reference for row in kept)
    return "something is added to a report that does not exist" if nowhere else ""


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
    red_makes_urgent,
    nobody_meets_silence,
    every_end_says_how,
    failures_lead_to_advice,
    advice_is_noted,
    nothing_is_claimed,
    texts_stay_short,
    no_words_come_back,
    only_consent_files,
    is_soon_said,
)


def safety_findings(ways: Ways, used: set[tuple[str, str, str]]) -> Iterator[Finding]:
    """Each rule that is broken at a step, once. `used`: (language, text, channel) of all that was said is added."""
    told: set[tuple[str, ...]] = set()
    ends = Ends()
    for turning in walked(ways):
        if isinstance(turning, Gap):
            if (turning.language, turning.text) not in told:
                told.add((turning.language, turning.text))
                yield unsayable(turning)
            continue
        ends.add(turning)
        used.update((say.language, say.name, ways.channel.value) for say in turning.said)
        for rule in RULES:
            text = rule(turning)
            if text and (rule.__name__, turning.step, text) not in told:
                told.add((rule.__name__, turning.step, text))
                yield Finding.at_step(turning.step, text, path=turning.after)
    yield from ends.findings(ways)


def unsayable(gap: Gap) -> Finding:
    """A text that nobody could hear."""
    what = f"{gap.text} is to be said, and cannot be: a caller would meet silence"
    return Finding(f"texts/{gap.language}.yaml", ("texts", gap.text), what, transcript(gap.path))
