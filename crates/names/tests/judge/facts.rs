use crate::pair::{judged, one, organisation, person, score, One};
use names::facts::{Birth, Gender, Kind, Quality};
use names::judge::facts::{birth, birth_text, days_of, identifier};
use names::judge::{Band, Basis, FactKind, Finding, Judgement};
use proptest::prelude::*;

fn kim() -> One {
    person("KIM, Yong Chol")
}

fn finding(judged: &Judgement, kind: FactKind) -> Option<(Finding, f64)> {
    judged.facts.iter().find(|one| one.fact.kind == kind).map(|one| (one.fact.finding, one.moved))
}

fn birth_finding(ours: &str, theirs: &str) -> Finding {
    finding(&judged(&kim().born(ours), &kim().born(theirs)), FactKind::BirthDate).unwrap().0
}

#[test]
fn birth_dates_are_read_with_their_precision() {
    let pairs = [
        ("1962-02-18", "1962-02-18", Finding::Equal),
        ("1962", "1962-02-18", Finding::Within),
        ("1962-02", "1962-02-18", Finding::Within),
        ("~1947", "1946-11-05", Finding::Circa),
        ("~1947", "1947-03-01", Finding::Circa),
        ("1962-02-05", "1962-05-02", Finding::Swapped),
        ("1962-02-18", "1962-02-19", Finding::Slip),
        ("1962-02-18", "1972-02-18", Finding::Slip),
        ("1962-02-18", "1962-11-30", Finding::SameYear),
        ("1962-02-18", "1963-06-01", Finding::Near),
        ("1962-02-18", "1966-07-30", Finding::Conflict),
        ("~1947", "1962-02-18", Finding::Conflict),
    ];
    for (ours, theirs, expected) in pairs {
        assert_eq!(birth_finding(ours, theirs), expected, "{ours} {theirs}");
        assert_eq!(birth_finding(theirs, ours), expected, "{theirs} {ours}");
    }
}

#[test]
fn the_same_birthday_raises_and_another_lowers_below_the_threshold() {
    let none = score(&kim(), &kim());
    let equal = judged(&kim().born("1962-02-18"), &kim().born("1962-02-18"));
    assert!(f64::from(equal.score) / 10_000.0 > none);
    assert_eq!(equal.band, Band::Certain);
    assert!(score(&kim().born("1962-02-18"), &kim().born("1966-07-30")) < 0.70);
    assert!(score(&kim().born("1962-02-18"), &kim().born("1985-05-05")) < 0.70);
}

#[test]
fn a_conflict_with_a_vague_date_lowers_an_exact_name_and_still_shows_it() {
    let listed = kim().born("~1947").born("~1946");
    let vague = score(&kim().born("1962-02-18"), &listed);
    assert!(vague >= 0.70 && vague < score(&kim(), &kim()), "{vague}");
}

#[test]
fn a_swap_and_a_slip_never_sink_an_exact_name() {
    for day in ["1962-05-02", "1962-02-06", "1952-02-05"] {
        let now = judged(&kim().born("1962-02-05"), &kim().born(day));
        assert!(now.score >= 7_000, "{day}");
        assert!(now.score < judged(&kim().born("1962-02-05"), &kim().born("1962-02-05")).score);
    }
}

#[test]
fn the_best_of_several_birth_dates_counts() {
    let listed = kim().born("1935-01-01").born("1962-02-18");
    assert_eq!(finding(&judged(&kim().born("1962-02-18"), &listed), FactKind::BirthDate).unwrap().0, Finding::Equal);
}

#[test]
fn country_nationality_and_gender_together_never_sink_an_exact_name() {
    let ours = kim().of("us").in_("de").gender(Gender::Female);
    let theirs = kim().of("kp").in_("ir").gender(Gender::Male);
    let now = score(&ours, &theirs);
    assert!(now >= 0.70 && now < score(&kim(), &kim()), "{now}");
}

#[test]
fn a_nationality_named_as_a_residence_is_no_conflict() {
    let now = judged(&kim().of("kp"), &kim().of("cn").in_("kp"));
    assert_eq!(finding(&now, FactKind::Nationality), None);
    assert_eq!(finding(&now, FactKind::Country).unwrap().0, Finding::Equal);
}

