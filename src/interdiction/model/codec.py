"""The one way structs become JSON and come back: canonical, so that the same value gives the same bytes."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from interdiction.errors import PartyError
from interdiction.model.dates import PartialDate

T = TypeVar("T")


def _to_builtin(value: object) -> object:
    if isinstance(value, PartialDate):
        return str(value)
    raise NotImplementedError(f"no JSON form for {type(value).__name__}")


def _from_builtin(wanted: type, value: object) -> object:
    if wanted is PartialDate and isinstance(value, str):
        try:
            return PartialDate.parse(value)
        except PartyError as error:
            raise ValueError(error.message) from error
    raise NotImplementedError(f"no reading of {wanted.__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_to_builtin, order="deterministic")


def to_json(value: object) -> bytes:
    """Give `value` as canonical JSON: fields in a fixed order, defaults omitted where the struct says so."""
    return _ENCODER.encode(value)


def from_json(data: bytes | str, wanted: type[T]) -> T:
    """Read `wanted` from JSON. Raises `msgspec.ValidationError` that names the path of what does not fit."""
    return msgspec.json.decode(data, type=wanted, dec_hook=_from_builtin)


def convert(value: object, wanted: type[T]) -> T:
    """Read `wanted` from dicts, lists and strings. Raises as `from_json` does."""
    return msgspec.convert(value, wanted, dec_hook=_from_builtin)


def to_builtins(value: object) -> Any:
    """Give `value` as dicts, lists and strings, for a table or an envelope."""
    return msgspec.to_builtins(value, enc_hook=_to_builtin)


def decoder(wanted: type[T]) -> msgspec.json.Decoder[T]:
    """Give a decoder to keep where many values of one type are read; it raises as `from_json` does."""
    return msgspec.json.Decoder(wanted, dec_hook=_from_builtin)
