"""Mail: over SMTP where one is configured, otherwise into a folder that the demo shows."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, formatdate, make_msgid, parseaddr
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


@dataclass(frozen=True)
class Attachment:
    """A file of a message; `media_type` with parameters, as `text/calendar; method=REQUEST`."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


def compose(
    *,
    sender: str,
    to: str,
    subject: str,
    text: str,
    key: str,
    html: str = "",
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
) -> EmailMessage:
    """A message of the portal; `key` makes its Message-ID the same on every attempt.

    It says that a machine wrote it (RFC 3834), so that no absence note answers.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    if reply_to:
        message["Reply-To"] = reply_to
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<{key}@carbot>" if key else make_msgid()
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for file in attachments:
        _attach(message, file)
    return message


def sender_named(name: str, sender: str) -> str:
    """The portal's own address under a workshop's name: `KFZ Brandt <noreply@carbot.example>`."""
    shown = " ".join(name.split())
    return formataddr((shown, parseaddr(sender)[1])) if shown else sender


def _attach(message: EmailMessage, file: Attachment) -> None:
    media_type, *settings = (part.strip() for part in file.media_type.split(";"))
    maintype, _, subtype = media_type.partition("/")
    params = dict(setting.split("=", 1) for setting in settings)
    message.add_attachment(
        file.content, maintype=maintype, subtype=subtype, filename=file.name, params=params
    )


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
