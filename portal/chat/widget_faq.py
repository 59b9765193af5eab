"""`/widget/v1/faq`: the workshop's answers as they are, without AI and without a conversation."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromQuery

from portal.chat.widget_config import MEMORY_S
from portal.content import faq
from portal.kit.memory import ShortMemory
from portal.tenants.boundary import DoorDb, channel, site_key_db, workshop_id_of


class FaqShown(msgspec.Struct, frozen=True):
    question: str
    answer: str


class FaqList(msgspec.Struct, frozen=True):
    """In the workshop's order. A language without entries gets the German ones, marked so."""

    locale: str
    items: list[FaqShown]


@get("/faq")
async def show(
    request: Request[Any, Any, Any], db: DoorDb, locale: FromQuery[str] = "de"
) -> Response[bytes]:
    memory: ShortMemory[bytes] = request.app.state.setdefault("faq_memory", ShortMemory(MEMORY_S))
    language = "de" if locale[:2].lower() == "de" else "en"

    async def make() -> bytes:
        spoken, entries = await faq.for_visitors(db, language)
        return msgspec.json.encode(
            FaqList(spoken, [FaqShown(e.question, e.answer) for e in entries])
        )

    key = channel(workshop_id_of(db), f"widget-faq:{language}")
    return Response(
        await memory.get(key, make),
        media_type="application/json",
        headers={"Cache-Control": "public, max-age=60"},
    )


ROUTERS = [Router("/widget/v1", dependencies={"db": Provide(site_key_db)}, route_handlers=[show])]
