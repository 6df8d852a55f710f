"""Every setting, named once: environment → one frozen value. No file is read here and nothing is started."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

SIMULATOR, TWILIO = "simulator", "twilio"


class SettingsError(Exception):
    """A setting is missing or wrong: one line that names it and says what to do."""


@dataclass(frozen=True)
class Variable:
    """One variable of the environment. `secret`: its value is never shown."""

    name: str
    default: str
    meaning: str
    secret: bool = False


DATABASE_URL = Variable(
    "HOTLINE_DATABASE_URL", "", "SQLAlchemy address of the database; without it SQLite under var/", secret=True
)
CARRIER = Variable("HOTLINE_CARRIER", SIMULATOR, "simulator or twilio")
PUBLIC_URL = Variable(
    "HOTLINE_PUBLIC_URL", "", "the https address that the carrier calls; signatures are checked against it"
)
ACCOUNT_SID = Variable("TWILIO_ACCOUNT_SID", "", "Twilio account; needed with HOTLINE_CARRIER=twilio")
AUTH_TOKEN = Variable("TWILIO_AUTH_TOKEN", "", "Twilio token; needed with HOTLINE_CARRIER=twilio", secret=True)
AUTH_TOKEN_OLD = Variable(
    "HOTLINE_TWILIO_AUTH_TOKEN_OLD", "", "a second token, accepted while the first is being changed", secret=True
)
API_URL = Variable("HOTLINE_TWILIO_API_URL", "", "where Twilio's REST API is; without it Twilio's own address")
MUNICIPALITIES = Variable("HOTLINE_MUNICIPALITIES", "flows/municipalities", "folder of municipality files")
KEYS = Variable(
    "HOTLINE_KEYS",
    "",
    "the path of a keyring file (`keys new --file`), or keys, newest first; the simulator keeps var/keyring",
    secret=True,
)
SMTP_URL = Variable(
    "HOTLINE_SMTP_URL", "", "mail server, smtp://name:password@host:587 or smtps://; without it no e-mail", secret=True
)
MAIL_FROM = Variable("HOTLINE_MAIL_FROM", "", "the sender of e-mail; needed with HOTLINE_SMTP_URL")
DEADMAN_URL = Variable(
    "HOTLINE_DEADMAN_URL", "", "https address that a working worker calls each minute; its silence alarms", secret=True
)
METRICS_TOKEN = Variable(
    "HOTLINE_METRICS_TOKEN", "", "bearer token for /metrics; needed there whenever the address is public", secret=True
)
PORT = Variable("HOTLINE_PORT", "8000", "port on 127.0.0.1 that `serve` and `web` listen on")

VARIABLES = (
    DATABASE_URL, CARRIER, PUBLIC_URL, ACCOUNT_SID, AUTH_TOKEN, AUTH_TOKEN_OLD, API_URL, MUNICIPALITIES, KEYS,
    SMTP_URL, MAIL_FROM, DEADMAN_URL, METRICS_TOKEN, PORT,
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """What the environment says, checked. Addresses have no slash at the end."""

    carrier: str
    database_url: str = field(repr=False)
    public_url: str
    account_sid: str
    auth_tokens: tuple[str, ...] = field(repr=False)
    api_url: str
    municipalities: Path
    keys: str = field(repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    deadman_url: str = field(default="", repr=False)
    metrics_token: str = field(default="", repr=False)
    port: int = 8000

    @property
    def simulated(self) -> bool:
        return self.carrier == SIMULATOR

    @property
    def local(self) -> bool:
        """Nobody outside this machine can reach the public address."""
        return is_loopback(self.public_url)


def is_loopback(url: str) -> bool:
    """Whether the address names this machine only."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def from_env(environment: Mapping[str, str], root: Path) -> Settings:
    """Raises SettingsError. `root`: the folder that paths start from. Keys may be empty with the simulator."""

    def value(variable: Variable) -> str:
        return environment.get(variable.name, "").strip() or variable.default

    port = checked_port(value(PORT))
    local = f"http://127.0.0.1:{port}"
    public_url = (value(PUBLIC_URL) or local).rstrip("/")
    settings = Settings(
        carrier=value(CARRIER),
        database_url=value(DATABASE_URL) or f"sqlite:///{root / 'var' / 'hotline.sqlite'}",
        public_url=public_url,
        account_sid=value(ACCOUNT_SID),
        auth_tokens=tuple(token for token in (value(AUTH_TOKEN), value(AUTH_TOKEN_OLD)) if token),
        api_url=value(API_URL).rstrip("/"),
        municipalities=root / value(MUNICIPALITIES),
        keys=value(KEYS),
        smtp_url=value(SMTP_URL),
        mail_from=value(MAIL_FROM),
        deadman_url=value(DEADMAN_URL),
        metrics_token=value(METRICS_TOKEN),
        port=port,
    )
    check(settings, {variable.name for variable in VARIABLES if value(variable)})
    if settings.simulated:
        return replace(settings, api_url=settings.api_url or f"{local}/simulator")
    return settings


def checked_port(text: str) -> int:
    """Raises SettingsError."""
    if text.isascii() and text.isdigit() and 0 < int(text) < 2**16:
        return int(text)
    raise SettingsError(f"{PORT.name} is not a port: give a number from 1 to 65535")


def check(settings: Settings, given: set[str]) -> None:
    """Raises SettingsError for the first thing that is missing or wrong."""
    if settings.carrier not in {SIMULATOR, TWILIO}:
        raise SettingsError(f"{CARRIER.name} is {settings.carrier!r}: give simulator or twilio")
    if settings.smtp_url and not settings.mail_from:
        raise SettingsError(f"{MAIL_FROM.name} is missing: give the sender's address, since {SMTP_URL.name} is set")
    if settings.deadman_url and not settings.deadman_url.startswith("https://"):
        raise SettingsError(f"{DEADMAN_URL.name} does not start with https://: give the address to call")
    if not settings.municipalities.is_dir():
        raise SettingsError(f"{MUNICIPALITIES.name} names no folder: give the folder of municipality files")
    if settings.simulated:
        if not settings.local:
            # Anyone who finds it could read what others try out, and could take it for the real hotline.
            raise SettingsError(
                f"{PUBLIC_URL.name} is public, but the simulator serves this machine only: "
                f"leave it out, or set {CARRIER.name}=twilio"
            )
        return
    for variable in (ACCOUNT_SID, AUTH_TOKEN, KEYS, PUBLIC_URL):
        if variable.name not in given:
            raise SettingsError(f"{variable.name} is missing: {CARRIER.name}=twilio needs it ({variable.meaning})")
    if not settings.public_url.startswith("https://") and not settings.local:
        raise SettingsError(f"{PUBLIC_URL.name} does not start with https://: give the address that Twilio calls")


def with_keys(settings: Settings, keys: str, secret: str | None = None) -> Settings:
    """The simulator's settings with a keyring, and an account of its own that every process works out alike.

    `secret`: what it is worked out from, where the keys may change.
    """
    made = hashlib.sha256(f"simulated account {secret or keys}".encode()).hexdigest()
    return replace(
        settings,
        keys=keys,
        account_sid=settings.account_sid or f"AC{made[:32]}",
        auth_tokens=settings.auth_tokens or (made[32:],),
    )


def described(environment: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(name, value as it may be shown, meaning) of every variable."""

    def shown(variable: Variable) -> str:
        value = environment.get(variable.name, "").strip()
        if variable.secret and value:
            return "(set, not shown)"
        return value or (f"{variable.default} (default)" if variable.default else "(not set)")

    return [(variable.name, shown(variable), variable.meaning) for variable in VARIABLES]
