"""The invented workshops' own websites, on another origin, with the chat embedded; and the mail.

Strict about itself: the pages' policy allows the portal and nothing else, as a careful host would.
A site as small as this needs no framework; it stands before the portal has loaded its own.
"""

import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.demo import mail_folder, storefront
from portal.demo.people import PASSWORD, SHOPS
from portal.kit import clock, text
from portal.kit.settings import Settings

HERE = Path(__file__).parent
LEGAL = ("impressum", "datenschutz")
FOLDERS = {
    "files": HERE / "files",
    "fonts": HERE.parent / "kit" / "static" / "vendor",
}
SHORT = "public, max-age=300"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    media_type: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


NOT_FOUND = Answer(404, b"Diese Seite gibt es nicht.")
NOT_ALLOWED = Answer(405, b"GET", headers={"allow": "GET, HEAD"})


class Site:
    """An ASGI application; `answer` is all it knows."""

    def __init__(self, settings: Settings) -> None:
        self._portal = settings.base_url
        self._mail = settings.portal_home / "mail"
        self._fronts = {shop.slug: storefront.load(shop) for shop in SHOPS}
        self._pages = _templates()

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        allowed = scope["method"] in {"GET", "HEAD"}
        answer = self.answer(scope["path"]) if allowed else NOT_ALLOWED
        headers = {
            "content-type": answer.media_type,
            "content-length": str(len(answer.body)),
            "x-content-type-options": "nosniff",
            "referrer-policy": "strict-origin-when-cross-origin",
            **answer.headers,
        }
        encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": answer.status, "headers": encoded})
        await send({"type": "http.response.body", "body": answer.body})

    def answer(self, path: str) -> Answer:
        match [part for part in path.split("/") if part]:
            case []:
                return self._page("index.html", fronts=self._fronts.values())
            case ["mail"]:
                mails = mail_folder.newest(self._mail)
                return self._page("mail.html", mails=mails, folder=self._mail)
            case [slug] if slug in self._fronts:
                return self._page(f"{slug}/home.html", front=self._fronts[slug])
            case [slug, legal] if slug in self._fronts and legal in LEGAL:
                return self._page(f"{slug}/{legal}.html", front=self._fronts[slug])
            case [folder, *names] if folder in FOLDERS:
                return _file(FOLDERS[folder], "/".join(names))
        return NOT_FOUND

    def _page(self, template: str, **context: Any) -> Answer:
        html = self._pages.get_template(template).render(
            portal=self._portal,
            today=clock.local(clock.now()).date(),
            password=PASSWORD,
            **context,
        )
        policy = (
            f"default-src 'none'; script-src {self._portal}; style-src 'self'; "
            f"img-src 'self' data:; font-src 'self'; connect-src {self._portal}; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        headers = {"content-security-policy": policy, "cache-control": "no-store"}
        return Answer(200, html.encode(), "text/html; charset=utf-8", headers)


def main() -> None:
    settings = Settings()
    uvicorn.run(
        Site(settings),
        host=settings.portal_host,
        port=settings.portal_site_port,
        lifespan="off",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )


def _file(folder: Path, name: str) -> Answer:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        return NOT_FOUND
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Answer(200, path.read_bytes(), media_type, {"cache-control": SHORT})


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


if __name__ == "__main__":
    main()
