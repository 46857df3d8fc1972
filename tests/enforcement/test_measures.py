from __future__ import annotations

from datetime import date, datetime

import pytest

from interdiction.enforcement import measures
from interdiction.enforcement.facts import NOTHING, Facts, Transaction
from interdiction.enforcement.measures import Asked, Question, answer
from interdiction.enforcement.moment import Moment
from interdiction.model import Designation, Measure

NOW = Moment(date(2022, 6, 1))
SSI = Designation("UKRAINE-EO13662", None, (Measure.DEBT_EQUITY, Measure.TRADE))


def directive(number: str, order: str = "13662") -> str:
    return f"Executive Order {order} Directive Determination - Subject to Directive {number}"


def said(
    kind: Transaction | None, days: int | None = None, issued: date | None = None, us_account: bool | None = None
) -> Facts:
    return Facts("A. Officer", transaction=kind, tenor_days=days, issued_on=issued, us_account=us_account)


def asked(facts: Facts, entry: str = "", *, at: Moment = NOW, account: str = "", place: bool = False) -> Asked:
    return Asked(entry, facts, at, account, place)


@pytest.mark.parametrize(
    ("number", "days", "issued", "expected"),
    [
        ("1", 91, date(2014, 7, 16), "forbidden"),
        ("1", 90, date(2014, 9, 11), "allowed"),
        ("1", 31, date(2014, 9, 12), "forbidden"),
        ("1", 30, date(2017, 11, 27), "allowed"),
        ("1", 15, date(2017, 11, 28), "forbidden"),
        ("1", 14, date(2017, 11, 28), "allowed"),
        ("1", 900, date(2014, 7, 15), "allowed"),
        ("2", 90, date(2017, 11, 27), "allowed"),
        ("2", 61, date(2017, 11, 28), "forbidden"),
        ("2", 60, date(2017, 11, 28), "allowed"),
        ("3", 31, date(2014, 9, 12), "forbidden"),
        ("3", 91, date(2014, 9, 11), "allowed"),
    ],
)
def test_the_tenor_of_a_directive_depends_on_the_day_of_issue(
    number: str, days: int, issued: date, expected: str
) -> None:
    found = answer(SSI, asked(said(Transaction.DEBT, days, issued), directive(number)))
    assert found.question == expected
    assert "Directive" in found.words


def test_equity_is_forbidden_by_directive_1_and_not_by_directive_2() -> None:
    equity = said(Transaction.EQUITY, None, date(2015, 1, 5))
    assert answer(SSI, asked(equity, directive("1"))).question is Question.FORBIDDEN
    assert answer(SSI, asked(equity, directive("2"))).question is Question.ALLOWED


def test_directive_4_restricts_oil_projects_and_no_debt() -> None:
    debt = said(Transaction.DEBT, 900, date(2015, 1, 5))
    assert answer(SSI, asked(debt, directive("4"))).question is Question.ALLOWED
    oil = answer(SSI, asked(said(Transaction.OIL_PROJECT), directive("4")))
    assert oil.question is Question.FORBIDDEN
    assert "Arctic" in oil.words


def test_an_entry_without_its_directive_is_asked_under_every_one_of_its_programme() -> None:
    between = asked(said(Transaction.DEBT, 45, date(2018, 1, 5)))
    assert answer(SSI, between).question is Question.UNKNOWN
    assert answer(SSI, asked(said(Transaction.DEBT, 900, date(2018, 1, 5)))).question is Question.FORBIDDEN


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        (NOTHING, "new debt"),
        (said(Transaction.DEBT), "when it was issued"),
        (said(Transaction.DEBT, None, date(2015, 1, 5)), "of what tenor"),
        (said(Transaction.SECURITIES, 10, date(2015, 1, 5)), "debt or equity"),
    ],
)
def test_what_nobody_has_said_is_asked_for(facts: Facts, asks: str) -> None:
    found = answer(SSI, asked(facts, directive("1")))
    assert found.question is Question.UNKNOWN
    assert asks in found.words


@pytest.mark.parametrize(
    ("number", "issued", "days", "expected"),
    [
        ("1A", date(2021, 6, 14), 1, "forbidden"),
        ("1A", date(2021, 6, 13), 900, "allowed"),
        ("3", date(2022, 3, 26), 15, "forbidden"),
        ("3", date(2022, 3, 26), 14, "allowed"),
        ("3", date(2022, 3, 25), 900, "allowed"),
    ],
)
def test_the_directives_of_2022_have_their_own_days(number: str, issued: date, days: int, expected: str) -> None:
    designation = Designation("RUSSIA-EO14024", None, (Measure.DEBT_EQUITY,))
    found = answer(designation, asked(said(Transaction.DEBT, days, issued), directive(number, "14024")))
    assert found.question == expected


PART_561 = Designation("561-Related", None, (Measure.CORRESPONDENT_ACCOUNT,))
ACCOUNT = "the payment runs over an account of the bank with CITIUS33 in the United States"


