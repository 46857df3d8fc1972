"""Shows what is screened of each kind of payment message, and what is not, with the reason."""

from __future__ import annotations

from collections.abc import Sequence


def coverage(kinds: Sequence[str], *, json: bool) -> None:
    """Print the fields of the kinds that are asked for; without any, how many each kind has.

    Raises `UsageError` (`kind`) for a kind that has no list.
    """
    from interdiction.cli.door import envelope, out
    from interdiction.payments.coverage import covered, summaries

    if json:
        envelope("interdict.pay-coverage/1", None, [], [row for kind in kinds for row in covered(kind)] or summaries())
        return
    console = out()

    def line(text: str) -> None:
        console.print(text, markup=False, soft_wrap=True)

    for kind in kinds:
        rows = covered(kind)
        for row in sorted(rows, key=lambda row: not row.screened):
            line(
                f"{'screened' if row.screened else 'not':<9}{row.field}: {row.what}{row.reason and f' ({row.reason})'}"
            )
        screened = sum(row.screened for row in rows)
        line(f"{rows[0].kind}: {screened} fields screened, {len(rows) - screened} not, each with its reason")
    for one in () if kinds else summaries():
        counted = f"{one.screened:>5} screened, {one.unscreened:>4} not" if one.screened else ""
        line(f"{one.kind:<16}{counted:<27}  by {one.by}")
