//! Numbers that identify a party, in the one form in which they are compared.

use unicode_normalization::UnicodeNormalization;

/// `value` without anything but letters and digits, upper case unless the type tells letters apart by case
/// (wallet addresses). Letters of other scripts are kept: a Russian passport series may be Cyrillic.
pub fn identifier(value: &str, case_sensitive: bool) -> String {
    let kept = value.nfkc().filter(|c| c.is_alphanumeric());
    if case_sensitive {
        kept.collect()
    } else {
        kept.flat_map(char::to_uppercase).collect()
    }
}
