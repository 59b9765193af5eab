"""The texts that customers agree to or are told, by version: which one somebody saw is evidence."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.campaigns.models import CampaignRules, Wording, WordingKind
from portal.kit.db import Db
from portal.kit.errors import N_, Invalid
from portal.kit.text import _
from portal.tenants.audit import note
from portal.tenants.owned import keep_only
from portal.vehicles.typed import Reading

LONGEST = 2000
YEARS = range(1, 11)


class WordingInvalid(Invalid):
    code, title = "INVALID_WORDING", N_("Some entries about reminders are not valid.")


@dataclass(frozen=True)
class Current:
    """A text and its version; `standard-1` is ours, until the workshop writes its own."""

    version: str
    text: str


async def current(db: Db) -> dict[WordingKind, Current]:
    found = {WordingKind(kind): Current("standard-1", _(STANDARD[kind])) for kind in WordingKind}
    query = select(Wording).order_by(Wording.version)
    for row in await db.scalars(query):
        found[WordingKind(row.kind)] = Current(str(row.version), row.text)
    return found


async def customer_years(db: Db) -> int:
    return await db.scalar(select(CampaignRules.customer_years)) or 3


async def change(db: Db, *, consent: str, notice: str, years: str) -> None:
    """A changed text becomes a new version, the old one stays. Raises `WordingInvalid`."""
    reading = Reading(WordingInvalid)
    typed = {
        WordingKind.CONSENT: reading.text("consent", consent, LONGEST),
        WordingKind.NOTICE: reading.text("notice", notice, LONGEST),
    }
    for kind, text in typed.items():
        if not text:
            reading.refuse(kind, "MISSING", _("This text cannot be empty."))
    count = reading.whole("years", years, max(YEARS))
    if count is None or count not in YEARS:
        reading.refuse("years", "OUT_OF_RANGE", _("Between 1 and 10 years."))
    reading.end()
    # First, so that whoever changes the texts at the same moment waits and takes the next version.
    await keep_only(db, CampaignRules, {"customer_years": count})
    now = await current(db)
    for kind, text in typed.items():
        if text != now[kind].text:
            await _add(db, kind, text)
    note(db, "campaigns.rules_changed")
    await db.flush()


async def _add(db: Db, kind: WordingKind, text: str) -> None:
    query = select(Wording.version).where(Wording.kind == kind).order_by(Wording.version.desc())
    newest = await db.scalar(query.limit(1)) or 0
    member = db.info.get("member")
    db.add(
        Wording(kind=kind, version=newest + 1, text=text, created_by=member.name if member else "")
    )


STANDARD = {
    WordingKind.CONSENT: N_(
        "I agree that the workshop reminds me of due inspections (HU/AU) and seasonal services of "
        "my vehicle on the way named here. I can withdraw this consent at any time for the future, "
        "for example through the link in every message."
    ),
    WordingKind.NOTICE: N_(
        "We use the address that you gave us with the order to tell you about our own similar "
        "services, for example the next HU of your vehicle. You can object to this at any time, "
        "with a message to us, without costs other than those of transmission at basic rates."
    ),
}
