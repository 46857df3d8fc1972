"""What the ledger holds, shown: open items, one property with its life, balances."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import DEFAULT_HOME, HomeOption, JsonOption, day, envelope, line, now, reported, table
from interdiction.cli.money import CurrencyOption, RateOption, exchange_rates

if TYPE_CHECKING:
    from datetime import date

    from interdiction.ledger import Held
    from interdiction.model import Entry
    from interdiction.reports.reconcile import Finding

AsAtOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="At the end of that day; now without.", show_default=False)
]


def moved(entry: Entry) -> str:
    """Say what an entry moves: `1,000.00 USD origin → blocked`."""
    if not entry.postings:
        return ""
    out_of, into = entry.postings
    if into.amount < 0:
        out_of, into = into, out_of
    return f"{into.amount:,} {into.unit} {out_of.heading.value} → {into.heading.value}"


def show(
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="B-3, with its whole life.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what is no longer held.")] = False,
    on: AsAtOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show what is held, one line each, or one property with every entry."""
    with reported(json):
        from interdiction.engine.blocked import books, one_of
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of
        from interdiction.ledger import book, due, standing

        at, until = now(), day(on, "--on")
        with books(Home.open(home)) as stored:
            found = book(stored.entries())
        if id_ is not None:
            found = [one_of(found, number_of(id_, "B"))]
        elif not every:
            found = standing(found, until)
        if json:
            items = [
                {"id": one.id, "balance": one.balance(until), "interest_due": due(one, until or at.date()), "held": one}
                for one in found
            ]
            envelope("interdict.ledger.show/1", until, (), items)
            return
        if id_ is not None:
            _life(found[0], until, at.date())
            return
        table(
            ("id", "blocked on", "held", "unit", "who is meant", "what", "decision"),
            [
                (
                    one.id,
                    one.what.blocked_on,
                    f"{one.balance(until):,}",
                    one.what.unit,
                    "; ".join(target.name for target in one.what.targets),
                    one.what.description,
                    one.decision,
                )
                for one in found
            ],
        )


def _life(held: Held, until: date | None, today: date) -> None:
    from interdiction.ledger import due

    what = held.what
    line(f"{held.id}  {what.kind.value}, {what.description}", "bold")
    for target in what.targets:
        line(f"  {target.listing} {target.name}: {', '.join(target.programmes)} ({target.authority})")
    for name, text in (("owner", what.owner), ("account", what.account), ("location", what.location)):
        if text:
            line(f"  {name}: {text}")
    line("")
    for entry in held.entries:
        named = ", ".join(filter(None, (entry.authority, f"licence {entry.licence}" if entry.licence else "")))
        line(f"E-{entry.number}  {entry.on}  {entry.step.value:<10} {moved(entry)}")
        line(f"      {entry.by}, {entry.at:%Y-%m-%d %H:%M} UTC: {entry.why} [{named}; {entry.decision}]", "dim")
    line("")
    line(f"held {held.balance(until):,} {what.unit}; interest due and not posted {due(held, until or today):,}")


def balance(
    on: AsAtOption = None,
    currency: CurrencyOption = "",
    rate: RateOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Show the balance of every account by unit; with a currency and rates, what is held in it."""
    with reported(json):
        from interdiction.engine.blocked import books
        from interdiction.engine.home import Home
        from interdiction.ledger import balances, book, standing, valued

        until = day(on, "--on")
        with books(Home.open(home)) as stored:
            entries = stored.entries()
        found = balances(entries, until)
        items = standing(book(entries), until)
        rates = exchange_rates(rate or [], currency, until or now().date())
        worth = [valued(one, until or now().date(), currency, rates) for one in items] if currency else []
        if json:
            result = {"balances": found, "items": len(items), "worth": worth}
            envelope("interdict.ledger.balance/1", until, (), result)
            return
        rows = [(unit, heading.value, f"{amount:,}") for unit, of in found.items() for heading, amount in of.items()]
        table(("unit", "account", "balance"), rows)
        line(f"{len(items)} open {'item' if len(items) == 1 else 'items'}")
        if currency:
            from interdiction.ledger import total

            unknown = sorted({one.unit for one in worth if one.worth is None})
            line(f"worth {total(one.worth for one in worth if one.worth is not None):,} {currency}")
            if unknown:
                line(f"without {', '.join(unknown)}: no rate was stated, add --rate {unknown[0]}=RATE")


def findings(home: Path, until: date) -> list[Finding]:
    """Give everything in which decisions, ledger and reports of a home do not fit at the end of a day."""
    from interdiction.cli.report import state_at
    from interdiction.engine.home import Home
    from interdiction.engine.reporting import view
    from interdiction.reports.reconcile import Kept
    from interdiction.reports.reconcile import reconcile as held_against

    opened = Home.open(home)
    with opened.reading() as reader:
        decisions, books = view(reader, opened)
        entries = books.entries()
        named = sorted({int(entry.decision.partition("-")[2]) for entry in entries})
        kept = Kept(
            entries=tuple(entries),
            broken=(*(("decision", *one) for one in decisions.broken()), *books.broken()),
            runs=tuple(decisions.runs()),
            followed=frozenset(f"D-{number}" for number in named if decisions.following(number) is not None),
        )
    return held_against(state_at(home), kept, until)


def reconcile(
    on: AsAtOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Hold decisions, ledger and reports against each other. Leaves with 1 where any two differ, and names each."""
    with reported(json):
        from interdiction.reports.reconcile import Grade, of_grade

        until = day(on, "--on") or now().date()
        found = findings(home, until)
        differing = of_grade(found, Grade.DIFFERS)
        if json:
            envelope("interdict.ledger.reconcile/1", until, (), found)
        else:
            for one in found:
                line(f"{one.grade.value.upper():<7} {one.subject}: {one.says} ({one.code})")
                line(f"        mend: {one.mend}", "dim")
            waiting = len(found) - len(differing)
            says = f"{len(differing)} differences" if differing else "Decisions, ledger and reports agree"
            line(f"{says} on {until}; {waiting} {'thing' if waiting == 1 else 'things'} still to be done", "bold")
        raise typer.Exit(int(bool(differing)))
