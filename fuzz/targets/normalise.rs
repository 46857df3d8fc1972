//! Any text: normalising answers within its limits, in an alphabet of its own, the same every time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use names::normalise::{analyse, fold, identifier, Side, MAX_FORMS, MAX_TOKEN, MAX_TOKENS};

fn plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for side in [Side::Query, Side::List] {
        let read = analyse(&text, side);
        assert_eq!(read, analyse(&text, side), "twice the same");
        assert!(read.forms.len() <= MAX_FORMS);
        for form in &read.forms {
            assert!(form.tokens.len() <= MAX_TOKENS);
            assert!(plain(&form.squashed), "{:?}", form.squashed);
            for token in &form.tokens {
                assert!(!token.text.is_empty() && token.text.len() <= MAX_TOKEN && plain(&token.text), "{token:?}");
            }
        }
    }
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded, "folding is done once");
    for case_sensitive in [false, true] {
        let number = identifier(&text, case_sensitive);
        assert_eq!(identifier(&number, case_sensitive), number, "so is reading a number");
    }
});
