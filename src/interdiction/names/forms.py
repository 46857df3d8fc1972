"""Whether a number is written as numbers of its type are: length, alphabet, check digits. Nothing is looked up.

Reach for `fault` wherever an identifier comes in. A malformed number is a slip of somebody's pen, on our side or
the list's: it still identifies whoever bears the same, and it proves of nobody that he bears another.

1. A type or country without a row in `data/identifier_forms.yml` is not checked and has no fault.
2. The same type, value and country have the same fault on either side; equality is never a matter of form.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module, resources
from typing import Any, Final

import msgspec
import yaml
from stdnum.exceptions import ValidationError

from interdiction.errors import DataError
from interdiction.names.countries import name as country_name

FILE: Final = "identifier_forms.yml"
_COMPANY: Final = (8, 6, 4, 2, 9, 7)
"""Weights of the first six digits of an IMO number of a company, whose remainder of eleven it ends in."""
_LONGEST: Final = 100
"""Characters; the longest number checked here, an IBAN with blanks, has 42."""
_BETWEEN: Final = re.compile(r"[\W_]+")
_WRONG: Final = {
    "InvalidChecksum": "its check digit is wrong",
    "InvalidComponent": "a part of it stands for nothing",
    "InvalidLength": "it is too long or too short",
    "InvalidFormat": "it is not written like one",
}
"""What python-stdnum says, in words, the most telling first: who gets as far as the check digit was nearest."""


class _Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: str
    anywhere: dict[str, tuple[str, ...]]
    tax_id: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1 << 16)
def fault(type: str, value: str, country: str | None = None) -> str:  # noqa: A002 - the model's own word
    """Say what is wrong with the form of a number; empty where nothing is, or nothing can be told.

    `type` is a word of docs/identifiers.md, `country` the code of whoever issued it.
    """
    if type == "imo":
        return _imo(_BETWEEN.sub("", value).upper().removeprefix("IMO"))
    if type == "duns":
        digits = _BETWEEN.sub("", value)
        return "" if digits.isdecimal() and len(digits) == 9 else "it does not have nine digits"
    modules = _forms().anywhere.get(type, ())
    if type == "tax_id":
        modules = _forms().tax_id.get((country or "").lower(), ())
    if len(value) > _LONGEST:
        return _WRONG["InvalidLength"] if modules else ""
    refused = [_refused(module, value) for module in modules]
    return min(refused, key=list(_WRONG.values()).index) if refused and all(refused) else ""


def text(type: str, value: str, country: str | None = None) -> str:  # noqa: A002 - the model's own word
    """Give an identifier as the core takes it, `type:value@country`; `type?:` where the form is wrong."""
    doubt = "?" if fault(type, value, country) else ""
    return f"{type}{doubt}:{value}@{country}" if country else f"{type}{doubt}:{value}"


def sentence(type: str, value: str, country: str | None = None) -> str:  # noqa: A002 - the model's own word
    """Say what a fault means: `imo 9187620: its check digit is wrong; ...`. Empty where there is none."""
    said = fault(type, value, country)
    if not said:
        return ""
    place = f" of {country_name(country)}" if country else ""
    return f"{type.replace('_', ' ')} {value}{place}: {said}; compared for equality, not counted as a different number"


def types() -> tuple[str, ...]:
    """Give the types that are checked."""
    return ("imo", "duns", "tax_id", *_forms().anywhere)


def _refused(module: str, value: str) -> str:
    """Say why a module of python-stdnum refuses a value; empty when it does not."""
    try:
        _stdnum(module).validate(value)
    except ValidationError as error:
        return _WRONG.get(type(error).__name__, _WRONG["InvalidFormat"])
    return ""


def _imo(digits: str) -> str:
    if not (digits.isascii() and digits.isdigit()):
        return _WRONG["InvalidFormat"]
    if len(digits) != 7:
        return "it does not have seven digits"
    *first, last = map(int, digits)
    ship = sum(digit * weight for digit, weight in zip(first, range(7, 1, -1), strict=True)) % 10
    company = -sum(digit * weight for digit, weight in zip(first, _COMPANY, strict=True)) % 11 % 10
    return "" if last in {ship, company} else _WRONG["InvalidChecksum"]


@cache
def _stdnum(name: str) -> Any:
    return import_module(f"stdnum.{name}")


@cache
def _forms() -> _Forms:
    raw = resources.files("interdiction").joinpath("data", FILE).read_bytes()
    try:
        return msgspec.convert(yaml.safe_load(raw), _Forms)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"the file is wrong: {error}", where=FILE, mend="correct the entry it names") from error
