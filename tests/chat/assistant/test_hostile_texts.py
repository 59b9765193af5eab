"""Texts made to keep a pattern busy: they are judged in the event loop, so none may take long."""

import importlib
import pkgutil
import re

import pytest

from portal.chat import assistant

LONG = 4000


def patterns():
    """Every pattern of the assistant, wherever it stands."""
    for module in pkgutil.iter_modules(assistant.__path__):
        names = vars(importlib.import_module(f"{assistant.__name__}.{module.name}"))
        for name, value in names.items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def test_the_assistants_patterns_are_found():
    assert len(dict(patterns())) > 10


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    [
        "[a](" * LONG,
        "![](" * LONG,
        "[a](" + " " * LONG,
        "<" * LONG,
        "9" * LONG,
        "1.000" * LONG,
        "1 000 " * LONG,
        "kostet " * LONG,
        "kostet" + " " * LONG + "x",
        "kostet" + " a" * LONG,
        "a@" * LONG,
        "a." * LONG + "@",
        "+49" + "1" * LONG,
        "0171-" * LONG,
        "DE" + "12 " * LONG,
        "B-" * LONG,
        "termin ist " * LONG,
        "http://" + "a." * LONG,
        " " * LONG,
        "\n" * LONG,
    ],
)
def test_no_text_keeps_the_assistant_busy(text):
    for _name, pattern in patterns():
        pattern.sub("", text)
