"""Photos of a case: only pixels survive, and only staff sees them."""

import asyncio
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from portal.diagnostics import photos, pictures, sessions
from portal.kit.blobs import BlobMissing
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from tests.makers.cases import a_case, a_photo
from tests.makers.vehicles import a_vehicle

GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def with_place():
    exif = Image.Exif()
    exif[MAKE] = "Geheime Kamera"
    exif[ORIENTATION] = 6  # taken upright: turned by 90°
    exif.get_ifd(GPS)[2] = (52.0, 31.0, 12.0)
    return a_photo((80, 60), exif=exif, comment=b"Geheimer Kommentar")


@pytest.fixture
async def case(parts, shop):
    async with inside(parts, shop.id) as db:
        return await a_case(db, await a_vehicle(db))


@pytest.fixture
def album(shop, case):
    return f"{shop.home}/diagnostics/sessions/{case.id}/photos"


def test_place_device_and_comment_are_left_behind():
    made = pictures.made_safe(with_place() + b"Geheimer Anhang")
    for data in (made.full, made.thumb):
        assert b"Geheim" not in data
        with Image.open(BytesIO(data)) as shown:
            assert not shown.getexif()
            assert shown.format == "JPEG"


def test_a_picture_taken_upright_stands_upright():
    made = pictures.made_safe(with_place())
    assert (made.width, made.height) == (60, 80)


def test_a_large_picture_becomes_small_enough_to_look_at():
    made = pictures.made_safe(a_photo((6000, 4000)))
    assert (made.width, made.height) == (2560, 1707)
    with Image.open(BytesIO(made.thumb)) as thumb:
        assert max(thumb.size) == 480


def test_what_shone_through_becomes_white():
    written = BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(written, "PNG")
    with Image.open(BytesIO(pictures.made_safe(written.getvalue()).full)) as shown:
        assert shown.getpixel((5, 5)) == (255, 255, 255)


