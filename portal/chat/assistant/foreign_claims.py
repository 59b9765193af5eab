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
onayland,onayladım,rezerv,randevu oluşturul,randevu aldı,randevu verdi,kaydettim, yazdım,
kaydedildi,kaydınız,ayarladı,ayarlandı,ayırdı,ayırttı,kesinleşti,planlandı,planladı,potwierdzon,
potwierdził,potwierdzam,zarezerwow,zabukow,umówion,umówił,zapisan,zapisał,ustalon,ustalił,
zaplanowa,wpisał,wpisan,załatwion,заброньов,зарезерв,вніс вас,внесла вас,вписав вас,підтвердж,
записав,записала,записали,призначен,запланован,домовил,оформлен,забронир,внес вас,внесла вас,
вписал вас,подтвержд,записал,записан,назначен,запланирован,договорил,حجز,تأكيد,محجوز,مؤكد,
تم تثبيت,سجلت,حددت لكم,حددنا لكم,تم تسجيل,تم تحديد
""")
MEETING = spelled("""
bekliyor,görüşürüz,görüşmek üzere,do zobaczenia,czekamy na,czeka na,widzimy się,чекаємо,
чекає на вас,до зустрічі,побачимо,ждём,ждем,ждёт вас,до встречи,увидимся,نراك,ننتظرك,ينتظرك,
بانتظارك
""")
APPOINTMENT = spelled("""
randevu,rezervasyon,wizyt,termin,запис,візит,визит,موعد
""")
SETTLED = spelled("""
 kesin,iptal edildi,iptal ettim,alındı,aldım,ertelendi,değiştirildi,taşındı, pewn,odwołan,odwołał,
przełożon,przełożył,przesunięt,anulowan,дійсн,скасован,скасував,перенесен,переніс,действительн,
отменен,отменил,перенесен,ثابت,إلغاء موعد,ألغيت موعد,نقل موعد,تغيير موعدكم
""")
"""With an appointment they say that something happened to it."""
CALENDAR = spelled("""
takvimimizdesiniz,w naszym kalendarzu,у нашому календарі,в нашому календарі,в нашем календаре,
في تقويمنا
""")
YOURS = spelled(" sizin.,dla państwa.,dla pana.,dla pani., ваш., لكم.")
"""A day and a time that end so: „Thursday at 8 is yours.“"""
WEEKDAY = spelled("""
pazartesi,salı,çarşamba,perşembe,cuma,cumartesi,yarın,poniedział,wtor,środ,czwart,piąt,sobot,jutr,
понеділ,вівтор,серед,четвер,п'ятниц,субот,завтра,понедельник,вторник,сред,пятниц,الاثنين,الإثنين,
الثلاثاء,الأربعاء,الخميس,الجمعة,السبت,غدا
""")
CAR = spelled("""
aracınız,arabanız,otomobiliniz,samochód,samochod,auto,aucie,pojazd,авто,машин,автомобил,
автомобіл,سيارت,السيارة,مركبت
""")
REPAIRED = spelled("""
naprawa została zakończ,naprawa jest zakończ,naprawa zakończ,ремонт заверш,ремонт закінч,
ремонт законч,ремонт окончен,اكتمل الإصلاح,انتهى الإصلاح,تم الإصلاح,tamir bitti,onarım bitti,
tamiri bitti
""")
"""The work instead of the car."""
STATE = spelled("""
hazır,tamamland,bitti,yapıldı,her şey tamam,tamir edil,onarıldı,tamir ediyor,teslim alabilir,
gotow,naprawion,naprawia,do odbioru,odebrać,skończyli,zakończon,już czeka,готов,вже чекає,
закінчили,завершен,відремонтов,полагодж,ремонту,забрати,отремонтирован,починен,забрать,уже ждет,
закончили,جاهز,إصلاح,تصليح,بانتظاركم,اكتمل,انتهى,انتهينا,استلام
""")
OPEN = spelled("""
 olduğunda, olunca, bitince, genelde, genellikle, eğer, mı?, mi?, gdy, kiedy, zwykle, jeśli, czy,
 jak tylko, коли, якщо, зазвичай, чи, щойно, когда, если, обычно, ли, как только, عندما, عند ,
 بعد , إذا, عادة, هل
""")
DRIVE_ON = spelled("""
yola devam,sürmeye devam,kullanmaya devam,güvenle sür,rahatça gid,güvenle gid,daha gider,
sürmenizde sakınca,kullanmanızda sakınca,tehlikesiz,jechać dalej,kontynuować jazd,można jechać,
spokojnie wracać,spokojnie jechać,spokojnie dojechać,dalej jeździć,niegroźn,jeszcze wytrzyma,
спокойно ехать,спокойно доехать,ездить дальше,езжайте дальше,ехать домой,выдержит,не опасно,
неопасно,может ехать,можете ехать,можно ехать,ехать дальше,продолжать движение,продолжать поездку,
спокійно їхати,спокійно доїхати,їздити далі,їдьте далі,їхати додому,витримає,не небезпечно,
можна їхати,можете їхати,їхати далі,продовжувати рух,متابعة القيادة,مواصلة القيادة,واصلوا القيادة,
القيادة مع,ليس خطير,العودة بها,ستتحمل,الاستمرار في القيادة,القيادة آمنة
""")
TRIGGERS = (*DONE, *MEETING, *SETTLED, *CALENDAR, *YOURS, *REPAIRED, *STATE, *DRIVE_ON)

_DONE, _MEETING, _WEEKDAY = any_stem(DONE), any_stem(MEETING), any_stem(WEEKDAY)
_APPOINTMENT, _SETTLED = any_stem(APPOINTMENT), any_stem(SETTLED)
_CALENDAR, _YOURS, _REPAIRED = any_stem(CALENDAR), any_stem(YOURS), any_stem(REPAIRED)
_CAR, _STATE, _OPEN, _DRIVE_ON = (
    any_stem(CAR),
    any_stem(STATE),
    any_stem(OPEN),
    any_stem(DRIVE_ON),
)
_DENIALS = tuple(
    seen(f" {word} ")[0] for word in ("не", "нельзя", "не можна", "nie", "ne", "لا", "عدم", "دون")
)
_NEVER = re.compile(
    rf"(?:{any_stem(_DENIALS).pattern})(?:[^\s,.;:!?–]+ ){{0,3}}?"
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
    if _APPOINTMENT.search(sentence) and _SETTLED.search(sentence):
        return not _OPEN.search(sentence)
    has_time, has_day = re.search(r"\d", sentence), _WEEKDAY.search(sentence)
    if has_time and has_day and (_YOURS.search(sentence) or _CALENDAR.search(sentence)):
        return True
    return bool((has_time or has_day) and _MEETING.search(sentence))


def claims_state(sentence: str, before: str) -> bool:
    """Whether it tells how far the work on a car is; what is usual or asked is no claim."""
    if _OPEN.search(sentence):
        return False
    if _REPAIRED.search(sentence):
        return True
    if not _STATE.search(sentence):
        return False
    return _CAR.search(f"{before} {sentence}") is not None


def tells_to_drive_on(sentence: str) -> bool:
    return _DRIVE_ON.search(_NEVER.sub(" ", sentence)) is not None
