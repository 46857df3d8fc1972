"""The whole exception tree: every error has a stable code and says what was wrong, where, and how to mend it.

* InterdictError
  + UsageError             exit 2   a command or a call that cannot be understood
  + InputError             exit 3   what was given in cannot be read or trusted
    - TableError                    a book or a table of payments
    - PartyError                    a party's own fields: a date, an identifier, a country
    - ListFileError      exit 4   an official file: empty, cut, another format, another list
  + ListError              exit 4   the lists do not allow an answer
    - NoListError                   none is in force
    - StaleListError                older than the source's maximum age
    - RefusedEditionError           an edition was refused whole; the last one stays in force
    - FetchError                    a publisher did not give a list; the last one stays in force
  + AccessError            exit 2   who asks may not: no key, a key that opens nothing, another role, too many requests
  + HomeError              exit 5   the home folder cannot be used: read-only, full, newer, locked, damaged
  + IndexFileError         exit 5   the name index is damaged, of another version or another byte order
  + DataError              exit 5   a YAML file of ours is wrong
  + StoppedError           exit 5   work was stopped before its end; what it gave so far is not the whole answer

Errors are for what stops a step. What is wrong with one row, node or cell is a `Problem`
(`interdiction.model.problem`) beside the result, and the row is screened on what remains.
"""

from __future__ import annotations

from typing import ClassVar


class InterdictError(Exception):
    """Base of every error of this package.

    `code` is stable and documented in `docs/errors.md`; `where` is a file, row, node or option;
    `mend` tells the user what to do next. `exit_code` follows the contract of the command.
    """

    exit_code: ClassVar[int] = 5
    default_code: ClassVar[str] = "internal"

    def __init__(self, message: str, *, where: str = "", mend: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.mend = mend
        self.code = code or self.default_code

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f" — {self.mend}" if self.mend else ""
        return f"{self.message}{place}{advice}"


class UsageError(InterdictError):
    """A command or a call that cannot be understood."""

    exit_code = 2
    default_code = "usage"


class InputError(InterdictError):
    """What was given in cannot be read or trusted."""

    exit_code = 3
    default_code = "input"


class TableError(InputError):
    """A book of customers or a table of payments that cannot be read as one."""

    default_code = "table"


class PartyError(InputError):
    """A party's own fields: an impossible date, an identifier without type, an unknown kind."""

    default_code = "party"


class ListFileError(InputError):
    """An official file that is not recognisably the list it was given as."""

    exit_code = 4
    default_code = "list-file"


class ListError(InterdictError):
    """The lists do not allow an answer."""

    exit_code = 4
    default_code = "list"


class NoListError(ListError):
    """No list is in force: "nothing found" would be a lie."""

    default_code = "no-list"


class StaleListError(ListError):
    """A list is older than its source's maximum age."""

    default_code = "stale-list"


class RefusedEditionError(ListError):
    """An edition was refused whole; what was in force stays in force."""

    default_code = "refused-edition"


class FetchError(ListError):
    """A publisher's file could not be fetched; what was in force stays in force."""

    default_code = "fetch"


class AccessError(InterdictError):
    """Who asks over the network may not: without a key, with one that opens nothing, in another role, or too often."""

    exit_code = 2
    default_code = "access"


class HomeError(InterdictError):
    """The home folder cannot be used: read-only, full, made by a newer version, locked or damaged."""

    default_code = "home"


class IndexFileError(InterdictError):
    """The name index is damaged, of another version or of another byte order."""

    default_code = "index-file"


class DataError(InterdictError):
    """A YAML file of the package, or the user's own policy in the same form, is wrong."""

    default_code = "data"


class StoppedError(InterdictError):
    """Work was stopped before its end, by whoever asked for it: what it gave so far is not the whole answer."""

    default_code = "stopped"
