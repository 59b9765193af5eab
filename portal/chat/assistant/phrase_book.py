"""What guests say about cars and appointments, word by word in German.

Whatever is understood of a German message is then understood of theirs: „randevumu iptal etmek
istiyorum“ reads „termin absagen möchte“. The words stand in `phrase_book.yaml`. Danger is not
looked up here (`foreign_words`).
"""

import re
from functools import cache
from pathlib import Path

import yaml

from portal.chat.assistant.words import plain
from portal.content.folding import folded

LANGUAGES = ("en", "tr", "pl", "uk", "ru", "ar")
_KEYBOARDLESS = str.maketrans("ıł", "il")
_ARTICLES = r"(?:و|ف)?(?:ال|بال|وال|لل|ب|ل|ك)?"
"""Arabic writes them in front, without a blank."""

FILE = Path(__file__).with_suffix(".yaml")


@cache
def _book(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of everything that is known in a language, the longest first, and its German."""
    german: dict[str, str] = {}
    for meaning, said in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        for beginning in said[language].split(","):
            german.setdefault(_bare(plain(beginning).strip()), folded(meaning))
    longest = sorted(german, key=len, reverse=True)
    articles = _ARTICLES if language == "ar" else ""
    return re.compile(rf"(?<= ){articles}({'|'.join(map(re.escape, longest))})"), german


def in_german(words: str, language: str) -> str:
    """` termin absagen `, for words from `words.plain`; one blank where nothing is known."""
    if language not in LANGUAGES:
        return " "
    pattern, german = _book(language)
    found = dict.fromkeys(german[match[1]] for match in pattern.finditer(_bare(words)))
    return f" {' '.join(found)} " if found else " "


def _bare(words: str) -> str:
    return folded(words).translate(_KEYBOARDLESS)
