"""Whether a visitor has said a name, a number or an address: whole, and not as part of another."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from portal.vehicles.search_keys import phone_key

_DIGIT = re.compile(r"\d")
_TIME = re.compile(r"\b\d{1,2}(?:[:.]\d{2})?\s*(?:Uhr\b|h\b)|\b\d{1,2}:\d{2}\b", re.IGNORECASE)
_RUN = re.compile(r"[+(]*\d(?:[\d \t\u00a0/().+-]*\d)?")
_BEGINS = re.compile(r"(?<=[ \t\u00a0])(?=\(?(?:\+|0))")
"""Where a number may begin behind digits that are none of it, as in „B-KF 1234 0171 2345678“."""
TOGETHER = 3
SAME_END = 4
MOST_LIKE_IT = 50
"""Numbers with the same end that are looked at, the newest message first."""


def has_name(name: str, said: Sequence[str]) -> bool:
    """All its words in a row, however they are written."""
    words = re.findall(r"\w+", name.casefold())
    in_a_row = r"[\W_]+".join(map(re.escape, words))
    whole = re.compile(rf"(?<!\w){in_a_row}(?!\w)")
    return bool(words) and any(whole.search(text.casefold()) for text in said)


def has_mail(address: str, said: Sequence[str]) -> bool:
    """To the letter: mail to a similar address reaches somebody else."""
    whole = rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)"
    return any(re.search(whole, text, re.IGNORECASE) for text in said)


def has_phone(number: str, said: Sequence[str]) -> bool:
    """As it is dialled from here: 0171 2345678 is +49 171 2345678, and no part of a longer one."""
    key = phone_key(number)
    if key is None:
        return False
    found = (one for text in reversed(said) for one in _numbers_in(text, key[-SAME_END:]))
    return any(phone_key(one) == key for one in islice(found, MOST_LIKE_IT))


def _numbers_in(text: str, end: str) -> Iterator[str]:
    """What may be a number that ends so, each up to where another one may begin."""
    plain = _TIME.sub(";", _DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text))
    for run in _RUN.findall(plain):
        pieces = _BEGINS.split(run)
        for first in range(len(pieces)):
            for last in range(first + 1, min(first + TOGETHER, len(pieces)) + 1):
                found = "".join(pieces[first:last])
                if re.sub(r"\D", "", found).endswith(end):
                    yield found
