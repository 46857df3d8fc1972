"""`interdict ledger`: what is held for whom, entry by entry, and what may leave it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    ByOption,
    HomeOption,
    JsonOption,
    WhyOption,
    day,
    envelope,
    line,
    now,
    reported,
)
from interdiction.cli.ledger_views import balance, moved, reconcile, show
from interdiction.cli.money import AmountOption, CurrencyOption, amount_of, percent_rates

if TYPE_CHECKING:
    from interdiction.ledger import Held
    from interdiction.model import Entry

app = typer.Typer(help="The ledger of blocked property: double entry, each step with its decision and authority.")

OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="The value date; today without.", show_default=False)
]
AuthorityOption = Annotated[
    str, typer.Option("--authority", metavar="TEXT", help="The act, rule, order or schedule.", show_default=False)
]
LicenceOption = Annotated[str, typer.Option("--licence", metavar="NUMBER", show_default=False)]
AsksOption = Annotated[
    bool, typer.Option("--licence-asks-report", help="The licence itself asks for a report.", show_default=False)
]
ToOption = Annotated[str, typer.Option("--to", metavar="NAME", help="Who receives it.", show_default=False)]


class Doing(StrEnum):
    """What an entry may do, besides release and transfer."""

    OPEN = "open"
    CREDIT = "credit"
    TERMS = "terms"
    INTEREST = "interest"
    CHARGE = "charge"
    LICENSED = "licensed"
    CORRECTION = "correction"


class Kind(StrEnum):
    """What is held."""

    PAYMENT = "payment"
    ACCOUNT = "account"
    INSTRUMENT = "instrument"
    WALLET = "wallet"


class Days(StrEnum):
    """How days become parts of a year."""

    ACT_360 = "act/360"
    ACT_365 = "act/365"
    ACT_ACT = "act/act"
    THIRTY_360 = "30/360"


class Compound(StrEnum):
    """When interest begins to bear interest."""

    SIMPLE = "simple"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Why(StrEnum):
    """The ground on which property leaves."""

    LICENCE = "licence"
    DELISTING = "delisting"
    COMPLIANCE_RELEASE = "compliance-release"
    COURT_ORDER = "court-order"
    GOVERNMENT_ORDER = "government-order"
    INTERNAL_TRANSFER = "internal-transfer"
    OTHER = "other"


@app.command()
def post(
    id_: Annotated[str, typer.Argument(metavar="ID", help="D-12 to open, B-3 for the rest.", show_default=False)],
    by: ByOption,
    why: WhyOption,
    step: Annotated[
        Doing | None, typer.Option("--step", help="Open for a decision, else needed.", show_default=False)
    ] = None,
    amount: AmountOption = None,
    currency: CurrencyOption = "",
    on: OnOption = None,
    authority: AuthorityOption = "",
    licence: LicenceOption = "",
    licence_asks_report: AsksOption = False,
    to: ToOption = "",
    kind: Annotated[Kind | None, typer.Option("--kind", help="What is held.", show_default=False)] = None,
    account: Annotated[str, typer.Option("--account", metavar="NUMBER", show_default=False)] = "",
    location: Annotated[str, typer.Option("--location", metavar="TEXT", help="Where.", show_default=False)] = "",
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Whose it is.", show_default=False)] = "",
    description: Annotated[str, typer.Option("--description", metavar="TEXT", show_default=False)] = "",
    interest: Annotated[
        list[str] | None,
        typer.Option("--interest", metavar="PERCENT[@DATE]", help="A year, from a day on.", show_default=False),
    ] = None,
    day_count: Annotated[Days, typer.Option("--day-count")] = Days.ACT_365,
    compounding: Annotated[Compound, typer.Option("--compounding")] = Compound.SIMPLE,
    entry: Annotated[
        str, typer.Option("--entry", metavar="E-N", help="Of a correction: what it takes back.", show_default=False)
    ] = "",
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Make one entry: open property from a decision, or add to, charge, pay out of or correct what is held."""
    with reported(json):
        from interdiction.config import Config
        from interdiction.engine.blocked import Given, open_property
        from interdiction.engine.blocked import step as take
        from interdiction.engine.decide import policy_of
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of
        from interdiction.errors import UsageError
        from interdiction.ledger import steps
        from interdiction.model import Compounding, DayCount, PropertyKind, Terms

        at, opened = now(), Home.open(home)
        act = steps.Act(day(on, "--on") or at.date(), at, by, why, authority)
        rates = percent_rates(interest or [], act.on)
        terms = Terms(rates, DayCount(day_count.value), Compounding(compounding.value)) if rates else None
        if id_.strip().upper().startswith("D"):
            given = Given(
                PropertyKind(kind.value) if kind else None,
                amount_of(amount),
                currency,
                description,
                location,
                account,
                owner,
                terms,
            )
            regime = policy_of(Config.read(home)).institution.kind
            made = [open_property(opened, number_of(id_), given, act, regime=regime)]
        else:
            paid = amount_of(amount)

            def entries(held: Held) -> list[Entry]:
                needed = "" if paid is not None else "--amount"
                match step:
                    case Doing.CREDIT if paid is not None:
                        return [steps.credit(held, paid, act, unit=currency, origin=to)]
                    case Doing.CHARGE if paid is not None:
                        return [steps.charge(held, paid, act, unit=currency)]
                    case Doing.LICENSED if paid is not None:
                        asks = licence_asks_report
                        return [
                            steps.licensed(held, paid, act, licence=licence, to=to, asks_report=asks, unit=currency)
                        ]
                    case Doing.TERMS:
                        return [steps.terms(held, terms or Terms(()), act)]
                    case Doing.INTEREST:
                        return [steps.interest(held, act)]
                    case Doing.CORRECTION:
                        return [steps.correction(held, number_of(entry, "E"), act)]
                    case _:
                        raise UsageError(
                            "it is not said what the entry does",
                            where=needed if step else "--step",
                            mend="name the step and, where funds move, the amount",
                            code="ledger-step",
                        )

            made = take(opened, number_of(id_, "B"), entries)
        say(made, json, "post")


