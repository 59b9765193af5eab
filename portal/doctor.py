"""What is configured, what answers, what is missing: for the person who operates the portal."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from alembic.script import ScriptDirectory
from sqlalchemy import text as sql

from portal.diagnostics import report_prints
from portal.kit import health
from portal.kit.parts import Parts, running
from portal.kit.settings import Settings, SettingsIncomplete
from portal.kit.text import _
from portal.migrate import configuration


class Line(NamedTuple):
    """One thing that was looked at; `ok` None means: works without, and this is how."""

    what: str
    ok: bool | None
    told: str


async def examine(settings: Settings) -> AsyncIterator[Line]:
    try:
        async with running(settings) as parts:
            missing = await health.missing_parts(parts)
            for name in ("database", "redis"):
                good = name not in missing
                yield Line(name, good, _("answers") if good else _("does not answer"))
            if "database" not in missing:
                yield await _schema(parts)
    except SettingsIncomplete as error:
        yield Line("settings", ok=False, told=str(error))
    providers = ", ".join(f"{p.name} ({p.model})" for p in settings.ai_providers)
    yield Line("ai", True if providers else None, providers or _("none: built-in assistant"))
    unpriced = ", ".join(one.name for one in settings.ai_providers if not one.has_prices)
    if unpriced:
        yield Line(
            "ai prices", None, _("none for %(names)s: only tokens are limited", names=unpriced)
        )
    mail = settings.smtp_url is not None
    yield Line("mail", mail or None, _("SMTP") if mail else _("none: written to a folder"))
    directus = settings.directus_url is not None and settings.directus_token is not None
    yield Line("texts", directus or None, _("Directus") if directus else _("none: from files"))
    prints = report_prints.can_print()
    without = _("reports without PDF, missing: %(what)s", what=report_prints.MISSING)
    yield Line("pdf", prints or None, _("Pango is there") if prints else without)
    secure = settings.is_secure
    yield Line("https", secure or None, settings.base_url)


async def _schema(parts: Parts) -> Line:
    head = ScriptDirectory.from_config(configuration("postgresql://")).get_current_head()
    async with parts.engine.connect() as connection:
        found = await connection.scalar(sql("select to_regclass('alembic_version')::text"))
        version = await connection.scalar(sql("select to_regclass('public.outbox')::text"))
    known = found is not None and version is not None
    return Line("schema", known, str(head) if known else _("not migrated"))
