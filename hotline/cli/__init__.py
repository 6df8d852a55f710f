"""Commands for those who run the hotline: `flask --app app …`. No SQL and no carrier; what they need is in `tools`.

`add_first_commands` are those that must work while the settings are still wrong.
"""

from flask import Flask

from hotline.cli import (
    audit,
    cases,
    doctor,
    first,
    flows,
    holdings,
    keys,
    probe,
    provision,
    purge,
    serve,
    simulate,
    worker,
)


def add_first_commands(app: Flask) -> None:
    """keys, settings, flows."""
    for command in (keys.keys, first.settings, flows.flows):
        app.cli.add_command(command)


def add_commands(app: Flask) -> None:
    """All that need the whole hotline."""
    daily = (serve.serve, worker.worker, doctor.doctor, cases.cases, simulate.simulate)
    kept = (audit.audit, holdings.holdings, purge.purge)
    for command in (*daily, *kept, probe.probe, provision.provision):
        app.cli.add_command(command)
