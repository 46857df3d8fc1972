"""Reads NACHA files: every IAT entry with its addenda is a payment; what is no IAT entry is text to be looked into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Final

import msgspec
import yaml

from interdiction.errors import DataError
from interdiction.model import Address, Amount, Identifier, Payment, PlaceKind, Rail, Reference, Role
from interdiction.names import countries
from interdiction.payments.amounts import currencies
from interdiction.payments.draft import Draft, Gathered
from interdiction.payments.reading import Reading, decoded, unreadable, whole

FILE: Final = "nacha.yml"
_MOST_ADDENDA: Final = 40
_WORD: Final = re.compile(r"[A-Za-z]{3}")


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in some columns of an addenda record."""

    role: Role
    what: str
    at: tuple[int, int]


class Records(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/nacha.yml`, which explains each field."""

    version: str
    verified: str
    width: int
    qualifiers: dict[str, str]
    batch: dict[str, tuple[int, int]]
    entry: dict[str, tuple[int, int]]
    addenda: dict[str, tuple[Place, ...]]
    needs: tuple[str, ...]
    debits: frozenset[str]


@cache
def records() -> Records:
    """Give the columns of the packaged file. Raises `DataError` where it is wrong."""
    try:
        return msgspec.convert(yaml.safe_load((resources.files("interdiction.data") / FILE).read_bytes()), Records)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"{FILE} cannot be read: {error}", where=FILE, mend="install the package again") from error


def recognised(head: str) -> bool:
    """Tell whether a file begins with the header record of a NACHA file."""
    line = head.split("\n", 1)[0].rstrip("\r")
    return line.startswith("101") and len(line) >= 34 and line[34:37] == "094"


def read(raw: bytes, name: str) -> Reading:
    """Read a NACHA file; `name` is what problems call it. Nothing that stands in it raises."""
    lines = decoded(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems = []
    if not any(line.startswith("9") for line in lines[-20:]):
        problems.append(whole("cut", "the control record at the end of the file is missing", name))
    return Reading(_payments(lines, name), problems)


def _payments(lines: list[str], name: str) -> Iterator[Payment]:
    """Give each entry with its addenda; a record in a place of its own is a payment of nobody, and held."""
    batch, entry, addenda, start, row = "", "", [], 0, 0
    for at, line in enumerate([*lines, "9"], start=1):
        record = line[:1]
        if record == "7" and entry:
            addenda.append((at, line))
            continue
        if entry:
            row += 1
            yield _entry(batch, entry, addenda, (name, start, row))
            entry, addenda = "", []
        if record == "5":
            batch = line
        elif record == "6" and batch:
            entry, start = line, at
        elif line.strip() and record not in {"1", "8", "9"}:
            row += 1
            problem = whole("nacha-record", "a record stands in no batch or entry", name, line)
            yield unreadable(problem, line, name, row)
    if not row:
        text = "\n".join(lines)
        yield unreadable(whole("nacha-record", "the file holds no entry", name, text), text, name)


def _cut(line: str, at: tuple[int, int]) -> str:
    return line[at[0] - 1 : at[1]].strip()


def _entry(batch: str, entry: str, addenda: list[tuple[int, str]], place: tuple[str, int, int]) -> Payment:
    name, line, row = place
    known = records()
    found = Gathered()
    drafts: dict[Role, Draft] = {}
    kinds: set[str] = set()
    if _cut(batch, known.batch["class"]) != "IAT":
        found.doubt(
            "nacha-class", "the batch is no IAT batch: its parties are not where they were looked for", f"line {line}"
        )
        found.text(entry, f"line {line}", "other")
    for at, text in addenda[:_MOST_ADDENDA]:
        if len(text.rstrip()) > known.width:
            found.doubt("nacha-width", f"a record has more than {known.width} characters", f"line {at}", text)
        kind = text[1:3]
        kinds.add(kind)
        _addendum(kind, text, at, drafts, found)
    if len(addenda) > _MOST_ADDENDA:
        found.doubt("nacha-addenda", f"the entry has {len(addenda)} addenda", f"line {line}")
        found.text("\n".join(text for _, text in addenda[_MOST_ADDENDA:]), f"line {line}", "other")
    for need in known.needs:
        if need not in kinds:
            found.doubt("nacha-addenda", f"the addenda record {need} is missing", f"line {line}")
    _account(entry, drafts, line)
    if _cut(entry, known.entry["code"]) in known.debits:
        drafts = {_OTHER_SIDE.get(role, role): draft for role, draft in drafts.items()}
        for role, draft in drafts.items():
            draft.role = role
    for role in (Role.DEBTOR, Role.CREDITOR):
        if role not in drafts or not drafts[role].says_something:
            found.doubt("no-party", f"no {role.value} is named", f"line {line}")
    amount = _amount(batch, entry)
    if amount is None:
        found.doubt("amount", "the amount cannot be read", f"line {line}", _cut(entry, known.entry["amount"]))
    trace = _cut(entry, known.entry["trace"])
    return Payment(
        id=trace or f"{name}/{row}",
        parties=tuple(draft.done() for draft in drafts.values() if draft.says_something),
        amount=amount,
        on=_day(_cut(batch, known.batch["date"])),
        source=name,
        row=row,
        problems=tuple(msgspec.structs.replace(one, file=name, line=line) for one in found.problems),
        kind="nacha-iat",
        references=(Reference("trace", trace),) if trace else (),
        texts=tuple(found.texts),
        places=tuple(found.places),
        purposes=tuple(filter(None, [next((_cut(text, (4, 6)) for _, text in addenda if text[1:3] == "10"), "")])),
        rail=Rail(clearing_system="ACH", local_instruments=("IAT",)),
    )


_OTHER_SIDE: Final = {
    Role.DEBTOR: Role.CREDITOR,
    Role.CREDITOR: Role.DEBTOR,
    Role.DEBTOR_AGENT: Role.CREDITOR_AGENT,
    Role.CREDITOR_AGENT: Role.DEBTOR_AGENT,
}


def _addendum(kind: str, text: str, at: int, drafts: dict[Role, Draft], found: Gathered) -> None:
    places = records().addenda.get(kind)
    where = f"line {at}, addenda {kind}"
    if places is None:
        found.text(text, where, "other")
        found.doubt("nacha-addenda", f"the addenda type {kind} is not known", where, text)
        return
    qualifier = ""
    for place in places:
        value = _cut(text, place.at)
        if not value:
            continue
        if place.what == "text":
            found.text(value, where, "remittance")
            continue
        if place.what in {"kind", "qualifier"}:
            qualifier = value if place.what == "qualifier" else qualifier
            continue
        draft = drafts.setdefault(place.role, Draft(place.role, where))
        if place.what == "name":
            found.name(draft, value, where)
        elif place.what == "bank_id":
            _bank(draft, qualifier, value)
        elif place.what == "bank_country":
            _country(draft, value, where, found)
        elif place.what == "number":
            found.text(value, where, "identifier") if _WORD.search(value) else None
        elif place.what == "street":
            draft.addresses.append(Address(street=value))
            found.text(value, where, "address")
        else:
            _divided(draft, value, place.what, where, found)


def _divided(draft: Draft, value: str, what: str, where: str, found: Gathered) -> None:
    """Read a town with its state, or a country with its postal code: an asterisk between, a backslash at the end."""
    parts = [part.strip() for part in value.rstrip("\\").split("*")]
    found.text(" ".join(parts), where, "address")
    if what == "town":
        found.place(parts[0], where, PlaceKind.TOWN)
        draft.addresses.append(Address(city=parts[0], region=parts[1] if len(parts) > 1 else None))
    else:
        _country(draft, parts[0], where, found)


def _country(draft: Draft, value: str, where: str, found: Gathered) -> None:
    code = value[:2].lower()
    found.place(value[:2], where, PlaceKind.COUNTRY)
    if code in countries.known():
        draft.residences.append(code)
    else:
        found.doubt("country", "no country has this code", where, value, expected="an ISO 3166-1 code")
        found.text(value, where, "address")


def _bank(draft: Draft, qualifier: str, value: str) -> None:
    kind = records().qualifiers.get(qualifier, "bank_code")
    if kind == "bic" and len(value) in {8, 11}:
        draft.bic(value)
    else:
        draft.identifiers.append(Identifier(kind, value))


def _account(entry: str, drafts: dict[Role, Draft], line: int) -> None:
    account = _cut(entry, records().entry["account"])
    if account:
        drafts.setdefault(Role.CREDITOR, Draft(Role.CREDITOR, f"line {line}")).account(account)
    bank = _cut(entry, records().entry["receiving_bank"])
    if bank:
        agent = drafts.setdefault(Role.INSTRUCTED_AGENT, Draft(Role.INSTRUCTED_AGENT, f"line {line}"))
        agent.identifiers.append(Identifier("bank_code", bank))


def _amount(batch: str, entry: str) -> Amount | None:
    known = records()
    digits, currency = _cut(entry, known.entry["amount"]), _cut(batch, known.batch["from_currency"])
    if not digits.isascii() or not digits.isdecimal() or currency not in currencies():
        return None
    return Amount(Decimal(digits) / 100, currency)


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:6])) if re.fullmatch(r"\d{6}", text) else None
    except ValueError:
        return None
