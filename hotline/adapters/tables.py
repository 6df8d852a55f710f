"""What the database holds, table by table. What may not enter: statements (store) and readable content (vault).

Columns named `sealed_*` and `*_hash` hold what only the keyring can read or recompute. Only `store` may import this.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    literal_column,
)

from hotline.adapters.columns import Number, UtcDateTime, column, holding, only, stands
from hotline.core.alert import AlertState, DeliveryState

# The newest migration: what `check` compares the database with, without reading the migrations folder.
REVISION = "0006"

# Names of constraints are fixed, so that a later migration can find them on either database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def of_case(*, primary_key: bool = False, index: bool = False) -> Column[Any]:
    """Of what goes with its case."""
    case = ForeignKey("cases.reference", ondelete="CASCADE")
    return column("reference", String(16), "the case", case, primary_key=primary_key, index=index)


DESK = "social services, by telephone behind the PIN or by `cases show`; written down"


# A caller's place in a flow; removed when it ends or has been idle.
conversations = Table(
    "conversations",
    metadata,
    column("key_hash", LargeBinary, "the caller's number, or the call's id", primary_key=True),
    column("touched_at", UtcDateTime, "when the caller last said something", index=True),
    column(
        "sealed_state",
        LargeBinary,
        "the place in the script, the words before consent, how much was answered lately",
        null=True,
    ),
    info=holding(
        why="so that the next text is understood",
        until="30 idle minutes: then it is dead, and goes once we know what the carrier took meanwhile",
    ),
)

# What was answered to one request of the carrier.
turns = Table(
    "turns",
    metadata,
    column("carrier_hash", LargeBinary, "the carrier's id of a text or a step", primary_key=True),
    column("at", UtcDateTime, "when it was answered", index=True),
    column("municipality", String(64), "whose line was asked"),
    column("sealed_answer", LargeBinary, "what was answered"),
    info=holding(
        why="a repeated request gets the same answer, and what was answered does not count as missed",
        until="a day; while the carrier cannot be asked what it took meanwhile, a month at most",
    ),
)

# A version of the script, whole: what callers who began with it are asked, and were asked.
scripts = Table(
    "scripts",
    metadata,
    column("version", String(64), "the hash of a script", primary_key=True),
    column("kept_at", UtcDateTime, "when it was first used"),
    column("packed", LargeBinary, "the script's files: no word of a caller"),
    info=holding(why="what was asked stays answerable", until="for ever", who="anybody: it is published"),
)

# A report, and the key that reads it and all that belongs to it: without `wrapped_key` nothing is readable.
# `key_name`: which key of the ring wrapped it (None: the municipality's one key of a ring without days).
# `number_dropped_at`: when the caller's number was looked for and removed.
cases = Table(
    "cases",
    metadata,
    column("reference", String(16), "4 random letters and digits", primary_key=True),
    column("municipality", String(64), "whose case it is"),
    column("filed_at", UtcDateTime, "when consent was given"),
    column("priority", Integer, "1 to 3"),
    column("broken_off", Boolean, "whether the caller left early"),
    column("wrapped_key", LargeBinary, "the case's own key"),
    column("key_name", String(80), "which key of the ring, of which day", null=True),
    column("number_dropped_at", UtcDateTime, "when the caller's number was removed", null=True),
    column(
        "sealed_report", LargeBinary, "answers, own words, language; the caller's number with consent to it", who=DESK
    ),
    Index(None, "municipality", "filed_at"),
    Index(None, "municipality", "key_name"),
    Index(None, "filed_at", "reference"),
    Index(None, "filed_at"),  # the release before reads along it: to go with the next
    info=holding(why="the report to social services", until="the municipality's decision; without one: kept"),
)
WITH_A_NUMBER = cases.c.number_dropped_at.is_(None)
Index("ix_cases_with_a_number", cases.c.municipality, cases.c.filed_at, **only(WITH_A_NUMBER))

# What was said after the report existed.
addenda = Table(
    "addenda",
    metadata,
    column("number", Number, "a running number", primary_key=True),
    of_case(index=True),
    column("at", UtcDateTime, "when it was said"),
    column("sealed_content", LargeBinary, "the place, more words, when to call back", who=DESK),
    info=holding(why="what was said after consent", until="as the case"),
)

# One per case. `leased_until`: a worker is moving it.
alerts = Table(
    "alerts",
    metadata,
    of_case(primary_key=True),
    column("municipality", String(64), "whose case it is"),
    column("priority", Integer, "1 to 3"),
    column("state", String(16), "triggered, acknowledged or closed"),
    column("level", Integer, "how many levels have been told"),
    column("next_at", UtcDateTime, "when somebody else is told"),
    column("raised_at", UtcDateTime, "when it began"),
    column("acknowledged_at", UtcDateTime, "when somebody took it", null=True),
    column("opened_at", UtcDateTime, "when that person heard or read the case", null=True),
    column("leased_until", UtcDateTime, "how long a worker holds it", null=True),
    column("sealed_plan", LargeBinary, "officers, their numbers and PINs"),
    column("sealed_acknowledged_by", LargeBinary, "the officer who took it", who=DESK),
    Index(None, "state", "next_at"),  # the release before reads along it: to go with the next
    info=holding(why="somebody is told until somebody has answered", until="as the case"),
)
TRIGGERED = stands(alerts.c.state, AlertState.TRIGGERED)
UNOPENED = stands(alerts.c.state, AlertState.ACKNOWLEDGED) & alerts.c.opened_at.is_(None)
Index("ix_alerts_triggered", alerts.c.state, alerts.c.next_at, **only(TRIGGERED))
Index("ix_alerts_unopened", alerts.c.state, alerts.c.next_at, **only(UNOPENED))

# One delivery. `sealed_content`: token, contact, code, purpose, the carrier's id, detail.
# `address_hash`: of channel and address, so that nobody gets more than a text a minute. `look_at`: when the carrier
# is asked what became of it. `priority`: the alert's, so that what is most urgent is found without looking at all that
# waits; 0 where the release before wrote the row.
deliveries = Table(
    "deliveries",
    metadata,
    column("number", Number, "a running number", primary_key=True),
    column("token_hash", LargeBinary, "the delivery's name in our own addresses", unique=True),
    column("code_hash", LargeBinary, "the officer's code and number", index=True),
    column("address_hash", LargeBinary, "the officer's number and channel", null=True, index=True),
    of_case(index=True),
    column("state", String(16), "how far it has come"),
    column("priority", Integer, "1 to 3", server_default="0"),
    column("due_at", UtcDateTime, "when it is to be made"),
    column("attempts", Integer, "how often it was tried"),
    column("sent_at", UtcDateTime, "when the carrier took it", null=True),
    column("wrong_pins", Integer, "how many wrong PINs were pressed"),
    column("look_at", UtcDateTime, "when the carrier is asked about it", null=True),
    column("leased_until", UtcDateTime, "how long a worker holds it", null=True),
    column("sealed_content", LargeBinary, "the officer, the code, the carrier's id"),
    Index(None, "address_hash", "number"),
    Index(None, "address_hash", "sent_at"),
    # The release before reads along these, and along the one of `address_hash` alone: to go with the next.
    Index(None, "state", "due_at"),
    Index(None, "state", "look_at"),
    Index(None, "state", "priority", "due_at"),
    info=holding(why="each attempt to tell one officer", until="as the case"),
)
DUE, SENDING = stands(deliveries.c.state, DeliveryState.DUE), stands(deliveries.c.state, DeliveryState.SENDING)
LOOKED_AFTER = stands(deliveries.c.state, DeliveryState.SENT) & deliveries.c.look_at.is_not(None)
WRONG = deliveries.c.wrong_pins > literal_column("0")
Index("ix_deliveries_due", deliveries.c.state, deliveries.c.priority, deliveries.c.due_at, **only(DUE))
Index("ix_deliveries_due_beside", deliveries.c.address_hash, deliveries.c.due_at, **only(DUE))
Index("ix_deliveries_sending", deliveries.c.state, deliveries.c.priority, deliveries.c.due_at, **only(SENDING))
Index("ix_deliveries_sending_beside", deliveries.c.state, deliveries.c.address_hash, **only(SENDING))
Index("ix_deliveries_looked_after", deliveries.c.state, deliveries.c.look_at, **only(LOOKED_AFTER))
Index("ix_deliveries_wrong", deliveries.c.address_hash, deliveries.c.due_at, **only(WRONG))

# Who read what. `digest` = SHA-256 of the previous row's digest and this row's content.
audit = Table(
    "audit",
    metadata,
    column("number", Number, "a running number", primary_key=True),
    column("at", UtcDateTime, "when"),
    column("reader", String(200), "the officer's name, or the account on the machine"),
    column("act", String(32), "read, purge, destroy, rotate"),
    column("reference", String(16), "the case, the certificate or the day"),
    column("previous", LargeBinary, "the line before, as a digest"),
    column("digest", LargeBinary, "this line and all before it, as a digest"),
    info=holding(
        why="who read what, and what was deleted", until="for ever", who="whoever runs the hotline, by `audit`"
    ),
)

# What a purge deleted, in words. `digest`: SHA-256 of them; it also stands in the audit trail.
certificates = Table(
    "certificates",
    metadata,
    column("number", Number, "a running number", primary_key=True),
    column("at", UtcDateTime, "when it was deleted"),
    column("municipality", String(64), "whose cases they were"),
    column("content", Text, "how many of each kind, on what decision: nothing personal"),
    column("digest", LargeBinary, "the content, as a digest"),
    info=holding(why="proof of what was deleted and why", until="for ever", who="whoever runs the hotline, by `audit`"),
)

# Anonymous counts: how conversations ended, a day (UTC) and a municipality at a time.
tallies = Table(
    "tallies",
    metadata,
    column("municipality", String(64), "which municipality", primary_key=True),
    column("outcome", String(64), "how conversations ended", primary_key=True),
    column("day", Date, "on which day", primary_key=True),
    column("count", Integer, "how many"),
    info=holding(why="whether the hotline helps", until="for ever", who="whoever runs the hotline"),
)

# When a worker last said that it lives.
heartbeats = Table(
    "heartbeats",
    metadata,
    column("name", String(64), "the worker, or one of its chores", primary_key=True),
    column("at", UtcDateTime, "when it last did something"),
    info=holding(why="a dead worker is noticed", until="overwritten", who="whoever runs the hotline"),
)

# What the database knows of itself, such as that it has been used with the real carrier.
meta = Table(
    "meta",
    metadata,
    column("name", String(64), "what is remembered", primary_key=True),
    column("value", String(200), "since when, or which: nothing that was said"),
    info=holding(why="the hotline's memory of itself", until="overwritten", who="whoever runs the hotline"),
)
