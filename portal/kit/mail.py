"""Mail: over SMTP where one is configured, otherwise into a folder that the demo shows."""

import asyncio
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from portal.kit.db import new_id


class Mailer(Protocol):
    async def send(self, message: EmailMessage) -> None:
        """Hand the message over. Raises `MailDelayed` when it is worth trying again."""


class MailDelayed(Exception):
    """The server could not take the message now."""


class MailRefused(Exception):
    """The server will never take this message."""


def compose(*, sender: str, to: str, subject: str, text: str, key: str) -> EmailMessage:
    """A plain message; `key` makes its Message-ID the same on every attempt."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<{key}@carbot>" if key else make_msgid()
    message.set_content(text)
    return message


class FolderMailer:
    """Each message becomes an `.eml` file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def send(self, message: EmailMessage) -> None:
        await asyncio.to_thread(self._write, message)

    def _write(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{new_id()}.eml").write_bytes(bytes(message))


class SmtpMailer:
    """`smtp://user:password@host:port`; `smtps://` for TLS from the first byte."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._options = {
            "hostname": parts.hostname or "127.0.0.1",
            "port": parts.port or (465 if parts.scheme == "smtps" else 25),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": parts.scheme == "smtps",
            "timeout": 20,
        }

    async def send(self, message: EmailMessage) -> None:
        try:
            await aiosmtplib.send(message, **self._options)  # type: ignore[arg-type]  # typed above
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise MailRefused(str(error)) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDelayed(str(error)) from error
