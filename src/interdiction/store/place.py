"""Where a store is: a file of SQLite in the home, or a PostgreSQL database by its URL."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import msgspec

from interdiction.errors import UsageError

_SCHEMES: Final = ("postgresql+psycopg", "postgresql", "postgres")


class Server(msgspec.Struct, frozen=True):
    """A PostgreSQL database; `url` may hold a password, what is shown of it never does."""

    url: str

    @classmethod
    def named(cls, url: str, where: str = "--store") -> Server:
        """Read a URL such as `postgresql+psycopg://user@host:5432/interdiction`.

        A password is better left to `~/.pgpass` or PGPASSWORD, which the driver reads itself. Raises `UsageError`
        (`store-url`).
        """
        try:
            parts = urlsplit(url.strip())
            parts.port  # noqa: B018 - asked so that a port that is none is refused here
        except ValueError as error:
            raise _wrong(f"cannot be read: {error}", where) from error
        if parts.scheme not in _SCHEMES:
            raise _wrong(f"is of {parts.scheme or 'no scheme'}: only PostgreSQL is known beside the file", where)
        if not parts.path.strip("/"):
            raise _wrong("names no database", where)
        return cls(urlunsplit(("postgresql+psycopg", *parts[1:])))

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user, _, host = parts.netloc.rpartition("@")
        said = f"{user.partition(':')[0]}@{host}" if user else host
        return f"postgresql://{said}{parts.path}"


Place = Path | Server
"""Where a store is."""


def _wrong(what: str, where: str) -> UsageError:
    return UsageError(
        f"the store's URL {what}",
        where=where,
        mend="write postgresql+psycopg://user@host:5432/database",
        code="store-url",
    )
