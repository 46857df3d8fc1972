"""Keeps the bytes of every official file, named by their hash, small because it remembers the edition before.

A file under `raw/` is one line of JSON (hash, size, the file it is compressed against) and a zstd frame. Two
editions of a list share nearly all their bytes: with the earlier one as dictionary a day's SDN list takes a
few kilobytes. What is read back is checked against its hash.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec
import zstandard

from interdiction.errors import HomeError
from interdiction.store import faults

_LEVEL = 5
_MAX_CHAIN = 20
"""Files that lean on one another: more save nothing worth having and make the last slow to read back."""
_MAX_WINDOW_LOG = 27
"""128 MiB, zstd's own limit for decoders that were not asked for more; longer files lose sharing, not bytes."""


class _Manifest(msgspec.Struct, frozen=True):
    sha256: str
    size: int
    base: str | None = None
    chain: int = 0


def sha256(data: bytes) -> str:
    """Give the name under which these bytes are kept."""
    return hashlib.sha256(data).hexdigest()


class RawFiles:
    """The folder `raw/` of a home. With `remember` it holds on to the last bytes that it kept, for whoever keeps
    many files in a row: each is compressed against the one before.
    """

    def __init__(self, folder: Path, *, remember: bool = False) -> None:
        self._folder = folder
        self._remember = remember
        self._last: dict[str, tuple[bytes, int]] = {}

    def keep(self, data: bytes, earlier: str | None = None) -> str:
        """Keep `data`, compressed against the file named `earlier` when that is still here; give its hash.

        A file of this hash that can no longer be read back is put right. It is on the disk, whole, when this returns.
        Raises `HomeError` (`full`, `read-only`, ...).
        """
        digest = sha256(data)
        target = self._path(digest)
        with faults.translated(self._folder):
            if target.is_file() and self.whole(digest):
                return digest
            base, chain = self._base(earlier)
            head = _Manifest(digest, len(data), earlier if base is not None else None, chain)
            frame = _compress(data, base)
            self._folder.mkdir(exist_ok=True)
            part = target.with_suffix(".part")
            with part.open("wb") as file:
                file.write(msgspec.json.encode(head) + b"\n" + frame)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
            sync_folder(self._folder)
        if self._remember:
            self._last.pop(earlier or "", None)
            self._last[digest] = data, chain
        return digest

    def read(self, digest: str) -> bytes:
        """Give the bytes back. Raises `HomeError` (code `damaged`) when they are not what was kept."""
        chain: list[tuple[_Manifest, bytes]] = []
        wanted: str | None = digest
        while wanted is not None:
            manifest, frame = self._open(wanted)
            chain.append((manifest, frame))
            wanted = manifest.base
            if len(chain) > _MAX_CHAIN + 1:
                raise self._damaged(digest, "it leans on too many others")
        data: bytes | None = None
        for manifest, frame in reversed(chain):
            try:
                data = _decompress(frame, data, manifest.size)
            except zstandard.ZstdError as error:
                raise self._damaged(manifest.sha256, str(error)) from error
            if sha256(data) != manifest.sha256:
                raise self._damaged(manifest.sha256, "its bytes do not fit its hash")
        return data or b""

    def has(self, digest: str) -> bool:
        """Tell whether the file of this hash is kept here."""
        with faults.translated(self._folder):
            return self._path(digest).is_file()

    def whole(self, digest: str) -> bool:
        """Tell whether the file of this hash is kept here and can be read back."""
        try:
            self.read(digest)
        except HomeError as error:
            if error.code != "damaged":
                raise
            return False
        return True

    def any(self) -> bool:
        """Tell whether some file is kept here."""
        with faults.translated(self._folder):
            return any(True for _ in self._folder.glob("*.zst"))

    def sweep(self, wanted: set[str]) -> None:
        """Delete what an interrupted import left: half-written files, and files that no edition knows.

        `wanted` are the hashes that some edition is made of; what those lean on stays.
        """
        with faults.translated(self._folder):
            if not self._folder.is_dir():
                return
            here = {path.stem: path for path in self._folder.glob("*.zst")}
            for path in self._folder.glob("*.part"):
                path.unlink()
            strays = set(here) - wanted
            if not strays:
                return
            try:
                strays -= self._leaned_on(wanted & set(here))
            except HomeError:
                return  # what a damaged file leans on is not known: nothing is deleted
            for digest in strays:
                here[digest].unlink()

    def _leaned_on(self, digests: set[str]) -> set[str]:
        found: set[str] = set()
        ahead = list(digests)
        while ahead:
            base = self._open(ahead.pop())[0].base
            if base is not None and base not in found:
                found.add(base)
                ahead.append(base)
        return found

    def _base(self, earlier: str | None) -> tuple[bytes | None, int]:
        if earlier is None or not self._path(earlier).is_file():
            return None, 0
        try:
            if earlier in self._last:
                data, chain = self._last[earlier]
                return (None, 0) if chain >= _MAX_CHAIN else (data, chain + 1)
            chain = self._open(earlier)[0].chain + 1
            return (None, 0) if chain > _MAX_CHAIN else (self.read(earlier), chain)
        except HomeError:
            # An old file that cannot be read saves no space; it must not keep new targets out of force.
            return None, 0

    def _open(self, digest: str) -> tuple[_Manifest, bytes]:
        with faults.translated(self._path(digest)):
            head, _, frame = self._path(digest).read_bytes().partition(b"\n")
        try:
            manifest = msgspec.json.decode(head, type=_Manifest)
        except msgspec.DecodeError as error:
            raise self._damaged(digest, "its first line is not ours") from error
        if manifest.sha256 != digest:
            raise self._damaged(digest, "it holds another file")
        return manifest, frame

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.zst"

    def _damaged(self, digest: str, why: str) -> HomeError:
        return HomeError(
            f"an official file kept in the home is damaged: {why}",
            where=str(self._path(digest)),
            mend="the lists in force are not touched; restore the file from a backup",
            code="damaged",
        )


def _compress(data: bytes, base: bytes | None) -> bytes:
    whole = len(data) + (len(base) if base else 0)
    window = min(max(whole.bit_length(), 10), _MAX_WINDOW_LOG)
    # Long-distance matching is left off: it does not look into the dictionary, and takes 200 times the space here.
    parameters = zstandard.ZstdCompressionParameters.from_level(_LEVEL, window_log=window)
    return zstandard.ZstdCompressor(compression_params=parameters, dict_data=_dictionary(base)).compress(data)


def _decompress(frame: bytes, base: bytes | None, size: int) -> bytes:
    reader = zstandard.ZstdDecompressor(dict_data=_dictionary(base), max_window_size=1 << _MAX_WINDOW_LOG)
    return reader.decompress(frame, max_output_size=size)


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None


def sync_folder(folder: Path) -> None:
    """Bring a folder's own entries to the disk, where the system has that notion."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
