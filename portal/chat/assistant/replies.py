"""What the built-in assistant says to each wish: facts in, sentences with their sources out.

All functions speak the language of the moment (`portal.kit.text.speaking`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from portal.bookings.calendar import Week, holidays_of, opening_at, spans_on
from portal.bookings.opening_texts import day_sentence, holiday, state_sentence, week_lines
from portal.chat.assistant.dangers import Danger
from portal.chat.assistant.facts import Entry, Facts, Found, Offer
from portal.chat.assistant.speech import Card, Source
from portal.kit.clock import BERLIN
from portal.kit.text import _, locale, ngettext, number
from portal.kit.text import day as date_text

MOST_OFFERS = 4
NEXT_HOLIDAYS = 3


class Said(msgspec.Struct, frozen=True):
    """One part of an answer. `hand_over` is a reason of `speech.HandOver`."""

    text: str
    sources: tuple[Source, ...] = ()
    cards: tuple[Card, ...] = ()
    hand_over: str | None = None


def hours(facts: Facts, days: Sequence[date], *, holidays: bool) -> Said:
    """The named days, the next holidays, or how it stands now with the whole week."""
    source = (Source("hours", _("Opening hours")),)
    if holidays and not days:
        return Said(_holiday_text(facts), source)
    if days:
        last = days[-1]
        told = [day_sentence(facts.week, day, facts.now, when_back=day == last) for day in days]
        today = facts.now.astimezone(BERLIN).date()
        if tuple(days) == (today,) and _opens_and_is_closed(facts, today):
            told.append(state_sentence(facts.week, facts.now))
        return Said(" ".join(told), source)
    return Said(f"{state_sentence(facts.week, facts.now)}\n{_week_text(facts.week)}", source)


def prices(offers: Sequence[Offer], *, brief: bool = False) -> Said:
    """Price, duration and content of the services named; `brief` without their content."""
    shown = offers[:MOST_OFFERS]
    told = [_offer_text(offer, in_full=len(shown) <= 2 and not brief) for offer in shown]
    sources = tuple(Source("service", offer.name_in(locale.get())) for offer in shown)
    return Said("\n".join(told), sources)


def price_list(facts: Facts) -> Said:
    """A few services with prices, and the question which one is meant."""
    if not facts.offers:
        return unknown(facts)
    shown = [offer for offer in facts.offers if offer.price is not None][: MOST_OFFERS + 2]
    lines = "\n".join(f"– {price_line(offer)}" for offer in shown)
    sources = tuple(Source("service", offer.name_in(locale.get())) for offer in shown)
    begin = _("Here are some of our prices:")
    end = _("Which work are you interested in?")
    return Said(f"{begin}\n{lines}\n{end}", sources)


def in_person(offers: Sequence[Offer]) -> Said:
    """An appointment that a person makes: what it needs. It never says that there is one."""
    if offers:
        named = _(" or ").join(offer.name_in(locale.get()) for offer in offers[:MOST_OFFERS])
        begin = _("Gladly – for %(service)s.", service=named)
    else:
        begin = _("Gladly. What would you like to have done?")
    ask = _(
        "For an appointment we need your name, a phone number or e-mail address, the licence "
        "plate or model of your car and one or two days that suit you. Please use the form below; "
        "a colleague confirms the appointment personally. Nothing is booked until then."
    )
    data: dict[str, Any] = {"purpose": "booking"}
    if offers:
        data["services"] = [offer.name_in(locale.get()) for offer in offers]
    return Said(f"{begin} {ask}", (), (Card("contact_form", data),))


def address(facts: Facts) -> Said:
    about = facts.about
    if not about.address:
        return unknown(facts)
    told = _("You find us here: %(name)s, %(address)s.", name=about.name, address=about.address)
    directions = about.directions if locale.get() == "de" else ""
    return Said(f"{told} {directions}".strip(), (Source("profile", _("Address and directions")),))


def contact(facts: Facts) -> Said:
    about = facts.about
    ways = [
        _("by phone at %(phone)s", phone=about.phone) if about.phone else "",
        _("by e-mail at %(email)s", email=about.email) if about.email else "",
    ]
    reachable = _(" or ").join(way for way in ways if way)
    if not reachable:
        return unknown(facts)
    text = _("You reach us %(ways)s.", ways=reachable)
    return Said(
        f"{text} {state_sentence(facts.week, facts.now)}", (Source("profile", _("Contact")),)
    )


def about_us(facts: Facts) -> Said:
    text = facts.about.about if locale.get() == "de" else ""
    return Said(
        text or _("We are %(name)s.", name=facts.about.name), (Source("profile", _("About us")),)
    )


def faq(found: Found, *, sure: bool) -> Said:
    """The workshop's own answer, word for word; with a reservation when the fit is loose.

    In another language than the visitor's it is said in which.
    """
    source = (Source("faq", found.entry.question),)
    if found.entry.locale != locale.get():
        told = found.entry.translation or found.entry.answer
        return Said(f"{in_another_language(found.entry)}\n{told}", source)
    if sure:
        return Said(found.entry.answer, source)
    begin = _("Perhaps this helps, on “%(question)s”:", question=found.entry.question)
    return Said(f"{begin} {found.entry.answer}", source)


def in_another_language(entry: Entry) -> str:
    """What introduces a text that is not the visitor's language, or was not written in it."""
    if entry.translation:
        return _("Translated automatically from the workshop's own text:")
    if entry.locale == "en":
        return _("The workshop has this information in English:")
    return _("The workshop has this information in German:")


