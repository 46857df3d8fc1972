"""A listing while it is being put together from rows, remarks or nodes; `finish` freezes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from interdiction.model import (
    Address,
    Aircraft,
    Contact,
    Designation,
    Detail,
    Gender,
    Identifier,
    Kind,
    Listing,
    Name,
    NamePart,
    NameQuality,
    PartialDate,
    Party,
    Relation,
    Vessel,
)

T = TypeVar("T")


class Draft:
    """Everything read so far of one party. Fields are lists in the order met; doubles are dropped at the end."""

    __slots__ = (
        "addresses",
        "aircraft",
        "aliases",
        "birth_dates",
        "birth_places",
        "citizenships",
        "contacts",
        "countries",
        "death_dates",
        "designations",
        "details",
        "founded",
        "functions",
        "gender",
        "identifiers",
        "kind",
        "line",
        "nationalities",
        "own",
        "own_parts",
        "primary",
        "programmes",
        "reference",
        "relations",
        "remarks",
        "residences",
        "titles",
        "uid",
        "unknown",
        "unread",
        "vessel",
        "weak",
    )

    def __init__(self, uid: str, primary: str, line: int = 0) -> None:
        self.uid = uid
        self.primary = primary
        self.line = line
        self.own_parts: tuple[NamePart, ...] = ()
        """The parts of the primary name, where the file divides it."""
        self.own: Name | None = None
        """The primary name whole, where the file says more of it than its text and its parts."""
        self.kind: Kind | None = None
        self.aliases: list[Name] = []
        self.weak: list[Name] = []
        self.birth_dates: list[PartialDate] = []
        self.birth_places: list[str] = []
        self.gender: Gender | None = None
        self.nationalities: list[str] = []
        self.citizenships: list[str] = []
        self.residences: list[str] = []
        self.countries: list[str] = []
        self.death_dates: list[PartialDate] = []
        self.founded: list[PartialDate] = []
        self.identifiers: list[Identifier] = []
        self.addresses: list[Address] = []
        self.titles: list[str] = []
        self.functions: list[str] = []
        self.contacts: list[Contact] = []
        self.vessel: dict[str, str] = {}
        self.aircraft: dict[str, str] = {}
        self.programmes: list[str] = []
        self.designations: tuple[Designation, ...] = ()
        self.relations: list[Relation] = []
        self.details: list[Detail] = []
        self.remarks: str | None = None
        self.reference: str | None = None
        self.unread = False
        self.unknown: list[str] = []
        """Parts of the remarks that no rule knows: they stay in the remarks only."""

    @classmethod
    def of_text(cls, uid: str, text: str, raw: str, line: int) -> Draft:
        """Make the listing of what cannot be read: its words are the name, the raw text the remarks."""
        draft = cls(uid, text, line)
        draft.remarks = raw
        draft.unread = True
        return draft

    def alias(self, text: str, quality: NameQuality, script: str | None = None) -> None:
        """Add a name besides the primary one; an empty text says nothing."""
        self.name(Name(text, quality, script))

    def name(self, name: Name) -> None:
        """Add a name besides the primary one with all that is said of it; an empty text says nothing."""
        if name.text:
            (self.weak if name.quality is NameQuality.WEAK else self.aliases).append(name)

    def call(self, name: Name) -> None:
        """Add a name of any quality: the first primary one is the primary name, another is a strong one."""
        if name.quality is not NameQuality.PRIMARY:
            self.name(name)
        elif not self.primary:
            self.primary, self.own = name.text, name
        elif name.text != self.primary:
            self.name(replace(name, quality=NameQuality.STRONG))

    def settle(self) -> None:
        """Let the first strong name stand as the primary one where the file names none."""
        if not self.primary:
            first = next((name for name in self.aliases if name.quality is NameQuality.STRONG), None)
            if first is not None:
                self.primary, self.own = first.text, replace(first, quality=NameQuality.PRIMARY)

    def detail(self, label: str, value: str | None, language: str | None = None) -> None:
        """Keep what no field holds under the publisher's label; an empty value says nothing."""
        if value:
            self.details.append(Detail(label, value, language))

    def names(self) -> tuple[Name, ...]:
        """Give the primary name, then the strong and former, then the weak ones; of equal texts the first stands."""
        first = (self.own or Name(self.primary, parts=self.own_parts),) if self.primary else ()
        if not self.aliases and not self.weak:
            return first
        by_text: dict[str, Name] = {}
        for name in (*first, *self.aliases, *self.weak):
            by_text.setdefault(name.text, name)
        return tuple(by_text.values())

    def finish(self, list_key: str) -> Listing:
        """Freeze what was read."""
        vessel = self.vessel
        aircraft = self.aircraft
        party = Party(
            kind=self.kind,
            names=self.names(),
            birth_dates=once(self.birth_dates) if self.birth_dates else (),
            birth_places=once(self.birth_places) if self.birth_places else (),
            gender=self.gender,
            nationalities=once(self.nationalities) if self.nationalities else (),
            citizenships=once(self.citizenships) if self.citizenships else (),
            residences=once(self.residences) if self.residences else (),
            countries=once(self.countries) if self.countries else (),
            identifiers=once(self.identifiers) if self.identifiers else (),
            addresses=once(self.addresses) if self.addresses else (),
            titles=once(self.titles) if self.titles else (),
            functions=once(self.functions) if self.functions else (),
            contacts=once(self.contacts) if self.contacts else (),
            death_dates=once(self.death_dates) if self.death_dates else (),
            founded=once(self.founded) if self.founded else (),
            vessel=_vessel(vessel) if vessel else None,
            aircraft=Aircraft(**aircraft) if aircraft else None,
        )
        return Listing(
            list=list_key,
            uid=self.uid,
            party=party,
            programmes=once(self.programmes) if self.programmes else (),
            designations=self.designations,
            relations=once(self.relations) if self.relations else (),
            remarks=self.remarks,
            reference=self.reference,
            details=once(self.details) if self.details else (),
            unread=self.unread,
        )

    def absorb(self, other: Draft) -> None:
        """Take in what another row says under the same id; nothing of either is lost."""
        if other.primary != self.primary:
            self.name(replace(other.own or Name(other.primary), quality=NameQuality.STRONG))
        self.kind = self.kind or other.kind
        self.gender = self.gender or other.gender
        for field in (
            "aliases", "weak", "birth_dates", "birth_places", "nationalities", "citizenships", "residences",
            "countries", "identifiers", "addresses", "titles", "functions", "contacts", "death_dates", "founded",
            "programmes", "relations", "details",
        ):  # fmt: skip
            getattr(self, field).extend(getattr(other, field))
        self.vessel = other.vessel | self.vessel
        self.aircraft = other.aircraft | self.aircraft
        self.designations += tuple(one for one in other.designations if one not in self.designations)
        if other.remarks and other.remarks != self.remarks:
            self.remarks = f"{self.remarks}\n{other.remarks}" if self.remarks else other.remarks
        self.reference = self.reference or other.reference


