//! What is told to be below the threshold without being judged is below it.

use crate::pair::{judged_at, may_reach, organisation, person, One};
use names::facts::Quality;
use names::judge::Standing;
use proptest::prelude::*;

/// Parts that are equal, variants, joins, initials, abbreviations, legal forms and numbers of each other.
fn name() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "kim",
        "yong",
        "young",
        "chol",
        "yongchol",
        "abd",
        "al",
        "rahman",
        "abdurrahman",
        "bin",
        "mohammed",
        "muhamad",
        "hassan",
        "hasan",
        "irgc",
        "islamic",
        "revolutionary",
        "guard",
        "corps",
        "j",
        "m",
        "iv",
        "2004",
        "llc",
        "ooo",
        "gmbh",
        "bank",
        "trading",
        "korea",
        "petrov",
        "petrof",
        "katrin",
        "김영철",
        "李",
        "Иванов",
    ]);
    prop::collection::vec(prop_oneof![6 => part.prop_map(str::to_owned), 1 => "[a-z]{1,9}"], 0..6)
        .prop_map(|parts| parts.join(" "))
}

/// The name, its parts turned round and one letter of it another.
fn damaged(name: &str, turn: usize, at: usize, letter: char) -> String {
    let mut parts: Vec<&str> = name.split(' ').collect();
    let turn = turn % parts.len();
    parts.rotate_left(turn);
    let mut letters: Vec<char> = parts.join(" ").chars().collect();
    let at = at % letters.len().max(1);
    if let Some(place) = letters.get_mut(at) {
        *place = letter;
    }
    letters.into_iter().collect()
}

fn known(mut party: One, facts: u8) -> One {
    if facts & 1 != 0 {
        party = party.born("1962-02-18");
    }
    if facts & 2 != 0 {
        party = party.born("1985-05-05");
    }
    if facts & 4 != 0 {
        party = party.of("kp");
    }
    if facts & 8 != 0 {
        party = party.bears("passport", "563410081", "kp");
    }
    if facts & 16 != 0 {
        party.facts.kind = None;
    }
    party
}

fn never_lost(ours: &One, theirs: &One, threshold: f64) -> Result<(), TestCaseError> {
    let judged = judged_at(ours, theirs, threshold);
    for suppressed in [false, true] {
        let reported = judged.standing == Standing::Hit || suppressed && judged.standing == Standing::Suppressed;
        prop_assert!(!reported || may_reach(ours, theirs, threshold, suppressed), "{judged:?} at {threshold}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_pair_at_the_threshold_is_passed_over(
        a in name(), b in name(), alias in name(), turn in 0_usize..6, at in 0_usize..40, letter in "[a-z ]",
        ours in 0_u8..32, theirs in 0_u8..32, persons: bool, threshold in 0.0..1.0,
    ) {
        let one = if persons { person } else { organisation };
        let letter = letter.chars().next().unwrap_or('a');
        let asked = known(one(&a), ours);
        for listed in [b.clone(), damaged(&a, turn, at, letter), format!("{a} {b}")] {
            let listed = known(one(&listed), theirs).also(&alias, Quality::Weak);
            never_lost(&asked, &listed, threshold)?;
            // The threshold that the pair just reaches.
            let score = judged_at(&asked, &listed, 0.7).score;
            never_lost(&asked, &listed, f64::from(score) / 10_000.0)?;
        }
    }
}

#[test]
fn names_that_share_one_common_part_are_passed_over() {
    for (ours, theirs) in [
        ("KIM YONG CHOL", "KIM REBECCA SCHOU"),
        ("Abigail Wilson", "WILSON, Joseph"),
        ("Adam Johnson", "JOHNSON, Prince Y."),
    ] {
        assert!(!may_reach(&person(ours), &person(theirs), 0.7, false), "{ours} {theirs}");
    }
    assert!(!may_reach(&organisation("ABU REIHAN GROUP"), &organisation("AL-AQSA TV GROUP"), 0.7, false));
}

#[test]
fn facts_alone_pass_over_and_keep() {
    let (ours, theirs) = (person("KIM YONG CHOL"), person("KIM YONG CHOL"));
    assert!(may_reach(&ours, &theirs, 0.7, false));
    let vessel = crate::pair::one(names::facts::Kind::Vessel, "KIM YONG CHOL");
    assert!(!may_reach(&ours, &vessel, 0.7, false), "a vessel");
    let (young, old) = (ours.clone().born("1985-05-05"), person("KIM YONG CHUL").born("1962-02-18"));
    assert!(!may_reach(&young, &old, 0.7, false), "born decades apart");
    assert!(may_reach(&young, &old, 0.7, true), "suppressed by that fact");
    let other = person("REBECCA SCHOU").bears("passport", "563410081", "kp");
    assert!(may_reach(&ours.bears("passport", "563410081", "kp"), &other, 0.7, false), "one passport");
}
