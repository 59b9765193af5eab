"""Pages and fragments: one template engine, rendered before the transaction commits.

`page(request, "chat/inbox.html", …)` answers a whole page, or only its `main` block when htmx asks
for it; `fragment(request, "chat/_message.html", …)` answers a piece.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined, Template
from jinja2.runtime import Context
from litestar import MediaType, Request, Response
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from portal.kit import text

STATIC = Path(__file__).parent / "static"
_ROOMS = Path(__file__).parents[1]


@cache
def environment() -> Environment:
    """Templates by room: `chat/inbox.html` is `portal/chat/templates/inbox.html`."""
    rooms = {folder.parent.name: FileSystemLoader(folder) for folder in _ROOMS.glob("*/templates")}
    made = Environment(
        loader=PrefixLoader(dict(rooms)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        _gettext, _ngettext, newstyle=True
    )
    made.globals.update(static=static)
    made.filters.update(
        amount=text.amount,
        euro=text.euro,
        number=text.number,
        day=text.day,
        time=text.time,
        moment=text.moment,
        stamp=text.stamp,
    )
    made.globals["ui"] = made.get_template("kit/components.html").module
    return made


def page(
    request: Request[Any, Any, Any],
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Response[str]:
    loaded = environment().get_template(template)
    values = {**frame(request), **context}
    html = _main_of(loaded, values) if _wants_main(request) else loaded.render(values)
    return _html(html, status, {"Vary": "HX-Request", **(headers or {})})


def fragment(
    request: Request[Any, Any, Any],
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Response[str]:
    html = environment().get_template(template).render({**frame(request), **context})
    return _html(html, status, headers or {})


def rendered(template: str, **context: Any) -> str:
    """A piece without a request, for live events: what it needs stands in `context`."""
    return environment().get_template(template).render(context)


def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What every page knows: who looks, at which workshop, and the keys of its forms."""
    member = request.scope.get("state", {}).get("member")
    profile = getattr(member, "profile", None)
    workshop = None
    if member is not None and profile is not None:
        workshop = {"slug": member.slug, "name": profile.name, "accent": profile.accent}
    return {
        "request": request,
        "nonce": request.scope.get("state", {}).get("nonce", ""),
        "workshop": workshop,
        "member": member,
        "can": member.can if member else _nobody_can,
        "csrf_token": ScopeState.from_scope(request.scope).csrf_token or "",
        "locale": text.locale.get(),
    }


@cache
def static(path: str) -> str:
    """The address of a file of ours, with its content in the address so that it may be cached."""
    file = STATIC / path
    if not file.is_file():
        return f"/static/{path}"
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


def _wants_main(request: Request[Any, Any, Any]) -> bool:
    headers = request.headers
    return headers.get("hx-target") == "main" and headers.get("hx-history-restore-request") is None


def _main_of(template: Template, values: dict[str, Any]) -> str:
    """Htmx takes the title out of the answer and swaps the rest into `main`."""
    main = "".join(template.blocks["main"](_imported(template, values)))
    return Markup("<title>{}</title>").format(_title(template, values)) + Markup(main)  # noqa: S704  # rendered with escaping


def _title(template: Template, values: dict[str, Any]) -> str:
    block = template.blocks.get("title")
    return "".join(block(_imported(template, values))) if block else "CarBot"


def _imported(template: Template, values: dict[str, Any]) -> Context:
    """A context in which the imports at the head of the template have run.

    A block alone does not run them; the root does, before the first piece of the frame.
    """
    context = template.new_context(values)
    next(iter(template.root_render_func(context)), None)
    return context


def _html(html: str, status: int, headers: dict[str, str]) -> Response[str]:
    return Response(
        content=str(html),
        status_code=status,
        media_type=MediaType.HTML,
        headers={"Cache-Control": "private, no-store", **headers},
    )


def _nobody_can(_permission: str) -> bool:
    return False


def _gettext(message: str) -> str:
    return text.catalogue(text.locale.get()).ugettext(message)


def _ngettext(one: str, many: str, count: int) -> str:
    return text.catalogue(text.locale.get()).ungettext(one, many, count)
