"""Lets a stream of tokens through, and holds back whatever could become a refused claim.

A sentence can be refused only if it contains a *trigger*: a word such as „gebucht“ or „confirm“,
a digit, a currency, a number word, a link. So tokens pass at once up to the first trigger of
their sentence, and a tail that may be the beginning of one („… ist ge“) waits for the next token.
From the trigger on everything waits for the end of the sentence, is judged there as a whole, and
leaves or is replaced. What has already left of a refused sentence contains no trigger: it is no
claim („Ihr Termin am “), and the honest sentence follows it.

Why not sentence by sentence: the first words would arrive a whole sentence late. Why not token by
token with a check behind: a claim that was read cannot be taken back. Here the usual opening
(„Gerne helfe ich Ihnen …“) passes without delay, and no claim can ever be completed.
"""

import re
from bisect import bisect_left

from portal.chat.assistant.amounts import CURRENCIES, NUMBER_WORDS
from portal.chat.assistant.claims import TRIGGERS
from portal.chat.assistant.guard import Guard, Violation
from portal.chat.assistant.rules import recites_rules
from portal.chat.assistant.sight import Sight, seen, unveiled
from portal.chat.assistant.word_trees import pattern_of

LONGEST_SENTENCE = 400
LONGEST_REPLY = 4000
CONTEXT = 300
LONGEST_END = 8

_LITERALS = (
    *TRIGGERS,
    *(seen(word)[0] if word.startswith(" ") else seen(word)[0][1:] for word in NUMBER_WORDS),
    *(seen(word)[0] if word.startswith(" ") else seen(word)[0][1:] for word in CURRENCIES),
    "[",
    "<",
    "http",
    "www.",
    "ftp:",
    "data:",
    "javascript:",
)
_TRIGGER = re.compile("|".join([pattern_of(_LITERALS), r"\d", r"(?:(?<=\W)\w[ .\-·]){4}"]))
_PREFIXES = frozenset(
    literal[:length] for literal in _LITERALS for length in range(1, len(literal))
) - {" "}
LONGEST_LITERAL = max(len(literal) for literal in _LITERALS)
_END = re.compile(r"(?:(?:(?<=[^\W\d][^\W\d])|(?<=[€$%)]))\.|[!?…])[)\"“»”’*_]*(?=\s)|\n")


class Gate:
    """For one reply: `push` each token, `finish` at the end; both return what may leave now.

    After a violation nothing more passes, and `violation` says which it was.
    """

    def know(self, guard: Guard) -> None:
        """A tool has found something: from here on more may be said."""
        self._guard = guard

    def __init__(self, guard: Guard) -> None:
        self.violation: Violation | None = None
        self._guard = guard
        self._before = ""
        self._length = 0
        self._begin("")

    @property
    def is_closed(self) -> bool:
        return self.violation is not None or self._length >= LONGEST_REPLY

    def push(self, token: str) -> str:
        if self.is_closed:
            return ""
        self._take(unveiled(token))
        leaving = []
        while (end := self._end()) and self.violation is None:
            leaving.append(self._close(end))
        if self.violation is None:
            leaving.append(self._pass_safe_part())
        return self._counted("".join(leaving))

    def finish(self) -> str:
        if self.violation is not None:
            return ""
        return self._counted(self._close(len(self._sentence)))

    def _begin(self, rest: str) -> None:
        """A new sentence; nothing of it has left, nothing is known to be held."""
        self._sentence, self._left, self._is_held = "", 0, False
        self._read = self._scanned = 0
        self._sight = Sight()
        self._take(rest)

    def _take(self, text: str) -> None:
        self._sentence += text
        if not self._is_held:
            self._sight.add(text)

    def _end(self) -> int:
        """Where the first complete sentence ends, 0 when none is complete."""
        if found := _END.search(self._sentence, max(0, self._read - LONGEST_END)):
            return found.end()
        self._read = len(self._sentence)
        return LONGEST_SENTENCE if len(self._sentence) > LONGEST_SENTENCE else 0

    def _close(self, end: int) -> str:
        sentence, rest = self._sentence[:end], self._sentence[end:]
        held = sentence[self._left :]
        plain = self._plain_of(sentence)
        self.violation = self._judge(sentence, plain)
        if self.violation is not None:
            return self._correction(sentence)
        self._before = (self._before + plain)[-CONTEXT:]
        self._begin(rest)
        return self._guard.linked(held) if held else ""

    def _judge(self, sentence: str, plain: str) -> Violation | None:
        """Without a trigger a sentence can claim nothing; it may still recite the rules."""
        if self._is_held or _TRIGGER.search(plain):
            return self._guard.judge_seen(sentence, plain, self._before)
        return Violation.RULES if recites_rules(plain, self._before) else None

    def _plain_of(self, sentence: str) -> str:
        """What is known of its plain spelling already, as far as the sentence goes."""
        if self._is_held:
            return seen(sentence)[0]
        sight = self._sight
        return sight.plain[: max(1, bisect_left(sight.origins, len(sentence), 1))]

    def _correction(self, sentence: str) -> str:
        honest = self._guard.instead_of(self.violation or Violation.BOOKING)
        if self._left and sentence[: self._left].strip():
            return f" … {honest}" if not sentence[: self._left][-1].isspace() else f"… {honest}"
        return honest

    def _pass_safe_part(self) -> str:
        """Up to the first trigger, or to a tail that may become one; once held, always held."""
        if self._is_held:
            return ""
        plain, origins = self._sight.plain, self._sight.origins
        if found := _TRIGGER.search(plain, max(0, self._scanned - LONGEST_LITERAL)):
            safe, self._is_held = origins[found.start()], True
        else:
            waiting = _tail_that_may_become_trigger(plain)
            safe = origins[len(plain) - waiting] if waiting else len(self._sentence)
            self._scanned = len(plain)
        if safe <= self._left:
            return ""
        passing, self._left = self._sentence[self._left : safe], safe
        return passing

    def _counted(self, text: str) -> str:
        self._length += len(text)
        return text


def _tail_that_may_become_trigger(plain: str) -> int:
    for length in range(min(LONGEST_LITERAL - 1, len(plain)), 0, -1):
        if plain[-length:] in _PREFIXES:
            return length
    return 0
