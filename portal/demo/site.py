"""The invented workshops' own websites, on another origin, with the chat embedded; and the mail.

Strict about itself: the pages' policy allows the portal and nothing else, as a careful host would.
"""

from pathlib import Path
from typing import Any

import uvicorn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.static_files import create_static_files_router

from portal.demo import mail_folder, storefront
from portal.demo.people import PASSWORD, SHOPS
from portal.demo.storefront import Storefront
from portal.kit import clock, text
from portal.kit.pages import STATIC
from portal.kit.settings import Settings

HERE = Path(__file__).parent
LEGAL = ("impressum", "datenschutz")


@get("/", sync_to_thread=False)
def index(request: Request[Any, Any, Any]) -> Response[str]:
    return _page(request, "index.html", fronts=_fronts(request).values())


@get("/mail", sync_to_thread=True)
def mail(request: Request[Any, Any, Any]) -> Response[str]:
    folder: Path = request.app.state.settings.portal_home / "mail"
    return _page(request, "mail.html", mails=mail_folder.newest(folder), folder=folder)


@get("/{slug:str}", sync_to_thread=False)
def website(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[str]:
    return _page(request, f"{slug}/home.html", front=_front(request, slug))


@get("/{slug:str}/{legal:str}", sync_to_thread=False)
def legal_page(
    request: Request[Any, Any, Any], slug: FromPath[str], legal: FromPath[str]
) -> Response[str]:
    front = _front(request, slug)
    if legal not in LEGAL:
        raise NotFoundException
    return _page(request, f"{slug}/{legal}.html", front=front)


def create_site(settings: Settings) -> Litestar:
    site = Litestar(
        route_handlers=[
            index,
            mail,
            website,
            legal_page,
            create_static_files_router(path="/files", directories=[HERE / "files"]),
            create_static_files_router(
                path="/fonts", directories=[STATIC / "vendor"], name="fonts"
            ),
        ],
        openapi_config=None,
    )
    site.state.settings = settings
    site.state.pages = _templates()
    site.state.fronts = {shop.slug: storefront.load(shop) for shop in SHOPS}
    return site


def main() -> None:
    settings = Settings()
    uvicorn.run(
        create_site(settings),
        host=settings.portal_host,
        port=settings.portal_site_port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )


def _templates() -> Environment:
    pages = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    catalogue = text.catalogue(text.DEFAULT)
    pages.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        catalogue.ugettext, catalogue.ungettext, newstyle=True
    )
    pages.filters.update(
        price=storefront.price,
        duration=storefront.duration,
        day=storefront.day_and_month,
        moment=text.moment,
    )
    return pages


def _fronts(request: Request[Any, Any, Any]) -> dict[str, Storefront]:
    fronts: dict[str, Storefront] = request.app.state.fronts
    return fronts


def _front(request: Request[Any, Any, Any], slug: str) -> Storefront:
    front = _fronts(request).get(slug)
    if front is None:
        raise NotFoundException
    return front


def _page(request: Request[Any, Any, Any], template: str, **context: Any) -> Response[str]:
    portal = request.app.state.settings.base_url
    html = request.app.state.pages.get_template(template).render(
        portal=portal, today=clock.local(clock.now()).date(), password=PASSWORD, **context
    )
    policy = (
        f"default-src 'none'; script-src {portal}; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; connect-src {portal}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    return Response(html, media_type="text/html; charset=utf-8", headers=headers)


if __name__ == "__main__":
    main()
