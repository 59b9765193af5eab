"""What all pages of the booking settings share: permissions, tabs, forms that come back."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.response import Redirect

from portal.bookings import resource_labels as labels
from portal.bookings import resource_words
from portal.kit.db import Db
from portal.kit.errors import Problem
from portal.kit.pages import page
from portal.tenants.boundary import member_of, tell
from portal.tenants.permissions import Permission, needs

WORDS: dict[str, Any] = {"labels": labels, "words": resource_words}
"""What templates say things with."""
Asked = Request[Any, Any, Any]
MANAGE = needs(Permission.SETTINGS_MANAGE)
ENTER = needs(Permission.BOOKINGS_EDIT)


def home(db: Db) -> str:
    return f"/w/{member_of(db).slug}/bookings/settings"


def shown(
    request: Asked, template: str, *, problem: Problem | None = None, **context: Any
) -> Response[str]:
    """A page; with a problem it says what is to be mended, and nothing typed is lost."""
    return page(
        request,
        f"bookings/{template}",
        status=problem.status if problem else 200,
        **{**WORDS, "problem": problem, "errors": errors_of(problem), **context},
    )


def errors_of(problem: Problem | None) -> dict[str, str]:
    """The message of each field."""
    return {error.field: error.message for error in problem.errors} if problem else {}


def saved(db: Db, path: str = "") -> Redirect:
    """Back to a page that says so; open calendars are told that something is different."""
    tell(db, "calendar", msgspec.json.encode({"id": None, "what": "settings"}))
    return Redirect(f"{home(db)}{path}?saved=1", status_code=303)


def wants_piece(request: Asked, target: str) -> bool:
    """Whether htmx asks for this piece of the page only."""
    return bool(request.headers.get("hx-target") == target)
