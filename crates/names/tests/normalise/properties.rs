//! What holds of every text.

use names::normalise::{analyse, fold, identifier, Analysed, Side, TokenClass, MAX_FORMS, MAX_TOKEN, MAX_TOKENS};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::plain;

/// Text as it comes: names of every script, signs that cannot be seen, and anything at all.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "\\PC{0,12}",
        "[A-Za-z]{1,9}",
        "([A-Z]\\.){1,5}",
        "[а-яёіїєґўђ]{1,8}",
        "[가-힣]{1,5}",
        "[一-龥]{1,6}",
        "[ء-ي]{1,8}",
        "[א-ת]{1,6}",
        "[α-ωά-ώ]{1,8}",
        "[ぁ-ヶ]{1,6}",
        "[0-9IVXivx]{1,5}",
        "[ ,.'’&/()\\-]{1,3}",
        "[\u{0}-\u{1f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{300}-\u{36f}]{1,3}",
        prop::sample::select(vec![
            "Ltd",
            "S.A. de C.V.",
            "Co., Ltd.",
            "and",
            "al-",
            "No",
            "one",
            "عبد ال",
            "有限公司",
            "ООО"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((pieces, prop::sample::select(vec!["", " ", ", ", "-"])), 0..7)
        .prop_map(|parts| parts.into_iter().map(|(piece, gap)| piece + gap).collect())
}

fn within_limits(analysed: &Analysed) {
    assert!(analysed.forms.len() <= MAX_FORMS);
    for form in &analysed.forms {
        assert!(!form.tokens.is_empty() && form.tokens.len() <= MAX_TOKENS);
        assert!(!form.squashed.is_empty());
        for token in &form.tokens {
            assert!((1..=MAX_TOKEN).contains(&token.text.len()), "{token:?}");
            assert!(token.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{token:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_are_short_lower_case_ascii_whatever_comes(text in any_text()) {
        within_limits(&analyse(&text, Side::Query));
        within_limits(&analyse(&text, Side::List));
        let _ = (fold(&text), identifier(&text, true));
    }

    #[test]
    fn any_characters_at_all_are_survived(text in any::<String>()) {
        within_limits(&analyse(&text, Side::List));
        let _ = (fold(&text), identifier(&text, false));
    }

    #[test]
    fn normalising_twice_changes_nothing(text in any_text()) {
        for form in analyse(&text, Side::Query).forms.iter().take(1) {
            let written = plain(form);
            let again = analyse(&written, Side::Query);
            // The stops and commas that make H.F. a legal form, or keep letters apart, are gone the second time.
            let legal = form.tokens.iter().any(|token| matches!(token.class, TokenClass::Legal(_)));
            prop_assert!(legal || *again.forms[0].squashed == written.replace(' ', ""));
            let letters = form.tokens.windows(2).any(|pair| pair.iter().all(|token| token.text.len() == 1));
            prop_assert!(legal || letters || plain(&again.forms[0]) == written);
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in any_text()) {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }

    #[test]
    fn case_changes_nothing(text in any_text()) {
        // Both ways from capitals: ß becomes SS and İ two characters, which no small letters bring back.
        let capitals = text.to_uppercase();
        prop_assert_eq!(analyse(&capitals.to_lowercase(), Side::Query), analyse(&capitals, Side::Query));
        prop_assert_eq!(fold(&capitals.to_lowercase()), fold(&capitals));
    }

    #[test]
    fn latin_and_cyrillic_names_read_the_same_in_any_case(text in "[A-Za-zÀ-ſа-яА-ЯёіїєґЁ .,'\\-]{0,30}") {
        prop_assert_eq!(analyse(&text.to_uppercase(), Side::Query), analyse(&text, Side::Query));
        prop_assert_eq!(analyse(&text.to_lowercase(), Side::Query), analyse(&text, Side::Query));
    }

    #[test]
    fn composed_and_decomposed_text_read_the_same(text in any_text()) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        prop_assert_eq!(analyse(&composed, Side::List), analyse(&decomposed, Side::List));
        prop_assert_eq!(fold(&composed), fold(&decomposed));
    }

    #[test]
    fn the_list_side_reads_at_least_what_the_query_side_reads(text in any_text()) {
        let list = analyse(&text, Side::List);
        for form in analyse(&text, Side::Query).forms {
            prop_assert!(list.truncated || list.forms.contains(&form));
        }
    }
}
