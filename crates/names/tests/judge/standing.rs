//! What is a hit, what facts take below, and which facts may.

use crate::pair::{judged_at, one, organisation, person, One};
use names::facts::{Gender, Kind, Quality};
use names::judge::thresholds::Row;
use names::judge::{Band, FactKind, Finding, Judgement, Standing, Thresholds};
use proptest::prelude::*;

fn kim() -> One {
    person("KIM, Yong Chol")
}

#[test]
fn a_birthday_decades_apart_suppresses_a_namesake_and_keeps_the_reckoning() {
    let judged = judged_at(&kim().born("1985-05-05"), &kim().born("1962-02-18"), 0.7);
    assert_eq!((judged.standing, judged.band), (Standing::Suppressed, Band::Below));
    assert!(judged.name_score >= 7_000 && judged.score < 7_000);
    assert_eq!(judged.facts.iter().filter(|effect| effect.moved < 0.0).count(), 1);
}

#[test]
fn a_name_that_is_no_hit_is_suppressed_by_nothing() {
    let judged = judged_at(&person("KIM, Yong Su").born("1985-05-05"), &kim().born("1962-02-18"), 0.7);
    assert_eq!(judged.standing, Standing::Below);
}

#[test]
fn countries_alone_take_no_pair_below_whatever_its_name_and_threshold() {
    // Exact, strong and loose names, at thresholds between their scores and the floor.
    for (name, threshold) in [("Kim Yong Chol", 0.83), ("Kim Yong Chol", 0.7), ("Yong Chol R. Kim", 0.7)] {
        let alone = judged_at(&person(name), &kim(), threshold);
        assert_eq!(alone.standing, Standing::Hit, "{name} at {threshold}: {}", alone.score);
        let elsewhere = judged_at(&person(name).of("us").in_("de"), &kim().of("kp").in_("ir"), threshold);
        assert_eq!(elsewhere.standing, Standing::Hit, "{name} at {threshold}: {}", elsewhere.score);
        assert!(elsewhere.score < alone.score && elsewhere.band >= Band::Possible);
    }
}

#[test]
fn facts_that_may_not_sink_keep_an_exact_name_at_every_threshold() {
    let (ours, theirs) = (kim().born("1962-02-18").gender(Gender::Male), kim().born("~1947").gender(Gender::Female));
    for threshold in [0.6, 0.7, 0.75, 0.8, 0.83] {
        assert_eq!(judged_at(&ours, &theirs, threshold).standing, Standing::Hit, "{threshold}");
    }
}

#[test]
fn another_number_lowers_a_ship_and_never_clears_it() {
    let ship = |imo: &str| one(Kind::Vessel, "SPARTA").bears("imo", imo, "");
    let (bare, same) = (judged_at(&one(Kind::Vessel, "SPARTA"), &ship("9187629"), 0.7), ship("9187629"));
    let other = judged_at(&ship("9204805"), &same, 0.7);
    assert_eq!((bare.standing, other.standing), (Standing::Hit, Standing::Hit));
    assert!(other.score < bare.score);
    let near = judged_at(&one(Kind::Vessel, "SPARTA II").bears("imo", "9204805", ""), &same, 0.7);
    assert_ne!(near.standing, Standing::Hit);
}

#[test]
fn another_tail_or_serial_number_lowers_and_the_same_one_finds_under_any_name() {
    let plane = |name: &str, kind: &str, value: &str| one(Kind::Aircraft, name).bears(kind, value, "");
    for kind in ["tail_number", "serial_number"] {
        let listed = plane("EP-GOM", kind, "EP-GOM");
        let renamed = judged_at(&plane("5A-DKY", kind, "EPGOM"), &listed, 0.7);
        assert_eq!(renamed.standing, Standing::Hit, "{kind}");
        let (bare, other) = (
            judged_at(&one(Kind::Aircraft, "EP-GOM"), &listed, 0.7),
            judged_at(&plane("EP-GOM", kind, "EP-GOQ"), &listed, 0.7),
        );
        assert_eq!((bare.standing, other.standing), (Standing::Hit, Standing::Hit), "{kind}");
        assert!(other.score < bare.score, "{kind}");
    }
}

#[test]
fn a_malformed_number_agrees_and_never_conflicts() {
    let bank = |kind: &str, value: &str, country: &str| organisation("ALFA BANK").bears(kind, value, country);
    let listed = bank("tax_id", "7728168971", "ru");
    let conflict = |judged: &Judgement| judged.facts.iter().any(|effect| effect.fact.finding == Finding::Conflict);
    assert!(conflict(&judged_at(&bank("tax_id", "7707083893", "ru"), &listed, 0.7)));
    assert!(!conflict(&judged_at(&bank("tax_id?", "7707083894", "ru"), &listed, 0.7)));
    let copied = judged_at(&bank("tax_id?", "7707083894", "ru"), &bank("tax_id", "7707083894", ""), 0.7);
    assert_eq!(copied.band, Band::Certain);
}

