"""What the figures of the chat are made of: four statements over the period and the one before."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import RowMapping, TextClause, text

from portal.bookings.numbers_period import Period
from portal.chat.analytics_figures import Answers, Provider, TalkWeek, Topic
from portal.kit.db import Db

MOST_TOPICS = 12

_TALKS = text("""
with talks as (
  select c.id, c.created_at, c.rating,
         c.handover_reason <> '' or c.assigned_name <> '' or c.state in ('waiting', 'human')
           or exists (select from messages m where m.conversation_id = c.id and m.author = 'staff')
           as had_person
    from conversations c
   where c.created_at >= :since and c.created_at < :until
     and exists (select from messages m where m.conversation_id = c.id and m.author = 'visitor')
), booked as (
  select created_at from appointments
   where origin = 'chat' and created_at >= :since and created_at < :until
), weeks as (
  select created_at >= :middle as is_now,
         date_trunc('week', created_at at time zone 'Europe/Berlin')::date as monday,
         count(*) as talks, count(*) filter (where had_person) as with_person,
         array[count(*) filter (where rating = 1), count(*) filter (where rating = 2),
               count(*) filter (where rating = 3), count(*) filter (where rating = 4),
               count(*) filter (where rating = 5)] as stars,
         0 as bookings
    from talks group by 1, 2
  union all
  select created_at >= :middle, date_trunc('week', created_at at time zone 'Europe/Berlin')::date,
         0, 0, array[0, 0, 0, 0, 0], count(*)
    from booked group by 1, 2
)
select is_now, monday, sum(talks)::int as talks, sum(with_person)::int as with_person,
       array[sum(stars[1])::int, sum(stars[2])::int, sum(stars[3])::int, sum(stars[4])::int,
             sum(stars[5])::int] as stars,
       sum(bookings)::int as bookings
  from weeks group by 1, 2 order by 2, 1
""")

# A person's answer is timed from the first message behind the last word of assistant or staff;
# who asked by the button wrote nothing since, so then from the system's note.
_ANSWERS = text("""
with said as (
  select conversation_id, author, created_at,
         lag(author) over talk as author_before, lag(created_at) over talk as before,
         sum(case when author in ('bot', 'staff') then 1 else 0 end) over talk as turn
    from messages
   where created_at >= :since and created_at < :until
  window talk as (partition by conversation_id order by seq)
), turns as (
  select conversation_id, turn, min(created_at) filter (where author = 'visitor') as asked,
         min(created_at) filter (where author = 'system') as noted
    from said where author in ('visitor', 'system') group by 1, 2
), first_words as (
  select distinct on (conversation_id) conversation_id, created_at, turn - 1 as turn
    from said where author = 'staff' order by conversation_id, created_at
), waits as (
  select f.created_at >= :middle as is_now,
         extract(epoch from f.created_at - coalesce(t.asked, t.noted))::float as seconds
    from first_words f join turns t on t.conversation_id = f.conversation_id and t.turn = f.turn
), by_bot as (
  select created_at >= :middle as is_now, first_ms, total_ms from ai_calls
   where purpose = 'chat' and outcome = 'answered'
     and created_at >= :since and created_at < :until
)
select 'person' as who, is_now, count(*)::int as answers,
       percentile_cont(0.5) within group (order by seconds) as median_s,
       percentile_cont(0.9) within group (order by seconds) as slow_s
  from waits where seconds is not null group by is_now
union all
select 'assistant', is_now, count(*)::int,
       percentile_cont(0.5) within group (order by total_ms) / 1000.0,
       percentile_cont(0.9) within group (order by total_ms) / 1000.0
  from by_bot group by is_now
""")

_CALLS = text("""
select created_at >= :middle as is_now,
       date_trunc('week', created_at at time zone 'Europe/Berlin')::date as monday,
       provider, purpose, count(*)::int as calls,
       count(*) filter (where outcome in ('failed', 'broken'))::int as failed,
       sum(tokens_in)::bigint as tokens_in, sum(tokens_out)::bigint as tokens_out,
       sum(tokens_cached)::bigint as tokens_cached, sum(micros)::bigint as micros
  from ai_calls where created_at >= :since and created_at < :until
 group by 1, 2, 3, 4 order by 2
""")

_TOPICS = text("""
select s ->> 'kind' as kind, s ->> 'label' as label,
       count(distinct m.conversation_id) filter (where m.created_at >= :middle)::int as talks,
       count(distinct m.conversation_id) filter (where m.created_at < :middle)::int as before
  from messages m cross join lateral jsonb_array_elements(m.sources) s
 where m.author = 'bot' and m.created_at >= :since and m.created_at < :until
 group by 1, 2 order by 3 desc, 4 desc, 2 limit :most
""")


async def talk_weeks(db: Db, period: Period) -> list[TalkWeek]:
    rows = await _rows(db, _TALKS, period)
    return [TalkWeek(**{**row, "stars": tuple(row["stars"])}) for row in rows]


async def answers(db: Db, period: Period) -> list[Answers]:
    return [Answers(**row) for row in await _rows(db, _ANSWERS, period)]


async def calls(db: Db, period: Period) -> list[Provider]:
    return [Provider(**row) for row in await _rows(db, _CALLS, period)]


async def topics(db: Db, period: Period) -> list[Topic]:
    return [Topic(**row) for row in await _rows(db, _TOPICS, period, most=MOST_TOPICS)]


async def _rows(
    db: Db, query: TextClause, period: Period, **more: int | date
) -> Sequence[RowMapping]:
    bounds = {"since": period.before.since, "middle": period.since, "until": period.until}
    return (await db.execute(query, {**bounds, **more})).mappings().all()
