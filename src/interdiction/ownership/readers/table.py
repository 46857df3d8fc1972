"""Stakes in any table: owner and owned by name or id, what is held, how much, from when to when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from interdiction.errors import TableError
from interdiction.model import Grade, Identifier
from interdiction.model.ownership import Share, Stake, StakeKind
from interdiction.ownership.readers.draft import Draft, party_of
from interdiction.ownership.register import Register
from interdiction.tables import Sheet, read_sheet, words
from interdiction.tables.columns import chosen_places, plain

_ENDS: Final = {
    "owner": ("owner", "shareholder", "holder", "parent", "interested_party", "owner_name", "shareholder_name"),
    "owned": ("owned", "company", "subsidiary", "asset", "subject", "entity", "owned_name", "company_name", "held"),
}
_ABOUT: Final = ("id", "kind", "country", "nationality", "born", "identifiers", "lei", "registration")
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    **_ENDS,
    **{
        f"{end}_{about}": tuple(f"{word}_{about}" for word in several)
        for end, several in _ENDS.items()
        for about in _ABOUT
    },
    "kind": ("kind", "interest", "stake", "type", "interest_type", "nature_of_control", "natures_of_control"),
    "share": ("share", "percentage", "percent", "share_percent", "ownership_percentage", "holding", "stake_percent"),
    "share_min": ("share_min", "min_share", "minimum", "from_percent"),
    "share_max": ("share_max", "max_share", "maximum", "to_percent"),
    "from": ("from", "start", "start_date", "since", "begins", "valid_from"),
    "to": ("to", "end", "end_date", "until", "ends", "valid_to"),
    "direct": ("direct", "direct_or_indirect", "directness"),
    "joint": ("joint", "joint_arrangement", "jointly"),
    "nominee": ("nominee", "as_nominee"),
    "lot": ("lot", "share_class", "class"),
    "note": ("note", "remark", "remarks", "comment"),
}
"""Field to the headers that mean it, in the form that `tables.columns.plain` gives."""

_KINDS: Final = {
    StakeKind.SHARES: "shares share shareholding shareholder equity ownership owner capital proprietary owns",
    StakeKind.VOTES: "votes vote voting voting_rights voting_right",
    StakeKind.APPOINT: "appoint board board_seats appointment_of_board right_to_appoint appoints_directors",
    StakeKind.CONTROL: "control controls controlled_by influence influence_or_control significant_influence_or_control "
    "dominant_influence other_influence_or_control",
    StakeKind.OTHER: "other director officer board_member chair manager family relative spouse agent acts_for "
    "acting_for works_for employee associate linked_to leader signatory representative none",
    StakeKind.UNKNOWN: "unknown unknown_interest not_stated",
}
_KIND: Final = {word: kind for kind, several in _KINDS.items() for word in several.split()}
_MAJORITY: Final = frozenset({"appoint_majority", "board_majority", "right_to_appoint_and_remove_directors"})
_PHRASE: Final = re.compile(r"(ownership_of_shares|voting_rights|right_to_share_surplus_assets)_(\d+)_to_(\d+)_percent")
"""The natures of control of a British company register: over 25 to 50, over 50 to under 75, 75 to 100."""
_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"", "no", "n", "false", "0"})
_INDIRECT: Final = frozenset({"indirect", "no", "n", "false", "0", "unknown"})


def read_table(path: Path, source: str, chosen: Mapping[str, str] | None = None) -> Register:
    """Read the stakes of a table; `chosen` maps a field to the file's own header.

    Raises `TableError` (`no-stakes`) where no column says who owns or who is owned, and what `read_sheet` raises.
    """
    return stakes_in(read_sheet(path), source, chosen)


def stakes_in(sheet: Sheet, source: str, chosen: Mapping[str, str] | None = None) -> Register:
    """Read the stakes of a sheet as `read_table` does."""
    places = _places(sheet, chosen or {})
    draft = Draft(sheet.file, source)
    draft.problems += sheet.problems
    columns = {field: sheet.cells[f"c{several[0]}"].to_list() for field, several in places.items()}
    rows = sheet.cells["row"].to_list()
    fractions = _as_fractions(draft, columns)
    for at, line in enumerate(rows):
        cells = {field: several[at] or "" for field, several in columns.items()}
        if fractions:
            cells |= dict.fromkeys(("share", "share_min", "share_max"), "")
        _row(draft, cells, line)
    return draft.register()


def _places(sheet: Sheet, chosen: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    places = chosen_places(sheet.header, chosen, FIELDS, sheet.file)
    taken = {at for several in places.values() for at in several}
    for at, text in enumerate(sheet.header):
        field = next((name for name, headers in FIELDS.items() if plain(text) in headers), None)
        if field is not None and field not in places and at not in taken:
            places[field] = (at,)
    for end in _ENDS:
        if places.keys().isdisjoint({end, f"{end}_id", f"{end}_lei"}):
            raise TableError(
                f"no column says who {'owns' if end == 'owner' else 'is owned'}",
                where=sheet.file,
                code="no-stakes",
                mend=f"say which one does: --column {end}=HEADER",
            )
    return places


def _as_fractions(draft: Draft, columns: Mapping[str, list[str | None]]) -> bool:
    """Tell whether the shares look like parts of one, not of a hundred: which they are then nobody can say."""
    said = {text for field in ("share", "share_min", "share_max") for text in columns.get(field, ()) if text}
    plainly = [
        float(text.replace(",", ".")) for text in said if re.fullmatch(r"[01]?(?:[.,]\d+)?", text) and text != "."
    ]
    if len(plainly) < len(said) or not any(0 < number < 1 for number in plainly) or len(said) < 2:
        return False
    draft.problem(
        "share-scale",
        "no share is over 1: whether they are parts of one or percentages cannot be told, so each counts as unknown",
        grade=Grade.FILE,
        node="share",
        expected="percentages from 0 to 100",
        mend="write 50 or 50 % for a half",
    )
    return True


def _row(draft: Draft, cells: Mapping[str, str], line: int) -> None:
    owner, owned = (_party(draft, cells, end, line) for end in _ENDS)
    whole = _share(draft, cells, line)
    joint = cells.get("joint", "").strip()
    begins = draft.day(cells.get("from", ""), line=line, node="from")
    ends = draft.day(cells.get("to", ""), line=line, node="to")
    for text in re.split(r"\s*[;|]\s*", cells.get("kind", "")):
        kind, share = _kind(draft, text, whole, line)
        draft.stake(
            Stake(
                owner=owner,
                owned=owned,
                kind=kind,
                share=share,
                begins=begins,
                ends=ends,
                direct=plain(cells.get("direct", "")) not in _INDIRECT,
                joint="" if joint.casefold() in _NO else "jointly" if joint.casefold() in _YES else joint,
                nominee=cells.get("nominee", "").casefold() not in _NO,
                lot=cells.get("lot", ""),
                note=" ".join(
                    filter(None, (text if kind in {StakeKind.OTHER, StakeKind.UNKNOWN} else "", cells.get("note", "")))
                ),
                source=draft.source,
                line=line,
            )
        )


def _party(draft: Draft, cells: Mapping[str, str], end: str, line: int) -> str:
    name = cells.get(end, "")
    key = draft.key(cells.get(f"{end}_id", "") or cells.get(f"{end}_lei", ""), name)
    if not key or key in draft.parties:
        return key
    numbers = [
        Identifier(kind, cells[f"{end}_{kind}"]) for kind in ("lei", "registration") if cells.get(f"{end}_{kind}")
    ]
    numbers += [Identifier.parse(text) for text in words.identifiers(cells.get(f"{end}_identifiers", "")).values]
    said = words.kind(cells.get(f"{end}_kind", ""))
    if said.code:
        draft.problem(
            said.code, said.message, line=line, node=f"{end}_kind", text=cells[f"{end}_kind"], expected=said.expected
        )
    party = party_of(
        [name] if name else [],
        kind=said.values[0] if said.values else None,
        births=words.born(cells[f"{end}_born"]).values if cells.get(f"{end}_born") else (),
        nationalities=words.country(cells.get(f"{end}_nationality", "")).values,
        lands=words.country(cells.get(f"{end}_country", "")).values,
        identifiers=numbers,
    )
    draft.party(key, party)
    return key


def _share(draft: Draft, cells: Mapping[str, str], line: int) -> Share:
    if cells.get("share"):
        return draft.share(cells["share"], line=line, node="share")
    low, high = cells.get("share_min", ""), cells.get("share_max", "")
    if low or high:
        return draft.share(f"{low or 0} - {high or 100}", line=line, node="share_min")
    return Share()


def _kind(draft: Draft, text: str, share: Share, line: int) -> tuple[StakeKind, Share]:
    word = plain(text)
    if not word:
        return (StakeKind.SHARES if share.known else StakeKind.UNKNOWN), share
    if word in _MAJORITY or word.startswith("right_to_appoint_and_remove_directors"):
        return StakeKind.APPOINT, Share.parse("more than 50")
    phrase = _PHRASE.match(word)
    if phrase is not None:
        ends = {"25": "(25, 50]", "50": "(50, 75)", "75": "[75, 100]"}.get(phrase[2], f"[{phrase[2]}, {phrase[3]}]")
        kinds = {"ownership_of_shares": StakeKind.SHARES, "voting_rights": StakeKind.VOTES}
        return kinds.get(phrase[1], StakeKind.UNKNOWN), Share.parse(ends)
    if word.startswith("significant_influence_or_control"):
        return StakeKind.CONTROL, share
    if word not in _KIND:
        draft.problem(
            "stake-kind",
            "nobody knows what this says of the holding; it may be ownership or control",
            line=line,
            node="kind",
            text=text,
            expected=", ".join(kind.value for kind in StakeKind),
        )
        return StakeKind.UNKNOWN, share
    return _KIND[word], share
