"""The application: every room's routes, one way to fail, one way in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, Response
from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import CacheControlHeader
from litestar.handlers import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.response import Redirect
from litestar.static_files import create_static_files_router

from portal.admin import routes as admin
from portal.ai.desk import close_desk
from portal.ai.embeddings import close_embedder
from portal.bookings import (
    bookings_api,
    feed_routes,
    notice_routes,
    numbers_api,
    numbers_routes,
    planner_routes,
    public_booking,
    public_links,
    public_waiting,
    public_withdrawal,
    resources_api,
    services_api,
    waitlist_pages,
)
from portal.bookings import settings_routes as booking_settings
from portal.campaigns import api as campaigns_api
from portal.campaigns import customer_routes as campaigns_customers
from portal.campaigns import routes as campaigns
from portal.campaigns import rules_routes, stop_routes
from portal.chat import (
    analytics_routes,
    budget_routes,
    desk_routes,
    estimate_routes,
    inbox_settings_routes,
    open_question_routes,
    self_check,
    task_routes,
    tasks_api,
    widget_api,
    widget_bookings,
    widget_faq,
    widget_files,
    widget_resumptions,
    widget_verifications,
)
from portal.chat import api as chat_api
from portal.chat import routes as chat
from portal.content import routes as content
from portal.content import webhook as directus_webhook
from portal.diagnostics import (
    comparison_routes,
    device_api,
    live_routes,
    live_socket,
    photo_routes,
    report_pages,
    report_routes,
    retention_routes,
    session_routes,
    upload_routes,
)
from portal.diagnostics import routes as diagnostics
from portal.imports import routes as imports
from portal.imports import vin_routes
from portal.kit import errors, health
from portal.kit.headers import Surroundings, is_for_programs
from portal.kit.logs import set_up
from portal.kit.pages import STATIC, page
from portal.kit.parts import Parts, running
from portal.kit.settings import Settings
from portal.tenants import demo_keys, settings_routes
from portal.tenants import routes as tenants
from portal.tenants.boundary import inside
from portal.vehicles import api as vehicles_api
from portal.vehicles import customer_routes, inspection_routes
from portal.vehicles import routes as vehicles_pages
from portal.webhooks import api as webhooks_api
from portal.webhooks import routes as webhooks

ROUTERS = [
    *tenants.ROUTERS,
    *settings_routes.ROUTERS,
    *vehicles_pages.ROUTERS,
    *customer_routes.ROUTERS,
    *inspection_routes.ROUTERS,
    *vehicles_api.ROUTERS,
    *services_api.ROUTERS,
    *bookings_api.ROUTERS,
    *feed_routes.ROUTERS,
    *notice_routes.ROUTERS,
    *resources_api.ROUTERS,
    *booking_settings.ROUTERS,
    *numbers_api.ROUTERS,
    *numbers_routes.ROUTERS,
    *planner_routes.ROUTERS,
    *public_booking.ROUTERS,
    *public_links.ROUTERS,
    *public_waiting.ROUTERS,
    *public_withdrawal.ROUTERS,
    *waitlist_pages.ROUTERS,
    *campaigns.ROUTERS,
    *campaigns_customers.ROUTERS,
    *campaigns_api.ROUTERS,
    *rules_routes.ROUTERS,
    *stop_routes.ROUTERS,
    *chat.ROUTERS,
    *desk_routes.ROUTERS,
    *estimate_routes.ROUTERS,
    *task_routes.ROUTERS,
    *tasks_api.ROUTERS,
    *inbox_settings_routes.ROUTERS,
    *chat_api.ROUTERS,
    *analytics_routes.ROUTERS,
    *budget_routes.ROUTERS,
    *open_question_routes.ROUTERS,
    *widget_api.ROUTERS,
    *widget_bookings.ROUTERS,
    *self_check.ROUTERS,
    *widget_faq.ROUTERS,
    *widget_resumptions.ROUTERS,
    *widget_verifications.ROUTERS,
    *widget_files.ROUTERS,
    *content.ROUTERS,
    *directus_webhook.ROUTERS,
    *diagnostics.ROUTERS,
    *retention_routes.ROUTERS,
    *comparison_routes.ROUTERS,
    *device_api.ROUTERS,
    *session_routes.ROUTERS,
    *live_routes.ROUTERS,
    *live_socket.ROUTERS,
    *upload_routes.ROUTERS,
    *photo_routes.ROUTERS,
    *report_routes.ROUTERS,
    *report_pages.ROUTERS,
    *webhooks.ROUTERS,
    *imports.ROUTERS,
    *vin_routes.ROUTERS,
    *webhooks_api.ROUTERS,
    *admin.ROUTERS,
]
BODY_LIMIT = 1_000_000
LONGEST_FILE_PATH = 200
A_YEAR = CacheControlHeader(public=True, max_age=31_536_000, immutable=True)
"""Addresses of files carry their content's hash, see `pages.static`."""


