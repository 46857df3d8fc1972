//! What tells organisations and ships apart, and what does not: the pairs behind the rules of their names.

use crate::pair::{names, one, organisation, score};
use names::facts::Kind::{Organisation, Vessel};

fn same(ours: &str, theirs: &str) {
    let score = names(Organisation, ours, theirs);
    assert!(score >= 0.70, "{ours} | {theirs}: {score}, wanted a hit");
    assert!(score < names(Organisation, theirs, theirs), "{ours} | {theirs}: {score}, as if exact");
}

fn different(ours: &str, theirs: &str) {
    let score = names(Organisation, ours, theirs);
    assert!(score < 0.70, "{ours} | {theirs}: {score}, wanted less than 0.70");
}

#[test]
fn another_word_for_the_same_is_the_same_organisation() {
    same("ARVAND STEEL COMPLEX", "ARVAND FOOLAD COMPLEX");
    same("BELARUSIAN POTASH VENTURES", "BELARUS POTASH VENTURES");
    same("AL-QADR BRIGADES", "AL-QADR BATTALION");
}

#[test]
fn a_letter_of_another_script_that_is_shaped_alike_hides_no_ship() {
    let score = names(Vessel, "\u{420}-672", "P-672");
    assert!(score >= 0.70, "{score}, wanted a hit");
}

#[test]
fn a_plural_and_the_adjective_of_a_place_are_the_word_itself() {
    same("RED HERONS OF TYRE", "RED HERON OF TYRE");
    same("DUBRAVA CABLE PLANT", "DUBRAVSKIY CABLE PLANT");
}

#[test]
fn words_of_persons_are_not_bent() {
    let person = |ours, theirs| names(names::facts::Kind::Person, ours, theirs);
    assert!(person("Peter Daniels", "Peter Daniel") < names(Organisation, "PETER DANIELS", "PETER DANIEL"));
}

#[test]
fn the_beginning_of_a_word_may_stand_for_it() {
    same("ORVANA PETROCHEM TRADING", "ORVANA PETROCHEMICAL TRADING");
}

#[test]
fn what_an_organisation_does_tells_sister_companies_apart_when_both_say_it() {
    let other = names(Organisation, "VOLTANA TRADING LLC", "VOLTANA SHIPPING LLC");
    assert!(other < names(Organisation, "VOLTANA LLC", "VOLTANA SHIPPING LLC"), "{other}");
}

#[test]
fn a_letter_numbers_companies() {
    let another = names(Organisation, "STROYVEKTOR-B LLC", "STROYVEKTOR-K LLC");
    let absent = names(Organisation, "STROYVEKTOR LLC", "STROYVEKTOR-K LLC");
    assert!(another < absent && absent < names(Organisation, "STROYVEKTOR-K LLC", "STROYVEKTOR-K LLC"));
}

#[test]
fn the_name_of_a_person_is_what_is_rare_in_the_name_of_a_company() {
    different("Garcia Construcciones S.L.", "GENERAL CONSTRUCTION");
    different("Martinez Transportes S.A.", "INTERNATIONAL TRANSPORTATION SERVICES LLC");
    different("Hassan Shipping", "IBRAHIM SHIPPING");
}

#[test]
fn another_word_does_not_take_the_place_of_a_rare_one() {
    different("Radu Printing Ltd", "PRINTING TRADE CENTER GMBH");
}

#[test]
fn common_words_that_are_all_of_a_name_are_what_it_goes_by() {
    let ship = one(Vessel, "MARIA III");
    for text in ["03", "SALARY 03/2024", "MARIA"] {
        let mut asked = organisation(text);
        asked.facts.kind = None;
        let found = score(&asked, &ship);
        assert!(found < 0.70, "{text}: {found}");
    }
    assert!(score(&ship, &ship) >= 0.80);
    different("INTERNATIONAL DEVELOPMENT GROUP", "INTERNATIONAL TRADE GROUP");
}

#[test]
fn a_word_said_twice_says_nothing_more() {
    same("BANCO AURORAL, BANCO MULTIPLE", "BANCO AURORAL MULTIPLE");
}

#[test]
fn the_initials_of_a_person_are_no_acronym() {
    let mut asked = organisation("Thomas Carl Huber");
    asked.facts.kind = None;
    assert!(score(&asked, &organisation("TCH CONSULTANCY")) < 0.70);
    let mut asked = organisation("Rebecca Daniel Berg");
    asked.facts.kind = None;
    assert!(score(&asked, &one(Vessel, "DANIEL")) < 0.70);
}
