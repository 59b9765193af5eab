"""The figures of a workshop's bookings: four statements, the rest is pure.

Every figure says how it is worked out (`numbers_words.FORMULAS`), for people and programs alike.
"""

from datetime import date

from portal.bookings import numbers_figures as figures
from portal.bookings import numbers_queries as queries
from portal.bookings.models.kinds import ResourceKind
from portal.bookings.numbers_available import open_days
from portal.bookings.numbers_figures import Numbers
from portal.bookings.numbers_period import Period
from portal.kit.db import Db
from portal.kit.text import _


async def load(db: Db, period: Period, *, forecast_until: date | None = None) -> Numbers:
    """`forecast_until`: up to which day revenue is summed up; as a rule it lies ahead."""
    basis = await queries.load_basis(db, period)
    taken = await queries.count_taken(db, basis, period)
    counted = await queries.count_outcomes(db, period)
    until = forecast_until or period.last
    earned = await queries.sum_revenue(db, period.first, until)
    days = open_days(basis.week, period), open_days(basis.week, period.before)
    lifts = figures.usages(basis, taken, days, ResourceKind.LIFT)
    people = figures.usages(basis, taken, days, ResourceKind.PERSON)
    hours_of = ResourceKind.LIFT if lifts else ResourceKind.PERSON
    return Numbers(
        period=period,
        lifts=lifts,
        people=people,
        all_lifts=figures.together(_("All lifts"), lifts),
        all_people=figures.together(_("All people"), people),
        lead=figures.lead_times(counted),
        outcome=figures.outcome_of(counted, is_now=True),
        outcome_before=figures.outcome_of(counted, is_now=False),
        origins=figures.origin_lines(counted),
        weeks=figures.week_lines(earned, period.first, until),
        hours=figures.hour_uses(basis, taken, days, hours_of),
        hours_of=hours_of,
    )
