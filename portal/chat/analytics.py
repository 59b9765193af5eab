"""The figures of a workshop's chat: four statements, the rest is pure."""

from portal.bookings.numbers_period import Period
from portal.chat import analytics_queries as queries
from portal.chat.analytics_figures import ChatNumbers
from portal.kit.db import Db


async def load(db: Db, period: Period) -> ChatNumbers:
    return ChatNumbers(
        period=period,
        counted=await queries.talk_weeks(db, period),
        answers=await queries.answers(db, period),
        calls=await queries.calls(db, period),
        topics=await queries.topics(db, period),
    )
