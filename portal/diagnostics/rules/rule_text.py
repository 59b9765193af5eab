"""The shape of the texts of the rules; `texts_de` and `texts_en` fill it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class RuleText(NamedTuple):
    """`found` is said of a borderline and of an abnormal value: the state says how bad it is.

    `needs` completes the sentence "what is needed: …" where the recording does not suffice.
    `variants` replace `found` where the answer gave one of their names as its reason.
    """

    name: str
    ok: str
    found: str
    next_step: str
    needs: str
    variants: Mapping[str, str] = MappingProxyType({})


class Texts(NamedTuple):
    """`reasons` by the stable words of `Answer.reason`; `sources` name what is no signal.

    After a `final` reason no other recording would help, so that none is asked for.
    """

    rules: dict[str, RuleText]
    reasons: dict[str, str]
    sources: dict[str, str]
    final: set[str]
    missing: str
    needs: str
    record_again: str
