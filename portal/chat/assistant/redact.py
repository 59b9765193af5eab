"""What identifies somebody becomes a token before a model reads it, and is put back afterwards.

A token is the same for the same thing as long as the conversation lasts, because it is derived
from it and from the conversation: nothing has to be stored, and the model can tell two people
apart. What a model never saw it can neither repeat to others nor leave in a trace.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from portal.vehicles import plate as plates
from portal.vehicles.plate_districts import DISTRICTS

SHORTEST_NAME = 3
LONGEST_TOKEN = 24
_TOKEN = re.compile(
    r"\[ ?(NAME|MAIL|TELEFON|KENNZEICHEN|VIN|IBAN)_([A-Z2-7]{4}) ?\]", re.IGNORECASE
)
_BEGUN = re.compile(r"\[[ A-Z2-7_]{0,22}$", re.IGNORECASE)

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_VIN = re.compile(r"\b(?=[A-HJ-NPR-Z0-9]*\d)[A-HJ-NPR-Z0-9]{17}\b", re.IGNORECASE)
_PLATE = re.compile(
    r"\b[A-ZÄÖÜ]{1,3}-[A-ZÄÖÜ]{1,2}[ -]?[1-9]\d{0,3}[EH]?\b|\b[A-ZÄÖÜ]{1,3}-[1-9]\d{2,4}\b",
    re.IGNORECASE,
)
_BARE_PLATE = re.compile(
    r"\b[A-ZÄÖÜ]{1,3} [A-ZÄÖÜ]{1,2} ?[1-9]\d{0,3}[EH]?\b|\b[A-ZÄÖÜ]{3,5}[1-9]\d{1,3}[EH]?\b"
)
_TELEPHONE = re.compile(r"(?<![\w.,])(?:\+|00?)[1-9][\d /().-]{5,40}\d")
_WORD = r"[A-ZÄÖÜÀ-ÞŁŚŻŹĆŃÇĞİŞА-ЯЇІЄҐ][\w'’-]{1,30}"
_SAYS_NAME = re.compile(
    r"(?:\b[Mm]ein [Nn]ame ist|\b[Mm]ein [Nn]ame:?|\b[Ii]ch hei(?:ß|ss)e|\bN(?:ame|AME):|"
    r"\b[Mm]y name is|\bI am called|\bAd[ıi]m|\b[Ii]smim|\b[Nn]azywam si[ęe]|\b[Mm]am na imi[ęe]|"
    r"[Мм]ен[яе] (?:зовут|звати)|[Мм]о[её] имя|[Мм]оє ім'я|[Ii]ch bin (?:der |die )?(?:Herr|Frau))"
    rf"[ :]{{1,3}}((?:(?:Herr|Frau|Dr\.|Prof\.) )?{_WORD}(?: {_WORD}){{0,2}})|"
    r"(?:اسمي|إسمي) ((?:\w{2,20})(?: \w{2,20})?)"
)
_MAY_SAY_NAME = re.compile(
    r"name|hei(?:ß|ss)e|bin (?:der |die )?(?:Herr|Frau)|called|ad[ıi]m|ismim|nazywam|imi[ęe]|зовут|"
    r"звати|им[яе]|ім'я|سمي",
    re.IGNORECASE,
)
"""Looked for first: it costs a tenth."""
_TITLED = re.compile(
    r"\b(?:Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?|Familie|Pani?|Пан|Г-н) (?:Dr\. )?"
    rf"({_WORD}(?:[ -]{_WORD})?)"
)
_SIGNED = re.compile(
    rf"(?:[Gg]r(?:uß|uss|üße|uesse)|MfG|LG|VG|[Rr]egards)[,!]?\s{{1,3}}({_WORD}(?: {_WORD})?)\s*$"
)


class Redaction:
    """Of one conversation. `names` are known to be the visitor's, `keep` is the workshop's own."""

    def __init__(
        self, conversation_id: UUID, names: Iterable[str] = (), keep: Iterable[str] = ()
    ) -> None:
        self.values: dict[str, str] = {}
        self._salt = conversation_id.bytes
        self._names = sorted({part for name in names for part in _parts(name)}, key=len)[::-1]
        self._named = _any_of(self._names) if self._names else None
        self._keep = frozenset(_bare(value) for value in keep if value)

    def hide(self, text: str) -> str:
        """The text with tokens for mail addresses, accounts, VINs, plates, phones and names."""
        for pattern, kind in ((_MAIL, "MAIL"), (_IBAN, "IBAN"), (_VIN, "VIN")):
            text = pattern.sub(self._as(kind), text)
        text = _PLATE.sub(self._as("KENNZEICHEN"), text)
        text = _BARE_PLATE.sub(self._plate, text)
        text = _TELEPHONE.sub(self._as("TELEFON"), text)
        return self._without_names(text)

    def restore(self, text: str) -> str:
        """What was hidden is put back; a token that nobody gave out goes."""
        return _TOKEN.sub(
            lambda found: self.values.get(found[0].replace(" ", "").upper(), ""), text
        )

    def _without_names(self, text: str) -> str:
        said = []
        if _MAY_SAY_NAME.search(text):
            said = [name for found in _SAYS_NAME.finditer(text) for name in found.groups() if name]
        said += [found[1] for found in (*_TITLED.finditer(text), *_SIGNED.finditer(text))]
        learned = [part for name in said for part in _parts(name)]
        new = [name for name in dict.fromkeys(learned) if name not in self._names]
        if new:
            self._names = sorted([*self._names, *new], key=len)[::-1]
            self._named = _any_of(self._names)
        return self._named.sub(self._as("NAME"), text) if self._named else text

    def _as(self, kind: str) -> Callable[[re.Match[str]], str]:
        return lambda found: self._token(kind, found[0])

    def _plate(self, found: re.Match[str]) -> str:
        """Words in capitals beside a number look like plates; only a known district makes one."""
        readings = plates.candidates(found[0])
        is_one = bool(readings) and readings[0].district in DISTRICTS
        return self._token("KENNZEICHEN", found[0]) if is_one else found[0]

    def _token(self, kind: str, value: str) -> str:
        if _bare(value) in self._keep:
            return value
        drawn = hashlib.sha256(self._salt + kind.encode() + _bare(value).encode()).digest()
        token = f"[{kind}_{base64.b32encode(drawn).decode()[:4]}]"
        self.values.setdefault(token, value)
        return token


class Restoring:
    """Puts hidden things back into a text that arrives in pieces, also across their borders."""

    def __init__(self, redaction: Redaction) -> None:
        self._redaction = redaction
        self._held = ""

    def push(self, piece: str) -> str:
        text = self._held + piece
        begun = _BEGUN.search(text, max(0, len(text) - LONGEST_TOKEN))
        cut = begun.start() if begun else len(text)
        self._held = text[cut:]
        return self._redaction.restore(text[:cut])

    def finish(self) -> str:
        held, self._held = self._held, ""
        return self._redaction.restore(held)


def redacted(text: str) -> str:
    """For lists that people read: what identified somebody is gone, and only its kind is named."""
    hidden = Redaction(NOBODY).hide(text)
    return _TOKEN.sub(lambda found: f"[{_KINDS[found[1].upper()]}]", hidden)


def _parts(name: str) -> Sequence[str]:
    """The whole name and each of its words, so that „Müller“ alone is found again."""
    words = [word for word in re.split(r"[\s,]+", name.strip()) if len(word) >= SHORTEST_NAME]
    kept = [word for word in words if word not in _TITLES]
    return list(dict.fromkeys([" ".join(kept), *kept])) if kept else []


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    """The longest first, so that a whole name is one token."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w)")


def _bare(value: str) -> str:
    """The same for the same thing written differently."""
    return re.sub(r"[\s/().-]", "", value).lower()


NOBODY = UUID(int=0)
_KINDS = {
    "NAME": "Name",
    "MAIL": "E-Mail",
    "TELEFON": "Telefon",
    "KENNZEICHEN": "Kennzeichen",
    "VIN": "VIN",
    "IBAN": "IBAN",
}
_TITLES = frozenset({"Herr", "Herrn", "Frau", "Dr.", "Prof.", "Familie", "und"})
