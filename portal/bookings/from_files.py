"""What the bookings room knows of a workshop from files: services, hours, resources.

Loading twice changes nothing, and what staff changed stays theirs.
"""

from pathlib import Path

from portal.bookings.hours_from_file import load_hours
from portal.bookings.resources_from_file import load_resources
from portal.bookings.services_from_file import ServiceInFile, load_services
from portal.kit.db import Db


async def load_services_and_hours(db: Db, folder: Path) -> None:
    """`services.yaml`, `hours.yaml`, `resources.yaml`; the session says of which workshop."""
    await load_services(db, folder / "services.yaml")
    await load_hours(db, folder / "hours.yaml")
    resources = folder / "resources.yaml"
    if resources.exists():
        await load_resources(db, resources)


__all__ = ["ServiceInFile", "load_hours", "load_services", "load_services_and_hours"]
