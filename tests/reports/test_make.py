"""Reports from data: refused without their minimum, their gaps named, every row and amount from the ledger."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import fastexcel
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interdiction.errors import UsageError
from interdiction.ledger import total
from interdiction.ledger.book import held_in
from interdiction.ledger.steps import release
from interdiction.model import ExchangeRate, Filing, Ground, KeptFile
from interdiction.reports.due import Stage, owed
from interdiction.reports.facts import State
from interdiction.reports.kinds import kind, kinds
from interdiction.reports.make import make
from interdiction.reports.write import written
from tests.ledger.making import Ledger, act, what
from tests.ledger.test_steps import moves, play
from tests.reports.making import KOMID, ORDER, record, state

AT = datetime(2015, 1, 5, 9, tzinfo=UTC)
LATER = datetime(2035, 1, 5, 9, tzinfo=UTC)
ORDER_OF_COURT = KeptFile("order.pdf", "cd" * 32, 10)


def one_block() -> State:
    ledger = Ledger()
    ledger.open("1000.00")
    return state([record(1)], ledger.all())


def report(of: State, kind_: str = "us-blocked-property", *subjects: str, **more: object) -> Filing:
    given_ = {"at": AT, "by": "A. Officer", "details": {}} | more
    return make(kind(kind_), subjects or ("B-1",), of, **given_)  # type: ignore[arg-type]


def test_a_report_says_who_what_when_under_which_law_and_encloses_the_instruction() -> None:
    made = report(one_block())
    (row,) = made.rows
    assert made.head["submitter_name"] == "Larkspur & Finch Bank, N.A."
    assert row.values["targets"] == KOMID
    assert (row.values["authority"], row.values["date"]) == ("E.O. 13687", "2015-01-02")
    assert (row.values["value"], row.values["value_reported"]) == ("1000.00", "1000.00")
    assert row.values["why_target"] == f"named in it: {KOMID}"
    assert [one.name for one in made.documents] == ["payments.csv"]
    assert made.due == date(2015, 1, 16)


def test_what_is_not_known_is_stated_and_the_report_is_made_all_the_same() -> None:
    made = report(one_block())
    assert {gap.field for gap in made.gaps} == {
        *("submitter_address", "contact_name", "contact_title", "contact_phone", "contact_email"),
        *("location", "account"),
    }
    whole = report(one_block(), details={gap.field: "known now" for gap in made.gaps}, supplements=1)
    assert whole.gaps == ()
    assert whole.supplements == 1


def test_details_never_stand_above_what_the_record_says() -> None:
    made = report(one_block(), details={"value": "1", "authority": "none", "location": "New York"})
    assert (made.rows[0].values["value"], made.rows[0].values["authority"]) == ("1000.00", "E.O. 13687")
    assert made.rows[0].values["location"] == "New York"


@pytest.mark.parametrize(
    ("of", "kind_", "subject", "lacking"),
    [
        (msgspec.structs.replace(one_block(), institution=""), "us-blocked-property", "B-1", "Name of the holder"),
        (msgspec.structs.replace(one_block(), inputs={}), "us-blocked-property", "B-1", "documents"),
    ],
)
def test_a_report_is_refused_without_submitter_or_documents(of: State, kind_: str, subject: str, lacking: str) -> None:
    with pytest.raises(UsageError) as refused:
        report(of, kind_, subject)
    assert refused.value.code == "report-minimum"
    assert lacking in refused.value.message


def test_only_the_minimum_can_refuse_a_report() -> None:
    """Whatever else is missing of a rejected transaction, it is filed (FAQ 820)."""
    bare = msgspec.structs.replace(record(3, "reject"), payment=None)
    made = report(state([bare]), "us-rejected-transaction", "D-3")
    assert {"value", "parties", "account"} <= {gap.field for gap in made.gaps}


def test_a_report_of_what_left_names_the_first_report_the_receiver_and_what_stays() -> None:
    ledger = Ledger()
    ledger.open("1000.00")
    day = date(2024, 12, 2)
    ledger.add(*release(ledger.held(), act(day, "order 15-1"), ground=Ground.COURT_ORDER, to="X", amount=Decimal(400)))
    first = msgspec.structs.replace(report(one_block()), number=1)
    of = state([record(1)], ledger.all(), filings=[first])
    made = report(of, "us-unblocked", "E-2", documents=(ORDER_OF_COURT,))
    values = made.rows[0].values
    assert (values["action"], values["value"], values["value_left"]) == ("unblocked", "400", "600.00")
    assert (values["original_report"], values["recipient"]) == ("F-1", "X")
    assert made.due == date(2024, 12, 16)
    assert made.documents == (ORDER_OF_COURT,)


@pytest.mark.parametrize(
    ("kind_", "subject"),
    [
        ("us-blocked-property", "B-9"),
        ("us-blocked-property", "E-1"),
        ("us-retained-transfer", "B-1"),
        ("us-unblocked", "E-1"),
        ("us-annual", "2015-07-01"),
        ("us-annual", "B-1"),
    ],
)
def test_a_report_is_not_made_about_what_it_is_not_owed_for(kind_: str, subject: str) -> None:
    with pytest.raises(UsageError) as refused:
        report(one_block(), kind_, subject, at=LATER)
    assert refused.value.code == "unknown-subject"


def test_an_annual_report_waits_until_its_day_is_over() -> None:
    with pytest.raises(UsageError) as refused:
        report(one_block(), "us-annual", "2015-06-30", at=datetime(2015, 6, 30, 23, tzinfo=UTC))
    assert refused.value.code == "report-early"
    assert report(one_block(), "us-annual", "2015-06-30", at=datetime(2015, 7, 1, tzinfo=UTC)).head["count"] == "1"


def test_a_foreign_currency_is_reported_in_dollars_by_a_stated_rate_or_not_at_all() -> None:
    ledger = Ledger()
    ledger.open("1000.00", what("EUR"))
    of = state([record(1)], ledger.all())
    bare = report(of, "us-annual", "2015-06-30", at=LATER)
    assert {gap.field for gap in bare.gaps} >= {"value_reported", "rate"}
    rate = ExchangeRate("EUR", "USD", Decimal("1.1189"), date(2015, 6, 30), "our own closing rate")
    told = report(of, "us-annual", "2015-06-30", at=LATER, rates=[rate]).rows[0].values
    assert told["value_reported"] == "1118.90"
    assert told["rate"] == "1.1189 USD for one EUR on 2015-06-30, our own closing rate"


@settings(max_examples=60)
@given(st.lists(moves, max_size=20), st.sampled_from([2015, 2016]))
def test_open_items_balance_and_rows_of_the_annual_report_are_one(
    life: list[tuple[str, int, Decimal, str, int]], year: int
) -> None:
    """R-5.2: count in Part A = rows in Part B = open items, and their sum by unit = the balance of the ledger."""
    ledger = play(life)
    day = date(year, 6, 30)
    made = report(state([], ledger.all()), "us-annual", day.isoformat(), at=LATER)
    assert made.head["count"] == str(len(made.rows))
    assert {row.about for row in made.rows} == {one.id for one in ledger.all() if one.is_open(day)}
    rows: dict[str, list[Decimal]] = {}
    for row in made.rows:
        rows.setdefault(row.values["currency"], []).append(Decimal(row.values["value"]))
    held = {unit: amount for unit, amount in held_in(ledger.entries, day).items() if amount}
    assert {unit: total(some) for unit, some in rows.items()} == held


def test_a_report_counts_as_filed_only_with_its_receipt() -> None:
    of = one_block()
    made = msgspec.structs.replace(report(of), number=1)
    stages = []
    for filings, filed in (([], []), ([made], []), ([made], [1])):
        now = state(of.records, of.held, filings=filings, filed=filed)
        stages += [one.stage for one in owed(now, ORDER) if one.kind == "us-blocked-property"]
    assert stages == [Stage.OWED, Stage.MADE, Stage.FILED]
    (filed_,) = (one for one in owed(now, ORDER) if one.kind == "us-blocked-property")
    assert filed_.gaps == len(made.gaps)


def test_a_table_keeps_one_line_for_each_item_with_the_head_in_it() -> None:
    made = report(one_block())
    rows = list(csv.reader(io.StringIO(written(made, ".csv").decode("utf-8-sig"))))
    assert len(rows) == 2
    assert dict(zip(*rows, strict=True))["Name of the holder"] == "Larkspur & Finch Bank, N.A."


def test_a_workbook_has_part_a_and_part_b_and_no_cell_is_a_formula() -> None:
    book = fastexcel.read_excel(written(report(one_block()), ".xlsx"))
    assert book.sheet_names == ["Part A", "Part B", "Gaps and documents"]
    part_b = book.load_sheet("Part B").to_polars()
    assert part_b.height == 1
    assert part_b["Parties and financial institutions with their roles"][0].startswith("debtor: =SUM(A1) & <b>")
    raw = written(report(one_block()), ".xlsx")
    assert raw == written(report(one_block()), ".xlsx")


def test_a_page_stands_by_itself_and_shows_names_as_text() -> None:
    page = written(report(one_block()), ".html").decode("utf-8")
    assert "&lt;b&gt;Sons&lt;/b&gt;" in page
    assert "<b>Sons" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page


def test_every_kind_of_report_can_be_written_in_every_form() -> None:
    """A kind whose fields no fact fills would be a form that nobody can file."""
    ledger = Ledger()
    ledger.open("10.00")
    ledger.add(
        *release(ledger.held(), act(date(2024, 12, 2), "x"), ground=Ground.COURT_ORDER, to="X", amount=Decimal(1))
    )
    retained = Ledger()
    retained.open("10.00", what(retained=True), decision="D-2")
    for one in kinds().values():
        held = [
            msgspec.structs.replace(item, what=msgspec.structs.replace(item.what, regime=one.law))
            for item in ledger.all()
        ]
        if one.of == "retained":
            held = retained.all()
        subjects = {"blocked": "B-1", "retained": "B-1", "rejected": "D-3", "left": "E-2"}
        subject = one.day_of(2026).isoformat() if one.of == "held" else subjects[one.of]
        of = state([record(1), record(2, "retain"), record(3, "reject")], held, law=one.law)
        made = make(one, [subject], of, at=LATER, by="A", details={}, documents=(ORDER_OF_COURT,))
        assert len(made.rows) == 1
        for form in (".html", ".xlsx", ".csv", ".json"):
            assert len(written(made, form)) > 400


def test_a_form_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError) as refused:
        written(report(one_block()), ".pdf")
    assert refused.value.code == "output"
