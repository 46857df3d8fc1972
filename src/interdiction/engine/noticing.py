"""Asks a publisher's small file of changes between two fetches of the whole list, so that news come within minutes.

1. A notice brings nothing into force. It makes the whole list due, which is then fetched and checked as ever.
2. A notice that fails or cannot be read changes nothing either: the list is asked for at its own time.
3. The whole list may follow its notice late: it is due again in each of a few rounds, until a new edition has come,
   and is asked for once a round.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from interdiction.errors import InterdictError
from interdiction.lists.changes import read_changes
from interdiction.lists.download import Downloader, Known
from interdiction.lists.readers.reading import ListFile
from interdiction.model import ListSource, Verdict

ROUNDS = 6
"""How many notices' time a list stays due after news: OFAC's exports may follow its file of changes late."""


class Notice(msgspec.Struct, frozen=True):
    """What asking told: `news` says whether the whole list is due; `message` what was read, or why nothing was."""

    list: str
    at: datetime
    news: bool
    message: str
    code: str = ""


class _Seen(msgspec.Struct):
    """What is known of one address of changes."""

    asked_at: datetime
    known: Known = Known()
    sha256: str = ""


class Notices:
    """What the publishers' files of changes said last, kept while a watch goes on.

    Lists of one publisher may share an address: it is asked once a round for all of them.
    """

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}
        self._due: dict[str, int] = {}
        self._fetched: set[str] = set()
        """Lists that were asked for since their address of changes was: once a round is enough."""

    def look(self, sources: Iterable[ListSource], downloader: Downloader, at: datetime) -> list[Notice]:
        """Ask every address that is due; give a notice for each list that there are news or a failure of."""
        told = []
        by_address: dict[str, list[ListSource]] = {}
        for source in sources:
            if source.notice is not None:
                by_address.setdefault(source.notice, []).append(source)
        for address, lists in by_address.items():
            seen = self._seen.get(address)
            if seen is not None and at < seen.asked_at + timedelta(minutes=min(one.notice_minutes for one in lists)):
                continue
            for source in lists:
                self._fetched.discard(source.key)
                self._tick(source.key)
            told += self._ask(address, lists, downloader, at)
        return told

    def due(self, list_key: str) -> bool:
        """Tell whether the whole list is to be fetched now: news came, no edition since, not asked yet this round."""
        return self._due.get(list_key, 0) > 0 and list_key not in self._fetched

    def came(self, list_key: str, verdict: Verdict) -> None:
        """Note what became of fetching the whole list: a new edition answers the news, another word waits a round."""
        self._fetched.add(list_key)
        if verdict in {Verdict.IMPORTED, Verdict.OVERLAY}:
            self._due.pop(list_key, None)

    def _tick(self, list_key: str) -> None:
        if list_key in self._due:
            self._due[list_key] -= 1

    def _ask(self, address: str, lists: list[ListSource], downloader: Downloader, at: datetime) -> list[Notice]:
        seen = self._seen.setdefault(address, _Seen(at))
        first = not seen.sha256
        seen.asked_at = at
        try:
            found = downloader.get(address, seen.known)
            if found.data is None or found.sha256 == seen.sha256:
                return []
            changes = read_changes(ListFile("changes", found.data))
        except InterdictError as error:
            # What was seen before stays: the next answer is held against it.
            return [Notice(one.key, at, False, error.message, error.code) for one in lists]
        seen.known, seen.sha256 = Known(found.etag, found.last_modified), found.sha256
        if first:
            # What changed before the watch began is not known: the lists are asked for once.
            self._due |= dict.fromkeys((one.key for one in lists), 1)
            return []
        for one in lists:
            self._due[one.key] = ROUNDS
        return [Notice(one.key, at, True, str(changes)) for one in lists]
