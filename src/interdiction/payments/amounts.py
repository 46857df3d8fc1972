"""Amounts and currencies as people type them into tables; what can be read two ways is not read."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from babel.core import get_global

from interdiction.model import Amount

_WITH_CODE: Final = re.compile(r"(?:([A-Za-z]{3})\s*)?([-+]?[\d.,'\u2019\u00a0\u202f ]+?)(?:\s*([A-Za-z]{3}))?")
_PLAIN: Final = re.compile(r"\d{1,30}(?:\.\d{1,10})?")
_COMMA_DECIMAL: Final = re.compile(r"\d{1,30},(?:\d{1,2}|\d{4,10})")
_ENGLISH: Final = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,10}|\d{1,3}(?:,\d{3}){2,}")
_CONTINENTAL: Final = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,10}|\d{1,3}(?:\.\d{3}){2,}")
_SPACES: Final = re.compile(r"['\u2019\u00a0\u202f ](?=\d{3}(?:\D|$))")


@cache
def currencies() -> frozenset[str]:
    """Give the ISO 4217 codes, withdrawn ones among them, because old payments are screened too."""
    return frozenset(get_global("all_currencies"))


def amount(text: str | None, currency: str | None) -> tuple[Amount | None, str]:
    """Give the amount of two cells, or None and what was wrong: "1,234" may be a thousand or one, so it is neither."""
    if text is None:
        return None, "no amount is stated"
    found = _WITH_CODE.fullmatch(text.strip())
    number = _number(found[2].strip()) if found else None
    if found is None or number is None:
        return None, "the amount cannot be read, or can be read two ways"
    codes = {code.upper() for code in (found[1], found[3], (currency or "").strip() or None) if code}
    if len(codes) > 1:
        return None, f"two currencies are stated: {', '.join(sorted(codes))}"
    if not codes:
        return None, "no currency is stated"
    code = codes.pop()
    if code not in currencies():
        return None, f"no currency has the code {code[:20]!r}"
    return Amount(number, code), ""


def _number(text: str) -> Decimal | None:
    if text.startswith("-"):
        return None
    digits = _SPACES.sub("", text.removeprefix("+").strip())
    if not digits.isascii():
        return None
    if _ENGLISH.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _CONTINENTAL.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _COMMA_DECIMAL.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    return Decimal(digits) if _PLAIN.fullmatch(digits) else None
