"""Every setting of the portal, read from the environment once at start-up.

`docs/settings.md` lists each of them; a test fails when one is missing there.
"""

from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class AiProvider(msgspec.Struct, frozen=True, kw_only=True):
    """One OpenAI-compatible endpoint; prices are in euro per million tokens.

    `price_cached` is for tokens told that the endpoint had still; without it they cost `price_in`.
    `tools`: it may be offered tools to call; off for endpoints that refuse them. `client`: read by
    ourselves (`wire`, the faster), or through the vendor's package (`openai`).
    """

    name: str
    base_url: str
    api_key: str
    model: str
    price_in: float = 0.0
    price_out: float = 0.0
    price_cached: float | None = None
    tools: bool = True
    client: Literal["wire", "openai"] = "wire"

    @property
    def has_prices(self) -> bool:
        """Without any its calls count as free, and only the budgets of tokens bind them."""
        return self.price_in > 0 or self.price_out > 0


class Embeddings(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint that turns texts into vectors. Similarities are cosines, 1 for the same text; how
    high those of right answers are differs from model to model.
    """

    name: str
    base_url: str
    api_key: str
    model: str
    price_in: float = 0.0
    sure: float = 0.6
    perhaps: float = 0.45


class Settings(BaseSettings):
    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, frozen=True)

    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL as the role of the application, which row-level security binds.",
    )
    database_owner_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL as the role that owns the tables; only migrations use it.",
    )
    redis_url: SecretStr | None = Field(
        default=None, description="Redis or Valkey for wake-ups, live events and limits."
    )
    portal_home: Path = Field(
        default=Path(".portal"),
        description="Folder of the embedded servers, stored files, mail and logs.",
    )
    portal_host: str = Field(default="127.0.0.1", description="Address that the portal listens on.")
    portal_port: int = Field(default=8000, description="Port of the portal.")
    portal_site_port: int = Field(default=8001, description="Port of the demo websites.")
    portal_base_url: str | None = Field(
        default=None,
        description="Public address of the portal, used in mails. Default: host and port.",
    )
    portal_secret: SecretStr | None = Field(
        default=None,
        description="Signs visitor tokens and forms; at least 32 characters. Required outside "
        "the demo.",
    )
    portal_mode: Literal["production", "demo", "test"] = Field(
        default="production",
        description="`demo` shows the demo people and the mail folder; `test` is for tests.",
    )
    portal_pool_size: int = Field(
        default=10, description="Database connections of one application process."
    )
    portal_workers: int = Field(default=1, description="Application processes of `carbot serve`.")
    portal_trusted_proxies: str = Field(
        default="127.0.0.1",
        description="Addresses whose X-Forwarded-For is believed, separated by commas.",
    )
    portal_max_upload_mb: int = Field(default=50, description="Largest accepted recording in MB.")
    portal_metrics: bool = Field(default=False, description="Serve `/metrics` for Prometheus.")
    portal_ai_providers: str | None = Field(
        default=None,
        description="JSON list of AI providers, tried in order: `name`, `base_url`, `api_key`, "
        "`model`, `price_in`, `price_out` and, where it differs, `price_cached` (tokens told that "
        "the endpoint had still) in euro per million tokens, `tools` (true; false for endpoints "
        "that refuse tools), `client` (`wire`; `openai` for the vendor's package).",
    )
    portal_ai_embeddings: str | None = Field(
        default=None,
        description="JSON of an OpenAI-compatible endpoint for embeddings: `name`, `base_url`, "
        "`api_key`, `model`, `price_in` in euro per million tokens, and from which cosine on a "
        "text is the answer (`sure`, 0.6) or may help (`perhaps`, 0.45). With one, questions find "
        "texts that say it in other words.",
    )
    portal_ai_timeout_s: float = Field(
        default=20.0,
        ge=1.0,
        description="Seconds without a token after which a provider is given up; one at least.",
    )
    portal_ai_daily_tokens: int = Field(
        default=400_000,
        description="Tokens that one workshop may use a day; then the built-in assistant answers.",
    )
    portal_ai_daily_budget: float = Field(
        default=5.0, description="Euro that one workshop's AI may cost a day."
    )
    portal_ai_monthly_budget: float = Field(
        default=50.0,
        description="Euro that one workshop's AI may cost a month, unless it sets less or more.",
    )
    portal_ai_conversation_tokens: int = Field(
        default=80_000, description="Tokens that one conversation may use."
    )
    portal_ai_visitor_tokens: int = Field(
        default=160_000, description="Tokens that the visitors of one network may use a day."
    )
    openai_api_key: SecretStr | None = Field(
        default=None, description="Key of the first AI provider. Without one: built-in assistant."
    )
    openai_base_url: str = Field(
        default="https://api.openai.com/v1", description="Address of the first AI provider."
    )
    openai_model: str = Field(default="gpt-4o-mini", description="Model of the first AI provider.")
    openai_price_in: float = Field(
        default=0.0,
        ge=0,
        description="What a million tokens told to that model cost in euro. Without prices its "
        "calls count as free, and only the budgets of tokens bind.",
    )
    openai_price_out: float = Field(
        default=0.0, ge=0, description="What a million tokens said by that model cost in euro."
    )
    openai_price_cached: float | None = Field(
        default=None,
        ge=0,
        description="What a million tokens told cost in euro that the endpoint had still. Default: "
        "as any others.",
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="`smtp://user:password@host:port`; without it mail is written to a folder.",
    )
    portal_mail_from: str = Field(
        default="CarBot <noreply@carbot.example>", description="Sender of the portal's own mail."
    )
    sms_token: SecretStr | None = Field(
        default=None,
        description="API key of seven.io for text messages. Without one the demo writes them to "
        "the mail folder; elsewhere none are sent.",
    )
    sms_url: str = Field(
        default="https://gateway.seven.io/api/sms",
        description="Address that takes text messages, seven.io's or one of the same shape.",
    )
    sms_sender: str = Field(
        default="",
        description="Sender of text messages: up to 11 letters and digits, or a number. Default: "
        "the provider's.",
    )

    directus_url: str | None = Field(
        default=None,
        description="Directus whose texts the workshops show; without one they come from files.",
    )
    directus_token: SecretStr | None = Field(
        default=None, description="Static token of Directus that may read the collection `faq`."
    )
    directus_webhook_secret: SecretStr | None = Field(
        default=None,
        description="What Directus sends as bearer when texts change; without it nobody may.",
    )

    @property
    def base_url(self) -> str:
        return (self.portal_base_url or f"http://{self.portal_host}:{self.portal_port}").rstrip("/")

    @property
    def is_secure(self) -> bool:
        """Whether cookies may only travel over HTTPS."""
        return self.base_url.startswith("https://")

    @property
    def secret(self) -> str:
        if self.portal_secret is None or len(self.portal_secret.get_secret_value()) < 32:
            raise SettingsIncomplete("PORTAL_SECRET must have at least 32 characters.")
        return self.portal_secret.get_secret_value()

    @property
    def ai_providers(self) -> list[AiProvider]:
        """Raises `SettingsIncomplete` for a list that cannot be read; it tells no key."""
        if self.portal_ai_providers:
            return _providers_in(self.portal_ai_providers)
        if self.openai_api_key is None:
            return []
        return [
            AiProvider(
                name="openai",
                base_url=self.openai_base_url,
                api_key=self.openai_api_key.get_secret_value(),
                model=self.openai_model,
                price_in=self.openai_price_in,
                price_out=self.openai_price_out,
                price_cached=self.openai_price_cached,
            )
        ]

    @property
    def ai_embeddings(self) -> Embeddings | None:
        wanted = self.portal_ai_embeddings
        return msgspec.json.decode(wanted, type=Embeddings) if wanted else None


class SettingsIncomplete(Exception):
    """A setting that the program cannot run without is missing; the text says which."""


def _providers_in(listed: str) -> list[AiProvider]:
    try:
        return msgspec.json.decode(listed, type=list[AiProvider], strict=False)
    except msgspec.MsgspecError as error:
        raise SettingsIncomplete(f"PORTAL_AI_PROVIDERS cannot be read: {error}") from None


@lru_cache(maxsize=1)
def settings() -> Settings:
    return Settings()
