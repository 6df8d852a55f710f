"""Where no mail server is configured. Decides nothing about when or whom."""

from hotline.ports import CarrierError


class NoMail:
    """No mail server is configured: every mail is refused at once, and the alert goes on by telephone."""

    def send(self, *, to: str, subject: str, body: str) -> str:
        del to, subject, body
        raise CarrierError("no mail server is configured", hard=True)
