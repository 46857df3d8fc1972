use crate::pair::{judged, names, person, One, WEIGHTS};
use names::facts::{Kind, Quality};
use names::judge::spelling::{likeness, Spelt};
use names::normalise::{Token, TokenClass};
use proptest::collection::vec;
use proptest::prelude::*;

/// Names of real parts in any order and number, some damaged.
fn name() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(vec![
            "kim", "yong", "chol", "young", "chul", "mohammed", "bin", "al", "salman", "abu", "hassan", "assad", "petrov",
            "ivanovich", "j", "iv", "llc", "gmbh", "bank", "trading", "korea", "alharamain", "haramain", "김영철", "王", "2004",
        ]).prop_map(str::to_owned),
        1 => "[a-z]{1,9}",
        1 => "\\PC{0,6}",
    ];
    vec(part, 0..7).prop_map(|parts| parts.join(" "))
}

fn token() -> impl Strategy<Value = Token> {
    ("[a-e]{1,9}", 0_u32..3).prop_map(|(text, variant)| Token { text: text.into(), class: TokenClass::Word, variant })
}

fn facts(mut party: One, which: u8) -> One {
    if which & 1 != 0 {
        party = party.born("1962-02-18");
    }
    if which & 2 != 0 {
        party = party.of("kp");
    }
    if which & 4 != 0 {
        party = party.bears("national_id", "123456789", "kp");
    }
    if which & 8 != 0 {
        party = party.in_("cn");
    }
    party
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn names_score_alike_from_both_sides(a in name(), b in name(), organisation: bool) {
        let kind = if organisation { Kind::Organisation } else { Kind::Person };
        prop_assert_eq!(names(kind, &a, &b), names(kind, &b, &a));
    }

    #[test]
    fn a_name_never_scores_higher_than_itself_without_facts_allow(a in name()) {
        let own = names(Kind::Person, &a, &a);
        prop_assert!((0.0..0.97).contains(&own));
    }

    #[test]
    fn likeness_is_symmetric_and_between_nothing_and_one(a in token(), b in token()) {
        let (x, y) = (Spelt::of(a.text.as_bytes()), Spelt::of(b.text.as_bytes()));
        let one = likeness(&a, &x, &b, &y, &WEIGHTS.judge.spelling);
        prop_assert_eq!(one, likeness(&b, &y, &a, &x, &WEIGHTS.judge.spelling));
        prop_assert!(one.is_none_or(|(like, _)| like > 0.0 && like <= 1.0));
    }

    #[test]
    fn an_agreeing_fact_never_lowers(a in name(), b in name(), ours in 0_u8..16, theirs in 0_u8..16, which in 0_u8..3) {
        let (one, other) = (facts(person(&a), ours), facts(person(&b), theirs));
        let before = judged(&one, &other).score;
        let more = |party: One| match which {
            0 => party.born("1971-03-04"),
            1 => party.of("ir"),
            _ => party.bears("passport", "X998877", "ir"),
        };
        prop_assert!(judged(&more(one), &more(other)).score >= before);
    }

    #[test]
    fn another_alias_never_lowers(a in name(), b in name(), c in name(), ours in 0_u8..16, theirs in 0_u8..16) {
        let (one, other) = (facts(person(&a), ours), facts(person(&b), theirs));
        let before = judged(&one, &other).score;
        prop_assert!(judged(&one, &other.also(&c, Quality::Strong)).score >= before);
    }

    #[test]
    fn any_text_is_judged(a in "\\PC{0,80}", b in "\\PC{0,80}") {
        let score = names(Kind::Organisation, &a, &b);
        prop_assert!((0.0..=1.0).contains(&score));
    }
}

#[test]
fn a_token_whose_sound_is_longer_than_itself_is_compared() {
    // Every x sounds as two letters: the keys reach their limit in the middle of one.
    let token = |text: String| Token { text: text.into(), class: TokenClass::Word, variant: 0 };
    let (a, b) = (token(format!("abd{}", "xa".repeat(21))), token(format!("abdxe{}", "xa".repeat(20))));
    let (x, y) = (Spelt::of(a.text.as_bytes()), Spelt::of(b.text.as_bytes()));
    let found = likeness(&a, &x, &b, &y, &WEIGHTS.judge.spelling);
    assert!(found.is_some_and(|(like, _)| like > 0.9), "{found:?}");
}
