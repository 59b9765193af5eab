"""What may come in: drafts hold what was typed, unjudged, so that an invalid form loses nothing.

The request's size is limited by the application; each length by the verb that reads the draft.
"""

import msgspec


class CustomerDraft(msgspec.Struct, kw_only=True):
    """A customer as typed; a name or a company is needed. `locale` is the language we write in."""

    salutation: str = ""
    name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    note: str = ""
    locale: str = "de"


class CustomerForm(CustomerDraft, kw_only=True):
    """`twin` says that a customer with the same phone or mail address is another one."""

    vehicle: str = ""
    twin: str = ""


class VehicleDraft(msgspec.Struct, kw_only=True):
    """A vehicle as typed; a VIN, a plate or a make is needed.

    `first_registration` is a day (`14.03.2016`, `2016-03-14`), `hu_due` a month (`11/2027`,
    `2027-11`). `plate_conflict` answers what happens when another vehicle carries the plate:
    `move` takes it from there, `share` leaves it there too, blank refuses.
    """

    vin: str = ""
    plate: str = ""
    plate_country: str = "D"
    plate_conflict: str = ""
    make: str = ""
    model: str = ""
    hsn: str = ""
    tsn: str = ""
    first_registration: str = ""
    fuel: str = ""
    power_kw: str = ""
    displacement_ccm: str = ""
    tyre_size: str = ""
    color: str = ""
    hu_class: str = "car"
    hu_due: str = ""
    odometer_km: str = ""
    note: str = ""


class VehicleForm(VehicleDraft, kw_only=True):
    """The suggestions are buttons: what was chosen replaces what was typed."""

    customer: str = ""
    vin_choice: str = ""
    plate_choice: str = ""

    def __post_init__(self) -> None:
        self.vin = self.vin_choice or self.vin
        self.plate = self.plate_choice or self.plate


class HistoryDraft(msgspec.Struct, kw_only=True):
    """An entry as typed."""

    kind: str = ""
    happened_on: str = ""
    odometer_km: str = ""
    title: str = ""
    text: str = ""
    source_label: str = ""
    provenance: str = ""


class KeeperForm(msgspec.Struct, kw_only=True):
    q: str = ""
    customer: str = ""
    role: str = ""
    since: str = ""