@pytest.mark.parametrize(
    ("day", "list_name"),
    [(date(2013, 1, 2), "31 CFR part 561"), (date(2019, 3, 13), "31 CFR part 561"), (date(2019, 3, 14), "CAPTA list")],
)
def test_an_account_in_the_united_states_is_forbidden_under_the_list_of_that_day(day: date, list_name: str) -> None:
    found = answer(PART_561, asked(NOTHING, at=Moment(day), account=ACCOUNT))
    assert found.question is Question.FORBIDDEN
    assert list_name in found.words
    assert "CITIUS33" in found.words


def test_a_bank_without_such_an_account_is_a_question_also_where_somebody_says_there_is_none() -> None:
    for facts, account in ((NOTHING, ""), (said(None, us_account=False), ""), (said(None, us_account=False), ACCOUNT)):
        assert answer(PART_561, asked(facts, account=account)).question is Question.UNKNOWN
    assert answer(PART_561, asked(said(None, us_account=True))).question is Question.FORBIDDEN


def test_conditions_of_an_entry_have_to_be_read_and_a_capta_entry_before_the_list_is_no_rule() -> None:
    entry = "Subject to one or more strict conditions"
    assert answer(PART_561, asked(NOTHING, entry, account=ACCOUNT)).question is Question.UNKNOWN
    other = Designation("UFSA", None, (Measure.CORRESPONDENT_ACCOUNT,))
    early = Moment.of(date(2019, 3, 13), datetime.fromisoformat("2019-03-13T23:59:00-04:00"))
    assert answer(other, asked(NOTHING, at=early, account=ACCOUNT)).question is Question.UNKNOWN
    assert answer(other, asked(NOTHING, account=ACCOUNT)).question is Question.FORBIDDEN


CMIC = Designation("CMIC-EO13959", None, (Measure.INVESTMENT_BAN,))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Transaction.SECURITIES, "forbidden"), (Transaction.GOODS, "allowed"), (None, "unknown")],
)
def test_a_ban_on_securities_leaves_the_rest_free(kind: Transaction | None, expected: str) -> None:
    assert answer(CMIC, asked(said(kind))).question == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (None, "unknown"),
        (Transaction.GOODS, "forbidden"),
        (Transaction.SERVICES, "forbidden"),
        (Transaction.PERSONAL, "unknown"),
        (Transaction.HUMANITARIAN, "unknown"),
    ],
)
def test_a_party_in_an_embargoed_place_is_refused_for_trade_and_asked_for_what_may_be_exempt(
    kind: Transaction | None, expected: str
) -> None:
    there = Designation("IRAN", None, (Measure.PAYMENT_BAN,))
    assert answer(there, asked(said(kind), place=True)).question == expected


def test_a_freeze_and_a_ban_ask_nothing_and_a_menu_has_to_be_read() -> None:
    facts = said(Transaction.GOODS)
    for several in ((Measure.ASSET_FREEZE,), (Measure.PAYMENT_BAN,), (Measure.ASSET_FREEZE, Measure.DEBT_EQUITY), ()):
        assert answer(Designation("X", None, several), asked(facts)).question is Question.NONE
    assert answer(Designation("X", None, (Measure.MENU,)), asked(facts)).question is Question.UNKNOWN


def test_a_menu_whose_entry_names_its_directives_is_asked_their_question() -> None:
    menu = Designation("RUSSIA-EO14024", None, (Measure.MENU,))
    debt = said(Transaction.DEBT, 15, date(2022, 3, 26))
    assert answer(menu, asked(debt, directive("3", "14024"))).question is Question.FORBIDDEN
    assert answer(menu, asked(NOTHING, directive("3", "14024"))).question is Question.UNKNOWN
    assert answer(menu, asked(NOTHING, directive("2", "14024"), account=ACCOUNT)).question is Question.FORBIDDEN
    assert answer(menu, asked(NOTHING, directive("4", "14024"))).question is Question.FORBIDDEN
    freeze = Designation("RUSSIA-EO14024", None, (Measure.MENU, Measure.ASSET_FREEZE))
    assert answer(freeze, asked(debt, directive("3", "14024"))).question is Question.UNKNOWN


@pytest.mark.parametrize("kind", [None, *Transaction])
@pytest.mark.parametrize("measure", list(Measure))
def test_nothing_is_allowed_or_forbidden_that_nobody_spoke_of(measure: Measure, kind: Transaction | None) -> None:
    for place in (False, True):
        found = answer(Designation("X", None, (measure,)), asked(NOTHING, place=place))
        assert found.question in {Question.UNKNOWN, Question.NONE}
        spoken = answer(Designation("X", None, (measure,)), asked(said(kind), place=place))
        if spoken.question in {Question.FORBIDDEN, Question.ALLOWED}:
            assert "A. Officer" in spoken.words


def test_every_row_of_the_file_states_its_source() -> None:
    found = measures.load()
    for source in [one.source for one in found.directives] + [one.source for one in found.accounts]:
        assert source
    for one in found.directives:
        assert one.measure is not Measure.DEBT_EQUITY or one.tenors
