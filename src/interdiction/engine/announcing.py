"""Announcements to draft orders: names asked of the lists in force, numbers held against what each edition changed."""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from interdiction.announcements.accounts import Text, events
from interdiction.announcements.draft import draft
from interdiction.announcements.patterns import Patterns
from interdiction.announcements.reader import read_account
from interdiction.announcements.resolve import Changed, ListDay, acts_done, fitting
from interdiction.engine.inforce import named
from interdiction.engine.progress import Progress, silent
from interdiction.errors import InputError
from interdiction.model import Hit, Name, NameQuality, Party
from interdiction.model.announcement import Origin
from interdiction.model.order import DraftOrder
from interdiction.names.thresholds import Channel

if TYPE_CHECKING:
    from interdiction.engine.force import Force
    from interdiction.engine.hall import Engine
    from interdiction.engine.home import Home
    from interdiction.model import Edition
    from interdiction.store.reading import Reader

_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "us": ("ofac-sdn", "ofac-cons"),
    "eu": ("eu",),
    "gb": ("uk", "uk-hmt"),
    "un": ("un",),
    "ca": ("ca",),
    "ch": ("ch",),
    "au": ("au",),
}
"""Where an authority publishes whom it named, by the country of the issuer."""
_BEFORE, _AFTER = timedelta(days=1), timedelta(days=10)
"""Around the day of publication, and from the day of the act on, an edition may tell of the same order."""
_WEEK: Final = timedelta(days=7)
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_EDITIONS: Final = 40
_FOR_A_CORE: Final = 4
"""Documents for which another process is worth its start."""
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_texts(
    paths: Sequence[Path],
    patterns: Patterns,
    *,
    published: date | None = None,
    origin: Origin | None = None,
    step: Progress = silent,
) -> list[Text]:
    """Read documents, many of them on every core. Raises `InputError` for a file that cannot be read or is no text."""
    cores = min(os.cpu_count() or 1, len(paths) // _FOR_A_CORE)
    if cores < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return _gathered((_read(path, patterns, published, origin) for path in paths), step, len(paths))
    # A fork has the patterns, and what of the library is loaded, without reading either again.
    global _READING  # noqa: PLW0603 - what a fork is born with cannot be handed to it otherwise
    _READING = partial(_read, patterns=patterns, published=published, origin=origin)
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            return _gathered(pool.imap(_read_beside, paths), step, len(paths))
    finally:
        _READING = None


_READING: Callable[[Path], Text] | None = None


def _read_beside(path: Path) -> Text:
    assert _READING is not None
    return _READING(path)


def _gathered(read: Iterable[Text], step: Progress, whole: int) -> list[Text]:
    found: list[Text] = []
    for text in read:
        found.append(text)
        step("read", len(found), whole)
    return found


def _read(path: Path, patterns: Patterns, published: date | None, origin: Origin | None) -> Text:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"the document cannot be read: {error.strerror}", where=str(path), mend="check its path and rights"
        ) from error
    return Text(*read_account(raw, path.name, patterns, published=published, origin=origin))


def drafts(texts: Sequence[Text], patterns: Patterns, engine: Engine | None, *, as_of: date | None) -> list[DraftOrder]:
    """Give one draft for each event that the texts tell of; without an engine nothing is resolved."""
    force = engine.force(as_of) if engine is not None else None
    found: list[DraftOrder] = []
    for group in events(texts):
        day = None if engine is None else _fitting(engine.home, group, patterns, as_of)
        answers = {} if engine is None or force is None else _answers(engine, force, group)
        editions = [] if force is None else [edition.edition for edition in force.editions]
        found.append(draft(group, answers, day, patterns, editions=editions))
    return found


def _answers(engine: Engine, force: Force, texts: Sequence[Text]) -> dict[str, tuple[Hit, ...]]:
    """Ask the lists for every name that is given as a target, its aliases with it."""
    asked: dict[str, Party] = {}
    for _, act in acts_done(texts):
        for target in act.targets:
            if target.named and target.words.value not in asked:
                names = [Name(target.words.value), *(Name(one.value, NameQuality.STRONG) for one in target.aliases)]
                asked[target.words.value] = Party(id=target.words.value, kind=target.kind, names=names)
    screened = force.screener.screen(list(asked.values()), threshold=engine.thresholds(Channel.CHECK))
    return {name: one.hits for name, one in zip(asked, screened, strict=True)}


