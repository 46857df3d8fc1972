"""What reports are made from: decisions that hold or reject and still stand, the ledger, what was filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interdiction.engine.reporting import REPORTED, view
from interdiction.ledger import book
from interdiction.reports.facts import State

if TYPE_CHECKING:
    from interdiction.enforcement import Policy
    from interdiction.engine.home import Home


def state_of(home: Home, policy: Policy) -> State:
    """Give what reports are made from, in one view. Raises as `Home.reading` does."""
    with home.reading() as reader:
        decisions, books = view(reader, home)
        held = book(books.entries())
        named = {one.decision for one in held}
        records = [one for result in REPORTED for one in decisions.records(result=result, last=True)]
        present = {one.id for one in records}
        records += [decisions.get(int(id_.partition("-")[2])) for id_ in sorted(named - present)]
        inputs = {one.number: decisions.run(one.run).input for one in records}
        chains = {one.number: decisions.chain(one.number)[:-1] for one in records if one.follows is not None}
        receipts = books.receipts()
        filings = books.filings()
    return State(
        institution=policy.institution.name,
        laws=frozenset({policy.institution.kind}),
        records=tuple(sorted(records, key=lambda one: one.number)),
        inputs=inputs,
        held=tuple(held),
        filings=tuple(filings),
        filed=frozenset(one.filing for one in receipts),
        before={number: frozenset(one.id for one in chain) for number, chain in chains.items()},
    )
