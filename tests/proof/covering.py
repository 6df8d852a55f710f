"""Which lines of the script a conversation passes: answers, ways on, failures, texts for what is missed.

A line is named as it is written: now.1, reach.otherwise.busy, number.none, missed.0, anywhere.words.staff.
"""

from collections.abc import Iterator

from hotline.core.conversation import Conversation
from hotline.core.effects import Connect, Effect, Say
from hotline.core.exploring import Move, Ways, step_place, written
from hotline.core.flow import Kind, Script, Unconnected
from hotline.core.hearing import SAID, NoNumber, Number, Place
from hotline.core.proof.walking import Turning, walked
from hotline.core.reading import Chosen
from hotline.core.turn import Act


def lines_of(script: Script) -> set[str]:
    """Every line that a conversation can pass."""
    ways_out = {
        f"{step.name}.{'.'.join(part for part in where if part != 'choices').removesuffix('.to')}"
        for step in script.steps.values()
        for where, _ in step.leads()
    }
    anywhere = {f"anywhere.{'.'.join(where)}" for where, _ in script.anywhere.leads()}
    missed = {f"missed.{number}" for number in range(len(script.missed))}
    return ways_out | anywhere | missed | {f"silent.{number}" for number in range(len(script.silent))}


def passed_by_transcripts(ways: Ways) -> set[str]:
    """The lines that the golden transcripts pass."""
    before: dict[tuple[str, ...], Conversation | None] = {(): None}
    found: set[str] = set()
    for path in ways.all(step_place):
        way = tuple(written(move) for move, _ in path.moves)
        before[way] = path.last
        found.update(_passed(ways, before.get(way[:-1]), *path.moves[-1]))
    return found


def passed_by_the_proof(ways: Ways) -> set[str]:
    """The lines that the proof passes on its walk."""
    turnings = (each for each in walked(ways) if isinstance(each, Turning))
    return {line for each in turnings for line in _passed(ways, each.before.last, each.move, each.effects)}


def _passed(ways: Ways, here: Conversation | None, move: Move, effects: tuple[Effect, ...]) -> Iterator[str]:
    yield from _anywhere(ways.script, here, move, effects)
    if here is None or here.complete:
        return
    names = [effect.name for effect in effects if isinstance(effect, Say)]
    if move.act is Act.SILENCE and names[0] == ways.script.silent[here.silences]:
        yield f"silent.{here.silences}"
    elif names and names[0] in ways.script.missed[here.misses : here.misses + 1]:
        yield f"missed.{here.misses}"
    line, to = _taken(ways.script, here, move)
    if line:
        yield line
        yield from _through(ways, here, to, effects)


def _anywhere(script: Script, here: Conversation | None, move: Move, effects: tuple[Effect, ...]) -> Iterator[str]:
    anywhere, wish = script.anywhere, move.heard.wish
    names = {effect.name for effect in effects if isinstance(effect, Say)}
    if move.heard.danger and anywhere.danger in names:
        yield "anywhere.danger"
    if wish in anywhere.words:
        yield f"anywhere.words.{wish}"
    if wish in anywhere.first_words and here is None:
        yield f"anywhere.first_words.{wish}"
    if move.words == "0" and anywhere.leave in names:
        yield "anywhere.leave"
    if anywhere.reported in names:
        yield "anywhere.reported"


def _taken(script: Script, here: Conversation, move: Move) -> tuple[str, str]:
    """The line that this move takes out of the step, and where it leads; "" where it takes none."""
    step, answer = script.steps[here.step], move.heard.answer
    if move.act is Act.NOT_BRIDGED:
        return f"{step.name}.otherwise.{move.words}", step.otherwise[Unconnected(move.words)]
    if isinstance(answer, Chosen) and answer.key in step.choices:
        to = here.after if step.kind is Kind.ANYTHING and here.after else step.choices[answer.key].to
        return f"{step.name}.{answer.key}", to
    if isinstance(answer, NoNumber):
        return f"{step.name}.none", step.none
    free = step.kind is Kind.ANYTHING and move.act in SAID and not move.heard.wish and move.words != "0"
    if isinstance(answer, Place | Number) or free:
        return f"{step.name}.to", here.after or step.to
    return "", ""


def _through(ways: Ways, here: Conversation, to: str, effects: tuple[Effect, ...]) -> Iterator[str]:
    """What is passed on the way without waiting: the step that stands in on calls, and not being put through."""
    step = ways.script.steps[to]
    if step.on_voice and ways.voice:
        yield f"{to}.on_voice"
        step = ways.script.steps[step.on_voice]
    if step.kind is Kind.CONNECT and not any(isinstance(effect, Connect) for effect in effects):
        why = "by_text" if not ways.voice else "closed" if not ways.office_open else "again"
        yield f"{step.name}.otherwise.{why}"
        yield from _through(ways, here, step.otherwise[Unconnected(why)], effects)
