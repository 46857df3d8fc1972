"""GLEIF relationship records (RR-CDF), the concatenated XML and the golden copy CSV: who consolidates whom.

Consolidation says control, and not what share: the record gives a stake in control and one of unknown size, unless it
states a percentage. A branch is its head office. A fund's manager is a tie, not an owner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from lxml import etree

from interdiction.errors import TableError
from interdiction.model import Identifier, PartialDate
from interdiction.model.ownership import Share, Stake, StakeKind
from interdiction.ownership.readers.draft import Draft, party_of
from interdiction.ownership.register import Register
from interdiction.tables import Sheet

START: Final = "Relationship.StartNode.NodeID"
_END: Final = "Relationship.EndNode.NodeID"
_TYPE: Final = "Relationship.RelationshipType"
_STATUS: Final = "Relationship.RelationshipStatus"
_REGISTERED: Final = "Registration.RegistrationStatus"
_GONE: Final = frozenset({"ANNULLED", "DUPLICATE", "ERRONEOUS"})
_PERIODS: Final = range(1, 6)


def read_rows(sheet: Sheet, source: str) -> Register:
    """Read the golden copy's CSV."""
    names = {text: f"c{at}" for at, text in enumerate(sheet.header)}
    columns = {text: sheet.cells[name].to_list() for text, name in names.items() if text.startswith(("Relat", "Regis"))}
    lines = sheet.cells["row"].to_list()
    records = ((line, {text: several[at] or "" for text, several in columns.items()}) for at, line in enumerate(lines))
    return _read(records, sheet.file, source)


def read_xml(path: Path, source: str) -> Register:
    """Read the concatenated XML as a stream, without entities or network. Raises `TableError` (`not-xml`)."""
    try:
        return _read(_elements(path), path.name, source)
    except etree.XMLSyntaxError as error:
        raise TableError(
            f"the XML cannot be read: {error.msg}", where=path.name, code="not-xml", mend="download the file again"
        ) from error


def _elements(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    walk = etree.iterparse(str(path), tag="{*}RelationshipRecord", resolve_entities=False, no_network=True)
    for _, element in walk:
        said: dict[str, str] = {}
        _flat(element, "", said)
        yield element.sourceline or 0, said
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _flat(element: etree._Element, path: str, into: dict[str, str]) -> None:
    """Lay an element out under the names that the CSV has for its parts."""
    periods = 0
    for child in element:
        name = etree.QName(child).localname
        if name in {"RelationshipPeriods", "RelationshipQuantifiers"}:
            short = "Period" if name == "RelationshipPeriods" else "Quantifiers"
            for number, one in enumerate(child, start=1):
                _flat(one, f"{path}{short}.{number}.", into)
            periods += 1
        elif len(child):
            _flat(child, f"{path}{name}.", into)
        else:
            into[f"{path}{name}"] = (child.text or "").strip()


def _read(records: Iterable[tuple[int, Mapping[str, str]]], file: str, source: str) -> Register:
    draft = Draft(file, source)
    for line, said in records:
        if said.get(_REGISTERED, "") in _GONE:
            continue
        child, parent = said.get(START, ""), said.get(_END, "")
        begins, ends = _period(draft, said, line)
        if said.get(_STATUS) == "INACTIVE" and ends is None:
            continue
        for owner, owned, kind, share in _meaning(draft, said, child, parent, line):
            for lei in (owner, owned):
                draft.party(draft.key(lei), party_of([], identifiers=[Identifier("lei", lei)]))
            word = said.get(_TYPE, "")
            direct = "ULTIMATELY" not in word
            draft.stake(
                Stake(
                    draft.key(owner),
                    draft.key(owned),
                    kind,
                    share,
                    begins,
                    ends,
                    direct=direct,
                    note=word,
                    source=source,
                    line=line,
                )
            )
    return draft.register()


def _meaning(
    draft: Draft, said: Mapping[str, str], child: str, parent: str, line: int
) -> Iterator[tuple[str, str, StakeKind, Share]]:
    word = said.get(_TYPE, "")
    if "CONSOLIDATED_BY" in word:
        yield parent, child, StakeKind.CONTROL, Share()
        yield parent, child, StakeKind.SHARES, _quantified(draft, said, line)
    elif word == "IS_INTERNATIONAL_BRANCH_OF":
        yield parent, child, StakeKind.SHARES, Share.parse("100")
    elif word == "IS_FEEDER_TO":
        yield child, parent, StakeKind.SHARES, Share()
    elif word == "IS_SUBFUND_OF":
        yield parent, child, StakeKind.UNKNOWN, Share()
    elif word == "IS_FUND-MANAGED_BY":
        yield parent, child, StakeKind.OTHER, Share()
    else:
        draft.problem(
            "relationship-type",
            "nobody knows what this relationship says; it may be ownership or control",
            line=line,
            node=_TYPE,
            text=word,
        )
        yield parent, child, StakeKind.UNKNOWN, Share()


def _quantified(draft: Draft, said: Mapping[str, str], line: int) -> Share:
    for number in _PERIODS:
        amount = said.get(f"Relationship.Quantifiers.{number}.QuantifierAmount", "")
        if amount and said.get(f"Relationship.Quantifiers.{number}.QuantifierUnits", "").startswith("PERCENT"):
            return draft.share(amount, line=line, node="QuantifierAmount")
    return Share()


def _period(draft: Draft, said: Mapping[str, str], line: int) -> tuple[PartialDate | None, PartialDate | None]:
    for number in _PERIODS:
        if (
            said.get(f"Relationship.Period.{number}.periodType", said.get(f"Relationship.Period.{number}.PeriodType"))
            == "RELATIONSHIP_PERIOD"
        ):
            names = (f"Relationship.Period.{number}.", "startDate", "endDate")
            begins = said.get(names[0] + "startDate") or said.get(names[0] + "StartDate") or ""
            ends = said.get(names[0] + "endDate") or said.get(names[0] + "EndDate") or ""
            return (
                draft.day(begins[:10], line=line, node="startDate"),
                draft.day(ends[:10], line=line, node="endDate"),
            )
    return None, None
