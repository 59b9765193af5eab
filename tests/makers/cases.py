"""Diagnostic cases and photos as tests need them."""

from io import BytesIO

from PIL import Image

from portal.diagnostics import sessions
from portal.diagnostics.session_forms import CaseForm


async def a_case(db, vehicle, *, by="Mara Meister", **facts):
    form = CaseForm(**{"kind": "visual", "vehicle_id": str(vehicle.id), **facts})
    return await sessions.begin(db, form, by=by)


def a_photo(size=(64, 48), color="teal", kind="JPEG", **options):
    """A picture as bytes; `options` go to the encoder (`exif=…`)."""
    written = BytesIO()
    Image.new("RGB", size, color).save(written, kind, **options)
    return written.getvalue()
