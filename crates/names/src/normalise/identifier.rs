//! Numbers that identify a party, in the one form in which they are compared.

use unicode_normalization::UnicodeNormalization;

/// `value` without anything but letters and digits, upper case unless the type tells letters apart by case
/// (wallet addresses). Letters of other scripts are kept: a Russian passport series may be Cyrillic.
pub fn identifier(value: &str, case_sensitive: bool) -> String {
    let kept = value.nfkc().filter(|c| c.is_alphanumeric());
    // A capital may come apart (ΰ into Υ and two marks), and what stood between a letter and its mark is gone:
    // composed again, the result is its own normal form.
    if case_sensitive {
        kept.nfkc().filter(|c| c.is_alphanumeric()).collect()
    } else {
        kept.flat_map(char::to_uppercase).nfkc().filter(|c| c.is_alphanumeric()).collect()
    }
}
