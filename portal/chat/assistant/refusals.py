"""What visitors say they do not want: „nicht Öl, nur Räder“, „brauche keinen Termin“."""

import re

_MAY_REFUSE = re.compile(r" (?:nicht|kein|ohne|statt|anstatt|not|no|without|instead)")
_APPOINTMENT = re.compile(
    r"(?<= )(?:(?:brauche?|will|mochte|wollte|benotige|need|want) (?:\w+ )?)"
    r"(?:kein\w{0,2}|no) (?:termine?|appointment) |(?<= )ohne termin "
)
_SERVICE = re.compile(
    r"(?<= )(?:(?:anstatt|statt|instead of) (?:\w+ )|"
    r"(?:nicht|kein\w{0,2}|ohne|not|no|without) (?!nur )(?:\w+ ){1,3}?"
    r"(?=(?:sondern|nur|lieber|just) ))"
)


def without_refused_appointment(words: str) -> str:
    """`words` (from `words.plain`) without an appointment that is not wanted."""
    return _APPOINTMENT.sub("", words) if _MAY_REFUSE.search(words) else words


def without_refused_services(words: str) -> str:
    """The same without the work that somebody else's work stands for."""
    return _SERVICE.sub("", words) if _MAY_REFUSE.search(words) else words
