"""Going on with a conversation on another device: a link to the address on file, good once.

The link leads to the workshop's own website. Its code stands behind the `#`, which browsers send to
no server; the widget exchanges it for a token of its own and takes it out of the address. The new
token has proven nothing yet: whose history it may hear is asked there again.
"""

from datetime import timedelta
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import delete, select, update

from portal.chat import conversations
from portal.chat.assistant.speech import Verified
from portal.chat.identity.asked import key_of
from portal.chat.models import Conversation
from portal.chat.resume_models import ResumeLink
from portal.kit import clock, text
from portal.kit.db import Db, new_id
from portal.kit.errors import N_, NotFound, Problem
from portal.kit.mail import compose, sender_named
from portal.kit.outbox import later
from portal.kit.settings import Settings
from portal.kit.text import _
from portal.tenants import workshops
from portal.tenants.models import Profile
from portal.vehicles.models import Customer

VALID = timedelta(minutes=30)
MARK = "#carbot="


class NotVerified(Problem):
    status, code = 409, "NOT_VERIFIED"
    title = N_("Please confirm first that it is you: ask about your vehicle in the chat.")


class LinkGone(NotFound):
    code, title = "LINK_GONE", N_("This link has been used or has expired.")


async def offer(db: Db, conversation_id: UUID, verified: Verified | None) -> None:
    """A link shall go to the verified contact; older ones of the conversation are gone.

    Raises `NotVerified`.
    """
    if verified is None:
        raise NotVerified
    conversation = await conversations.locked(db, conversation_id)
    await db.execute(delete(ResumeLink).where(ResumeLink.conversation_id == conversation.id))
    link_id = new_id()
    db.add(
        ResumeLink(
            id=link_id,
            conversation_id=conversation.id,
            customer_id=verified.customer_id,
            code_hash=_hash(code_of(db, link_id)),
            expires_at=clock.now() + VALID,
        )
    )
    await db.flush()
    later(db, "chat.send_resume_link", link_id=link_id)


async def redeem(db: Db, code: str) -> Conversation:
    """The conversation behind a code, which ends with it. Raises `LinkGone`."""
    taken = await db.scalar(
        update(ResumeLink)
        .where(ResumeLink.code_hash == _hash(code), ResumeLink.used_at.is_(None))
        .where(ResumeLink.expires_at > clock.now())
        .values(used_at=clock.now())
        .returning(ResumeLink.conversation_id)
    )
    if taken is None:
        raise LinkGone
    try:
        return await conversations.get(db, taken)
    except conversations.ConversationNotFound as error:
        raise LinkGone from error


async def letter(db: Db, link_id: UUID) -> EmailMessage | None:
    """The mail with the link; None when it is no longer good or there is no address on file."""
    query = (
        select(ResumeLink, Customer, Conversation)
        .join(Customer, Customer.id == ResumeLink.customer_id)
        .join(Conversation, Conversation.id == ResumeLink.conversation_id)
        .where(ResumeLink.id == link_id, ResumeLink.used_at.is_(None))
        .where(ResumeLink.expires_at > clock.now())
    )
    row = (await db.execute(query)).one_or_none()
    if row is None or not row.Customer.email:
        return None
    profile = await workshops.get_profile(db)
    page = _page_of(profile, row.Conversation)
    if not page:
        return None
    settings: Settings = db.info["parts"].settings
    with text.speaking(row.Customer.locale):
        return compose(
            sender=sender_named(profile.name, settings.portal_mail_from),
            to=row.Customer.email,
            subject=_("Your conversation with %(workshop)s", workshop=_line(profile.name)),
            text=_words(profile, f"{page}{MARK}{code_of(db, link_id)}"),
            key=f"resume-{link_id}",
            reply_to=profile.email,
        )


def code_of(db: Db, link_id: UUID) -> str:
    """The same when a job sends it a second time, and known to nobody who reads the table."""
    secret: str = db.info["parts"].settings.secret
    return key_of(secret, "resume link", link_id.hex).hex()


def _hash(code: str) -> bytes:
    return sha256(code.encode()).digest()


def _page_of(profile: Profile, conversation: Conversation) -> str:
    """Where the visitor was, if that is a website of the workshop's; else its first one."""
    parts = urlsplit(conversation.page_url)
    if f"{parts.scheme}://{parts.netloc}" in profile.allowed_origins:
        return conversation.page_url
    return f"{profile.allowed_origins[0]}/" if profile.allowed_origins else ""


def _words(profile: Profile, link: str) -> str:
    return _(
        "Hello,\n\n"
        "with this link you continue your conversation with us on another device:\n\n"
        "%(link)s\n\n"
        "It works once, within 30 minutes. If it was not you who asked for it, please ignore this "
        "mail.\n\n"
        "Kind regards\n%(workshop)s\n%(phone)s\n",
        link=link,
        workshop=_line(profile.name),
        phone=profile.phone,
    )


def _line(name: str) -> str:
    return " ".join(name.split())
