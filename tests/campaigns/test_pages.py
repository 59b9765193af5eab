"""The pages: who may see and send, six statements, no script of strangers."""

import pytest
from sqlalchemy import select

from portal.campaigns import wordings
from portal.campaigns.due_list import Due, month_of
from portal.campaigns.models import Campaign, Channel, Wording, WordingKind
from portal.tenants.boundary import inside
from portal.tenants.permissions import Role
from portal.worker import work_off
from tests.makers.campaigns import a_campaign, a_due_vehicle, agreed
from tests.makers.vehicles import counted_statements

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
async def office(signed_in, shop):
    return await signed_in(shop, Role.ADVISOR)


@pytest.fixture
async def due(parts, shop):
    """Three vehicles due next month; the first two keepers agreed."""
    async with inside(parts, shop.id) as db:
        found = [
            await a_due_vehicle(db, plate=f"B-A {n + 1}", name=f"Kunde {n} {SCRIPT}")
            for n in range(3)
        ]
        for _vehicle, keeper in found[:2]:
            await agreed(db, keeper)
    return found


def typed(vehicles, **changed):
    return {
        "due": "next", "kind": "", "channel": "mail", "title": "HU", "subject": "HU {monat}",
        "body": "{anrede} {terminlink}", "vehicle": [str(v.id) for v in vehicles], **changed,
    }  # fmt: skip


async def test_every_page_answers_in_six_statements(parts, shop, signed_in, due):
    owner = await signed_in(shop, Role.OWNER)
    async with inside(parts, shop.id) as db:
        campaign = await a_campaign(db, shop, vehicles=[due[0][0]])
    home = f"{shop.home}/campaigns"
    for path in (
        home,
        f"{home}?due=overdue&kind=car&contact=none&after=50",
        f"{home}?due=retest",
        f"{home}?due=nonsense&kind=x&contact=y",
        f"{home}/new",
        f"{home}/new?due=overdue&channel=letter",
        f"{home}/sent",
        f"{home}/{campaign.id}",
        f"{home}/{campaign.id}/progress",
        f"{home}/{campaign.id}/letters.csv",
        f"{home}/rules",
        f"{shop.home}/customers/{due[0][1].id}/reminders",
    ):
        with counted_statements(parts) as sent:
            answer = await owner.get(path)
        assert answer.status_code == 200, path
        assert len(sent) <= 6, (path, len(sent))
        assert SCRIPT not in answer.text, path


async def test_from_the_list_to_the_campaign(parts, shop, office, due):
    home = f"{shop.home}/campaigns"
    assert "Kunde 2" in (await office.get(home)).text
    page = await office.get(f"{home}/new?due=next")
    assert page.text.count('name="vehicle"') == 2
    preview = await office.post(f"{home}/preview", data=typed([due[0][0], due[1][0]], at="1"))
    assert preview.status_code == 200
    assert "Kunde 1" in preview.text
    one = await office.post(f"{home}/preview", data=typed([due[0][0]], at="7"))
    assert "Kunde 0" in one.text
    none = await office.post(f"{home}/preview", data=typed([]))
    assert none.status_code == 200
    started = await office.post(home, data=typed([due[0][0]]))
    assert started.status_code == 303
    waiting = await office.get(f"{started.headers['location']}/progress")
    assert "every 2s" in waiting.text
    await work_off(parts)
    done = await office.get(f"{started.headers['location']}/progress")
    assert "every 2s" not in done.text


@pytest.mark.parametrize(
    "changed",
    [{"title": ""}, {"subject": ""}, {"body": ""}, {"body": "{passwort}"}, {"vehicle": []}],
)
async def test_a_wrong_form_comes_back_with_what_was_typed(parts, shop, office, due, changed):
    answer = await office.post(
        f"{shop.home}/campaigns", data=typed([due[0][0]], **{"title": "Mein Titel", **changed})
    )
    assert answer.status_code == 422
    assert "Mein Titel" in answer.text or "title" in changed
    async with inside(parts, shop.id) as db:
        assert await db.scalar(select(Campaign)) is None


