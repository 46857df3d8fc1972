from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from interdiction.lists.readers.reading import Reading
from interdiction.model import (
    Bounds,
    Edition,
    EditionPart,
    EditionState,
    Grade,
    Listing,
    ListSource,
    Measure,
    Name,
    NameQuality,
    Party,
    Problem,
)

BOUNDS = Bounds(
    floor=2, share=0.02, share_per_day=0.0003, growth_floor=50, growth_share=0.06, growth_share_per_day=0.0015
)
SOURCE = ListSource(
    key="ofac-sdn",
    title="SDN",
    publisher="OFAC",
    jurisdiction="us",
    default_measures=(Measure.ASSET_FREEZE,),
    parts=("sdn", "alt", "add", "comments"),
    only_here=("DPRK2", "NPWMD", "CUBA"),
    bounds=BOUNDS,
)
OTHER = ListSource(
    key="ofac-cons",
    title="non-SDN",
    publisher="OFAC",
    jurisdiction="us",
    default_measures=(Measure.MENU,),
    parts=SOURCE.parts,
    only_here=("CMIC-EO13959",),
    bounds=BOUNDS,
)
DAY = date(2015, 1, 2)
BAD_ROW = Problem(code="columns", message="a row has 7 columns", grade=Grade.ROW, file="sdn.csv", line=3)
PUBLISHED = Problem(code="remark-cut", message="a remark is cut", grade=Grade.PUBLISHED)


def listing(
    uid: str,
    name: str | None = None,
    *,
    programmes: tuple[str, ...] = ("NPWMD",),
    aliases: tuple[str, ...] = (),
    **more: Any,
) -> Listing:
    unread = more.pop("unread", False)
    remarks = more.pop("remarks", None)
    names = [Name(name or f"PARTY {uid}"), *(Name(alias, NameQuality.STRONG) for alias in aliases)]
    return Listing("ofac-sdn", uid, Party(names=names, **more), programmes, remarks=remarks, unread=unread)


def unread(uid: str, raw: str) -> Listing:
    return Listing("ofac-sdn", uid, Party(names=[Name(raw)]), remarks=raw, unread=True)


def reading(
    *listings: Listing, parts: tuple[str, ...] = ("sdn",), problems: tuple[Problem, ...] = (), **more: Any
) -> Reading:
    fields = {"list_hint": None, "format": "ofac-csv", "on": None, **more}
    return Reading(parts=parts, listings=listings, problems=problems, **fields)


def parts(*roles: str, carried: tuple[str, ...] = ()) -> tuple[EditionPart, ...]:
    return tuple(EditionPart(role, f"{role}.csv", 1, role * 8, role in carried) for role in (*roles, *carried))


def edition(on: date = DAY, roles: tuple[EditionPart, ...] = parts("sdn"), **more: Any) -> Edition:
    fields = {"id": f"ofac-sdn@{on}+aa", "listings": 1, **more}
    return Edition(
        list="ofac-sdn",
        on=on,
        sha256="aa",
        known_at=datetime(2015, 1, 2, 20, tzinfo=UTC),
        state=EditionState.ACCEPTED,
        parts=roles,
        **fields,
    )


def by_uid(*listings: Listing) -> dict[str, Listing]:
    return {one.uid: one for one in listings}
