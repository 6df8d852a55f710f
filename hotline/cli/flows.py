"""`flows`: whether the scripts can be used, and how well labelled messages are understood."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from hotline.cli.tools import the_tools
from hotline.core.reading import Count, Row, measure, row_of

flows = AppGroup("flows", help="The scripts and the words in flows/.")


@flows.command("check")
def check() -> None:
    """Read every script, text and municipality; say what cannot be used."""
    tools = the_tools()  # made from these files: a faulty one has stopped the start with its name and line
    script = tools.script
    click.echo(
        f"{script.name}: {len(script.steps)} steps in {', '.join(script.texts)}; 112 also in {len(script.foreign)}"
    )
    click.echo(f"Municipalities: {', '.join(one.name for one in tools.municipalities.values())}")
    click.echo("ok")


@flows.command("understand")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--totals", is_flag=True, help="Without the wrong rows.")
def understand(file: Path, *, totals: bool) -> None:
    """Count how well the labelled messages in FILE (one JSON object a line) are understood; show each wrong one."""
    figures = measure(the_tools().script.lexicon, rows_of(file))
    for language, count in figures.by_language.items():
        show(language, count, totals=totals)
    click.echo(
        f"missed sv+en {figures.miss_share(('sv', 'en')):.1%}, others {figures.miss_share(without=('sv', 'en')):.1%}, "
        f"false alarms {figures.false_share():.1%}"
    )


def rows_of(file: Path) -> list[Row]:
    """Raises ClickException naming the line that is none."""
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows += [row_of(json.loads(line))] if line.strip() else []
        except (ValueError, KeyError, TypeError):
            raise click.ClickException(f"{file}:{number}: no object with lang, text and label") from None
    return rows


def show(language: str, count: Count, *, totals: bool) -> None:
    """The figures of one language, and what was read wrongly."""
    click.echo(f"{language}: {count.misses}/{count.acute} missed, {count.false_alarms}/{count.everyday} false alarms")
    for wrong in () if totals else count.wrong:
        click.echo(f"   {f'FALSE [{wrong.evidence}]' if wrong.evidence else 'MISSED'} {wrong.row.text}")
