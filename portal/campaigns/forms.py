"""What the forms of campaigns send."""

import re
from uuid import UUID

import msgspec

from portal.campaigns.due_list import Due
from portal.campaigns.models import Channel

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class CampaignForm(msgspec.Struct, kw_only=True):
    """`vehicle` are those that were ticked; one value comes as a bare string."""

    due: Due = Due.NEXT
    kind: str = ""
    channel: Channel = Channel.MAIL
    title: str = ""
    subject: str = ""
    body: str = ""
    vehicle: list[str] | str = ""
    at: int = 0

    @property
    def chosen(self) -> frozenset[UUID]:
        """What is no id names no vehicle."""
        typed = [self.vehicle] if isinstance(self.vehicle, str) else self.vehicle
        return frozenset(UUID(one) for one in typed if _ID.fullmatch(one))


class ConsentForm(msgspec.Struct, kw_only=True):
    channel: Channel = Channel.MAIL
    given_on: str = ""
    how: str = ""


class NoticeForm(msgspec.Struct, kw_only=True):
    channel: Channel = Channel.MAIL
    told_on: str = ""
    how: str = ""


class ObjectionForm(msgspec.Struct, kw_only=True):
    how: str = ""


class RulesForm(msgspec.Struct, kw_only=True):
    consent: str = ""
    notice: str = ""
    years: str = ""
