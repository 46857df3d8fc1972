"""Reads FollowTheMoney JSON: one entity in each line, as OpenSanctions publishes every data set, and its delta files.

1. Targets become listings. A file that marks no targets has only listings; other parties only give names to ties.
2. A delta file says what changed. What it deletes goes; what it changes is added to what was known, because an
   entity that did not change, such as a sanction of a changed person, is not in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from interdiction.errors import ListFileError
from interdiction.lists.readers import json_stream
from interdiction.lists.readers.dates import exact_day
from interdiction.lists.readers.draft import Draft, finished
from interdiction.lists.readers.entries import point_relations
from interdiction.lists.readers.ftm_links import Links
from interdiction.lists.readers.ftm_party import party_of
from interdiction.lists.readers.ftm_words import KINDS, LINKS
from interdiction.lists.readers.reading import ListFile, Problems, Reading
from interdiction.model import Grade, Problem

FORMAT: Final = "ftm-json"
KEY: Final = "opensanctions"
_HEAD: Final = b'{"'
_BESIDE: Final = frozenset({*LINKS, "Sanction", "Address", "Identification", "Passport", "Occupancy", "Position"})


def recognise(start: bytes) -> bool:
    """Tell this format by its first bytes."""
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"schema"' in head and (b'"properties"' in head or b'"op"' in head)


def read(files: Sequence[ListFile], list_key: str) -> Reading:
    """Read one file of entities or of changes. Raises `ListFileError` (`empty`) where no party is found."""
    reader = _Reader(files[0])
    for entry in json_stream.lines(files[0]):
        reader.take(entry)
    return reader.reading(list_key)


class _Reader:
    """The entities of one file."""

    def __init__(self, file: ListFile) -> None:
        self.file = file
        self.found: list[Problem] = []
        self.problems = Problems(file.name, self.found)
        self.drafts: dict[str, Draft] = {}
        self.links = Links(self.problems)
        self.marked: set[str] = set()
        self.any_marked = False
        self.deleted: list[str] = []
        self.delta = False
        self.strange: dict[str, int] = {}
        self.days: Counter[str] = Counter()
        """The days on which entities were last seen: the latest is the edition's."""

    def take(self, entry: json_stream.Entry) -> None:
        """Read one line; a line that cannot be read is a listing of its own text."""
        value = entry.value
        if value is not None and value.get("op") in {"ADD", "MOD", "DEL"} and isinstance(value.get("entity"), dict):
            self.delta = True
            if value["op"] == "DEL":
                self.deleted.append(str(value["entity"].get("id", "")))
                return
            value = value["entity"]
        if value is None or not isinstance(value.get("id"), str) or not isinstance(value.get("schema"), str):
            raw = entry.raw or str(value)
            self.problems.add(
                "bad-row",
                "a line is no entity; its text is screened as it stands",
                grade=Grade.ROW,
                line=entry.line,
                text=raw,
                expected='{"id": …, "schema": …, "properties": {…}}',
            )
            text = json_stream.plain_text(raw)
            self.drafts[f"line-{entry.line}"] = Draft.of_text(f"line-{entry.line}", text, raw, entry.line)
            self.marked.add(f"line-{entry.line}")
            return
        self.entity(value, entry.line)

    def entity(self, value: dict[str, Any], line: int, parent: str = "") -> None:
        """Read one entity, and those nested in it."""
        uid, schema = value["id"], value["schema"]
        said = _properties(value)
        for name, inner in list(said.items()):
            for one in [one for one in inner if isinstance(one, dict)]:
                if isinstance(one.get("id"), str) and isinstance(one.get("schema"), str):
                    self.entity(one, line, uid)
            said[name] = [one["id"] if isinstance(one, dict) else str(one) for one in inner if _usable(one)]
        self.days[str(value.get("last_seen", ""))[:10]] += 1
        if schema in KINDS:
            self._party(uid, schema, said, value, line)
        elif schema in _BESIDE:
            self.links.add(schema, uid, said, parent)
        else:
            self.strange[schema] = self.strange.get(schema, 0) + 1

    def _party(self, uid: str, schema: str, said: dict[str, list[str]], value: dict[str, Any], line: int) -> None:
        draft = party_of(uid, schema, said, value, line, self.problems)
        self.links.addresses_of[uid] = said.get("addressEntity", [])
        if "target" in value:
            self.any_marked = True
        if value.get("target"):
            self.marked.add(uid)
        standing = self.drafts.get(uid)
        if standing is not None:
            self.problems.add(
                "duplicate-id",
                f"id {uid} stands for two entities; what both say is kept under it",
                grade=Grade.ROW,
                line=line,
                text=draft.primary,
                expected="one entity per id",
            )
            standing.absorb(draft)
            return
        self.drafts[uid] = draft

    def reading(self, list_key: str) -> Reading:
        names = {uid: draft.primary for uid, draft in self.drafts.items()}
        self.links.give(self.drafts, names)
        if self.any_marked:
            self.drafts = {uid: draft for uid, draft in self.drafts.items() if uid in self.marked}
        if not self.drafts and not self.deleted:
            raise ListFileError("no party in the file", code="empty", where=self.file.name, mend="download it again")
        for schema, times in self.strange.items():
            self.problems.add(
                "unknown-schema",
                f"entities of the schema {schema!r} are not read ({times} times)",
                grade=Grade.PUBLISHED,
                node=schema,
                mend="look at the data dictionary of FollowTheMoney; a new schema may hold parties",
            )
        point_relations(self.drafts, list_key)
        listings = finished(self.drafts, list_key)
        gone = tuple(self.deleted)
        return Reading(
            KEY, FORMAT, self._day(), ("entities",), listings, tuple(self.found), delta=self.delta, deleted=gone
        )

    def _day(self) -> date | None:
        """Give the latest day; one that stands only once beside others may be a slip."""
        several = {text for text, times in self.days.items() if times > 1} or set(self.days)
        return max((day for text in several if (day := exact_day(text)) is not None), default=None)


def _properties(value: dict[str, Any]) -> dict[str, list[Any]]:
    properties = value.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {str(name): said if isinstance(said, list) else [said] for name, said in properties.items()}


def _usable(one: object) -> bool:
    return bool(one.get("id")) if isinstance(one, dict) else one is not None and str(one).strip() != ""
