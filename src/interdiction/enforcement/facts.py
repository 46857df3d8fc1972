"""What a person has said about a payment beside who is who: what it is for, its tenor, which account it runs over.

A rule that depends on such a fact asks for it; without one the payment is held. The codes that a message bears are the
sender's own words, and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path

import msgspec

from interdiction.enforcement import document
from interdiction.errors import DataError, InputError
from interdiction.model import Outcome


class Transaction(StrEnum):
    """What a payment is for."""

    GOODS = "goods"
    SERVICES = "services"
    ARMS = "arms"
    OIL_PROJECT = "oil_project"
    DEBT = "debt"
    EQUITY = "equity"
    SECURITIES = "securities"
    INVESTMENT = "investment"
    PERSONAL = "personal"
    HUMANITARIAN = "humanitarian"
    DONATION = "donation"
    GOVERNMENT = "government"
    OTHER = "other"


class Facts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one person said of one payment. `by` is that person; what they left open stays unknown.

    `tenor_days` and `issued_on` are of the debt or equity paid for; `us_account` says whether the payment runs over a
    correspondent account in the United States; `terrorism_risk` whether a transfer from a government on the terrorism
    list poses the risk of 31 CFR 596.504(a)(2); `licence` is the one whose conditions they found to be met; `outcomes`
    say of listings whether it is them, and `why` in words; `proposed` are those that another person has to approve
    first, and count for nothing until then.
    """

    by: str
    transaction: Transaction | None = None
    tenor_days: int | None = None
    issued_on: date | None = None
    us_account: bool | None = None
    terrorism_risk: bool | None = None
    licence: str = ""
    outcomes: Mapping[str, Outcome] = {}
    why: str = ""
    proposed: Mapping[str, Outcome] = {}


NOTHING = Facts(by="")
"""Nobody has said anything."""


def read_facts(path: Path) -> dict[str, Facts]:
    """Read a YAML file of what persons said, by the id of the payment.

    Raises `InputError` (`said`) that names the entry which is wrong, also where nobody is named.
    """
    try:
        found = document.parse(document.given(path), dict[str, Facts], str(path))
    except DataError as error:
        raise InputError(error.message, where=error.where, mend=error.mend, code="said") from error
    for key, one in found.items():
        where = f"{path}, {key}"
        if not one.by.strip():
            raise InputError("nobody is named who says it", where=where, mend="write by: and a name", code="said")
        if one.tenor_days is not None and one.tenor_days < 0:
            raise InputError("a tenor is negative", where=where, mend="write a number of days", code="said")
    return found
