"""Countries as publishers write them, to codes; what no code fits stays as the text it was."""

from __future__ import annotations

from functools import lru_cache

from interdiction.names import countries


@lru_cache(maxsize=1 << 14)
def country(text: str | None) -> str | None:
    """Give the code of a country, else the text itself, trimmed; `None` where nothing is stated."""
    if text is None:
        return None
    body = " ".join(text.split())
    if not body or countries.says_none(body):
        return None
    return countries.code(body) or body


@lru_cache(maxsize=1 << 14)
def code(text: str) -> str | None:
    """Give the code of a country, or `None`."""
    return countries.code(" ".join(text.split()))