FORMER_FLAGS = "\x1f"
"""Joins the former flags of a vessel while it is a draft."""


def _vessel(said: dict[str, str]) -> Vessel:
    flags = said.pop("former_flags", "")
    return Vessel(**said, former_flags=tuple(flags.split(FORMER_FLAGS)) if flags else ())


def once(values: Sequence[T]) -> tuple[T, ...]:
    """Give the values in their order, each once."""
    return tuple(values) if len(values) < 2 else tuple(dict.fromkeys(values))


def known_names(parties: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """Index primary names to uids, from pairs of both; a name that two parties bear points to neither."""
    uids: dict[str, str | None] = {}
    for name, uid in parties:
        uids[name] = None if name in uids else uid
    return uids


def resolve_relations(draft: Draft, uids: dict[str, str | None], list_key: str) -> None:
    """Point each relation of a draft to its listing (`point_relations`)."""
    point_relations(draft.relations, uids, list_key)


def point_relations(relations: list[Relation], uids: dict[str, str | None], list_key: str) -> None:
    """Point each relation to the listing of the same list whose primary name it states.

    At the end of a remark the stop of `CO.` and the stop of the sentence are one: both spellings are tried.
    A tie that the file itself pointed to a listing stays as it is.
    """
    for at, one in enumerate(relations):
        if one.listing is not None:
            continue
        for name in (one.to, f"{one.to}."):
            uid = uids.get(name)
            if uid is not None:
                relations[at] = replace(one, to=name, listing=f"{list_key}:{uid}")
                break


def add_unique(drafts: dict[str, Draft], draft: Draft) -> bool:
    """File a draft under its id; false where the id was taken and the rows were merged."""
    standing = drafts.get(draft.uid)
    if standing is None:
        drafts[draft.uid] = draft
        return True
    standing.absorb(draft)
    return False


def finished(drafts: dict[str, Draft], list_key: str) -> tuple[Listing, ...]:
    """Resolve the ties between the parties and freeze all of them."""
    uids = known_names((draft.primary, draft.uid) for draft in drafts.values() if not draft.unread)
    for draft in drafts.values():
        if draft.relations:
            resolve_relations(draft, uids, list_key)
    return tuple(draft.finish(list_key) for draft in drafts.values())
