import re

import pytest

from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.vehicles import history, search, vehicles
from portal.vehicles.models import HistoryKind
from tests.makers.vehicles import VIN, a_customer, a_vehicle

SCRIPT = "<script>alert(1)</script>'; drop table vehicles; --"
TYPED = {
    "plate": "B-KF 1234",
    "make": "VW & Söhne",
    "model": 'Golf "R" <b>',
    "hsn": "0603",
    "tsn": "AMQ",
    "first_registration": "14.3.16",
    "fuel": "diesel",
    "power_kw": "110",
    "displacement_ccm": "1.968",
    "tyre_size": "205/55 R16",
    "color": "null",
    "hu_due": "11/27",
    "odometer_km": "128.000 km",
    "note": "Erste Zeile\nZweite Zeile",
}


@pytest.fixture
async def office(signed_in, shop):
    return await signed_in(shop, Role.ADVISOR)


@pytest.fixture
async def garage(parts, shop):
    """A vehicle with keeper and history; every text of theirs is a script."""
    async with inside(parts, shop.id) as db:
        keeper = await a_customer(
            db, name=SCRIPT, street=SCRIPT, city=SCRIPT, note=SCRIPT, phone="030 1234567"
        )
        vehicle = await a_vehicle(
            db, vin=VIN, keeper=keeper, model=SCRIPT, note=SCRIPT, color=SCRIPT[:25], hu_due="1/20"
        )
        for day in range(1, 20):
            await history.record(
                db,
                vehicle,
                kind=HistoryKind.SERVICE,
                happened_on=f_day(day),
                title=f"{day}. {SCRIPT}",
                text=SCRIPT,
                source=history.Source("staff", SCRIPT),
                created_by=SCRIPT,
            )
    return vehicle, keeper


def f_day(day):
    from datetime import date

    return date(2024, 5, day)


def pages_of(shop, vehicle, keeper):
    return [
        f"{shop.home}/vehicles",
        f"{shop.home}/vehicles?show=due",
        f"{shop.home}/vehicles?q=b-kf",
        f"{shop.home}/vehicles?q=skript",
        f"{shop.home}/vehicles?q=030",
        f"{shop.home}/vehicles/new?customer={keeper.id}",
        f"{shop.home}/vehicles/{vehicle.id}",
        f"{shop.home}/vehicles/{vehicle.id}/edit",
        f"{shop.home}/vehicles/{vehicle.id}/keeper?q=skript",
        f"{shop.home}/customers",
        f"{shop.home}/customers/new?vehicle={vehicle.id}",
        f"{shop.home}/customers/{keeper.id}",
        f"{shop.home}/customers/{keeper.id}/edit",
    ]


async def test_every_page_answers_with_six_statements_and_no_script(
    office, shop, garage, statements
):
    for path in pages_of(shop, *garage):
        with statements() as sent:
            answer = await office.get(path)
        assert answer.status_code == 200, path
        assert len(sent) <= 6, (path, len(sent))
        assert SCRIPT not in answer.text
        assert "<script>alert" not in answer.text


async def test_another_workshop_finds_none_of_these_pages(signed_in, shop, other_shop, garage):
    stranger = await signed_in(other_shop, Role.OWNER)
    for path in pages_of(shop, *garage):
        assert (await stranger.get(path)).status_code == 404
        if str(garage[0].id) in path or str(garage[1].id) in path:
            moved = path.replace(shop.home, other_shop.home)
            assert (await stranger.get(moved)).status_code == 404, moved


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        (Role.MECHANIC, ["/customers/new", "/vehicles/{vehicle}/keeper", "/customers/{keeper}/edit"]),
        (Role.BOOKKEEPER, ["/vehicles/new", "/vehicles/{vehicle}/edit"]),
    ],
)  # fmt: skip
async def test_a_role_without_the_right_is_turned_away(signed_in, shop, garage, role, refused):
    browser = await signed_in(shop, role)
    names = {"vehicle": garage[0].id, "keeper": garage[1].id}
    for path in refused:
        assert (await browser.get(shop.home + path.format(**names))).status_code == 403
    assert (await browser.get(f"{shop.home}/vehicles/{garage[0].id}")).status_code == 200


async def test_a_typed_vehicle_is_stored_and_shown(office, shop, parts):
    answer = await office.post(f"{shop.home}/vehicles", data=TYPED)
    assert answer.status_code == 303
    html = (await office.get(answer.headers["location"])).text
    for shown in ("14.03.2016", "128.000 km", "11/2027", "VW &amp; Söhne", "0603 / AMQ", "null"):
        assert shown in html
    async with inside(parts, shop.id) as db:
        (vehicle,) = await vehicles.find_by_plate(db, "bkf1234")
    assert vehicle.displacement_ccm == 1968


