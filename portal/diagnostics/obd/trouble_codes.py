from typing import Literal
def origin(code: str) -> Literal["iso","manufacturer"]:
    return "iso"
def describe(code: str, locale: str = "de") -> str:
    return code
