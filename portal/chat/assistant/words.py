"""Reading what people type: folded, without punctuation, and with common typing errors mended."""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from portal.chat.assistant.concepts import concepts_of
from portal.content.folding import folded

LONGEST = 1000
_NOT_WORDS = re.compile(r"[^\w.:/]+|(?<!\d)[.:/]|[.:/](?!\d)")
_HEARD_FROM = 4
_MENDED_FROM = 5
_KNOWN_FROM = 6
_TWO_ERRORS_FROM = 9

FILLER = frozenset(
    folded("""
    ab aber alle alles als also am an auch auf aus bei beim bin bis bist bitte bräuchte brauche da
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
    nachfragen trotzdem sowie deren ansonsten ausserdem übrigens nämlich sogar wohl zwar dabei daran
    darauf drauf drin drum darum danach davor hierfür hier dort dorthin her hin rein raus rüber heut
    wäre wären hätten wärs hättest würdet würds werd werde wirst geworden gewesen worden hattet
    bisschen bissl bisserl bissle kurz schnell dringend unbedingt wirklich total voll richtig
    ziemlich
    relativ fast etwa zirka rund vll vllt evtl eventuell gegebenenfalls ggf bzw beziehungsweise usw
    glaub glaube denke dachte finde mein meint meinte meinst weiss weisst heisst nennt gucken guckt
    schauen schaut seh sehe sehen mag mögen mögt solange solang während bevor nachdem sobald damals
    wegen trotz gegen bisher bislang seitdem innerhalb ausser dazwischen jeder jede jedes jedem
    jeden
    manche einige paar beide beiden andere anderen anderes anderer nächste nächsten nächster
    nächstes
    letzte letzten letzter erste ersten frühestens spätestens früheste früheren frühesten
    baldmöglichst
    zeitnah bald demnächst irgendwann manchmal oft öfter selten nie niemals kein keine keinen keiner
    keinem keinerlei nix nichts garnicht garnix dank lg mfg vg gruss grüsse freundliche freundlichen
    liebe lieber sehr geehrter team info infos auskunft rückmeldung antwort vorab sagt sag schreibe
    schreib schrieb melde gefragt wohne fahre fahr fährt problem problemlos sache ding dings zeug
    teil
    spass hilfe helfen helft komm kommt bring bringe bringt bringen fahren schlimm
    hm hmm äh ähm ach achso tja joa jo jep jup jau nö nee nein sorry entschuldigung verzeihung
    selber selbst alleine zusammen gemeinsam eigene eigenen eigenes ganze ganzen ganzer komplett
    funktioniert klappen klappt stimmt passiert wieso weshalb wohin woher womit wofür worauf welches
    euren ihrerseits meinerseits ned net nich et dat wat mei dei unsre unseren unserem unserer
    allerdings jedenfalls hoffe hoffentlich bräucht brauch hätt könnts mussten musste müsste müssten
    dürfte dürfen konnte konnten sollten daheim zuhause zwei drei vier fünf sechs sieben acht neun
    zehn nehmt nehmen nimmt tage tagen stunde stunden minute minuten

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
    nicht: nich net ned nit nedd niet; nichts: nix nischt nuscht; jetzt: jetz etz itz iatz nu
    schon: scho schoa; auf dem: aufm uffm; auf den: aufn uffn; durch den: durchn; fur ein: furn
    mit dem: mitm mim; kannst du: kannste; hast du: haste; bist du: biste; konnt ihr: konnter konnts
    konnt ihr: kennts kinnts kennter; habt ihr: habter habts hobts habbt; haben sie: hamse hamm ham
    habt: hend hent hebbt; habe: hob heb; seid ihr: seids seits; sind: san sann senn
    ich: ick isch ik; das: dat des dit; was: wat wos wesch; euch: eich enk; und: un
    meinem: meim; mein: mei; auf: uff uf; auch: ooch och aach; geht: jeht goht geiht
    gibt es: gibts jibts gibbet gibs; gut: jut guad guat; ganz: janz; heute: heit heid hut
    morgen: morje moing moang; kostet: kost koscht koschd koschdet kostn kosd; machen: mochn maken
    machen: macha; komme: kimm kumm kumme; kommen: kema kumma kemma; kann: konn
    konnen: kenna kinna; kleine: kloane kloana; zwei: zwoa zwoi zwee; nachste: negschde nagschte
    nachste: naxte nechste nexte; samstag: samstach samschtig; freitag: freidach; montag: mondach
    samstag: samsdach; dienstag: dienstach; mittwoch: middwoch; donnerstag: dunnerstag
    donnerstag: donnerstach; sonntag: sunndag sonntach; wie viel: wieviehl wifil wivil wieveel
    wie viel: wieviel; brauche: brauch brauchad bruch; bitte: bidde bidde biddschon
    etwas: ebbes; jemand: ebber epper; offen: apen; winter: winda
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


_SOUNDS = tuple(
    (re.compile(heard), meant)
    for heard, meant in (
        (r"(.)\1{2,}", r"\1"),
        (r"sch([dt])", "st"),
        (r"schp", "sp"),
        (r"x", "chs"),
        (r"(?<=[bcdfghklmprstwz])n$", "en"),
        (r"(?<=[bcdfghkmnprst])l$", "el"),
        (r"a$", "en"),
        (r"a$", "er"),
        (r"(?<=.)(?:dog|doch|dach|tach|dag)$", "tag"),
        (r"oa", "ei"),
        (r"(?<=.)d", "t"),
        (r"^j", "g"),
        (r"^f", "v"),
        (r"^d", "t"),
        (r"^b", "p"),
        (r"^k(?=[aou])", "c"),
        (r"(erl|le|la|chen|lein)$", ""),
    )
)
"""How a word is spelt by ear or in a dialect: „bremsn“, „wexeln“, „Samschdag“, „jeht“, „Audo“."""


def any_of(phrases: str) -> re.Pattern[str]:
    """One pattern of whole words; each line of `phrases` holds alternatives, divided by `|`."""
    lines = "|".join(line.strip() for line in phrases.strip().splitlines())
    return re.compile(rf"(?<= )(?:{lines})(?= )")


def telling(words: Iterable[str]) -> list[str]:
    """The words that carry the question."""
    return [word for word in words if word not in FILLER and not word.isdigit()]


def _mended(word: str, known: frozenset[str]) -> str:
    """A word that we know stays, and so does one that stands near to none."""
    if len(word) < _HEARD_FROM or word in known or word in FILLER or not word.isalpha():
        return word
    return _meant(word, known)


@lru_cache(maxsize=16384)
def _meant(word: str, known: frozenset[str]) -> str:
    """As it sounds, if that is a word of ours; else the nearest one; else what it may be about."""
    heard = _by_ear(word)
    if found := next((one for one in heard if one in known or one in FILLER), None):
        return found
    if concepts_of(word):
        return word
    near = _nearest(word, known) if len(word) >= _MENDED_FROM else None
    return near or next((one for one in heard if concepts_of(one)), word)


@lru_cache(maxsize=4096)
def _by_ear(word: str) -> tuple[str, ...]:
    """What may be meant, by one or two of the ways in which people write what they hear."""
    once = [pattern.sub(meant, word) for pattern, meant in _SOUNDS]
    once = [one for one in once if one != word and len(one) >= _HEARD_FROM]
    twice = (p.sub(meant, one) for one in once for p, meant in _SOUNDS)
    return tuple(dict.fromkeys((*once, *(one for one in twice if len(one) >= _HEARD_FROM))))


def _nearest(word: str, known: frozenset[str]) -> str | None:
    """A known word one slip away (two in long words) with the same first letter."""
    allowed = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    best: tuple[int, str] | None = None
    for candidate in _by_first_letter(known).get(word[0], ()):
        if abs(len(candidate) - len(word)) > allowed:
            continue
        slips = distance(word, candidate, allowed)
        if slips <= allowed and (best is None or (slips, candidate) < best):
            best = (slips, candidate)
    return best[1] if best else None


@lru_cache(maxsize=512)
def _by_first_letter(known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Of the known words those that are long enough to tell a slip."""
    made: dict[str, list[str]] = {}
    for word in known:
        if len(word) >= _KNOWN_FROM:
            made.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in made.items()}


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
