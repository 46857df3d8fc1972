//! One token as the file stores it: eight numbers in half a cache line.

use super::codes::pack_class;
use crate::similarity::View;

/// What the file knows of a token; the places are named below.
pub(crate) type TokenRecord = [u32; 8];
pub(super) const START: usize = 0;
pub(super) const END: usize = 1;
pub(super) const CLASS: usize = 2;
pub(super) const VARIANT: usize = 3;
pub(super) const WEIGHT: usize = 4;
pub(super) const LETTERS: usize = 5;
pub(super) const SOUND: usize = 6;
pub(super) const FAMILY: usize = 7;

/// The record of a token whose text stands at `start`.
pub(super) fn record_of(view: &View<'_>, start: u32, weight: u32) -> TokenRecord {
    let end = start + view.text.len() as u32;
    [start, end, pack_class(view.class), view.variant, weight, view.letters, view.sound, view.family]
}
