"""Keeps what people say of two listings, one party or two, and refuses what contradicts itself.

What was said outlives every clustering: clusters are derived anew for each build, with these words before the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.errors import UsageError
from interdiction.lists.clusters import contradiction, standing
from interdiction.model import Pairing, PairVerdict
from interdiction.model.signed import require_signed

_MEND_ID = "write LIST:UID of a listing that is or was here, such as un:690735"


def judge(
    home: Home,
    first: str,
    second: str,
    verdict: PairVerdict,
    *,
    by: str,
    why: str,
    at: datetime,
    timeout: float = WAIT_SECONDS,
) -> Pairing:
    """Record what somebody says of two listings.

    Raises `UsageError`: `by-required`, `why-required`, `listing-id` and `unknown-listing` for what is no
    listing, `same-listing`, `pairing` where it contradicts what was said before, `nothing-said` where there is
    nothing to withdraw. `NoListError` and `HomeError` as ever.
    """
    require_signed("what is said of two listings", by, why)
    one, other = sorted((first.strip(), second.strip()))
    if one == other:
        raise UsageError(f"{one} is one listing", where="ID", mend="name two listings", code="same-listing")
    from interdiction.store import pairings

    with home.writing(timeout) as database:
        with home.reading() as reader:
            for text in (one, other):
                key, colon, uid = text.partition(":")
                if not (colon and key and uid):
                    raise UsageError(f"not a listing: {text!r}", where="ID", mend=_MEND_ID, code="listing-id")
                if not reader.history(key, uid):
                    raise UsageError(
                        f"{text} was never listed in an edition that is here",
                        where="ID",
                        mend=_MEND_ID,
                        code="unknown-listing",
                    )
            known = reader.pairings()
        said = Pairing(one, other, verdict, by.strip(), why.strip(), at)
        _refuse_contradiction(known, said)
        home.forget_index()
        with database.transaction() as connection:
            pairings.insert(connection, said)
    return said


def _refuse_contradiction(known: Iterable[Pairing], said: Pairing) -> None:
    before = standing(known)
    if said.verdict is PairVerdict.WITHDRAWN:
        if (said.one, said.other) not in before:
            raise UsageError(
                f"nothing was said of {said.one} and {said.other}",
                where="ID",
                mend="`interdict lists pairs` tells what was",
                code="nothing-said",
            )
        return
    against = contradiction({**before, (said.one, said.other): said}.values())
    if against is not None:
        raise UsageError(
            f"{against.one} and {against.other} were said to be two parties ({against.by}: {against.why}), and what is "
            "said to be one would hold both",
            where="ID",
            mend="withdraw one of the two first: --undo",
            code="pairing",
        )


def said(home: Home) -> list[Pairing]:
    """Give everything that was said of pairs of listings, in its order. Raises `NoListError` for an empty home."""
    with home.reading() as reader:
        return reader.pairings()