def create_app(settings: Settings, parts: Parts | None = None) -> Litestar:
    """The portal over these settings; tests hand in parts that are running already."""
    app = Litestar(
        route_handlers=[
            health.live,
            health.ready,
            *ROUTERS,
            create_static_files_router(
                path="/static",
                directories=[STATIC],
                name="static",
                cache_control=A_YEAR,
                guards=[only_names],
            ),
        ],
        csrf_config=CSRFConfig(
            secret=settings.secret,
            cookie_name="carbot_csrf",
            cookie_secure=settings.is_secure,
            cookie_samesite="lax",
            cookie_httponly=True,
            exclude=["^/widget/", "^/api/", "^/health/", "^/static/"],
        ),
        exception_handlers=errors.handlers(answer_problem),
        lifespan=[_lifespan(settings, parts)],
        request_max_body_size=BODY_LIMIT,
        openapi_config=OpenAPIConfig(
            title="CarBot",
            version="1",
            path="/api/v1/schema",
            render_plugins=[JsonRenderPlugin(path="/")],
        ),
        logging_config=None,
        debug=False,
    )
    # Around everything: addresses that no route knows are answered like all others.
    app.asgi_handler = Surroundings(app.asgi_handler, secure=settings.is_secure)
    return app


def serve() -> Litestar:
    """The factory that the server calls in each process."""
    set_up()
    return create_app(Settings())


def answer_problem(request: Request[Any, Any, Any], problem: Exception) -> Response[Any]:
    """A page for people, problem+json for programs, the sign-in page for who is not signed in."""
    if is_for_programs(request.url.path):
        return errors.as_json(request, problem)
    body = errors.body_of(problem, request.url.path)
    if body.status >= 500:
        errors.log.error("request failed", exc_info=problem)
    if isinstance(problem, errors.SignInNeeded) and request.method == "GET":
        return _to_sign_in(request)
    if request.headers.get("hx-request"):
        return errors.as_json(request, problem)
    return page(
        request,
        "kit/error.html",
        status=body.status,
        headers=errors.headers_of(problem),
        problem=body,
    )


def only_names(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """What no file system can look up is not there. Raises `NotFound`."""
    path = str(connection.path_params["file_path"])
    if "\0" in path or len(path) > LONGEST_FILE_PATH:
        raise errors.NotFound


def _to_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    target = f"/signin?next={quote(request.url.path)}"
    if request.headers.get("hx-request"):
        return Response(b"", status_code=200, headers={"HX-Redirect": target})
    return Redirect(target)


def _lifespan(settings: Settings, given: Parts | None) -> Any:
    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        if given is not None:
            app.state.parts = given
            yield
            return
        async with running(settings) as parts:
            if settings.portal_mode == "production":
                async with inside(parts, None) as db:
                    await demo_keys.refuse(db)
            app.state.parts = parts
            yield
            await close_desk(parts)
            await close_embedder(parts)

    return lifespan
