"""The rules for cases of a home: its own file `cases.yml`, or the packaged one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from interdiction import approved
from interdiction.cases.rules import CaseRules, check
from interdiction.enforcement import document

FILE: Final = "cases.yml"


def rules_of(home: Path) -> tuple[CaseRules, bytes]:
    """Give the rules in force in a home, with the bytes they came from. Raises `DataError` that names the entry."""
    own = approved.own(home, FILE)
    return read_rules(document.given(own), str(own)) if own.is_file() else packaged_rules()


@cache
def packaged_rules() -> tuple[CaseRules, bytes]:
    """Give the rules of the package, with their bytes."""
    return read_rules(document.packaged(FILE), FILE)


def read_rules(raw: bytes, where: str) -> tuple[CaseRules, bytes]:
    """Read rules. Raises `DataError` that names the entry which is wrong."""
    return check(document.parse(raw, CaseRules, where), where), raw
