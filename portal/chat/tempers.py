"""Anger, told by rule: words, shouting, and exclamation marks. A mark for the team, no verdict."""

import re

from portal.chat.assistant.words import any_of, plain

_ANGRY = any_of(r"""
    beschwer\w*|reklamier\w*|reklamation|unverschamt\w*|frech\w*|abzock\w*|betrug|betrogen|betruger
    wutend|stinksauer|sauer|verarger\w*|argerlich|pfusch\w*|anwalt|verklag\w*|anzeige
    katastroph\w*|unfassbar|enttausch\w*|scheiss\w*|verarsch\w*|inkompetent\w*|saftladen
    nie wieder|unzufrieden|zumutung|reicht (es )?(mir|jetzt)|(mir|jetzt) reichts?( es)?
    unmoglich\w* (service|verhalten|benehmen)|so geht das nicht|schlechte bewertung
    unacceptable|complain\w*|complaint|angry|rip ?off|scam\w*|terrible|awful|worst|furious
    ridiculous|lawyer|never again|dissatisfied
    """)
_MARKS = re.compile(r"!{3,}|\?!{2,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
SHOUTED_WORDS, SHOUTED_SHARE = 3, 0.7


def is_upset(text: str) -> bool:
    """Whether these words sound angry."""
    return bool(_ANGRY.search(plain(text)) or _MARKS.search(text)) or _is_shouted(text)


def _is_shouted(text: str) -> bool:
    """Plates and abbreviations are upper case too: it takes several words."""
    words = _WORD.findall(text)
    loud = [word for word in words if word.isupper() and len(word) > 3]
    return len(loud) >= SHOUTED_WORDS and len(loud) >= SHOUTED_SHARE * len(words)
