"""What every reader fills: stakes, the parties between which they stand, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from interdiction.errors import PartyError
from interdiction.model import Grade, Identifier, Kind, Name, PartialDate, Party, Problem
from interdiction.model.ownership import Share, Stake
from interdiction.names import countries
from interdiction.ownership.register import Register
from interdiction.tables import dates

_LEI: Final = re.compile(r"[0-9A-Z]{18}\d\d")
_LISTING: Final = re.compile(r"[a-z][a-z0-9-]*:\S+")
_TEXT: Final = 200
# A register says a handful of shares and days a million times.
_share = lru_cache(maxsize=10_000)(Share.parse)
_day = lru_cache(maxsize=10_000)(PartialDate.parse)


class Draft:
    """A register in the making. `source` names the file's origin and keeps its ids apart from those of others."""

    def __init__(self, file: str, source: str) -> None:
        self.file, self.source = file, source
        self.stakes: list[Stake] = []
        self.parties: dict[str, Party] = {}
        self.problems: list[Problem] = []

    def key(self, uid: str, name: str = "") -> str:
        """Give the id of a party in registers: LEIs and ids of listings are the world's, others their source's own.

        Without an id parties of one name are one.
        """
        uid = uid.strip()
        if _LEI.fullmatch(uid.upper()):
            return f"lei:{uid.upper()}"
        if _LISTING.fullmatch(uid):
            return uid
        if uid:
            return f"{self.source}#{uid}"
        said = " ".join(name.casefold().split())
        return f"name:{said}" if said else ""

    def party(self, key: str, party: Party) -> None:
        """Keep a party under its id; what is told of it twice is kept together by `Register.joined`."""
        if key and (key not in self.parties or len(party.names) > len(self.parties[key].names)):
            self.parties[key] = party

    def stake(self, one: Stake) -> None:
        """Keep a stake. One without anybody owned says nothing and is a problem."""
        if not one.owned:
            self.problem(
                "no-owned",
                "the row does not say of whom something is held",
                line=one.line,
                node="owned",
                expected="the party that is owned",
                mend="name it",
            )
            return
        self.stakes.append(one)

    def share(self, text: str, *, line: int, node: str) -> Share:
        """Read a share; what cannot be one is a problem, and the share is unknown."""
        try:
            return _share(text)
        except PartyError as error:
            self.problem(
                "share",
                f"{error.message}; the share counts as unknown",
                line=line,
                node=node,
                text=text,
                expected="a percentage from 0 to 100",
                mend=error.mend,
            )
            return Share()

    def day(self, text: str, *, line: int, node: str) -> PartialDate | None:
        """Read a date of a holding. One that cannot be read is a problem, and the holding counts as not dated there."""
        if not text.strip():
            return None
        try:
            return _day(text.strip()[:10] if "T" in text else text.strip())
        except PartyError:
            found = dates.read(text)
        if len(found.texts) == 1:
            return PartialDate.parse(found.texts[0])
        if found.texts:
            several = [PartialDate.parse(one) for one in found.texts]
            return PartialDate(min(one.first for one in several), max(one.last for one in several))
        self.problem(
            "date",
            "the date cannot be read; the holding counts as if none were stated",
            line=line,
            node=node,
            text=text,
            expected="2015-01-02, 2015-01 or 2015",
            mend="correct the date",
        )
        return None

    def problem(
        self,
        code: str,
        message: str,
        *,
        line: int = 0,
        node: str = "",
        text: str = "",
        expected: str = "",
        mend: str = "",
        grade: Grade = Grade.ROW,
    ) -> None:
        """Keep what was wrong beside the rest."""
        self.problems.append(
            Problem(
                code=code,
                message=message,
                grade=grade,
                file=self.file,
                line=line,
                node=node,
                text=text[:_TEXT],
                expected=expected,
                mend=mend,
            )
        )

    def register(self) -> Register:
        """Give what was read."""
        for one in self.stakes:
            for key in (one.owner, one.owned):
                if key and key not in self.parties:
                    self.problem(
                        "unknown-party",
                        "a stake names a party that the file does not describe",
                        line=one.line,
                        node=key,
                        expected="its name",
                        mend="import the file that has it",
                    )
                    self.parties[key] = _bare(key)
        return Register.keyed(self.stakes, self.parties, self.problems)


def _bare(key: str) -> Party:
    """Give a party of which only the id is known: an LEI identifies it, anything else names nobody."""
    if key.startswith("lei:"):
        return Party(id=key, identifiers=[Identifier("lei", key[4:])])
    return Party(id=key, names=[key[5:]] if key.startswith("name:") else [])


def party_of(
    names: Iterable[str],
    *,
    kind: str | Kind | None = None,
    births: Iterable[str] = (),
    nationalities: Iterable[str] = (),
    lands: Iterable[str] = (),
    identifiers: Iterable[Identifier] = (),
) -> Party:
    """Make a party of what a source states; a date or country that cannot be read is left out, never guessed."""
    days = []
    for text in births:
        try:
            days.append(PartialDate.parse(text[:10]))
        except PartyError:
            days += [PartialDate.parse(one) for one in dates.read(text).texts]
    return Party(
        kind=kind,
        names=[Name(text) for text in dict.fromkeys(" ".join(one.split()) for one in names) if text],
        birth_dates=days,
        nationalities=_codes(nationalities),
        countries=_codes(lands),
        identifiers=[one for one in identifiers if one.value.strip()],
    )


def _codes(lands: Iterable[str]) -> list[str]:
    # A jurisdiction may carry its region behind a hyphen: US-DE is Delaware.
    found = (countries.code(land) or countries.code(land.partition("-")[0]) for land in lands if land)
    return [code for code in dict.fromkeys(found) if code]
