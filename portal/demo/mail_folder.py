"""What the demo did not send: `.eml` files as a mail program shows them, and text messages."""

import email
import email.policy
import json
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
    files: tuple[str, ...] = ()
    is_sms: bool = False


def newest(folder: Path) -> list[Mail]:
    """The latest messages, newest first: the names of the files sort by time."""
    found = [*folder.glob("*.eml"), *folder.glob("*.sms.json")]
    files = sorted(found, key=lambda file: file.name, reverse=True)[:LATEST]
    return [_read_sms(file) if file.suffix == ".json" else _read(file) for file in files]


def _read_sms(file: Path) -> Mail:
    kept = json.loads(file.read_bytes())
    sent_at = datetime.fromisoformat(kept["sent_at"])
    return Mail("", kept["to"], "", sent_at, kept["text"], is_sms=True)


def _read(file: Path) -> Mail:
    raw = file.read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    body = message.get_body(("plain",))
    return Mail(
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=_sent_at(message),
        text=body.get_content().strip() if body is not None else "",
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        return parsedate_to_datetime(str(message["Date"]))
    except ValueError:
        return None