def danger(facts: Facts, kind: Danger) -> Said:
    """Stop and call. It never says that driving on is fine, whatever was asked."""
    return Said(
        f"{warning(kind)} {_call(facts)}",
        (Source("rule", _("Safety rule")),),
        (Card("contact_form", {"purpose": "safety"}),),
        "safety",
    )


def warning(kind: Danger) -> str:
    """What is true of a danger without knowing anything about the workshop."""
    if kind is Danger.FIRE:
        return _(
            "Please stop at once in a safe place, switch the car off, get everybody out and keep "
            "your distance. In case of smoke, fire or leaking fuel call 112."
        )
    return _(
        "Please do not drive on. Stop in a safe place, switch the engine off and leave the car "
        "there – with brakes, steering, oil pressure, wheels or a red or flashing lamp nobody "
        "can judge from afar whether it is safe."
    )


def person(facts: Facts) -> Said:
    text = _("Of course, I am passing you on to a person from our team.")
    return Said(
        f"{text} {when_back(facts)}", (), (Card("contact_form", {"purpose": "person"}),), "asked"
    )


def complaint(facts: Facts) -> Said:
    text = _(
        "I am sorry that you are not satisfied. That belongs into the hands of a person: I am "
        "passing it on to our team right away, please leave your name and number."
    )
    return Said(
        f"{text} {when_back(facts)}",
        (),
        (Card("contact_form", {"purpose": "complaint"}),),
        "complaint",
    )


def about_bot(facts: Facts) -> Said:
    name = facts.about.assistant_name or facts.about.name
    text = _(
        "I am %(name)s, an AI assistant, not a human. I answer from the workshop's own information "
        "and can put you through to a person at any time.",
        name=name,
    )
    return Said(text, (Source("rule", _("AI notice")),))


def off_topic(facts: Facts) -> Said:
    text = _(
        "I only know my way around %(name)s and cars in our workshop, so I cannot help with that. "
        "With questions about opening hours, prices or appointments I gladly can – or I pass you "
        "on to a person.",
        name=facts.about.name,
    )
    return Said(text)


def unknown(facts: Facts) -> Said:
    text = _(
        "I am afraid I do not know that for certain, and I do not want to tell you anything wrong."
    )
    ask = _("Shall a colleague get back to you? Please leave your number or e-mail below.")
    return Said(
        f"{text} {ask} {when_back(facts)}",
        (),
        (Card("contact_form", {"purpose": "question"}),),
        "unknown",
    )


