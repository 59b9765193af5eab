"""What may come in at sign-in."""

from typing import Annotated

import msgspec


class SignInForm(msgspec.Struct):
    email: Annotated[str, msgspec.Meta(min_length=3, max_length=254)]
    password: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    next: Annotated[str, msgspec.Meta(max_length=300)] = ""
