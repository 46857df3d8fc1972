"""A register: parties and the stakes between them, in columns, so that a million of them stay cheap."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
import polars as pl

from interdiction.model import Identifier, Kind, PartialDate, Party, Problem
from interdiction.model.ownership import Share, Stake, StakeKind, window

_TEXTS: Final = pl.List(pl.String)
PARTIES: Final[dict[str, pl.DataType]] = {
    "id": pl.String(),
    "names": _TEXTS,
    "kind": pl.String(),
    "births": _TEXTS,
    "nationalities": _TEXTS,
    "countries": _TEXTS,
    "identifiers": _TEXTS,
}
"""The columns of the parties; lists are never null."""
STAKES: Final[dict[str, pl.DataType]] = {
    "owner": pl.String(),
    "owned": pl.String(),
    "kind": pl.String(),
    "low": pl.Int64(),
    "high": pl.Int64(),
    "low_open": pl.Boolean(),
    "high_open": pl.Boolean(),
    "begins_first": pl.Date(),
    "begins_last": pl.Date(),
    "ends_first": pl.Date(),
    "ends_last": pl.Date(),
    "direct": pl.Boolean(),
    "joint": pl.String(),
    "nominee": pl.Boolean(),
    "lot": pl.String(),
    "note": pl.String(),
    "source": pl.String(),
    "line": pl.Int64(),
}
"""The columns of the stakes; texts are empty, never null, and dates are null where none is stated."""


class Register(msgspec.Struct, frozen=True):
    """Parties and stakes as `PARTIES` and `STAKES` lay them out, and what of the sources could not be read."""

    parties: pl.DataFrame
    stakes: pl.DataFrame
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, stakes: Iterable[Stake], parties: Iterable[Party] = (), problems: Sequence[Problem] = ()) -> Register:
        """Make a register of single stakes; a party that none of `parties` is goes by its id as its name."""
        several = list(stakes)
        known = {party.id or party.primary_name: party for party in parties}
        for one in several:
            for name in (one.owner, one.owned):
                if name and name not in known:
                    known[name] = Party(id=name, names=[name])
        return cls.keyed(several, known, problems)

    @classmethod
    def keyed(cls, stakes: Iterable[Stake], known: Mapping[str, Party], problems: Sequence[Problem] = ()) -> Register:
        """Make a register of single stakes and of every party they stand between, under the ids of the stakes."""
        rows = [_stake_row(one) for one in stakes]
        frame = pl.DataFrame(rows, schema=STAKES, orient="row")
        people = pl.DataFrame([_party_row(key, one) for key, one in known.items()], schema=PARTIES, orient="row")
        return cls(people, frame, tuple(problems))

    @classmethod
    def joined(cls, several: Sequence[Register]) -> Register:
        """Give several registers as one. A party that several name keeps every name, number and country of each.

        Parties under different ids are one where they bear one LEI, or one registration number of one country.
        """
        parties = pl.concat([one.parties for one in several]) if several else pl.DataFrame(schema=PARTIES)
        stakes = pl.concat([one.stakes for one in several]) if several else pl.DataFrame(schema=STAKES)
        same = _same(parties)
        if same:
            parties = parties.with_columns(pl.col("id").replace(same))
            stakes = stakes.with_columns(pl.col("owner", "owned").replace(same))
        return cls(_together(parties), stakes, tuple(problem for one in several for problem in one.problems))

    def party_at(self, index: int) -> Party:
        """Give the party at a place of the columns, counted from 0."""
        cells = self.parties.row(index, named=True)
        return Party(
            id=cells["id"],
            kind=cells["kind"],
            names=cells["names"],
            birth_dates=cells["births"],
            nationalities=cells["nationalities"],
            countries=cells["countries"],
            identifiers=cells["identifiers"],
        )

    def names(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Give the first name of each of these parties; the id where it has none."""
        wanted = list(dict.fromkeys(ids))
        rows = self.parties.filter(pl.col("id").is_in(wanted)).select("id", pl.col("names").list.first())
        found = {key: name for key, name in rows.iter_rows() if name}
        return {key: found.get(key, key) for key in wanted}

    def around(self, party: str) -> list[Stake]:
        """Give every stake in a party and every stake it holds."""
        return stakes_of(self.stakes.filter((pl.col("owned") == party) | (pl.col("owner") == party)))


