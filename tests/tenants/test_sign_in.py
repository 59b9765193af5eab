import re

import httpx
import pytest
from sqlalchemy import select, update

from portal.kit import clock
from portal.tenants import passwords, sign_in
from portal.tenants.boundary import inside
from portal.tenants.callers import COOKIE, hash_of
from portal.tenants.models import Account, SignIn, Staff, Workshop
from portal.tenants.permissions import Role

PASSWORD = "ein langes Passwort"


@pytest.fixture
async def owner(parts, shop):
    account = shop.accounts[Role.OWNER]
    async with inside(parts, None) as db:
        await db.execute(
            update(Account)
            .where(Account.id == account.id)
            .values(password_hash=await passwords.hashed(PASSWORD))
        )
    return account


async def token_of_form(client: httpx.AsyncClient) -> str:
    html = (await client.get("/signin")).text
    return re.search(r'name="_csrf_token" value="([^"]+)"', html).group(1)


async def submit(client, email, password, **more):
    form = {"email": email, "password": password, "_csrf_token": await token_of_form(client)}
    return await client.post("/signin", data={**form, **more})


async def test_a_person_signs_in_and_lands_at_their_workshop(client, shop, owner):
    answer = await submit(client, f"  {owner.email.upper()} ", PASSWORD)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/w/{shop.slug}/"


async def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(client, owner):
    answer = await submit(client, owner.email, PASSWORD)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


async def test_only_a_hash_of_the_session_is_stored(client, parts, owner):
    await submit(client, owner.email, PASSWORD)
    token = client.cookies[COOKIE]
    async with inside(parts, None) as db:
        stored = await db.scalar(select(SignIn).where(SignIn.account_id == owner.id))
    assert stored.token_hash == hash_of(token)


@pytest.mark.parametrize("password", ["falsch", "' or 1=1 --", "x" * 200])
async def test_a_wrong_password_gets_a_sentence_and_keeps_the_address(client, owner, password):
    answer = await submit(client, owner.email, password)
    assert answer.status_code == 401
    assert owner.email in answer.text
    assert COOKIE not in answer.cookies


async def test_an_unknown_account_gets_the_same_answer(client, owner):
    wrong = await submit(client, owner.email, "falsch")
    unknown = await submit(client, f"nobody-{owner.email}", "falsch")
    without_form = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", a.text) for a in (wrong, unknown)]
    assert without_form[0] == without_form[1]


async def test_guessing_is_slowed_down(client, owner):
    answers = [await submit(client, owner.email, "falsch") for _ in range(12)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_a_form_without_its_token_is_refused(client, owner):
    await client.get("/signin")
    answer = await client.post("/signin", data={"email": owner.email, "password": PASSWORD})
    assert answer.status_code == 403


async def test_signing_in_again_leaves_no_older_session_behind(client, address, shop, owner):
    await submit(client, owner.email, PASSWORD)
    older = {COOKIE: client.cookies[COOKIE]}
    await submit(client, owner.email, PASSWORD)
    async with httpx.AsyncClient(base_url=address, cookies=older) as left_behind:
        assert (await left_behind.get(f"{shop.home}/vehicles")).status_code == 302
    assert (await client.get(f"{shop.home}/vehicles")).status_code == 200


async def test_sign_out_ends_the_session_on_the_server(client, owner, shop):
    await submit(client, owner.email, PASSWORD)
    stolen = dict(client.cookies)
    token = await token_of_form(client)
    await client.post("/signout", data={"_csrf_token": token})
    async with httpx.AsyncClient(base_url=client.base_url, cookies=stolen) as thief:
        assert (
            (await thief.get(f"{shop.home}/styleguide")).headers["location"].startswith("/signin")
        )


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_a_sign_in_never_leads_to_another_site(client, shop, owner, target):
    answer = await submit(client, owner.email, PASSWORD, next=target)
    assert answer.headers["location"] == f"/w/{shop.slug}/"


async def test_a_sign_in_leads_back_to_where_it_was_needed(client, shop, owner):
    needed = await client.get(f"{shop.home}/styleguide")
    assert needed.headers["location"] == f"/signin?next={shop.home}/styleguide"
    answer = await submit(client, owner.email, PASSWORD, next=f"{shop.home}/styleguide")
    assert answer.headers["location"] == f"{shop.home}/styleguide"


async def test_another_workshop_does_not_exist(signed_in, shop, other_shop):
    browser = await signed_in(shop)
    assert (await browser.get(f"{other_shop.home}/styleguide")).status_code == 404
    assert (await browser.get("/w/no-such-workshop/styleguide")).status_code == 404


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.MECHANIC, Role.BOOKKEEPER])
async def test_the_component_page_is_for_owners_only(signed_in, shop, role):
    browser = await signed_in(shop, role)
    assert (await browser.get(f"{shop.home}/styleguide")).status_code == 403
    assert (await (await signed_in(shop)).get(f"{shop.home}/styleguide")).status_code == 200


async def test_somebody_who_left_is_outside_at_once(signed_in, parts, shop):
    browser = await signed_in(shop)
    assert (await browser.get(f"{shop.home}/styleguide")).status_code == 200
    async with inside(parts, shop.id) as db:
        await db.execute(update(Staff).values(is_active=False))
    assert (await browser.get(f"{shop.home}/styleguide")).status_code == 404


async def test_a_suspended_workshop_is_closed_for_its_staff(signed_in, parts, shop):
    browser = await signed_in(shop)
    async with inside(parts, shop.id) as db:
        await db.execute(update(Workshop).values(suspended_at=clock.now()))
    assert (await browser.get(f"{shop.home}/styleguide")).status_code == 403


async def test_signing_out_everywhere_ends_every_session(signed_in, parts, shop):
    first, second = await signed_in(shop), await signed_in(shop)
    async with inside(parts, None) as db:
        await sign_in.sign_out_everywhere(db, shop.accounts[Role.OWNER])
    for browser in (first, second):
        assert (await browser.get(f"{shop.home}/styleguide")).status_code == 302


async def test_pages_carry_a_strict_policy_and_no_third_party(client):
    answer = await client.get("/signin")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_health_says_what_is_missing(client):
    assert (await client.get("/health/live")).json() == {"status": "ok"}
    assert (await client.get("/health/ready")).json() == {"status": "ok", "missing": []}


async def test_an_unknown_address_is_a_problem_for_programs_and_a_page_for_people(client):
    program = await client.get("/api/v1/nothing", headers={"accept-language": "en"})
    assert program.headers["content-type"] == "application/problem+json"
    assert program.json()["code"] == "NOT_FOUND"
    assert program.json()["title"] == "We could not find this."
    person = await client.get("/nothing")
    assert person.status_code == 404
    assert person.headers["content-type"].startswith("text/html")
    assert "Das haben wir nicht gefunden." in person.text
    assert "frame-ancestors 'none'" in person.headers["content-security-policy"]
