//! The relation between tokens, rule by rule, with names; and its agreement with the definition.

use crate::oracle::{self, Oracle};
use crate::world::{token, weights};
use names::similarity::{edit_limit, family_key, joined, may_join, one_edit, osa, sound_key, tokens, whole, Reason};
use proptest::prelude::*;

fn alike(a: &str, b: &str) -> Option<(u16, Reason)> {
    let there = tokens(&token(a), &token(b), &weights());
    assert_eq!(there, tokens(&token(b), &token(a), &weights()), "{a} / {b} is not symmetric");
    there.map(|found| (found.sim, found.reason))
}

#[test]
fn equal_texts_are_one_whatever_their_class() {
    assert_eq!(alike("kim", "kim"), Some((1024, Reason::Equal)));
    assert_eq!(alike("/al", "al"), Some((1024, Reason::Equal)));
    assert_eq!(alike("#2", "2"), Some((1024, Reason::Equal)));
}

#[test]
fn spellings_of_one_name_are_variants() {
    assert_eq!(alike("mohammed~3", "magomed~3"), Some((973, Reason::Variant)));
    assert_eq!(alike("mohammed~3", "ahmad~4"), None);
}

#[test]
fn one_edit_from_four_letters_and_two_from_six_by_the_longer() {
    assert_eq!(alike("chol", "cho"), Some((1024 - 1229 / 4, Reason::Edit)));
    assert_eq!(alike("kim", "kin"), None);
    assert_eq!(alike("zarqawi", "zarqavi").unwrap().1, Reason::Edit);
    assert_eq!(alike("abadan", "abad"), Some((1024 - 2 * 1229 / 6, Reason::Edit)));
    assert_eq!(alike("putni", "putin"), Some((1024 - 1229 / 5, Reason::Edit)));
    assert_eq!(alike("abcde", "abxye"), None);
}

#[test]
fn numbers_are_equal_or_nothing() {
    assert_eq!(alike("#2004", "#2005"), None);
    assert_eq!(alike("trust2004", "trust2005"), None);
    assert_eq!(alike("trust2004", "trusts2004").unwrap().1, Reason::Edit);
}

#[test]
fn legal_forms_of_one_class_are_alike_and_others_are_not() {
    assert_eq!(alike("=llc1", "=ooo1"), Some((922, Reason::Legal)));
    assert_eq!(alike("=gmbh1", "=ag2"), None);
}

#[test]
fn an_initial_is_compatible_with_a_name_that_begins_with_it() {
    assert_eq!(alike("j.", "joseph"), Some((614, Reason::Initial)));
    assert_eq!(alike("j.", "kony"), None);
    assert_eq!(alike("j.", "k."), None);
    assert_eq!(alike("j.", "/jr"), None);
}

#[test]
fn stop_words_are_never_typing_errors_of_words() {
    assert_eq!(alike("/von", "vons"), None);
    assert_eq!(alike("/haji", "hajj"), None);
}

#[test]
fn sound_joins_spellings_and_keeps_names_apart() {
    assert_eq!(alike("khachaturyan", "khatchaturian"), Some((1024 - 2 * 1229 / 13, Reason::Edit)));
    assert_eq!(alike("bakui", "bakouie"), Some((768, Reason::Sound)));
    assert_eq!(sound_key("xenia"), sound_key("kseniya"));
    for (one, other) in [("zhang", "yang"), ("zhang", "chang"), ("kim", "kam"), ("omar", "moro"), ("lee", "li")] {
        assert!(sound_key(one).is_empty() || sound_key(one) != sound_key(other), "{one} / {other}");
    }
}

#[test]
fn families_join_what_romanisations_exchange_and_keep_names_apart() {
    assert_eq!(alike("kradumphon", "kratumporn"), None);
    assert_eq!(alike("chari", "jaree"), Some((666, Reason::Sound)));
    assert_eq!(alike("zhangwei", "changwei"), Some((1024 - 1229 / 8, Reason::Edit)));
    for (one, other) in [("zhang", "yang"), ("kim", "kam"), ("park", "pal"), ("ri", "li"), ("hasan", "asan")] {
        assert!(family_key(one).is_empty() || family_key(one) != family_key(other), "{one} / {other}");
    }
    assert_eq!(family_key("zhang"), family_key("chang"));
    assert_eq!(family_key("omar"), "omr");
    assert_eq!(family_key("dota"), "");
}

