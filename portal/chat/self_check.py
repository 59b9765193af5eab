"""`/widget/v1/self-check?site_key=`: a page that shows anybody what the widget asks and keeps.

It loads the widget in a frame, exactly as a website embeds it, and lists requests, cookies and
storage before and after the click. Frame and page share an origin, so that the page may look.
"""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import Provide

from portal.kit.pages import page
from portal.tenants import workshops
from portal.tenants.boundary import DoorDb, parts_of, site_key_db

Asked = Request[Any, Any, Any]


@get("/self-check")
async def show(request: Asked, db: DoorDb) -> Response[str]:
    profile = await workshops.get_profile(db)
    return page(
        request,
        "chat/self_check.html",
        headers={"Content-Security-Policy": _policy(request, "frame-src 'self'; ", "'none'")},
        name=profile.name,
        site_key=request.query_params.get("site_key", ""),
    )


@get("/self-check/frame")
async def frame(request: Asked, db: DoorDb) -> Response[str]:
    """An empty website with the widget's tag and a strict policy: the tag's nonce suffices."""
    await workshops.get_profile(db)
    return page(
        request,
        "chat/self_check_frame.html",
        headers={"Content-Security-Policy": _policy(request, "", "'self'")},
        site_key=request.query_params.get("site_key", ""),
        base=parts_of(request).settings.base_url,
    )


def _policy(request: Asked, frames: str, ancestors: str) -> str:
    nonce = request.scope.get("state", {}).get("nonce", "")
    return (
        f"default-src 'none'; {frames}script-src 'nonce-{nonce}' 'self'; "
        f"style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )


ROUTERS = [
    Router("/widget/v1", dependencies={"db": Provide(site_key_db)}, route_handlers=[show, frame])
]
