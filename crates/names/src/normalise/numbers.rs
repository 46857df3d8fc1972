//! Numbers that are written as words, ordinals or Roman numerals.

/// Folded spelling, digits, and whether the word is an ordinary name as well.
///
/// I, V, X, C, D, L and M are initials and not here; XI and VI are Chinese and Vietnamese names, ONE, SIX and TEN
/// surnames or brands: they are read as numbers only in a second form.
pub(crate) const WORDS: &[(&str, &str, bool)] = &[
    ("one", "1", true),
    ("two", "2", false),
    ("three", "3", false),
    ("four", "4", false),
    ("five", "5", false),
    ("six", "6", true),
    ("seven", "7", false),
    ("eight", "8", false),
    ("nine", "9", false),
    ("ten", "10", true),
    ("eleven", "11", false),
    ("twelve", "12", false),
    ("thirteen", "13", false),
    ("fourteen", "14", false),
    ("fifteen", "15", false),
    ("sixteen", "16", false),
    ("seventeen", "17", false),
    ("eighteen", "18", false),
    ("nineteen", "19", false),
    ("twenty", "20", false),
    ("thirty", "30", false),
    ("forty", "40", false),
    ("fourty", "40", false),
    ("fifty", "50", false),
    ("sixty", "60", false),
    ("seventy", "70", false),
    ("eighty", "80", false),
    ("ninety", "90", false),
    ("first", "1", false),
    ("second", "2", false),
    ("third", "3", false),
    ("fourth", "4", false),
    ("fifth", "5", false),
    ("sixth", "6", false),
    ("seventh", "7", false),
    ("eighth", "8", false),
    ("ninth", "9", false),
    ("tenth", "10", false),
    ("eleventh", "11", false),
    ("twelfth", "12", false),
    ("thirteenth", "13", false),
    ("fourteenth", "14", false),
    ("fifteenth", "15", false),
    ("sixteenth", "16", false),
    ("seventeenth", "17", false),
    ("eighteenth", "18", false),
    ("nineteenth", "19", false),
    ("twentieth", "20", false),
    ("ii", "2", false),
    ("iii", "3", false),
    ("iv", "4", false),
    ("vi", "6", true),
    ("vii", "7", false),
    ("viii", "8", false),
    ("ix", "9", false),
    ("xi", "11", true),
    ("xii", "12", false),
    ("xiii", "13", false),
    ("xiv", "14", false),
    ("xv", "15", false),
    ("xvi", "16", false),
    ("xvii", "17", false),
    ("xviii", "18", false),
    ("xix", "19", false),
    ("xx", "20", false),
];

/// Words that say "number" when a number follows: NO 1, NUMBER ONE, Nr. 1, N° 1 (which folds to `no`).
pub(super) fn is_number_sign(word: &str) -> bool {
    matches!(word, "no" | "nr" | "num" | "number" | "numero" | "nomer" | "nummer" | "numer")
}

/// The digits of a number token without leading zeros; `None` when `word` is not a number in digits (586, 007, 1st).
pub(super) fn digits(word: &str) -> Option<&str> {
    let bytes = word.as_bytes();
    if !bytes.first()?.is_ascii_digit() {
        return None;
    }
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, ending) = word.split_at(length);
    if !matches!(ending, "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    let bare = number.trim_start_matches('0');
    Some(if bare.is_empty() { "0" } else { bare })
}

/// A single letter after a word at the end of a name may be a Roman numeral: OCEAN V.
pub(super) fn trailing_roman(letter: &str) -> Option<&'static str> {
    match letter {
        "i" => Some("1"),
        "v" => Some("5"),
        "x" => Some("10"),
        _ => None,
    }
}

/// Tens and ones as one number: forty and 4 are 44. `None` for what are two numbers.
pub(super) fn together(tens: &str, ones: &str) -> Option<String> {
    let [ten @ b'2'..=b'9', b'0'] = tens.as_bytes() else { return None };
    let [one @ b'1'..=b'9'] = ones.as_bytes() else { return None };
    Some([*ten as char, *one as char].into_iter().collect())
}
