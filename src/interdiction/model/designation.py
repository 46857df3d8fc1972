"""Lists and law: sources, editions, listings, designations, programmes, measures, changes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from interdiction.model.party import Party
from interdiction.model.problem import Problem


class Measure(StrEnum):
    """What is forbidden. The words of `data/programmes.yml`; `docs/measures.md` says what each asks of a payment."""

    ASSET_FREEZE = "asset_freeze"
    """Property is blocked, nothing may be dealt in, nothing made available."""
    PAYMENT_BAN = "payment_ban"
    """Named transactions are prohibited without a blockable interest."""
    DEBT_EQUITY = "debt_equity"
    """New debt over a tenor, or new equity (SSI directives, 31 CFR 589)."""
    CORRESPONDENT_ACCOUNT = "correspondent_account"
    """Opening or keeping a correspondent or payable-through account is banned or conditioned (31 CFR 561, CAPTA)."""
    INVESTMENT_BAN = "investment_ban"
    """Buying or selling named securities is prohibited (CMIC)."""
    TRADE = "trade"
    """Goods, services or technology."""
    ARMS_EMBARGO = "arms_embargo"
    """Arms and related material."""
    TRAVEL_BAN = "travel_ban"
    """Entry or transit."""
    MENU = "menu"
    """Chosen per entry from a menu the entry itself states (NS-MBS, ISA)."""
    SECONDARY = "secondary_sanctions"
    """A risk for third parties; information, blocks nothing by itself."""
    INTERNAL = "internal"
    """A list of one's own: no law behind it, never more than a hold."""


class Authority(msgspec.Struct, frozen=True, omit_defaults=True):
    """The legal act a programme rests on, such as E.O. 13687; `citation` is where it is published."""

    id: str
    name: str
    issuer: str
    citation: str | None = None


class Programme(msgspec.Struct, frozen=True, omit_defaults=True):
    """One tag of a list with what it means; `verified` is false until somebody read the source."""

    tag: str
    list: str
    name: str
    authorities: tuple[str, ...]
    measures: tuple[Measure, ...]
    source: str
    verified: bool = False
    blocking: bool = True
    note: str | None = None


class Designation(msgspec.Struct, frozen=True):
    """A party under one programme. `mapped` is false when the tag is unknown or unverified and the
    list's default measure stands in (law 2 of docs/architecture.md)."""

    programme: str
    authority: str | None = None
    measures: tuple[Measure, ...] = ()
    mapped: bool = True
    listed_on: date | None = None
    amended_on: tuple[date, ...] = ()
    effective_at: datetime | None = None
    legal_basis: str | None = None


