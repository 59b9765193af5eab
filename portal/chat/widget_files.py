"""The widget's script and its parts, as the build left them in `static/widget`."""

import gzip
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from portal.kit.errors import NotFound, Unavailable
from portal.kit.pages import STATIC

FOLDER = STATIC / "widget"
LOADER = "carbot.js"
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}")
_PANEL = re.compile(r"(chat-[a-z]{2})-[A-Za-z0-9]{1,40}\.js")
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".map": "application/json",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_FIXED = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300, stale-while-revalidate=86400"


class WidgetNotBuilt(Unavailable):
    code = "WIDGET_NOT_BUILT"


@get("/{file:str}", sync_to_thread=False)
def widget_file(request: Request[Any, Any, Any], file: FromPath[str]) -> Response[bytes]:
    """The loader may change at any time; its parts carry their content in their name."""
    path = _path_of(file)
    plain, packed, tag = _content(path, path.stat().st_mtime_ns)
    headers = {
        "Cache-Control": _cached(file, path),
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(packed, media_type=_TYPES[path.suffix], headers=headers)
    return Response(plain, media_type=_TYPES[path.suffix], headers=headers)


def _path_of(file: str) -> Path:
    """A loader that a browser has kept may name the panel of an earlier version: it gets today's,
    which brings all its other parts along.
    """
    path = FOLDER / file
    if not _NAME.fullmatch(file) or path.suffix not in _TYPES:
        raise NotFound
    if path.is_file():
        return path
    if file == LOADER:
        raise WidgetNotBuilt("The chat widget has not been built yet: make widget")
    panel = _PANEL.fullmatch(file)
    today = sorted(FOLDER.glob(f"{panel[1]}-*.js")) if panel else []
    if not today:
        raise NotFound
    return today[0]


def _cached(file: str, path: Path) -> str:
    if file == LOADER:
        return _SHORT
    return _FIXED if file == path.name else "no-cache"


@lru_cache(maxsize=64)
def _content(path: Path, _changed: int) -> tuple[bytes, bytes, str]:
    plain = path.read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0), f'W/"{sha256(plain).hexdigest()[:16]}"'


ROUTERS = [Router("/widget/v1", route_handlers=[widget_file])]
