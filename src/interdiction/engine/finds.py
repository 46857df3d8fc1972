"""What a look-back found is kept as decisions are: each look is a run, whose kept file says what it found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from interdiction.engine.following import look_again
from interdiction.engine.lookback import After, Looked
from interdiction.engine.records import Recorder, kept, number_of
from interdiction.engine.standing import last_after
from interdiction.model import Asked, EditionUsed, KeptFile, Run, from_json, to_json
from interdiction.model.case import CaseKind

if TYPE_CHECKING:
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home

COMMAND: Final = "lookback"
_NAME: Final = "lookback.json"


class Find(msgspec.Struct, frozen=True):
    """One payment processed after effect: the run that found it, when, and its place in it. Its id is `L-3-1`."""

    run: int
    place: int
    found_at: datetime
    after: After

    @property
    def id(self) -> str:
        """The id that people name."""
        return f"L-{self.run}-{self.place}"


class _Kept(msgspec.Struct, frozen=True):
    looked: int
    already: int
    found: tuple[After, ...]


def finds(home: Home) -> list[Find]:
    """Give everything that was found and kept, the oldest first. Raises as `Home.reading` does."""
    with kept(home) as decisions:
        looks = [(run, decisions.file(run.input.sha256)) for run, _ in decisions.runs() if run.command == COMMAND]
    return [
        Find(run.number, place, run.at, after)
        for run, data in looks
        for place, after in enumerate(from_json(data, _Kept).found, start=1)
    ]


def keep(engine: Engine, looked: Looked, asked: Asked, *, at: datetime) -> list[Find]:
    """Keep a look-back and what it found that no earlier one had; give these."""
    known = {one.after.key for one in finds(engine.home)}
    new = tuple(one for one in looked.found if one.key not in known)
    data = to_json(_Kept(looked.looked, len(looked.found) - len(new), new))
    run = Run(
        command=COMMAND,
        at=at,
        on=at.date(),
        input=KeptFile(_NAME, "", len(data)),
        asked=asked,
        editions=tuple(EditionUsed(one.edition, one.sha256) for one in engine.force().editions),
        institution=engine.policy.institution.name or engine.policy.institution.kind,
    )
    recorder = Recorder(engine.home, run, data)
    recorder.end(read=looked.looked, screened=looked.looked)
    return [Find(recorder.run.number, place, at, after) for place, after in enumerate(new, start=1)]


def raise_on(engine: Engine, new: Sequence[Find], *, at: datetime) -> list[int]:
    """Decide anew on each payment of these finds and keep it; give the cases that this opens or joins."""
    with kept(engine.home) as decisions:
        standing = [last_after(decisions, decisions.get(number_of(one.after.record))).number for one in new]
    found: set[int] = set()
    for number in dict.fromkeys(standing):
        found |= look_again(engine, number, by="", at=at, kind=CaseKind.AFTER_EFFECT)[1]
    return sorted(found)
