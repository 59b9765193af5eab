"""Words that mean danger: then the only right answer is to stop and to call.

The table errs towards caution: a squeaking brake that turns out harmless costs a phone call.
"""

from enum import StrEnum

from portal.chat.assistant import foreign_words
from portal.chat.assistant.words import any_of


class Danger(StrEnum):
    FIRE = "fire"
    """Fire, smoke, fuel, high voltage: get away from the car."""
    DRIVING = "driving"
    """Brakes, steering, red lamps, oil pressure, wheels: do not drive on."""


_FIRE = any_of(r"""
    brandgeruch|verbrannt\w*|verschmort\w*|angeschmort\w*|qualm\w*|rauch|raucht|rauchwolke
    (es|auto|wagen|motor\w*) (\w+ )?brennt|feuer|flammen
    (riech\w*|stinkt|geruch) (\w+ ){0,3}(benzin|sprit|diesel|kraftstoff)|benzingeruch
    (benzin|sprit|diesel|kraftstoff|tank)( \w+){0,3} (ausgelaufen|lauft|tropft)
    (benzin|sprit|diesel|kraftstoff|tank)( \w+){0,3} (leck\w*|undicht)|burning|smoke|smoking
    on fire|flames|(smells?|smell) (\w+ ){0,2}(petrol|gas|gasoline|fuel)|fuel leak\w*
    leaking fuel|(hochvolt\w*|hv|antriebsbatterie|akku)( \w+){0,5} (warn\w*|fehler|defekt)
    (hochvolt\w*|hv|antriebsbatterie|akku)( \w+){0,5} (beschadigt\w*|unfall|kabel)
    (hochvolt\w*|hv|antriebsbatterie|akku)( \w+){0,5} (leuchtet|storung|heiss)
    (hochvolt\w*|hv|antriebsbatterie|akku)( \w+){0,5} (zischt|nass|wasser)
    (orange\w*) (kabel|leitung)
    (warn\w*|fehler|defekt\w*)( \w+){0,4} (hochvolt\w*|hv|antriebsbatterie)
    (beschadigt\w*|storung)( \w+){0,4} (hochvolt\w*|hv|antriebsbatterie)
    (high voltage|traction battery)( \w+){0,5} (warning|fault|damage\w*|cable)
    (high voltage|traction battery)( \w+){0,5} (error|hot|wet)
    (warning|fault|damaged?|error)( \w+){0,4} (high voltage|traction battery)|orange cable
    """)
_DRIVING = any_of(r"""
    oldruck\w*|ol(lampe|leuchte|warn\w*|kontroll\w*)|olkanne|oil pressure|oil can
    (rot|rote|roten|roter|rotes) (\w+ ){0,2}\w*(lampe|leuchte)
    (airbag\w*|gurtstraffer\w*)( \w+){0,4} (leucht\w*|lampe|an|fehler|defekt\w*|warn\w*)
    (airbag\w*|gurtstraffer\w*)( \w+){0,4} (storung|kaputt|ausgelost|offen|light|fault|warning)
    airbag(lampe|leuchte|fehler|storung|warn\w*)|\w*(lampe|leuchte|warnung)( \w+){0,3} airbag
    (rot|rote|roten|roter|rotes) (\w+ ){0,2}(warnleuchte|kontrolllampe)
    (rot|rote|roten|roter|rotes) (\w+ ){0,2}(kontrollleuchte|symbol|licht)
    (rot|rote|roten|roter|rotes) (\w+ ){0,2}(zeichen|warnung)
    (leuchtet|blinkt|lampe|leuchte)( \w+){0,3} rot|red (\w+ ){0,2}(light|lamp|warning|symbol)
    (leuchte|lampe|licht|motorkontrollleuchte|mkl|motorlampe)( \w+){0,3} blink\w*
    blink\w*( \w+){0,3} (leuchte|lampe|motorkontrollleuchte|motorlampe)
    (light|lamp)( \w+){0,2} (flash\w*|blink\w*)|flashing (\w+ ){0,2}light|uberhitz\w*
    (motor|kuhlwasser|kuhler|wagen|auto)( \w+){0,2} kocht|overheat\w*
    temperatur\w*( \w+){0,4} (rot(en)?|ganz oben|anschlag|zu hoch|hoch)
    (motor\w*|kuhler|haube)( \w+){0,3} (heiss|dampft|dampf)|dampf\w*( \w+){0,4} (motor\w*|haube)
    kuhlwasser( \w+){0,3} (weg|leer|ausgelaufen|verloren)|kuhlwasserverlust
    (gas|gaspedal)( \w+){0,3} (klemmt|hangt)|pedal( \w+){0,3} (schwammig|weich|durch|klemmt|hangt)
    ausrufezeichen( \w+){0,6} (kreis|leucht\w*|lampe|klammer\w*)
    leucht\w*( \w+){0,5} ausrufezeichen
    (rad|vorderrad|hinterrad|radlager)( \w+){0,3} (spiel|klacker\w*|eiert|schlag\w*|wackel\w*)
    (motor|auto|wagen|karre)( \w+){0,3} (geht|ging|stirbt) (\w+ ){0,4}(wahrend|beim) (\w+ )?fahr\w*
    (reifen|vorderreifen|hinterreifen)( \w+){0,3} (beule|riss|gerissen|draht)
    (rad|reifen|radmuttern|radschrauben)( \w+){0,3} (locker|lose|wackelt)
    (rad|reifen|radmuttern|radschrauben)( \w+){0,3} (geplatzt|verloren)
    (wheel|tyre|tire)( \w+){0,3} (loose|wobbl\w*|burst|blown|fell)|reifenplatzer|weiterfahren
    weiter fahren|(noch|damit) (\w+ ){0,3}fahren|fahrtuchtig
    beim (\w+ )?(bremsen|abbremsen|lenken|einlenken)(?! (wechsel|tausch|mach)\w*)
    (wenn|sobald) ich (\w+ ){0,2}(brems(e|t|en)?|lenke?n?|einlenke?n?)(?! (wechsel|tausch|mach)\w*)
    (keep|still|continue|safe to|carry on) driv\w*|drive on|drive (\w+ ){0,2}home
    """)
