"""`interdict check`: one name against the lists in force, with everything that spoke for and against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    AsOfOption,
    BornOption,
    CountryOption,
    HomeOption,
    IdentifierOption,
    JsonOption,
    KindOption,
    KnownAtOption,
    ListsOption,
    RecordOption,
    ThresholdOption,
    chosen,
    day,
    instant,
    now,
    progress,
    reported,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from interdiction.enforcement import Policy
    from interdiction.engine.raising import Raised
    from interdiction.model import Hit, Party


def check(
    name: Annotated[
        str, typer.Argument(help="The name as you know it, in any script; may be left out beside --id.")
    ] = "",
    kind: KindOption = None,
    born: BornOption = None,
    country: CountryOption = None,
    identifier: IdentifierOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    lists: ListsOption = None,
    threshold: ThresholdOption = None,
    record: RecordOption = False,
    of: Annotated[str, typer.Option("--of", metavar="ID", help="Whose name it is, for the record (the name).")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show how each token and fact counted.")] = False,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Screen one name. Leaves with 1 when there are hits, 0 when there are none, 4 when no list is in force."""
    with reported(json):
        from interdiction.cli.answer import alarms, give
        from interdiction.engine import Engine
        from interdiction.engine.together import together
        from interdiction.model import Asked
        from interdiction.names.thresholds import Channel
        from interdiction.screening.notes import notes
        from interdiction.screening.screener import cut_short

        at, on = now(), day(as_of, "--as-of")
        party = party_asked(name, kind, born or [], country or [], identifier or [])
        with progress("check") as step, Engine.open(home, progress=step) as engine:
            known, only = instant(known_at, "--known-at"), chosen(lists)
            force = engine.force(on, known_at=known, lists=only)
            answer = engine.screen_all([party], on, threshold=threshold, known_at=known, lists=only)[0]
            hits, thresholds = answer.hits, str(engine.thresholds(Channel.CHECK, threshold))
            clusters = together(force, hits)
            problems, code = alarms(force.editions, on or at.date(), engine.config)
            placed = unlisted(party, engine.policy, on or at.date())
            raised: Raised | None = None
            if record:
                from interdiction.engine.excerpt import question
                from interdiction.engine.raising import raise_of

                asked = Asked(on, known, tuple(sorted(only)), threshold)
                stale = [one.node for one in problems if one.code == "stale-list"]
                data = question(of.strip() or name, party)
                raised = raise_of(engine, data, command="check", at=at, asked=asked, stale=stale)
        said = notes(hits)
        problems += answer.problems
        if answer.truncated:
            problems.append(cut_short())
        if json:
            more = {"notes": said, "suppressed": answer.suppressed, "clusters": clusters, "thresholds": thresholds}
            more |= {"jurisdictions": placed} if placed else {}
            more |= {"records": raised.records, "cases": raised.cases} if raised else {}
            give("check", on, at, force.editions, hits, problems, **more)
        else:
            from interdiction.cli.show_hits import show_check

            show_check(
                party,
                force.editions,
                answer,
                problems,
                said,
                on or at.date(),
                explain=explain,
                thresholds=thresholds,
                clusters=clusters,
            )
            show_unlisted(placed)
            if raised:
                show_raised(raised)
        raise typer.Exit(code or (1 if hits or placed else 0))


def unlisted(party: Party, policy: Policy, on: date) -> list[Hit]:
    """Give the governments and places that a party is tied to and no list names.

    A country that was given may be a nationality, which is no tie: it only helps to know an organ of state.
    """
    from msgspec.structs import replace

    from interdiction.enforcement.jurisdictions import Ground, ground
    from interdiction.enforcement.moment import Moment
    from interdiction.enforcement.tied import of_customer

    organs = {Ground.GOVERNMENT, Ground.TERRORISM_LIST}
    stateless = replace(party, countries=())
    return [
        *(hit for hit in of_customer("", party, policy, Moment.of(on)) if ground(hit.listing) in organs),
        *(hit for hit in of_customer("", stateless, policy, Moment.of(on)) if ground(hit.listing) not in organs),
    ]


def show_raised(raised: Raised) -> None:
    """Print what was kept, and the cases that it opened."""
    from interdiction.cli.door import line

    for number in raised.records:
        line(f"kept as D-{number}: interdict decisions show D-{number}")
    for number in raised.cases:
        line(f"in C-{number}: interdict cases show C-{number}")


def show_unlisted(placed: Sequence[Hit]) -> None:
    """Print what no list names."""
    from interdiction.cli.door import out

    for hit in placed:
        act = hit.designations[0].authority
        out().print(
            f"on no list: {hit.listing}  {hit.listed_name} ({act}): {hit.why}",
            style="yellow",
            markup=False,
            soft_wrap=True,
        )


def party_asked(name: str, kind: str | None, born: list[str], country: list[str], identifier: list[str]) -> Party:
    """Give the party that the options describe. Raises `UsageError` naming the option that cannot be read."""
    from interdiction.errors import PartyError, UsageError
    from interdiction.model import Party
    from interdiction.screening.asked import nothing

    try:
        names = [name] if name.strip() else []
        party = Party(kind=kind, names=names, birth_dates=born, countries=_codes(country), identifiers=identifier)
    except PartyError as error:
        option = {"kind": "--kind", "date": "--born", "date-range": "--born", "identifier": "--id"}.get(error.code, "")
        raise UsageError(error.message, where=option, mend=error.mend, code=error.code) from error
    if nothing(party):
        raise UsageError(
            "there is no name to look for and no identifier",
            where="NAME",
            mend="give a name with a letter or a digit, or --id passport:563410081@kp",
            code="no-name",
        )
    return party


def _codes(countries: list[str]) -> list[str]:
    from interdiction.errors import UsageError
    from interdiction.names.countries import code

    found = []
    for text in countries:
        one = code(text)
        if one is None:
            raise UsageError(
                f"no single country is known as {text!r}",
                where="--country",
                mend="give its two-letter code, such as kp",
                code="country",
            )
        found.append(one)
    return found
