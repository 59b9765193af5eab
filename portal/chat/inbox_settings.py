"""How soon a workshop wants to answer, and after how many minutes a mail calls for somebody."""

from sqlalchemy import select

from portal.chat.models_inbox import InboxSettings
from portal.kit.db import Db
from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _
from portal.tenants import audit
from portal.tenants.owned import keep_only

ANSWER = (5, 2880)
MAIL = (1, 240)


async def get(db: Db) -> InboxSettings:
    """Those of the workshop, or what holds as long as nobody has chosen."""
    found = await db.scalar(select(InboxSettings))
    return found or InboxSettings(answer_minutes=30, mail_after_minutes=5)


async def change(db: Db, *, answer_minutes: int, mail_after_minutes: int) -> InboxSettings:
    """Raises `Invalid` with each field that is out of bounds."""
    given = {"answer_minutes": answer_minutes, "mail_after_minutes": mail_after_minutes}
    bounds = {"answer_minutes": ANSWER, "mail_after_minutes": MAIL}
    faults = [
        FieldError(
            name, "OUT_OF_BOUNDS", _("Please give %(least)s to %(most)s.", least=least, most=most)
        )
        for name, (least, most) in bounds.items()
        if not least <= given[name] <= most
    ]
    if faults:
        raise Invalid(errors=faults)
    settings = await keep_only(db, InboxSettings, given)
    audit.note(
        db,
        "inbox.settings_changed",
        answer_minutes=answer_minutes,
        mail_after_minutes=mail_after_minutes,
    )
    return settings
