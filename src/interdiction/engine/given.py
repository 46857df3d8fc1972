"""The files a caller gave as one edition, as bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from interdiction.errors import InputError, ListFileError
from interdiction.lists.readers.reading import ListFile

_DAY = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
"""A day as file names write it: 2015-01-02 or 20150102."""
LARGEST_BYTES = 512 * 1024 * 1024
"""The largest official file at hand has 4 MB, the largest known one under 150 MB."""


def list_files(paths: Sequence[Path]) -> tuple[ListFile, ...]:
    """Read files, or the files of folders (hidden ones and folders inside left out), in the order of their names.

    Raises `InputError` (`no-file`, `unreadable`, `too-large`), and `ListFileError` (`empty`) for a folder
    without a file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith("."))
            if not inside:
                raise ListFileError(
                    "the folder holds no file",
                    where=shown(str(path)),
                    mend="name the folder of one edition",
                    code="empty",
                )
            found += inside
        else:
            found.append(path)
    if not found:
        raise InputError("no file was given", where="PATH", mend="name the files of one edition", code="no-file")
    return tuple(_read(path) for path in found)


def given_bytes(path: Path) -> bytes:
    """Read one file that a caller names. Raises `InputError` (`unreadable`)."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror}",
            where=shown(str(path)),
            mend="check that it is there and readable for this user",
            code="unreadable",
        ) from error


def editions_in(folders: Sequence[Path]) -> list[tuple[Path, date | None]]:
    """Give every edition of these folders with the day in its name, in the order of days and then of names.

    An edition is a file or a folder; hidden ones are left out. Raises `InputError` (`no-file`).
    """
    found: list[tuple[Path, date | None]] = []
    for folder in folders:
        if not folder.is_dir():
            raise InputError(
                "this is no folder of editions", where=shown(str(folder)), mend="name a folder", code="no-file"
            )
        found += [(one, _day_in(one.name)) for one in folder.iterdir() if not one.name.startswith(".")]
    if not found:
        raise InputError("the folder holds no edition", where="PATH", mend="name a folder of editions", code="no-file")
    return sorted(found, key=lambda one: (one[1] or date.min, one[0].name))


def _day_in(name: str) -> date | None:
    stated = _DAY.search(name)
    try:
        return date(*(int(part) for part in stated.groups())) if stated else None
    except ValueError:
        return None


def _read(path: Path) -> ListFile:
    try:
        if not path.is_file():
            raise InputError("there is no such file", where=shown(str(path)), mend="correct the path", code="no-file")
        if path.stat().st_size > LARGEST_BYTES:
            raise InputError(
                f"the file has over {LARGEST_BYTES // 1024**2} MiB: no official list is that large",
                where=shown(str(path)),
                mend="give the list's own file",
                code="too-large",
            )
        return ListFile(shown(path.name), path.read_bytes())
    except OSError as error:
        raise InputError(
            f"the file cannot be read: {error.strerror}",
            where=shown(str(path)),
            mend="check that it is readable for this user",
            code="unreadable",
        ) from error


def shown(text: str) -> str:
    """Give a name from the command line or the disk as text that can be stored: what is not UTF-8 is escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
