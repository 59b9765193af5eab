"""Problems: facts with a status and a stable code, answered as problem+json or as a page.

A room states a problem as a small class beside the rule that it guards::

    class SlotTaken(Problem):
        status, code, title = 409, "SLOT_TAKEN", N_("This appointment has just been taken.")
"""

from typing import Any, ClassVar

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from portal.kit.text import _

log = structlog.get_logger()


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for "translate this later"
    return message


class FieldError(msgspec.Struct, frozen=True):
    field: str
    code: str
    message: str


class Problem(Exception):
    status: ClassVar[int] = 400
    code: ClassVar[str] = "BAD_REQUEST"
    title: ClassVar[str] = N_("This request could not be understood.")

    def __init__(
        self,
        detail: str = "",
        *,
        errors: list[FieldError] | None = None,
        headers: dict[str, str] | None = None,
        **extra: Any,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.errors = errors or []
        self.headers = headers or {}
        self.extra = extra


class NotFound(Problem):
    status, code, title = 404, "NOT_FOUND", N_("We could not find this.")


class Forbidden(Problem):
    status, code, title = 403, "FORBIDDEN", N_("You are not allowed to do this.")


class SignInNeeded(Problem):
    status, code, title = 401, "SIGN_IN_NEEDED", N_("Please sign in.")


class Invalid(Problem):
    status, code, title = 422, "INVALID_INPUT", N_("Some entries are missing or not valid.")


class TooLarge(Problem):
    status, code, title = 413, "TOO_LARGE", N_("This is too large.")


class RateLimited(Problem):
    status, code, title = 429, "RATE_LIMITED", N_("Too many requests. Please wait a moment.")


class Unavailable(Problem):
    status, code, title = 503, "UNAVAILABLE", N_("This is not available at the moment.")


_BY_STATUS: dict[int, tuple[str, str]] = {
    400: (Problem.code, Problem.title),
    401: (SignInNeeded.code, SignInNeeded.title),
    403: (Forbidden.code, Forbidden.title),
    404: (NotFound.code, NotFound.title),
    405: ("METHOD_NOT_ALLOWED", N_("This address does not allow that.")),
    413: (TooLarge.code, TooLarge.title),
    415: ("UNSUPPORTED_MEDIA_TYPE", N_("This kind of content is not accepted here.")),
    422: (Invalid.code, Invalid.title),
    429: (RateLimited.code, RateLimited.title),
}
_UNEXPECTED = ("INTERNAL_ERROR", N_("Something went wrong on our side. We have been told."))


_UNREADABLE = (
    (RecursionError, "deserializing"),
    (LookupError, "unknown encoding"),
    (TypeError, "non-ASCII characters"),  # a CSRF token of letters that no token has
    (TypeError, "UploadFile"),  # a file where a word is expected
)


class ProblemBody(msgspec.Struct, kw_only=True):
    """RFC 9457 with our own `code` and `errors`."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: list[FieldError] = []


def body_of(problem: Exception, instance: str) -> ProblemBody:
    """What the caller may know of an exception: never a stack trace, never a foreign fact."""
    errors: list[FieldError] = []
    detail = ""
    if isinstance(problem, Problem):
        status, code, title = problem.status, problem.code, problem.title
        detail, errors = problem.detail, problem.errors
    elif isinstance(problem, HTTPException):
        status = problem.status_code
        code, title = _BY_STATUS.get(status, _UNEXPECTED if status >= 500 else _BY_STATUS[400])
        if isinstance(problem, ValidationException):
            status, code, title = 422, Invalid.code, Invalid.title
            errors = _field_errors(problem)
    elif isinstance(problem, NoConnectionFree):
        status, code, title = Unavailable.status, Unavailable.code, Unavailable.title
    elif _is_data_refused(problem) or _is_beyond_the_calendar(problem):
        status, code, title = 422, Invalid.code, Invalid.title
    elif _is_unreadable(problem):
        status, code, title = 400, Problem.code, Problem.title
    else:
        status, (code, title) = 500, _UNEXPECTED
    return ProblemBody(
        type=f"urn:carbot:problem:{code.lower().replace('_', '-')}",
        title=_(title),
        status=status,
        detail=detail,
        code=code,
        instance=instance,
        errors=errors,
    )


def _is_data_refused(problem: Exception) -> bool:
    """A value that PostgreSQL cannot hold: a NUL, half a character, a number beyond its column.

    `22…` is the server's class of them; what the driver cannot even send is a `ValueError`.
    """
    if isinstance(problem, asyncpg.DataError):
        return True
    if not isinstance(problem, DBAPIError) or problem.orig is None:
        return False
    state = getattr(problem.orig, "sqlstate", None) or ""
    return state.startswith("22") or isinstance(problem.orig.__cause__, ValueError)


def _is_beyond_the_calendar(problem: Exception) -> bool:
    """A day so early or so late that one more hour or week is none: the year 1, or 9999."""
    return isinstance(problem, OverflowError) and "date value out of range" in str(problem)


def _is_unreadable(problem: Exception) -> bool:
    """Bodies that are no text, name no known encoding, or nest deeper than anybody writes.

    The framework lets these errors of the standard library through; each is told by its words.
    """
    return isinstance(problem, UnicodeDecodeError) or any(
        isinstance(problem, kind) and words in str(problem) for kind, words in _UNREADABLE
    )


def _field_errors(problem: ValidationException) -> list[FieldError]:
    found = problem.extra if isinstance(problem.extra, list) else []
    return [
        FieldError(
            field=str(item.get("key", "")),
            code="INVALID",
            message=_("This entry is not valid."),
        )
        for item in found
        if isinstance(item, dict)
    ]


def as_json(request: Request[Any, Any, Any], problem: Exception) -> Response[bytes]:
    body = body_of(problem, request.url.path)
    extra = problem.extra if isinstance(problem, Problem) else {}
    if body.status >= 500:
        log.error("request failed", exc_info=problem)
    return Response(
        content=msgspec.json.encode({**msgspec.to_builtins(body), **extra}),
        status_code=body.status,
        media_type="application/problem+json",
        headers=headers_of(problem),
    )


def headers_of(problem: Exception) -> dict[str, str]:
    if isinstance(problem, NoConnectionFree):
        return {"Retry-After": "5"}
    headers = getattr(problem, "headers", None) or {}
    kept = {"retry-after", "allow", "www-authenticate"}
    return (
        headers
        if isinstance(problem, Problem)
        else {name: value for name, value in headers.items() if name.lower() in kept}
    )


def handlers(answer: Any) -> ExceptionHandlersMap:
    """One answer for everything that can be raised."""
    return {Exception: answer, HTTPException: answer, Problem: answer}
