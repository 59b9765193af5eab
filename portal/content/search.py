"""Finding the answers that fit what somebody typed.

Full-text and trigram operators are not leakproof, so under row-level security they cannot use an
index. The query therefore goes in two steps: the index on `(workshop_id, locale)` gives this
workshop's few entries, only their search columns are judged, and the long answers are fetched for
the winners alone.
"""

import msgspec
from sqlalchemy import text

from portal.content.folding import folded
from portal.kit.db import Db
from portal.kit.glances import Glance, Sentence, rows_of

CONFIGS = {"de": "german", "en": "english"}
"""Any other language is indexed as if it were German, and asked so."""
LONGEST_QUESTION = 500
SURE, PERHAPS = 0.55, 0.34
"""From where on a found text is taken for the answer, and for one that may help."""
ALIKE_FROM = 7
"""Letters of a word whose typing errors are looked through: of shorter ones half of all are alike,
„wert“ is as near to „Werkstatt“ as to anything.
"""
_SEPARABLE = {
    ("hol", "ab"): ("holen", "abholen"),
    ("bring", "zuruck"): ("bringen", "zuruckbringen"),
    ("geb", "ab"): ("geben", "abgeben"),
    ("stell", "ab"): ("stellen", "abstellen"),
    ("lager", "ein"): ("lagern", "einlagern"),
}
"""Verbs that German takes apart: „Holt ihr das Auto auch ab?“ asks for „abholen“."""
_EVERYDAY = frozenset(
    folded("""
    auto autos wagen fahrzeug kfz pkw werkstatt firma bitte hallo guten tag frage fragen mal
    möglich geht gehen gibt gibts haben hab habe macht machen mache möchte will wollte würde
    brauche brauch sagen wissen eigentlich denn gerne danke moin euch ihnen eurer bietet bieten
    anbieten kosten kostet preis teuer
    car vehicle garage workshop please hello question possible want need would like know tell
    offer cost price much
    """).split()
)

_SEARCH = Sentence(
    text(r"""
with asked as materialized (
    select lexeme from unnest(to_tsvector(cast(:config as regconfig), :words))
), query as materialized (
    select string_agg(quote_literal(lexeme), ' | ')::tsquery as any_word,
           greatest(count(*), 1) as words from asked
), judged as materialized (
    select f.id,
           (select count(*) from asked
             where f.search @@ (quote_literal(lexeme) || '\:A')::tsquery)::float / query.words
               as in_title,
           (select count(*) from asked
             where f.search @@ quote_literal(lexeme)::tsquery)::float / query.words as in_any,
           word_similarity(:long_words, f.search_title)::float as alike
      from faq_entries f cross join query
     where f.locale = :locale and f.active and query.any_word is not null
       and (f.search @@ query.any_word or word_similarity(:long_words, f.search_title) > 0.5)
), best as materialized (
    select id, greatest(0.7 * in_title + 0.3 * in_any, 0.6 * alike) as score
      from judged order by score desc, id limit :limit
)
select f.id, f.question, f.answer, best.score
  from best join faq_entries f on f.id = best.id
 order by best.score desc, f.position
""")
)


class Entry(msgspec.Struct, frozen=True):
    """`locale` is the language that it is written in; `translation` and `question_translated` are
    what a provider made of it for this visitor, empty where there is none.
    """

    id: str
    question: str
    answer: str
    locale: str = "de"
    question_translated: str = ""
    translation: str = ""


class Found(msgspec.Struct, frozen=True):
    """An entry with how well it fits: 1.0 means that all words are in its question. `by_meaning`:
    it was found without its words.
    """

    entry: Entry
    score: float
    by_meaning: bool = False


async def find_answers(db: Db | Glance, question: str, locale: str, limit: int = 3) -> list[Found]:
    """The entries of this language that fit best, best first; none when no word fits."""
    words = telling_words(question)
    if not words:
        return []
    rows = await rows_of(
        db,
        _SEARCH,
        config=CONFIGS.get(locale, "german"),
        words=words,
        long_words=" ".join(word for word in words.split() if len(word) >= ALIKE_FROM),
        locale=locale,
        limit=limit,
    )
    return [
        Found(Entry(str(row.id), row.question, row.answer, locale), round(float(row.score), 3))
        for row in rows
    ]


def telling_words(question: str) -> str:
    """The folded words that tell questions apart; half of all visitors write „Auto“."""
    words = _joined(_only_letters(folded(question[:LONGEST_QUESTION])).split())
    return " ".join(word for word in words if word not in _EVERYDAY)


def _joined(words: list[str]) -> list[str]:
    """With the verbs put together again that stand apart."""
    for place, word in enumerate(words):
        for (stem, particle), verb in _SEPARABLE.items():
            if word.startswith(stem) and particle in words[place + 1 :]:
                last = len(words) - 1 - words[::-1].index(particle)
                return [*words[:place], *verb, *words[place + 1 : last], *words[last + 1 :]]
    return words


def _only_letters(words: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in words)
