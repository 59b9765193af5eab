"""Who may do what: one enum, one table, named at each route."""

from enum import StrEnum
from typing import Any

from portal.kit.errors import N_
from portal.kit.text import _


class Permission(StrEnum):
    CONVERSATIONS_READ = "conversations.read"
    CONVERSATIONS_REPLY = "conversations.reply"
    CUSTOMERS_READ = "customers.read"
    CUSTOMERS_EDIT = "customers.edit"
    VEHICLES_READ = "vehicles.read"
    VEHICLES_EDIT = "vehicles.edit"
    SCANS_READ = "scans.read"
    SCANS_UPLOAD = "scans.upload"
    REPORTS_RELEASE = "reports.release"
    BOOKINGS_READ = "bookings.read"
    BOOKINGS_EDIT = "bookings.edit"
    BOOKINGS_WORK = "bookings.work"
    CAMPAIGNS_SEND = "campaigns.send"
    CONTENT_EDIT = "content.edit"
    INVOICES_READ = "invoices.read"
    SETTINGS_MANAGE = "settings.manage"
    STAFF_MANAGE = "staff.manage"
    DATA_IMPORT = "data.import"
    STYLEGUIDE_READ = "styleguide.read"
    PLATFORM_READ = "platform.read"


class Role(StrEnum):
    OWNER = "owner"
    ADVISOR = "advisor"
    MECHANIC = "mechanic"
    BOOKKEEPER = "bookkeeper"


P = Permission

_EVERYONE = {P.VEHICLES_READ, P.CUSTOMERS_READ, P.BOOKINGS_READ}

ROLES: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(set(Permission) - {P.PLATFORM_READ}),
    Role.ADVISOR: frozenset(
        _EVERYONE
        | {P.CONVERSATIONS_READ, P.CONVERSATIONS_REPLY, P.CUSTOMERS_EDIT, P.VEHICLES_EDIT}
        | {P.BOOKINGS_EDIT, P.BOOKINGS_WORK, P.CAMPAIGNS_SEND, P.SCANS_READ, P.SCANS_UPLOAD}
        | {P.REPORTS_RELEASE, P.CONTENT_EDIT, P.DATA_IMPORT}
    ),
    Role.MECHANIC: frozenset(
        _EVERYONE
        | {P.CONVERSATIONS_READ, P.SCANS_READ, P.SCANS_UPLOAD, P.VEHICLES_EDIT}
        | {P.BOOKINGS_WORK, P.REPORTS_RELEASE}
    ),
    Role.BOOKKEEPER: frozenset(_EVERYONE | {P.INVOICES_READ, P.CUSTOMERS_EDIT}),
}

PLATFORM: frozenset[Permission] = frozenset({P.PLATFORM_READ})


ROLE_TEXTS = {
    Role.OWNER: N_("Owner"),
    Role.ADVISOR: N_("Service advisor"),
    Role.MECHANIC: N_("Mechanic"),
    Role.BOOKKEEPER: N_("Bookkeeper"),
}


def role_text(role: str) -> str:
    return _(ROLE_TEXTS[Role(role)])


def needs(permission: Permission) -> dict[str, Any]:
    """What a route asks of its caller: `@get("/inbox", opt=needs(P.CONVERSATIONS_READ))`."""
    return {"permission": permission}
