import pytest
from sqlalchemy import select

from portal.tenants.boundary import inside
from portal.tenants.models import AuditEntry, Profile
from portal.tenants.permissions import Role

GOOD = {
    "name": "Kfz-Meisterbetrieb Österreicher",
    "email": "werkstatt@example.de",
    "accent": "#1F5FBF",
    "website": "https://www.example.de",
    "allowed_origins": "https://www.example.de/\n\nhttp://127.0.0.1:8001",
}


async def profile_of(parts, shop):
    async with inside(parts, shop.id) as db:
        return (await db.scalars(select(Profile))).one()


async def test_an_owner_edits_what_customers_read(signed_in, parts, shop):
    browser = await signed_in(shop)
    assert (await browser.post(f"{shop.home}/settings", data=GOOD)).status_code == 303
    profile = await profile_of(parts, shop)
    assert profile.name == GOOD["name"]
    assert profile.accent == "#1f5fbf"
    assert profile.allowed_origins == ["https://www.example.de", "http://127.0.0.1:8001"]
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(AuditEntry.action)) == "profile.edited"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "   "),
        ("email", "keine adresse"),
        ("accent", "red"),
        ("website", "javascript:alert(1)"),
        ("privacy_url", "ftp://example.de"),
        ("allowed_origins", "https://example.de/pfad"),
        ("allowed_origins", "*"),
        ("allowed_origins", "https://example.de:port"),
        ("allowed_origins", "\n".join(f"https://{n}.example.de" for n in range(11))),
    ],
)
async def test_a_wrong_entry_keeps_what_was_typed_and_stores_nothing(
    signed_in, parts, shop, field, value
):
    before = await profile_of(parts, shop)
    browser = await signed_in(shop)
    answer = await browser.post(f"{shop.home}/settings", data={**GOOD, field: value})
    assert answer.status_code == 422
    assert GOOD["email" if field != "email" else "name"] in answer.text
    assert (await profile_of(parts, shop)).name == before.name


async def test_a_script_as_a_name_is_shown_as_text(signed_in, shop):
    browser = await signed_in(shop)
    await browser.post(f"{shop.home}/settings", data={**GOOD, "name": "<script>alert(1)</script>"})
    answer = await browser.get(f"{shop.home}/settings")
    assert answer.status_code == 200
    html = answer.text
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.MECHANIC, Role.BOOKKEEPER])
async def test_settings_are_for_owners(signed_in, shop, role):
    browser = await signed_in(shop, role)
    assert (await browser.get(f"{shop.home}/settings")).status_code == 403
    assert (await browser.post(f"{shop.home}/settings", data=GOOD)).status_code == 403


async def test_access_ends_at_once_and_can_be_given_again(signed_in, shop):
    owner, mechanic = await signed_in(shop), await signed_in(shop, Role.MECHANIC)
    person = f"{shop.home}/settings/staff/{shop.people[Role.MECHANIC].id}"
    assert (await owner.post(f"{person}/dismissal")).status_code == 303
    assert (await mechanic.get(f"{shop.home}/styleguide")).status_code == 404
    assert (await owner.post(f"{person}/readmission")).status_code == 303
    assert (await mechanic.get(f"{shop.home}/styleguide")).status_code == 403


async def test_nobody_locks_themselves_out(signed_in, shop):
    owner = await signed_in(shop)
    person = f"{shop.home}/settings/staff/{shop.people[Role.OWNER].id}"
    assert (await owner.post(f"{person}/dismissal")).status_code == 409


async def test_people_of_another_workshop_do_not_exist(signed_in, shop, other_shop):
    owner = await signed_in(shop)
    person = f"{shop.home}/settings/staff/{other_shop.people[Role.MECHANIC].id}"
    assert (await owner.post(f"{person}/dismissal")).status_code == 404
