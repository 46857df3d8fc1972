"""Names inside lines of free text: what is found there, what the line loses, and what innocent lines alert for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from interdiction.assurance.report.page import page
from interdiction.assurance.result import Assurance, BookTested
from interdiction.assurance.run import Customers, Wanted, customers
from interdiction.assurance.subject import Subject
from interdiction.assurance.truth import texts
from interdiction.model import Party, to_json
from interdiction.names.index import NameIndex
from tests.assurance.conftest import DEFAULT, Run

Make = Callable[..., Subject]
INVENTED = customers(None, "", Wanted(thresholds=DEFAULT, innocents=100))


def rows(result: Assurance) -> dict[str, Any]:
    return {row.key: row for row in result.texts.rows}


def test_names_as_listed_are_found_inside_every_line_and_weak_aliases_are_kept(subject: Make, run: Run) -> None:
    result = run(subject(), INVENTED, each=6).result
    for key in ("exact", "natural order", "hyphens", "look-alike letters", "invisible signs"):
        row = rows(result)[key]
        assert row.inside.found == row.inside.of > 0, key
    weak = rows(result)["weak alias"]
    assert (weak.inside.found, weak.suppressed, result.texts.weak.found) == (0, 2, 2)


def test_only_a_name_and_nothing_else_is_put_into_a_line(subject: Make, run: Run) -> None:
    found = rows(run(subject(), INVENTED, each=6).result)
    apart = {"day and month exchanged", "same number, another name", "in two name cells", "original script, not listed"}
    assert apart.isdisjoint(found)


class Deaf:
    """An index with a planted bug: it reads name fields and finds nothing inside texts."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def judge_inside(self, *_: Any, **__: Any) -> list[Any]:
        return []


def test_a_text_reader_that_finds_nothing_is_seen_as_lost_to_the_line(subject: Make, run: Run) -> None:
    sound, deaf = run(subject(), INVENTED, each=6).result, run(subject(index=Deaf), INVENTED, each=6).result
    assert sound.texts.lost < deaf.texts.lost == deaf.texts.alone.found > 0
    assert deaf.texts.weak.found == 0
    assert "class=bad>A weak alias" in page(deaf)
    assert "class=bad>A weak alias" not in page(sound)


def test_an_innocent_line_that_alerts_is_counted_and_its_words_are_named(subject: Make, run: Run) -> None:
    namesake = Party(id="1", kind="person", names=["Sergey Nikolayevich Petrov"])
    whom = Customers([namesake], BookTested("a.csv", "", 1, 1))
    found = run(subject(), whom, each=2).result.texts
    assert (found.alerts.found, found.alerts.of) == (1, 1)
    assert [(one.words, one.matched) for one in found.causes] == [
        ("sergey nikolayevich petrov", "PETROV, Sergey Nikolayevich")
    ]


def test_the_seed_chooses_names_and_lines(subject: Make, run: Run) -> None:
    made = subject()
    one, again, other = (run(made, INVENTED, each=6, seed=seed).result.texts for seed in ("1", "1", "2"))
    assert to_json(one) == to_json(again) != to_json(other)


def test_every_line_has_room_for_one_name(subject: Make, run: Run) -> None:
    assert [line for line in texts().lines if line.count("{name}") != 1] == []
    html = page(run(subject(), INVENTED, each=2).result)
    assert re.findall(r'<h2><span class="number">(\d+)</span>', html) == [str(at) for at in range(1, 15)]


def test_rows_without_a_kind_are_said_where_the_book_is_named_and_in_the_summary(subject: Make, run: Run) -> None:
    parties = [Party(id="1", names=["Emily Hartwell"])]
    silent = page(run(subject(), Customers(parties, BookTested("a.csv", "", 1, 1, "", 1)), each=2).result)
    told = page(run(subject(), Customers(parties, BookTested("a.csv", "", 1, 1, "person", 0)), each=2).result)
    assert silent.count("1 of the sampled rows do not say") == 2
    assert "said to be of kind person" in told
    assert "do not say whether" not in told
