"""What may come in at sign-in."""

from typing import Annotated

import msgspec


class SignInForm(msgspec.Struct):
    email: Annotated[str, msgspec.Meta(min_length=3, max_length=254)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    next: Annotated[str, msgspec.Meta(max_length=300)] = ""


class ProfileForm(msgspec.Struct):
    """The settings page; texts that are too long are refused before anything is stored."""

    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    street: Annotated[str, msgspec.Meta(max_length=120)] = ""
    postcode: Annotated[str, msgspec.Meta(max_length=10)] = ""
    city: Annotated[str, msgspec.Meta(max_length=80)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=40)] = ""
    email: Annotated[str, msgspec.Meta(max_length=254)] = ""
    website: Annotated[str, msgspec.Meta(max_length=200)] = ""
    about: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    directions: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    greeting: Annotated[str, msgspec.Meta(max_length=500)] = ""
    assistant_name: Annotated[str, msgspec.Meta(max_length=60)] = ""
    privacy_url: Annotated[str, msgspec.Meta(max_length=300)] = ""
    accent: Annotated[str, msgspec.Meta(max_length=7)] = ""
    allowed_origins: Annotated[str, msgspec.Meta(max_length=2500)] = ""
    languages: list[str] | str = ""
    """Of the chat; one value comes as a bare string."""
