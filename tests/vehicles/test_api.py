import pytest

from portal.tenants.permissions import Role
from tests.makers.vehicles import VIN, any_vin

SCRIPT = "<script>alert(1)</script>'; drop table vehicles; -- {{7*7}}"


@pytest.fixture
async def program(device, shop):
    async with device(shop) as connected:
        yield connected


async def make(program, **facts):
    answer = await program.post("/api/v1/vehicles", json={"plate": "B-KF 1234", **facts})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_vehicle_goes_in_and_comes_out(program):
    made = await make(
        program,
        vin=VIN.lower(),
        plate="b kf 1234",
        make="VW",
        model="Golf",
        hsn="0603",
        tsn="amq",
        first_registration="2016-03-14",
        fuel="diesel",
        hu_due="2027-11",
        odometer_km=128_000,
    )
    assert made["vin"] == VIN
    assert (made["plate"], made["tsn"], made["hu_due"]) == ("B-KF 1234", "AMQ", "2027-11")
    assert made["first_registration"] == "2016-03-14"
    for reference in (made["id"], VIN, VIN.lower()):
        assert (await program.get(f"/api/v1/vehicles/{reference}")).json() == made


async def test_a_customer_goes_in_and_comes_out(program):
    answer = await program.post(
        "/api/v1/customers", json={"name": "Jana Müller", "phone": "0176 12345678"}
    )
    made = answer.json()
    assert answer.status_code == 201
    assert made["phone_e164"] == "+4917612345678"
    assert (await program.get(f"/api/v1/customers/{made['id']}")).json() == made
    (found,) = (await program.get("/api/v1/customers?q=mueller")).json()["items"]
    assert found == made


async def test_a_patch_changes_what_it_names_and_nothing_else(program):
    made = await make(program, make="VW", hu_due="2027-11", odometer_km=1000)
    path = f"/api/v1/vehicles/{made['id']}"
    changed = (await program.patch(path, json={"odometer_km": 2000, "hu_due": None})).json()
    assert changed == {
        **made, "odometer_km": 2000, "hu_due": None, "updated_at": changed["updated_at"]
    }  # fmt: skip


async def test_a_patch_gives_a_vehicle_another_keeper(program):
    customer = (await program.post("/api/v1/customers", json={"name": "Erika"})).json()
    made = await make(program)
    path = f"/api/v1/vehicles/{made['id']}"
    assert (await program.patch(path, json={"customer_id": customer["id"]})).json()[
        "customer_id"
    ] == customer["id"]
    assert (await program.patch(path, json={"customer_id": None})).json()["customer_id"] is None


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"vin": "WVWZZZ"}, "INVALID_VIN", "vin"),
        ({"vin": "WVWZZZ1KZ6W61230Ü"}, "INVALID_VIN", "vin"),
        ({"vin": "WVWZZZ1KZ6W61Q305"}, "INVALID_VIN", "vin"),
        ({"plate": "kein Kennzeichen"}, "INVALID_PLATE", "plate"),
        ({"plate": "HHAB12"}, "INVALID_PLATE", "plate"),
        ({"hsn": "603"}, "INVALID_VEHICLE", "hsn"),
        ({"tsn": "A"}, "INVALID_VEHICLE", "tsn"),
        ({"hu_due": "2027-13"}, "INVALID_VEHICLE", "hu_due"),
        ({"first_registration": "2999-01-01"}, "INVALID_VEHICLE", "first_registration"),
        ({"first_registration": "2016-02-30"}, "INVALID_VEHICLE", "first_registration"),
        ({"odometer_km": -1}, "INVALID_VEHICLE", "odometer_km"),
        ({"odometer_km": 10**30}, "INVALID_VEHICLE", "odometer_km"),
        ({"fuel": "steam"}, "INVALID_VEHICLE", "fuel"),
        ({"make": "x" * 61}, "INVALID_VEHICLE", "make"),
        ({"plate_country": "XYZ"}, "INVALID_VEHICLE", "plate_country"),
        ({"plate": "", "note": "?"}, "INVALID_PLATE", "plate"),
    ],
)
async def test_an_illegal_entry_is_refused_beside_its_field(program, facts, code, field):
    answer = await program.post("/api/v1/vehicles", json={"plate": "B-KF 1234", **facts})
    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["code"] == code
    assert field in [error["field"] for error in problem["errors"]]


async def test_a_plate_that_may_be_several_offers_them(program):
    answer = await program.post("/api/v1/vehicles", json={"plate": "HHAB12"})
    assert "HH-AB 12" in answer.json()["suggestions"]["plate"]


@pytest.mark.parametrize("plate", [("PL", "WX 98765"), ("A", "W-12345 X"), ("NL", "ab-123-c")])
async def test_a_foreign_plate_is_taken_as_it_is(program, plate):
    country, typed = plate
    made = await make(program, plate=typed, plate_country=country)
    assert (made["plate"], made["plate_country"]) == (typed.upper(), country)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'"x"', b"{", b'{"plate": 5}', b'{"vin": "\\ud800"}', b"\xff"]
)
async def test_a_body_that_makes_no_sense_is_a_problem(program, body):
    answer = await program.post(
        "/api/v1/vehicles", content=body, headers={"content-type": "application/json"}
    )
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "query", ["after=x", "after=%00", "after=W10", "limit=0", "limit=501", "limit=x", "q=%00%ff"]
)
@pytest.mark.parametrize("what", ["vehicles", "customers"])
async def test_an_odd_query_is_a_problem_or_an_empty_answer(program, what, query):
    answer = await program.get(f"/api/v1/{what}?{query}")
    assert answer.status_code in {200, 400, 422}


