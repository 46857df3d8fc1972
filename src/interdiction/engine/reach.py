"""The lists in force with those whom owners reach: whoever screens against them finds both.

Owners are looked at when the first question comes, and only where the home has a register of stakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from interdiction.engine.force import Force
from interdiction.screening.screener import THRESHOLD, Asked, Ids, Screened, Screener
from interdiction.screening.text import Text, TextHits, screen_texts

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.engine.owners import Owners

_NOTHING = Screened()


class Reaching(Screener):
    """A screener that finds, beside those whom the lists name, those whom they reach through owners."""

    def __init__(self, engine: Engine, lists: Force, as_of: date | None, known_at: datetime | None) -> None:
        super().__init__(lists.screener.index, lists.listings)
        self._engine, self._lists, self._as_of, self._known_at = engine, lists, as_of, known_at

    @cached_property
    def owners(self) -> Owners | None:
        """Who is reached on the day; `None` where no register had come."""
        from interdiction.engine.owners import owners_of

        return owners_of(self._engine, self._lists, as_of=self._as_of, known_at=self._known_at)

    def screen_batch(
        self, batch: object, ids: Ids, *, threshold: Asked = THRESHOLD, threads: int = 0
    ) -> dict[int, Screened]:
        """Screen an Arrow batch; give the rows that have hits or were cut short, by their place."""
        answers = super().screen_batch(batch, ids, threshold=threshold, threads=threads)
        if self.owners is None:
            return answers
        return self.owners.add_batch(batch, ids, answers, threshold=threshold, threads=threads)

    def screen_stream(
        self, table: object, ids: Ids, *, threshold: Asked = THRESHOLD, threads: int = 0
    ) -> Iterator[tuple[int, dict[int, Screened]]]:
        """Screen a table piece by piece; it is read twice, once for each index."""
        from interdiction.engine.owners import merged

        owned = self.owners.found_in(table, ids, threshold=threshold, threads=threads) if self.owners else {}
        done = 0
        for upto, answers in super().screen_stream(table, ids, threshold=threshold, threads=threads):
            here = {at: owned[at] for at in range(done, upto) if at in owned} if owned else {}
            for at, hits in here.items():
                one = answers.get(at, _NOTHING)
                answers[at] = msgspec.structs.replace(one, hits=merged(one.hits, hits))
            done = upto
            yield upto, dict(sorted(answers.items())) if here else answers

    def add_texts(self, texts: Sequence[Text], answers: Sequence[TextHits], *, threshold: Asked) -> list[TextHits]:
        """Give what was found inside texts with the owned parties that are named in them."""
        if self.owners is None or self.owners.screener is None:
            return list(answers)
        owned = screen_texts(self.owners.screener, texts, threshold=threshold)
        return [
            TextHits((*one.hits, *self.owners.hits(more.hits)), one.suppressed, one.truncated or more.truncated)
            for one, more in zip(answers, owned, strict=True)
        ]

    def rows_on(
        self, batch: object, listings: Iterable[str], *, threshold: Asked = THRESHOLD, threads: int = 0
    ) -> set[int]:
        """Give the rows that these listings name, or that any listing reaches through owners."""
        rows = super().rows_on(batch, listings, threshold=threshold, threads=threads)
        if self.owners is None or self.owners.screener is None:
            return rows
        return rows | self.owners.screener.screen_batch(batch, _NoIds(), threshold=threshold, threads=threads).keys()


class _NoIds:
    """Rows whose ids nobody asks for."""

    def __getitem__(self, at: int, /) -> str:
        return str(at)


def reaching(engine: Engine, lists: Force, as_of: date | None, known_at: datetime | None) -> Force:
    """Give the lists in force so that they reach owned parties too; as they are where no register is in the home."""
    if not lists.registers:
        return lists
    return msgspec.structs.replace(lists, screener=Reaching(engine, lists, as_of, known_at))
