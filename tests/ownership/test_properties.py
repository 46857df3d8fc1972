"""The fast fixpoint against the plain one: equal where everything is known, and around it where it is not."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from interdiction.model.ownership import Share, Stake, StakeKind
from interdiction.ownership.control import Rule
from tests.ownership.cases import US, rule, said
from tests.reference.ownership import Holding, reached

PARTIES = "ABCDEFG"
RULES = (US, rule("us-50-single"), rule("us-ssi-directive-4"))


@st.composite
def known(draw: st.DrawFn) -> dict[Holding, Fraction]:
    """Draw shares that leave nobody with more than the whole; nobody holds itself."""
    shares: dict[Holding, Fraction] = {}
    for owned in PARTIES:
        owners = draw(st.lists(st.sampled_from([one for one in PARTIES if one != owned]), unique=True, max_size=4))
        left = Fraction(1)
        for owner in owners:
            part = Fraction(draw(st.sampled_from([0, 10, 20, 25, 30, 33, 40, 49, 50, 51, 60, 100])), 100)
            if part <= left:
                shares[owner, owned] = part
                left -= part
    return shares


def by_shares(law: Rule) -> dict[str, object]:
    test = next(test for test in law.tests if test.kind is StakeKind.SHARES)
    return {"at": Fraction(test.at, 100), "more": test.more, "aggregated": law.aggregated}


laws = st.sampled_from(RULES)
lists = st.sets(st.sampled_from(PARTIES), max_size=3)


@given(known(), lists, laws)
def test_with_exact_shares_the_answer_is_the_plain_one(
    shares: dict[Holding, Fraction], listed: set[str], law: Rule
) -> None:
    stakes = [Stake(owner, owned, share=Share.exact(part)) for (owner, owned), part in shares.items()]
    found = said(law, stakes, *sorted(listed))
    plain = reached(shares, listed, **by_shares(law))  # type: ignore[arg-type]
    assert {name for name, what in found.items() if what in {"blocked", "listed"}} == plain & found.keys()
    assert "unknown" not in found.values()


@given(known(), lists, laws, st.data())
def test_ranges_around_the_truth_never_say_less_or_more_than_it(
    shares: dict[Holding, Fraction], listed: set[str], law: Rule, data: st.DataObject
) -> None:
    margins = st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(1)])
    stakes = []
    for (owner, owned), part in shares.items():
        low, high = max(Fraction(0), part - data.draw(margins)), min(Fraction(1), part + data.draw(margins))
        ends = {
            "low_open": low < part and data.draw(st.booleans()),
            "high_open": high > part and data.draw(st.booleans()),
        }
        stakes.append(Stake(owner, owned, share=Share.between(low, high, **ends)))
    found = said(law, stakes, *sorted(listed))
    plain = reached(shares, listed, **by_shares(law))  # type: ignore[arg-type]
    surely = {name for name, what in found.items() if what in {"blocked", "listed"}}
    perhaps = surely | {name for name, what in found.items() if what == "unknown"}
    assert surely <= plain
    assert plain & found.keys() <= perhaps


@given(known(), lists, st.sampled_from(PARTIES))
def test_one_more_listed_party_never_makes_anybody_less_blocked(
    shares: dict[Holding, Fraction], listed: set[str], another: str
) -> None:
    stakes = [Stake(owner, owned, share=Share.exact(part)) for (owner, owned), part in shares.items()]
    before, after = said(US, stakes, *sorted(listed)), said(US, stakes, *sorted(listed | {another}))
    assert {name for name, what in before.items() if what != "not_blocked"} <= {
        name for name, what in after.items() if what != "not_blocked"
    }


@given(known(), lists, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(shares: dict[Holding, Fraction], listed: set[str], dice: object) -> None:
    stakes = [Stake(owner, owned, share=Share.exact(part)) for (owner, owned), part in shares.items()]
    mixed = list(stakes)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert said(US, stakes, *sorted(listed)) == said(US, mixed, *sorted(listed))
