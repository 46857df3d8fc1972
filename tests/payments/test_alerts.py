"""One listed name in each screened field of each kind of message: every one must be a hit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from interdiction import payments
from interdiction.engine import Engine
from interdiction.engine.editions import import_edition
from interdiction.engine.home import Home
from interdiction.engine.payment import screen_payments
from interdiction.model import Payment
from interdiction.payments.iso20022.fields import fields, paths, words
from interdiction.payments.mt.words import words as mt_words
from tests.payments.planting import NAME, planted
from tests.payments.test_mt import fin, tags
from tests.payments.test_nacha import ADDENDA, nacha

BIC = "HNRBBY2X"
ROWS = [f'9345,"{NAME}","-0- ","NPWMD",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"SWIFT/BIC {BIC}."']


@pytest.fixture(scope="module")
def hits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Iterable[Payment]], list[bool]]]:
    """Say of each payment whether anything in it is a hit against a list of one company."""
    folder = tmp_path_factory.mktemp("planted")
    (folder / "sdn.csv").write_bytes(("\r\n".join(ROWS) + "\r\n\x1a").encode("cp1252"))
    home = Home.open(folder / "home", create=True)
    import_edition(home, "ofac-sdn", [folder / "sdn.csv"], at=datetime(2026, 11, 22, tzinfo=UTC), on=date(2015, 1, 2))
    with Engine.open(folder / "home") as engine:
        force = engine.force()

        def hit(some: Iterable[Payment]) -> list[bool]:
            found = screen_payments(engine, force, list(some))
            return [any(one.hits for one in each.parties) or bool(each.text.hits) for each in found]

        yield hit


def only(raw: bytes) -> Payment:
    return next(payments.stream(raw).payments)


def last(raw: bytes) -> Payment:
    """Give the last payment: the field that was planted may begin one of its own."""
    return list(payments.stream(raw).payments)[-1]


@pytest.mark.parametrize("message", sorted(fields().messages))
def test_a_listed_name_in_any_field_is_a_hit(message: str, hits: Callable[[Iterable[Payment]], list[bool]]) -> None:
    fields_of = [(path, leaf) for path, leaf in paths(message) if leaf != "technical"]
    found = hits(only(planted(message, path, NAME)) for path, _ in fields_of)
    assert [path for (path, _), hit in zip(fields_of, found, strict=True) if not hit] == []


@pytest.mark.parametrize("message", sorted(fields().messages))
def test_a_listed_bank_code_in_any_field_of_codes_of_banks_is_a_hit(
    message: str, hits: Callable[[Iterable[Payment]], list[bool]]
) -> None:
    fields_of = [path for path, leaf in paths(message) if leaf == "bic"]
    found = hits(only(planted(message, path, f"{BIC}123")) for path in fields_of)
    assert [path for path, hit in zip(fields_of, found, strict=True) if not hit] == []


@pytest.mark.parametrize("kind", sorted(words().messages))
def test_a_listed_name_in_a_message_without_a_schema_is_a_hit(
    kind: str, hits: Callable[[Iterable[Payment]], list[bool]]
) -> None:
    def raw(inner: str) -> bytes:
        space = f"urn:iso:std:iso:20022:tech:xsd:{kind}.001.99"
        transaction = next(iter(words().messages[kind].transactions), "Tx")
        return f'<Document xmlns="{space}"><Msg><{transaction}>{inner}</{transaction}></Msg></Document>'.encode()

    parties = sorted({*words().roles, "NwPty"} - {"CtctDtls", "Authstn"})
    inner = [f"<{name}><Nm>{NAME}</Nm></{name}>" for name in parties]
    inner += [f"<{name}><FinInstnId><Nm>{NAME}</Nm></FinInstnId></{name}>" for name in parties]
    inner += [f"<NwThng><NwTxt>{NAME}</NwTxt></NwThng>", f"<RmtInf><Ustrd>{NAME}</Ustrd></RmtInf>"]
    found = hits(only(raw(one)) for one in inner)
    assert [one for one, hit in zip(inner, found, strict=True) if not hit] == []


@pytest.mark.parametrize("kind", [*sorted(mt_words().messages), "199", "299", "999", "192", "196"])
def test_a_listed_name_in_any_field_of_a_swift_message_is_a_hit(
    kind: str, hits: Callable[[Iterable[Payment]], list[bool]]
) -> None:
    found = hits(last(fin(f":20:R\n:21:R\n:{tag}:{NAME}", kind)) for tag in tags())
    assert [tag for tag, hit in zip(tags(), found, strict=True) if not hit] == []


@pytest.mark.parametrize("tag", ["50K", "59", "52D", "57D", "70", "72", "77B", "79", "45A", "50F", "59F"])
def test_a_listed_name_split_over_two_lines_is_a_hit(tag: str, hits: Callable[[Iterable[Payment]], list[bool]]) -> None:
    first, second = NAME.rsplit(" ", 1)
    number = "1/" if tag.endswith("F") else ""
    raw = fin(f":20:R\n:{tag}:{number}{first}\n{number}{second}")
    assert hits([only(raw)]) == [True]


def test_a_listed_name_in_any_addendum_is_a_hit(hits: Callable[[Iterable[Payment]], list[bool]]) -> None:
    missed = []
    for at, record in enumerate(ADDENDA):
        start = 24 if record.startswith("710") else 18 if record.startswith("715") else 3
        changed = (record[:start] + NAME).ljust(94)
        if hits([only(nacha([*ADDENDA[:at], changed, *ADDENDA[at + 1 :]]))]) != [True]:
            missed.append(record[:3])
    assert missed == []


def test_nothing_else_in_those_messages_is_a_hit(hits: Callable[[Iterable[Payment]], list[bool]]) -> None:
    assert hits([only(fin()), only(nacha(ADDENDA[:-1]))]) == [False, False]


def test_a_listed_name_in_a_file_that_cannot_be_read_is_a_hit(
    tmp_path: Path, hits: Callable[[Iterable[Payment]], list[bool]]
) -> None:
    assert hits([only(f"<Document><x>{NAME}".encode()), only(f"nothing known\n{NAME}".encode())]) == [True, True]
