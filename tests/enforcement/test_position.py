from __future__ import annotations

from datetime import date, datetime

import pytest

from interdiction.enforcement import Bond, Institution, load_policy, rails
from interdiction.enforcement.moment import Moment
from interdiction.enforcement.position import holds, neighbours, position, side
from interdiction.enforcement.reach import bond, reach
from interdiction.model import Disposition, Funds, Part, Payment, PaymentParty, Position, Rail, Role

from .cases import EU, US, bank, payment

OURS = ("EXAMUS33",)
DEBTOR, BETWEEN, CREDITOR = Role.DEBTOR_AGENT, Role.INTERMEDIARY_AGENT, Role.CREDITOR_AGENT


def through(*banks: PaymentParty, kind: str = "pacs.008") -> Payment:
    return payment(banks=banks, kind=kind)


@pytest.mark.parametrize(
    ("banks", "expected"),
    [
        ((bank(DEBTOR, "EXAMUS33XXX"), bank(CREDITOR, "DEUTDEFF")), Position.ORIGINATOR_BANK),
        ((bank(DEBTOR, "DEUTDEFF"), bank(BETWEEN, "EXAMUS33"), bank(CREDITOR, "BNPAFRPP")), Position.INTERMEDIARY),
        ((bank(DEBTOR, "DEUTDEFF"), bank(CREDITOR, "EXAMUS33")), Position.BENEFICIARY_BANK),
        ((bank(DEBTOR, "EXAMUS33"), bank(CREDITOR, "EXAMUS33BOS")), Position.BOTH_BANKS),
        ((bank(DEBTOR, "DEUTDEFF"), bank(CREDITOR, "BNPAFRPP")), Position.OUTSIDE),
        ((), Position.UNKNOWN),
        # An MT 103 without fields 52 and 57: sender and receiver are the payer's and the payee's bank.
        ((bank(Role.SENDER, "EXAMUS33", part=Part.HEADER), bank(Role.RECEIVER, "DEUTDEFF", part=Part.HEADER)),
         Position.ORIGINATOR_BANK),
        ((bank(Role.SENDER, "DEUTDEFF", part=Part.HEADER), bank(Role.RECEIVER, "EXAMUS33", part=Part.HEADER)),
         Position.BENEFICIARY_BANK),
        ((bank(Role.SENDER, "DEUTDEFF", part=Part.HEADER), bank(Role.RECEIVER, "EXAMUS33", part=Part.HEADER),
          bank(CREDITOR, "BNPAFRPP")), Position.INTERMEDIARY),
        ((bank(DEBTOR, "DEUTDEFF"), bank(CREDITOR, "EXAMUS33", part=Part.UNDERLYING)), Position.OUTSIDE),
        ((bank(DEBTOR, "EXAM"),), Position.UNKNOWN),
    ],
)  # fmt: skip
def test_our_own_bic_tells_our_place(banks: tuple[PaymentParty, ...], expected: Position) -> None:
    assert position(through(*banks), OURS) is expected


def test_a_cover_payment_is_a_cover_wherever_we_stand_and_without_bics_of_our_own_nothing_is_known() -> None:
    banks = (bank(DEBTOR, "DEUTDEFF"), bank(BETWEEN, "EXAMUS33"))
    assert position(through(*banks, kind="pacs.009cov"), OURS) is Position.COVER
    assert position(through(*banks, kind="mt202cov"), OURS) is Position.COVER
    assert position(through(*banks), ()) is Position.UNKNOWN


def test_the_neighbours_of_a_bank_are_those_beside_it_in_the_chain() -> None:
    listed = bank(BETWEEN, "CKLBCNBJ")
    one = through(bank(CREDITOR, "EXAMUS33"), listed, bank(DEBTOR, "DEUTDEFF"))
    assert [found.role for found in neighbours(one, [listed])] == [DEBTOR, CREDITOR]
    assert [found.role for found in neighbours(one, [one.parties[1]])] == [BETWEEN]


def test_every_position_says_what_we_hold_and_a_message_without_funds_holds_nothing() -> None:
    for place in Position:
        assert holds(place, Funds.ORDER)
        assert holds(place, Funds.STATUS) == "the message moves no funds"
        assert "promise" in holds(place, Funds.UNDERTAKING)


