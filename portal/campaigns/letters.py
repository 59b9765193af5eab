"""Letters as a list: one line each, for the mail merge of a word processor."""

import csv
import io
from uuid import UUID

from sqlalchemy import select

from portal.campaigns.models import CampaignMessage, Delivery
from portal.kit.db import Db
from portal.kit.text import _
from portal.vehicles import labels
from portal.vehicles.models import Customer, Vehicle

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


async def as_csv(db: Db, campaign_id: UUID) -> bytes:
    """Semicolons and a byte order mark: so a German Excel reads it without asking."""
    query = (
        select(CampaignMessage, Vehicle, Customer)
        .join(Vehicle, Vehicle.id == CampaignMessage.vehicle_id)
        .join(Customer, Customer.id == CampaignMessage.customer_id)
        .where(CampaignMessage.campaign_id == campaign_id)
        .where(CampaignMessage.state == Delivery.SENT)
        .order_by(Customer.postcode, CampaignMessage.id)
    )
    sheet = io.StringIO()
    lines = csv.writer(sheet, delimiter=";")
    lines.writerow(
        [
            _("Salutation"), _("Name"), _("Company"), _("Street"), _("Postcode"), _("City"),
            _("Plate"), _("HU due"), _("Subject"), _("Text"),
        ]
    )  # fmt: skip
    for message, vehicle, customer in await db.execute(query):
        due = f"{message.due_month[5:]}/{message.due_month[:4]}"
        salutation = labels.of(labels.salutations(), customer.salutation)
        cells = [
            salutation if customer.salutation else "", customer.name, customer.company,
            customer.street, customer.postcode, customer.city, vehicle.plate, due,
            message.subject, message.body,
        ]  # fmt: skip
        lines.writerow([_harmless(cell) for cell in cells])
    return sheet.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A cell that begins like a formula would be computed."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