async def test_an_invalid_form_loses_nothing_that_was_typed(office, shop):
    typed = {**TYPED, "vin": "WVW ZZZ", "hu_due": "bald", "note": SCRIPT + "x" * 6000}
    answer = await office.post(f"{shop.home}/vehicles", data=typed)
    assert answer.status_code == 422
    values = dict(
        re.findall(
            r'<input class="[^"]*" id="[^"]*" name="(\w+)"[^>]*? value="([^"]*)"', answer.text
        )
    )
    assert values["vin"] == "WVW ZZZ"
    assert values["hu_due"] == "bald"
    assert values["model"] == "Golf &#34;R&#34; &lt;b&gt;"
    assert values["odometer_km"] == "128.000 km"
    assert "x" * 6000 in answer.text
    assert answer.text.count('aria-invalid="true"') == 3


async def test_a_stored_vehicle_survives_its_own_form(office, shop, parts):
    there = (await office.post(f"{shop.home}/vehicles", data=TYPED)).headers["location"]
    before = (await office.get(f"/api/v1/vehicles/{there[-36:]}")).json()
    html = (await office.get(f"{there}/edit")).text
    values = dict(re.findall(r'name="(\w+)" type="text" value="([^"]*)"', html))
    form = {**TYPED, **{key: _unescaped(value) for key, value in values.items()}}
    assert (await office.post(there, data=form)).status_code == 303
    after = (await office.get(f"/api/v1/vehicles/{there[-36:]}")).json()
    assert {**after, "updated_at": ""} == {**before, "updated_at": ""}


def _unescaped(text):
    from html import unescape

    return unescape(text)


async def test_what_may_be_several_plates_is_asked_with_buttons(office, shop):
    answer = await office.post(f"{shop.home}/vehicles", data={"plate": "hhab12"})
    assert 'name="plate_choice" value="HH-AB 12"' in answer.text
    chosen = {"plate": "hhab12", "plate_choice": "HH-AB 12"}
    assert (await office.post(f"{shop.home}/vehicles", data=chosen)).status_code == 303


async def test_an_o_in_a_vin_is_never_taken_over_silently(office, shop):
    answer = await office.post(f"{shop.home}/vehicles", data={"vin": VIN.replace("0", "O")})
    assert answer.status_code == 422
    assert f'name="vin_choice" value="{VIN}"' in answer.text


async def test_a_vin_that_is_known_leads_to_its_vehicle(office, shop, garage):
    answer = await office.post(f"{shop.home}/vehicles", data={"vin": VIN, "make": "VW"})
    assert answer.status_code == 409
    assert f"{shop.home}/vehicles/{garage[0].id}" in answer.text


