"""Structured logs: one line of JSON (or of colour on a terminal) with request id and workshop."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import msgspec
import structlog


def set_up(*, level: str = "INFO", pretty: bool | None = None) -> None:
    shown = sys.stderr.isatty() if pretty is None else pretty
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if shown
        else structlog.processors.JSONRenderer(serializer=_as_json)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def _as_json(event: Any, *, default: Callable[[Any], Any]) -> str:
    return msgspec.json.encode(event, enc_hook=default).decode()
