"""The composition root: environment → Settings → adapters → Hotline → Flask. The only module that knows all others.

`app` is made when it is first asked for (`gunicorn app:app`, `flask --app app …`): importing this module does nothing.
What only some processes need is imported where it is made: an import costs every process time and memory.
"""

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from flask import Flask

from hotline import cli
from hotline.adapters.chance import SystemChance
from hotline.adapters.content import Content, load_content
from hotline.adapters.environment import EnvironmentFileError, read_environment
from hotline.adapters.kept_scripts import KeptScripts
from hotline.adapters.keyring_file import Keys
from hotline.adapters.keyring_home import KeyringMaker, fill_gaps, open_keys, own_file, secret_of
from hotline.adapters.logs import keep_a_log
from hotline.adapters.no_mail import NoMail
from hotline.adapters.outside import call_out
from hotline.adapters.own_door import OwnDoor
from hotline.adapters.records import Records
from hotline.adapters.sealed_texts import seal, unseal
from hotline.adapters.store import SqlStore
from hotline.adapters.store.overview import states
from hotline.adapters.system_clock import SystemClock
from hotline.adapters.vault import Vault, new_key
from hotline.cli.tools import FirstTools, Tools, Web
from hotline.core.conversation import IDLE
from hotline.core.flow import Script
from hotline.core.municipality import Municipality
from hotline.ports import Begin, Carrier, Chance, Clock, Mail, Scripts, StoreAwayError
from hotline.settings import Settings, SettingsError, described, from_env, with_keys
from hotline.usecases.alerting import Outside
from hotline.usecases.watching import ailments
from hotline.web import front, health, officers, recordings, sms, voice, whisper
from hotline.web.answers import answer_other_faults
from hotline.web.bundle import Hotline
from hotline.web.fallback import fallback_files

ROOT = Path(__file__).parent
FLOWS = ROOT / "flows"

BY_HAND = {"keys", "settings", "flows"}  # commands that work while settings are wrong
MENDING = BY_HAND | {"doctor"}  # commands that help to mend what a start would refuse


@dataclass(frozen=True)
class Parts:
    """What a test may replace. `store` is None where `begin` is not SQL."""

    begin: Begin
    clock: Clock
    chance: Chance
    carrier: Callable[[], Carrier]
    mail: Mail
    keys: Keys
    store: SqlStore | None = None


def create_app(
    settings: Settings | None = None,
    *,
    begin: Begin | None = None,
    clock: Clock | None = None,
    chance: Chance | None = None,
    carrier: Carrier | None = None,
    mail: Mail | None = None,
    scripts: Scripts | None = None,
) -> Flask:
    """Raises SettingsError, or ValueError naming file and line of what cannot be read."""
    settings = complete(settings or from_env(read_environment(ROOT), ROOT))
    keys = open_keys(settings.keys, ROOT)
    store = None if begin else SqlStore(settings.database_url, keys)
    real = begin or (store.begin if store else None)
    if real is None:
        raise TypeError("neither a store nor something in its place")
    parts = Parts(
        begin=real,
        clock=clock or SystemClock(),
        chance=chance or SystemChance(),
        carrier=(lambda: carrier) if carrier else cache(partial(make_carrier, settings)),
        mail=mail or make_mail(settings),
        keys=keys,
        store=store,
    )
    content = load_content(FLOWS, settings.municipalities, ROOT / "var" / "cache", unreviewed=settings.simulated)
    refuse_the_wrong_place(settings, content.municipalities, store)
    if not MENDING & set(sys.argv):
        fill_gaps(keys, content.municipalities, parts.clock.now(), alone=settings.simulated)
    return assemble(settings, parts, content, scripts or KeptScripts(content.script, content.packed))


def assemble(settings: Settings, parts: Parts, content: Content, scripts: Scripts) -> Flask:
    """Flask with all its doors and commands."""
    app = Flask(__name__, static_folder=None)
    front.limit(app)
    vault = Vault(parts.keys)
    app.extensions["hotline"] = Hotline(
        begin=parts.begin,
        clock=parts.clock,
        chance=parts.chance,
        scripts=scripts,
        municipalities=content.municipalities,
        officer_texts=content.officer_texts,
        door_texts=content.door_texts,
        public_url=settings.public_url,
        auth_tokens=settings.auth_tokens,
        seal=partial(seal, vault),
        unseal=partial(unseal, vault),
        ailments=partial(ailing, parts, content.municipalities),
        recordings=ROOT / "recordings",
        local=settings.local,
        metrics_token=settings.metrics_token,
    )
    for room in (sms, voice, whisper, officers, health, front, recordings):
        app.register_blueprint(room.blueprint)
    front.watch(app)
    answer_other_faults(app)
    if settings.simulated:
        add_simulator(app, settings, parts)
    add_commands(app, tools_of(app, settings, parts, content, scripts.current))
    return app


def tools_of(app: Flask, settings: Settings, parts: Parts, content: Content, script: Script) -> Tools:
    """The same parts, for the commands."""
    municipalities = content.municipalities
    return Tools(
        begin=parts.begin,
        clock=parts.clock,
        script=script,
        municipalities=municipalities,
        outside=lambda: Outside(
            begin=parts.begin,
            carrier=parts.carrier(),
            mail=parts.mail,
            clock=parts.clock,
            chance=parts.chance,
            municipalities=municipalities,
            texts=content.officer_texts,
        ),
        keys=parts.keys,
        records=Records(parts.store, parts.keys, ROOT, "" if settings.simulated else settings.carrier),
        call_out=partial(call_out, settings.deadman_url),
        watched=bool(settings.deadman_url),
        ailments=partial(ailing, parts, municipalities),
        web=partial(make_web_server, app),
        door=OwnDoor(settings.public_url, settings.account_sid, settings.auth_tokens[0]),
        fallback=partial(fallback_files, door_texts=content.door_texts),
        simulated=settings.simulated,
        port=settings.port,
        public_url=settings.public_url,
    )