async def test_a_vin_is_unique_within_a_workshop(program):
    first = await make(program, vin=VIN)
    answer = await program.post("/api/v1/vehicles", json={"vin": VIN})
    assert answer.status_code == 409
    assert answer.json()["code"] == "VIN_TAKEN"
    assert answer.json()["other"]["id"] == first["id"]


async def test_two_workshops_may_know_the_same_vehicle(program, device, other_shop):
    mine = await make(program, vin=VIN)
    async with device(other_shop) as neighbour:
        theirs = await make(neighbour, vin=VIN)
        assert (await neighbour.get(f"/api/v1/vehicles/{VIN}")).json()["id"] == theirs["id"]
    assert mine["id"] != theirs["id"]


async def test_a_plate_moves_only_when_told_to(program):
    first = await make(program)
    answer = await program.post("/api/v1/vehicles", json={"plate": "b-kf1234", "make": "Opel"})
    assert (answer.status_code, answer.json()["code"]) == (409, "PLATE_TAKEN")
    second = await make(program, make="Opel", plate_conflict="move")
    assert second["plate"] == "B-KF 1234"
    assert (await program.get(f"/api/v1/vehicles/{first['id']}")).json()["plate"] == ""


async def test_lists_are_paged_by_cursor(program):
    made = [(await make(program, plate=f"B-X {n}"))["id"] for n in range(1, 6)]
    seen, cursor = [], ""
    while cursor is not None:
        query = f"?limit=2&after={cursor}" if cursor else "?limit=2"
        answer = (await program.get(f"/api/v1/vehicles{query}")).json()
        seen += [item["id"] for item in answer["items"]]
        cursor = answer["next"]
    assert seen == made[::-1]


async def test_history_is_appended_and_read_by_kind(program):
    made = await make(program, vin=any_vin(), odometer_km=1000)
    path = f"/api/v1/vehicles/{made['vin']}"
    for kind, day in [("service", "2024-05-01"), ("note", "2025-01-01"), ("inspection", "2023-1")]:
        body = {"kind": kind, "happened_on": day, "title": kind, "odometer_km": "12.500 km"}
        answer = await program.post(f"{path}/history", json=body)
        assert answer.status_code == (422 if kind == "inspection" else 201)
    entries = (await program.get(f"{path}/history")).json()["items"]
    assert [entry["kind"] for entry in entries] == ["note", "service"]
    assert entries[0]["source"] == {"kind": "staff", "label": "", "id": None}
    assert entries[0]["provenance"] == "imported"
    kept = (await program.get(f"{path}/maintenance")).json()["items"]
    assert [entry["kind"] for entry in kept] == ["service"]
    assert (await program.get(path)).json()["odometer_km"] == 12_500


async def test_rows_of_another_workshop_do_not_exist(program, device, other_shop):
    vehicle = await make(program, vin=VIN)
    customer = (await program.post("/api/v1/customers", json={"name": "Erika"})).json()
    async with device(other_shop) as neighbour:
        for path in (
            f"vehicles/{vehicle['id']}",
            f"vehicles/{VIN}",
            f"vehicles/{VIN}/history",
            f"vehicles/{VIN}/maintenance",
            f"customers/{customer['id']}",
        ):
            assert (await neighbour.get(f"/api/v1/{path}")).status_code == 404
        for path in (f"vehicles/{VIN}", f"customers/{customer['id']}"):
            assert (await neighbour.patch(f"/api/v1/{path}", json={})).status_code == 404
        body = {"plate": "B-A 1", "customer_id": customer["id"]}
        assert (await neighbour.post("/api/v1/vehicles", json=body)).status_code == 404


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.MECHANIC, "customers", 403),
        (Role.MECHANIC, "vehicles", 201),
        (Role.BOOKKEEPER, "vehicles", 403),
        (Role.BOOKKEEPER, "customers", 201),
        (Role.ADVISOR, "customers", 201),
    ],
)
async def test_each_role_edits_what_its_work_needs(signed_in, shop, role, path, status):
    browser = await signed_in(shop, role)
    body = {"name": "Erika"} if path == "customers" else {"plate": "B-A 1"}
    assert (await browser.post(f"/api/v1/{path}", json=body)).status_code == status


async def test_script_and_sql_come_back_as_they_went_in(program):
    made = await make(program, model=SCRIPT, note=SCRIPT, color=SCRIPT[:25])
    assert (made["model"], made["note"]) == (SCRIPT, SCRIPT)
    body = {"name": SCRIPT, "company": SCRIPT, "street": SCRIPT, "note": SCRIPT}
    assert (await program.post("/api/v1/customers", json=body)).json()["name"] == SCRIPT


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " \u0000 "}, "name"),
        ({"name": "x", "email": "nobody"}, "email"),
        ({"name": "x", "phone": "morgen"}, "phone"),
        ({"name": "x" * 121}, "name"),
        ({"name": "x", "salutation": "king"}, "salutation"),
    ],
)
async def test_a_customer_without_sense_is_refused(program, body, field):
    answer = await program.post("/api/v1/customers", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_CUSTOMER")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
