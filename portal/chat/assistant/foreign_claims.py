"""The same claims in the other languages of visitors: Turkish, Polish, Ukrainian, Russian, Arabic.

Stems as `sight.seen` spells them. A stem of `DONE` alone says that something was arranged; one of
`MEETING` does with a day or a time; a car and a `STATE` together tell how far an order is.
"""

import re

from portal.chat.assistant.sight import seen


def spelled(words: str) -> tuple[str, ...]:
    """As `seen` spells them; a blank in front means the beginning of a word."""
    listed = words.strip().replace("\n", "").split(",")
    return tuple(
        seen(word)[0] if word.startswith(" ") else seen(word.strip())[0][1:] for word in listed
    )


def any_stem(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))


DONE = spelled("""
onayland,onayladım,rezerv,randevunuz,randevu oluşturul,randevu aldı,randevu verdi,kaydettim,
kaydedildi,kaydınız,ayarladı,ayarlandı,ayırdı,ayırttı,kesinleşti,planlandı,planladı,
potwierdz,zarezerwow,zabukow,umówion,umówił,zapisan,zapisał,ustalon,ustalił,zaplanowa,wpisał,
wpisan,załatwion,
заброньов,зарезерв,підтвердж,записав,записала,записали,призначен,запланован,домовил,оформлен,
забронир,подтвержд,записал,записан,назначен,запланирован,договорил,
حجز,تأكيد,محجوز,مؤكد,تم تثبيت,سجلت,تم تسجيل,تم تحديد
""")
MEETING = spelled("""
sizi bekliyor,görüşürüz,görüşmek üzere,do zobaczenia,czekamy na,widzimy się,чекаємо,до зустрічі,
побачимо,ждём,ждем,до встречи,увидимся,نراك,ننتظرك,بانتظارك
""")
WEEKDAY = spelled("""
pazartesi,salı,çarşamba,perşembe,cuma,cumartesi,yarın,poniedział,wtor,środ,czwart,piąt,sobot,jutr,
понеділ,вівтор,серед,четвер,п'ятниц,субот,завтра,понедельник,вторник,сред,пятниц,
الاثنين,الإثنين,الثلاثاء,الأربعاء,الخميس,الجمعة,السبت,غدا
""")
CAR = spelled("""
aracınız,arabanız,otomobiliniz,samochód,samochod,auto,pojazd,авто,машин,автомобил,автомобіл,سيارت,مركبت
""")
STATE = spelled("""
hazır,tamamland,tamir edil,onarıldı,tamir ediyor,teslim alabilir,gotow,naprawion,naprawia,
do odbioru,odebrać,готов,відремонтов,полагодж,ремонту,забрати,отремонтирован,починен,забрать,جاهز,
إصلاح,انتهى,استلام
""")
OPEN = spelled("""
 olduğunda, olunca, genellikle, eğer, mı?, mi?, gdy, kiedy, zwykle, jeśli, czy, jak tylko, коли,
 якщо, зазвичай, чи, щойно, когда, если, обычно, ли, как только, عندما, إذا, عادة, هل
""")
DRIVE_ON = spelled("""
yola devam,sürmeye devam,kullanmaya devam,güvenle sür,jechać dalej,kontynuować jazd,można jechać,
может ехать,можете ехать,можно ехать,ехать дальше,продолжать движение,продолжать поездку,
можна їхати,можете їхати,їхати далі,продовжувати рух,متابعة القيادة,مواصلة القيادة,
الاستمرار في القيادة,القيادة آمنة
""")
TRIGGERS = (*DONE, *MEETING, *STATE, *DRIVE_ON)

_DONE, _MEETING, _WEEKDAY = any_stem(DONE), any_stem(MEETING), any_stem(WEEKDAY)
_CAR, _STATE, _OPEN, _DRIVE_ON = (
    any_stem(CAR),
    any_stem(STATE),
    any_stem(OPEN),
    any_stem(DRIVE_ON),
)
_NEVER = re.compile(
    rf"(?:{any_stem(spelled(' не , нельзя, nie , لا , عدم , ne ')).pattern})(?:\S+ ){{0,3}}?"
    rf"(?:{_DRIVE_ON.pattern})"
    # Turkish denies behind the verb.
    rf"|(?:{_DRIVE_ON.pattern}) (?:{any_stem(spelled('etmeyin,etmemeli,edilmemeli')).pattern})"
)
_NOT_DONE = any_stem(
    spelled("""
    rezerve edilmez,rezerve edilmedi,nic nie jest zarezerwowane,нічого не заброньовано,
    ничего не забронировано,لم يُحجز شيء
    """)
)
"""Whole sentences of our own that say that nothing was arranged."""


def claims_booking(sentence: str) -> bool:
    """Both as `seen` spells them."""
    if _DONE.search(_NOT_DONE.sub(" ", sentence)):
        return True
    is_pinned = re.search(r"\d", sentence) or _WEEKDAY.search(sentence)
    return bool(is_pinned and _MEETING.search(sentence))


def claims_state(sentence: str, before: str) -> bool:
    """Whether it tells how far the work on a car is; what is usual or asked is no claim."""
    if not _STATE.search(sentence) or _OPEN.search(sentence):
        return False
    return _CAR.search(f"{before} {sentence}") is not None


def tells_to_drive_on(sentence: str) -> bool:
    return _DRIVE_ON.search(_NEVER.sub(" ", sentence)) is not None
