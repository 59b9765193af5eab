"""What a workshop says about itself, as its owner edits it."""

import re
from urllib.parse import urlsplit

from portal.kit import clock, text
from portal.kit.db import Db
from portal.kit.errors import FieldError, Invalid
from portal.kit.text import _
from portal.tenants import audit
from portal.tenants.forms import ProfileForm
from portal.tenants.models import Profile

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
MOST_ORIGINS = 10
LANGUAGES = (*text.LANGUAGES, *text.GUESTS)


def origins_of(typed: str) -> list[str]:
    """One origin a line, `https://www.example.de`; anything behind the host is left out."""
    return [line.strip().rstrip("/").lower() for line in typed.splitlines() if line.strip()]


def faults_of(form: ProfileForm) -> list[FieldError]:
    found = []
    if not form.name.strip():
        found.append(FieldError("name", "MISSING", _("A workshop needs a name.")))
    if form.email and not _EMAIL.fullmatch(form.email.strip()):
        found.append(FieldError("email", "INVALID_EMAIL", _("This is not an e-mail address.")))
    if not _COLOUR.fullmatch(form.accent.lower()):
        found.append(FieldError("accent", "INVALID_COLOUR", _("This is not a colour.")))
    for name in ("website", "privacy_url"):
        address = getattr(form, name).strip()
        if address and not _is_address(address):
            message = _("An address begins with https:// or http://.")
            found.append(FieldError(name, "INVALID_ADDRESS", message))
    origins = origins_of(form.allowed_origins)
    odd = next((origin for origin in origins if not _is_origin(origin)), None)
    if odd is not None or len(origins) > MOST_ORIGINS:
        message = _("One address a line, for example https://www.example.de, ten at most.")
        found.append(FieldError("allowed_origins", "INVALID_ORIGIN", message))
    if set(languages_of(form)) - set(LANGUAGES):
        found.append(FieldError("languages", "UNKNOWN", _("Please choose from the list.")))
    return found


def languages_of(form: ProfileForm) -> list[str]:
    """In our order. German stays: it is what a workshop's own texts are written in."""
    typed = {form.languages} if isinstance(form.languages, str) else set(form.languages)
    chosen = (typed | {text.DEFAULT}) - {""}
    return sorted(chosen, key=lambda one: (LANGUAGES.index(one) if one in LANGUAGES else 99, one))


async def edit(db: Db, profile: Profile, form: ProfileForm) -> None:
    """Take over what was typed. Raises `Invalid` with one error for each field."""
    if faults := faults_of(form):
        raise Invalid(errors=faults)
    for name in ("name", "street", "postcode", "city", "phone", "email", "website", "about",
                 "directions", "greeting", "assistant_name", "privacy_url"):  # fmt: skip
        setattr(profile, name, getattr(form, name).strip())
    profile.accent = form.accent.lower()
    profile.allowed_origins = origins_of(form.allowed_origins)
    profile.languages = languages_of(form)
    profile.updated_at = clock.now()
    audit.note(db, "profile.edited")


def _is_address(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_origin(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
        rest = parts.path or parts.query or parts.fragment or parts.username
        return _is_address(typed) and not rest and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
