"""Who books and with what: found among the workshop's own, or entered as new.

What a stranger types never changes what the workshop knows, and never tells them any of it.
"""

from portal.bookings.drafts import BookingDraft, CarDraft, GuestDraft
from portal.bookings.models.kinds import Origin
from portal.kit.db import Db
from portal.kit.errors import N_, FieldError, Invalid
from portal.kit.text import _
from portal.vehicles import customers, ownerships, vehicles
from portal.vehicles.forms import CustomerDraft, VehicleDraft
from portal.vehicles.models import Customer, Vehicle
from portal.vehicles.search_keys import name_key
from portal.vehicles.vehicle_facts import VehicleInvalid

TYPED_BY_CUSTOMERS = frozenset(
    {Origin.CHAT, Origin.FORM, Origin.LINK, Origin.WAITLIST, Origin.CAMPAIGN}
)


class GuestInvalid(Invalid):
    code, title = "INVALID_GUEST", N_("Some entries about you or your car are not valid.")


async def customer_of(db: Db, draft: BookingDraft) -> Customer | None:
    """The customer meant, known or new. Raises `GuestInvalid` or what the customer room raises."""
    if draft.customer_id is not None:
        return await customers.get(db, draft.customer_id)
    guest = draft.customer
    if guest is None or not (guest.name or guest.email or guest.phone):
        return None
    if not guest.name.strip():
        missing = FieldError("name", "NAME_MISSING", _("Please tell us your name."))
        raise GuestInvalid(errors=[missing])
    known = await _known(db, guest)
    if known is not None:
        return known
    fresh = CustomerDraft(
        name=guest.name, email=guest.email, phone=guest.phone, locale=draft.locale
    )
    return await customers.create(db, fresh)


async def vehicle_of(db: Db, draft: BookingDraft, keeper: Customer | None) -> Vehicle | None:
    """The vehicle meant, known or new; a known one keeps its keeper.

    A plate that cannot be read is no reason to send a customer away: the appointment keeps the
    words (`unread_plate`). Programs and staff get `InvalidPlate` or `InvalidVin`.
    """
    if draft.vehicle_id is not None:
        return (await vehicles.get(db, draft.vehicle_id)).vehicle
    car = draft.vehicle
    if car is None or not (car.plate.strip() or car.vin.strip() or car.make.strip()):
        return await _only_vehicle(db, keeper) if draft.customer_id else None
    known = await _known_car(db, car)
    if known is not None:
        return known
    fresh = VehicleDraft(vin=car.vin, plate=car.plate, make=car.make, model=car.model)
    try:
        return await vehicles.create(db, fresh, keeper=keeper)
    except VehicleInvalid:
        if draft.origin not in TYPED_BY_CUSTOMERS:
            raise
        return None


def unread_plate(draft: BookingDraft, vehicle: Vehicle | None) -> str:
    """What a customer typed as plate when no vehicle came of it."""
    car = draft.vehicle
    if vehicle is not None or car is None:
        return ""
    return " ".join(part for part in (car.plate, car.make, car.model, car.vin) if part.strip())


async def _known(db: Db, guest: GuestDraft) -> Customer | None:
    """The same contact and a name in common: a family shares a telephone, not a name's words."""
    words = set(name_key(guest.name).split())
    for one in await customers.find_by_contact(db, email=guest.email, phone=guest.phone):
        if words & set(name_key(f"{one.name} {one.company}").split()):
            return one
    return None


async def _known_car(db: Db, car: CarDraft) -> Vehicle | None:
    if car.vin.strip():
        found = await vehicles.find_by_vin(db, car.vin)
        if found is not None:
            return found
    if car.plate.strip():
        carrying = await vehicles.find_by_plate(db, car.plate)
        return carrying[0] if len(carrying) == 1 else None
    return None


async def _only_vehicle(db: Db, keeper: Customer | None) -> Vehicle | None:
    if keeper is None:
        return None
    rows = await ownerships.of_customer(db, keeper.id)
    kept = [row.Vehicle for row in rows if row.Ownership.is_open]
    return kept[0] if len(kept) == 1 else None
