"""`flows`: the script proved before it speaks to anyone, drawn, compared; and how well messages are understood."""

import gc
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from hotline.cli.costs import all_costs, few
from hotline.cli.tools import the_first_tools
from hotline.core.comparing import Difference
from hotline.core.reading import Count, Figures, Row, measure, row_of
from hotline.core.scoring import ASKED, AnswerRow, Score, answer_row_of, score, together
from hotline.core.wording import UnsayableError
from hotline.ports import StoreAwayError

MOST_SHOWN = 3  # conversations; after them the places alone

flows = AppGroup("flows", help="The scripts and the words in flows/.")
a_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@contextmanager
def faults_in_a_line() -> Iterator[None]:
    """What cannot be read or said, and a database that is away, is one line that says so."""
    try:
        yield
    except (ValueError, UnsayableError) as fault:
        raise click.ClickException(str(fault)) from None
    except StoreAwayError as away:
        raise click.ClickException(f"The database cannot be reached, or has not been migrated ({away})") from None


@contextmanager
def nothing_collected() -> Iterator[None]:
    """A walk makes no circles of objects: to look for some again and again takes a tenth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@flows.command("check")
@click.argument("folder", type=a_folder, required=False)
@click.option("--deploy", is_flag=True, help="How many conversations stand on each version; whether each can go on.")
@click.option("--all", "everything", is_flag=True, help="A conversation for every finding, not only the first.")
def check(folder: Path | None, *, deploy: bool, everything: bool) -> None:
    """Prove the scripts, words and municipalities in FOLDER (without it: in flows/).

    Every conversation that callers can have is walked through. What does not hold is named with file and line, and
    shown with the shortest conversation that breaks it. Exit status 1 while anything does not hold.
    """
    tools = the_first_tools()
    if deploy:
        with faults_in_a_line():
            check_running(tools.running())
        return
    workshop = tools.workshop.at(folder) if folder else tools.workshop
    began, found = time.perf_counter(), 0
    click.echo("Walking through every conversation …", err=True)
    with nothing_collected():
        for text, shown in workshop.prove(tools.now()):
            found += 1
            click.echo(text)
            if shown and (everything or found <= MOST_SHOWN):
                click.echo("\n".join(f"    {line}" for line in shown.splitlines()))
    took = f"{time.perf_counter() - began:.0f} s"
    if found:
        raise click.ClickException(f"{found} to mend ({took})")
    click.echo("\n".join(all_costs(workshop)))
    click.echo(f"Everything holds: {workshop.summary()} ({took})")


def check_running(rows: Iterator[tuple[str, int, list[str]]]) -> None:
    """One line per version; fails when a conversation would lose its step."""
    lost = 0
    for version, count, steps in rows:
        lost += len(steps)
        gone = f"; LOST: {', '.join(steps)}" if steps else ", each can go on"
        click.echo(f"{version}: {count} conversation{'s' if count != 1 else ''}{gone}")
    if lost:
        raise click.ClickException("Some conversations would lose their step: keep the version that they began with")
    click.echo(
        "No running conversation loses its step. Words and weights are no part of a version: today's hold for all."
    )


@flows.command("draw")
@click.option("--language", default="sv", show_default=True, help="Whose texts stand in the boxes.")
@click.option("--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="A file; else printed.")
def draw(language: str, output: Path | None) -> None:
    """Draw the script as SVG: steps, answers, and ends by colour."""
    try:
        with faults_in_a_line():
            svg = the_first_tools().workshop.drawn(language)
    except KeyError:
        raise click.ClickException(f"There is no script in {language}") from None
    if output:
        output.write_text(svg, encoding="utf-8")
        click.echo(f"Drawn: {output}")
    else:
        click.echo(svg, nl=False)


@flows.command("diff")
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """List which conversations end or are answered otherwise in NEW than in OLD.

    Each is a folder like flows/, or the hash of a version that callers have talked to; also told is which cries and
    answers are heard otherwise, where the words differ. Each municipality's callers are asked for: their names stand
    before the language. Exit status 1 if any differs.
    """
    found: dict[tuple[str, Difference], list[str]] = {}
    with faults_in_a_line():
        for name, where, one in the_first_tools().workshop.differences(old, new):
            found.setdefault((where, one), []).append(name)
    for (where, one), names in found.items():
        places = f" (and at {one.places - 1} more places)" if one.places > 1 else ""
        told = f"{few(names)}: {where}" if any(names) else where
        click.echo(f"{one.kind}: {' · '.join(one.way)}   [{told}]{places}")
        click.echo("\n".join([*(f"  - {line}" for line in one.old), *(f"  + {line}" for line in one.new), ""]))
    if found:
        raise click.exceptions.Exit(1)
    click.echo("Every conversation is answered and ends as before.")


@flows.command("understand")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--totals", is_flag=True, help="Without the wrong rows.")
def understand(files: tuple[Path, ...], *, totals: bool) -> None:
    """Count how well the labelled messages and answers in FILES (one JSON object a line) are understood; show each
    wrong one.

    Messages have a `label`, answers a `question_kind` and what is `expected`.
    """
    workshop = the_first_tools().workshop
    rows = [row for file in files for row in rows_of(file)]
    messages = [row for row in rows if isinstance(row, Row)]
    if messages:
        show_messages(measure(workshop.lexicon, messages), totals=totals)
    if answers := [row for row in rows if isinstance(row, AnswerRow)]:
        with faults_in_a_line():
            show_answers(score(workshop.lexicon, workshop.languages, answers), totals=totals)


@flows.command("weigh")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def weigh(files: tuple[Path, ...]) -> None:
    """Learn from the labelled messages in FILES what words weigh, and write it to flows/weights.

    The figures are of messages that were kept aside while learning.
    """
    rows = [row for file in files for row in rows_of(file) if isinstance(row, Row)]
    click.echo(f"{len(rows)} messages", err=True)
    for language, one in the_first_tools().workshop.weigh(rows, lambda what: click.echo(what, err=True)).items():
        alarms = f"{one.alarms:.1%} of {one.everyday} everyday taken for danger"
        click.echo(
            f"{language}: {one.misses:.1%} of {one.acute} acute missed, {alarms}; {len(one.scale.words)} weights"
        )


def rows_of(file: Path) -> list[Row | AnswerRow]:
    """Raises ClickException naming the line that is none."""
    rows: list[Row | AnswerRow] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows += [labelled(json.loads(line))] if line.strip() else []
        except (ValueError, KeyError, TypeError):
            what = "no object with lang, text and label, or lang, text, question_kind and expected"
            raise click.ClickException(f"{file}:{number}: {what}") from None
    return rows


def labelled(data: dict[str, object]) -> Row | AnswerRow:
    """A message or an answer."""
    return answer_row_of(data) if "question_kind" in data else row_of(data)


def show_messages(figures: Figures, *, totals: bool) -> None:
    """The figures per language, and of all."""
    for language, count in figures.by_language.items():
        show(language, count, totals=totals)
    click.echo(
        f"missed sv+en {figures.miss_share(('sv', 'en')):.1%}, others {figures.miss_share(without=('sv', 'en')):.1%}, "
        f"false alarms {figures.false_share():.1%}"
    )


def show(language: str, count: Count, *, totals: bool) -> None:
    """The figures of one language, and what was read wrongly."""
    click.echo(f"{language}: {count.misses}/{count.acute} missed, {count.false_alarms}/{count.everyday} false alarms")
    for wrong in () if totals else count.wrong:
        click.echo(f"   {f'FALSE [{wrong.evidence}]' if wrong.evidence else 'MISSED'} {wrong.row.text}")


def show_answers(scores: Mapping[str, Score], *, totals: bool) -> None:
    """The figures per kind of question, and of all; a kind that no script asks is only named."""
    asked = {kind: one for kind, one in scores.items() if kind in ASKED}
    for kind, one in asked.items():
        click.echo(f"{kind}: {told(one)}")
        for wrong in () if totals else one.wrong:
            click.echo(f"   {wrong.row.language} taken for {wrong.taken}, meant {wrong.row.meant}: {wrong.row.text}")
    for kind in scores.keys() - asked.keys():
        click.echo(f"{kind}: no script asks such a question; {scores[kind].rows} not counted")
    click.echo(f"answers: {told(together(asked.values()))}")


def told(one: Score) -> str:
    """How many are right, and the worse of errors."""
    right = f"{one.rows - len(one.wrong)}/{one.rows} right ({one.right_share:.1%})"
    return f"{right}, {one.mistaken}/{one.again} taken for an answer that should be asked again"
