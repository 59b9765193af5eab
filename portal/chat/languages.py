"""In which language a visitor is addressed: workshops offer some, our own sentences have two."""

from portal.kit import text
from portal.tenants.models import Profile


def spoken(profile: Profile, wanted: str) -> str:
    """The wanted language where the workshop offers it, otherwise its first one."""
    short = wanted.split("-", maxsplit=1)[0].lower()
    return short if short in profile.languages else (profile.languages or [text.DEFAULT])[0]


def addressed(locale: str) -> str:
    """The language of the sentences around a chat: all that the widget speaks."""
    return locale if locale in text.GUESTS else ours(locale)


def ours(locale: str) -> str:
    """The language of our own sentences: German or English."""
    return locale if locale in text.LANGUAGES else "en"