async def test_who_may_not_send_sees_and_sends_nothing(shop, signed_in, due):
    mechanic = await signed_in(shop, Role.MECHANIC)
    home = f"{shop.home}/campaigns"
    page = await mechanic.get(home)
    assert page.status_code == 200
    assert f"{home}/new" not in page.text
    assert (await mechanic.get(f"{home}/new")).status_code == 403
    assert (await mechanic.post(home, data=typed([due[0][0]]))).status_code == 403
    advisor = await signed_in(shop, Role.ADVISOR)
    assert (await advisor.get(f"{home}/rules")).status_code == 403


async def test_the_card_of_a_customer_records_yes_and_no(shop, office, due):
    card = f"{shop.home}/customers/{due[2][1].id}"
    assert (await office.get(card)).text.count(f"{card}/reminders") == 1
    how = {"channel": "mail", "how": "Auftragsformular"}
    for step, body, status in (
        ("consents", {"channel": "mail", "how": ""}, 422),
        ("consents", {**how, "given_on": "31.02.2026"}, 422),
        ("consents", {**how, "given_on": "1.2.2026"}, 200),
        ("contact-notices", {**how, "told_on": "1.2.2026"}, 200),
        ("contact-notices", {**how, "channel": "sms"}, 422),
        ("contact-notices", {"channel": "mail", "how": ""}, 422),
        ("objections", {}, 200),
        ("objections/end", {}, 200),
    ):
        answer = await office.post(f"{card}/{step}", data=body)
        assert answer.status_code == status, (step, body)
        assert 'id="reminders"' in answer.text


async def test_a_changed_wording_is_a_new_version(parts, shop, signed_in):
    owner = await signed_in(shop, Role.OWNER)
    path = f"{shop.home}/campaigns/rules"
    body = {"consent": "Ich will.", "notice": "Sie dürfen nein sagen.", "years": "2"}
    assert (await owner.post(path, data=body)).status_code == 303
    changed = await owner.post(path, data={**body, "consent": "Ich will sehr.", "years": "5"})
    assert changed.status_code == 303
    for wrong in ({"consent": ""}, {"years": "0"}, {"years": "11"}, {"years": "viele"}):
        assert (await owner.post(path, data={**body, **wrong})).status_code == 422
    async with inside(parts, shop.id) as db:
        current = await wordings.current(db)
        assert current[WordingKind.CONSENT] == wordings.Current("2", "Ich will sehr.")
        assert current[WordingKind.NOTICE].version == "1"
        assert await wordings.customer_years(db) == 5
        assert len((await db.scalars(select(Wording))).all()) == 3


async def test_the_list_of_letters_opens_in_a_spreadsheet_and_computes_nothing(parts, shop, office):
    async with inside(parts, shop.id) as db:
        await a_due_vehicle(db, name="=HYPERLINK(1)", street="+49", city="Köln", postcode="50667")
        campaign = await a_campaign(db, shop, channel=Channel.LETTER)
    answer = await office.get(f"{shop.home}/campaigns/{campaign.id}/letters.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK(1);" in answer.text
    assert "'+49;50667;Köln;B-KF 1234;" in answer.text


async def test_programs_read_what_is_due_in_a_month(parts, shop, other_shop, device):
    month = str(month_of(Due.NEXT))
    async with inside(parts, shop.id) as db:
        car, keeper = await a_due_vehicle(db, plate="B-A 1")
        await a_due_vehicle(db, plate="B-A 2", part=Due.THIS)
        await a_due_vehicle(db, plate="B-A 3")
    async with device(shop) as program:
        path = "/api/v1/vehicles/due"
        first = (await program.get(path, params={"month": month, "limit": 1})).json()
        assert [item["id"] for item in first["items"]] == [str(car.id)]
        assert first["items"][0]["customer_id"] == str(keeper.id)
        after = {"month": month, "after": first["next"]}
        second = (await program.get(path, params=after)).json()
        assert [item["plate"] for item in second["items"]] == ["B-A 3"]
        assert second["next"] is None
        this = (await program.get(path)).json()
        assert [item["plate"] for item in this["items"]] == ["B-A 2"]
        assert (await program.get(path, params={"month": "bald"})).status_code == 422
    async with device(other_shop) as program:
        assert (await program.get(path, params={"month": month})).json()["items"] == []