#[test]
fn the_first_threshold_that_fits_list_and_kind_counts() {
    let row = |at: f64, list: &str, kind: Option<Kind>| Row { at, list: list.into(), kind };
    let asked =
        Thresholds::new(vec![row(0.9, "un", Some(Kind::Person)), row(0.8, "un", None), row(0.6, "", None)], 0.7);
    assert_eq!(asked.at("un:1", Some(Kind::Person)), 0.9);
    assert_eq!(asked.at("un:1", Some(Kind::Vessel)), 0.8);
    assert_eq!(asked.at("un:1", None), 0.8);
    assert_eq!(asked.at("unx:1", Some(Kind::Person)), 0.6);
    assert_eq!(Thresholds::from(0.7).at("nobody", None), 0.7);
}

fn known(mut party: One, facts: u16) -> One {
    let births = ["1962-02-18", "1962-02-19", "1985-05-05", "1962", "~1947"];
    for (at, day) in births.iter().enumerate() {
        if facts & (1 << at) != 0 {
            party = party.born(day);
        }
    }
    let more: [fn(One) -> One; 8] = [
        |party| party.of("kp"),
        |party| party.of("us"),
        |party| party.in_("cn"),
        |party| party.gender(Gender::Female),
        |party| party.bears("passport", "563410081", "kp"),
        |party| party.bears("national_id", "12345", "kp"),
        |party| party.bears("national_id", "67890", "kp"),
        |party| party.bears("imo", "9187629", ""),
    ];
    for (at, add) in more.iter().enumerate() {
        if facts & (1 << (at + 5)) != 0 {
            party = add(party);
        }
    }
    party
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Kim Yong Chol",
        "Kim Young Chul",
        "Kim Yong Chol Park",
        "Kim Chol",
        "Kim Yong Su",
        "KOMID",
        "Petrov",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn only_facts_that_may_sink_take_an_exact_or_strong_name_below(
        a in name(), ours in 0_u16..8192, theirs in 0_u16..8192, threshold in 0.4..0.97, weak: bool,
    ) {
        let listed = known(if weak { kim().also(&a, Quality::Weak) } else { kim() }, theirs);
        let now = judged_at(&known(person(&a), ours), &listed, threshold);
        let sank = |effect: &names::judge::Effect| effect.moved < 0.0 && effect.fact.decisive;
        let exact = now.name.as_ref().is_some_and(|name| name.exact);
        if (exact || now.name_score >= 8_500) && now.standing == Standing::Suppressed {
            prop_assert!(now.facts.iter().any(sank), "{now:?}");
        }
        for effect in now.facts.iter().filter(|effect| effect.fact.decisive) {
            let allowed = [FactKind::BirthDate, FactKind::Identifier, FactKind::PartyKind];
            prop_assert!(allowed.contains(&effect.fact.kind) && effect.fact.finding == Finding::Conflict);
        }
    }

    #[test]
    fn a_pair_is_suppressed_when_its_name_alone_suffices_and_only_then(
        a in name(), ours in 0_u16..8192, theirs in 0_u16..8192, threshold in 0.4..0.97,
    ) {
        let now = judged_at(&known(person(&a), ours), &known(kim(), theirs), threshold);
        let at = |score: u16| f64::from(score) >= threshold * 10_000.0 - 0.5;
        let by_country = |effect: &names::judge::Effect| {
            effect.moved < 0.0 && matches!(effect.fact.kind, FactKind::Nationality | FactKind::Country)
        };
        match now.standing {
            // What countries take does not count.
            Standing::Hit => prop_assert!(at(now.score) || at(now.name_score) || now.facts.iter().any(by_country)),
            Standing::Suppressed => prop_assert!(at(now.name_score) && !at(now.score)),
            Standing::Below => prop_assert!(!at(now.name_score) && !at(now.score)),
        }
        prop_assert_eq!(now.band == Band::Below, now.standing != Standing::Hit);
    }

    #[test]
    fn no_country_turns_a_hit_into_something_else(
        a in name(), facts in 0_u16..32, theirs in 0_u16..32, threshold in 0.4..0.97,
    ) {
        // Bits 5 to 7 are countries; the first five, dates, stay as they are.
        let without = judged_at(&known(person(&a), facts), &known(kim(), theirs), threshold);
        for (one, other) in [(1 << 5, 1 << 6), (1 << 6, 1 << 5), (1 << 7, 1 << 6)] {
            let with = judged_at(&known(person(&a), facts | one), &known(kim(), theirs | other), threshold);
            if without.standing == Standing::Hit {
                prop_assert_eq!(with.standing, Standing::Hit);
            }
        }
    }
}
