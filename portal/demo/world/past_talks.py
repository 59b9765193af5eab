# ruff: noqa: E501  # what people wrote, each message on its line; chance that is no secret
"""The conversations of the last months, so that the chat's figures have something to tell.

Drawn with a fixed seed: the same past at every start. A third of them went to a person.
"""

import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import update

from portal.ai.models import AiCall, AiCost
from portal.chat.models import Author, Conversation, Message, State
from portal.demo.people import DemoShop
from portal.kit import clock
from portal.kit.db import Db, new_id
from portal.tenants.permissions import Role

WEEKS, A_WEEK = 25, (22, 34)
PROVIDER, MODEL = "Beispiel-KI (EU)", "mittel-2"
PRICE_IN, PRICE_OUT = Decimal("2.00"), Decimal("8.00")


class Past(NamedTuple):
    asked: str
    answered: str
    source: tuple[str, str]
    to_person: float
    """How likely it was handed over."""


PAST = (
    Past(
        "Was kostet bei Ihnen ein Ölwechsel?",
        "Den Ölwechsel mit Filter finden Sie in unserer Preisliste; den genauen Betrag nennen wir Ihnen mit dem Fahrzeugschein. Möchten Sie gleich einen Termin anfragen?",
        ("service", "Ölwechsel mit Filter"),
        0.15,
    ),
    Past(
        "Haben Sie samstags geöffnet?",
        "Am Wochenende haben wir geschlossen. Unter der Woche erreichen Sie uns ab 7:30 Uhr.",
        ("hours", "Öffnungszeiten"),
        0.05,
    ),
    Past(
        "Kann ich morgen früh den Reifenwechsel machen lassen?",
        "Freie Zeiten sehen Sie unten. Die Räder aus der Einlagerung legen wir Ihnen bereit.",
        ("service", "Radwechsel"),
        0.3,
    ),
    Past(
        "Mein Auto muss zum TÜV, geht das bei Ihnen?",
        "Ja, die Hauptuntersuchung läuft bei uns im Haus an den Prüftagen; die Gebühr der Prüforganisation geben wir ohne Aufschlag weiter.",
        ("service", "Hauptuntersuchung (HU/AU)"),
        0.25,
    ),
    Past(
        "Die Bremsen quietschen seit gestern, kann ich noch fahren?",
        "Bitte fahren Sie damit nicht weiter und rufen Sie uns an: Bremsen beurteilt niemand aus der Ferne.",
        ("rule", "Sicherheitsregel"),
        0.9,
    ),
    Past(
        "Bekomme ich einen Ersatzwagen?",
        "Ja, solange einer frei ist. Bitte bei der Terminanfrage mit angeben.",
        ("faq", "Gibt es einen Ersatzwagen?"),
        0.3,
    ),
    Past(
        "Wie lange dauert eine große Inspektion?",
        "In der Regel einen Arbeitstag; bis zum Nachmittag melden wir uns mit dem Ergebnis.",
        ("service", "Große Inspektion"),
        0.25,
    ),
    Past(
        "Kann ich mein Auto abends abgeben?",
        "Ja, der Schlüsselbriefkasten ist rund um die Uhr zugänglich, Umschläge liegen daneben.",
        ("faq", "Kann ich mein Auto außerhalb der Öffnungszeiten abgeben oder abholen?"),
        0.05,
    ),
    Past(
        "Ist mein Wagen schon fertig?",
        "Das sehe ich von hier aus nicht sicher. Ich gebe die Frage an unser Team.",
        ("profile", "Werkstatt"),
        0.85,
    ),
    Past(
        "Machen Sie auch Klimaservice?",
        "Ja, mit Dichtheitsprüfung. Er dauert etwa eine Stunde.",
        ("service", "Klimaservice"),
        0.2,
    ),
)


async def fill(db: Db, shop: DemoShop, now: datetime) -> None:
    drawn = random.Random(f"{shop.slug} past talks")
    person = shop.people[Role.ADVISOR]
    bills: dict[object, AiCost] = {}
    told: list[UUID] = []
    for week in range(1, WEEKS + 1):
        for _ in range(drawn.randint(*A_WEEK)):
            at = _moment(drawn, now, week)
            if at < now - timedelta(days=2):
                told.append(_one(db, drawn, at, person, bills))
    db.add_all(bills.values())
    await db.flush()
    await db.execute(
        update(Conversation).where(Conversation.id.in_(told)).values(state=State.CLOSED)
    )


