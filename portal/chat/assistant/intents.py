"""What visitors want, as one table: a meaning, and the folded words that show it."""

import re
from collections.abc import Iterable
from enum import StrEnum

from portal.chat.assistant import foreign_words
from portal.chat.assistant.words import any_of


class Intent(StrEnum):
    PERSON = "person"
    COMPLAINT = "complaint"
    ABOUT_BOT = "about_bot"
    OFF_TOPIC = "off_topic"
    CHANGE_BOOKING = "change_booking"
    OWN_BOOKING = "own_booking"
    ORDER_STATUS = "order_status"
    HISTORY = "history"
    HOURS = "hours"
    PRICE = "price"
    DURATION = "duration"
    SERVICES = "services"
    BOOKING = "booking"
    ADDRESS = "address"
    CONTACT = "contact"
    ABOUT = "about"
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    CLOSURES = "closures"
    LANGUAGE = "language"
    JOB = "job"
    PRAISE = "praise"
    REPAIR = "repair"
    """Something is broken that has no price in a list."""
    OTHER_TRADE = "other_trade"
    """Work or goods that workshops seldom offer: only a text of the workshop may answer."""
    NOD = "nod"
    """„Ok“, „alles klar“: nothing is wanted."""


TABLE: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (
        Intent.ABOUT_BOT,
        any_of(r"""
        (bist du|sind sie|seid ihr|ist das) (\w+ ){0,3}(mensch|bot|chatbot|roboter)
        (bist du|sind sie|seid ihr|ist das) (\w+ ){0,3}(ki|maschine|computer|echt)
        (hast|kannst|bist) du (\w+ ){0,2}(gefuhl\w*|bewusst\w*|denken|lebendig|traume?\w*)
        (rede ich|spreche ich|schreibe ich) (\w+ ){0,3}(mensch|bot|chatbot|roboter)
        (rede ich|spreche ich|schreibe ich) (\w+ ){0,3}(ki|maschine|computer|echt)
        (are you|am i (talking|speaking) (to|with)|is this) (\w+ ){0,2}(human|bot)
        (are you|am i (talking|speaking) (to|with)|is this) (\w+ ){0,2}(chatbot|robot)
        (are you|am i (talking|speaking) (to|with)|is this) (\w+ ){0,2}(ai|machine|real)
        """),
    ),
    (
        Intent.PERSON,
        any_of(r"""
        mensch(en)?|mitarbeiter\w*|kundenberater\w*|berater\w*
        (echte|richtige)\w* (person|leute)|jemand\w* (\w+ ){0,3}(sprechen|reden|telefonieren)
        (den|dem|der) chefin?|chef|meister sprechen|ruckruf
        ruf\w* (mich|uns|sie mich)( \w+){0,3}|zuruckruf\w*|human|real person|a person
        someone (from|at|in)|(speak|talk) (to|with)|call me( back)?|staff member|representative
        """),
    ),
    (
        Intent.COMPLAINT,
        any_of(r"""
        beschwer\w*|reklamier\w*|reklamation|unverschamt\w*|frechheit|abzock\w*|betrug|betrogen
        sauer|wutend|verargert|argerlich|schlechte\w* (arbeit|service|erfahrung)|pfusch\w*
        verklag\w*|katastroph\w*|unfassbar|enttausch\w*|scheiss\w*|verarsch\w*|inkompetent\w*
        (ihr|sie) (habt|haben) (\w+ ){0,8}(verkratzt|zerkratzt|beschadigt|kaputt\w*|vergessen)
        (keiner|niemand|kein mensch) (\w+ )?(meldet|ruft|antwortet|reagiert)
        (warte|warten) (\w+ ){0,3}(seit|schon) (\w+ ){0,4}(woche\w*|tage\w*|stunde\w*|monat\w*)
        (immer noch|schon wieder) (\w+ ){0,3}(kaputt|defekt|hin|gleiche|selbe)
        schlampig\w*|geschlampt|murks
        (zweite|dritte|vierte)s? mal (\w+ ){0,5}(kaputt|defekt|gleiche|selbe)|(ihr|sie) spinn(t|en)
        (euro|geld) (\w+ )?fur nichts|zumutung|(mir|jetzt) reichts?|reicht (mir|jetzt)
        nie wieder|unzufrieden|saftladen|unmoglich\w* (service|verhalten|benehmen)|unacceptable
        complain\w*|complaint|angry|rip ?off|scam\w*|terrible|awful|worst|furious|disappointed
        ridiculous|useless|unhappy|dissatisfied|not (\w+ ){0,2}(happy|satisfied)
        """),
    ),
    (
        Intent.OFF_TOPIC,
        any_of(r"""
        rezept\w*|kochen|pizza|nudeln|wetter|fussball|bundesliga|gedicht\w*|politik\w*
        bundeskanzler\w*|aktie\w*|bitcoin|krypto\w*|hausaufgabe\w*|programmier\w*|horoskop|lotto
        afd|cdu|spd|partei(en)?|bundestagswahl|landtagswahl|wen (\w+ ){0,3}wahlen|kocht man|backen
        ubersetz\w* (\w+ ){0,4}(brief|text|satz|ins|auf)|schreib\w* (\w+ ){0,3}(aufsatz|bewerbung)
        hauptstadt|liebeslied|kinofilm|recipe\w*|weather|football|soccer|poem|joke|politics
        president|stocks?|homework|write (\w+ ){0,2}code|python|movie|lyrics|capital of
        ignorier\w* (\w+ ){0,3}(anweisung\w*|regeln|vorgaben)
        ignore (\w+ ){0,3}(instructions|rules)|system ?prompt
        (deine|your) (\w+ )?(anweisungen|instructions)|jailbreak|developer mode
        (erzahl|kennst|mach|sag|weisst)\w* (\w+ ){0,5}witz\w*|witze
        lustig\w*|trump|putin|papst|wie alt bist du
        du bist (jetzt|ab sofort|nun)|pretend (to|you)|act as
        """),
    ),
    (
        Intent.CHANGE_BOOKING,
        any_of(r"""
        termin\w* (\w+ ){0,4}(absag\w*|verschieb\w*|stornier\w*)
        termin\w* (\w+ ){0,4}(ander\w*|verleg\w*|umbuch\w*)
        termin\w* (\w+ ){0,6}(schieb\w*|vorzieh\w*|vorverleg\w*|umleg\w*|umplan\w*)
        (muss|mussen|mochte|will|wollte|wurde) (\w+ ){0,4}(absagen|stornier\w*)
        (muss|mussen|mochte|will|wollte|wurde) (\w+ ){0,4}(verschieb\w*|umbuch\w*)
        (schaff\w*|kann|konnen) (\w+ ){0,4}(nicht|doch nicht) (\w+ ){0,3}(termin\w*|kommen)
        termin\w* (\w+ ){0,4}nicht (\w+ ){0,2}(schaff\w*|wahrnehm\w*|einhalten|kommen)
        (bin|sind) (\w+ ){0,3}(krank|verhindert) (\w+ ){0,6}termin\w*
        (absag\w*|verschieb\w*|stornier\w*|verleg\w*) (\w+ ){0,3}termin\w*
        (cancel|move|reschedule|change|postpone) (\w+ ){0,3}(appointment|booking)
        """),
    ),
    (
        Intent.OWN_BOOKING,
        any_of(r"""
        (wann|um wie viel uhr|wo|wie) (\w+ ){0,3}(mein|unser)\w* (termin|buchung)
        wann (war|ist|ware|wars) (\w+ ){0,3}termin(?! frei)
        wann (soll\w*|muss|musste) (ich|wir) (\w+ ){0,3}(kommen|da sein|vorbeikommen|antanzen)
        (habe|hab|haben) (ich|wir) (\w+ ){0,3}termin(e|en)?(?= bei | am | heute | morgen | $)
        (habe|hab|haben) (ich|wir) (schon |bereits |jetzt |einen |denn )*termin
        (ist|wurde|steht) (mein|der|unser) termin (\w+ ){0,3}(bestatigt|gebucht|fix|fest)
        (ist|wurde) (mein|der|unser) termin (\w+ ){0,3}(eingetragen|angekommen|notiert)
        (hat|haben) (\w+ ){0,3}(termin|buchung) (\w+ ){0,2}geklappt|terminnummer|buchungsnummer
        (when is|when s|do (i|we) have) (\w+ ){0,2}(my|our|an)? ?appointment
        (is|was) (my|the|our) (appointment|booking) (\w+ )?(confirmed|booked|fixed)
        (my|the) (appointment|booking) (number|code)
        """),
    ),
    (
        Intent.ORDER_STATUS,
        any_of(r"""
        ist (mein|unser) (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} fertig
        wann ist (mein|unser) (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} fertig
        (ist|wann ist) das (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} fertig
        wird (mein|unser|das) (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} fertig
        ist (mein|unser) (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} abholbereit
        wann ist mein (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} abholbereit
        wann ist unser (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} abholbereit
        ist das (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} abholbereit
        wann ist das (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} abholbereit
        wird (mein|unser) (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} abholbereit
        wird das (\w+ )?(auto|wagen|fahrzeug|bmw|golf|audi)?( \w+){0,3} abholbereit
        (is|ist|wird|wurde) (schon |denn )?(mein|unser|das)\w* (\w+ ){0,5}(fertig|abholbereit)
        wann (kann|konnen|darf) (ich|wir) (mein|unser|das|den|ihn)\w* (\w+ ){0,3}\w*holen
        wann (kriege?|bekomme?) (ich|wir) (mein|unser|das|den|ihn)\w* (\w+ ){0,3}(wieder|zuruck)
        wie lang\w* (\w+ ){0,4}(mit|fur|an) (mein|unser)\w* (auto|wagen|fahrzeug)
        reparaturstatus|stand der reparatur|wie weit (sind|seid) (sie|ihr)
        is my (car|vehicle) (ready|done|finished)|status of my
        """),
    ),
    (
        Intent.HISTORY,
        any_of(r"""
        (letzte[ns]?|letztes) (mal|service|inspektion|wartung|olwechsel|werkstattbesuch|besuch)
        was (wurde|habt ihr|haben sie|hat man|ist) (\w+ ){0,6}(gemacht|repariert|gewechselt)
        was (wurde|habt ihr|haben sie|hat man|ist) (\w+ ){0,6}(erneuert|getauscht)
        wann (wurden?|war|hatte|habt ihr|haben sie) (\w+ ){0,6}(gemacht|gewechselt|erneuert)
        wann (wurden?|war|hatte|habt ihr|haben sie) (\w+ ){0,6}(zuletzt|letzten?|getauscht)
        (service|wartungs|fahrzeug|reparatur|werkstatt)?(historie|geschichte|verlauf)
        (mein|meinem|meinen|unser|unserem) (\w+ )?(auto|wagen|fahrzeug) (\w+ ){0,3}gemacht
        wann (\w+ ){0,5}(tuv|hu|hauptuntersuchung|inspektion) (\w+ ){0,2}(fallig|dran|ablauft|ab)
        (tuv|hu|hauptuntersuchung) (\w+ ){0,2}fallig|wissen sie (\w+ ){0,3}uber mein (auto|wagen)
        was (\w+ ){0,3}(problem|fehler|defekt) (\w+ ){0,5}(war|gewesen)
        was (hat|ergab) (die|eure|ihre) (diagnose|auslesung|fehlersuche)|diagnosebericht
        was (habt ihr|haben sie|wurde) (\w+ ){0,6}(gefunden|festgestellt|ausgelesen)
        (welche|was fur) (daten|arbeiten) (\w+ ){0,5}(mein|meinem) (auto|wagen|fahrzeug)
        (service|repair|maintenance|vehicle) history|last (time|service|visit|oil change)
        what (was|have you|did you) (\w+ ){0,5}(done|do|repair\w*|replace\w*|change\w*)
        when (was|were|did) (\w+ ){0,6}(last|changed|replaced|serviced)
        when is (my|the) (mot|inspection|hu) (\w+ )?due
        """),
    ),
    (
        Intent.HOURS,
        any_of(r"""
        (offnungs|sprech|geschafts|buro|service|annahme)zeit\w*|geoffnet|geschlossen|(\w*offnet)|aufgemacht|schliess(t|en)|offen
        (habt|haben|hat|seid|sind|hab|macht) (\w+ ){0,5}auf(?= $| und | oder | am | an | bis )
        (habt|haben|hat|hab|macht|machen) (\w+ ){0,5}zu(?= $| und | oder )
        (es|alles|tur|tor|laden|bude) (\w+ )?ist (\w+ )?zu|ist (zu|keiner da|niemand da)(?= $)
        (seid|sind|ist) (\w+ ){0,5}da(?= $| und | oder | am | an | bis | heute | morgen )
        betriebsferien|betriebsurlaub|arbeitszeit\w*|feiertag\w*|(bis|ab|von) wann(?= $)
        (wann|bis wann|ab wann|um wie viel uhr) (\w+ ){0,3}(da|auf|offen|kommen|vorbeikommen)
        (wann|bis wann|ab wann) (\w+ ){0,4}(besetzt|erreichbar|schluss|feierabend|aufmach\w*)
        (seid|sind|ist) (\w+ ){0,6}(erreichbar|besetzt)|durchgehend|mittagspause|bis wie viel uhr
        ab wie viel uhr|wie lange (\w+ ){0,3}(da|auf|offen)
        opening (hours|times)|open|opens|closed|closing|close|business hours|what time
        """),
    ),
    (
        Intent.PRICE,
        any_of(r"""
        kost(et|en|e|enpunkt)|preis\w*|teuer|gunstig\w*|wie ?viel|was nehmt ihr|was nehmen sie
        gebuhr\w*|euro|price\w*|costs?|how much|charge|fees?|expensive|cheap
        """),
    ),
    (
        Intent.DURATION,
        any_of(r"""
        wie lang\w*|dauer\w*|wie viel zeit|wie schnell|stunden|how long|duration|take long
        """),
    ),
    (
        Intent.SERVICES,
        any_of(r"""
        leistungen|preisliste|dienstleistung\w*|angebote|welche (arbeiten|services)
        was (bietet|macht|konnt|bieten|machen|konnen) (ihr|sie)( \w+)?( alles)?(?= (an )?$)
        (what|which) (services|work)|what do you (do|offer)|price list|services do you
        """),
    ),
    (
        Intent.BOOKING,
        any_of(r"""
        (\w{3,})?termin(e|en|s)?|terminvereinbarung|buch(en|e|ung)|reservier\w*|vorbeibringen
        vorbei ?kommen|(was|noch|etwas) frei|wann (\w+ ){0,4}frei|freie (zeiten|platze|tage)
        wann (darf|kann|konnte) (ich|wir|man) (\w+ ){0,8}(vorstellig\w*|vorfahren)
        appointments?|book|booking|schedule|bring my car|make an? reservation
        """),
    ),
    (
        Intent.ADDRESS,
        any_of(r"""
        adresse|anschrift|anfahrt\w*|standort|wegbeschreibung|welche strasse
        (finde|find) (\w+ ){0,3}(euch|sie) (\w+ )?nicht|einfahrt|eingang|zufahrt
        wo (muss|soll|geht) (\w+ ){0,3}(hin|rein|lang)|wohin (muss|soll)|navi
        wo (seid|sitzt) ihr|wo (sind|sitzen) sie|wo (finde|finden) (ich|wir|man) (sie|euch)
        wo (ist|liegt|befindet sich|finde ich) (die|ihre|eure) (werkstatt|firma)
        wo (liegt|befindet) (ihr|sie)
        wie (komm\w*|find\w*) (ich|man|wir)(?! (\w+ ){0,2}(an|ran|rein|nach|wieder|zur) )
        address|where are you|where is (the|your) (workshop|garage)|located|location|directions
        (get to|find) you
        """),
    ),
    (
        Intent.CONTACT,
        any_of(r"""
        telefon\w*|rufnummer|handynummer|nummer|anrufen|tel|e ?mail\w*|mail|mailadresse
        kontakt\w*|erreich\w*|whatsapp|phone|telephone|call you|contact|reach you
        """),
    ),
    (
        Intent.ABOUT,
        any_of(r"""
        wer (seid|sind) (ihr|sie)|uber euch|uber (die|ihre|eure) werkstatt|seit wann gibt
        meisterbetrieb|wie viele (mitarbeiter|leute|mechaniker|buhnen)
        meisterwerkstatt|who are you|about (you|your workshop)|since when
        """),
    ),
    (
        Intent.THANKS,
        any_of(r"""
        danke\w*|vielen dank|besten dank|merci|thx|thanks|thank you|cheers
        """),
    ),
    (
        Intent.GOODBYE,
        any_of(r"""
        bis (morgen|ubermorgen|spater|nachher|dienstag|mittwoch)(?= (dann|ciao|tschu\w*|und|$))
        bis (montag|donnerstag|freitag|samstag)(?= (dann|ciao|tschu\w*|und|$))
        tschu\w*|auf wiedersehen|wiedersehen|bis dann|bis bald|ciao|schonen (tag|abend)|goodbye
        bye|see you|have a nice day
        """),
    ),
    (
        Intent.NOD,
        any_of(r"""
        nein( danke| doch nicht)?(?= $)|nee(?= $)|(?<=^ )(doch nicht|schon gut|passt schon)(?= $)
        (hat )?sich erledigt|egal(?= $)
        ok|okay|oki|alles klar|super|perfekt|prima|verstanden|all right|alright|got it|great|tamam
        """),
    ),
    (
        Intent.GREETING,
        any_of(r"""
        hallo|hi|hey|guten (tag|morgen|abend)|moin|servus|gruss gott|gruezi|hello
        good (morning|afternoon|evening|day)|merhaba
        """),
    ),
)

