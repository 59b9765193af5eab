"""Every room that has tables, so that migrations and proofs see all of them."""

from importlib import import_module

ROOMS_WITH_TABLES = (
    "portal.kit.outbox",
    "portal.tenants.models",
    "portal.ai.models",
    "portal.vehicles.models",
    "portal.bookings.models",
    "portal.content.models",
    "portal.diagnostics.models",
    "portal.diagnostics.session_models",
    "portal.diagnostics.report_models",
    "portal.diagnostics.live_models",
    "portal.campaigns.models",
    "portal.chat.models",
    "portal.chat.verification_models",
    "portal.chat.models_inbox",
    "portal.chat.open_question_models",
    "portal.chat.resume_models",
    "portal.webhooks.models",
    "portal.imports.models",
)


def every_table() -> None:
    for room in ROOMS_WITH_TABLES:
        import_module(room)
