"""What a model is told: rules first, then the workshop, then the talk, then the question.

The order is fixed and the front part the same for every question of a workshop, so that a
provider can reuse it. Workshop texts and the visitor's words stand between marks and are data.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from portal.ai.providers import Message
from portal.bookings.opening_texts import day_sentence, state_sentence, week_lines
from portal.chat.assistant.facts import Facts, Offer
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.redact import Redaction
from portal.chat.assistant.replies_booking import free_line, own_line
from portal.chat.assistant.rules import RULES
from portal.chat.assistant.speech import Question, Turn
from portal.kit.text import _, speaking

WORKSHOP_BUDGET = 6000
TURNS_BUDGET = 6000
LONGEST_MESSAGE = 2000
LONGEST_FACT = 1200
MOST_TOKENS_TOLD = 7000
"""All parts at their longest, in German: three and a half characters a token, and some for marks;
with the tools that are offered.

The budgets above are in characters.
"""


_SPOKEN = {
    "de": "German (Sie)",
    "en": "English",
    "tr": "Turkish (siz)",
    "pl": "Polish (polite form)",
    "uk": "Ukrainian (ви)",
    "ru": "Russian (вы)",
    "ar": "Arabic",
}


def redaction_for(facts: Facts, question: Question) -> Redaction:
    """The workshop's own number and address stay readable: they are what visitors ask for."""
    about = facts.about
    return Redaction(question.conversation_id, question.names, (about.phone, about.email))


def messages(
    facts: Facts, reading: Reading, question: Question, redaction: Redaction
) -> list[Message]:
    """The messages for a chat model, in their fixed order; who somebody is stands in none."""
    said = redaction.hide(question.text[:LONGEST_MESSAGE])
    return [
        Message("system", RULES),
        Message("system", fenced("workshop", _workshop(facts))),
        *_talk(question.turns, redaction),
        Message("system", fenced("facts", redaction.hide(_of_the_moment(facts, reading)))),
        Message("user", fenced("visitor", said)),
        Message("system", _language(reading)),
    ]


def _workshop(facts: Facts) -> str:
    """In German, as the workshop wrote it: the same for each visitor of this workshop."""
    about = facts.about
    with speaking("de"):
        lines = [
            f"Name: {about.name}",
            f"Adresse: {about.address}",
            f"Telefon: {about.phone}",
            f"E-Mail: {about.email}",
            f"Über uns: {about.about}",
            f"Anfahrt: {about.directions}",
            f"Öffnungszeiten: {'; '.join(week_lines(facts.week))}",
            "Leistungen (Preise brutto):",
        ]
        lines = [line[:LONGEST_FACT] for line in lines]
        return "\n".join([*lines, *_offers(facts.offers, WORKSHOP_BUDGET - len("".join(lines)))])


def _offers(offers: Sequence[Offer], budget: int) -> list[str]:
    """With their descriptions, or without where those are too long; what does not fit is told."""
    for told in (_offer, _offer_in_short):
        lines = [told(offer) for offer in offers]
        if sum(len(line) + 1 for line in lines) <= budget:
            return lines
    kept: list[str] = []
    left = budget
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            return [*kept, "- Weitere Leistungen auf Nachfrage beim Team."]
        kept.append(line)
    return kept


@lru_cache(maxsize=8192)
def _offer(offer: Offer) -> str:
    if offer.price is None:
        price = "Preis nach Ansicht"
    else:
        amount = f"{offer.price:.2f}".replace(".", ",")
        price = f"{'ab ' if offer.price_from else ''}{amount} {offer.currency}"
    return f"- {offer.name}: {price}, ca. {offer.duration_minutes} min. {offer.description}"


def _offer_in_short(offer: Offer) -> str:
    return _offer(msgspec.structs.replace(offer, description=""))[:LONGEST_FACT].strip()


def _of_the_moment(facts: Facts, reading: Reading) -> str:
    with speaking(reading.language):
        lines = [state_sentence(facts.week, facts.now)]
        lines += [day_sentence(facts.week, day, facts.now) for day in reading.days]
        if facts.free is not None:
            lines.append(free_line(facts, [facts.offers[place] for place in reading.meant.places]))
        if facts.owned:
            lines.append(_("Made in this chat:"))
            lines += [own_line(one) for one in facts.owned]
    lines += [
        f"F: {found.entry.question}\nA: {found.entry.answer}"[:LONGEST_FACT]
        for found in facts.found
    ]
    return "\n".join(lines)


def _talk(turns: Sequence[Turn], redaction: Redaction) -> list[Message]:
    """The last turns that fit the budget, oldest first; what staff said counts as ours."""
    kept: list[Message] = []
    left = TURNS_BUDGET
    for turn in reversed(turns):
        text = redaction.hide(turn.text[:LONGEST_MESSAGE])
        left -= len(text)
        if left < 0:
            break
        if turn.author == "visitor":
            kept.append(Message("user", fenced("visitor", text)))
        else:
            kept.append(Message("assistant", text))
    return kept[::-1]


def _language(reading: Reading) -> str:
    return f"Answer in {_SPOKEN[reading.voice]}."


def fenced(mark: str, text: str) -> str:
    """Data between marks that it cannot close itself."""
    inside = text.replace("<", "‹").replace(">", "›")
    return f"<{mark}>\n{inside}\n</{mark}>"
