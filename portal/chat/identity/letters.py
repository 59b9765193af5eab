"""The code as a mail or a text message. Neither names the vehicle: a code may reach a wrong eye."""

from email.message import EmailMessage

from portal.chat.identity.contacts import Contact
from portal.kit import text
from portal.kit.mail import compose, sender_named
from portal.kit.settings import Settings
from portal.kit.sms import Sms
from portal.kit.text import _
from portal.tenants.models import Profile

LONGEST_NAME = 40


def parcel(
    settings: Settings, profile: Profile, contact: Contact, code: str, key: str
) -> EmailMessage | Sms:
    """The same for the same `key`, so that a mailbox can tell a repeated one."""
    with text.speaking(contact.customer.locale):
        if contact.mobile:
            said = _(
                "%(code)s is your code for the chat of %(workshop)s. It is valid for 10 minutes. "
                "Do not pass it on.",
                code=code,
                workshop=profile.name[:LONGEST_NAME],
            )
            return Sms(to=contact.mobile, text=said, key=key)
        return compose(
            sender=sender_named(profile.name, settings.portal_mail_from),
            to=contact.email,
            subject=_("Your code for the chat of %(workshop)s", workshop=_line(profile.name)),
            text=_mail(profile, code),
            key=key,
            reply_to=profile.email,
        )


def _mail(profile: Profile, code: str) -> str:
    return _(
        "Hello,\n\n"
        "your code is: %(code)s\n\n"
        "Enter it in the chat on our website. It is valid for 10 minutes and works once. "
        "Our team never asks you for it: do not pass it on.\n\n"
        "If it was not you who asked for it, you need not do anything: without the code nobody "
        "learns anything about your vehicle.\n\n"
        "Kind regards\n%(workshop)s\n%(phone)s\n",
        code=code,
        workshop=_line(profile.name),
        phone=profile.phone,
    )


def _line(name: str) -> str:
    return " ".join(name.split())
