"""Customers, vehicles, who keeps which vehicle when, and what happened to it.

Every `_key` column is the normalised form of its neighbour, compared with `=` or as a range:
under row-level security only such leakproof operators reach an index. Keys are collated "C", so
that a range is a prefix.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.kit import clock
from portal.kit.db import created_column
from portal.tenants.owned import Owned, belongs_to
from portal.vehicles import hu
from portal.vehicles import plate as plates


class Salutation(StrEnum):
    NONE = ""
    MS = "ms"
    MR = "mr"


class Fuel(StrEnum):
    UNKNOWN = ""
    PETROL = "petrol"
    DIESEL = "diesel"
    HYBRID = "hybrid"
    PLUG_IN_HYBRID = "plug_in_hybrid"
    ELECTRIC = "electric"
    LPG = "lpg"
    CNG = "cng"
    HYDROGEN = "hydrogen"
    OTHER = "other"


class OwnershipRole(StrEnum):
    """The keeper stands in the registration certificate; driver and payer may be others."""

    KEEPER = "keeper"
    DRIVER = "driver"
    PAYER = "payer"


class HistoryKind(StrEnum):
    SERVICE = "service"
    INSPECTION = "inspection"
    DIAGNOSTICS = "diagnostics"
    BOOKING = "booking"
    NOTE = "note"


class Provenance(StrEnum):
    """How we know: written down by staff, measured by a device, told to us, or taken over."""

    DOCUMENTED = "documented"
    MEASURED = "measured"
    REPORTED = "reported"
    IMPORTED = "imported"


class HuState(StrEnum):
    UNKNOWN = "unknown"
    FINE = "fine"
    SOON = "soon"
    OVERDUE = "overdue"


def _key(length: int) -> String:
    return String(length, collation="C")


class Customer(Owned):
    __tablename__ = "customers"

    salutation: Mapped[Salutation] = mapped_column(String(8), server_default="")
    name: Mapped[str] = mapped_column(String(120), server_default="")
    company: Mapped[str] = mapped_column(String(120), server_default="")
    email: Mapped[str] = mapped_column(String(254), server_default="")
    phone: Mapped[str] = mapped_column(String(40), server_default="")
    street: Mapped[str] = mapped_column(String(120), server_default="")
    postcode: Mapped[str] = mapped_column(String(10), server_default="")
    city: Mapped[str] = mapped_column(String(80), server_default="")
    note: Mapped[str] = mapped_column(Text, server_default="")
    locale: Mapped[str] = mapped_column(String(8), server_default="de")
    name_key: Mapped[str] = mapped_column(_key(250), server_default="")
    phone_key: Mapped[str | None] = mapped_column(_key(20))
    email_key: Mapped[str | None] = mapped_column(_key(254))
    created_at: Mapped[datetime] = created_column()
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), default=clock.now, onupdate=clock.now
    )

    @property
    def title(self) -> str:
        """What a list shows."""
        return self.company or self.name

    @property
    def address(self) -> str:
        place = f"{self.postcode} {self.city}".strip()
        return ", ".join(line for line in (self.street, place) if line)

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            Index("ix_customers_name", "workshop_id", "name_key", "id"),
            Index("ix_customers_phone", "workshop_id", "phone_key"),
            Index("ix_customers_email", "workshop_id", "email_key"),
        )


class CustomerWord(Owned):
    """One word of a customer's names, so that any of them finds the customer."""

    __tablename__ = "customer_words"

    customer_id: Mapped[UUID]
    word: Mapped[str] = mapped_column(_key(120))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "customer_id", "word"),
            Index("ix_customer_words_word", "workshop_id", "word", "customer_id"),
        )


