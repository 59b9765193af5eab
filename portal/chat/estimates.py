"""Estimates that a person sends in the chat: what work costs, position by position.

Amounts are with VAT, as customers are told prices. Who is told one that does not bind hears before
it becomes much dearer (§ 649 BGB); one that binds does so for three weeks, which is usual in the
trade.
"""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from portal.chat import conversations, messages
from portal.chat.forms import EstimateForm
from portal.chat.languages import addressed
from portal.chat.models import Conversation, Message
from portal.diagnostics import estimates
from portal.diagnostics.estimates import Line
from portal.kit import clock, money, text
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.kit.text import _, speaking
from portal.tenants.callers import Member
from portal.vehicles.typed import Reading

BINDS_FOR = timedelta(weeks=3)
LONGEST_WORDS = 2000


class EstimateInvalid(Invalid):
    code, title = "ESTIMATE_INVALID", N_("Please check the positions of the estimate.")


async def send(
    db: Db, conversation_id: UUID, member: Member, form: EstimateForm
) -> tuple[Conversation, Message]:
    """The estimate as a message of this person, once however often it arrives.

    Raises `EstimateInvalid` with every mistake beside its field, and what `messages.reply` raises.
    """
    reading = Reading(EstimateInvalid)
    words = reading.text("words", form.words, LONGEST_WORDS)
    lines = estimates.read_lines(reading, form.lines())
    if not lines and not reading.errors:
        told = _("Please enter at least one position with its price.")
        reading.refuse("lines", "NO_POSITION", told)
    reading.end()
    conversation = await conversations.get(db, conversation_id)
    with speaking(addressed(conversation.locale)):
        told = _sentence(estimates.total(lines), is_binding=bool(form.is_binding))
        card = card_of(lines)
    return await messages.reply(
        db,
        conversation_id,
        member,
        f"{words}\n\n{told}".strip(),
        client_id=form.client_id,
        cards=[card],
    )


def card_of(lines: Sequence[Line]) -> dict[str, Any]:
    """As the widget shows it: amounts with a point and two decimals."""
    return {
        "kind": "estimate",
        "currency": "EUR",
        "lines": [{"label": _label(line), "price": money.as_json(line.amount)} for line in lines],
        "total": money.as_json(estimates.total(lines)),
    }


def _label(line: Line) -> str:
    if line.quantity == 1:
        return line.title
    digits = max(0, -int(line.quantity.normalize().as_tuple().exponent))
    return f"{text.number(line.quantity, digits)} × {line.title}"


def _sentence(total: Decimal, *, is_binding: bool) -> str:
    amount = text.euro(total)
    if is_binding:
        until = text.day(clock.local(clock.now() + BINDS_FOR).date())
        return _(
            "Our estimate, binding until %(day)s: %(total)s with VAT.", day=until, total=amount
        )
    return _(
        "Our estimate, not binding: %(total)s with VAT. Should it become much dearer, we tell you "
        "before we go on.",
        total=amount,
    )
