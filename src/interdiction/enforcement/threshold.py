"""The rows of the policy that say from which score a pair is a hit, and what no file may set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import msgspec

from interdiction.errors import DataError
from interdiction.model import Kind
from interdiction.names.thresholds import Channel, Row, Thresholds


class ThresholdRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One threshold and what it is for: channels, keys of lists, kinds of listed party; none of a sort means all."""

    at: float
    channels: tuple[Channel, ...] = ()
    lists: tuple[str, ...] = ()
    listed: tuple[Kind, ...] = ()
    why: str = ""

    @property
    def general(self) -> bool:
        """Whether it fits every listing of its channels."""
        return not self.lists and not self.listed


def rows_of(rows: Iterable[ThresholdRow], channel: Channel) -> Thresholds:
    """Give the rows of one channel, as far as they are ever asked: behind one that fits everything none is."""
    found: list[Row] = []
    for row in rows:
        if row.channels and channel not in row.channels:
            continue
        found += [Row(row.at, key, kind) for key, kind in product(row.lists or ("",), row.listed or ("",))]
        if row.general:
            break
    return Thresholds(tuple(found))


def check(rows: Sequence[ThresholdRow], where: str) -> None:
    """Raise `DataError` (`threshold`) for a number at which answers are not complete, or a gap between the rows."""
    for channel in Channel:
        found = rows_of(rows, channel).rows
        for row in found:
            if not channel.lowest <= row.at <= 1:
                raise DataError(
                    f"a threshold of {row.at:g} cannot be kept for the channel {channel.value}: "
                    f"below {channel.lowest:g} answers are not complete",
                    where=f"{where}, thresholds",
                    mend=f"use a number from {channel.lowest:g} to 1, or name the channels the row is for",
                    code="threshold",
                )
        if not found or found[-1].list or found[-1].kind:
            raise DataError(
                f"no threshold fits every listing in the channel {channel.value}",
                where=f"{where}, thresholds",
                mend="end with a row that has `at` alone, such as `- at: 0.70`",
                code="threshold",
            )


def unknown_lists(rows: Iterable[ThresholdRow], known: Iterable[str]) -> list[str]:
    """Give the keys of lists that no list has: such a row would never be asked."""
    return sorted({key for row in rows for key in row.lists} - set(known))
