"""What the built-in assistant says where no fact answers alone: it asks back, offers a person, or
says of itself what it can.

All functions speak the language of the moment (`portal.kit.text.speaking`).
"""

from collections.abc import Sequence
from datetime import date

from portal.bookings.calendar import Closed
from portal.chat.assistant.facts import Facts, Offer
from portal.chat.assistant.replies import MOST_OFFERS, Said, price_line, when_back
from portal.chat.assistant.speech import Card, Source
from portal.kit.clock import BERLIN
from portal.kit.text import GUESTS, LANGUAGES, _, language_name, locale
from portal.kit.text import day as date_text

NEXT_CLOSURES = 3


def repair(facts: Facts) -> Said:
    """Something is broken: neither cause nor price can be told from afar."""
    text = _(
        "What it is and what it costs I am afraid I do not know for certain: that shows only at "
        "the car. Please leave your number or e-mail below, with your car and what you noticed; "
        "a colleague gets back to you about an appointment and a price."
    )
    card = Card("contact_form", {"purpose": "question"})
    return Said(f"{text} {when_back(facts)}".strip(), (), (card,), "unknown")


def which_of(facts: Facts, offers: Sequence[Offer]) -> Said:
    """A part of the car is named, and not what is wanted: what we do about it, and a question."""
    shown = [offer for offer in offers if offer.price is not None][:MOST_OFFERS]
    lines = "\n".join(f"– {price_line(offer)}" for offer in shown)
    sources = tuple(Source("service", offer.name_in(locale.get())) for offer in shown)
    begin = _("Which of these do you mean?")
    end = _("If it is about something else, please leave your number or e-mail below.")
    card = Card("contact_form", {"purpose": "question"})
    return Said(f"{begin}\n{lines}\n{end} {when_back(facts)}".strip(), sources, (card,), "unknown")


def what_about(_facts: Facts) -> Said:
    """Nothing was said that could be answered."""
    return Said(
        _(
            "What is it about? Ask me about opening hours, prices or an appointment, or shall I "
            "pass you on to a person?"
        )
    )


def something_else(facts: Facts) -> Said:
    """After what is known of a service that was named in a question we did not grasp."""
    text = _(
        "If your question is another one, I would rather not guess: leave your number or e-mail "
        "below, and a colleague answers it."
    )
    card = Card("contact_form", {"purpose": "question"})
    return Said(f"{text} {when_back(facts)}".strip(), (), (card,), "unknown")


def closures(facts: Facts, first: date | None, last: date | None) -> Said:
    """The workshop's own holidays: those between two days, or the next ones."""
    today = facts.now.astimezone(BERLIN).date()
    coming = [closed for closed in facts.week.closures if closed.last >= today]
    meant = [c for c in coming if first and last and c.first <= last and c.last >= first]
    source = (Source("hours", _("Opening hours")),)
    told = [_closure_line(closed) for closed in (meant or coming[:NEXT_CLOSURES])]
    if first and not meant:
        told.insert(0, _("No holidays of ours are entered for that time."))
    return Said(" ".join(told) or _("No holidays of ours are entered."), source)


def languages(facts: Facts) -> Said:
    """What the assistant speaks; of colleagues it knows nothing."""
    spoken = ", ".join(language_name(code) for code in (*LANGUAGES, *GUESTS))
    text = _(
        "Here in the chat you can write to me in these languages, and I answer in yours: "
        "%(languages)s. Which of them my colleagues at %(name)s speak I do not know.",
        languages=spoken,
        name=facts.about.name,
    )
    return Said(text, (Source("rule", _("AI notice")),))


def job(facts: Facts) -> Said:
    """Whether anybody is wanted only the team can tell."""
    text = _(
        "How nice that you would like to work with us! Whether a place is free I do not know; "
        "leave your name and number below, and a colleague gets back to you."
    )
    mail = facts.about.email
    wrote = _("You can also send your application to %(email)s.", email=mail) if mail else ""
    card = Card("contact_form", {"purpose": "question"})
    return Said(f"{text} {wrote}".strip(), (Source("profile", _("Contact")),), (card,), "unknown")


def praise(_facts: Facts) -> Said:
    return Said(_("Thank you, we are very glad to hear that! Is there anything else I can do?"))


def _closure_line(closed: Closed) -> str:
    if closed.first == closed.last:
        return _(
            "We are closed on %(day)s (%(reason)s).",
            day=date_text(closed.first),
            reason=closed.reason_in(locale.get()),
        )
    return _(
        "We are closed from %(first)s to %(last)s (%(reason)s).",
        first=date_text(closed.first),
        last=date_text(closed.last),
        reason=closed.reason_in(locale.get()),
    )
