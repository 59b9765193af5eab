"""What may come in about webhooks, unjudged."""

from typing import Annotated

import msgspec
from msgspec import Meta

Event = Annotated[str, Meta(max_length=40)]


class EndpointDraft(msgspec.Struct, kw_only=True):
    """`url` where to, `events` which ones (`booking.created`, …), `active` whether at all."""

    url: Annotated[str, Meta(max_length=2000)] = ""
    description: Annotated[str, Meta(max_length=2000)] = ""
    events: Annotated[list[Event], Meta(max_length=50)] = msgspec.field(default_factory=list)
    active: bool = True


class EndpointForm(msgspec.Struct, kw_only=True):
    """As `EndpointDraft`; a browser leaves out boxes that are not ticked, and sends one alone."""

    url: Annotated[str, Meta(max_length=2000)] = ""
    description: Annotated[str, Meta(max_length=2000)] = ""
    events: list[Event] | Event = msgspec.field(default_factory=list)
    active: str = ""

    def draft(self, *, active: bool) -> EndpointDraft:
        events = [self.events] if isinstance(self.events, str) else self.events[:50]
        return EndpointDraft(
            url=self.url, description=self.description, events=events, active=active
        )


class EndpointIn(msgspec.Struct, kw_only=True):
    """A change by a program: what is left out stays as it is."""

    url: Annotated[str, Meta(max_length=2000)] | msgspec.UnsetType = msgspec.UNSET
    description: Annotated[str, Meta(max_length=2000)] | msgspec.UnsetType = msgspec.UNSET
    events: Annotated[list[Event], Meta(max_length=50)] | msgspec.UnsetType = msgspec.UNSET
    active: bool | msgspec.UnsetType = msgspec.UNSET