@app.command()
def release(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Such as B-3.", show_default=False)],
    ground: Annotated[Why, typer.Option("--ground", help="Why it may leave.", show_default=False)],
    authority: AuthorityOption,
    to: ToOption,
    by: ByOption,
    why: WhyOption,
    amount: AmountOption = None,
    transfer: Annotated[
        bool, typer.Option("--transfer", help="To another holder, where it stays blocked.", show_default=False)
    ] = False,
    licence: LicenceOption = "",
    licence_asks_report: AsksOption = False,
    on: OnOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Unblock property, or hand it to another holder: all of it with the interest due, or a part."""
    with reported(json):
        from interdiction.engine.blocked import step as take
        from interdiction.engine.home import Home
        from interdiction.engine.records import number_of
        from interdiction.ledger import steps
        from interdiction.model import Ground

        at = now()
        act = steps.Act(day(on, "--on") or at.date(), at, by, why, authority)
        leave = steps.transfer if transfer else steps.release
        part = amount_of(amount)

        def entries(held: Held) -> list[Entry]:
            return leave(
                held,
                act,
                ground=Ground(ground.value),
                to=to,
                amount=part,
                licence=licence,
                asks_report=licence_asks_report,
            )

        made = take(Home.open(home), number_of(id_, "B"), entries)
        say(made, json, "release")


def say(made: list[Entry], json: bool, command: str) -> None:
    """Print the entries that were made."""
    if json:
        envelope(f"interdict.ledger.{command}/1", None, (), made)
        return
    for entry in made:
        line(f"E-{entry.number}  B-{entry.property}  {entry.step.value} of {entry.on}  {moved(entry)}".rstrip())


app.command()(show)
app.command()(balance)
app.command()(reconcile)