VOCABULARY = frozenset(
    """
    offen
    offnungszeiten geoffnet geschlossen termin termine terminvereinbarung adresse anschrift anfahrt
    telefonnummer telefon mitarbeiter menschen mensch inspektion olwechsel klimaanlage klimaservice
    reifenwechsel raderwechsel bremsen bremse bremsbelage kostenvoranschlag hauptuntersuchung
    ersatzwagen leihwagen gewahrleistung garantie ratenzahlung versicherung motorkontrollleuchte
    fehlerspeicher hybrid elektroauto gebrauchtwagen montag dienstag mittwoch donnerstag freitag
    samstag sonntag samstags sonntags montags freitags feiertag feiertags wochenende beschwerde
    lenkung oldruck hochvolt brandgeruch weihnachten silvester kosten kostet preise
    schieben verschieben absagen sprechzeiten stornieren vereinbaren abholen bringen vorbeikommen
    batterie rechnung rechnungen kreditkarte bezahlen quittung zahnriemen winterreifen sommerreifen
    wechseln gewechselt schlussel briefkasten schlusselkasten plakette prufer auslesen kupplung
    auspuff
    stossdampfer scheibenwischer einlagern einlagerung achsvermessung bremsflussigkeit nachste
    nachsten
    dienstags mittwochs donnerstags vormittag nachmittag vormittags nachmittags wochentag abgeben
    mitbringen parkplatz transporter werkstattwagen unfall unfallschaden gutachter fahrzeugschein
    mechaniker meister ruckruf zuruckrufen anrufen erreichbar unverschamt unfreundlich zufrieden
    motorkontrolllampe frontscheibe windschutzscheibe steinschlag pannendienst abschleppen
    starthilfe
    datenschutz ausbildung bewerbung bewertung praktikum
    quietschen quietscht schleifen schleift rubbelt vibriert vibrieren flattert zittert wackelt
    klappert knirscht ruckelt stottert qualmt raucht dampft uberhitzt verbrannt verschmort
    warnung warnleuchte reparatur reparieren leuchtet beschweren
    opening closed appointment address inspection brakes saturday sunday monday tuesday wednesday
    thursday friday tomorrow steering warranty estimate service
    """.split()  # noqa: SIM905  # a table of words, not a list of calls
)