def add_commands(app: Flask, tools: Tools | None) -> None:
    """Without `tools` only those that need nothing."""
    app.extensions["hotline.first_tools"] = cache(first_tools)
    cli.add_first_commands(app)
    if tools:
        app.extensions["hotline.tools"] = tools
        cli.add_commands(app)


def first_tools() -> FirstTools:
    """For commands that must work while settings are wrong: the database is opened only by those that look into it."""
    from hotline.adapters.flow_workshop import Workshop

    clock, environment = SystemClock(), read_environment(ROOT)

    def store() -> SqlStore:
        settings = complete(from_env(environment, ROOT))
        return SqlStore(settings.database_url, open_keys(settings.keys, ROOT))

    def find(version: str) -> bytes | None:
        with store().begin(looking=True) as work:
            return work.find_script(version)

    folder = ROOT / (environment.get("HOTLINE_MUNICIPALITIES") or "flows/municipalities")
    workshop = Workshop(FLOWS, folder, ROOT / "recordings", find)
    running = lambda: workshop.standing(store().running(clock.now() - IDLE))  # noqa: E731 - opened when it is asked for
    ring = KeyringMaker(environment.get("HOTLINE_KEYS", ""), ROOT, folder, clock.now)
    return FirstTools(described(environment), new_key, ring, workshop, clock.now, running)


def add_simulator(app: Flask, settings: Settings, parts: Parts) -> None:
    """Telephones on a page, and a stand-in for Twilio's REST addresses; both only on this machine."""
    from hotline.adapters.simulated_carrier import SimulatedCarrier
    from hotline.adapters.simulated_wire import later
    from hotline.web import phone

    def post(path_and_query: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, bytes]:
        answer = app.test_client().post(path_and_query, data=dict(form), headers=dict(headers))
        return answer.status_code, answer.get_data()

    account, token = settings.account_sid, settings.auth_tokens[0]
    simulated = SimulatedCarrier(account, token, settings.public_url, post, now=parts.clock.now, later=later)
    app.register_blueprint(phone.make_blueprint(simulated, partial(states, parts.store) if parts.store else list))


def complete(settings: Settings) -> Settings:
    """The simulator makes for itself what a real system must be given."""
    if not settings.simulated:
        return settings
    keys = settings.keys or str(own_file(ROOT / "var", SystemClock().now()))
    return with_keys(settings, keys, secret_of(keys, ROOT))


def refuse_the_wrong_place(
    settings: Settings, municipalities: Mapping[str, Municipality], store: SqlStore | None
) -> None:
    """The simulator must not touch what real people told; the real system must not start on guesses."""
    if not settings.simulated and not MENDING & set(sys.argv):
        for one in municipalities.values():
            if one.unconfirmed:
                raise SettingsError(
                    f"HOTLINE_MUNICIPALITIES: in {one.key}.yaml nobody has confirmed {', '.join(one.unconfirmed)}: "
                    "ask the municipality, then take the names out of `unconfirmed`"
                )
    if store is None:
        return
    try:
        if settings.simulated and store.marked("carrier") == "twilio":
            raise SettingsError(
                "HOTLINE_DATABASE_URL names a database that has been used with Twilio: "
                "give the simulator another one, or set HOTLINE_CARRIER=twilio"
            )
        if not settings.simulated:
            store.mark("carrier", settings.carrier)
    except StoreAwayError:
        return  # a database that is away must not keep the doors shut: they answer 503 until it is back


def make_carrier(settings: Settings) -> Carrier:
    """Only the worker makes one: the doors never speak to the carrier."""
    from hotline.adapters.twilio_carrier import TwilioCarrier

    return TwilioCarrier(
        account_sid=settings.account_sid,
        auth_token=settings.auth_tokens[0],
        public_url=settings.public_url,
        api_url=settings.api_url,
    )


def make_web_server(app: Flask) -> Web:
    """For the process that serves, or begins those that do."""
    from hotline.adapters.web_server import WebServer

    return WebServer(app)


def make_mail(settings: Settings) -> Mail:
    """Without a mail server every mail is refused."""
    if not settings.smtp_url:
        return NoMail()
    from hotline.adapters.smtp_mail import SmtpMail

    return SmtpMail(settings.smtp_url, settings.mail_from)


def ailing(parts: Parts, municipalities: Mapping[str, Municipality]) -> Sequence[str]:
    """Which parts do not work now: database, migrations, worker, alerts, probe."""
    wrong = parts.store.check() if parts.store else ""
    if wrong:
        return [wrong]
    try:
        return ailments(parts.begin, parts.clock.now(), municipalities)
    except StoreAwayError:
        return ["database"]


@cache
def started() -> Flask:
    """The application that this process serves. Ends the process with one line when it cannot start."""
    keep_a_log(sys.stderr)
    try:
        made = create_app()
    except (SettingsError, ValueError) as wrong:
        if BY_HAND & set(sys.argv) and not isinstance(wrong, EnvironmentFileError):
            bare = Flask(__name__, static_folder=None)
            add_commands(bare, None)
            return bare
        sys.exit(f"hotline: {wrong}")
    gc.freeze()  # the words of all languages are never garbage: looking for it among them would stop a caller
    return made


def __getattr__(name: str) -> Flask:
    if name == "app":
        return started()
    raise AttributeError(f"{__name__} has no {name}")
