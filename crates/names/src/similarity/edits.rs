//! Typing errors: how many insertions, deletions, replacements and swaps of neighbours lie between two texts.

use crate::normalise::MAX_TOKEN;

/// How many edits two words may be apart, by the length of the **longer**: none below 4 letters, one
/// for 4 and 5, two from 6. Taking the longer makes the relation symmetric.
pub const fn edit_limit(longer: usize) -> usize {
    match longer {
        0..=3 => 0,
        4 | 5 => 1,
        _ => 2,
    }
}

/// The optimal string alignment distance when it is at most `limit` and the digits of both texts, in
/// order, are the same; else `None`. A different number is never a typing error. Texts above
/// [`MAX_TOKEN`] bytes or outside ASCII, which the normaliser never gives, are only equal or not.
pub fn osa(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    let compared = a.len().max(b.len()) <= MAX_TOKEN && a.is_ascii() && b.is_ascii();
    if limit == 0 || a.len().abs_diff(b.len()) > limit || !compared || !same_digits(a, b) {
        return None;
    }
    let (a, b) = without_common_ends(a, b);
    let (pattern, text) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if pattern.is_empty() {
        return Some(text.len());
    }
    Some(bit_parallel(pattern, text)).filter(|edits| *edits <= limit)
}

/// 0 when equal, 1 when one edit apart with the same digits, else `None`; of any length, in linear time.
pub fn one_edit(a: &[u8], b: &[u8]) -> Option<usize> {
    if a == b {
        return Some(0);
    }
    if a.len().abs_diff(b.len()) > 1 {
        return None;
    }
    let (differs, from) = without_common_ends(a, b);
    let one = match (differs, from) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    };
    (one && same_digits(a, b)).then_some(1)
}

fn same_digits(a: &[u8], b: &[u8]) -> bool {
    a.iter().filter(|byte| byte.is_ascii_digit()).eq(b.iter().filter(|byte| byte.is_ascii_digit()))
}

/// What differs: an equal beginning and an equal end never change the distance.
fn without_common_ends<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Hyyrö's bit-vector recurrence with transposition; one column of the table is one machine word.
fn bit_parallel(pattern: &[u8], text: &[u8]) -> usize {
    let mut places = [0u64; 128];
    for (at, byte) in pattern.iter().enumerate() {
        places[usize::from(byte & 127)] |= 1 << at;
    }
    let last = 1u64 << (pattern.len() - 1);
    let mut distance = pattern.len();
    let (mut rises, mut falls) = (u64::MAX, 0u64);
    let (mut diagonal, mut before) = (0u64, 0u64);
    for byte in text {
        let here = places[usize::from(byte & 127)];
        let swapped = ((!diagonal & here) << 1) & before;
        diagonal = ((here & rises).wrapping_add(rises) ^ rises) | here | falls | swapped;
        let right_rises = falls | !(diagonal | rises);
        let right_falls = diagonal & rises;
        if right_rises & last != 0 {
            distance += 1;
        } else if right_falls & last != 0 {
            distance -= 1;
        }
        let right_rises = (right_rises << 1) | 1;
        let right_falls = right_falls << 1;
        rises = right_falls | !(diagonal | right_rises);
        falls = right_rises & diagonal;
        before = here;
    }
    distance
}
