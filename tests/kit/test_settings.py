import pytest

from portal import doctor
from portal.kit.parts import make_parts
from portal.kit.settings import Settings, SettingsIncomplete
from portal.tenants import demo_keys
from portal.tenants.boundary import inside
from portal.tenants.models import Account


def test_a_short_secret_is_refused():
    with pytest.raises(SettingsIncomplete, match="PORTAL_SECRET"):
        _ = Settings(portal_secret="short").secret


def test_without_a_database_there_are_no_parts():
    with pytest.raises(SettingsIncomplete, match="DATABASE_URL"):
        make_parts(Settings(portal_secret="x" * 40))


def test_providers_are_read_in_their_order():
    listed = (
        '[{"name": "eu", "base_url": "http://a", "api_key": "k", "model": "m", "price_in": 0.5},'
        ' {"name": "spare", "base_url": "http://b", "api_key": "k", "model": "m"}]'
    )
    names = [p.name for p in Settings(portal_ai_providers=listed).ai_providers]
    assert names == ["eu", "spare"]


def test_a_key_alone_makes_one_provider():
    settings = Settings(openai_api_key="k", openai_base_url="http://a/v1", openai_model="m")
    (provider,) = settings.ai_providers
    assert (provider.base_url, provider.model) == ("http://a/v1", "m")
    assert Settings().ai_providers == []


async def test_whoever_operates_the_portal_is_told_of_providers_without_prices():
    for prices, is_told in (({}, True), ({"openai_price_in": 0.15}, False)):
        settings = Settings(openai_api_key="k", **prices)
        looked_at = [line.what async for line in doctor.examine(settings)]
        assert ("ai prices" in looked_at) is is_told


def test_secrets_do_not_show_when_settings_are_printed():
    shown = repr(Settings(portal_secret="s" * 40, openai_api_key="sk-very-secret"))
    assert "very-secret" not in shown
    assert "ssss" not in shown


async def test_an_installation_with_a_key_of_the_demo_refuses_to_start(parts):
    async with inside(parts, None) as db:
        await demo_keys.refuse(db)
        known = Account(email=demo_keys.PLATFORM_EMAIL, name="x", password_hash="x")
        db.add(known)
        await db.flush()
        with pytest.raises(SettingsIncomplete, match="account of the demo"):
            await demo_keys.refuse(db)
        await db.delete(known)


def test_prices_may_be_texts_and_what_is_no_list_of_providers_is_told_at_the_start():
    listed = '[{"name": "p", "base_url": "http://a", "api_key": "geheim", "model": "m", "price_in": "%s"}]'
    (provider,) = Settings(portal_ai_providers=listed % "1.5").ai_providers
    assert provider.price_in == 1.5
    for wrong in ("{", "[{}]", listed % "teuer"):
        with pytest.raises(SettingsIncomplete, match="PORTAL_AI_PROVIDERS") as told:
            _ = Settings(portal_ai_providers=wrong).ai_providers
        assert "geheim" not in str(told.value)
