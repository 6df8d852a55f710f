"""`cases show`: an officer reads a case on the server. Every reading is written down in the same transaction."""

import getpass
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from hotline.cli.tools import Tools, away_in_one_line, the_tools
from hotline.core.case import NUMBER_GONE
from hotline.ports import CaseFile
from hotline.usecases.casework import open_case

PRIORITIES = {1: "1 (brådskande)", 2: "2 (förhöjd)", 3: "3 (ordinarie)"}

cases = AppGroup("cases", help="What callers told, after consent.")


@cases.command("show")
@click.argument("reference")
def show(reference: str) -> None:
    """Print the case REFERENCE. That you read it is written down."""
    tools = the_tools()
    with away_in_one_line():
        reader = f"cli:{getpass.getuser()}"
        case = open_case(reference.strip().upper(), reader, begin=tools.begin, at=tools.clock.now())
    if case is None:
        raise click.ClickException(f"No case has the reference {reference.strip().upper()}: check the four characters")
    for line in lines_of(case, tools):
        click.echo(harmless(line))


def harmless(line: str) -> str:
    """What callers wrote could otherwise move an officer's cursor, or turn the order of letters about."""
    spaced = "".join(" " if letter.isspace() else letter for letter in line)
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in spaced)


def lines_of(case: CaseFile, tools: Tools) -> list[str]:
    """Plain lines, times on the municipality's own clock."""
    report, alert = case.report, case.alert
    owner = tools.municipalities.get(report.municipality)
    zone = ZoneInfo(owner.hours.zone if owner else "Europe/Stockholm")
    gone = any(one.kind == NUMBER_GONE for one in case.addenda)
    lines = [
        f"Ärende {report.reference}   prioritet {PRIORITIES[report.priority]}",
        f"Kommun: {owner.name if owner else report.municipality}",
        f"Kom in: {report.at.astimezone(zone):%Y-%m-%d %H.%M} ({report.channel}, språk {report.language})",
        f"Märkt: {', '.join(sorted(report.flags)) or 'inget'}",
        *(f"Svar {step}: {choice}" for step, choice in report.answers),
        *(f"Egna ord, ej kontrollerade: {words}" for words in report.own_words),
        *(f"Tillägg {one.at.astimezone(zone):%H.%M} ({one.kind}): {one.text}" for one in case.addenda),
        f"Nummer: {report.caller or ('gallrat' if gone else 'lämnat utan nummer')}",
        *([f"Ring tillbaka: {report.call_back}"] if report.call_back else []),
        *(["Samtalet bröts innan sista frågan."] if case.incomplete else []),
        "Automatisk insamling, ingen riskbedömning gjord. Skyddsbedömning ska göras.",
        f"Larm: {alert.state}" + (f" av {alert.acknowledged_by}" if alert.acknowledged_by else ""),
    ]
    told = (
        f"  {one.contact.name} ({one.contact.means}): {one.state}, försök {one.attempts}" for one in case.deliveries
    )
    return [*lines, *told]
