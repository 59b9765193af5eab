"""The mail that the demo did not send: `.eml` files, shown as a mail program would."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

LATEST = 50


@dataclass(frozen=True)
class Mail:
    sender: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def newest(folder: Path) -> list[Mail]:
    """The latest mails, newest first: the names of the files sort by time."""
    files = sorted(folder.glob("*.eml"), reverse=True)[:LATEST]
    return [_read(file.read_bytes()) for file in files]


def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    return Mail(
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=_sent_at(message),
        text=body.get_content().strip() if body is not None else "",
    )


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None