async def test_two_forms_with_one_vin_at_once_make_one_vehicle(office, shop):
    import asyncio

    form = {"vin": VIN, "make": "VW"}
    answers = await asyncio.gather(
        *(office.post(f"{shop.home}/vehicles", data=form) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409, 409]


async def test_a_customer_who_may_be_known_is_asked_about(office, shop, garage):
    form = {"name": "Otto Neumann", "phone": "+49 30 1234567", "note": "Bitte anrufen"}
    answer = await office.post(f"{shop.home}/customers", data=form)
    assert answer.status_code == 409
    assert "Bitte anrufen" in answer.text
    assert str(garage[1].id) in answer.text
    again = await office.post(f"{shop.home}/customers", data={**form, "twin": "yes"})
    assert again.status_code == 303


async def test_typing_swaps_the_results_alone(office, shop, garage):
    answer = await office.get(f"{shop.home}/vehicles?q=b-kf", headers={"hx-target": "found"})
    assert answer.text.strip().startswith('<div class="stack" id="found"')


async def test_enter_opens_the_only_vehicle_that_fits(office, shop, garage):
    answer = await office.get(f"{shop.home}/vehicles?q=bkf1234&enter=1")
    assert answer.headers["location"] == f"{shop.home}/vehicles/{garage[0].id}"


async def test_a_search_without_a_result_says_so_and_offers_a_new_vehicle(office, shop):
    answer = await office.get(f"{shop.home}/vehicles?q=<i>niemand</i>")
    assert "&lt;i&gt;niemand&lt;/i&gt;" in answer.text
    assert f"{shop.home}/vehicles/new?plate=%3Ci%3Eniemand" in answer.text


async def test_an_entry_is_appended_and_shown_with_its_source(office, shop, garage):
    path = f"{shop.home}/vehicles/{garage[0].id}/history"
    form = {"kind": "inspection", "happened_on": "1.6.2025", "title": "HU", "source_label": "R-7"}
    answer = await office.post(path, data=form, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "close-dialog" in answer.headers["hx-trigger"]
    assert "R-7" in answer.text
    assert (await office.post(path, data=form)).status_code == 303


@pytest.mark.parametrize("by_script", [True, False])
async def test_an_entry_without_a_title_comes_back_as_typed(office, shop, garage, by_script):
    answer = await office.post(
        f"{shop.home}/vehicles/{garage[0].id}/history",
        data={"happened_on": "morgen", "text": "Bremsen vorn"},
        headers={"hx-request": "true"} if by_script else {},
    )
    assert answer.status_code == 422
    assert "Bremsen vorn" in answer.text
    assert 'value="morgen"' in answer.text


async def test_long_history_goes_on_behind_a_link(office, shop, garage):
    path = f"{shop.home}/vehicles/{garage[0].id}"
    html = (await office.get(path)).text
    assert "19. &lt;script" in html
    assert "1. &lt;script" not in html.replace("11. ", "")
    (cursor,) = re.findall(r"after=([\w-]+)", html)
    assert "1. &lt;script" in (await office.get(f"{path}?after={cursor}")).text


async def test_a_customer_becomes_keeper_on_a_day(office, shop, garage, parts):
    async with inside(parts, shop.id) as db:
        buyer = await a_customer(db, name="Otto Neumann")
    path = f"{shop.home}/vehicles/{garage[0].id}"
    form = {"customer": str(buyer.id), "since": "1.7.2025"}
    assert (await office.post(f"{path}/keeper", data=form)).status_code == 303
    html = (await office.get(path)).text
    assert "Otto Neumann" in html
    assert "01.07.2025" in html


async def test_a_wrong_day_keeps_the_chosen_customer(office, shop, garage):
    form = {"customer": str(garage[1].id), "since": "irgendwann", "q": "skript"}
    answer = await office.post(f"{shop.home}/vehicles/{garage[0].id}/keeper", data=form)
    assert answer.status_code == 422
    assert 'value="irgendwann"' in answer.text


async def test_a_foreign_customer_cannot_become_keeper(office, shop, garage, parts, other_shop):
    async with inside(parts, other_shop.id) as db:
        stranger = await a_customer(db)
    for path, field in (
        (f"{shop.home}/vehicles/{garage[0].id}/keeper", "customer"),
        (f"{shop.home}/vehicles", "customer"),
    ):
        form = {field: str(stranger.id), "plate": "B-A 1"}
        assert (await office.post(path, data=form)).status_code == 404


async def test_customers_found_by_misspelling_are_called_similar(office, shop, parts):
    async with inside(parts, shop.id) as db:
        await a_customer(db, name="Jana Müller")
        assert (await search.find(db, "müler")).guessed
    assert "Jana Müller" in (await office.get(f"{shop.home}/vehicles?q=müler")).text


async def test_a_vin_speaks_while_it_is_typed(parts, shop, signed_in):
    async with inside(parts, shop.id) as db:
        known = await a_vehicle(db, vin="WAUZZZ8P7AA111111")
    browser = await signed_in(shop, Role.ADVISOR)

    async def told(vin, **headers):
        address = f"{shop.home}/vehicles/vin-preview"
        return (await browser.get(address, params={"vin": vin}, headers=headers)).text

    fine = await told("wvwzzz1kz6w612305")
    assert "Volkswagen, Deutschland" in fine
    assert "In Feld 3 muss 0 stehen" in fine
    assert "gibt es schon" in await told("WAUZZZ8P7AA111111")
    own_form = f"http://x{shop.home}/vehicles/{known.id}/edit"
    assert "gibt es schon" not in await told("WAUZZZ8P7AA111111", **{"HX-Current-URL": own_form})
    assert "Grand Cherokee" in await told("1C4RJFAG0FC000123")
    assert "vergleichen" in await told("1C4RJFAG1FC000123")
    assert "Vielleicht gemeint" in await told("WVWZZZ1KZQW000001")
    assert "hat 17 Zeichen, diese hat 18" in await told("WVWZZZ1KZ6W6123055")
    assert (await told("WVWZZZ1")).count("<p") == 0
    assert (await told("")).count("<p") == 0
