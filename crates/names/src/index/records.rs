//! One token as the file stores it: ten numbers.

use super::codes::pack_class;
use crate::similarity::View;

/// What the file knows of a token; the places are named below.
pub(crate) type TokenRecord = [u32; 10];
pub(super) const START: usize = 0;
pub(super) const END: usize = 1;
pub(super) const CLASS: usize = 2;
pub(super) const VARIANT: usize = 3;
pub(super) const WEIGHT: usize = 4;
pub(super) const LETTERS: usize = 5;
/// The next number is the upper half.
pub(super) const SOUND: usize = 6;
/// The next number is the upper half.
pub(super) const FAMILY: usize = 8;

/// The record of a token whose text stands at `start`.
pub(super) fn record_of(view: &View<'_>, start: u32, weight: u32) -> TokenRecord {
    let end = start + view.text.len() as u32;
    let halves = |code: u64| [code as u32, (code >> 32) as u32];
    let ([sound, sound_upper], [family, family_upper]) = (halves(view.sound), halves(view.family));
    let class = pack_class(view.class);
    [start, end, class, view.variant, weight, view.letters, sound, sound_upper, family, family_upper]
}
