"""A table of payments to payments: one for every filled row, whatever could not be read of it.

1. Nothing a row holds passes unscreened: a cell of no known column is text, and so is a row that fits no header.
2. A payment with a part that could not be read carries a problem of grade ROW; enforcement holds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from interdiction.errors import PartyError
from interdiction.model import (
    Address,
    Amount,
    Grade,
    Identifier,
    PartialDate,
    Party,
    Payment,
    PaymentParty,
    Problem,
    Role,
)
from interdiction.names import forms
from interdiction.payments.amounts import amount
from interdiction.payments.columns import ROLES, Columns, recognise
from interdiction.tables import Ragged, Sheet, dates, read_sheet, words

LONGEST_NAME: Final = 10_000
"""Characters of a party's name; what is longer is screened as text too."""
_SHOWN: Final = 200
_NOT_PROVIDED: Final = frozenset({"notprovided", "none", "n/a", "-"})
"""What ISO 20022 senders write where they have no reference: no id of anything."""
_NOBODY: Final = frozenset("-_.*/ ")


def read(
    path: Path, *, columns: Mapping[str, str], encoding: str | None = None, sheet: str | None = None
) -> tuple[list[Payment], list[Problem]]:
    """Give the payments of a table in its order, and the problems of the file as a whole (grade FILE)."""
    table = read_sheet(path, encoding=encoding, sheet=sheet)
    recognised = recognise(table.header, columns, table.file)
    by_row: dict[int, list[Problem]] = {}
    for problem in table.problems:
        by_row.setdefault(problem.line, []).append(problem)
    rows = [
        _Row(table, recognised, cells[0], cells[1:], by_row.get(cells[0], ())).payment()
        for cells in table.cells.iter_rows()
    ]
    rows += [_ragged(table, ragged, by_row.get(ragged.row, ())) for ragged in table.ragged]
    rows.sort(key=lambda payment: payment.row)
    return _told_apart(rows, table.file), [problem for problem in table.problems if problem.grade is Grade.FILE]


