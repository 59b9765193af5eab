"""What surrounds every request: an id, a language, a nonce, security headers, one log line."""

import secrets
import time
from typing import Any, cast

import structlog
from litestar.datastructures import Headers
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from portal.kit import text
from portal.kit.db import new_id

log = structlog.get_logger()

_OPEN_TO_SITES = "/widget/"
_GUEST_PATHS = ("/b/",)
_WIDGET_PATHS = ("/widget/",)
_JSON_PATHS = ("/api/", "/widget/", "/health/")
_CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Retry-After",
}
_PREFLIGHT = {
    **_CORS,
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers": "Authorization, Content-Type, Last-Event-ID, Accept-Language",
    "access-control-max-age": "86400",
    "content-length": "0",
}


def _raw(headers: dict[str, str]) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name.encode(), value.encode()) for name, value in headers.items())


_HEADERS = _raw(
    {
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "cross-origin-opener-policy": "same-origin",
        "cache-control": "no-store",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }
)
_POLICY = (
    "default-src 'none'; "
    "script-src 'self' 'nonce-%(nonce)s'; style-src 'self' 'nonce-%(nonce)s'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_OPEN_HEADERS = _raw({**_CORS, "cross-origin-resource-policy": "cross-origin"})
_SECURE_HEADERS = _raw({"strict-transport-security": "max-age=31536000; includeSubDomains"})


class Surroundings:
    """The outermost layer. The widget's addresses answer other origins, without credentials."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "method" in scope:
            await self._http(cast("HTTPScope", scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if scope["method"] == "OPTIONS" and path.startswith(_OPEN_TO_SITES):
            await _answer_preflight(send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        request_id = str(new_id())
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        ours = [*self._headers(path, nonce), (b"x-request-id", request_id.encode())]
        started = time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                theirs = list(message["headers"])
                said = {name.lower() for name, _ in theirs}
                message["headers"] = [*theirs, *(pair for pair in ours if pair[0] not in said)]
                _note(scope, message["status"], started)
            await send(message)

        with text.speaking(_language(path, Headers.from_scope(scope))):
            await self.app(scope, receive, send_with_headers)

    def _headers(self, path: str, nonce: str) -> list[tuple[bytes, bytes]]:
        policy = (b"content-security-policy", (_POLICY % {"nonce": nonce}).encode())
        open_to_sites = _OPEN_HEADERS if path.startswith(_OPEN_TO_SITES) else ()
        return [*_HEADERS, policy, *open_to_sites, *(_SECURE_HEADERS if self.secure else ())]


def is_for_programs(path: str) -> bool:
    """Whether a problem at this address is told as JSON and not as a page."""
    return path.startswith(_JSON_PATHS)


def _language(path: str, headers: Headers) -> str:
    """Programs, the widget and guests say what they speak; the dashboard is German."""
    if path.startswith(_WIDGET_PATHS):
        return text.preferred(headers.get("accept-language"), (*text.LANGUAGES, *text.GUESTS))
    if is_for_programs(path) or path.startswith(_GUEST_PATHS):
        return text.preferred(headers.get("accept-language"))
    return text.DEFAULT


def _note(scope: Any, status: int, started: float) -> None:
    if scope["path"].startswith(("/static/", "/health/")):
        return
    elapsed = round((time.perf_counter() - started) * 1000, 1)
    # The route and not the address: that may carry a VIN, a plate or a signed link.
    route = scope.get("path_template", "")
    log.info("request", method=scope["method"], route=route, status=status, ms=elapsed)


async def _answer_preflight(send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": _raw(_PREFLIGHT)})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
