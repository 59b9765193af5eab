"""What all pages for customers share: their frame, their headers, their way to fail, their limits.

They keep nothing in the browser and call nobody else. No cookie speaks for anybody here, so that
there is nothing to forge; a form that another website sends is refused all the same.
"""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.types import ExceptionHandlersMap
from sqlalchemy import select

from portal.kit import errors, text
from portal.kit.db import Db
from portal.kit.errors import Forbidden, Problem
from portal.kit.limits import Rate, neighbourhood
from portal.kit.pages import page
from portal.kit.text import speaking
from portal.tenants.boundary import parts_of
from portal.tenants.models import Profile, Workshop

NO_TOKEN: dict[str, Any] = {"exclude_from_csrf": True}
"""For routers of these pages: without a session there is nothing that a token could protect."""
LINK_LOOKING = Rate("public.link", per_minute=60, burst=120)
QUIET = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
}


class Shopfront(msgspec.Struct, frozen=True, kw_only=True):
    """What the pages show of the workshop."""

    slug: str
    name: str
    accent: str
    phone: str
    email: str
    street: str
    postcode: str
    city: str
    website: str
    directions: str
    privacy_url: str

    @property
    def phone_link(self) -> str:
        return "tel:" + "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


async def shopfront(db: Db) -> Shopfront:
    """The workshop of this session, in one statement."""
    query = select(Workshop.slug, Profile).join(Profile, Workshop.id == Profile.workshop_id)
    slug, profile = (await db.execute(query)).one()
    names = [field.name for field in msgspec.structs.fields(Shopfront) if field.name != "slug"]
    return Shopfront(slug=slug, **{name: getattr(profile, name) for name in names})


def show(
    request: Request[Any, Any, Any],
    template: str,
    front: Shopfront | None,
    *,
    status: int = 200,
    language: str = "",
    **context: Any,
) -> Response[str]:
    """A page for customers, in their language: the appointment's, or what their browser speaks."""
    language = language or text.locale.get()
    request.scope.setdefault("state", {})["shopfront"] = front
    with speaking(language):
        return page(
            request,
            template,
            status=status,
            headers=QUIET,
            workshop=front,
            shop=front,
            locale=language if language in {"de", "en"} else "de",
            **context,
        )


def answer_problem(request: Request[Any, Any, Any], problem: Exception) -> Response[str]:
    """A problem as a page of the workshop, or of nobody when the link tells us none."""
    body = errors.body_of(problem, "")
    if body.status >= 500:
        errors.log.error("request failed", exc_info=problem)
    front = request.scope.get("state", {}).get("shopfront")
    answer = show(request, "tenants/public_problem.html", front, status=body.status, problem=body)
    for name, value in errors.headers_of(problem).items():
        answer.headers[name] = value
    return answer


PROBLEMS: ExceptionHandlersMap = {Exception: answer_problem, Problem: answer_problem}


def only_from_here(request: Request[Any, Any, Any]) -> None:
    """Raises `Forbidden` for a form that a browser sends from another website."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise Forbidden
        return
    origin = request.headers.get("origin", "null")
    if origin not in {"null", str(request.base_url).rstrip("/")}:
        raise Forbidden


async def spend(request: Request[Any, Any, Any], rate: Rate, *who: object) -> None:
    """Take one from the limit of this address. Raises `RateLimited`."""
    address = neighbourhood(request.client.host) if request.client else ""
    await parts_of(request).limits.spend(rate, address, *who)
