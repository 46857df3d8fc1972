"""Turns what the disk and the database say when they fail into the one HomeError that says how to mend it.

Nothing heavy is imported here: the home opens with it before anybody asks for SQL.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from interdiction.errors import HomeError

_FULL = {getattr(errno, name) for name in ("ENOSPC", "EDQUOT", "EFBIG") if hasattr(errno, name)}
"""No room: of the disk, of a quota, of what a process may write into one file."""
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}

_SQLITE = {
    "SQLITE_FULL": "full",
    # A tmpfs or a quota that fills while the shared-memory or log file grows is reported as an I/O error.
    "SQLITE_IOERR_SHMSIZE": "full",
    "SQLITE_IOERR_WRITE": "full",
    "SQLITE_READONLY": "read-only",
    "SQLITE_PERM": "read-only",
    "SQLITE_AUTH": "read-only",
    "SQLITE_BUSY": "locked",
    "SQLITE_LOCKED": "locked",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_IOERR_SHORT_READ": "damaged",
    "SQLITE_CANTOPEN": "unreadable",
}

_SAYS = {
    "full": ("the disk is full", "free some space and run the command again; nothing was changed"),
    "read-only": ("the home cannot be written", "make the folder writable for this user, or use another --home"),
    "locked": ("another process is writing to the home", "wait until it has ended and run the command again"),
    "damaged": ("the store is damaged", "restore the home from a backup, or import the lists into a new --home"),
    "unreadable": ("the store cannot be opened", "check that the folder and its files are readable for this user"),
    "input-output": ("the disk reports an error", "check the disk, then run the command again"),
    "store-gone": (
        "the database cannot be reached",
        "check that the server runs and that the store's URL names it; what was not acknowledged was not kept",
    ),
    "store-denied": (
        "the database refuses this user",
        "give the user of the store's URL its password (~/.pgpass) and the rights of the database's owner",
    ),
    "store-busy": ("the database has no room for another connection", "let other clients end, or raise its limits"),
}

CODES = tuple(_SAYS)
"""Every code that this module gives an error."""


def home_error(code: str, where: object, detail: str = "") -> HomeError:
    """Give the HomeError of one of the codes above; `where` is the folder, the file or the server."""
    message, mend = _SAYS[code]
    return HomeError(f"{message}: {detail}" if detail else message, where=str(where), mend=mend, code=code)


def of_database(error: sqlite3.Error, where: object) -> HomeError:
    """Say what an error of SQLite means for the home. An extended code falls back to its primary one."""
    name = getattr(error, "sqlite_errorname", "") or ""
    primary = "_".join(name.split("_")[:2])
    code = _SQLITE.get(name) or _SQLITE.get(primary)
    if code is None:
        # A table or column that is not there, or a value that cannot be: the file is not what we wrote.
        code = "input-output" if primary == "SQLITE_IOERR" else "damaged"
    return home_error(code, where, str(error))


def no_room(error: OSError) -> bool:
    """Tell whether the operating system had no room for what was written."""
    return error.errno in _FULL


def of_system(error: OSError, where: object) -> HomeError:
    """Say what an error of the operating system means for the home."""
    if no_room(error):
        return home_error("full", where)
    if error.errno in _READ_ONLY:
        return home_error("read-only", where, error.strerror or "")
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EISDIR}:
        return home_error("damaged", where, str(error))
    return home_error("input-output", where, str(error))


@contextmanager
def translated(where: object) -> Iterator[None]:
    """Let nothing of `sqlite3` or of the operating system out but as a HomeError."""
    try:
        yield
    except sqlite3.Error as error:
        raise of_database(error, where) from error
    except OSError as error:
        raise of_system(error, where) from error
