import pytest

from portal.tenants.boundary import inside
from portal.vehicles import search, vehicles
from portal.vehicles.forms import VehicleDraft
from tests.makers.vehicles import VIN, a_customer, a_vehicle


@pytest.fixture
async def stock(parts, shop):
    """Three customers and four vehicles that are easily mistaken for one another."""
    async with inside(parts, shop.id) as db:
        jana = await a_customer(
            db, name="Jana Müller", phone="0176 12345678", email="jana@mueller.example"
        )
        maier = await a_customer(db, name="Heinz-Peter Maier", phone="030 9876543")
        firm = await a_customer(
            db, name="", company="Bäckerei Großmann GmbH", phone="+43 1 5123456"
        )
        await a_vehicle(db, keeper=jana, plate="B-KF 1234", vin=VIN)
        await a_vehicle(db, keeper=maier, plate="B-KF 1235", make="Opel", model="Astra")
        await a_vehicle(db, keeper=firm, plate="TÜ-O 10E", make="Renault", model="Kangoo")
        await a_vehicle(db, plate="WX 98765", plate_country="PL", make="Fiat", model="Ducato")


async def shown(parts, shop, text):
    async with inside(parts, shop.id) as db:
        found = await search.find(db, text)
    plates = [hit.vehicle.plate for hit in found.vehicles]
    return plates, [hit.customer.title for hit in found.customers], found.guessed


@pytest.mark.parametrize(
    "typed",
    ["B-KF 1234", "b kf 1234", "B-KF1234", "bkf1234", "  b-kf  1234 ", "B–KF–1234", "D B-KF 1234"],
)
async def test_a_plate_is_found_however_it_is_typed(parts, shop, stock, typed):
    assert (await shown(parts, shop, typed))[0] == ["B-KF 1234"]


@pytest.mark.parametrize(
    ("typed", "plates"),
    [
        ("b-kf", ["B-KF 1234", "B-KF 1235"]),
        ("BKF12", ["B-KF 1234", "B-KF 1235"]),
        ("tü o 10", ["TÜ-O 10E"]),
        ("tuo10e", ["TÜ-O 10E"]),
        ("tü-o 1O", ["TÜ-O 10E"]),
        ("tü 0 10", ["TÜ-O 10E"]),
        ("wx98765", ["WX 98765"]),
        ("wx-98", ["WX 98765"]),
        ("B-KF 9999", []),
        ("1234", ["B-KF 1234"]),
        ("kf 1235", ["B-KF 1235"]),
        ("o 10", ["TÜ-O 10E"]),
        ("98765", ["WX 98765"]),
    ],
)
async def test_half_a_plate_and_look_alikes_are_found(parts, shop, stock, typed, plates):
    assert sorted((await shown(parts, shop, typed))[0]) == plates


@pytest.mark.parametrize(
    "typed",
    [VIN, VIN.lower(), "WVWZZZ 1KZ6 W612305", VIN[-8:], VIN[-6:], "w6i23o5", VIN[:9]],
)
async def test_a_vin_is_found_whole_or_by_its_end(parts, shop, stock, typed):
    assert (await shown(parts, shop, typed))[0] == ["B-KF 1234"]


@pytest.mark.parametrize(
    "typed",
    [
        "müller", "Mueller", "MULLER", "jana mü", "Müller, Jana", "0176 123", "0176/12345678",
        "+49 176 12345", "0049176 12345678", "JANA@mueller.example", "jana@",
    ],
)  # fmt: skip
async def test_a_customer_is_found_by_name_number_or_mail(parts, shop, stock, typed):
    assert (await shown(parts, shop, typed))[1:] == (["Jana Müller"], False)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("müler", "Jana Müller"),
        ("mullre", "Jana Müller"),
        ("Meyer", "Heinz-Peter Maier"),
        ("heinz meier", "Heinz-Peter Maier"),
        ("grosman", "Bäckerei Großmann GmbH"),
        ("beckerei", "Bäckerei Großmann GmbH"),
        ("+43 1 512", "Bäckerei Großmann GmbH"),
        ("großm", "Bäckerei Großmann GmbH"),
    ],
)
async def test_a_misspelt_name_still_finds_its_customer(parts, shop, stock, typed, name):
    assert (await shown(parts, shop, typed))[1] == [name]


async def test_what_only_looks_alike_is_called_a_guess(parts, shop, stock):
    assert (await shown(parts, shop, "müler"))[2] is True


@pytest.mark.parametrize(
    "typed",
    ["", " ", "xyz", "%", "_", "';drop table vehicles;--", "\x00", "ü" * 300, "-", "0", "@", "ß"],
)
async def test_odd_input_finds_nothing_and_breaks_nothing(parts, shop, stock, typed):
    assert (await shown(parts, shop, typed))[:2] == ([], [])


async def test_a_customer_is_shown_with_what_they_drive(parts, shop, stock):
    async with inside(parts, shop.id) as db:
        found = await search.find(db, "jana")
    assert [car["plate"] for car in found.customers[0].vehicles] == ["B-KF 1234"]


async def test_a_vehicle_is_found_under_the_plate_that_it_had(parts, shop, stock):
    async with inside(parts, shop.id) as db:
        (vehicle,) = await vehicles.find_by_plate(db, "bkf1235")
        await vehicles.update(db, vehicle, VehicleDraft(plate="HH-AB 1", make="Opel"))
    async with inside(parts, shop.id) as db:
        (hit,) = (await search.find(db, "B-KF 1235")).vehicles
    assert (hit.vehicle.plate, hit.former_plate) == ("HH-AB 1", "B-KF 1235")


async def test_another_workshop_finds_nothing(parts, stock, other_shop):
    for typed in ("B-KF 1234", VIN, "müller", "müler", "0176 123"):
        assert await shown(parts, other_shop, typed) == ([], [], False)