#[test]
fn what_is_not_known_is_not_held_against_anybody() {
    assert_eq!(score(&kim(), &kim()), score(&kim().born("1962-02-18").of("kp"), &kim()));
}

#[test]
fn an_equal_identifier_is_certain_whatever_the_name() {
    let listed = person("RYU, Jin").bears("passport", "563410081", "kp");
    let now = judged(&person("Somebody Else").bears("passport", "563 410-081", "kp"), &listed);
    assert_eq!((now.band, now.basis), (Band::Certain, Basis::Identifier));
    assert!(now.score >= 9_000);
}

#[test]
fn an_equal_number_of_another_type_is_a_hit_and_not_certain() {
    let listed = person("RYU, Jin").bears("passport", "563410081", "kp");
    let now = judged(&person("Somebody Else").bears("national_id", "563410081", "kp"), &listed);
    assert!(now.score >= 7_000 && now.band < Band::Certain);
}

#[test]
fn an_equal_passport_of_another_country_is_not_the_same_passport() {
    let listed = person("RYU, Jin").bears("passport", "563410081", "kp");
    let now = judged(&person("Somebody Else").bears("passport", "563410081", "us"), &listed);
    assert!(now.band < Band::Certain);
}

#[test]
fn a_conflicting_identifier_of_one_type_and_country_may_sink_an_exact_name() {
    let ours = organisation("ALFA BANK").bears("tax_id", "7701234567", "ru");
    let theirs = organisation("ALFA BANK").bears("tax_id", "7809876543", "ru");
    assert!(score(&ours, &theirs) < 0.70);
    let elsewhere = organisation("ALFA BANK").bears("tax_id", "7809876543", "by");
    assert!(score(&ours, &elsewhere) >= 0.80);
}

#[test]
fn a_renewed_passport_lowers_and_does_not_sink() {
    let now = score(&kim().bears("passport", "563410081", "kp"), &kim().bears("passport", "472410022", "kp"));
    assert!(now >= 0.70 && now < score(&kim(), &kim()));
}

#[test]
fn one_equal_identifier_outweighs_those_that_differ() {
    let ours = kim().bears("passport", "563410081", "kp").bears("passport", "654321", "kp");
    let theirs = kim().bears("passport", "563410081", "kp").bears("passport", "123456", "kp");
    assert_eq!(judged(&ours, &theirs).band, Band::Certain);
}

#[test]
fn a_vessel_with_the_same_imo_number_is_the_same_under_any_name() {
    let ours = one(Kind::Vessel, "NEW HOPE").bears("imo", "IMO 9187629", "");
    let theirs = one(Kind::Vessel, "SPARTA").bears("imo", "9187629", "");
    assert_eq!(judged(&ours, &theirs).band, Band::Certain);
}

