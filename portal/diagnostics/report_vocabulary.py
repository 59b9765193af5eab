"""German words that a model may use in an owner's report though no finding says them.

They name no part, cause, price, time or degree, and they deny and promise nothing.
"""

_WORDS = (
    # articles, pronouns, prepositions, conjunctions
    "der die das den dem des ein eine einen einem einer eines dieser diese dieses diesen diesem "
    "es sie ihnen ihr ihre ihrem ihren ihrer ihres wir uns unser unsere unserem unseren unserer "
    "in im an am auf aus bei beim mit nach von vom zu zum zur für über um wegen durch während "
    "zwischen gegen laut unter vor hinter neben und oder aber sondern sowie dass ob wenn weil "
    "damit denn da als wie so auch noch dabei dazu dafür daran darauf daraus davon dadurch darum "
    "deshalb daher hier dort was wer welche welcher welches sich man beide beiden einzelne "
    # verbs that tell, show, look and ask
    "ist sind war waren sein hat haben hatte wird werden wurde wurden worden kann können möchten "
    "würden lassen lässt meldet melden gemeldet zeigt zeigen gezeigt erkannt erkennt gefunden "
    "finden findet gemessen messen misst gespeichert speichert hinterlegt abgelegt weist weisen "
    "hin hinweist deutet deuten liegt liegen gibt heißt bedeutet beschreibt betrifft betreffen "
    "äußert äußern bemerken merken spüren hören sehen fällt auf aufgefallen auffällig auffällige "
    "empfehlen empfiehlt vorschlagen schlagen vor prüfen geprüft überprüfen untersuchen ansehen "
    "schauen nachsehen klären suchen eingrenzen auslesen ausgelesen lesen gelesen besprechen "
    "erklären bitte gern gerne nächstes nächster nächsten schritt zuerst zunächst zusätzlich "
    "außerdem ebenfalls folgende folgenden folgendes typisch typische typischerweise mögliche "
    "möglich möglicherweise "
    # what every report speaks of
    "auto autos fahrzeug fahrzeugs fahrzeuge wagen wagens elektronik bordelektronik motor motors "
    "steuergerät steuergeräts steuergeräte steuergeräten fehler fehlers fehlermeldung meldung "
    "meldungen hinweis hinweise code codes fehlercode fehlercodes fehlerspeicher messung "
    "messungen messwert messwerte messwerten wert werte werten ursache ursachen werkstatt prüfung "
    "untersuchung auslesung diagnose anzeichen zeichen ergebnis aufzeichnung"
)
PLAIN = frozenset(_WORDS.split())
