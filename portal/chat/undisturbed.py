"""What visitor and assistant say as long as nobody else does anything: one statement, no session.

It changes the conversation only if nothing has happened since its messages were counted: nobody has
said anything, nobody has taken over. Otherwise it does nothing, and the caller goes the long way
under the lock of the row, where everything is decided that can be.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from portal.chat import live, threads, words
from portal.chat.models import Author, Completeness, Message
from portal.kit import clock
from portal.kit.db import new_id
from portal.kit.glances import Glance, Sentence

_APPEND = Sentence(
    text(f"""
with talk as (
  update conversations set
    last_seq = last_seq + 1, changed_at = cast(:at as timestamptz), last_message_at = :at,
    preview = :preview, preview_author = cast(:author as text),
    failures = case cast(:author as text) when 'bot' then 0 else failures end
  where id = :conversation and last_seq = :seen and state = 'bot' and erased_at is null
  returning {", ".join(live.LINE)}
), said as (
  insert into messages (id, conversation_id, seq, author, text, client_id, reply_to, sources, cards,
                        answering_until, created_at)
  select cast(:id as uuid), talk.id, talk.last_seq, cast(:author as text), cast(:text as text),
         cast(:client as uuid), cast(:reply_to as uuid), cast(:sources as jsonb),
         cast(:cards as jsonb), cast(:until as timestamptz), :at
  from talk
), noted as (
  insert into conversation_words (id, conversation_id, word)
  select w.id, talk.id, w.word
  from talk, unnest(cast(:word_ids as uuid[]), cast(:words as text[])) as w(id, word)
  on conflict do nothing
)
select * from talk
""")  # noqa: S608  # columns of ours
)


async def append(glance: Glance, message: Message) -> Any:
    """Store what visitor or assistant say, and return the conversation's `live.LINE`.

    None, and nothing is stored, when more than `message.seq - 1` messages are there or somebody
    else may speak than the assistant. Under the row's lock nobody can come between.
    """
    said_by_person = message.author == Author.VISITOR
    kept = words.words_of(message.text) if said_by_person else []
    return await glance.one_or_none(
        _APPEND,
        conversation=message.conversation_id,
        seen=message.seq - 1,
        id=message.id,
        at=message.created_at,
        author=message.author,
        text=message.text,
        preview=threads.preview_of(message.text),
        client=message.client_id,
        reply_to=message.reply_to,
        sources=message.sources,
        cards=message.cards,
        until=message.answering_until,
        word_ids=[new_id() for _ in kept],
        words=kept,
    )


def message_of(conversation_id: UUID, seq: int, author: Author, said: str, **more: Any) -> Message:
    """A message that is in no session, with all that readers are told of it."""
    usual: dict[str, Any] = {
        "staff_name": "",
        "translation": "",
        "client_id": None,
        "reply_to": None,
        "sources": [],
        "cards": [],
        "state": Completeness.COMPLETE,
        "answering_until": None,
    }
    return Message(
        id=new_id(),
        conversation_id=conversation_id,
        seq=seq,
        author=author,
        text=said,
        created_at=clock.now(),
        **usual | more,
    )
