"""What the demo's documentation promises by name; plain words, so that the demo starts at once."""

SLUGS = ("kfz-brandt", "autodienst-yilmaz")
NAMES = ("inhaber", "annahme", "mechanik", "buero")
PLATFORM_EMAIL = "admin@carbot.example"


def site_key(slug: str) -> str:
    return f"demo-{slug}"


def api_token(slug: str) -> str:
    return f"demo-token-{slug}"


def email(slug: str, name: str) -> str:
    return f"{name}@{slug}.example"
