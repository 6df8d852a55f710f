"""Recorded voices: <recordings>/<language>/<text's name>.mp3 or .wav, played instead of the carrier's voice.

Open to anyone who has the address: nothing in them is about a caller.
"""

import re
from pathlib import Path

from flask import Blueprint, Response, abort, send_from_directory

from hotline.core.municipality import Municipality
from hotline.web.bundle import Hotline, the_hotline

KINDS = ("mp3", "wav")
NAME = re.compile(r"[a-z0-9_-]+")

blueprint = Blueprint("recordings", __name__)


def folder_of(hotline: Hotline, municipality: Municipality) -> Path:
    """Where a municipality's recordings lie."""
    return hotline.recordings / municipality.recordings


def recording_address(hotline: Hotline, municipality: Municipality, language: str, name: str) -> str:
    """The address of the recording of this text, or "" when nobody has read it aloud."""
    if not municipality.recordings or not NAME.fullmatch(name) or not NAME.fullmatch(language):
        return ""
    folder = folder_of(hotline, municipality) / language
    kind = next((kind for kind in KINDS if (folder / f"{name}.{kind}").is_file()), None)
    return f"{hotline.public_url}/recordings/{municipality.key}/{language}/{name}.{kind}" if kind else ""


@blueprint.get("/recordings/<municipality>/<language>/<name>", provide_automatic_options=False)
def recording(municipality: str, language: str, name: str) -> Response:
    """One recording, or 404."""
    hotline = the_hotline()
    owner = hotline.municipalities.get(municipality)
    if owner is None or not owner.recordings or not name.endswith(KINDS) or not NAME.fullmatch(language):
        abort(404)
    return send_from_directory(folder_of(hotline, owner).absolute() / language, name)
