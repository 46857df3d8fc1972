"""What the core makes of a text: the folded name, its readings, the value of an identifier."""

from __future__ import annotations

from typing import Literal

from interdiction import _core


def fold(text: str) -> str:
    """Give the text in lower-case Latin letters with single spaces: equal names fold to the same text."""
    return _core.fold(text)


def readings(text: str, side: Literal["list", "query"] = "query") -> list[list[str]]:
    """Give the tokens of every way of reading a name, the written one first."""
    return [[token["text"] for token in form["tokens"]] for form in _core.analyse(text, side)["forms"]]


def identifier(kind: str, value: str) -> str:
    """Give the value of an identifier of type `kind` as it is compared: no spaces, no punctuation."""
    return _core.normalise_identifier(kind, value)
