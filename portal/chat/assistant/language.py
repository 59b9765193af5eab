"""In which of our seven languages a message is written, and in which one it is answered.

The rule: the answer comes in the language in which the visitor has just written, when that is sure;
otherwise in that of the last message that was sure; otherwise in the conversation's own. A message
is sure by its letters (Arabic, Cyrillic, `ş`, `ł`) or by words that only one language has, seven
letters of them at least and twice as many as of any other. So „ok“, „TÜV“, a plate, a name or a
single „Danke“ never switch.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from portal.content.folding import folded
from portal.kit.text import GUESTS, LANGUAGES

SURE = 7
"""Letters; „was kostet“ has nine, „hallo“ five."""
LOOK_BACK = 6
_WORD = re.compile(r"[^\W\d_]+")
_NO_LANGUAGE = re.compile(r"https?://\S+|\S+@\S+|\[[^\]]*\]")
_ARABIC = re.compile(r"[\u0621-\u064a]{2}")
_CYRILLIC = re.compile(r"[а-яёіїєґ]{2}", re.IGNORECASE)
_ONLY_UKRAINIAN = re.compile(
    r"[іїєґ]|[а-я]['’ʼ][яю]|\b(?:гальм|працю|керм|дяку|треба|можна|чи\b|що\b|якщо|як\b|коли\b|де\b|ви\b|"
    r"зламал|будь ласка|потрібн|добр(?:ий|ого)\b)",
    re.IGNORECASE,
)
_ONLY_RUSSIAN = re.compile(
    r"[ыэъё]|\b(?:тормоз|работа|руль|спасибо|нужно|надо\b|можно|что\b|если|как\b|когда|где\b|"
    r"машин|замена|сломал|пожалуйста|здравствуй|привет|почему|сколько)",
    re.IGNORECASE,
)
_LETTERS = {
    "tr": re.compile(r"[ığşİ]"),
    "pl": re.compile(r"[ąęłńśźż]", re.IGNORECASE),
    "de": re.compile(r"ß"),
}
_LETTERS_WEIGH = 4
_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "de": """
        ich du sie ihr wir mich mir uns euch und oder aber der die das den dem ein eine einen einem
        mein meine meinen meinem ist sind bin haben habe hab hat habt hast kann könnt können kannst
        könnten möchte möchten würde würden will wollte muss müssen soll darf dürfen macht machen
        mache geht gehen gibt gibts kommen komme bekomme brauche brauch bräuchte hätte wäre wird
        werden wurde was wie wann wo wer warum wieso welche welcher welches wieviel kostet kosten
        für mit ohne bei beim auf am im zu zum zur nach von vom aus über unter vor seit bis nicht
        kein keine nichts noch schon auch nur sehr mal denn doch jetzt bitte danke vielen hallo
        guten morgen tag abend heute gestern wieder immer geöffnet offen geschlossen öffnungszeiten
        telefonnummer adresse preis preise samstags samstag sonntag montag dienstag mittwoch
        donnerstag freitag menschen mitarbeiter tschüss moin servus wiedersehen ja nein dass weil
        wenn ob eure euer euren ihre ihren ihrem meiner dein deine wagen fahrzeug fertig
        abholen vorbeikommen frei woche gerne gern kaputt fahren weiter lange lang dauert dauer
        seid dank nen quietschen quietscht leuchtet lampe springt wechseln brauchen hätten
        neue neuen anrufen
        """,
        "en": """
        i you we they he she my your our me us and or but the a an is are am was were be been do
        does did have has had can could would should will may might need want like get got make
        what how when where who why which much many long cost costs for with without at on in to
        from of about not no any some there this that it please thanks thank hello good morning
        afternoon evening today tomorrow yesterday open closed opening hours price prices
        appointment book booking change cancel speak talk human person someone car brakes oil tyres
        tires monday tuesday wednesday thursday friday saturday sunday phone goodbye bye yes ready
        pick drop wheel left right just really keep driving drive safe smell something burning
        repair electric card credit pay key keys light noise wait hello
        """,
        "tr": """
        ben sen siz biz benim sizin bir bu şu ve veya ile için ama çok ne neden nasıl nerede kaç
        zaman var yok mı mi mu mü mısınız misiniz musunuz müsünüz istiyorum istiyoruz isterim
        lütfen merhaba selam günaydın teşekkürler teşekkür ederim ederiz günler evet hayır tamam
        randevu randevum randevumu araba arabam aracım arabamı aracımı motor fren frenler frenim
        frenlerim lastik lastiği lastikleri yağ değişimi fiyat fiyatı fiyatlar ücret ücreti adres
        adresiniz telefon açık kapalı bugün yarın dün pazartesi salı çarşamba perşembe cuma
        cumartesi pazar sonra önce kadar hangi olur oldu oluyor değil gerekiyor lazım almak hazır
        usta yardım konuşmak edebilir miyim alabilir yapıyor çalışmıyor çıkıyor ışığı yanıyor
        """,
        "pl": """
        ja ty on ona my wy pan pani państwo mój moja moje mam masz macie mamy jest są był była czy
        co jak kiedy gdzie ile dlaczego który która jaki jaka nie tak już jeszcze tylko bardzo
        bardziej ale lub oraz albo dla od przy przez się proszę dziękuję dzięki dzień dobry cześć
        witam chcę chciałbym chciałabym mogę można potrzebuję umówić wizytę wizyta termin auto
        samochód samochodu hamulce hamulców opony opon olej oleju wymiana wymianę kosztuje cena
        ceny cennik otwarte nieczynne dzisiaj dziś jutro wczoraj poniedziałek wtorek środa środę
        czwartek piątek sobota sobotę niedziela godzinie warsztat warsztatu naprawić naprawa adres
        telefon pracownikiem człowiekiem gotowy świeci zapłacić kartą umówiony
        """,
    }.items()
}
_KEYBOARDLESS = str.maketrans("ıł", "il")
"""What people write who have none of these keys; `folded` leaves them alone."""


def voice_of(text: str, locale: str, earlier: Iterable[str] = ()) -> str:
    """The language to answer in. `earlier` are the visitor's messages before, oldest first."""
    own = locale if locale in (*LANGUAGES, *GUESTS) else "en"
    before = list(earlier)[-LOOK_BACK:]
    for said in (text, *reversed(before)):
        if found := _surely(said, own):
            return found
    return own


