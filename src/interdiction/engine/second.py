"""The second part of the worked example: the announcement, the thirteen, the law beyond names, owners, what is owed.

It is told in a home of its own inside that of the story, so that the story's home stays an ordinary one with one list.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import msgspec

from interdiction import payments as payment_files
from interdiction.announcements.patterns import load_patterns
from interdiction.enforcement import Policy
from interdiction.engine import decide
from interdiction.engine.announcing import drafts, read_texts
from interdiction.engine.blocked import Given, open_property
from interdiction.engine.force import Force
from interdiction.engine.hall import Engine
from interdiction.engine.home import Home
from interdiction.engine.legal_cases import ORDER, Case, law_home, tell_cases
from interdiction.engine.owners import owners_of
from interdiction.engine.records import recording
from interdiction.engine.story import BEFORE, Story
from interdiction.ledger.steps import Act
from interdiction.model import Asked, Consequence, Disposition, Outcome, Party
from interdiction.model.order import DraftOrder
from interdiction.ownership.picture import picture
from interdiction.ownership.proof import Proof

OFFICER: Final = "A. Officer"
OTHERS: Final = ("eu", "un")
"""Institutions that the order does not bind by their own law."""
COMPANY: Final = "Halcyon Reef Shipping Ltd"
PICTURE: Final = "owners.svg"


class Meant(msgspec.Struct, frozen=True):
    """One of the thirteen: what happens to a customer who is it, once confirmed, the day before and on the day."""

    listing: str
    name: str
    before: Consequence
    after: Consequence
    elsewhere: tuple[tuple[str, Consequence], ...]
    """At an institution of another law, on the day."""


class Second(msgspec.Struct, frozen=True):
    """Everything the second part shows. `kept` counts the payments blocked, and those of them in the ledger."""

    home: str
    announcement: DraftOrder
    meant: tuple[Meant, ...]
    cases: tuple[Case, ...]
    owned: Proof
    picture: str
    blocked: int
    entered: int


def tell_second(story: Story, at: datetime) -> Second:
    """Tell the second part in the home that the first one made."""
    folder = Path(story.home)
    home = law_home(folder, at)
    example = folder / "example"
    with Engine.open(home.path) as engine:
        force = engine.force(ORDER)
        (announced,) = drafts(
            read_texts([example / "announcement.txt"], patterns := load_patterns(None)), patterns, engine, as_of=ORDER
        )
        meant = _meant(engine, force, engine.force(BEFORE, lists=frozenset({"ofac-sdn"})), _thirteen(story))
        cases = tell_cases(engine, engine.force(), example / "law", at)
        proof = _owned(engine, force)
        drawn = folder / "results" / PICTURE
        drawn.write_text(picture(proof), encoding="utf-8")
        blocked, entered = _kept(home, engine, force, story, at)
    return Second(str(home.path), announced, meant, tuple(cases), proof, PICTURE, blocked, entered)


def _thirteen(story: Story) -> list[str]:
    return [one.listing for one in (*story.changes.result.added, *story.changes.result.amended)]


def _meant(engine: Engine, force: Force, before: Force, thirteen: Sequence[str]) -> tuple[Meant, ...]:
    """Ask, for each listing, what becomes of a customer who is that party and whom an officer has confirmed."""
    listings = [force.listings.listing(force.screener.index.party(key)) for key in thirteen]
    parties = [msgspec.structs.replace(one.party, id=one.id) for one in listings]
    was = _consequences(engine.policy, before, parties, BEFORE)
    now = _consequences(engine.policy, force, parties, ORDER)
    others = {kind: _consequences(engine.policy.for_institution(kind), force, parties, ORDER) for kind in OTHERS}
    return tuple(
        Meant(one.id, one.party.primary_name, was[at], now[at], tuple((kind, others[kind][at]) for kind in OTHERS))
        for at, one in enumerate(listings)
    )


def _consequences(policy: Policy, force: Force, parties: Sequence[Party], on: date) -> list[Consequence]:
    """Give what becomes of each party, named by its listing, when an officer has confirmed that it is that one."""
    return [
        decide.customer(
            force,
            policy,
            party.id or "",
            [hit for hit in screened.hits if hit.listing == party.id],
            on=on,
            judged={party.id or "": (Outcome.TRUE, OFFICER)},
        ).consequence
        for party, screened in zip(parties, force.screener.screen(parties), strict=True)
    ]


def _owned(engine: Engine, force: Force) -> Proof:
    owners = owners_of(engine, force, as_of=ORDER)
    assert owners is not None
    (party,) = owners.find(COMPANY)
    proof = owners.proof(party, "us")
    assert proof is not None
    return proof


def _kept(home: Home, engine: Engine, force: Force, story: Story, at: datetime) -> tuple[int, int]:
    """Keep the decisions on the story's payments, and take what they block into the ledger."""
    path = Path(story.home) / "example" / "payments.csv"
    found, _ = payment_files.read(path)
    by_id = {one.payment: one for one in story.decisions}
    with recording(
        home, path, command="pay", at=at, on=ORDER, asked=Asked(), force=force, policy=engine.policy
    ) as recorder:
        for place, one in enumerate(found):
            recorder.payment(place, one, by_id[one.id])
        recorder.end(read=len(found), screened=len(story.decisions))
    stopped = [
        number
        for number, one in zip(recorder.numbers, found, strict=True)
        if by_id[one.id].disposition is Disposition.BLOCK
    ]
    act = Act(on=ORDER, at=at, by=OFFICER, why="blocked on the day of the order")
    entered = [open_property(home, number, Given(), act, regime="us") for number in stopped]
    return len(stopped), len(entered)