def test_every_role_stands_on_a_side() -> None:
    assert {side(role) for role in Role} == {"payer", "payee", "bank", "other"}
    assert [side(role) for role in (Role.DEBTOR, Role.ULTIMATE_CREDITOR, CREDITOR, None)] == [
        "payer",
        "payee",
        "bank",
        "other",
    ]


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        ("pacs.008", Rail(service_levels=("SEPA",), local_instruments=("INST",)), "sct_inst"),
        ("pacs.008", Rail(service_levels=("SEPA",)), "sct"),
        ("pacs.008", Rail(clearing_system="FDN"), "fednow"),
        ("pacs.008", Rail(clearing_system="FDW"), "wire"),
        ("pacs.008", Rail(), "wire"),
        ("mt103", Rail(clearing_system="fin"), "wire"),
        ("nacha-iat", Rail(clearing_system="iat"), "ach"),
        ("pain.008", Rail(), "direct_debit"),
        ("table", Rail(), "unknown"),
    ],
)
def test_a_message_tells_its_rail(kind: str, said: Rail, expected: str) -> None:
    assert rails.rail_of(payment(kind=kind, rail=said)).id == expected
    assert rails.rail_of(payment(), "wire").id == "wire"


def test_every_rail_says_how_each_disposition_is_carried_out_there() -> None:
    for way in rails.ways():
        for disposition in Disposition:
            assert way.carried_out(disposition).endswith(".")
        assert way.source


def laws(one: Payment, policy: object = EU) -> dict[str, bool]:
    return {found.law: found.own for found in reach(one, policy)}  # type: ignore[arg-type]


def test_a_law_reaches_a_payment_by_its_banks_its_parties_and_its_clearing() -> None:
    assert laws(payment(currency="CHF")) == {"eu": True}
    assert laws(payment(currency="USD")) == {"eu": True, "us": False}
    assert laws(payment(currency="CHF", banks=(bank(CREDITOR, "CHASUS33"),))) == {"eu": True, "us": False}
    assert laws(payment(currency="GBP", banks=(bank(CREDITOR, "CHASUS33"),))) == {"eu": True, "us": False, "uk": False}
    assert laws(payment(currency="USD"), US) == {"us": True}
    assert laws(payment(), load_policy()) == {}


def test_how_a_law_stands_to_us_depends_on_programme_owner_and_day() -> None:
    policy = load_policy()
    owned = policy.for_profile(Institution("Filiale", "eu", owned_by=("us",)))
    both = policy.for_profile(Institution("Branch", "eu", also=("us",)))
    early, late = Moment(date(2018, 8, 6)), Moment(date(2020, 5, 5))

    def stands(law: str | None, programme: str, who: object, moment: Moment) -> Bond:
        return bond(law, programme, who, reach(None, who), moment)[0]  # type: ignore[arg-type]

    assert stands("us", "SDGT", US, late) is Bond.BOUND
    assert stands("us", "SDGT", EU, late) is Bond.OTHER
    assert stands("us", "SDGT", both, late) is Bond.BOUND
    assert stands("us", "IRAN", both, early) is Bond.BOUND
    assert stands("us", "IRAN-EO13902", both, late) is Bond.CONFLICT
    assert stands("us", "DPRK3", owned, late) is Bond.OWNED
    assert stands("us", "DPRK3", owned, early) is Bond.OTHER
    assert stands("eu", "PRK", owned, late) is Bond.BOUND
    assert stands(None, "X", EU, late) is Bond.UNKNOWN
    assert stands("us", "SDGT", policy, late) is Bond.UNKNOWN


def test_the_blocking_statute_covers_iran_from_the_day_it_was_amended() -> None:
    after = Moment.of(date(2018, 8, 7), datetime.fromisoformat("2018-08-07T00:00:00+02:00"))
    before = Moment.of(date(2018, 8, 6), datetime.fromisoformat("2018-08-06T23:59:59+02:00"))
    found = [bond("us", "IRAN", EU, reach(None, EU), moment)[0] for moment in (before, after)]
    assert found == [Bond.OTHER, Bond.CONFLICT]
