"""What readers of entries share: the namespace checked, each entry filed under its id, what is wrong with it told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from interdiction.errors import ListFileError, PartyError
from interdiction.lists.readers import xml_stream
from interdiction.lists.readers.draft import Draft, add_unique
from interdiction.lists.readers.ofac_party import KINDS
from interdiction.lists.readers.reading import ListFile, Problems
from interdiction.lists.readers.xml_stream import Piece
from interdiction.model import Grade


def open_document(file: ListFile, namespaces: Sequence[str]) -> str:
    """Give the namespace of a document.

    Raises `ListFileError` as `xml_stream.root_of` does, and `unknown-namespace` for one that is not among these.
    """
    namespace = xml_stream.root_of(file).namespace
    if namespace not in namespaces:
        raise ListFileError(
            f"unknown namespace {namespace!r}",
            code="unknown-namespace",
            where=file.name,
            mend=f"known: {', '.join(map(repr, namespaces))}; a new one needs a look at the schema first",
        )
    return namespace


def without_entries(file: ListFile) -> ListFileError:
    """Make the refusal of a document that holds no entry."""
    return ListFileError("no entry in the file", code="empty", where=file.name, mend="download it again")


def add_entry(drafts: dict[str, Draft], draft: Draft, piece: Piece, problems: Problems, what: str) -> None:
    """File an entry under its id. An id that stands for two entries is a problem; the names of both are kept."""
    if not add_unique(drafts, draft) and not piece.again:
        problems.add(
            "duplicate-id",
            f"{what} {draft.uid} stands for two entries; their names are kept under it",
            grade=Grade.ROW,
            line=piece.line,
            text=draft.primary,
            expected=f"one entry per {what}",
        )


def nameless(draft: Draft, uid: str, kind: str, node: str, problems: Problems) -> None:
    """Report an entry without an id, without a name, or of a kind that is not known."""
    if not draft.primary and draft.aliases:
        first = draft.aliases.pop(0)
        draft.primary, draft.own_parts = first.text, first.parts
    if not uid or not draft.primary:
        problems.add(
            "no-name" if uid else "no-uid",
            "an entry without a name" if uid else "an entry without an id",
            grade=Grade.ROW,
            line=draft.line,
            node=node,
            text=draft.primary,
        )
    if draft.kind is None:
        problems.add(
            "unknown-type",
            f"the kind {kind!r} is not known; the party is compared with all kinds",
            grade=Grade.ROW,
            line=draft.line,
            node=node,
            text=draft.primary,
            expected=", ".join(word for word in KINDS if word),
        )


def impossible(draft: Draft, error: PartyError, text: str, problems: Problems) -> None:
    """Report a date that no calendar has; the rest of the entry is used."""
    problems.add(
        "impossible-date",
        error.message,
        grade=Grade.PUBLISHED,
        line=draft.line,
        node=draft.uid,
        text=text,
        expected="a day that exists",
    )


def point_relations(drafts: Mapping[str, Draft], list_key: str) -> None:
    """Turn the uid that a tie states into the listing it means, where the file has it."""
    for draft in drafts.values():
        for at, one in enumerate(draft.relations):
            if one.listing is not None:
                here = one.listing in drafts
                draft.relations[at] = replace(one, listing=f"{list_key}:{one.listing}" if here else None)
