"""The parameters of a match: read by hand from the query string, each with the default that clients count on."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from interdiction.errors import UsageError

ALGORITHMS: Final = ("logic-v2", "ofac", "name-based", "name-qualified", "logic-v1", "regression-v1")
"""What clients may ask for by name; the judge of this engine answers for all of them."""
OUR_ALGORITHM: Final = "interdiction"
MOST_RESULTS: Final = 500
MOST_EXCLUDED: Final = 50
CHANGED: Final = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$"


class MatchParams(msgspec.Struct, frozen=True):
    """How a match is asked for; the defaults are those of yente 5.5."""

    limit: int = 5
    threshold: float = 0.70
    cutoff: float = 0.70
    algorithm: str = "best"
    include_dataset: tuple[str, ...] = ()
    exclude_dataset: tuple[str, ...] = ()
    exclude_schema: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    changed_since: str | None = None
    exclude_entity_ids: tuple[str, ...] = ()
    as_of: str | None = None
    record: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def lowest(self) -> float:
        """The score from which results are shown: the cut-off never stands above the threshold."""
        return min(self.cutoff, self.threshold)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    return read


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise ValueError(text)
    return value


def flag(text: str) -> bool:
    """Read a switch. Raises `ValueError` for anything but the usual words."""
    said = text.strip().lower()
    if said in {"1", "true", "yes", "on"}:
        return True
    if said in {"0", "false", "no", "off", ""}:
        return False
    raise ValueError(text)


def _algorithm(text: str) -> str:
    if text not in {"best", OUR_ALGORITHM, *ALGORITHMS}:
        raise ValueError(text)
    return text


def _since(text: str) -> str:
    if re.fullmatch(CHANGED, text) is None:
        raise ValueError(text)
    return text


_ONE: Final[dict[str, tuple[Callable[[str], Any], str]]] = {
    "limit": (_whole(1, MOST_RESULTS), f"a whole number from 1 to {MOST_RESULTS}"),
    "threshold": (_share, "a number from 0 to 1"),
    "cutoff": (_share, "a number from 0 to 1"),
    "algorithm": (_algorithm, f"one of best, {OUR_ALGORITHM}, {', '.join(ALGORITHMS)}"),
    "changed_since": (_since, "a day or an instant such as 2024-05-01 or 2024-05-01T12:00:00"),
    "as_of": (str, "a day such as 2015-01-02"),
    "record": (flag, "true or false"),
}
_SEVERAL: Final = frozenset({"include_dataset", "exclude_dataset", "exclude_schema", "topics", "exclude_entity_ids"})
_DEFAULTS: Final = MatchParams()
_SHORT: Final = 200


def match_params(query: bytes) -> MatchParams:
    """Read the query string. Raises `UsageError` (`parameter`, `algorithm`) for a value that cannot be."""
    if not query:
        return _DEFAULTS
    return _remembered(query) if len(query) <= _SHORT else _read(query)


@lru_cache(512)
def _remembered(query: bytes) -> MatchParams:
    """Read a short query string: a client sends the same one with every request."""
    return _read(query)


def _read(query: bytes) -> MatchParams:
    found: dict[str, Any] = {}
    unknown: list[str] = []
    for name, text in pairs(query):
        if name in _ONE:
            read, wanted = _ONE[name]
            try:
                found[name] = read(text)
            except ValueError as error:
                code = "algorithm" if name == "algorithm" else "parameter"
                raise UsageError(
                    f"{name} cannot be {text[:60]!r}", where=name, mend=f"give {wanted}", code=code
                ) from error
        elif name in _SEVERAL:
            found.setdefault(name, []).append(text)
        else:
            unknown.append(name[:60])
    if len(found.get("exclude_entity_ids", ())) > MOST_EXCLUDED:
        raise UsageError(
            f"more than {MOST_EXCLUDED} entities are excluded",
            where="exclude_entity_ids",
            mend="judge the pairs instead: a clearance keeps them apart for good",
            code="parameter",
        )
    for name in _SEVERAL & found.keys():
        found[name] = tuple(found[name])
    return MatchParams(**found, unknown=tuple(unknown))


def pairs(query: bytes) -> list[tuple[str, str]]:
    """Cut a query string. Raises `UsageError` (`parameter`) where it is no such thing."""
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=500, errors="strict")
    except ValueError as error:
        raise UsageError(
            "the query string cannot be read", where="query string", mend="write it as name=value&name=value, in UTF-8",
            code="parameter",
        ) from error  # fmt: skip
