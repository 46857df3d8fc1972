//! What a word of a name says beside the other words of that name: it repeats them, stands for them, is all there is.

use crate::judge::prepared::Part;
use crate::normalise::TokenClass;

/// MARIA III, TRADE HOUSE: common words that are all that an organisation or ship is called are what it goes by, so
/// that no number and no single one of them is the name.
pub(super) fn raise(parts: &mut [Part], least: f64) {
    let words = || parts.iter().filter(|part| part.token.class == TokenClass::Word);
    let (count, sum) = (words().count(), words().map(|part| part.other).sum::<f64>());
    if count == 0 || sum >= least {
        return;
    }
    let share = least / count as f64;
    for part in parts.iter_mut().filter(|part| part.token.class == TokenClass::Word && part.other < share) {
        part.other = share;
    }
}

/// RAJAH SOLAIMAN MOVEMENT (RSM): letters that only repeat what the name says.
pub(super) fn abbreviates(parts: &[Part], at: usize) -> bool {
    let text = parts[at].token.text.as_bytes();
    if !(3..=6).contains(&text.len()) || !parts[at].ordinary() || parts.len() <= text.len() {
        return false;
    }
    let (before, after) = (&parts[..at], &parts[at + 1..]);
    [before, after].iter().any(|some| (0..some.len()).any(|from| spells(&some[from..], text, false).is_some()))
}

/// BANCO DEL PUEBLO, BANCO UNIVERSAL: a word said twice says nothing more.
pub(super) fn repeats(parts: &[Part], at: usize) -> bool {
    let (before, part) = (&parts[..at], &parts[at]);
    let same =
        |other: &Part| other.same_text(part) || other.token.variant != 0 && other.token.variant == part.token.variant;
    part.token.class == TokenClass::Word && before.iter().any(same)
}

/// How many parts, particles passed over, have initials that spell `text`; `None` when they do not.
pub(super) fn spells(parts: &[Part], text: &[u8], person: bool) -> Option<usize> {
    let mut letters = text.iter();
    let mut named = 0;
    for (at, part) in parts.iter().enumerate() {
        let initial = part.token.text.as_bytes().first();
        if part.token.class == TokenClass::Stop && at > 0 {
            continue;
        }
        if letters.next() != initial || part.token.text.len() < 2 {
            return None;
        }
        named += usize::from(part.known);
        if letters.len() == 0 {
            // Thomas Carl Huber is no TCH CONSULTANCY.
            return (person || named * 2 <= text.len()).then_some(at + 1);
        }
    }
    None
}

/// Endings of a father's name in Russian, Ukrainian and Belarusian, as English, German and Scandinavian passports
/// spell them.
const PATRONYMICS: [&str; 17] = [
    "ovich", "evich", "avich", "ovych", "evych", "iyovych", "ovitch", "evitch", "owitsch", "ewitsch", "ovitj", "evitj",
    "ovna", "evna", "ivna", "auna", "ichna",
];

/// Whether a word has the ending of a father's name.
pub(super) fn patronymic(text: &str) -> bool {
    text.len() > 6 && PATRONYMICS.iter().any(|ending| text.ends_with(ending))
}