_PART = any_of(r"""
    brems\w*|handbremse|fussbremse|abs|lenk\w*|servolenkung|brak\w*|steering\w*
    """)
_HARMLESS = any_of(r"""
    brems(licht|leuchte)\w*|lenkrad(heizung|bezug|hulle)\w*|brake lights?
    mit (\w+ ){0,3}(sommer|winter|ganzjahres)reifen( \w+){0,3} fahren
    """)
_SYMPTOM = any_of(r"""
    quietsch\w*|schleif\w*|knirsch\w*|rubbel\w*|kratz\w*|schab\w*|zieht|weich\w*|durchtret\w*
    durchgetret\w*|(tritt|geht|fallt) (\w+ ){0,3}durch
    schwammig\w*|wackel\w*|lasch|hart|eiert|klemmt|hakt|hangt|festgefressen|rupft|pfeif\w*|jault
    ratter\w*|klacker\w*|klapper\w*|knack\w*|knall\w*|polter\w*|ruckel\w*|stotter\w*|stink\w*
    (von|alleine?|selbst|selber) (alleine?|selbst|nach|zur) (\w+ )?(rechts|links|seite)
    nach (rechts|links)|von (alleine?|selbst|selber)
    (halt|haelt|greift|packt|lost|loest|fasst) (\w+ )?(nicht|kaum|schlecht)|langer\w*
    (bis )?(zum|auf den|an den) boden|metallisch\w*|brumm\w*|schlagt|gluh\w*|dumpf\w*|ruckt
    (ist|sind|so|sehr|ganz|immer) laut(er)?(?= $| und | seit | beim | wenn )
    versag\w*|reagier\w*|gerausch\w*|komisch|seltsam|leck\w*|undicht
    verlier\w*|leuchtet|lampe|leuchte|warn\w*|blockier\w*|schwer|schwergangig|spiel|flatter\w*
    zitter\w*|vibrier\w*|ausgefallen|ausfall|kaputt|defekt\w*|heiss|schlecht|kaum
    nicht (mehr |richtig )*(funktionier\w*|brems\w*|geh\w*|zieh\w*)
    (funktionier\w*|geht|gehen|bremst|bremsen|zieht|ziehen) (\w+ )?(nicht|nimmer)|squeal\w*
    squeak\w*|grind\w*|soft|spongy|fail\w*|not work\w*|doesn t work|don t work|noise\w*|leak\w*
    warning|light|pull\w*|shak\w*|vibrat\w*|stiff|loose|heavy|broken|locked|strange|bad
    """)


def danger_in(words: str) -> Danger | None:
    """What must not wait, from `words.plain`; brakes and steering count with a symptom."""
    if _FIRE.search(words) or foreign_words.is_fire(words):
        return Danger.FIRE
    serious = _HARMLESS.sub("", words)
    if _DRIVING.search(serious):
        return Danger.DRIVING
    if _PART.search(serious) and _SYMPTOM.search(serious):
        return Danger.DRIVING
    if foreign_words.is_driving(words):
        return Danger.DRIVING
    return None