def language_of(voice: str) -> str:
    """That of a workshop's texts for who is spoken to so: they are German or English."""
    return "en" if voice == "en" else "de"


def _surely(text: str, own: str) -> str:
    """Empty when nothing is sure."""
    said = _NO_LANGUAGE.sub(" ", text[:1000])
    if _ARABIC.search(said):
        return "ar"
    if _CYRILLIC.search(said):
        return _eastern(said, own)
    return _western(said)


def _eastern(said: str, own: str) -> str:
    """Ukrainian and Russian share most letters: who speaks one of them already, still does."""
    ukrainian = len(_ONLY_UKRAINIAN.findall(said))
    russian = len(_ONLY_RUSSIAN.findall(said))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    return own if own in {"uk", "ru"} else "ru"


def _western(said: str) -> str:
    weights = dict.fromkeys(_WORDS, 0)
    for word in _WORD.findall(said):
        for language in _languages_of(word):
            weights[language] += len(word)
    for language, letters in _LETTERS.items():
        weights[language] += _LETTERS_WEIGH * len(letters.findall(said))
    best, second = sorted(weights, key=lambda one: -weights[one])[:2]
    is_sure = weights[best] >= SURE and weights[best] >= 2 * weights[second]
    return best if is_sure else ""


@lru_cache(maxsize=4096)
def _languages_of(word: str) -> tuple[str, ...]:
    """As it is written, or else as it is without accents; a word of two languages tells nothing."""
    for spelled, known in ((word.lower(), _WORDS), (_bare(word), _BARE)):
        found = tuple(language for language, words in known.items() if spelled in words)
        if found:
            return found if len(found) == 1 else ()
    return ()


def _bare(word: str) -> str:
    return folded(word).translate(_KEYBOARDLESS)


_BARE = {language: frozenset(map(_bare, words)) for language, words in _WORDS.items()}
