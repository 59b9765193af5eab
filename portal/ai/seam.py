"""Where a second voice goes on: what it repeats of the first one is cut off. Pure.

A model that is asked to go on behind „Wir haben Monta“ may begin with „Montag“, with „Wir haben
Montag“ or with „ bis Freitag“; the reader shall see one sentence.
"""

LONGEST_REPEATED = 2000
"""Characters of the first voice in which a repetition is looked for."""
LEAST_REPEATED = 8
"""So many in the middle of what was said are a repetition and no coincidence."""


def handed_over(said: str) -> str:
    """What the second voice is told that it said: whole words only, the last may be cut."""
    cut = max(said.rfind(mark) for mark in (" ", "\n"))
    return said[: cut + 1] if cut >= 0 else ""


class Seam:
    """Takes the second voice piece by piece; holds it back until it is clear what it repeats."""

    def __init__(self, said: str) -> None:
        self._said = said[-LONGEST_REPEATED:]
        self._from_start = said
        self._word = said[len(handed_over(said)) :]
        self._held = ""
        self._is_open = bool(said)

    def push(self, piece: str) -> str:
        if not self._is_open:
            return piece
        self._held += piece
        if self._may_still_repeat():
            return ""
        return self.finish()

    def finish(self) -> str:
        """What is left of what was held."""
        if not self._is_open:
            return ""
        self._is_open = False
        return self._joined(self._held)

    def _may_still_repeat(self) -> bool:
        """All that came so far stands in what was said, or is the beginning of the cut word."""
        start = self._held.lstrip()
        return not start or (
            len(start) < len(self._from_start)
            and (self._from_start.startswith(start) or self._said.find(start) >= 0)
        )

    def _joined(self, text: str) -> str:
        start = text.lstrip()
        repeated = self._repeated(start)
        if repeated:
            return start[repeated:]
        needs_blank = (
            self._word and start and start[0].isalnum() and not text[:1].isspace()
        ) or False
        return f" {text}" if needs_blank else text

    def _repeated(self, start: str) -> int:
        """How many characters at the start were said already."""
        if self._from_start and start.startswith(self._from_start):
            return len(self._from_start)
        for length in range(min(len(start), len(self._said)), 0, -1):
            is_word = length >= max(len(self._word), 1) if self._word else length >= LEAST_REPEATED
            if is_word and self._said.endswith(start[:length]):
                return length
        return 0
