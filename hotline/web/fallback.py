"""What the carrier is told while the hotline is away: files for any static host, made once. No door of our own.

They say what is true then: nothing is saved, call 112 in danger, social services have this number.
"""

from collections.abc import Mapping

from hotline.core.effects import HangUp, Say
from hotline.core.municipality import Municipality
from hotline.web.twiml import CallDoors, render_call, render_messages

LANGUAGES = ("sv", "fi", "en")


def fallback_files(municipality: Municipality, door_texts: Mapping[str, Mapping[str, str]]) -> Mapping[str, bytes]:
    """sms.xml and voice.xml, in every language that has a script."""

    def said(language: str) -> Say:
        text = door_texts[language]["broken"].replace("{telephone}", municipality.telephone_shown)
        return Say(text.replace("{municipality}", municipality.name), language)

    texts = [said(language) for language in LANGUAGES if language in door_texts]
    doors = CallDoors(next_door="", voices=dict(municipality.voices))
    return {"sms.xml": render_messages(texts), "voice.xml": render_call([*texts, HangUp()], doors)}
