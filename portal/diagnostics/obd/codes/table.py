"""All codes that ISO/SAE controls, as component × failure, and the words for both."""

from portal.diagnostics.obd import texts_de, texts_en
from portal.diagnostics.obd.trouble_code_table import TABLE

_TEXTS = {"de": texts_de, "en": texts_en}


def text_of(code: str, language: str) -> str | None:
    """`P0171` → „Gemisch Bank 1: zu mager“, None for a code that the tables do not hold."""
    entry = TABLE.get(code)
    if entry is None:
        return None
    texts = _TEXTS[language]
    component = texts.COMPONENTS[entry.component].format(*entry.place)
    return f"{component}: {texts.FAILURES[entry.failure]}"


def is_reserved(code: str) -> bool:
    """Whether public lists call the code reserved."""
    entry = TABLE.get(code)
    return entry is not None and entry.failure == "reserved"