def bomb():
    """A PNG of a few hundred bytes that says it is 60,000 × 60,000."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (bomb(), pictures.PictureTooLarge),
        (bytes(pictures.LONGEST_FILE + 1), pictures.PictureTooLarge),
        (b"", pictures.PictureUnreadable),
        (b"=cmd|' /C calc'!A0", pictures.PictureUnreadable),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            pictures.PictureUnreadable,
        ),
        (b"%PDF-1.7", pictures.PictureUnreadable),
        (b"GIF89a" + bytes(100), pictures.PictureUnreadable),
        (a_photo()[:200], pictures.PictureUnreadable),
    ],
    ids=["bomb", "huge", "empty", "formula", "svg", "pdf", "gif", "cut"],
)
def test_what_is_no_picture_or_too_much_of_it_is_refused(data, problem):
    with pytest.raises(problem):
        pictures.made_safe(data)


async def test_a_photo_is_served_as_a_picture_and_nothing_else(parts, signed_in, shop, case, album):
    browser = await signed_in(shop, Role.MECHANIC)
    files = [
        ("photo", ("bremse.jpg", with_place())),
        ("photo", ("zweites.png", a_photo(kind="PNG"))),
    ]
    answer = await browser.post(album, files=files, data={"caption": "Bremse vorn"})
    assert answer.status_code == 303
    async with inside(parts, shop.id) as db:
        taken = await photos.of_session(db, case.id)
    assert [photo.caption for photo in taken] == ["Bremse vorn", "Bremse vorn"]
    for place in ("", "/thumb"):
        shown = await browser.get(f"{album}/{taken[0].id}{place}")
        assert shown.headers["content-type"] == "image/jpeg"
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in shown.headers["content-security-policy"]
        assert "no-store" in shown.headers["cache-control"]
        assert b"Geheim" not in shown.content


async def test_one_bad_file_does_not_stop_the_others(parts, signed_in, shop, case, album):
    browser = await signed_in(shop, Role.MECHANIC)
    files = [("photo", ("brief.pdf", b"%PDF-1.7")), ("photo", ("gut.jpg", a_photo()))]
    answer = await browser.post(album, files=files, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "brief.pdf" in answer.text
    assert "JPEG, PNG oder WebP" in answer.text
    async with inside(parts, shop.id) as db:
        assert len(await photos.of_session(db, case.id)) == 1


async def test_the_same_picture_twice_is_one_photo(parts, shop, case):
    for _ in range(2):
        async with inside(parts, shop.id) as db:
            found = await sessions.get(db, case.id)
            await photos.take(db, parts.blobs, found, a_photo(), by="Mara")
    async with inside(parts, shop.id) as db:
        assert len(await photos.of_session(db, case.id)) == 1


async def test_a_removed_photo_is_gone_with_its_bytes(parts, signed_in, shop, case, album):
    browser = await signed_in(shop, Role.MECHANIC)
    await browser.post(album, files={"photo": ("a.jpg", a_photo())})
    async with inside(parts, shop.id) as db:
        [photo] = await photos.of_session(db, case.id)
    assert (await browser.post(f"{album}/{photo.id}/removal")).status_code == 303
    assert (await browser.get(f"{album}/{photo.id}")).status_code == 404
    for key in (photo.blob_key, photo.thumb_key):
        with pytest.raises(BlobMissing):
            await parts.blobs.get(key)


async def test_a_photo_of_another_case_is_not_found(parts, signed_in, shop, case, album):
    browser = await signed_in(shop, Role.MECHANIC)
    await browser.post(album, files={"photo": ("a.jpg", a_photo())})
    async with inside(parts, shop.id) as db:
        [photo] = await photos.of_session(db, case.id)
        other = await a_case(db, await a_vehicle(db, plate="B-XX 99"))
    strange = f"{shop.home}/diagnostics/sessions/{other.id}/photos/{photo.id}"
    assert (await browser.get(strange)).status_code == 404


async def test_the_same_photo_at_the_same_moment_is_one(parts, signed_in, shop, case, album):
    browser = await signed_in(shop, Role.MECHANIC)
    picture = a_photo((1600, 1200))
    answers = await asyncio.gather(
        *(browser.post(album, files={"photo": ("a.jpg", picture)}) for _ in range(4))
    )
    assert {answer.status_code for answer in answers} == {303}
    async with inside(parts, shop.id) as db:
        assert len(await photos.of_session(db, case.id)) == 1


async def test_a_photo_does_not_turn_away_who_is_writing(parts, signed_in, shop, case, album):
    browser = await signed_in(shop, Role.MECHANIC)
    await browser.post(album, files={"photo": ("a.jpg", a_photo())})
    form = {"version": str(case.version), "kind": "visual", "notes": "Buchse ausgeschlagen"}
    answer = await browser.post(f"{shop.home}/diagnostics/sessions/{case.id}", data=form)
    assert answer.status_code == 303
    async with inside(parts, shop.id) as db:
        assert (await sessions.get(db, case.id)).notes == "Buchse ausgeschlagen"


async def test_a_case_has_room_for_forty_photos(parts, shop, case, monkeypatch):
    monkeypatch.setattr(photos, "MOST", 2)
    async with inside(parts, shop.id) as db:
        found = await sessions.get(db, case.id)
        for color in ("red", "green"):
            await photos.take(db, parts.blobs, found, a_photo(color=color), by="Mara")
        with pytest.raises(photos.TooManyPhotos):
            await photos.take(db, parts.blobs, found, a_photo(color="blue"), by="Mara")


async def test_whoever_floods_with_photos_is_slowed_down(signed_in, shop, album):
    browser = await signed_in(shop, Role.MECHANIC)
    files = [("photo", ("a.jpg", b"nothing")) for _ in range(photos.TAKEN.burst + 5)]
    answers = await asyncio.gather(browser.post(album, files=files, headers={"hx-request": "true"}))
    assert "Zu viele Anfragen" in answers[0].text
