"""Reading what people type: folded, without punctuation, and with common typing errors mended."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from portal.content.folding import folded

LONGEST = 1000
_NOT_WORDS = re.compile(r"[^\w.:/]+|(?<!\d)[.:/]|[.:/](?!\d)")
_MENDED_FROM = 5
_KNOWN_FROM = 6
_TWO_ERRORS_FROM = 9

FILLER = frozenset(
    folded("""
    aber alle alles als also am an auch auf aus bei beim bin bis bist bitte bräuchte brauche da
    dafür damit dann darf das dass davon dazu dem den denn der des deshalb dich die dies diese
    diesem diesen dieser dir doch du durch ein eine einem einen einer eines er es etwas euch euer
    eure eurem euren eurer für gar geht gern gerne gibt gibts habe haben habt hab hat hätte ich
    ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jetzt kann kannst können könnte könnten
    könnt lassen machen macht man mal mehr mein meine meinem meinen meiner mich mir mit möchte
    möglich müssen muss nach nein nicht noch nun nur ob oder ohne schon sehr sein seid sich sie
    sind so soll sollte um und uns unser unter vielleicht vom von vor wann war was weil welche
    welchen welcher wenn wer werden wie wieder will wir wird wo wollen wollte wollt würde zu zum
    zur zwischen eigentlich eben einfach echt okay ok super gut tag auto autos wagen fahrzeug kfz
    pkw werkstatt frage fragen wissen sagen hallo machst bieten bietet anbieten angeboten tun
    sprechen vorn vorne hinten genau ungefähr circa ca bekomme bekommen kriege kriegen neue neuen
    neuer komme kommen falls sonst immer alter alten per ganz reparieren repariert reparatur
    prüfen prüft wechseln wechselt tauschen tauscht beachten erklären seit monat monate monaten
    jahr jahre jahren woche wochen nehmen nimmt uhr bitten erzählen n nen ne ner nem m is ma halt
    eh digga alter bro ey yo moin servus gerade grad hey leute jemand irgendwie irgendwo irgendwas
    mitteilung mitteilen teilen herren damen geehrte hochachtungsvoll komma fragezeichen punkt
    nachfragen trotzdem sowie deren

    a about also am an and any anyone are as at be been but by can could did do does for from get
    had has have how i if in is it its just like may me my need no not of on or our please so some
    tell than that the their them then there they this to too up us want was we what when where
    which who will with would you your car vehicle garage workshop question know offer hi hello
    im i m id ill s t d ll re ve repair fix check replace new old front rear should lot much
    very many
    """).split()
)


_SPOKEN = {
    said: meant
    for line in """
    nicht: nich net ned nit ned; nichts: nix; jetzt: jetz etz; schon: scho; auf dem: aufm
    auf den: aufn; durch den: durchn; fur ein: furn; mit dem: mitm mim; kannst du: kannste
    hast du: haste; bist du: biste; habt ihr: habter habts; konnt ihr: konnter konnts
    haben sie: hamse; ich: ick isch; das: dat des; was: wat wos; euch: eich; und: un
    meinem: meim; mein: mei
    """.strip().splitlines()
    for meant, group in (pair.split(":") for pair in line.strip().split(";"))
    for said in group.split()
    for meant in [meant.strip()]
}
"""What is heard in the street, as it is written."""


def plain(text: str, vocabulary: Collection[str] = ()) -> str:
    """` was kostet ein olwechsel `: folded words between blanks, near misses mended.

    Points, colons and slashes stay inside numbers, so that dates and times survive.
    """
    words = _NOT_WORDS.sub(" ", folded(text[:LONGEST])).split()
    known = frozenset(vocabulary)
    return f" {' '.join(_SPOKEN.get(word) or _mended(word, known) for word in words)} "


def any_of(phrases: str) -> re.Pattern[str]:
    """One pattern of whole words; each line of `phrases` holds alternatives, divided by `|`."""
    lines = "|".join(line.strip() for line in phrases.strip().splitlines())
    return re.compile(rf"(?<= )(?:{lines})(?= )")


def telling(words: Iterable[str]) -> list[str]:
    """The words that carry the question."""
    return [word for word in words if word not in FILLER and not word.isdigit()]


def _mended(word: str, known: frozenset[str]) -> str:
    if len(word) < _MENDED_FROM or word in known or word in FILLER or not word.isalpha():
        return word
    return _nearest(word, known) or word


@lru_cache(maxsize=4096)
def _nearest(word: str, known: frozenset[str]) -> str | None:
    """A known word one slip away (two in long words) with the same first letter."""
    allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    best: tuple[int, str] | None = None
    for candidate in known:
        if candidate[0] != word[0] or abs(len(candidate) - len(word)) > allowed:
            continue
        if len(candidate) < _KNOWN_FROM:
            continue
        slips = distance(word, candidate, allowed)
        if slips <= allowed and (best is None or (slips, candidate) < best):
            best = (slips, candidate)
    return best[1] if best else None


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words (letter missing, added, wrong, two swapped); `most` + 1 above."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
