"""E-mail through a mail server (SMTP). Decides nothing about when or whom.

The notice holds a reference and a priority only: mail lies open on many machines.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from urllib.parse import unquote, urlsplit

from hotline.ports import CarrierError

TIMEOUT = 5.0  # seconds, for each thing that the server is asked
PERMANENT = range(500, 600)


class SmtpMail:
    """`url`: smtp://name:password@host:587 (turned secure when the server can) or smtps://host. `sender`: From."""

    def __init__(self, url: str, sender: str) -> None:
        self._where = urlsplit(url)
        self._sender = sender

    def send(self, *, to: str, subject: str, body: str) -> str:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, subject
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message.set_content(body)
        try:
            self._send(message)
        except smtplib.SMTPResponseException as error:
            raise CarrierError(f"mail server answered {error.smtp_code}", hard=error.smtp_code in PERMANENT) from error
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            hard = all(code in PERMANENT for code in codes)
            raise CarrierError(f"mail server refuses the receiver: {codes}", hard=hard) from error
        except (OSError, smtplib.SMTPException) as error:
            raise CarrierError(f"mail server was not reached: {type(error).__name__}", hard=False) from error
        return str(message["Message-ID"])

    def _send(self, message: EmailMessage) -> None:
        where, secure = self._where, ssl.create_default_context()
        host = where.hostname or "localhost"
        if where.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, where.port or 465, timeout=TIMEOUT, context=secure)
        else:
            server = smtplib.SMTP(host, where.port or 587, timeout=TIMEOUT)
        with server:
            server.ehlo()
            if where.scheme != "smtps" and server.has_extn("starttls"):
                server.starttls(context=secure)
            if where.username:
                server.login(unquote(where.username), unquote(where.password or ""))
            server.send_message(message)
