"""`interdict lists export`: the listings in force as FollowTheMoney entities, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interdiction.cli.door import DEFAULT_HOME, AsOfOption, HomeOption, JsonOption, day, envelope, now, reported


def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[LIST]...", help="ofac-sdn, un, ...; all of them without.")
    ] = None,
    into: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to; must not be there yet.")] = Path(
        "entities.ftm.json"
    ),
    as_of: AsOfOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Write the listings in force as FollowTheMoney entities, one in each line."""
    from interdiction.engine.home import Home
    from interdiction.engine.inforce import in_force, iter_listings
    from interdiction.errors import UsageError
    from interdiction.lists.ftm_export import lines
    from interdiction.lists.sources import Sources

    with reported(json):
        opened, sources = Home.open(home), Sources.load()
        wanted = [sources.get(name).key for name in names or ()]
        editions = in_force(opened, day(as_of, "--as-of"), today=now().date())
        chosen = [one for one in editions if not wanted or one.list in wanted]
        missing = sorted(set(wanted) - {one.list for one in chosen})
        if missing:
            raise UsageError(
                f"{', '.join(missing)} is not in force",
                where="LIST",
                mend="interdict lists status names the lists that are",
                code="not-in-force",
            )
        try:
            with into.open("xb") as file:
                written = 0
                for line in lines(iter_listings(opened, editions=chosen), {source.key: source for source in sources}):
                    file.write(line)
                    written += 1
        except FileExistsError:
            raise UsageError(
                f"{into} is there already", where="--out", mend="name another file", code="file-exists"
            ) from None
        if json:
            envelope("interdict.lists.export/1", None, chosen, {"file": str(into), "entities": written})
            return
        typer.echo(f"{into}: {written} entities of {', '.join(f'{one.list} of {one.on}' for one in chosen)}")
