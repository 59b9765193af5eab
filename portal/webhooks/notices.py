"""Mail to the workshop: an address gets nothing any more."""

from email.message import EmailMessage

from portal.kit import clock, text
from portal.kit.mail import compose
from portal.kit.settings import Settings
from portal.kit.text import _
from portal.webhooks.models import Stopped, WebhookEndpoint


def stopped(settings: Settings, endpoint: WebhookEndpoint, *, to: str, slug: str) -> EmailMessage:
    """The same message on every attempt, so that a mailbox can tell a repeated one."""
    at = endpoint.stopped_at or clock.now()
    with text.speaking(text.DEFAULT):
        return compose(
            sender=settings.portal_mail_from,
            to=to,
            subject=_("A webhook of your workshop has been switched off"),
            text=_(
                "Hello,\n\n"
                "other programs are no longer told about your bookings at this address:\n"
                "%(url)s\n\n"
                "Reason: %(reason)s\n\n"
                "Once the receiver works again, switch the webhook on here; what was missed "
                "can be sent again:\n%(address)s\n\n"
                "Your CarBot portal\n",
                url=endpoint.url,
                reason=reason_shown(endpoint.stopped),
                address=f"{settings.base_url}/w/{slug}/settings/webhooks/{endpoint.id}",
            ),
            key=f"webhook-{endpoint.id}-{at.timestamp():.0f}",
        )


def reason_shown(why: str) -> str:
    """Why an endpoint is switched off, in the language of the moment."""
    return {
        Stopped.BY_HAND: _("Switched off by hand"),
        Stopped.GONE: _("The receiver says that it does not exist any more (410)."),
        Stopped.FAILING: _("Every attempt of the last five days failed."),
    }.get(Stopped(why), "")


def error_shown(error: str) -> str:
    """What went wrong, as people read it; an answer of the receiver stays as it was."""
    if error == "timeout":
        return _("No answer within 15 seconds")
    if error.startswith("refused: "):
        return _("The address does not lead to the public internet")
    if error == "secret unreadable":
        return _("The signing secret cannot be read any more. Please create a new one.")
    for kind, shown in (
        ("ClientConnectorCertificateError", _("The certificate of the receiver is not valid")),
        ("ClientConnectorDNSError", _("The name of the receiver is unknown")),
        ("ClientConnector", _("The receiver cannot be reached")),
        ("ServerDisconnected", _("The receiver hung up")),
    ):
        if error.startswith(kind):
            return shown
    return error
