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
/// How many hashes are looked up side by side.
const BATCH: usize = 64;
/// The lowest bit of each byte.
const LOWEST: u64 = 0x0101_0101_0101_0101;

impl BucketArrays {
    /// Sorts the pairs into buckets. The same pairs in any order give the same arrays.
    pub(crate) fn build(pairs: &[(u64, u32)]) -> Self {
        let buckets = (pairs.len() / PER_BUCKET).next_power_of_two();
        let mut places = vec![0u32; buckets + 1];
        for (hash, _) in pairs {
            places[bucket_of(*hash, buckets) + 1] += 1;
        }
        for at in 1..places.len() {
            places[at] += places[at - 1];
        }
        // Counted, not compared: each pair goes to the next free place of its bucket.
        let mut sorted = vec![(0u32, 0u8); pairs.len()];
        for (hash, id) in pairs {
            let place = &mut places[bucket_of(*hash, buckets)];
            sorted[*place as usize] = (*id, *hash as u8);
            *place += 1;
        }
        let mut arrays = Self::default();
        arrays.ends.push(0);
        let mut start = 0;
        for end in &places[..buckets] {
            let bucket = &mut sorted[start..*end as usize];
            bucket.sort_unstable();
            for (at, (id, mark)) in bucket.iter().enumerate() {
                if at == 0 || bucket[at - 1] != (*id, *mark) {
                    arrays.ids.push(*id);
                    arrays.marks.push(*mark);
                }
            }
            arrays.ends.push(arrays.ids.len() as u32);
            start = *end as usize;
        }
        arrays
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

    /// What [`Self::find`] gives for each of these hashes. First all places are read and then all marks, which the
    /// processor does side by side; one at a time each waits for the one before.
    pub(crate) fn find_all(&self, hashes: &[u64], out: &mut Vec<u32>) {
        for some in hashes.chunks(BATCH) {
            let mut places = [(0u32, 0u32); BATCH];
            for (place, hash) in places.iter_mut().zip(some) {
                let bucket = bucket_of(*hash, self.ends.len() - 1);
                *place = (self.ends[bucket], self.ends[bucket + 1]);
            }
            for ((start, end), hash) in places.iter().zip(some) {
                let (start, length) = (*start as usize, (end - start) as usize);
                let marks = self.marks.get(start..).and_then(<[u8]>::first_chunk::<8>);
                if let (Some(marks), true) = (marks, length <= 8) {
                    // A byte of `other` is zero where a mark is that of the hash; what may be one is looked at again.
                    let other = u64::from_le_bytes(*marks) ^ (LOWEST * (hash & 0xff));
                    let equal = other.wrapping_sub(LOWEST) & !other & LOWEST << 7;
                    let inside = if length == 8 { u64::MAX } else { (1 << (8 * length)) - 1 };
                    if equal & inside == 0 {
                        continue;
                    }
                }
                out.extend(self.find(*hash));
            }
        }
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