def contact_left(facts: Facts) -> Said:
    """A name and a number typed into the chat: they get their places in the form, and are kept."""
    text = _(
        "Thank you. Please enter how we reach you in the form below, then nothing gets lost and a "
        "colleague gets back to you."
    )
    form = Card("contact_form", {"purpose": "question"})
    return Said(f"{text} {when_back(facts)}".strip(), (), (form,))


def greeting(facts: Facts) -> Said:
    return Said(
        _(
            "Hello and welcome to %(name)s! How can I help – opening hours, prices, an "
            "appointment?",
            name=facts.about.name,
        )
    )


def thanks(_facts: Facts) -> Said:
    return Said(_("You are welcome! Is there anything else I can do for you?"))


def goodbye(_facts: Facts) -> Said:
    return Said(_("Goodbye, and have a safe trip!"))


def _offer_text(offer: Offer, *, in_full: bool) -> str:
    line = f"{price_line(offer)}, {_duration(offer.duration_minutes)}."
    description = offer.description_in(locale.get())
    return f"{line} {description}" if in_full and description else line


def price_line(offer: Offer) -> str:
    name = offer.name_in(locale.get())
    if offer.price is None:
        return _("%(service)s: price after a look at the car", service=name)
    price = _money(offer)
    if offer.price_from:
        return _("%(service)s: from %(price)s", service=name, price=price)
    return f"{name}: {price}"


def _money(offer: Offer) -> str:
    amount = number(offer.price or 0, 2)
    sign = "€" if offer.currency == "EUR" else offer.currency
    return f"{sign}{amount}" if locale.get() == "en" else f"{amount} {sign}"


def _duration(minutes: int) -> str:
    if minutes < 120:
        return ngettext("about %(num)s minute", "about %(num)s minutes", minutes)
    half_hours = round(minutes / 30)
    shown = number(half_hours / 2, half_hours % 2)
    return _("about %(hours)s hours", hours=shown)


def _opens_and_is_closed(facts: Facts, day: date) -> bool:
    """Before opening, at lunch and in the evening the hours of the day do not say it all."""
    return bool(spans_on(facts.week, day)) and not opening_at(facts.week, facts.now).is_open


def _week_text(week: Week) -> str:
    return _("Our opening hours: %(lines)s.", lines="; ".join(week_lines(week)))


def _holiday_text(facts: Facts) -> str:
    today = facts.now.astimezone(BERLIN).date()
    upcoming = [
        (day, name)
        for year in (today.year, today.year + 1)
        for day, name in holidays_of(facts.week.federal_state, year, locale.get()).items()
        if day >= today
    ][:NEXT_HOLIDAYS]
    listed = ", ".join(f"{holiday(name)} ({date_text(day)})" for day, name in upcoming)
    closures = [closed for closed in facts.week.closures if closed.last >= today][:1]
    told = _("We are closed on public holidays; the next ones are %(days)s.", days=listed)
    for closed in closures:
        told += " " + _(
            "In addition we are closed from %(first)s to %(last)s (%(reason)s).",
            first=date_text(closed.first),
            last=date_text(closed.last),
            reason=closed.reason_in(locale.get()),
        )
    return told


def _call(facts: Facts) -> str:
    phone = facts.about.phone
    if phone and opening_at(facts.week, facts.now).is_open:
        return _("Then call us at %(phone)s; we arrange what happens next.", phone=phone)
    if phone:
        return _(
            "Then call your breakdown service; we are closed right now and can be reached at "
            "%(phone)s during opening hours.",
            phone=phone,
        )
    return _("Then call your breakdown service.")


def when_back(facts: Facts) -> str:
    """Nobody should wait in front of a closed door without knowing it."""
    if opening_at(facts.week, facts.now).is_open:
        phone = facts.about.phone
        return _("If it is urgent, call us at %(phone)s.", phone=phone) if phone else ""
    return state_sentence(facts.week, facts.now)
