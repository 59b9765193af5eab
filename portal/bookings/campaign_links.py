"""Links in reminders that say which message led to a booking: `/b/{slug}?c=<reference>`.

The reference is signed for one workshop. Whoever books through it gets `source_kind`
`campaign_message` and the message's id as `source_id`; the campaigns count from there.
"""

import base64
import binascii
from datetime import timedelta
from uuid import UUID

from itsdangerous import BadSignature, TimestampSigner

SOURCE_KIND = "campaign_message"
LIFETIME = timedelta(days=180)


def reference_of(message_id: UUID, *, workshop_id: UUID, secret: str) -> str:
    """57 characters, short enough for an SMS."""
    raw = base64.urlsafe_b64encode(message_id.bytes).rstrip(b"=")
    return _signer(workshop_id, secret).sign(raw).decode()


def source_of(reference: str, *, workshop_id: UUID, secret: str) -> UUID | None:
    """The message that a link came from; None for what we did not sign for this workshop."""
    try:
        raw = _signer(workshop_id, secret).unsign(reference, max_age=int(LIFETIME.total_seconds()))
        return UUID(bytes=base64.urlsafe_b64decode(raw + b"=="))
    except (BadSignature, binascii.Error, ValueError):
        return None


def _signer(workshop_id: UUID, secret: str) -> TimestampSigner:
    return TimestampSigner(secret, salt=f"carbot.campaign.{workshop_id}")
