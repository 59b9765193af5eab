"""All tools by name: what a model is told of them, and the one way to use one."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from portal.ai.providers import Tool, ToolCall
from portal.chat.assistant.tools import (
    book_appointment,
    faq_search,
    find_slots,
    hand_over,
    opening_hours,
    order_status,
    request_callback,
    services_and_prices,
    vehicle_by_plate_or_vin,
    vehicle_history,
)
from portal.chat.assistant.tools.fitting import fitted
from portal.chat.assistant.tools.using import Refused, Using
from portal.kit.db import Db

LONGEST_RESULT = 6000

Use = Callable[[Db, Using, Any], Awaitable[msgspec.Struct]]


class Entry(msgspec.Struct, frozen=True):
    name: str
    description: str
    arguments: type[msgspec.Struct]
    use: Use


def _entry(module: Any) -> Entry:
    """Every file of a tool has the same four names."""
    return Entry(module.NAME, module.DESCRIPTION, module.Arguments, module.use)


TOOLS: dict[str, Entry] = {
    module.NAME: _entry(module)
    for module in (
        services_and_prices,
        opening_hours,
        faq_search,
        find_slots,
        book_appointment,
        vehicle_by_plate_or_vin,
        vehicle_history,
        order_status,
        hand_over,
        request_callback,
    )
}


def offered() -> tuple[Tool, ...]:
    """The same for every question, so that a provider can reuse its front part."""
    return _OFFERED


async def used(db: Db, using: Using, call: ToolCall) -> msgspec.Struct:
    """The typed result; whatever a model asks for wrongly is `Refused`, and nothing is done."""
    entry = TOOLS.get(call.name)
    if entry is None:
        return Refused("There is no such tool.")
    try:
        arguments = msgspec.json.decode(call.arguments or "{}", type=entry.arguments)
    except msgspec.MsgspecError as error:
        return Refused(f"The arguments do not fit: {error}"[:300])
    return await entry.use(db, using, arguments)


def as_text(using: Using, result: msgspec.Struct) -> str:
    """For a model: JSON without what identifies somebody, with as many items as fit."""
    return using.redaction.hide(fitted(result, LONGEST_RESULT))


def _schema(arguments: type[msgspec.Struct]) -> dict[str, Any]:
    """JSON schema of one object, without references: not every endpoint follows them."""
    (schema,), components = msgspec.json.schema_components([arguments])
    inner: dict[str, Any] = dict(components[schema["$ref"].rpartition("/")[2]])
    return {key: value for key, value in inner.items() if key != "title"}


_OFFERED = tuple(Tool(one.name, one.description, _schema(one.arguments)) for one in TOOLS.values())