def _moment(drawn: random.Random, now: datetime, week: int) -> datetime:
    """Mostly in opening hours, sometimes in the evening."""
    monday = clock.local(now) - timedelta(days=now.weekday() + 7 * (week - 1))
    day = monday + timedelta(days=drawn.choice((0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 6)))
    hour = drawn.choice((8, 8, 9, 9, 10, 10, 11, 12, 13, 14, 14, 15, 16, 19, 21))
    return day.replace(hour=hour, minute=drawn.randrange(60), second=drawn.randrange(60))


def _one(
    db: Db, drawn: random.Random, at: datetime, person: str, bills: dict[object, AiCost]
) -> UUID:
    past = drawn.choice(PAST)
    has_person = drawn.random() < past.to_person
    rating = drawn.choices((None, 5, 4, 3, 2, 1), (62, 20, 10, 4, 2, 2))[0]
    talk = Conversation(
        id=new_id(),
        state=State.BOT,
        locale="de",
        consent_version="1",
        consent_at=at,
        created_at=at,
        handover_reason="asked" if has_person else "",
        assigned_name=person if has_person else "",
        rating=rating,
    )
    lines = [(Author.VISITOR, past.asked, 0), (Author.BOT, past.answered, drawn.randint(2, 5))]
    if has_person:
        wait = round(drawn.lognormvariate(5.6, 0.8))
        lines += [
            (Author.VISITOR, "Kann mir dazu bitte jemand aus dem Team antworten?", 40),
            (
                Author.STAFF,
                "Guten Tag, gern – ich habe mir das angesehen und rufe Sie gleich an.",
                wait,
            ),
        ]
    _say(db, talk, lines, past, person)
    _pay(db, drawn, talk, bills)
    return talk.id


def _say(
    db: Db, talk: Conversation, lines: list[tuple[Author, str, int]], past: Past, person: str
) -> None:
    at = talk.created_at
    for seq, (author, text, after) in enumerate(lines, 1):
        at += timedelta(seconds=after)
        kind, label = past.source
        db.add(
            Message(
                conversation_id=talk.id,
                seq=seq,
                author=author,
                staff_name=person if author is Author.STAFF else "",
                text=text,
                sources=[{"kind": kind, "label": label}] if author is Author.BOT else [],
                cards=[],
                created_at=at,
            )
        )
    talk.last_seq, talk.preview = len(lines), lines[-1][1][:160]
    talk.preview_author = lines[-1][0]
    talk.last_message_at = talk.changed_at = talk.closed_at = at
    db.add(talk)


def _pay(db: Db, drawn: random.Random, talk: Conversation, bills: dict[object, AiCost]) -> None:
    failed = drawn.random() < 0.03
    tokens_in, tokens_out = drawn.randint(2400, 6200), drawn.randint(60, 240)
    cached = tokens_in // 128 * 128 * (drawn.random() < 0.6)
    micros = 0 if failed else round(tokens_in * PRICE_IN + tokens_out * PRICE_OUT)
    first = round(drawn.lognormvariate(6.1, 0.3))
    call = AiCall(
        about_id=talk.id,
        provider=PROVIDER,
        model=MODEL,
        tokens_in=0 if failed else tokens_in,
        tokens_out=0 if failed else tokens_out,
        tokens_cached=0 if failed else cached,
        micros=micros,
        first_ms=None if failed else first,
        total_ms=first + tokens_out * 14,
        outcome="failed" if failed else "answered",
        reason="503" if failed else "",
        created_at=talk.created_at + timedelta(seconds=1),
    )
    db.add(call)
    day = clock.local(talk.created_at).date()
    bill = bills.setdefault(
        day,
        AiCost(day=day, calls=0, failed=0, tokens_in=0, tokens_out=0, tokens_cached=0, micros=0),
    )
    bill.calls, bill.failed = bill.calls + 1, bill.failed + failed
    bill.tokens_in += call.tokens_in
    bill.tokens_out += call.tokens_out
    bill.tokens_cached += call.tokens_cached
    bill.micros += micros
