"""Results of tools in the room that a model has for them: whole items, and how many are missing."""

from typing import Any

import msgspec

LONGEST_TEXT = 1_500
ROOM_FOR_REST = 200


def fitted(result: msgspec.Struct, longest: int) -> str:
    """JSON of at most so many bytes. Lists end early, and `not_shown` counts the rest."""
    whole = msgspec.json.encode(result)
    if len(whole) <= longest:
        return whole.decode()
    facts: dict[str, Any] = _shortened(msgspec.json.decode(whole))
    lists = {name: value for name, value in facts.items() if isinstance(value, list)}
    others = {name: value for name, value in facts.items() if name not in lists}
    shown = others | _first_of(lists, longest - ROOM_FOR_REST - _size(others))
    left = {name: len(items) - len(shown[name]) for name, items in lists.items()}
    more = [f"{count} more {name}" for name, count in left.items() if count]
    if more:
        shown["not_shown"] = f"There are {', '.join(more)}. Ask for them more narrowly."
    return msgspec.json.encode(shown).decode()


def _first_of(lists: dict[str, list[Any]], room: int) -> dict[str, list[Any]]:
    """One of each list in turn, so that a long one leaves something for the others."""
    shown: dict[str, list[Any]] = {name: [] for name in lists}
    waiting = {name: list(items) for name, items in lists.items() if items}
    while waiting:
        for name in list(waiting):
            room -= _size(waiting[name][0]) + 1
            if room < 0:
                return shown
            shown[name].append(waiting[name].pop(0))
            if not waiting[name]:
                del waiting[name]
    return shown


def _shortened(value: Any) -> Any:
    """Texts that are far too long end with „…“."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return f"{value[:LONGEST_TEXT]} …"
    if isinstance(value, list):
        return [_shortened(one) for one in value]
    if isinstance(value, dict):
        return {name: _shortened(one) for name, one in value.items()}
    return value


def _size(value: Any) -> int:
    return len(msgspec.json.encode(value))
