//! Other scripts in Latin letters.

/// ä as ae.
pub const LONG_UMLAUTS: u8 = 0;

pub(crate) fn word_readings(word: &str) -> Vec<String> {
    let _ = word;
    Vec::new()
}
