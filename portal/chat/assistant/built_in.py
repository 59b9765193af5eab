"""The assistant that needs no AI: reads the message, picks replies, joins them to one answer."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Sequence

from portal.bookings.calendar import spans_on
from portal.chat.assistant import replies, replies_asking, replies_booking, replies_vehicle
from portal.chat.assistant.concepts import THINGS, concepts_of, things_in
from portal.chat.assistant.facts import Facts, Found, Offer
from portal.chat.assistant.fit_to_say import is_fit
from portal.chat.assistant.guard import hosts_of
from portal.chat.assistant.intents import SOCIAL, UNPRICED, Intent
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.replies import Said
from portal.chat.assistant.speech import Delta, Source
from portal.chat.assistant.words import any_of, plain
from portal.content.search import PERHAPS, SURE
from portal.kit.text import speaking

NAME = "built-in"
WORD_FOR_WORD = 0.9
WORDS_AT_ONCE = 4
PAUSE_S = 0.008
ALIKE = 6
"""Letters in which two words have to agree to be about the same."""
ALIKE_AT_MOST, HALF = 0.6, 0.5
"""What the search gives for one word that is alike; how many words have to be found then."""
LONGEST_THANKS = 10
_ASKING = any_of(
    "was|wie|wann|wo|wer|wieso|warum|welche\\w*|ob|kann|konnt|konnen|darf|muss|habt|haben|macht|"
    "ist|sind|seid|gibt es|brauche|mochte|will|aber|what|how|when|where|can|could|do|is|are|but"
)
UNSURE = SURE - 0.01
MUCH_UNCLEAR = 2
"""Telling words of a message that nothing explains."""
_WORD = re.compile(r"\s*\S+\s*")

_ALONE = (
    (Intent.ABOUT_BOT, replies.about_bot),
    (Intent.COMPLAINT, replies.complaint),
    (Intent.PERSON, replies.person),
    (Intent.JOB, replies_asking.job),
    (Intent.CHANGE_BOOKING, replies_booking.change),
    (Intent.OWN_BOOKING, replies_booking.own),
    (Intent.ORDER_STATUS, replies_vehicle.order_status),
    (Intent.OFF_TOPIC, replies.off_topic),
)
"""Wishes that leave no room for others, the first one that is there wins."""


_PLAIN = (
    (Intent.ADDRESS, replies.address),
    (Intent.CONTACT, replies.contact),
    (Intent.ABOUT, replies.about_us),
    (Intent.LANGUAGE, replies_asking.languages),
)
"""Wishes with one answer, unless a frequent question has a better one."""


_WITHOUT_FACTS = (
    (Intent.PRAISE, replies_asking.praise),
    (Intent.OTHER_TRADE, replies.unknown),
    (Intent.REPAIR, replies_asking.repair),
)
"""Wishes that are understood, and that no fact has answered."""


_COURTESIES = (
    (Intent.THANKS, replies.thanks),
    (Intent.GOODBYE, replies.goodbye),
    (Intent.GREETING, replies.greeting),
    (Intent.NOD, replies.thanks),
)

_UNDERSTOOD = (
    Intent.HOURS,
    Intent.ADDRESS,
    Intent.CONTACT,
    Intent.BOOKING,
    Intent.ABOUT,
    Intent.CLOSURES,
    Intent.LANGUAGE,
)

WITH_FORM = frozenset({Intent.BOOKING})
"""Wishes that get their card also when a model writes the text."""


def must_not_wait(reading: Reading) -> bool:
    """Danger, anger, a person wanted, foreign subjects: fixed words are better than a model's."""
    alone = (Intent.HISTORY, *(intent for intent, _answer in _ALONE))
    return reading.danger is not None or reading.wants(*alone)


def reply(facts: Facts, reading: Reading) -> Said:
    """The whole answer, in the language of the message; facts that nobody translated in ours."""
    with speaking(reading.voice):
        return _joined(_parts(facts, reading))


async def spoken(text: str) -> AsyncIterator[Delta]:
    """The text word group by word group, so that it reads like being written."""
    words = _WORD.findall(text)
    for start in range(0, len(words), WORDS_AT_ONCE):
        if start:
            await asyncio.sleep(PAUSE_S)
        yield Delta("".join(words[start : start + WORDS_AT_ONCE]))