SOCIAL = frozenset({Intent.GREETING, Intent.THANKS, Intent.GOODBYE, Intent.NOD, Intent.PRAISE})
UNPRICED = frozenset({Intent.REPAIR, Intent.OTHER_TRADE})
"""What is wanted is understood, and no fact of ours answers it."""


def intents_in(words: str, spoken: str = "", topics: Iterable[str] = ()) -> dict[Intent, set[str]]:
    """Every meaning found in `words` (from `words.plain`) with the words that showed it.

    `spoken`: a guest's own words, of which `words` are what is understood in German. `topics`: what
    is wanted by `topics.topics_in`.
    """
    found: dict[Intent, set[str]] = {}
    for intent, pattern in TABLE:
        shown = {word for match in pattern.finditer(words) for word in match[0].split()}
        if shown:
            found[intent] = shown
    for meaning in (*topics, *foreign_words.wishes_in(spoken or words)):
        found.setdefault(Intent(meaning), set())
    if Intent.ABOUT_BOT in found or Intent.ABOUT in found:
        found.pop(Intent.PERSON, None)
    if Intent.CHANGE_BOOKING in found or Intent.OWN_BOOKING in found:
        found.pop(Intent.BOOKING, None)
    if Intent.BOOKING in found and "fallig" in found.get(Intent.HISTORY, ()):
        found.pop(Intent.HISTORY)
    return found
