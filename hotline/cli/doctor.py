"""`doctor`: what a careful colleague would notice before going live. Fails while a caller could be let down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import click
from flask.cli import with_appcontext

from hotline.cli.tools import Tools, Workshop, the_first_tools, the_tools
from hotline.core.alert import Contact, Level, Means
from hotline.core.municipality import Municipality
from hotline.core.phone import can_be_texted, e164
from hotline.ports import StoreAwayError
from hotline.usecases.erasing import held_since
from hotline.usecases.retention import is_in_doubt, unread
from hotline.usecases.watching import look_at_promises

KEYS_OLD = timedelta(days=90)
AILMENTS = {
    "worker": "No worker has been at work in the last minute: flask --app app worker",
    "probe": "The last trial report did not arrive ({}): look at the carrier's log",
    "alerts": "Alerts or deliveries are late",
}


@dataclass(frozen=True)
class Finding:
    """`fails`: must be mended before anyone relies on the hotline; else a person should know it."""

    text: str
    fails: bool = True


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Look at everything that can be seen from here; exit status 1 while something must be mended."""
    findings = [*examine(the_tools()), *unsure(the_first_tools().workshop)]
    for finding in findings:
        click.echo(f"{'MEND ' if finding.fails else 'note '} {finding.text}")
    failing = sum(finding.fails for finding in findings)
    if failing:
        raise click.ClickException(f"{failing} to mend")
    click.echo("Nothing to mend.")


def examine(tools: Tools) -> Iterator[Finding]:
    """Everything that can be seen from here, what is broken first."""
    yield from parts(tools)
    for municipality in tools.municipalities.values():
        yield from municipality_findings(tools, municipality)
    for language, texts in tools.script.texts.items():
        if not texts.reviewed:
            yield Finding(f"No native reader has reviewed the texts in {language}.", fails=False)
    for language in tools.script.foreign:
        yield Finding(f"No native reader has reviewed the 112 text in {language}.", fails=False)
    if not tools.watched:
        yield Finding(
            "Nobody outside notices when this machine dies: HOTLINE_DEADMAN_URL names no address to call each minute.",
            fails=False,
        )
    if not tools.simulated:
        yield Finding(
            "Check at Twilio that opt-out handling (Advanced Opt-Out and the default words) is off for the hotline's "
            "numbers: a caller who texts STOP would never get an answer again.",
            fails=False,
        )


def unsure(workshop: Workshop) -> Iterator[Finding]:
    """What stands in flows/ on somebody's word alone."""
    for name in workshop.never_rung():
        yield Finding(f"Nobody has rung {name}: its number has only been read. Ring it, and say so.", fails=False)
    if workshop.prices.assumed:
        yield Finding("The carrier's prices are assumed: compare flows/prices.yaml with its list.", fails=False)


def parts(tools: Tools) -> Iterator[Finding]:
    """The database, the worker, the trail of who read what."""
    try:
        for ailment in tools.ailments():
            yield Finding(AILMENTS.get(ailment.split()[0], "Does not work: {}.").format(ailment))
        found = look_at_promises(tools.begin, tools.clock.now())
        for reference in found.cases_without_alert:
            yield Finding(f"Case {reference} has no alert: a running worker gives it one.")
        for reference in found.alerts:
            yield Finding(f"Alert {reference} should have gone on and has not: does a worker run?")
        for fault in tools.records.faults():
            yield Finding(f"The trail of who read what: {fault}. Find out by whom.")
        yield from what_is_kept(tools)
    except StoreAwayError:
        yield Finding("The database does not answer: see HOTLINE_DATABASE_URL.")


def what_is_kept(tools: Tools) -> Iterator[Finding]:
    """Whether what has been kept long enough goes, and with it what opens old backups."""
    now = tools.clock.now()
    with tools.begin(looking=True) as work:
        jumped = is_in_doubt(work, now)
        late = {one.name: unread(work, one, now) for one in tools.municipalities.values()}
        held = {one.name: held_since(work, one, now) for one in tools.municipalities.values()}
    if jumped:
        yield Finding("No content has been looked through for a week, or the clock is wrong: flask --app app purge")
    for name, since in held.items():
        if since:
            yield Finding(
                f"{name}: the carrier may still hold what people wrote or said since {since:%Y-%m-%d %H:%M} UTC: no "
                "worker has erased it, or the carrier refuses. See the worker's log and the carrier's own lists.",
                fails=not tools.simulated,
            )
    for name, references in late.items():
        if references:
            yield Finding(f"{name}: nobody has read {', '.join(references)}, so they are kept beyond the decision.")
    newest = tools.keys.generations()[0][1]
    if tools.keys.can_forget and now - newest > KEYS_OLD:
        yield Finding(
            f"The keys are in use since {newest:%Y-%m-%d}: with them and an older backup one can try the numbers of "
            "those who were texting when it was made. `keys rotate`.",
            fails=False,
        )
    if not tools.keys.can_forget:
        decided = any(one.keeping for one in tools.municipalities.values())
        yield Finding(
            "HOTLINE_KEYS holds keys, not the path of a keyring file: old backups stay readable for ever, and keys "
            "cannot be rotated. `keys new --file`.",
            fails=decided and not tools.simulated,
        )


def municipality_findings(tools: Tools, one: Municipality) -> Iterator[Finding]:
    """What its file says, or leaves open."""
    for fact in one.unconfirmed:
        yield Finding(f"{one.name}: nobody has confirmed {fact}.", fails=not tools.simulated)
    if one.keeping is None:
        yield Finding(
            f"{one.name}: nobody has decided how long cases are kept (`keeping`): nothing is ever deleted. It takes a "
            "decision of the municipality (gallringsbeslut).",
            fails=not tools.simulated,
        )
    if one.probe is None:
        yield Finding(f"{one.name}: no trial report is sent (`probe`): a hotline that has died looks like a quiet one.")
    if not one.by_night:
        yield Finding(f"{one.name}: nobody is named for nights; urgent reports then wait until the office opens.")
    for contact in contacts(one.by_day + one.by_night):
        yield from contact_findings(one, contact)
    for line in one.lines + one.desk_lines:
        if e164(line) != line:
            yield Finding(f"{one.name}: {line} is no telephone number.")
    if one.telephone in one.lines + one.desk_lines:
        yield Finding(f"{one.name}: social services' number is the hotline's own, a circle.")


def contacts(levels: tuple[Level, ...]) -> Iterator[Contact]:
    """Everybody who may be told."""
    for level in levels:
        yield from level.contacts


def contact_findings(one: Municipality, contact: Contact) -> Iterator[Finding]:
    """Whether one of them can be reached like that."""
    if contact.means is Means.TEXT and not can_be_texted(contact.address):
        yield Finding(f"{one.name}: {contact.name} is to be texted, but that number takes no texts.")
    if contact.address in one.lines + one.desk_lines:
        yield Finding(f"{one.name}: {contact.name} has the hotline's own number, a circle.")
