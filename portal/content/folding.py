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
    plain = "".join(letter for letter in lower if not unicodedata.combining(letter))
    return _DIGRAPHS.sub(lambda found: found[0][0], plain)
