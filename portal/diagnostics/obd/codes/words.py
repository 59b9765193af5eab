"""Rows of words, `key | German | English`, as all tables of trouble codes hold them."""

from typing import Literal

Language = Literal["de", "en"]
Texts = dict[Language, str]


def read_words(rows: str) -> dict[str, Texts]:
    """One row a line; `{0}` and `{1}` stand for the place of a component."""
    found: dict[str, Texts] = {}
    for row in rows.strip().splitlines():
        key, german, english = row.split(" | ")
        found[key] = {"de": german, "en": english}
    return found
