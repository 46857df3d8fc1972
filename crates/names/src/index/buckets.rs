//! Hash → ids without stored keys: buckets of about four ids, each with one byte of its hash; who asks verifies.

/// A read-only table of three arrays of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buckets<'a> {
    ends: &'a [u32],
    ids: &'a [u32],
    marks: &'a [u8],
}

/// The three arrays before they are written.
#[derive(Debug, Default)]
pub(crate) struct BucketArrays {
    pub ends: Vec<u32>,
    pub ids: Vec<u32>,
    pub marks: Vec<u8>,
}

const PER_BUCKET: usize = 4;

impl BucketArrays {
    /// Sorts the pairs into buckets. The same pairs in any order give the same arrays.
    pub(crate) fn build(mut pairs: Vec<(u64, u32)>) -> Self {
        let buckets = (pairs.len() / PER_BUCKET).next_power_of_two();
        let place = |hash: u64| bucket_of(hash, buckets);
        pairs.sort_unstable_by_key(|(hash, id)| (place(*hash), *id, *hash as u8));
        pairs.dedup_by_key(|(hash, id)| (place(*hash), *id, *hash as u8));
        let mut ends = vec![0u32; buckets + 1];
        for (hash, _) in &pairs {
            ends[place(*hash) + 1] += 1;
        }
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        let (ids, marks) = pairs.iter().map(|(hash, id)| (*id, *hash as u8)).unzip();
        Self { ends, ids, marks }
    }
}

/// The upper bits choose the bucket, the lowest byte is the mark.
#[inline]
const fn bucket_of(hash: u64, buckets: usize) -> usize {
    ((hash >> 8) as usize) & (buckets - 1)
}

impl<'a> Buckets<'a> {
    /// Whether the arrays fit together and every id is below `bound`.
    pub(crate) fn is_sound(&self, bound: u32) -> bool {
        let buckets = self.ends.len().saturating_sub(1);
        buckets.is_power_of_two()
            && self.ids.len() == self.marks.len()
            && self.ends.first() == Some(&0)
            && self.ends.windows(2).all(|pair| pair[0] <= pair[1])
            && self.ends.last().is_some_and(|end| *end as usize == self.ids.len())
            && self.ids.iter().all(|id| *id < bound)
    }

    /// A table over arrays that [`Self::is_sound`] holds of, or will be asked before the first use.
    #[inline]
    pub(crate) const fn trusted(ends: &'a [u32], ids: &'a [u32], marks: &'a [u8]) -> Self {
        Self { ends, ids, marks }
    }

    /// Every id stored under this hash, and now and then another.
    #[inline]
    pub(crate) fn find(&self, hash: u64) -> impl Iterator<Item = u32> + 'a {
        let bucket = bucket_of(hash, self.ends.len() - 1);
        let range = self.ends[bucket] as usize..self.ends[bucket + 1] as usize;
        let mark = hash as u8;
        self.marks[range.clone()].iter().zip(&self.ids[range]).filter(move |(one, _)| **one == mark).map(|(_, id)| *id)
    }
}
