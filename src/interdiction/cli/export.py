"""`interdict lists export`: the listings in force for other programs, as FollowTheMoney entities, JSON or a table."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interdiction.cli.door import (
    DEFAULT_HOME,
    AsOfOption,
    HomeOption,
    JsonOption,
    KnownAtOption,
    ListsOption,
    chosen,
    day,
    envelope,
    instant,
    now,
    reported,
)

if TYPE_CHECKING:
    from interdiction.lists.sources import Sources
    from interdiction.model import Listing


class Form(StrEnum):
    """What can be written."""

    FTM = "ftm"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


_FILES = {
    Form.FTM: "entities.ftm.json",
    Form.JSONL: "listings.jsonl",
    Form.CSV: "listings.csv",
    Form.PARQUET: "listings.parquet",
}


def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[LIST]...", help="ofac-sdn, un, ...; all of them without.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="What to write.")] = Form.FTM,
    into: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to; must not be there yet.", show_default=False)
    ] = None,
    lists: ListsOption = None,
    as_of: AsOfOption = None,
    known_at: KnownAtOption = None,
    home: HomeOption = DEFAULT_HOME,
    json: JsonOption = False,
) -> None:
    """Write the listings in force: FollowTheMoney entities, whole listings as JSON Lines, or a table of them."""
    from interdiction.engine.home import Home
    from interdiction.engine.inforce import in_force, iter_listings
    from interdiction.errors import UsageError
    from interdiction.lists.sources import Sources

    with reported(json):
        opened, sources = Home.open(home), Sources.load()
        wanted = [sources.get(name).key for name in sorted({*(names or ()), *chosen(lists)})]
        on, known = day(as_of, "--as-of"), instant(known_at, "--known-at")
        editions = in_force(opened, on, today=now().date(), known_by=known)
        some = [one for one in editions if not wanted or one.list in wanted]
        missing = sorted(set(wanted) - {one.list for one in some})
        if missing:
            raise UsageError(
                f"{', '.join(missing)} is not in force",
                where="LIST",
                mend="interdict lists status names the lists that are",
                code="not-in-force",
            )
        path = into or Path(_FILES[form])
        if path.exists():
            raise UsageError(f"{path} is there already", where="--out", mend="name another file", code="file-exists")
        written = _write(iter_listings(opened, editions=some), form, path, sources)
        what = "entities" if form is Form.FTM else "listings"
        if json:
            envelope("interdict.lists.export/1", on, some, {"file": str(path), what: written})
            return
        typer.echo(f"{path}: {written} {what} of {', '.join(f'{one.list} of {one.on}' for one in some)}")


def _write(listings: Iterator[Listing], form: Form, path: Path, sources: Sources) -> int:
    """Write the file and give how many entries it has."""
    from interdiction.errors import UsageError
    from interdiction.lists.ftm_export import lines
    from interdiction.lists.table_export import table
    from interdiction.model import to_json
    from interdiction.tables.write import whole_file, write

    if form in {Form.CSV, Form.PARQUET}:
        frame = table(listings, sources)
        if path.suffix.lower() != f".{form.value}":
            raise UsageError(
                f"{path} does not end as {form.value} does",
                where="--out",
                mend=f"name it {path.stem}.{form.value}",
                code="output",
            )
        write(frame, path)
        return frame.height
    written = 0
    out = (
        lines(listings, {source.key: source for source in sources})
        if form is Form.FTM
        else (to_json(listing) + b"\n" for listing in listings)
    )
    with whole_file(path, "export") as file:
        for line in out:
            file.write(line)
            written += 1
    return written
