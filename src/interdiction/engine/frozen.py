"""The listings that a name index speaks of, in one flat file that a reader opens without the store.

Layout, little-endian: 8 bytes magic with the version, 4 bytes CRC-32 of all that follows, 4 bytes count n,
n + 1 offsets of 8 bytes, then n canonical JSON texts of `Listing` in the order of the index's parties.
The designations inside are already joined with what their programmes mean.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from interdiction.engine.drafts import drafted
from interdiction.errors import IndexFileError
from interdiction.model import Listing, from_json, to_json

_MAGIC = b"IXLIST\x00\x01"
_HEAD = struct.Struct("<II")
_START = len(_MAGIC) + _HEAD.size
_KEPT = 4096
"""Listings kept decoded: who is hit once is often hit again."""


def write_listings(path: Path, listings: Iterable[Listing]) -> None:
    """Write the file beside its final name and move it into place, so that no reader ever sees half of one."""
    texts = [to_json(listing) for listing in listings]
    offsets = [0]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    count = struct.pack("<I", len(texts))
    table = struct.pack(f"<{len(offsets)}Q", *offsets)
    body = b"".join(texts)
    checksum = zlib.crc32(body, zlib.crc32(table, zlib.crc32(count)))
    draft = drafted(path)
    with draft.open("wb") as file:
        file.write(_MAGIC + struct.pack("<I", checksum) + count + table + body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class ListingFile:
    """The file, mapped; `listing(n)` decodes one entry. Raises `IndexFileError` when it is not whole."""

    def __init__(self, path: Path) -> None:
        mend = "delete the index folder of the home; it is built again from the store"
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < _START + 8:
                raise IndexFileError("the listing file is cut", where=path.name, mend=mend, code="index-damaged")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._map[: len(_MAGIC)] != _MAGIC:
            raise IndexFileError(
                "the listing file is of another version", where=path.name, mend=mend, code="index-version"
            )
        head: tuple[int, int] = _HEAD.unpack_from(self._map, len(_MAGIC))
        checksum, count = head
        with memoryview(self._map) as view, view[len(_MAGIC) + 4 :] as checked:
            sound = zlib.crc32(checked) == checksum
        self._texts = _START + 8 * (count + 1)
        if not sound or self._texts > size:
            raise IndexFileError(
                "the listing file does not match its checksum", where=path.name, mend=mend, code="index-damaged"
            )
        self._count = count
        self._decoded: dict[int, Listing] = {}

    def __len__(self) -> int:
        return self._count

    def listing(self, at: int) -> Listing:
        """Give the listing of the party with ordinal `at` in the index; those met last are kept decoded."""
        found = self._decoded.get(at)
        if found is None:
            if len(self._decoded) >= _KEPT:
                self._decoded.clear()
            found = self._decoded[at] = from_json(self.stored(at), Listing)
        return found

    def stored(self, at: int) -> bytes:
        """Give the listing as it is stored: two listings are the same when these bytes are."""
        if not 0 <= at < self._count:
            raise IndexError(at)
        first, last = struct.unpack_from("<QQ", self._map, _START + 8 * at)
        return self._map[self._texts + first : self._texts + last]

    def close(self) -> None:
        """Let go of the mapping."""
        self._map.close()
