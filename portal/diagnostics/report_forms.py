"""What people type about an owner's report."""

import msgspec

from portal.diagnostics.report_texts import (
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_SENTENCES,
    STEPS,
    ReportContent,
    Step,
    paragraphs,
)
from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _


class ReportForm(msgspec.Struct):
    """`found` and `advice`: one paragraph a line. `version` is what the form was made from."""

    headline: str = ""
    found: str = ""
    advice: str = ""
    step: str = ""
    version: str = ""


class VersionForm(msgspec.Struct):
    version: str = ""


class WithdrawalForm(msgspec.Struct):
    why: str = ""


def version_of(typed: str) -> int:
    """0, which no report has, for what is no number."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0


def content_from(form: ReportForm, before: ReportContent) -> ReportContent:
    """The typed text over what the report had. Raises `Invalid`."""
    headline = " ".join(form.headline.split())
    found, advice = paragraphs(form.found, before.found), paragraphs(form.advice, before.advice)
    errors = []
    if not headline or len(headline) > LONGEST_LINE:
        errors.append(
            FieldError("headline", "HEADLINE_INVALID", _("A headline of up to 200 characters."))
        )
    if not found:
        errors.append(FieldError("found", "TEXT_MISSING", _("Please say what was found.")))
    for name, typed, lines in (("found", form.found, found), ("advice", form.advice, advice)):
        if len(typed) > LONGEST_TEXT or len(lines) > MOST_SENTENCES:
            errors.append(FieldError(name, "TEXT_TOO_LONG", _("This text is too long.")))
    if errors:
        raise Invalid(errors=errors)
    step: Step = next((one for one in STEPS if one == form.step), before.step)
    return msgspec.structs.replace(before, headline=headline, found=found, advice=advice, step=step)
