"""Every language of visitors says all of it, with the same places to fill."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from portal.bookings.calendar import _STATES, LOCAL_HOLIDAYS, holidays_of
from portal.kit.text import GUESTS

ROOT = Path(__file__).parents[2]
PARTS = json.loads((ROOT / "widget/src/strings.json").read_text())
ENGLISH = {key: text for part in PARTS.values() for key, text in part.items()}
AROUND = ("portal/chat/widget_config.py",)
"""Where the server's own sentences for every visitor stand; opening hours are said beside."""
OPEN = {
    "We are open until %(time)s today.",
    "We are closed at the moment.",
    "We are closed at the moment and open again %(day)s at %(time)s.",
    "today (%(weekday)s)",
    "tomorrow (%(weekday)s)",
    "on %(weekday)s, %(date)s,",
}
FEASTS = {
    name
    for state in (*_STATES, "")
    for name in holidays_of(state, 2026, "en", tuple(LOCAL_HOLIDAYS)).values()
}
"""By their English names, which the package `holidays` gives: no text of ours."""


def catalogue(locale, name):
    path = ROOT / f"locales/{locale}/LC_MESSAGES/{name}.po"
    return read_po(BytesIO(path.read_bytes()), locale=locale)


@pytest.mark.parametrize("locale", ["de", *GUESTS])
def test_the_widget_is_complete(locale):
    found = {m.context: (m.id, m.string) for m in catalogue(locale, "widget") if m.id}
    assert found.keys() == ENGLISH.keys()
    stale = {key for key, (english, _said) in found.items() if english != ENGLISH[key]}
    empty = {key for key, (_english, said) in found.items() if not said.strip()}
    odd = {
        key
        for key, (english, said) in found.items()
        if sorted(re.findall(r"\{\w+\}", said)) != sorted(re.findall(r"\{\w+\}", english))
    }
    assert (stale, empty, odd) == (set(), set(), set())


@pytest.mark.parametrize("locale", GUESTS)
def test_what_the_server_says_around_a_chat_is_complete(locale):
    wanted = {
        message[1]
        for path in AROUND
        for message in extract_from_file("python", str(ROOT / path), keywords={"_": None})
    } | OPEN
    found = {m.id: m.string for m in catalogue(locale, "guests") if m.id}
    assert found.keys() >= wanted
    ours = {m.id for m in catalogue("de", "portal") if m.id} | FEASTS
    assert found.keys() - ours == set(), "said nowhere any more"
    assert found.keys() == {m.id for m in catalogue("tr", "guests") if m.id}
    for english, said in found.items():
        if isinstance(english, tuple):
            # Arabic has a word of its own for none, for one and for two of something.
            counted = said[3:] if locale == "ar" else said
            assert all("%(num)s" in form for form in counted)
            continue
        assert sorted(re.findall(r"%\((\w+)\)", said)) == sorted(re.findall(r"%\((\w+)\)", english))
