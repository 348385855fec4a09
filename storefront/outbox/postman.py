"""Carrying letters out: by SMTP where it is set, else as files for a developer to read."""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from storefront.outbox.models import Letter


class WholeSubject(EmailPolicy):
    """Folds a subject so that it reads the same when put together again.

    The standard policy folds between words and leaves the blank outside the encoded words, where readers drop it.
    """

    def fold(self, name: str, value: Any) -> str:
        """One header as lines."""
        if name.lower() != "subject" or str(value).isascii():
            return str(super().fold(name, value))
        encoded = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {encoded}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as bytes."""
        if name.lower() != "subject":
            return bytes(super().fold_binary(name, value))
        return self.fold(name, value).encode("ascii")


class Postman(Protocol):
    """Who carries a letter."""

    def carry(self, message: EmailMessage) -> None:
        """Deliver it, or raise OSError / smtplib.SMTPException."""
        ...


class Smtp:
    """Over SMTP; `smtp://` uses STARTTLS where the server has it."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def carry(self, message: EmailMessage) -> None:
        """Deliver the message within 20 seconds or raise."""
        host = self._url.hostname or "localhost"
        secure = self._url.scheme == "smtps"
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        with kind(host, self._url.port or (465 if secure else 587), timeout=20) as server:
            if not secure:
                server.ehlo()
                if server.has_extn("starttls"):
                    server.starttls()
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(message)


class Files:
    """As one `.eml` file each under a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def carry(self, message: EmailMessage) -> None:
        """Write the message into the folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        (self._folder / f"{name}.eml").write_bytes(message.as_bytes())


def message_of(letter: Letter, sender: str, written_at: datetime) -> EmailMessage:
    """The letter as an e-mail."""
    message = EmailMessage(policy=WholeSubject())
    message["Message-ID"] = letter.message_id
    message["Date"] = format_datetime(written_at)
    message["From"] = sender
    message["To"] = letter.to_address
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
