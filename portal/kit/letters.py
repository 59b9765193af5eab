"""A letter by mail: one content for its plain and its laid-out part (`kit/letter.html`)."""

import msgspec

from portal.kit.text import _


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """The same for the plain and the laid-out part of a mail. `facts`: (name, value)."""

    subject: str
    title: str
    greeting: str
    opening: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    action: tuple[str, str] | None = None
    closing: tuple[str, ...] = ()
    terms: str = ""
    sender: tuple[str, ...] = ()


def plain(letter: Letter) -> str:
    """The letter as text, with a blank line between its parts."""
    parts = [letter.greeting, *letter.opening]
    if letter.facts:
        parts.append("\n".join(f"{name}: {value}" for name, value in letter.facts))
    if letter.action:
        parts.append(f"{letter.action[0]}:\n{letter.action[1]}")
    parts += letter.closing
    parts.append("\n".join([_("Kind regards"), *letter.sender]))
    if letter.terms:
        parts.append(f"-- \n{letter.terms}")
    return "\n\n".join(parts) + "\n"
