"""Scans: an uploaded recording, what was read from it, and what could not be read."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from portal.diagnostics.obd.recording import Finding
from portal.diagnostics.rules import sentences
from portal.diagnostics.rules.verdicts import FOUND, Evidence, State
from portal.kit.db import created_column, json_column
from portal.tenants.owned import Owned, belongs_to


class ScanState(StrEnum):
    RECEIVED = "received"
    READ = "read"
    REFUSED = "refused"
    FAILED = "failed"


class Scan(Owned):
    """One uploaded file. `blob_key` holds its bytes untouched, whatever became of the reading."""

    __tablename__ = "scans"

    vehicle_id: Mapped[UUID | None]
    state: Mapped[ScanState] = mapped_column(String(20), server_default=ScanState.RECEIVED)
    file_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    blob_key: Mapped[str] = mapped_column(String(120))
    idempotency_key: Mapped[str | None] = mapped_column(String(120))
    uploaded_by: Mapped[str] = mapped_column(String(160))
    uploaded_at: Mapped[datetime] = created_column()
    stated_vin: Mapped[str | None] = mapped_column(String(17))
    stated_odometer_km: Mapped[int | None]
    vin: Mapped[str | None] = mapped_column(String(17))
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    format: Mapped[str | None] = mapped_column(String(40))
    decoder_version: Mapped[int | None]
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    problem: Mapped[str | None] = mapped_column(Text)
    report: Mapped[dict[str, Any]] = json_column()
    raw_deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("vehicles", "vehicle_id", ondelete="SET NULL"),
            UniqueConstraint("workshop_id", "idempotency_key"),
            Index("ix_scans_uploaded", "workshop_id", "uploaded_at"),
            Index("ix_scans_vehicle", "workshop_id", "vehicle_id", "uploaded_at"),
            Index("ix_scans_content", "workshop_id", "content_hash"),
        )

    @property
    def is_waiting(self) -> bool:
        return self.state == ScanState.RECEIVED

    @property
    def codes_were_read(self) -> bool:
        """Only then may anybody say that there are no trouble codes."""
        return bool(self.report.get("codes_read") == "complete")


class DiagnosticsSettings(Owned):
    """How long a workshop keeps raw recordings (None: for good), and whether where a car was."""

    __tablename__ = "diagnostics_settings"

    keep_months: Mapped[int | None]
    keep_position: Mapped[bool] = mapped_column(server_default=text("false"))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            UniqueConstraint("workshop_id"),
            CheckConstraint("keep_months BETWEEN 1 AND 600", name="keep_months_is_a_time"),
        )


class ScanSignal(Owned):
    """One recorded signal: what it measured, and its change points packed into one field."""

    __tablename__ = "scan_signals"

    scan_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(String(80))
    facts: Mapped[dict[str, Any]] = json_column()
    packed: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("scans", "scan_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "scan_id", "key"),
        )


class ScanCode(Owned):
    """One trouble code of one ECU. Its text is made when it is shown, in the reader's language."""

    __tablename__ = "scan_codes"

    scan_id: Mapped[UUID]
    code: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    ecu: Mapped[str] = mapped_column(String(20))
    origin: Mapped[str] = mapped_column(String(20))
    maker_code: Mapped[str | None] = mapped_column(String(20))

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("scans", "scan_id", ondelete="CASCADE"),
            Index("ix_scan_codes_scan", "workshop_id", "scan_id"),
            Index("ix_scan_codes_code", "workshop_id", "code"),
        )


class ScanFinding(Owned):
    """What one rule says about a scan. Its words are made when it is shown, as those of codes.

    `evidence` holds `from_s`, `to_s`, `values`, `thresholds`, `signals` and `reason` as
    `portal.diagnostics.rules.verdicts.Evidence` explains them.
    """

    __tablename__ = "scan_findings"

    scan_id: Mapped[UUID]
    number: Mapped[int]
    rule: Mapped[str] = mapped_column(String(40))
    state: Mapped[State] = mapped_column(String(20))
    confidence: Mapped[float]
    evidence: Mapped[dict[str, Any]] = json_column()

    @classmethod
    def rules(cls) -> tuple[SchemaItem, ...]:
        return (
            belongs_to("scans", "scan_id", ondelete="CASCADE"),
            UniqueConstraint("workshop_id", "scan_id", "rule"),
        )

    @property
    def is_found(self) -> bool:
        """Borderline or abnormal: something for a mechanic to look at."""
        return self.state in FOUND

    @property
    def seen(self) -> Evidence:
        return sentences.evidence_of(self.evidence)

    @property
    def as_finding(self) -> Finding:
        """The shape of the contract, as `carbot obd decode` and the API give it."""
        return sentences.finding(self.rule, self.state, self.confidence, self.seen)

    @property
    def title(self) -> str:
        return self._said.title

    @property
    def text(self) -> str:
        return self._said.text

    @property
    def next_step(self) -> str:
        """Empty where there is nothing to test."""
        return self._said.next_step

    @property
    def _said(self) -> sentences.Said:
        return sentences.say(self.rule, self.state, self.seen)
