"""Links in a reply: to the workshop's own site, or not at all."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

# Every repetition is bounded: a hostile text must not hold the event loop.
_IMAGE_OR_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,300})\]\([ \t]{0,20}<?([^)\s>]{0,500})(?:[ \t>][^)\n]{0,200})?\)"
)
_BARE = re.compile(r"\b(?:https?|ftp|data|javascript):[^\s)\]>]+|\bwww\.[^\s)\]>]+", re.IGNORECASE)
_TAG = re.compile(r"<[^>\n]{1,300}>")


def without_foreign_links(text: str, hosts: Collection[str]) -> str:
    """Markdown links to other hosts keep their words, bare addresses and tags go."""
    text = _IMAGE_OR_LINK.sub(lambda link: link[0] if _is_own(link[2], hosts) else link[1], text)
    text = _BARE.sub(lambda link: link[0] if _is_own(link[0], hosts) else "", text)
    return _TAG.sub("", text)


def host_of(address: str) -> str:
    """The host of an address, without `www.`; empty when it has none."""
    with_scheme = address if "://" in address else f"https://{address}"
    try:
        return (urlsplit(with_scheme).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_own(address: str, hosts: Collection[str]) -> bool:
    scheme = address.partition(":")[0].lower()
    if scheme in {"mailto", "tel"}:
        return True
    plain_web = scheme in {"http", "https"} or address.lower().startswith("www.")
    return plain_web and host_of(address) in hosts
