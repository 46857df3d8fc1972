"""An officer's own entry, in force at once: parties added to a list of one's own, whatever the publishers say.

1. It is an ordinary edition of an own list: history, index and clusters take it as they take any other.
2. Its measure is `internal`: it holds and is reviewed, and never blocks, freezes or goes into a report.
3. Two officers at once add both: the edition is derived from the last one while the home is locked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS, import_next
from interdiction.errors import UsageError
from interdiction.lists.readers.reading import ListFile
from interdiction.model import Identifier, Party
from interdiction.model.signed import require_signed

if TYPE_CHECKING:
    from interdiction.engine.filing import ImportReport
    from interdiction.store.reading import Reader

EMERGENCY: Final = "own-emergency"
_TABLE, _MAPPING = "entries.jsonl", "mapping.yml"
_BETWEEN: Final = ";"
_FIELDS: Final = (
    *("id", "name", "kind", "gender", "programme", "listed_on", "legal_basis", "remarks"),
    *("alias", "born", "place_of_birth", "nationality", "residence", "country", "identifiers", "taken_out"),
)
_SEVERAL: Final = ("alias", "born", "place_of_birth", "nationality", "residence", "country", "identifiers")


class Entered(msgspec.Struct, frozen=True):
    """What an entry did: the ids of the new listings, and the report of the edition they came in."""

    listings: tuple[str, ...]
    report: ImportReport


def enter(
    home: Home,
    parties: Sequence[Party],
    *,
    why: str | Sequence[str],
    by: str,
    at: datetime,
    list_key: str = EMERGENCY,
    programme: str = "emergency",
    legal_basis: str = "",
    ids: Sequence[str] = (),
    timeout: float = WAIT_SECONDS,
) -> Entered:
    """Bring parties into force as new listings of an own list. `at` is now; `why` and `by` stand in each listing.

    `why` may say it for each party; `programme` is the tag they bear; `legal_basis` names the act they rest on, where
    there is one; `ids` are the numbers of the new listings, made from the instant unless given. Raises `UsageError`
    (`by-required`, `why-required`, `no-name`, `own-list`), and what importing an edition raises.
    """
    reasons = [why] * len(parties) if isinstance(why, str) else list(why)
    for reason in reasons or [""]:
        require_signed("an entry", by, reason)
    if not list_key.startswith("own-"):
        raise UsageError(
            f"{list_key} is a publisher's list", where="LIST", mend="use a list of your own: own-NAME", code="own-list"
        )
    nameless = [party for party in parties if not any(_tidy(name.text) for name in party.names)]
    if nameless or not parties:
        raise UsageError("an entry needs a name", where="NAME", mend="give the name as you know it", code="no-name")
    stamp = at.strftime("%Y%m%dT%H%M%S%f")
    numbers = list(ids) or [f"{stamp}-{number}" for number in range(1, len(parties) + 1)]
    rows = [
        _row(uid, party, why=reason, by=by, at=at, programme=programme, legal_basis=legal_basis)
        for uid, party, reason in zip(numbers, parties, reasons, strict=True)
    ]
    report = import_next(
        home,
        list_key,
        lambda reader: _files(table_of(reader, home, list_key), rows),
        at=at,
        on=day_of(home, list_key, at),
        by=by,
        timeout=timeout,
    )
    return Entered(tuple(f"{list_key}:{row['id']}" for row in rows), report)


def day_of(home: Home, list_key: str, at: datetime) -> date:
    """Give the day of the new edition: today, or the last edition's own where that is later."""
    from interdiction.errors import NoListError

    today = at.date()
    try:
        with home.reading() as reader:
            last = reader.last_edition(list_key)
    except NoListError:
        return today
    return today if last is None else max(today, last.on)


def table_of(reader: Reader, home: Home, list_key: str) -> bytes:
    """Give the entries that are there already, as they were kept. Raises `UsageError` (`own-list`)."""
    last = reader.last_edition(list_key)
    if last is None:
        return b""
    part = next((part for part in last.parts if part.role == "table"), None)
    if part is None or part.file != _TABLE:
        raise UsageError(
            f"{list_key} was made from a table of your own",
            where=list_key,
            mend="use another own-NAME for entries, or add the row to your table and import that",
            code="own-list",
        )
    return home.raw.read(part.sha256)


def _files(before: bytes, rows: Sequence[dict[str, str]]) -> list[ListFile]:
    added = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    return [ListFile(_TABLE, before + added), ListFile(_MAPPING, _mapping())]


def files_of(rows: Sequence[dict[str, str]]) -> list[ListFile]:
    """Give the files of an edition of entries, each with every field."""
    return _files(b"", [{field: row.get(field, "") for field in _FIELDS} for row in rows])


def _mapping() -> bytes:
    lines = ["mapping: 1", "fields:"]
    for field in _FIELDS:
        split = f', split: "{_BETWEEN}"' if field in _SEVERAL else ""
        lines.append(f"  {field}: {{columns: {field}{split}}}")
    return ("\n".join(lines) + "\n").encode()


def _row(
    uid: str, party: Party, *, why: str, by: str, at: datetime, programme: str, legal_basis: str
) -> dict[str, str]:
    names = [_tidy(name.text) for name in party.names if _tidy(name.text)]
    said = {
        "id": uid,
        "name": names[0],
        "alias": _BETWEEN.join(names[1:]),
        "kind": party.kind.value if party.kind else "",
        "gender": party.gender.value if party.gender else "",
        "born": _BETWEEN.join(str(day) for day in party.birth_dates),
        "place_of_birth": _BETWEEN.join(_tidy(one) for one in party.birth_places),
        "nationality": _BETWEEN.join((*party.nationalities, *party.citizenships)),
        "residence": _BETWEEN.join(party.residences),
        "country": _BETWEEN.join(party.countries),
        "identifiers": _BETWEEN.join(_number(one) for one in party.identifiers),
        "programme": programme,
        "listed_on": at.date().isoformat(),
        "legal_basis": legal_basis,
        "taken_out": "",
        "remarks": f"Entered by {_tidy(by)} at {at.isoformat(timespec='seconds')}: {' '.join(why.split())}",
    }
    return {field: said[field] for field in _FIELDS}


def _tidy(text: str) -> str:
    """Give a text in one line without the sign that parts several values in a cell."""
    return " ".join(text.replace(_BETWEEN, ",").split())


def _number(one: Identifier) -> str:
    place = f"@{one.country}" if one.country else ""
    return f"{one.type}:{_tidy(one.value)}{place}"
