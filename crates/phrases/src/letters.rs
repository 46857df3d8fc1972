//! What a character is: a letter, part of a word, a space. The same as in the Python rooms, which read the same texts.

use unicode_normalization::char::is_combining_mark;

/// A letter or a number of any script; a mark alone is neither, nor is a letter in a circle.
pub(crate) fn is_letter(one: char) -> bool {
    if one.is_ascii() {
        return one.is_ascii_alphanumeric();
    }
    one.is_alphanumeric() && !is_combining_mark(one) && !is_circled(one)
}

/// Part of a word: a letter, a number or `_`.
pub(crate) fn is_word(one: char) -> bool {
    one == '_' || is_letter(one)
}

/// A space or the end of a line or of a part.
pub(crate) fn is_space(one: char) -> bool {
    one.is_whitespace() || matches!(one, '\u{1c}'..='\u{1f}')
}

/// The small letter; that of İ is the plain i, of which Turkish makes two characters.
pub(crate) fn small(one: char) -> char {
    if one.is_ascii() {
        return one.to_ascii_lowercase();
    }
    one.to_lowercase().next().unwrap_or(one)
}

fn is_circled(one: char) -> bool {
    matches!(one, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f149}' | '\u{1f150}'..='\u{1f169}')
        || matches!(one, '\u{1f170}'..='\u{1f189}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_no_letter_and_a_letter_of_any_script_is_one() {
        assert!(is_letter('é') && is_letter('Ж') && is_letter('김') && is_letter('٣') && is_letter('½'));
        assert!(!is_letter('\u{301}') && !is_letter('\u{651}') && !is_letter('Ⓐ') && !is_letter('-'));
    }

    #[test]
    fn a_small_letter_is_one_character() {
        assert_eq!((small('Ä'), small('İ'), small('\u{212a}'), small('김')), ('ä', 'i', 'k', '김'));
    }
}
