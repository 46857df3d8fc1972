"""The legacy set of OFAC put together: main rows, aliases, addresses and the continuation of cut remarks.

The same for comma-separated and fixed-width files; both give rows (`rows.Row`).

1. Every row of the main file becomes a listing: a damaged one is made of its raw text and marked unread.
2. Rows of the other files whose main row is missing are not lost: an alias becomes an unread listing.
3. What the publisher cut off is a problem of grade published, and its last part is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from interdiction.lists.readers import remarks, remembered
from interdiction.lists.readers.draft import Draft, known_names, once, point_relations, resolve_relations
from interdiction.lists.readers.ofac_party import KINDS, QUALITIES, address_of_cells, programmes, tonnage
from interdiction.lists.readers.places import country
from interdiction.lists.readers.reading import Problems
from interdiction.lists.readers.rows import COLUMNS, NAMES, Row, readable_cells, readable_text
from interdiction.model import Address, Grade, Listing, Name, NameQuality, Relation

REMARKS_SIZE = 1000
"""Characters of the remarks field (data specification); the rest goes to the comments file."""

_TITLES = re.compile(r"; +")
_VESSEL_FIELDS = ("call_sign", "type", "tonnage", "gross_tonnage", "flag", "owner")


def _pointed(
    stated: tuple[Relation, ...], listing: Listing, uids: dict[str, str | None], list_key: str
) -> remembered.Made:
    """Point the ties of a remembered listing to the parties of this edition."""
    if stated:
        found = list(stated)
        point_relations(found, uids, list_key)
        ties = once(found)
        if ties != listing.relations:
            listing = replace(listing, relations=ties)
    return stated, listing


class Legacy:
    """One legacy set while its files are read: main file first, then the others; parties are made at the end.

    Rows wait as tuples of text and each party is made and frozen in one go, which keeps the garbage
    collector out of the way of fourteen thousand half-made ones.
    """

    __slots__ = ("_adds", "_alts", "_comments", "_has_comments", "_more", "_rows", "_unread")

    def __init__(self, *, has_comments: bool) -> None:
        self._rows: dict[str, Row] = {}
        self._more: dict[str, list[Row]] = {}
        self._unread: dict[str, Draft] = {}
        self._alts: dict[str, list[Name]] = {}
        self._adds: dict[str, list[Address]] = {}
        self._comments: dict[str, str] = {}
        self._has_comments = has_comments

    def main(self, rows: Iterable[Row], problems: Problems) -> None:
        """Take the rows of the main file."""
        for row in rows:
            if row.wrong:
                self._unreadable(row, "sdn", problems)
                continue
            same = self._rows.setdefault(row.uid, row)
            if same is not row:
                self._repeated(same, row, problems)
        for uid in self._rows.keys() & self._unread.keys():
            draft = self._unread.pop(uid)
            self._set_aside(draft, f"line-{draft.line}")

    def _repeated(self, first: Row, row: Row, problems: Problems) -> None:
        if first.cells == row.cells:
            problems.add(
                "repeated-row",
                f"ent_num {row.uid} is published twice with the same content",
                grade=Grade.PUBLISHED,
                line=row.line,
                text=row.cells[1],
            )
            return
        self._more.setdefault(row.uid, []).append(row)
        problems.add(
            "duplicate-id",
            f"ent_num {row.uid} stands for two parties; what both rows say is kept under it",
            grade=Grade.ROW,
            line=row.line,
            text=f"{first.cells[1]} / {row.cells[1]}",
            expected="one row per ent_num",
            mend="compare the two rows with the publisher's search page",
        )

    def comments(self, rows: Iterable[Row], problems: Problems) -> None:
        """Take the continuations of cut remarks; one whose party is not in the main file is kept as a problem."""
        for row in rows:
            if row.wrong:
                self._lost(row, "comments", problems)
            elif row.uid in self._rows:
                self._comments[row.uid] = self._comments.get(row.uid, "") + row.cells[1]
            else:
                problems.add(
                    "orphan-comment",
                    f"the continuation of remarks of {row.uid}, who is not in the main file",
                    grade=Grade.PUBLISHED,
                    line=row.line,
                    node=row.uid,
                    text=row.cells[1],
                )

    def aliases(self, rows: Iterable[Row], problems: Problems) -> None:
        """Take the rows of the alias file."""
        for row in rows:
            if row.wrong:
                self._unreadable(row, "alt", problems)
                continue
            _, _, kind, name, _ = row.cells
            quality = QUALITIES.get(kind.strip().lower())
            if quality is None:
                problems.add(
                    "unknown-type",
                    f"alt_type {kind.strip()!r} is not known; the name counts as a strong alias",
                    grade=Grade.ROW,
                    line=row.line,
                    node="alt_type",
                    text=name,
                    expected="aka, fka or nka",
                )
            if row.uid not in self._rows and row.uid not in self._unread:
                self._orphan(row, name.strip(), problems)
            text = name.strip()
            if text:
                self._alts.setdefault(row.uid, []).append(Name(text, quality or NameQuality.STRONG))

    def addresses(self, rows: Iterable[Row], problems: Problems) -> None:
        """Take the rows of the address file."""
        for row in rows:
            if row.wrong or (row.uid not in self._rows and row.uid not in self._unread):
                self._lost(row, "add", problems)
                continue
            _, _, street, place, land, note = [cell.strip() for cell in row.cells]
            read = address_of_cells(street, place, land, "" if note == "-0" else note)
            if read is not None:
                self._adds.setdefault(row.uid, []).append(read)

    def finish(self, list_key: str, problems: Problems) -> Iterator[Listing]:
        """Make and freeze the parties: the readable ones in the order of the file, then the unreadable."""
        uids = known_names((row.cells[1].strip(), uid) for uid, row in self._rows.items())
        before, made = remembered.before(), dict[remembered.Key, remembered.Made]()
        for uid, row in self._rows.items():
            key = self._key(uid, row, list_key) if before is not None and uid not in self._more else None
            if key is not None and before is not None and key in before:
                made[key] = _pointed(*before[key], uids, list_key)
                yield made[key][1]
                continue
            known = len(problems.found)
            draft = self._party(row, problems)
            self._join(draft, row.cells[11], self._comments.get(uid), problems)
            for more in self._more.get(uid, ()):
                other = self._party(more, problems)
                self._join(other, more.cells[11], None, problems)
                draft.absorb(other)
            stated = once(draft.relations)
            listing = self._finished(draft, uids, list_key)
            if key is not None and len(problems.found) == known:  # a problem has to be said again for each edition
                made[key] = stated, listing
            yield listing
        if before is not None:
            remembered.remember(made)
        for draft in self._unread.values():
            yield self._finished(draft, uids, list_key)

    def _key(self, uid: str, row: Row, list_key: str) -> remembered.Key:
        """Give everything that a party is made of but the names of the others."""
        parts = (tuple(self._alts.get(uid, ())), tuple(self._adds.get(uid, ())), self._comments.get(uid))
        return (list_key, self._has_comments, tuple(row.cells), *parts)

    def _finished(self, draft: Draft, uids: dict[str, str | None], list_key: str) -> Listing:
        draft.aliases += self._alts.get(draft.uid, ())
        draft.addresses += self._adds.get(draft.uid, ())
        if draft.relations:
            resolve_relations(draft, uids, list_key)
        return draft.finish(list_key)

    @staticmethod
    def _party(row: Row, problems: Problems) -> Draft:
        _, name, kind, tags, title, call_sign, *rest, _ = row.cells
        draft = Draft(row.uid, name.strip(), row.line)
        draft.kind = KINDS.get(kind.strip().lower())
        if draft.kind is None:
            problems.add(
                "unknown-type",
                f"SDN_Type {kind.strip()!r} is not known; the party is compared with all kinds",
                grade=Grade.ROW,
                line=row.line,
                node="SDN_Type",
                text=name,
                expected="individual, vessel, aircraft or -0-",
            )
        if not draft.primary:
            problems.add("no-name", "the row names nobody", grade=Grade.ROW, line=row.line, node="SDN_Name")
        draft.programmes = programmes(tags)
        draft.titles = [one for part in _TITLES.split(title) if (one := part.strip())] if title else []
        if call_sign or any(rest):
            vessel_type, tons, gross, flag, owner = (cell.strip() for cell in rest)
            values = (call_sign.strip(), vessel_type, tonnage(tons), tonnage(gross), country(flag), owner)
            draft.vessel = {field: value for field, value in zip(_VESSEL_FIELDS, values, strict=True) if value}
        return draft

    def _join(self, draft: Draft, text: str, more: str | None, problems: Problems) -> None:
        """Put the remarks and their continuation together and read them."""
        said = text.rstrip()
        if more is None:
            cut = not said.endswith(".") and len(text) >= REMARKS_SIZE
            if cut:
                self._cut(draft, said, problems)
            if said:
                draft.remarks = said
                remarks.mine(draft, said, problems, cut_at_end=cut)
        elif REMARKS_SIZE - 3 <= len(said) <= REMARKS_SIZE:
            # A blank at the joint may have been taken for padding: the field is a thousand characters wide.
            draft.remarks = f"{said:<{REMARKS_SIZE}}{more.rstrip()}"
            remarks.mine(draft, draft.remarks, problems)
        else:
            self._join_loosely(draft, said, more, problems)

    def _cut(self, draft: Draft, said: str, problems: Problems) -> None:
        missing = "its continuation is not published" if self._has_comments else "the comments file is not in the set"
        problems.add(
            "remark-cut",
            f"the remarks of {draft.uid} end after {REMARKS_SIZE} characters and {missing}; the last part is not read",
            grade=Grade.PUBLISHED,
            line=draft.line,
            node=draft.uid,
            text="…" + said[-80:],
            mend="" if self._has_comments else "import sdn_comments.csv of the same day with the set",
        )

    @staticmethod
    def _join_loosely(draft: Draft, said: str, more: str, problems: Problems) -> None:
        """Join a continuation to remarks that were not cut at the field's end: what meets is not read."""
        complete = not said or said.endswith(".")
        problems.add(
            "remark-joint",
            f"the remarks of {draft.uid} have {len(said)} characters and a continuation; what meets there is not read",
            grade=Grade.PUBLISHED,
            line=draft.line,
            node=draft.uid,
            text=f"{said[-60:]} | {more[:60]}",
            expected=f"{REMARKS_SIZE} characters before a continuation",
        )
        draft.remarks = f"{said}\n{more.rstrip()}".strip()
        remarks.mine(draft, said, problems, cut_at_end=not complete)
        _, _, rest = more.rstrip().partition("; ")
        if rest:
            remarks.mine(draft, rest, problems)

    def _unreadable(self, row: Row, role: str, problems: Problems) -> None:
        """Make a listing of a row that cannot be read: its name as far as it can be told, and all of its text."""
        self._lost(row, role, problems)
        main = role == "sdn"
        at = 1 if main else 3
        cells = readable_cells(row.raw)
        name = cells[at] if len(cells) > at and any(sign.isalpha() for sign in cells[at]) else ""
        text = readable_text(row.raw)
        draft = Draft.of_text(row.uid or f"line-{row.line}", name or text, row.raw, row.line)
        draft.alias(text, NameQuality.STRONG)
        self._set_aside(draft, draft.uid if main and row.uid else f"{'' if main else 'alt-'}line-{row.line}")
        if not main and name and row.uid in self._rows:
            self._alts.setdefault(row.uid, []).append(Name(name, NameQuality.STRONG))

    def _set_aside(self, draft: Draft, uid: str) -> None:
        """File an unreadable listing under an id of its own: pieces of one line are numbered."""
        number = 1
        draft.uid = uid
        while draft.uid in self._unread:
            number += 1
            draft.uid = f"{uid}-{number}"
        self._unread[draft.uid] = draft

    def _orphan(self, row: Row, name: str, problems: Problems) -> None:
        problems.add(
            "orphan-row",
            f"an alias of {row.uid}, who is not in the main file; it is screened as a listing of its own",
            grade=Grade.ROW,
            line=row.line,
            node=row.uid,
            text=name,
            expected="a row of the main file with this ent_num",
            mend="download all files of the set again; they may be of different days",
        )
        draft = Draft(row.uid, name, row.line)
        draft.unread = True
        self._unread[row.uid] = draft

    @staticmethod
    def _lost(row: Row, role: str, problems: Problems) -> None:
        wrong = row.wrong or f"{row.uid} is not in the main file"
        problems.add(
            "bad-row" if row.wrong else "orphan-row",
            f"a row of the {role} file could not be used: {wrong}",
            grade=Grade.ROW,
            line=row.line,
            node=row.uid,
            text=row.raw or " ".join(cell for cell in row.cells if cell),
            expected=f"{COLUMNS[role]} columns: {', '.join(NAMES[role])}",
            mend="download the file again; until then the text of the row is screened" if row.wrong else "",
        )
