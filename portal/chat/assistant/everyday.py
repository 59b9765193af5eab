"""How people put it at home, and what it is called in a workshop's frequent questions.

„Schlüssel reinschmeißen“ asks for the key box, „durchn TÜV gerasselt“ for the re-test. Both sides
are folded words; the right one is what is looked for then. A pattern stands for a class of
sentences (who does what with which thing), never for one of them.
"""

import re

from portal.chat.assistant.words import any_of

_LATE = r"(?:nachts?|abends?|nacht|spat\w*|fruh|morgens fruh|sonntags?|feierabend|nach \d+|vor \d+)"
_LEAVE = (
    r"(?:hinstell\w*|abstell\w*|abgeb\w*|hinbring\w*|bring\w*|vorbeibring\w*|dalass\w*|"
    r"parken|stell\w*)"
)
_DROP = r"(?:\w*(?:werf|schmeiss|steck)\w*|dalass\w*|hinterleg\w*|deponier\w*|abgeb\w*)"
_HIT = r"(?:\w*gefahren|\w*gekracht|\w*gerauscht|\w*gerammt|\w*geknallt|gecrasht)"
_FAIL = (
    r"(?:durch(?:gefallen|gekommen|gelassen|gewunken|gerasselt|gerauscht)|gefallen|gerasselt|geflogen|"
    r"bestanden|gekriegt|gekommen|abgelehnt|bemangelt|beanstandet|verweigert)"
)
_START = r"(?:springt|geht|startet|zundet)"

_ENGLISH_LATE = r"(?:nights?|late|evenings?|after hours|weekends?|after work)"

EVERYDAY: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        any_of(rf"""
        schlussel (\w+ ){{0,4}}({_DROP}|\w*(schlitz|kasten|tresor|einwurf))
        {_LATE} (\w+ ){{0,5}}{_LEAVE}
        {_LEAVE} (\w+ ){{0,5}}(nachts?|abends?|sonntags|feierabend)
        (ausserhalb|nach feierabend|wenn (\w+ ){{0,4}}zu (habt|ist)) (\w+ ){{0,4}}{_LEAVE}
        """),
        "schlusselkasten schlusselbriefkasten",
    ),
    (
        any_of(rf"""
        {_LATE} (\w+ ){{0,8}}(abholen|holen)|(abholen|holen) (\w+ ){{0,4}}{_LATE}
        (erst|nach|gegen|um) (\w+ )?(1[6-9]|2[0-3]) (\w+ ){{0,8}}(abhol\w*|an mein|ran|raus)
        """),
        "schlusseltresor abends abholen",
    ),
    (
        any_of(rf"""
        (tuv|hu|hauptuntersuchung) (\w+ ){{0,4}}{_FAIL}|{_FAIL} (\w+ ){{0,3}}(tuv|hu)
        (keine|nicht die) (\w+ ){{0,2}}plakette|nachprufung|nachuntersuchung|mangelbericht
        (mangel|mangeln|mangelliste) (\w+ ){{0,4}}(tuv|hu|prufer|dekra)
        """),
        "durchgefallen nachprufung",
    ),
    (
        any_of(rf"""
        (mir|uns|meinem|meiner|mein) (\w+ ){{0,5}}{_HIT}|(einer|jemand|wer) (\w+ ){{0,4}}{_HIT}
        auffahrunfall|blechschaden|parkrempler|wildschaden|wildunfall|fahrerflucht
        """),
        "unfall versicherung unfallschaden",
    ),
    (
        any_of(rf"""
        {_START} (\w+ ){{0,3}}(nicht|nich|nimmer|net|ned|nit|nix) (\w+ )?(mehr )?(an|los)?(?= )
        lieg\w* ?geblieben|bleib\w* liegen|steh\w* (\w+ ){{0,4}}(panne|strasse|parkplatz|autobahn)
        anlasser (\w+ ){{0,3}}(klickt|dreht|tot)|abschlepp\w*|starthilfe|orgelt
        """),
        "panne pannendienst springt nicht an",
    ),
    (
        any_of(r"""
        (brauch\w*|muss|mussen|pflicht|wann) (?!\w* ?(\d|neue|satz|vier))(\w+ ){0,4}winterreifen
        (brauch\w*|muss|mussen|pflicht|wann) (\w+ ){0,4}(winterrader|winterpneus)
        (winterreifen|winterrader) (\w+ ){0,2}pflicht|ohne winterreifen
        (mit|auf) (\w+ )?sommerreifen (\w+ ){0,4}(fahren|erlaubt|strafe)
        """),
        "winterreifenpflicht",
    ),
    (
        any_of(r"(ersatz|leih|miet|werkstatt)(auto|wagen|karre|fahrzeug)s?"),
        "ersatzwagen leihwagen",
    ),
    (
        any_of(r"""
        was (\w+ ){0,3}(inspektion|durchsicht|wartung) (\w+ ){0,3}(drin|dabei|gemacht|enthalten)
        """),
        "inspektion umfang enthalten",
    ),
    (
        any_of(rf"""
        (drop|leave|collect|pick) (\w+ ){{0,6}}{_ENGLISH_LATE}|leave (\w+ ){{0,3}}keys?
        """),
        "drop off collect car outside opening hours",
    ),
)


def also_said(words: str) -> str:
    """What `words` (from `words.plain`) ask for, in a workshop's words; empty when in none."""
    return " ".join(said for pattern, said in EVERYDAY if pattern.search(words))
