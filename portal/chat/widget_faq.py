"""`/widget/v1/faq`: the workshop's answers as they are, without AI and without a conversation."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromQuery

from portal.chat.assistant import foreign_texts
from portal.chat.assistant.replies import in_another_language
from portal.chat.widget_config import MEMORY_S
from portal.content import faq
from portal.content.search import Entry
from portal.kit.memory import ShortMemory
from portal.kit.text import GUESTS, LANGUAGES, speaking
from portal.tenants.boundary import DoorDb, channel, parts_of, site_key_db, workshop_id_of


class FaqShown(msgspec.Struct, frozen=True):
    question: str
    answer: str


class FaqList(msgspec.Struct, frozen=True):
    """In the workshop's order. A language without entries gets the German ones, marked so, each
    with its translation where one is kept.
    """

    locale: str
    items: list[FaqShown]


def _shown(entry: Entry) -> FaqShown:
    if not entry.translation:
        return FaqShown(entry.question, entry.answer)
    told = f"{in_another_language(entry)}\n{entry.translation}"
    return FaqShown(entry.question_translated, told)


@get("/faq")
async def show(
    request: Request[Any, Any, Any], db: DoorDb, locale: FromQuery[str] = "de"
) -> Response[bytes]:
    memory: ShortMemory[bytes] = request.app.state.setdefault("faq_memory", ShortMemory(MEMORY_S))
    short = locale[:2].lower()
    language = short if short in (*LANGUAGES, *GUESTS) else "en"

    async def make() -> bytes:
        spoken, entries = await faq.for_visitors(db, language)
        texts = [Entry(str(one.id), one.question, one.answer, spoken) for one in entries]
        if spoken != language:
            texts = await foreign_texts.with_translations(
                parts_of(request), workshop_id_of(db), texts, language
            )
        with speaking(language):
            return msgspec.json.encode(FaqList(spoken, [_shown(one) for one in texts]))

    key = channel(workshop_id_of(db), f"widget-faq:{language}")
    return Response(
        await memory.get(key, make),
        media_type="application/json",
        headers={"Cache-Control": "public, max-age=60"},
    )


ROUTERS = [Router("/widget/v1", dependencies={"db": Provide(site_key_db)}, route_handlers=[show])]
