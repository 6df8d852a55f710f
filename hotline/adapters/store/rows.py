"""Alerts and deliveries as rows, and back. What may not enter: statements.

A row comes with its case's `wrapped_key`, `key_name` and `municipality`, so that the vault can open it.
"""

from hotline.adapters.store import values
from hotline.adapters.store.values import AnyRow
from hotline.adapters.vault import CaseKey, UnreadableError, Vault
from hotline.core.alert import Alert, AlertState, Delivery, DeliveryState, Purpose


def key_of(row: AnyRow, vault: Vault) -> CaseKey:
    """Raises UnreadableError."""
    return vault.case(row.wrapped_key, row.municipality, row.reference, row.key_name)


def alert_row(alert: Alert, key: CaseKey) -> dict[str, object]:
    """A kept alert is nobody's: its lease ends."""
    return {
        "reference": alert.reference,
        "municipality": alert.municipality,
        "priority": alert.priority,
        "state": alert.state.value,
        "level": alert.level,
        "next_at": alert.next_at,
        "raised_at": alert.raised_at,
        "acknowledged_at": alert.acknowledged_at,
        "opened_at": alert.opened_at,
        "leased_until": None,
        "sealed_plan": key.seal(values.plan_text(alert.plan), "plan"),
        "sealed_acknowledged_by": key.seal(alert.acknowledged_by, "acknowledged_by"),
    }


def read_alert(row: AnyRow, key: CaseKey) -> Alert:
    """Raises UnreadableError, as all that opens what is sealed."""
    return Alert(
        reference=row.reference,
        municipality=row.municipality,
        priority=row.priority,
        plan=values.read_plan(key.unseal(row.sealed_plan, "plan")),
        next_at=row.next_at,
        raised_at=row.raised_at,
        level=row.level,
        state=AlertState(row.state),
        acknowledged_by=key.unseal(row.sealed_acknowledged_by, "acknowledged_by"),
        acknowledged_at=row.acknowledged_at,
        opened_at=row.opened_at,
    )


def code_hash(vault: Vault, delivery: Delivery, municipality: str) -> bytes:
    """What an officer's text is recognised by: only together with the number that it came from."""
    return vault.lookup("code", municipality, delivery.code, delivery.contact.address, owner=municipality)


def address_hash(vault: Vault, delivery: Delivery) -> bytes:
    """Whom it goes to, over which channel; the same for every municipality that somebody works for."""
    return vault.lookup("address", delivery.contact.means, delivery.contact.address)


def address_hashes(vault: Vault, delivery: Delivery) -> list[bytes]:
    """The same, under every key of the ring."""
    return vault.lookups("address", delivery.contact.means, delivery.contact.address)


def delivery_hashes(vault: Vault, delivery: Delivery, municipality: str) -> dict[str, bytes]:
    """What a delivery is found by."""
    return {
        "token_hash": vault.lookup("token", delivery.token),
        "code_hash": code_hash(vault, delivery, municipality),
        "address_hash": address_hash(vault, delivery),
    }


def delivery_row(delivery: Delivery, key: CaseKey) -> dict[str, object]:
    """What may change about a delivery; its lease lives only while it is being sent."""
    row: dict[str, object] = {
        "state": delivery.state.value,
        "due_at": delivery.due_at,
        "attempts": delivery.attempts,
        "sent_at": delivery.sent_at,
        "wrong_pins": delivery.wrong_pins,
        "look_at": delivery.look_at,
        "sealed_content": key.seal(values.delivery_text(delivery), "delivery"),
    }
    return row if delivery.state is DeliveryState.SENDING else {**row, "leased_until": None}


def read_delivery(row: AnyRow, key: CaseKey, vault: Vault) -> Delivery:
    """The delivery as it is kept. Raises UnreadableError, too, for the content of another row."""
    found = values.read_delivery_content(key.unseal(row.sealed_content, "delivery"))
    if bytes(row.token_hash) not in vault.lookups("token", found["token"]):
        raise UnreadableError(f"a delivery of {row.reference} holds what belongs to another")
    return Delivery(
        token=found["token"],
        reference=row.reference,
        contact=values.read_contact(found["contact"]),
        due_at=row.due_at,
        code=found["code"],
        state=DeliveryState(row.state),
        attempts=row.attempts,
        carrier_id=found["carrier_id"],
        detail=found["detail"],
        sent_at=row.sent_at,
        wrong_pins=row.wrong_pins,
        purpose=Purpose(found.get("purpose", Purpose.ALERT)),
        look_at=row.look_at,
        unsure_since=found["unsure_since"],
        instead=found.get("instead", False),
        level=found.get("level", 0),
    )