class _Row:
    """One row while it is read: its cells by field, and the problems met."""

    def __init__(
        self,
        sheet: Sheet,
        columns: Columns,
        row: int,
        cells: tuple[str | None, ...],
        problems: list[Problem] | tuple[()],
    ) -> None:
        self.sheet, self.columns, self.row, self.cells = sheet, columns, row, cells
        self.problems = list(problems)
        self.texts: list[str] = []

    def cell(self, field: str) -> str | None:
        at = self.columns.places.get(field)
        return None if at is None else self.cells[at]

    def header(self, field: str) -> str:
        at = self.columns.places.get(field)
        return field if at is None else self.sheet.header[at]

    def doubt(
        self, field: str, code: str, message: str, text: str = "", *, expected: str = "", lost: bool = True
    ) -> None:
        self.problems.append(
            Problem(
                code=code,
                message=message,
                grade=Grade.ROW if lost else Grade.PUBLISHED,
                file=self.sheet.file,
                line=self.row,
                node=self.header(field),
                text=text[:_SHOWN],
                expected=expected,
                mend="correct the cell and read the payment again, or decide on it by hand",
            )
        )

    def payment(self) -> Payment:
        parties = tuple(party for role in ROLES if (party := self.party(role)) is not None)
        remittance = self.cell("remittance")
        if remittance:
            self.texts.insert(0, remittance)
        for at in self.columns.texts:
            text = self.cells[at]
            if text and any(letter.isalpha() for letter in text):
                self.texts.append(text)
        named = {party.role for party in parties}
        for role in (Role.DEBTOR, Role.CREDITOR):
            if role not in named and (not parties or role.value in self.columns.places):
                self.doubt(role.value, "no-party", f"no {role.value} is named", expected="a name")
        return Payment(
            id=_reference(self.cell("id"), self.row),
            parties=parties,
            amount=self.amount(),
            on=self.date(),
            remittance="\n".join(self.texts) or None,
            source=self.sheet.file,
            row=self.row,
            problems=tuple(self.problems),
        )

    def party(self, role: Role) -> PaymentParty | None:
        """Give who plays `role`: a name, or at least an identifier, is needed."""
        name = self.cell(role.value)
        if name is not None and not set(name) - _NOBODY:
            name = None
        if name is not None and len(name) > LONGEST_NAME:
            name = " ".join(name.split())
            if len(name) > LONGEST_NAME:
                self.doubt(role.value, "cell-cut", f"a name of more than {LONGEST_NAME} characters was cut", name)
                self.texts.append(name)
                name = name[:LONGEST_NAME]
        identifiers = self.identifiers(role)
        address = self.cell(f"{role.value}_address")
        if address:
            self.texts.append(address)
        kind = self.read(f"{role.value}_kind", words.kind)
        countries = self.read(f"{role.value}_country", words.country)
        births = self.read(f"{role.value}_born", words.born)
        if name is None and not identifiers:
            return None
        party = Party(
            names=[name] if name is not None else [],
            kind=kind[0] if kind else None,
            countries=countries,
            birth_dates=births,
            identifiers=identifiers,
            addresses=[Address(street=address)] if address else [],
        )
        return PaymentParty(role, party, self.header(role.value))

    def identifiers(self, role: Role) -> list[Identifier]:
        texts = list(self.read(f"{role.value}_id", words.identifiers))
        for detail in ("bic", "lei"):
            value = self.cell(f"{role.value}_{detail}")
            if value:
                texts.append(f"{detail}:{value.replace('@', ' ')}")
        found: list[Identifier] = []
        for text in texts:
            try:
                found.append(Identifier.parse(text))
            except PartyError as error:
                self.doubt(f"{role.value}_id", error.code, error.message, text, expected="type:value@cc")
        for one in found:
            said = forms.sentence(one.type, one.value, one.country)
            if said:
                field = next((f for f in ("id", "bic", "lei") if self.cell(f"{role.value}_{f}")), "id")
                self.doubt(f"{role.value}_{field}", "identifier-form", said, one.value, lost=False)
        account = self.cell(f"{role.value}_account")
        if account:
            found.append(Identifier("account", account))
        return found

    def read(self, field: str, reader: Callable[[str], words.Reading]) -> tuple[str, ...]:
        text = self.cell(field)
        if text is None:
            return ()
        reading = reader(text[:LONGEST_NAME])
        if reading.code:
            self.doubt(field, reading.code, reading.message, text, expected=reading.expected, lost=reading.lost)
        return reading.values

    def amount(self) -> Amount | None:
        text = self.cell("amount")
        found, wrong = amount(text, self.cell("currency"))
        if wrong:
            shown = f"{text or ''} {self.cell('currency') or ''}".strip()
            self.doubt("amount", "amount", wrong, shown, expected="1234.56 and an ISO 4217 code")
        return found

    def date(self) -> date | None:
        text = self.cell("date")
        if text is None:
            if "date" in self.columns.places:
                self.doubt("date", "date", "no date is stated", expected="2015-01-05")
            return None
        found = dates.read(text)
        days = [PartialDate.parse(one) for one in found.texts]
        if len(days) == 1 and days[0].precision == "day" and not days[0].circa and not found.lost:
            return days[0].first
        message = found.doubt or "the date is not one day"
        self.doubt("date", "date", message, text, expected="2015-01-05")
        return None


def _ragged(sheet: Sheet, ragged: Ragged, problems: Sequence[Problem]) -> Payment:
    """Give a row that fits no header as a payment of nobody, its whole text to be screened; enforcement holds it."""
    return Payment(
        id=str(ragged.row),
        parties=(),
        remittance=" ".join(ragged.raw.replace("\x00", " ").split()) or None,
        source=sheet.file,
        row=ragged.row,
        problems=tuple(problems),
    )


def _reference(text: str | None, row: int) -> str:
    return str(row) if text is None or text.casefold() in _NOT_PROVIDED else text[:_SHOWN]


def _told_apart(payments: list[Payment], file: str) -> list[Payment]:
    """Mark payments that share an id: two decisions under one reference could not be told apart in the record."""
    times = Counter(payment.id for payment in payments)
    if len(times) == len(payments):
        return payments
    return [_marked(payment, times[payment.id], file) if times[payment.id] > 1 else payment for payment in payments]


def _marked(payment: Payment, times: int, file: str) -> Payment:
    problem = Problem(
        code="repeated-id",
        message=f"{times} payments carry this reference; one of them may be another again with a detail changed",
        file=file,
        line=payment.row,
        node="id",
        text=payment.id,
        expected="a reference of its own",
        mend="tell the payments apart, then decide",
    )
    return Payment(
        id=payment.id,
        parties=payment.parties,
        amount=payment.amount,
        on=payment.on,
        remittance=payment.remittance,
        source=payment.source,
        row=payment.row,
        problems=(*payment.problems, problem),
    )
