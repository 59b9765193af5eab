"""Amounts of money in a text."""

import re
from decimal import Decimal
from functools import lru_cache

_NUMBER = r"(?<!\d)(?:\d{1,3}(?:[.,’' ]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?)"
_CURRENCY = (
    r"€|eur\b|euro\b|euros\b|\$|usd\b|dollars?\b|chf\b|avro\w{0,4}|zł|złot\w*|pln\b|tl\b|lira\b|₺|"
    r"евро\b|євро\b|рубл\w*|₽|грн\b|гривен\w*|₴|يورو|ليرة"
)
CURRENCIES = (
    "€", "$", "euro", " eur", "usd", "dollar", "chf", "avro", "zł", "pln", " tl", "lira", "₺",
    "евро", "євро", "рубл", "₽", "грн", "гривен", "₴", "يورو", "ليرة",
)  # fmt: skip
"""Beginnings of all that `_CURRENCY` finds; a blank in front means the beginning of a word."""
_WITH_CURRENCY = re.compile(
    rf"(?P<before>{_NUMBER})(?:,[-–]+)?\s?(?:{_CURRENCY})|"
    rf"(?:€|eur|\$)\s?(?P<after>{_NUMBER})",
    re.IGNORECASE,
)
_AFTER_COSTS = re.compile(
    r"\b(?:kostet|kosten|preis|betragt|beträgt|cost|costs|price|fiyatı|ücreti|tutarı|kosztuje|cena|"
    r"koszt|стоит|стоимость|цена|коштує|вартість|ціна|السعر|سعر|تكلف|التكلفة)\b(?:\W{1,20}[^\W\d]{1,40}){0,4}\W{1,20}"
    rf"(?!0\d)(?P<number>{_NUMBER})(?![\d.:]*\d)"
    r"(?!\s*(?:min|stunden?|std|uhr|h\b|tage?|km|liter|l\b|%|jahre?|monate?|hours?|days?))",
    re.IGNORECASE,
)
NUMBER_WORDS = (
    " zehn",
    " zwölf",
    " fünfzehn",
    "zwanzig",
    "dreißig",
    "vierzig",
    "fünfzig",
    "sechzig",
    "siebzig",
    "achtzig",
    "neunzig",
    "hundert",
    "tausend",
    " ten ",
    " twelve",
    "teen ",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    " yirmi", " otuz", " kırk", " elli", "altmış", "yetmiş", "seksen", "doksan", " yüz", " bin ",
    " on bir", " on iki", " on üç", " on dört", " on beş", " on altı", " on yedi",
    " on sekiz", " on dokuz",
    "dzieścia", "naście", "dziesiąt", " sto ", "dwieście", "trzysta", "czterysta", "tysi",
    "надцать ", "двадцать", "тридцать", " сорок", "пятьдесят", "шестьдесят", "семьдесят",
    "восемьдесят", "девяносто", " сто ", "двести", "триста", "четыреста", "пятьсот", "тысяч",
    "надцять ", "двадцять", "тридцять", "п'ятдесят", "шістдесят", "сімдесят", "вісімдесят",
    "дев'яносто",
    "двісті", "чотириста", "п'ятсот", "тисяч",
    "عشر ", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون",
    "ثمانون", "تسعون", "مئة", "مائة", "ألف",
)  # fmt: skip
_IN_WORDS = re.compile(
    rf"(?:{'|'.join(word.strip() for word in NUMBER_WORDS)})\w*\s+(?:{_CURRENCY})", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def amounts_in(text: str) -> frozenset[Decimal]:
    """Every amount that stands with a currency, or after „kostet“, as an exact decimal.

    Remembered, because the texts of a workshop are read again for each of its answers.
    """
    found = {match["before"] or match["after"] for match in _WITH_CURRENCY.finditer(text)}
    found |= {match["number"] for match in _AFTER_COSTS.finditer(text)}
    return frozenset(_decimal(number) for number in found)


def has_amount_in_words(text: str) -> bool:
    return _IN_WORDS.search(text) is not None


def _decimal(number: str) -> Decimal:
    """`1.234,56`, `1,234.56`, `1.234` and `89,00` alike: the last mark before two digits counts."""
    whole, mark, cents = number, "", ""
    tail = re.search(r"[.,](\d{1,2})$", number)
    if tail:
        whole, mark, cents = number[: tail.start()], ".", tail[1]
    digits = re.sub(r"\D", "", whole)
    return Decimal(f"{digits}{mark}{cents}")
