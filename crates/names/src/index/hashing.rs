//! The hashes by which the file finds things; they are part of the layout, so the same everywhere and for ever.

use crate::normalise::MAX_TOKEN;
use crate::similarity::{edit_limit, key_of, JOIN_HEARD_FROM, PART_FROM};

/// What a hash is of: equal texts in different roles must not meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Role {
    Text = 0x9e37_79b9_7f4a_7c15,
    Variant = 0xbf58_476d_1ce4_e5b9,
    Legal = 0x94d0_49bb_1331_11eb,
    Sound = 0xd6e8_feb8_6659_fd93,
    Family = 0x2545_f491_4f6c_dd1d,
    Part = 0x8cb9_2ba7_2f3d_8dd7,
    Initials = 0xc2b2_ae3d_27d4_eb4f,
    Letter = 0xa076_1d64_78bd_642f,
    Front = 0xe703_7ed1_a0b4_28db,
    Back = 0x8ebc_6af0_9c88_c6e3,
    Deletion = 0x5899_65cc_7537_4cc3,
    Identifier = 0x1d8e_4e27_c47d_124f,
}

/// Finishes a hash: every input bit reaches every output bit.
#[inline]
pub(crate) const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let value = (value ^ (value >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    value ^ (value >> 32)
}

/// Hash of a number in a role.
#[inline]
pub(crate) const fn number(role: Role, value: u64) -> u64 {
    mix(value ^ role as u64)
}

/// Hash of a text in a role.
#[inline]
pub(crate) fn text(role: Role, text: &[u8]) -> u64 {
    let mut state = role as u64 ^ (text.len() as u64);
    let mut take = |block: u64| state = (state ^ block).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (blocks, rest) = text.as_chunks::<8>();
    for block in blocks {
        take(u64::from_le_bytes(*block));
    }
    // What is left over is read in pieces of fixed size that may overlap; the length tells texts apart.
    match (rest, text.last_chunk::<8>()) {
        ([], _) => {}
        (_, Some(last)) => take(u64::from_le_bytes(*last)),
        ([first, ..], None) => {
            if let (Some(front), Some(back)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
                take(u64::from(u32::from_le_bytes(*front)) << 32 | u64::from(u32::from_le_bytes(*back)));
            } else {
                let (middle, last) = (rest[rest.len() / 2], rest[rest.len() - 1]);
                take(u64::from(*first) << 16 | u64::from(middle) << 8 | u64::from(last));
            }
        }
    }
    mix(state)
}

/// How much of a text's two halves is hashed: two texts one edit apart agree in the first or in the
/// last `half(n)` letters, where n is the length of either, because the rest is at least one letter wide.
pub(crate) const fn half(length: usize) -> usize {
    length.saturating_sub(1) / 2
}

/// The keys of a text of which one edit may be made: its two halves, bound to its length.
pub(crate) fn halves(length: usize, text_of: &[u8]) -> Option<[u64; 2]> {
    let half = half(length);
    let front = text_of.get(..half)?;
    let back = text_of.get(text_of.len().checked_sub(half)?..)?;
    let bind = mix(length as u64);
    Some([text(Role::Front, front) ^ bind, text(Role::Back, back) ^ bind])
}

/// Letters of the beginning that take part in deletions; six bits each fill a word.
const WINDOW: usize = 10;

/// Calls `found` with the hash under which a text one edit away may be filed, for every length it may
/// have: the text itself, and its halves when the longer of the two has at least `from` letters.
pub(crate) fn one_edit_apart(text_of: &[u8], from: usize, mut found: impl FnMut(u64)) {
    found(text(Role::Text, text_of));
    for length in text_of.len().saturating_sub(1)..=text_of.len() + 1 {
        if length.max(text_of.len()) >= from {
            halves(length, text_of).into_iter().flatten().for_each(&mut found);
        }
    }
}

/// The key of a word or run that a join may be heard as.
pub(crate) fn heard(text: &[u8]) -> Option<u64> {
    let key = key_of(text);
    (key.symbols() >= JOIN_HEARD_FROM).then(|| number(Role::Sound, key.code()))
}

/// Calls `found` with every part of a word that the word itself may be found by, its beginnings and ends
/// of at least [`PART_FROM`] letters, itself left out.
pub(crate) fn parts<'t>(word: &'t [u8], mut found: impl FnMut(&'t [u8])) {
    if word.len() > MAX_TOKEN {
        return;
    }
    for length in PART_FROM..word.len() {
        found(&word[..length]);
        found(&word[word.len() - length..]);
    }
}

/// Hashes of every text left when as many of the first ten letters are deleted as a word of this length
/// may have edits, or fewer; none below 3 letters, which have no partner but their equal.
///
/// Two words within k edits, k by the longer, share such a remainder. Along the best alignment each
/// replacement or swap costs both sides one deletion, each letter too many costs the side that has it
/// one. So the longer deletes at most k. The shorter deletes fewer by the difference of the lengths:
/// at most what its own length permits, because the limit rises by no more than the length does.
/// Where the alignment leaves the window of ten early, what remains of the other side's window is no
/// longer than the deletions the first side has spent (both words then have at least 8 letters and
/// may delete two).
pub(crate) fn deletions(text: &[u8], mut found: impl FnMut(u64)) {
    if text.len() < 3 {
        return;
    }
    let most = edit_limit(text.len());
    let length = text.len().min(WINDOW);
    let mut packed = 0u64;
    for byte in &text[..length] {
        packed = packed << 6 | code(*byte);
    }
    found(number(Role::Deletion, packed));
    if most == 0 {
        return;
    }
    for first in 0..length {
        let once = without(packed, first);
        found(number(Role::Deletion, once));
        if most > 1 {
            for second in first..length - 1 {
                found(number(Role::Deletion, without(once, second)));
            }
        }
    }
}

/// Six bits, never 0, so that a remainder also tells its length.
const fn code(byte: u8) -> u64 {
    (match byte {
        b'a'..=b'z' => byte - b'a' + 1,
        b'0'..=b'9' => byte - b'0' + 27,
        other => 37 + other % 26,
    }) as u64
}

/// The packed text without the letter at `place`, counted from the end.
const fn without(packed: u64, place: usize) -> u64 {
    let low = packed & ((1 << (6 * place)) - 1);
    low | (packed >> (6 * (place + 1))) << (6 * place)
}