#[test]
fn wallet_addresses_keep_their_case_only_where_it_counts() {
    assert_ne!(
        identifier("wallet", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", ""),
        identifier("wallet", "1boatslrhtknngkdxeeobr76b53lettpyt", "")
    );
    let same = [
        ("0xABcd12", "0xabCD12"),
        ("xdc098B716B8Aaf21512996dC57EB0615e2383E2f96", "0x098b716b8aaf21512996dc57eb0615e2383e2f96"),
        ("ethereum:0xABcd12", "0xabcd12"),
        ("BC1QAR0SRRR7XFKVY5L643LYDNW9RE59GTZZWF5MDQ", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"),
        ("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A"),
        ("cosmos1hsk6jryyqjfhp5dhc55tc9jtckygx0eph6dd02", "COSMOS1HSK6JRYYQJFHP5DHC55TC9JTCKYGX0EPH6DD02"),
    ];
    for (ours, theirs) in same {
        assert_eq!(identifier("wallet", ours, ""), identifier("wallet", theirs, ""), "{ours}");
    }
}

#[test]
fn certain_needs_an_exact_name_and_a_specific_fact() {
    let exact = judged(&kim(), &kim());
    assert_eq!(exact.band, Band::Strong);
    let country = judged(&kim().of("kp"), &kim().of("kp"));
    assert_eq!(country.band, Band::Strong);
    let spelled = judged(&person("Young Chul Kim").born("1962-02-18"), &kim().born("1962-02-18"));
    assert!(spelled.band < Band::Certain);
    let weak = person("Somebody").also("KIM, Yong Chol", Quality::Weak).born("1962-02-18");
    assert!(judged(&kim().born("1962-02-18"), &weak).band < Band::Certain);
}

#[test]
fn facts_never_lift_names_that_have_little_in_common() {
    let ours = person("Jang Yong Son").born("1957-02-20").of("kp").gender(Gender::Male);
    let theirs = person("RYU, Jin").born("1957-02-20").of("kp").gender(Gender::Male);
    assert!(score(&ours, &theirs) < 0.50);
}

#[test]
fn effects_add_up_to_the_score() {
    let ours = kim().born("1962-02-18").of("us").gender(Gender::Male);
    let theirs = person("KIM, Young Chol Pak").born("1962-02-18").of("kp").gender(Gender::Male);
    let now = judged(&ours, &theirs);
    let lines = names::judge::explain::lines(&now, ("", &ours.facts), ("", &theirs.facts));
    let sum: f64 = lines.iter().map(|line| line.effect).sum();
    assert!((sum - f64::from(now.score) / 10_000.0).abs() < 0.0001, "{sum} {now:?}");
}

#[test]
fn impossible_dates_are_not_read() {
    for text in ["", "1962-02-30", "1962-13", "62", "1962-2-3", "1990/1980", "0000", "١٩٦٢", "1962-02-18T00", "~"] {
        assert_eq!(birth(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn a_date_survives_its_text(first in -719_162_i32..2_932_897, more in 0_i32..40_000, circa: bool) {
        let last = first.saturating_add(more).min(2_932_896);
        let date = Birth { first, last: last.max(first), circa };
        prop_assert_eq!(birth(&birth_text(date)), Some(date));
    }

    #[test]
    fn any_day_has_a_month_and_a_day(day: i32) {
        let (_, month, of_month) = days_of(day);
        prop_assert!((1..=12).contains(&month) && (1..=31).contains(&of_month));
    }
}

#[test]
fn forged_papers_do_not_clear_a_name_that_hardly_another_bears() {
    let listed = person("Gurbanguly Berdimuhamedow").born("1957-06-29").bears("passport", "A0000017", "tm");
    let forged = person("Gurbanguly Berdimuhamedow").born("1981-02-11").bears("passport", "X7310422", "tm");
    assert!(score(&forged, &listed) >= 0.70);
    let numbered = forged.bears("national_id", "1981021100017", "tm");
    assert!(score(&numbered, &listed.bears("national_id", "1957062900011", "tm")) < 0.70);
}

#[test]
fn a_first_of_january_decides_nothing_while_the_years_are_near() {
    assert!(score(&kim().born("1962-01-01"), &kim().born("1966-07-30")) >= 0.70);
    assert!(score(&kim().born("1962-02-18"), &kim().born("1966-01-01")) >= 0.70);
    assert!(score(&kim().born("1962-01-01"), &kim().born("1985-05-05")) < 0.70);
}

#[test]
fn of_two_who_are_kept_the_one_with_the_better_facts_stands_first() {
    let listed = person("Gurbanguly Berdimuhamedow").born("1957-06-29").of("tm");
    let day = |day: &str| person("Gurbanguly Berdimuhamedow").born(day);
    let scores = [
        score(&day("1957-06-29").of("tm"), &listed),
        score(&day("1957-06-29"), &listed),
        score(&day("1958-01-15"), &listed),
        score(&day("1966-02-11").of("tm"), &listed),
        score(&day("1966-02-11"), &listed),
        score(&day("1966-02-11").of("aq"), &listed),
    ];
    assert!(scores.windows(2).all(|two| two[0] > two[1]), "{scores:?}");
    assert!(scores[5] >= 0.70, "{scores:?}");
}