def _parts(facts: Facts, reading: Reading) -> list[Said]:
    if reading.danger is not None:
        return [replies.danger(facts, reading.danger)]
    for intent, answer in _ALONE:
        if reading.wants(intent):
            return [answer(facts)]
    if reading.wants(Intent.HISTORY):
        return [replies_vehicle.history(facts, reading)]
    parts = list(_facts_asked(facts, reading))
    if parts:
        return parts
    if reading.leaves_contact:
        return [replies.contact_left(facts)]
    return [_courtesy(facts, reading)]


def _facts_asked(facts: Facts, reading: Reading) -> Iterator[Said]:
    """One part for each thing asked, in the order in which a person would answer."""
    books = reading.wants(Intent.BOOKING)
    answers = _faq(facts, reading)
    by_faq = bool(answers) and (bool(reading.unexplained) or _is_that_question(facts, reading))
    if reading.wants(Intent.OTHER_TRADE) and not by_faq and not books:
        return
    yield from _times_asked(facts, reading, by_faq=by_faq)
    if by_faq:
        yield from answers
    yield from _services_asked(facts, reading, by_faq=by_faq)
    if not by_faq:
        yield from (say(facts) for intent, say in _PLAIN if reading.wants(intent))
        if reading.offers and _may_mean_something_else(reading):
            yield replies_asking.something_else(facts)
    if books:
        yield replies_booking.booking(facts, reading)


def _times_asked(facts: Facts, reading: Reading, *, by_faq: bool) -> Iterator[Said]:
    if reading.wants(Intent.CLOSURES) and not reading.days:
        yield replies_asking.closures(facts, reading.wish.first, reading.wish.last)
    elif _asks_for_hours(facts, reading) and (reading.days or reading.holidays or not by_faq):
        yield replies.hours(facts, reading.days, holidays=reading.holidays)


def _services_asked(facts: Facts, reading: Reading, *, by_faq: bool) -> Iterator[Said]:
    books = reading.wants(Intent.BOOKING)
    named = reading.meant.places if books else reading.offers
    if named:
        offers = [facts.offers[place] for place in named]
        brief = books or (by_faq and not reading.wants(Intent.PRICE))
        yield replies.prices(offers, brief=brief)
    elif _asks_in_general(reading) and not by_faq:
        yield replies.price_list(facts)


def _asks_for_hours(facts: Facts, reading: Reading) -> bool:
    """Beside free times the hours of a day only matter when there are none."""
    if not reading.wants(Intent.HOURS):
        return False
    if facts.free is None or not facts.free.slots:
        return True
    return any(not spans_on(facts.week, day) for day in reading.days)


def _is_that_question(facts: Facts, reading: Reading) -> bool:
    """„Reparieren Sie Elektroautos?“ names a service, and is a frequent question word for word."""
    only_named = bool(reading.offers) and not reading.intents - SOCIAL - UNPRICED
    return only_named and facts.found[0].score >= WORD_FOR_WORD


def _asks_in_general(reading: Reading) -> bool:
    """„Was kostet das?“ gets the list; the price of something we do not know does not."""
    if reading.wants(*UNPRICED):
        return False
    return reading.wants(Intent.SERVICES) or (
        reading.wants(Intent.PRICE) and (not reading.unexplained or reading.is_foreign)
    )


def _faq(facts: Facts, reading: Reading) -> list[Said]:
    """The frequent questions that are asked: at most one for each subject that was recognised."""
    if reading.leaves_contact and not (reading.asked_for or reading.intents - SOCIAL):
        return []
    fitting = [found for found in facts.found if _fits(facts, reading, found)]
    if not fitting:
        return []
    sure = [found for found in fitting if _score(found, reading) >= SURE]
    if sure:
        return [replies.faq(found, sure=True) for found in sure[: max(1, len(reading.asked_for))]]
    understood = (
        bool(reading.offers)
        or reading.is_foreign
        or reading.wants(*_UNDERSTOOD)
        or reading.wants(Intent.OTHER_TRADE)
    )
    best = fitting[0]
    may_help = _score(best, reading) >= PERHAPS and _speaks_of_it(best, reading)
    if may_help and not understood and not reading.leaves_contact:
        return [replies.faq(best, sure=False)]
    return []


