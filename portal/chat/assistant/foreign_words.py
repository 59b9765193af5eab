"""Danger, wishes and foreign subjects in Turkish, Polish, Ukrainian, Russian and Arabic.

Folded stems at the beginning of words, for texts from `words.plain`. Towards danger the table errs
on the safe side: whoever names brakes and a trouble in one sentence is told to stop.
"""

import re

from portal.content.folding import folded


def _stems(words: str) -> re.Pattern[str]:
    listed = [folded(word.strip()) for word in words.replace("\n", "").split(",") if word.strip()]
    return re.compile("|".join(rf"(?<= ){re.escape(word)}" for word in listed))


_FIRE = _stems("""
duman,yanık koku,yanıyor,alev,benzin koku,yakıt sız,yüksek voltaj,turuncu kablo,
dym,spaleniz,pali się,ogień,płomie,czuć benzyn,wyciek paliwa,wysokie napięci,pomarańczowy przew,
дим,горить,горілим,полум,пахне бензин,витік пальн,висока напруг,високої напруг,
дым,горит,гарью,пламя,пахнет бензин,течёт бензин,течет бензин,высокое напряж,высокого напряж,
دخان,يحترق,حريق,رائحة بنزين,رائحة حرق,جهد عال,تسرب وقود
""")
_ALONE = _stems("""
yağ basıncı,kırmızı ışık,kırmızı lamba,kırmızı ikaz,hararet,aşırı ısın,hava yastığı,
ciśnienie oleju,czerwona kontrolk,czerwona lampk,czerwonej kontrolk,przegrz,poduszka powietrzna,
poduszki powietrznej,
тиск оливи,тиск масла,тиску оливи,тиску масла,червона лампоч,червоний індикатор,перегрі,
подушка безпеки,подушки безпеки,
давление масла,давления масла,красная лампоч,красный индикатор,перегре,подушка безопас,
подушки безопас,
ضغط الزيت,لمبة حمراء,ضوء أحمر,ارتفاع حرارة,حرارة المحرك,سخونة,وسادة هوائية,الوسادة الهوائية
""")
_PART = _stems("""
fren,direksiyon,hamul,kierownic,układ kierownicz,гальм,керм,тормоз,рул,مكابح,المكابح,فرامل,الفرامل,
مقود,المقود
""")
_TROUBLE = _stems("""
tutm,bozuk,ses,gıcır,yumuşak,sert,titr,çalış,kaç,arıza,ışık,
nie dział,nie hamuj,piszcz,miękk,drga,ciężk,zepsut,hałas,awari,świec,
не працю,скрип,м'як,мяк,дрижи,важк,зламан,шум,протіка,несправн,
не работ,скрип,мягк,дрож,тяжел,сломан,шум,стук,течет,неисправн,горит,
لا تعمل,صوت,معطل,ضعيف,لين,ثقيل,اهتزاز,تسرب
""")
_OFF_TOPIC = _stems("""
yemek tarif,hava durumu,şiir,fıkra,futbol,siyaset,kod yaz,ödev,
przepis na,pogod,wiersz,dowcip,polityk,piłka noż,zadanie domowe,napisz kod,
рецепт,погод,вірш,анекдот,політик,футбол,домашн завдан,
стих,шутк,политик,домашнее задан,напиши код,
وصفة,الطقس,قصيدة,نكتة,سياسة,كرة القدم,واجب منزلي
""")


def is_fire(words: str) -> bool:
    return _FIRE.search(words) is not None


def is_driving(words: str) -> bool:
    """Red lamps, oil pressure, heat, airbags; brakes and steering with a trouble."""
    return _ALONE.search(words) is not None or (
        _PART.search(words) is not None and _TROUBLE.search(words) is not None
    )


_WISHES = {
    "off_topic": _OFF_TOPIC,
    "person": _stems("""
    insanla,bir insan,çalışanla,yetkili,biriyle konuş,biriyle görüş,gerçek kişi,müşteri temsilci,
    beni ara,geri ara,
    z człowiekiem,z pracownikiem,z kimś,z konsultantem,żywym człowiek,oddzwoń,proszę o telefon,
    з людиною,з працівник,з менеджер,з оператор,живою людиною,передзвон,зателефонуйте мені,
    с человеком,с сотрудник,с менеджер,с оператор,живым человек,перезвон,позвоните мне,
    مع موظف,مع شخص,إلى موظف,مع إنسان,الى موظف,اتصلوا بي
    """),
    "booking": _stems("""
    randevu,rezervasyon,umówić,wizyt,zapisać się,wolny termin,записат,запис на,запиш,
    візит,визит,موعد,احجز,أحجز,حجز
    """),
    "hours": _stems("""
    açık mı,kaçta aç,kaça kadar,kaçta kapan,çalışma saat,
    godziny otwarcia,czy otwart,otwarte,do której,od której,
    години роботи,відчинен,працюєте,до котрої,
    часы работы,открыт,работаете,до скольки,
    ساعات العمل,مفتوح,متى تفتح,متى تغلق
    """),
    "price": _stems("""
    ne kadar,kaç para,kaç euro,fiyat,ücret,ile kosztuje,cena,ceny,cennik,скільки кошту,ціна,ціни,
    сколько стоит,цена,цены,كم سعر,كم تكلف,بكم,الأسعار
    """),
    "thanks": _stems("""
    teşekkür,sağ ol,dzięk,дякую,спасиб,شكرا
    """),
    "nod": _stems("tamam,dobrze,добре,хорошо,حسنا,تمام"),
    "greeting": _stems("""
    selam,iyi günler,dzień dobry,cześć,witam,добрий день,доброго дня,вітаю,привіт,здравствуй,
    добрый день,привет,مرحبا,السلام عليكم
    """),
}
"""By the names of `intents.Intent`."""


def wishes_in(words: str) -> list[str]:
    """What a visitor wants who speaks none of our languages."""
    return [meaning for meaning, stems in _WISHES.items() if stems.search(words)]
