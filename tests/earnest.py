"""Settings for programs that a test or a measurement starts: nothing of this machine's own, and as in earnest."""

import os

OURS = ("HOTLINE_", "TWILIO_")


def inherited() -> dict[str, str]:
    """The environment without any setting of the hotline: paths and language."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def in_earnest(rest: str, *, public: str, token: str, account: str = "AC" + "a" * 32) -> dict[str, str]:
    """With Twilio's rules; `rest`: where its REST addresses stand on this machine."""
    return {
        "HOTLINE_CARRIER": "twilio",
        "HOTLINE_PUBLIC_URL": public,
        "TWILIO_ACCOUNT_SID": account,
        "TWILIO_AUTH_TOKEN": token,
        "HOTLINE_TWILIO_API_URL": rest,
    }
