//! Whether a word may be similar to anything in a small list: a few comparisons that spare the look-ups.

use crate::index::tables::Tables;
use crate::index::JoinBuffer;
use crate::normalise::MAX_TOKEN;
use crate::similarity::{edit_limit, key_of, letters, View, PART_FROM};
use rustc_hash::FxHashSet;

/// The sets of letters of all tokens and runs by their length, the keys by which they sound, the variant classes.
pub(super) struct Kin {
    /// `None` when there are so many that looking them up is cheaper.
    by_length: Option<Vec<Vec<u32>>>,
    sounds: FxHashSet<u64>,
    families: FxHashSet<u64>,
    variants: FxHashSet<u32>,
}

/// The most tokens and runs that are compared one by one.
const MOST: usize = 600;

impl Kin {
    pub(super) fn of(tables: &Tables<'_>) -> Self {
        let none = FxHashSet::default;
        let mut made = Self { by_length: None, sounds: none(), families: none(), variants: FxHashSet::default() };
        let runs = tables.join_parts.len() / 3;
        if tables.tokens.len() + runs > MOST {
            return made;
        }
        let mut by_length = vec![Vec::new(); MAX_TOKEN + 3];
        let mut file = |text: &[u8]| {
            if let Some(place) = by_length.get_mut(text.len()) {
                place.push(letters(text));
            }
        };
        for view in (0..tables.tokens.len() as u32).map(|id| tables.view(id)) {
            file(view.text);
            made.sounds.insert(view.sound);
            made.families.insert(view.family);
            made.variants.insert(view.variant);
        }
        let mut buffer = JoinBuffer::new();
        for run in 0..runs as u32 {
            let text = tables.join_text(run, &mut buffer);
            file(text);
            made.sounds.insert(key_of(text).code());
        }
        // 0 is no key and no class.
        made.sounds.remove(&0);
        made.families.remove(&0);
        made.variants.remove(&0);
        made.by_length = Some(by_length);
        made
    }

    /// `false` only when no token and no run is similar to this word, an initial apart.
    pub(super) fn may_know(&self, word: &View<'_>) -> bool {
        let Some(by_length) = &self.by_length else {
            return true;
        };
        let keys = self.sounds.contains(&word.sound) || self.families.contains(&word.family);
        if keys || self.variants.contains(&word.variant) {
            return true;
        }
        let ours = word.text.len();
        for (length, sets) in by_length.iter().enumerate() {
            let near = ours.abs_diff(length) <= 2;
            if !near && ours.min(length) < PART_FROM {
                continue;
            }
            // Two texts within k edits differ in at most 2k letters; a run may be one edit away from six letters, where
            // a word may be two. What another begins or ends with has no letter that the other has not.
            let most = if near { 2 * edit_limit(ours.max(length)) as u32 } else { 0 };
            let alike = |set: &u32| {
                let (shorter, longer) = if ours < length { (word.letters, *set) } else { (*set, word.letters) };
                (near && (set ^ word.letters).count_ones() <= most) || shorter & !longer == 0
            };
            if sets.iter().any(alike) {
                return true;
            }
        }
        false
    }
}
