"""The people and companies behind a customer: columns such as `director_name` or `owner_2_born`, by their role.

Each is a party of its own, read as a row of a book is, and keeps the customer and the role it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

import msgspec
import polars as pl

from interdiction.model import Problem
from interdiction.tables.columns import FIELDS, plain
from interdiction.tables.sheet import Sheet

if TYPE_CHECKING:
    from interdiction.tables.book import Book

_SAID: Final = {
    "owner": "owner beneficial_owner ultimate_beneficial_owner ubo shareholder",
    "parent": "parent parent_company",
    "director": "director board_member managing_director officer chief_executive ceo",
    "partner": "partner",
    "signatory": "signatory authorised_signatory authorized_signatory account_signatory signer",
    "administrator": "administrator account_administrator",
    "representative": "representative attorney power_of_attorney agent authorised_representative "
    "authorized_representative",
    "guarantor": "guarantor surety",
    "beneficiary": "beneficiary",
    "payee": "payee",
    "trustee": "trustee",
    "settlor": "settlor",
    "protector": "protector",
    "secretary": "secretary company_secretary",
    "guardian": "guardian",
    "contact": "contact contact_person",
}
_ROLE: Final = {word: role for role, several in _SAID.items() for word in several.split()}
ROLES: Final = tuple(_SAID)
"""The roles in which somebody may stand behind a customer."""
_WORDS: Final = "|".join(sorted(_ROLE, key=len, reverse=True))
_HEADER: Final = re.compile(rf"({_WORDS})(?:s|ies)?_?(\d+)?(?:_(.+))?")
_PLURAL: Final = re.compile(r"(?:signatories|beneficiaries|secretaries|parties)")
_ABOUT: Final = {header: field for field, headers in FIELDS.items() for header in headers if field != "id"}
_SEVERAL: Final = r"\s*[;|\n]\s*"
SCHEMA: Final[dict[str, pl.DataType]] = {"at": pl.Int64(), "role": pl.String()}
"""What stands beside the columns of a book: the place of the customer in it, and the role."""


class Group(msgspec.Struct, frozen=True):
    """The columns about one person or company behind each customer: field to the columns' places."""

    role: str
    number: str
    fields: dict[str, tuple[int, ...]]


def groups(header: Iterable[str], taken: Iterable[int]) -> list[Group]:
    """Recognise the columns about related parties among those that nothing else was made of.

    `director`, `director_name`, `directors`, `owner_2_name`, `owner_2_born`, `ubo_country`. A group without a name or
    an identifier says nobody to screen and is left alone.
    """
    used = set(taken)
    found: dict[tuple[str, str], dict[str, list[int]]] = {}
    for at, text in enumerate(header):
        matched = _HEADER.fullmatch(_singular(plain(text))) if at not in used else None
        if matched is None:
            continue
        field = _ABOUT.get(matched[3] or "name")
        if field is not None:
            found.setdefault((_ROLE[matched[1]], matched[2] or ""), {}).setdefault(field, []).append(at)
    return [
        Group(role, number, {field: tuple(places) for field, places in fields.items()})
        for (role, number), fields in found.items()
        if fields.keys() & {"name", "alias", "first_name", "last_name", "identifiers"}
    ]


_NOT_THEIRS: Final = frozenset({"no-id", "repeated-id", "no-name"})
"""Problems of a row that are none here: the id is the customer's, and a dash for a director says that there is none."""


def read(
    sheet: Sheet, several: Iterable[Group], rows: pl.Series, as_book: Callable[[Sheet], Book]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Give the related parties of a sheet in the columns of a book, with `at` and `role`, and their problems.

    `rows` are the row numbers of the customers, in their order; `as_book` reads a sheet as a book is read.
    """
    frames: list[pl.DataFrame] = []
    problems: list[Problem] = []
    places = pl.DataFrame({"row": rows}).with_row_index("at").with_columns(pl.col("at").cast(pl.Int64))
    for group in several:
        part = _part(sheet, group)
        if not part.cells.height:
            continue
        book = as_book(part)
        said = book.columns.filter((pl.col("names").list.len() > 0) | (pl.col("identifiers").list.len() > 0))
        frames.append(said.join(places, on="row", how="inner").with_columns(role=pl.lit(group.role)))
        problems += [_told(problem, group) for problem in book.problems if problem.code not in _NOT_THEIRS]
    if not frames:
        return pl.DataFrame(), problems
    return pl.concat(frames).sort("at", maintain_order=True), problems


def _part(sheet: Sheet, group: Group) -> Sheet:
    """Give the columns of one group as a sheet of its own: the rows in which it names somebody, one a name."""
    columns = [(field, at) for field, places in group.fields.items() for at in places]
    cells = sheet.cells.select("row", *(pl.col(f"c{at}").alias(f"c{place}") for place, (_, at) in enumerate(columns)))
    saying = [place for place, (field, _) in enumerate(columns) if field in _NAMING]
    cells = cells.filter(pl.any_horizontal(pl.col(f"c{place}").is_not_null() for place in saying))
    names = [place for place, (field, _) in enumerate(columns) if field == "name"]
    for place in names:
        split = pl.col(f"c{place}").str.replace_all(_SEVERAL, "\n").str.split("\n")
        cells = cells.with_columns(split.alias(f"c{place}")).explode(f"c{place}")
    if len(group.fields) > 1 and names and cells["row"].is_duplicated().any():
        # Whose birth date it is cannot be told where a cell names several: it then speaks of nobody.
        facts = [f"c{place}" for place, (field, _) in enumerate(columns) if field not in _NAMING]
        twice = pl.col("row").is_duplicated()
        cells = cells.with_columns(pl.when(~twice).then(pl.col(fact)).alias(fact) for fact in facts)
    header = tuple(field for field, _ in columns)
    return Sheet(sheet.file, header, cells)


_NAMING: Final = frozenset({"name", "alias", "first_name", "middle_name", "last_name", "identifiers"})


def _singular(header: str) -> str:
    return _PLURAL.sub(lambda found: f"{found[0][:-3]}y", header)


def _told(problem: Problem, group: Group) -> Problem:
    """Name the role with the field: the same word may stand for the customer too."""
    return msgspec.structs.replace(problem, node=f"{group.role}{group.number} {problem.node}")
