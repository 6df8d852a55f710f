"""The page with simulated telephones alone: its doors in front of doors that answer fixed TwiML."""

from datetime import time

from flask import Flask

from hotline.core.alert import Contact, Level, Means
from hotline.core.municipality import Hours, Municipality
from hotline.web.phone import make_blueprint
from tests.adapters.doors import DESK, LINE, MOBILE, Doors, carrier_and_doors

PEOPLE = Level((Contact("Jouren", Means.TEXT, MOBILE, "4711"), Contact("Brev", Means.EMAIL, "a@example.org")), 5)
TOWN = Municipality(
    key="lillby",
    name="Lillby",
    telephone=DESK,
    telephone_shown="0240-660 335",
    lines=(LINE,),
    hours=Hours(((0, time(8), time(16)),)),
    by_day=(PEOPLE,),
    desk=Contact("Receptionen", Means.CALL, DESK, "1234"),
)
CASE = {"reference": "K7M2", "priority": "1", "state": "triggered", "deliveries": "Jouren: skickat"}


def phone_app() -> tuple[Flask, Doors]:
    """An application with nothing but the page, and the doors behind it."""
    carrier, doors = carrier_and_doors()
    app = Flask("hotline.web")
    app.register_blueprint(make_blueprint(carrier, lambda: [CASE], lambda: {TOWN.key: TOWN}))
    return app, doors
