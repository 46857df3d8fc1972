//! Of the windows that hold one name, those that are reported: the best, then the best of those that overlap none before.

use super::Inside;
use crate::index::tables::Tables;
use crate::retrieve::Score;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A window that reaches τ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub name: u32,
    pub score: Score,
    pub tokens: u32,
    pub start: u32,
    pub end: u32,
}

/// The choice for every name, ordered by name and place. Among equals a window of fewer tokens goes first, then the
/// earlier, then the shorter.
pub(super) fn choose(found: &mut [Found], tables: &Tables<'_>, out: &mut Vec<Inside>) {
    found.sort_unstable_by_key(|one| (one.name, Reverse(one.score), one.tokens, one.start, one.end));
    let inside = |window: &Found| Inside {
        name: window.name,
        party: tables.name_party[window.name as usize],
        score: window.score,
        start: window.start,
        end: window.end,
    };
    for windows in found.chunk_by(|one, next| one.name == next.name) {
        // Nearly every name has one window.
        if let [window] = windows {
            out.push(inside(window));
            continue;
        }
        let mut taken: BTreeMap<u32, &Found> = BTreeMap::new();
        for window in windows {
            let before = taken.range(..window.end).next_back();
            if before.is_none_or(|(_, before)| before.end <= window.start) {
                taken.insert(window.start, window);
            }
        }
        out.extend(taken.values().map(|window| inside(window)));
    }
}
