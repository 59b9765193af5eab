"""The mail with which an owner gets the link to a report."""

import re
from email.message import EmailMessage

from portal.diagnostics.report_models import ReportEdition
from portal.kit import text
from portal.kit.letters import Letter, plain
from portal.kit.mail import compose, sender_named
from portal.kit.pages import rendered
from portal.kit.text import _
from portal.tenants.public_pages import Shopfront
from portal.vehicles.models import Customer

_ONE_ADDRESS = re.compile(r"[^@\s,;:<>\"()\[\]\\]+@[^@\s,;:<>\"()\[\]\\]+")
_NO_NAME = re.compile(r"://|www\.|@|\d|\.[a-z]{2,}(?:/|$)", re.IGNORECASE)


def can_be_written_to(customer: Customer | None) -> bool:
    """Exactly one address, so that no comma makes two recipients."""
    return customer is not None and _ONE_ADDRESS.fullmatch(customer.email.strip()) is not None


def letter_of(
    edition: ReportEdition, customer: Customer, front: Shopfront, *, link: str, sender: str
) -> EmailMessage:
    """In the language of the moment. The mail itself says nothing about the car: links may wait
    in a mailbox that others read.
    """
    words = Letter(
        subject=_("The report about your car from %(workshop)s", workshop=front.name),
        title=_("Your report is ready"),
        greeting=_greeting(customer),
        opening=(
            _("we have read out your car and written down what we found, in plain words."),
            _("You can read it and save it as PDF here:"),
        ),
        action=(_("Read the report"), link),
        closing=(
            _("The link works until %(day)s.", day=text.day(edition.expires_at)),
            _("Do you have questions? Call us or answer this mail."),
        ),
        sender=tuple(
            line
            for line in (
                front.name,
                f"{front.street}, {front.postcode} {front.city}".strip(", "),
                front.phone,
                front.email,
            )
            if line
        ),
    )
    return compose(
        sender=sender_named(front.name, sender),
        to=customer.email.strip(),
        subject=words.subject,
        text=plain(words),
        html=rendered(
            "kit/letter.html", letter=words, language=text.locale.get(), accent=front.accent
        ),
        key=str(edition.id),
        reply_to=front.email if _ONE_ADDRESS.fullmatch(front.email) else "",
    )


def _greeting(customer: Customer) -> str:
    name = customer.title
    if not name or _NO_NAME.search(name):
        return _("Dear Sir or Madam,")
    return _("Hello %(name)s,", name=name)
