"""Questions whose answer says it otherwise: „Darf Bello mit rein?“ and „Haustiere“.

Only where words alone found no sure answer, and where an endpoint for embeddings is set up.
"""

from msgspec.structs import replace

from portal.ai.embeddings import embedder_of
from portal.chat.assistant.built_in import must_not_wait
from portal.chat.assistant.facts import ANSWERS, Facts
from portal.chat.assistant.intents import SOCIAL, UNPRICED
from portal.chat.assistant.prompt import redaction_for
from portal.chat.assistant.reading import Reading
from portal.chat.assistant.speech import Question
from portal.content import kindred
from portal.content.search import SURE
from portal.kit.parts import Parts


def may_help(parts: Parts, facts: Facts, reading: Reading, question: Question) -> bool:
    is_sure = bool(facts.found) and facts.found[0].score >= SURE
    is_open = bool(reading.unexplained) and not reading.intents - SOCIAL - UNPRICED
    return (
        is_open
        and not is_sure
        and question.budget_left
        and not reading.leaves_contact
        and not must_not_wait(reading)
        and embedder_of(parts) is not None
    )


async def found(parts: Parts, facts: Facts, reading: Reading, question: Question) -> Facts:
    """The facts with the nearest texts before those that words have found."""
    asked = redaction_for(facts, question).hide(question.text)
    near = await kindred.find(parts, question.workshop_id, asked, reading.language, ANSWERS)
    ids = {one.entry.id for one in near}
    others = [one for one in facts.found if one.entry.id not in ids]
    best_first = sorted((*near, *others), key=lambda one: -one.score)
    return replace(facts, found=tuple(best_first[:ANSWERS]))
