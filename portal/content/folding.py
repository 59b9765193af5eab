"""One spelling for „Öl“, „Oel“ and „ol“, so that each finds the others."""

import re
import unicodedata

_DIGRAPHS = re.compile(r"ae|oe|(?<![aeq])ue")


def folded(text: str) -> str:
    """Lower case, no accents, `ae`/`oe`/`ue` as their single vowel, `ß` as `ss`.

    `Dauer`, `neue` and `bequem` keep their `ue`; a word that loses one by accident (`aktuell`)
    loses it on both sides of a comparison.
    """
    lower = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    return _DIGRAPHS.sub(lambda found: found[0][0], lower.translate(_WITHOUT_ACCENTS))


class _WithoutAccents(dict[int, int | None]):
    """For `str.translate`, which walks a text much faster than a loop; learns as letters come."""

    def __missing__(self, letter: int) -> int | None:
        kept = None if unicodedata.combining(chr(letter)) else letter
        self[letter] = kept
        return kept


_WITHOUT_ACCENTS = _WithoutAccents()