class Vehicle(Owned):
    """Facts as the registration certificate (ZB1) has them; `hu_due` is `YYYY-MM`.

    `vin_key` is the VIN backwards: its last characters are what people read out.
    `plate_key` is the plate's identity, `plate_search` what it is found under, `plate_end` the
    same backwards for those who leave out the district. `defects_found_on` is the day of an HU
    that was not passed, until its re-test is; `hu_judged_id` the last entry of the history about
    which somebody has said what came out.
    """

    __tablename__ = "vehicles"

    vin: Mapped[str | None] = mapped_column(_key(17))
    vin_key: Mapped[str | None] = mapped_column(_key(17))
    plate: Mapped[str] = mapped_column(String(20), server_default="")
    plate_country: Mapped[str] = mapped_column(String(3), server_default="D")
    plate_key: Mapped[str | None] = mapped_column(_key(24))
    plate_search: Mapped[str | None] = mapped_column(_key(20))
    plate_end: Mapped[str | None] = mapped_column(_key(20))
    make: Mapped[str] = mapped_column(String(60), server_default="")
    model: Mapped[str] = mapped_column(String(80), server_default="")
    hsn: Mapped[str] = mapped_column(String(4), server_default="")
    tsn: Mapped[str] = mapped_column(String(9), server_default="")
    first_registration: Mapped[date | None]
    fuel: Mapped[Fuel] = mapped_column(String(16), server_default="")
    power_kw: Mapped[int | None]
    displacement_ccm: Mapped[int | None]
    tyre_size: Mapped[str] = mapped_column(String(40), server_default="")
    color: Mapped[str] = mapped_column(String(40), server_default="")
    hu_due: Mapped[str | None] = mapped_column(_key(7))
    hu_class: Mapped[hu.HuClass] = mapped_column(
        String(20), default=hu.HuClass.CAR, server_default=hu.HuClass.CAR
    )
    defects_found_on: Mapped[date | None]
    hu_judged_id: Mapped[UUID | None]
    odometer_km: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text, server_default="")
    created_at: Mapped[datetime] = created_column()
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), default=clock.now, onupdate=clock.now
    )

    @property
    def title(self) -> str:
        return f"{self.make} {self.model}".strip()

    @property
    def season(self) -> hu.Season | None:
        """First and last month of a season plate."""
        found = plates.candidates(self.plate) if "/" in (self.plate or "") else ()
        return found[0].months if found else None

    @property
    def hu_target(self) -> hu.Month | None:
        """The month in which the next HU has to be; `hu_due` unless that lies out of season."""
        return hu.target(hu.Month.read(self.hu_due), self.season) if self.hu_due else None

    @property
    def retest_until(self) -> date | None:
        return hu.retest_until(self.defects_found_on) if self.defects_found_on else None

    def hu_state(self, today: date | None = None) -> HuState:
        """Overdue from the first day after the month; soon in that month and the one before."""
        if self.hu_target is None:
            return HuState.UNKNOWN
        today = today or clock.local(clock.now()).date()
        months_left = self.hu_target.since(hu.Month.of(today))
        if months_left < 0:
            return HuState.OVERDUE
        return HuState.SOON if months_left <= 1 else HuState.FINE

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id", "vin"),
            Index("ix_vehicles_vin_tail", "workshop_id", "vin_key"),
            Index("ix_vehicles_plate", "workshop_id", "plate_key"),
            Index("ix_vehicles_plate_search", "workshop_id", "plate_search"),
            Index("ix_vehicles_plate_end", "workshop_id", "plate_end"),
            Index("ix_vehicles_hu", "workshop_id", "hu_due", "id"),
            CheckConstraint("hu_due ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'", name="hu_due_is_a_month"),
            CheckConstraint("odometer_km >= 0", name="odometer_counts_up"),
        )


class FormerPlate(Owned):
    """A plate that the vehicle carried until a day: plates move and are issued again."""

    __tablename__ = "former_plates"

    vehicle_id: Mapped[UUID]
    plate: Mapped[str] = mapped_column(String(20))
    plate_search: Mapped[str | None] = mapped_column(_key(20))
    valid_to: Mapped[date]

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("vehicles", "vehicle_id", ondelete="CASCADE"),
            Index("ix_former_plates_vehicle", "workshop_id", "vehicle_id"),
            Index("ix_former_plates_search", "workshop_id", "plate_search"),
        )


class Ownership(Owned):
    """Who was what to a vehicle from a day (None: as long as we know) to before another."""

    __tablename__ = "ownerships"

    vehicle_id: Mapped[UUID]
    customer_id: Mapped[UUID]
    role: Mapped[OwnershipRole] = mapped_column(String(10), server_default="keeper")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    @property
    def is_open(self) -> bool:
        return self.valid_to is None

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("vehicles", "vehicle_id", ondelete="CASCADE"),
            belongs_to("customers", "customer_id", ondelete="CASCADE"),
            Index("ix_ownerships_customer", "workshop_id", "customer_id"),
            Index("ix_ownerships_vehicle", "workshop_id", "vehicle_id"),
            Index(
                "uq_ownerships_one_keeper",
                "workshop_id",
                "vehicle_id",
                unique=True,
                postgresql_where=text("valid_to IS NULL AND role = 'keeper'"),
            ),
            CheckConstraint("valid_from <= valid_to", name="ends_after_it_begins"),
        )


class HistoryEntry(Owned):
    """Evidence: appended, never changed; a correction is another entry.

    `source_kind`, `source_label` and `source_id` name the record that it came from. The same
    source is entered once, so that a job may try again.
    """

    __tablename__ = "history_entries"

    vehicle_id: Mapped[UUID]
    kind: Mapped[HistoryKind] = mapped_column(String(16))
    happened_on: Mapped[date]
    odometer_km: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, server_default="")
    source_kind: Mapped[str] = mapped_column(String(20), server_default="staff")
    source_label: Mapped[str] = mapped_column(String(160), server_default="")
    source_id: Mapped[UUID | None]
    provenance: Mapped[Provenance] = mapped_column(String(16), server_default="documented")
    created_by: Mapped[str] = mapped_column(String(160), server_default="")
    created_at: Mapped[datetime] = created_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("vehicles", "vehicle_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "source_kind", "source_id"),
            Index("ix_history_entries_day", "workshop_id", "vehicle_id", "happened_on", "id"),
            CheckConstraint("odometer_km >= 0", name="odometer_counts_up"),
        )
