"""Mail to the workshop about its conversations. It says that somebody waits, not what was said."""

from email.message import EmailMessage

import structlog

from portal.chat.models import Conversation
from portal.chat.moments import when
from portal.chat.priorities import Level
from portal.kit import clock, text
from portal.kit.mail import compose
from portal.kit.settings import Settings
from portal.kit.text import _

log = structlog.get_logger()


def somebody_waits(
    settings: Settings, conversation: Conversation, *, to: str, slug: str
) -> EmailMessage:
    """The same message on every attempt, so that a mailbox can tell a repeated one."""
    since = conversation.unanswered_since or clock.now()
    with text.speaking(text.DEFAULT):
        return compose(
            sender=settings.portal_mail_from,
            to=to,
            subject=_subject(conversation),
            text=_(
                "Hello,\n\n"
                "a visitor has been waiting for an answer since %(time)s. Nobody of your team has "
                "the inbox open at the moment.\n\n"
                "Reason: %(reason)s\n\n"
                "Answer here:\n%(address)s\n\n"
                "Your CarBot portal\n",
                time=when(since),
                reason=reason_shown(conversation.handover_reason),
                address=f"{settings.base_url}/w/{slug}/inbox/{conversation.id}",
            ),
            key=f"waiting-{conversation.id}-{since.timestamp():.0f}",
        )


def _subject(conversation: Conversation) -> str:
    if conversation.handover_reason == "safety" or conversation.priority == Level.SAFETY:
        return _("Urgent: a visitor of your website asks about the safety of a vehicle")
    return _("A visitor of your website is waiting for an answer")


def reason_shown(reason: str) -> str:
    """Why a person is needed, in the language of the moment."""
    known = {
        "asked": _("Asked for a person"),
        "safety": _("Safety of the vehicle"),
        "complaint": _("Complaint"),
        "unanswered": _("The assistant had no answer twice"),
        "staff": _("Taken out by the team"),
    }
    return known.get(reason, _("A question for the team"))