def _fitting(home: Home, texts: Sequence[Text], patterns: Patterns, as_of: date | None) -> ListDay | None:
    """Give the edition whose changes alone agree with the numbers of the texts."""
    published = next((text.account.published for text in texts if text.account.published), None)
    weekday = next(
        (_WEEKDAYS.index(act.day.value) for _, act in acts_done(texts) if act.day and act.day.value in _WEEKDAYS), None
    )
    issuers = {act.issuer.value for text in texts for act in text.account.acts if act.issuer}
    keys = {
        key for one in patterns.issuers if one.name in issuers for key in _LISTS.get(one.country, ())
    }  # fmt: skip
    counts = [count.number for _, act in acts_done(texts) for count in act.counts if count.kind]
    if not counts or not keys:
        return None
    since = None if published is None else _since_when(texts, published)
    with home.reading() as reader:
        days = [
            day
            for key in sorted(keys)
            for editions in [reader.editions(key)]
            for edition in _candidates(editions, since, published, as_of, sum(set(counts)))
            if (day := _list_day(reader, key, edition, editions)) is not None
        ]
    return fitting(texts, days, weekday if published is None else None)


def _since_when(texts: Sequence[Text], published: date) -> date:
    """Give the first day an edition may be of: a text of Sunday tells of what was ordered on Friday."""
    days = [act.day.value for _, act in acts_done(texts) if act.day]
    told = [date.fromisoformat(day) for day in days if _ISO.fullmatch(day)]
    return min((day for day in told if published - _WEEK <= day <= published), default=published) - _BEFORE


def _candidates(
    known: Sequence[Edition], since: date | None, published: date | None, as_of: date | None, least: int
) -> list[Edition]:
    editions = [one for one in known if as_of is None or one.on <= as_of]
    if since is not None and published is not None:
        editions = [one for one in editions if since <= one.on <= published + _AFTER]
    likely = [one for one in editions if one.added + one.amended >= least]
    return likely[-_MOST_EDITIONS:]


def _list_day(reader: Reader, key: str, edition: Edition, known: Sequence[Edition]) -> ListDay | None:
    """Give what an edition added or put under a further programme; none for the first edition at hand."""
    from interdiction.lists.programmes import designations
    from interdiction.lists.sources import Sources

    earlier = [one for one in known if one.seq < edition.seq]
    if not earlier:
        return None
    old, new = reader.intervals(key, earlier[-1].seq), reader.intervals(key, edition.seq)
    moved = [uid for uid, one in new.items() if uid not in old or old[uid].content != one.content]
    bodies = reader.contents([*(new[uid].content for uid in moved), *(old[uid].content for uid in moved if uid in old)])
    source = Sources.load().get(key)
    authorities: dict[str, str] = {}
    changed: list[Changed] = []
    for uid in moved:
        after = bodies[new[uid].content]
        before = bodies[old[uid].content] if uid in old else None
        tags = tuple(tag for tag in after.programmes if before is None or tag not in before.programmes)
        if not tags:
            continue
        for one in designations(after, source):
            if one.programme in tags and one.authority:
                authorities[one.programme] = one.authority
        changed.append(
            Changed(
                listing=after,
                how="added" if before is None else "amended",
                programmes=tags,
                before=() if before is None else before.programmes,
                since="" if before is None else _since(reader, key, uid, earlier),
            )
        )
    return ListDay(key, edition.on, named(edition, edition.on).edition, tuple(changed), authorities)


def _since(reader: Reader, key: str, uid: str, earlier: Sequence[Edition]) -> str:
    first = min((interval.from_seq for interval, _ in reader.history(key, uid)), default=earlier[0].seq)
    return next((one.id for one in earlier if one.seq == first), earlier[0].id)