class Relation(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A tie the list states, to a name and, when it could be resolved, to a listing of the same list.

    `type` says what this party is to the other: linked_to, owned_by, controlled_by, owns, acting_for, supported_by,
    provides_support_to, leader_of, led_by, member_of, employed_by, family, spouse, parent, child, sibling,
    associate, principal_of, successor_of, predecessor_of, part_of. `note` keeps the publisher's own words where
    they say more; `former` marks a tie that has ended.
    """

    type: str
    to: str
    listing: str | None = None
    note: str | None = None
    former: bool = False


class Detail(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a file states of an entry and no field of the model holds, under the publisher's own label."""

    label: str
    value: str
    language: str | None = None


class Listing(msgspec.Struct, frozen=True, omit_defaults=True):
    """One party as one list publishes it. `id` is `LIST:UID`.

    `programmes` are the tags as published; what they mean is joined from `data/programmes.yml` when
    an answer is given, so that a correction there needs no new edition. Per-entry legal dates that the
    file itself states stand in `designations`. `unread` marks a listing made of the raw text of a row
    that could not be read: it is screened, HOLD only.
    """

    list: str
    uid: str
    party: Party
    programmes: tuple[str, ...] = ()
    designations: tuple[Designation, ...] = ()
    relations: tuple[Relation, ...] = ()
    remarks: str | None = None
    reference: str | None = None
    details: tuple[Detail, ...] = ()
    unread: bool = False

    @property
    def id(self) -> str:
        """`LIST:UID`, such as `ofac-sdn:9345`."""
        return f"{self.list}:{self.uid}"


class Bounds(msgspec.Struct, frozen=True, omit_defaults=True):
    """How much one edition may differ from the one before it until somebody has to look (law 2).

    More removals than `floor + (share + share_per_day * days) * listings` make an edition an overlay; more
    additions than the same with the `growth` figures are a warning. `listings` are those in force before,
    `days` those between the two editions. The figures and where they were measured stand in `data/sources.yml`.
    """

    floor: int
    share: float
    share_per_day: float
    growth_floor: int
    growth_share: float
    growth_share_per_day: float


class Expected(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an edition of a list holds since the day `since`: a parse that broke in silence is seen by it.

    `fill` is the least share of the listings that state something in a field of the party (`names`, `birth_dates`,
    `identifiers`, `addresses`, ...), `designations` or `programmes`.
    """

    since: date
    listings: tuple[int, int]
    fill: dict[str, float] = {}


class ListSource(msgspec.Struct, frozen=True, omit_defaults=True):
    """One official list and its publisher, from `data/sources.yml`.

    `default_measures` stand for an unknown programme; `max_age_days` makes it stale when set;
    `yente` is the dataset name that clients of that API use.
    """

    key: str
    title: str
    publisher: str
    jurisdiction: str
    default_measures: tuple[Measure, ...]
    addresses: dict[str, str] = {}
    fetch: tuple[str, ...] = ()
    """Which of `addresses` make up an edition that is fetched, in their order; none: it is imported by hand."""
    every_hours: float = 6.0
    """How often the publisher may be asked (`lists fetch --watch`)."""
    notice: str | None = None
    """The address of a small file that tells only what changed last: asked in between, it says when to fetch."""
    notice_minutes: float = 15.0
    """How often that file may be asked for."""
    yente: str | None = None
    max_age_days: int | None = None
    licence: str | None = None
    parts: tuple[str, ...] = ()
    only_here: tuple[str, ...] = ()
    """Programme tags that only this list uses: how another list under its name is recognised."""
    bounds: Bounds | None = None
    formats: tuple[str, ...] = ()
    """The formats this list comes in, where another list of its publisher comes in others; empty: any."""
    states_measures: bool = False
    """Each entry states its own measures: those count, and an unknown programme adds nothing to them."""
    expected: Expected | None = None
    zone: str = "UTC"
    """Where its authority sits: a day of effect begins there."""


class Verdict(StrEnum):
    """What became of an attempt to fetch a list."""

    IMPORTED = "imported"
    """A new edition is in force."""
    OVERLAY = "overlay"
    """A new edition came defective: its additions are in force, its removals wait."""
    UNCHANGED = "unchanged"
    """The publisher has nothing newer than what is in force."""
    REFUSED = "refused"
    """What came is not an edition that can be trusted; nothing changed."""
    FAILED = "failed"
    """Nothing came, or not whole; nothing changed."""


class FetchedPart(msgspec.Struct, frozen=True, omit_defaults=True):
    """One address of an attempt: what came over the wire, and what the server said of it."""

    role: str
    address: str
    status: int = 0
    wire: int = 0
    size: int = 0
    sha256: str = ""
    etag: str | None = None
    last_modified: str | None = None
    attempts: int = 1
    seconds: float = 0.0


class FetchAttempt(msgspec.Struct, frozen=True, omit_defaults=True):
    """One attempt to fetch a list, kept whatever came of it. `edition` is the one in force after it."""

    list: str
    at: datetime
    verdict: Verdict
    parts: tuple[FetchedPart, ...] = ()
    edition: str | None = None
    code: str = ""
    message: str = ""


class EditionState(StrEnum):
    """How much of an edition came into force."""

    ACCEPTED = "accepted"
    OVERLAY = "overlay"
    """Defective: additions and amendments are in force, removals and unreadable rows wait."""
    REFUSED = "refused"


class EditionPart(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file of an edition: its role (`sdn`, `alt`, `add`, `comments`, `xml`), base name, size and hash.

    `carried` marks a part that this edition came without: what stands there is the earlier edition's part.
    """

    role: str
    file: str
    size: int
    sha256: str
    carried: bool = False


class Edition(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list as it stood, immutable and hashed. `on` is the publisher's date, `known_at` ours."""

    id: str
    list: str
    on: date
    sha256: str
    known_at: datetime
    state: EditionState
    parts: tuple[EditionPart, ...]
    listings: int
    added: int = 0
    amended: int = 0
    removed: int = 0
    waiting: int = 0
    """Removals of a defective edition that are not in force until somebody decides."""
    by: str | None = None
    problems: tuple[Problem, ...] = ()
    format: str = ""
    seq: int = 0
    """Its place among the editions of its list: by date, then by arrival."""


class ChangeKind(StrEnum):
    """What happened to a listing between two editions."""

    ADDED = "added"
    AMENDED = "amended"
    REMOVED = "removed"


class FieldChange(msgspec.Struct, frozen=True):
    """One field that differs: `path` such as `programmes` or `party.names[2]`, values as JSON builtins."""

    path: str
    before: Any
    after: Any


class Change(msgspec.Struct, frozen=True):
    """What happened to one listing; `name` is shown with it."""

    listing: str
    kind: ChangeKind
    name: str = ""
    fields: tuple[FieldChange, ...] = ()