def stakes_of(frame: pl.DataFrame) -> list[Stake]:
    """Give rows of stakes as stakes; their dates keep the first and last day they may mean."""

    def when(first: object, last: object) -> PartialDate | None:
        return None if first is None else PartialDate(first, last)  # type: ignore[arg-type]

    return [
        Stake(
            owner=row["owner"],
            owned=row["owned"],
            kind=StakeKind(row["kind"]),
            share=Share(row["low"], row["high"], row["low_open"], row["high_open"]),
            begins=when(row["begins_first"], row["begins_last"]),
            ends=when(row["ends_first"], row["ends_last"]),
            direct=row["direct"],
            joint=row["joint"],
            nominee=row["nominee"],
            lot=row["lot"],
            note=row["note"],
            source=row["source"],
            line=row["line"],
        )
        for row in frame.select(list(STAKES)).iter_rows(named=True)
    ]


def to_bytes(frame: pl.DataFrame) -> bytes:
    """Give a frame of a register as the bytes of a Parquet file."""
    into = io.BytesIO()
    frame.write_parquet(into, compression="zstd")
    return into.getvalue()


def from_bytes(parties: bytes, stakes: bytes) -> Register:
    """Read a register from what `to_bytes` gave."""
    return Register(
        pl.read_parquet(io.BytesIO(parties)).select(list(PARTIES)),
        pl.read_parquet(io.BytesIO(stakes)).select(list(STAKES)),
    )


def _stake_row(one: Stake) -> tuple[object, ...]:
    begins, ends = window(one.begins) or (None, None), window(one.ends) or (None, None)
    share = one.share
    return (
        *(one.owner, one.owned, one.kind.value),
        *(share.low, share.high, share.low_open, share.high_open),
        *(*begins, *ends, one.direct, one.joint, one.nominee, one.lot, one.note, one.source, one.line),
    )


def _party_row(key: str, party: Party) -> tuple[object, ...]:
    return (
        key,
        [name.text for name in party.names],
        Kind(party.kind).value if party.kind else None,
        [str(day) for day in party.birth_dates],
        [*party.nationalities, *party.citizenships],
        [*dict.fromkeys((*party.countries, *party.residences, *(at.country for at in party.addresses if at.country)))],
        [_number(one) for one in party.identifiers],
    )


def _number(one: Identifier) -> str:
    return f"{one.type}:{one.value}@{one.country}" if one.country else f"{one.type}:{one.value}"


def _together(parties: pl.DataFrame) -> pl.DataFrame:
    if parties["id"].is_unique().all():
        return parties
    lists = [name for name, kind in PARTIES.items() if kind == _TEXTS]
    several = (pl.col(name).list.explode().drop_nulls().unique(maintain_order=True) for name in lists)
    grouped = parties.group_by("id", maintain_order=True).agg(pl.col("kind").drop_nulls().first(), *several)
    return grouped.select(list(PARTIES))


def _same(parties: pl.DataFrame) -> dict[str, str]:
    """Give, for each party that bears another one's LEI or national registration, the id under which both stand."""
    numbers = parties.select("id", number=pl.col("identifiers")).explode("number")
    numbers = numbers.filter(pl.col("number").str.contains(r"^(?:lei:|registration:.+@[a-z]{2}$)"))
    shared = numbers.group_by("number", maintain_order=True).agg(pl.col("id").unique(maintain_order=True))
    into: dict[str, str] = {}

    def stands(key: str) -> str:
        while key in into:
            key = into[key]
        return key

    for several in shared.filter(pl.col("id").list.len() > 1)["id"].to_list():
        first = min(map(stands, several))
        into |= {other: first for other in map(stands, several) if other != first}
    return {key: stands(key) for key in into}