#[test]
fn a_word_that_begins_or_ends_with_another_is_alike_from_four_letters() {
    assert_eq!(alike("katra", "katranji"), Some((594, Reason::Part)));
    assert_eq!(alike("kipli", "julkipli"), Some((594, Reason::Part)));
    assert_eq!(alike("nur", "nurzai"), None);
    assert_eq!(alike("katra", "alkatranji"), None);
    assert_eq!(alike("sparta", "sparta2004"), None);
    assert_eq!(alike("sparta4", "sparta4ships"), Some((594, Reason::Part)));
}

#[test]
fn joins_are_heard_from_three_consonants() {
    assert_eq!(joined("khayrbayk", "khairbek", &weights()).unwrap().sim, 768);
    assert_eq!(joined("alhm", "ilham", &weights()), None);
    assert_eq!(joined("kimo", "kam", &weights()), None);
    assert_eq!(joined("abdalriza", "ebdolreza", &weights()), None);
    assert_eq!(joined("bdlrz", "bodoloroz", &weights()), None);
}

#[test]
fn joins_allow_one_edit_from_six_letters() {
    assert_eq!(joined("yongchol", "yongchol", &weights()).unwrap().sim, 973);
    assert_eq!(joined("yongchol", "yongchul", &weights()).unwrap().sim, 973 - 1229 / 8);
    assert_eq!(joined("kimyu", "kimyo", &weights()), None);
    assert_eq!(joined("sparta4", "sparta", &weights()), None);
    let run = |spelt: &str| spelt.split(' ').map(token).collect::<Vec<_>>();
    assert!(may_join(&run("/al assad")) && may_join(&run("abd /al rahman")) && may_join(&run("unit #61398")));
    assert!(!may_join(&run("/al /of")) && !may_join(&run("kim yong chol")) && !may_join(&run("kim")) && !may_join(&[]));
}

#[test]
fn wholes_allow_one_edit_from_eight_letters() {
    assert_eq!(whole("ate", "ate", &weights()), Some(973));
    assert_eq!(whole("atelier", "ateliex", &weights()), None);
    assert_eq!(whole("ateliers", "atelierx", &weights()), Some(973 - 1229 / 8));
    assert_eq!(whole("", "", &weights()), None);
}

#[test]
fn texts_outside_the_contract_are_only_equal_or_not() {
    let long = "a".repeat(65);
    assert_eq!(alike(&long, &long), Some((1024, Reason::Equal)));
    assert_eq!(alike(&long, &"a".repeat(64)), None);
    assert_eq!(alike("жуков", "жукоф"), None);
    assert_eq!(osa(b"", b"", 2), Some(0));
    assert_eq!(edit_limit(0), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_agree_with_the_textbook(a in "[ab]{0,12}|[a-c]{60,64}", b in "[ab]{0,12}|[a-c]{60,64}") {
        let defined = oracle::osa(a.as_bytes(), b.as_bytes());
        for limit in 1..=2 {
            prop_assert_eq!(osa(a.as_bytes(), b.as_bytes(), limit), Some(defined).filter(|edits| *edits <= limit));
        }
        prop_assert_eq!(one_edit(a.as_bytes(), b.as_bytes()), Some(defined).filter(|edits| *edits <= 1));
    }

    #[test]
    fn far_texts_have_the_textbook_distance(a in "[a-d]{0,64}", b in "[a-d]{0,64}") {
        let defined = oracle::osa(a.as_bytes(), b.as_bytes());
        if a.len().abs_diff(b.len()) <= 64 {
            prop_assert_eq!(osa(a.as_bytes(), b.as_bytes(), 64), Some(defined));
        }
    }

    #[test]
    fn sound_keys_agree_with_the_definition(word in "[a-z]{0,9}|([iyaeou]{0,2}(tsch|sch|tch|dzh|ch|sh|zh|dj|kh|gh|ph|th|dh|ts|tz|c|q|w|x|h|y|s|k)){1,5}[aeiouyh]{0,2}") {
        prop_assert_eq!(sound_key(&word), oracle::sound(&word).unwrap_or_default());
        prop_assert_eq!(family_key(&word), oracle::family(&word).unwrap_or_default());
    }

    #[test]
    fn similarity_agrees_with_the_definition_and_is_symmetric(
        a in "[/#]?[ab]{1,4}[12]?(~[1-3])?|[ab]\\.|=l[12]",
        b in "[/#]?[ab]{1,4}[12]?(~[1-3])?|[ab]\\.|=l[12]",
    ) {
        let (a, b) = (token(&a), token(&b));
        let oracle = Oracle::new(&[], &weights());
        let found = tokens(&a, &b, &weights());
        prop_assert_eq!(found, tokens(&b, &a, &weights()));
        prop_assert_eq!(found.map_or(0, |found| found.sim), oracle.similarity(&a, &b));
    }
}
