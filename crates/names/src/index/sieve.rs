//! Which hashes are certainly not stored: one word of memory a question, so that most look-ups end here.

/// A Bloom filter in blocks of one 64-bit word; who is let through asks the buckets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sieve<'a> {
    words: &'a [u64],
}

/// Stored hashes to a word: a hash that is not stored passes about once in eighty.
const PER_WORD: usize = 5;

/// The words of a sieve that lets through these hashes.
pub(crate) fn sieve_of(hashes: impl ExactSizeIterator<Item = u64>) -> Vec<u64> {
    let mut words = vec![0u64; hashes.len().div_ceil(PER_WORD).max(1)];
    let count = words.len();
    for hash in hashes {
        words[place_of(hash, count)] |= bits_of(hash);
    }
    words
}

/// The upper half chooses the word without a division.
#[inline]
const fn place_of(hash: u64, count: usize) -> usize {
    (((hash >> 32) * count as u64) >> 32) as usize
}

/// Three bits of the word.
#[inline]
const fn bits_of(hash: u64) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63) | 1 << (hash >> 12 & 63)
}

impl<'a> Sieve<'a> {
    /// A sieve over words that [`Self::is_sound`] holds of, or will be asked before the first use.
    #[inline]
    pub(crate) const fn trusted(words: &'a [u64]) -> Self {
        Self { words }
    }

    /// Whether there is a word for every hash, and no more hashes than 32 bits can choose from.
    pub(crate) const fn is_sound(&self) -> bool {
        !self.words.is_empty() && self.words.len() <= u32::MAX as usize
    }

    /// Whether the hash may be stored; `false` is certain.
    #[inline]
    pub(crate) fn passes(&self, hash: u64) -> bool {
        let bits = bits_of(hash);
        self.words[place_of(hash, self.words.len())] & bits == bits
    }
}
