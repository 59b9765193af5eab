"""The invented workshops' own websites, on another origin, with the chat embedded; and the mail.

Strict about itself: the pages' policy allows the portal and nothing else, as a careful host would.
"""

import email
import email.policy
from pathlib import Path
from typing import Any

import uvicorn
from jinja2 import Environment, FileSystemLoader
from litestar import Litestar, Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.static_files import create_static_files_router

from portal.demo.people import SHOPS
from portal.kit.settings import Settings

HERE = Path(__file__).parent
LATEST_MAILS = 50
pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)


@get("/", sync_to_thread=False)
def index(request: Request[Any, Any, Any]) -> Response[str]:
    return _page(request, "index.html", shops=SHOPS)


@get("/mail", sync_to_thread=True)
def mail(request: Request[Any, Any, Any]) -> Response[str]:
    folder: Path = request.app.state.settings.portal_home / "mail"
    files = sorted(folder.glob("*.eml"), reverse=True)[:LATEST_MAILS]
    messages = [
        email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files
    ]
    return _page(request, "mail.html", messages=messages)


@get("/{slug:str}", sync_to_thread=False)
def website(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[str]:
    shop = next((shop for shop in SHOPS if shop.slug == slug), None)
    if shop is None:
        raise NotFoundException
    return _page(request, f"{slug}.html", shop=shop)


def create_site(settings: Settings) -> Litestar:
    site = Litestar(
        route_handlers=[
            index,
            mail,
            website,
            create_static_files_router(path="/files", directories=[HERE / "files"]),
        ],
        openapi_config=None,
    )
    site.state.settings = settings
    return site


def main() -> None:
    settings = Settings()
    uvicorn.run(
        create_site(settings),
        host=settings.portal_host,
        port=settings.portal_site_port,
        log_level="warning",
        access_log=False,
    )


def _page(request: Request[Any, Any, Any], template: str, **context: Any) -> Response[str]:
    portal = request.app.state.settings.base_url
    html = pages.get_template(template).render(portal=portal, **context)
    policy = (
        f"default-src 'none'; script-src {portal}; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; connect-src {portal}; base-uri 'none'; form-action 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


if __name__ == "__main__":
    main()
