"""What an answer to a visitor may take, and of whose budgets."""

from portal.ai.budgets import Amount, Purse, purse_of
from portal.ai.desk import desk_of
from portal.ai.providers import MOST_TOKENS
from portal.chat.assistant.prompt import MOST_TOKENS_TOLD
from portal.kit.parts import Parts
from portal.tenants.callers import Visitor


def purse_for(parts: Parts, visitor: Visitor, address: str) -> Purse | None:
    """None where no provider is paid: the built-in assistant costs nothing.

    `address` is the visitor's network; only a keyed hash of it is kept, for two days.
    """
    desk = desk_of(parts)
    if not desk.is_staffed:
        return None
    most = Amount(MOST_TOKENS_TOLD + MOST_TOKENS, desk.most_micros(MOST_TOKENS_TOLD, MOST_TOKENS))
    hashed = parts.limits.hashed("visitor", visitor.workshop_id, address) if address else ""
    return purse_of(parts.settings, most, talk=visitor.subject, visitor=hashed)