def _score(found: Found, reading: Reading) -> float:
    """Of two subjects in one message an answer to one of them fits half of the words. A name of a
    part alone, or one long word of many that is alike, is not enough to be sure.
    """
    if found.by_meaning:
        return found.score
    sizes = [len(asked.split()) for asked in reading.asked_for]
    if sizes:
        return found.score * sum(sizes) / max(sizes)
    if reading.voice != "de" or reading.wants(Intent.SERVICES):
        return found.score
    words = [word for word in reading.unexplained if not concepts_of(word) & THINGS]
    if not words and (not reading.offers or things_in(reading.words)):
        return min(found.score, UNSURE)
    if reading.wants(Intent.BOOKING) and not _share(words, found):
        return min(found.score, UNSURE)
    is_alike_only = found.score <= ALIKE_AT_MOST and _share(words, found) <= HALF
    return min(found.score, UNSURE) if is_alike_only else found.score


def _fits(facts: Facts, reading: Reading, found: Found) -> bool:
    """Fit to say, and not about another part of the car than the message."""
    if not is_fit(found.entry.answer, hosts_of(facts)):
        return False
    if found.by_meaning or reading.asked_for or reading.voice != "de":
        return True
    asked, told = things_in(reading.words), things_in(plain(found.entry.question))
    if not asked or told:
        return not asked or bool(asked & told)
    words = [word for word in reading.unexplained if len(word) >= ALIKE - 1]
    return bool(asked & things_in(plain(found.entry.answer))) or _share(words, found) > 0


def _speaks_of_it(found: Found, reading: Reading) -> bool:
    """„Verkauft ihr Reifen“ is not answered by whatever else is about tyres: another word of the
    message has to stand in the text, too.
    """
    if found.by_meaning:
        return True
    words = [word for word in reading.unexplained if not concepts_of(word) & THINGS]
    least = HALF if reading.voice == "de" else 0
    return bool(words) and _share(words, found) > least


def _share(words: Sequence[str], found: Found) -> float:
    """Which part of `words` stands in a frequent question or its answer."""
    told = plain(f"{found.entry.question} {found.entry.answer}")
    return sum(word[:ALIKE] in told for word in words) / max(1, len(words))


def _may_mean_something_else(reading: Reading) -> bool:
    """A service is named, but much beside it is not understood and nothing is asked about it."""
    asks = reading.intents - SOCIAL - UNPRICED - {Intent.HOURS}
    is_unclear = reading.unclear >= MUCH_UNCLEAR or reading.wants(Intent.REPAIR)
    return reading.voice == "de" and not asks and is_unclear


def _courtesy(facts: Facts, reading: Reading) -> Said:
    for intent, answer in _WITHOUT_FACTS:
        if reading.wants(intent):
            return answer(facts)
    if kindred := _of_its_kind(facts, reading):
        return replies_asking.which_of(facts, kindred)
    is_polite = reading.intents & SOCIAL and (reading.is_foreign or _only_thanks(reading))
    if reading.unexplained and not is_polite:
        return replies.unknown(facts)
    for intent, answer in _COURTESIES:
        if reading.wants(intent):
            return answer(facts)
    nothing_said = bool(reading.words.split()) and not (reading.unexplained or reading.is_foreign)
    return replies_asking.what_about(facts) if nothing_said else replies.unknown(facts)


def _only_thanks(reading: Reading) -> bool:
    """„Läuft wieder wie eine Eins, danke“ asks for nothing."""
    is_short = len(reading.words.split()) <= LONGEST_THANKS
    return is_short and reading.wants(Intent.THANKS) and not _ASKING.search(reading.words)


def _of_its_kind(facts: Facts, reading: Reading) -> list[Offer]:
    """„Reifen?“: what we do about the part that is named, when nothing tells what is wanted."""
    if reading.voice != "de" or reading.intents - SOCIAL or reading.unclear > MUCH_UNCLEAR:
        return []
    things = things_in(reading.words)
    return [o for o in facts.offers if things & things_in(plain(o.name))] if things else []


def _joined(parts: list[Said]) -> Said:
    sources: dict[Source, None] = {source: None for part in parts for source in part.sources}
    cards = {card.kind: card for part in parts for card in part.cards}
    reasons = [part.hand_over for part in parts if part.hand_over]
    return Said(
        "\n\n".join(part.text for part in parts),
        tuple(sources),
        tuple(cards.values()),
        reasons[0] if reasons else None,
    )
