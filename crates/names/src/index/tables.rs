//! The arrays of an opened file as slices, and the check that every offset and id in them leads somewhere.

use super::buckets::Buckets;
use super::codes::{quality_of, unpack_class};
use super::counts::Counts;
use super::marks::Posting;
use super::records::{TokenRecord, CLASS, END, FAMILY, LETTERS, SOUND, START, VARIANT, WEIGHT};
use super::sieve::Sieve;
use super::JoinBuffer;
use crate::file::{decode_facts, IndexError, Section, Store};
use crate::normalise::{TokenClass, MAX_TOKENS};
use crate::similarity::View;

/// The largest token weight: 16 bits from weights, or 32 bits of rarity; keeps every sum far from overflow.
const WEIGHT_LIMIT: u32 = 33 * 256;
/// Set in the weight of a form that has an initial.
pub(crate) const HAS_INITIAL: u32 = 1 << 31;
/// In place of the middle token of a join of two.
pub(crate) const NO_TOKEN: u32 = u32::MAX;

/// Borrowed view of every array; cheap to make, so it is made for each call.
#[derive(Clone, Copy)]
pub(crate) struct Tables<'a> {
    pub key_ends: &'a [u32],
    pub keys: &'a [u8],
    pub party_names: &'a [u32],
    pub fact_ends: &'a [u32],
    pub facts: &'a [u8],
    pub name_party: &'a [u32],
    pub name_ends: &'a [u32],
    pub name_texts: &'a [u8],
    pub name_quality: &'a [u8],
    pub form_name: &'a [u32],
    pub form_ends: &'a [u32],
    pub form_tokens: &'a [u32],
    pub form_weights: &'a [u32],
    pub whole_ends: &'a [u32],
    pub wholes: &'a [u8],
    pub tokens: &'a [TokenRecord],
    pub token_texts: &'a [u8],
    pub join_parts: &'a [u32],
    pub posting_ends: &'a [u32],
    pub postings: &'a [u32],
    pub token_postings: &'a [Posting],
    pub token_keys: Buckets<'a>,
    pub deletions: Buckets<'a>,
    pub join_keys: Buckets<'a>,
    pub whole_keys: Buckets<'a>,
    pub join_sieve: Sieve<'a>,
    pub run_sieve: Sieve<'a>,
    pub whole_sieve: Sieve<'a>,
    pub identifiers: Buckets<'a>,
}

impl<'a> Tables<'a> {
    /// The views; a section of a wrong length is empty here and found by [`Self::check`].
    pub(crate) fn of(store: &'a Store) -> Self {
        let all = store.sections();
        let words = |section| all.words(section).unwrap_or(&[]);
        let bytes = |section| all.bytes(section);
        let sieve = |section| Sieve::trusted(all.longs(section).unwrap_or(&[]));
        Self {
            key_ends: words(Section::KeyEnds),
            keys: bytes(Section::Keys),
            party_names: words(Section::PartyNames),
            fact_ends: words(Section::FactEnds),
            facts: bytes(Section::Facts),
            name_party: words(Section::NameParty),
            name_ends: words(Section::NameEnds),
            name_texts: bytes(Section::NameTexts),
            name_quality: bytes(Section::NameQuality),
            form_name: words(Section::FormName),
            form_ends: words(Section::FormEnds),
            form_tokens: words(Section::FormTokens),
            form_weights: words(Section::FormWeight),
            whole_ends: words(Section::WholeEnds),
            wholes: bytes(Section::Wholes),
            tokens: all.records(Section::Tokens).unwrap_or(&[]),
            token_texts: bytes(Section::TokenTexts),
            join_parts: words(Section::JoinParts),
            posting_ends: words(Section::PostingEnds),
            postings: words(Section::Postings),
            token_postings: all.records(Section::TokenPostings).unwrap_or(&[]),
            token_keys: Buckets::trusted(
                words(Section::TokenKeyEnds),
                words(Section::TokenKeyIds),
                bytes(Section::TokenKeyMarks),
            ),
            deletions: Buckets::trusted(
                words(Section::DeletionEnds),
                words(Section::DeletionIds),
                bytes(Section::DeletionMarks),
            ),
            join_keys: Buckets::trusted(
                words(Section::JoinKeyEnds),
                words(Section::JoinKeyIds),
                bytes(Section::JoinKeyMarks),
            ),
            whole_keys: Buckets::trusted(
                words(Section::WholeKeyEnds),
                words(Section::WholeKeyIds),
                bytes(Section::WholeKeyMarks),
            ),
            join_sieve: sieve(Section::JoinSieve),
            run_sieve: sieve(Section::RunSieve),
            whole_sieve: sieve(Section::WholeSieve),
            identifiers: Buckets::trusted(
                words(Section::IdentifierEnds),
                words(Section::IdentifierIds),
                bytes(Section::IdentifierMarks),
            ),
        }
    }

    /// Whether every array has its length, every offset rises within its target and every id exists.
    /// After this nothing read from the file can lead out of an array.
    pub(crate) fn check(&self, counts: &Counts) -> Result<(), IndexError> {
        let Counts { parties, names, forms, tokens, joins, .. } = *counts;
        let entries = tokens.checked_add(joins).ok_or_else(|| IndexError::damaged("counts"))?;
        let offsets = [
            ("keys", self.key_ends, parties, self.keys.len()),
            ("names of parties", self.party_names, parties, names as usize),
            ("facts", self.fact_ends, parties, self.facts.len()),
            ("names", self.name_ends, names, self.name_texts.len()),
            ("tokens of forms", self.form_ends, forms, self.form_tokens.len()),
            ("whole forms", self.whole_ends, forms, self.wholes.len()),
            ("postings", self.posting_ends, entries, self.postings.len()),
        ];
        for (what, ends, count, target) in offsets {
            expect(ends.len().checked_sub(1) == Some(count as usize) && rises(ends, target), what)?;
        }
        let ids = [
            ("parties of names", self.name_party, names as usize, parties),
            ("names of forms", self.form_name, forms as usize, names),
            ("token ids", self.form_tokens, self.form_tokens.len(), tokens),
            ("posting ids", self.postings, self.postings.len(), forms),
        ];
        for (what, array, length, bound) in ids {
            expect(array.len() == length && array.iter().all(|id| *id < bound), what)?;
        }
        let of_tokens = &self.postings[..self.posting_ends[tokens as usize] as usize];
        expect(self.token_postings.iter().map(|posting| &posting[0]).eq(of_tokens), "postings of tokens")?;
        let texts = [(self.key_ends, self.keys), (self.name_ends, self.name_texts)];
        for (ends, bytes) in texts.into_iter().chain([(self.whole_ends, self.wholes)]) {
            let text = std::str::from_utf8(bytes).map_err(|_| IndexError::damaged("a text is not UTF-8"))?;
            expect(ends.iter().all(|end| text.is_char_boundary(*end as usize)), "a text is cut inside a character")?;
        }
        self.check_tokens(tokens)?;
        expect(self.name_quality.len() == names as usize, "name qualities")?;
        expect(self.name_quality.iter().all(|byte| quality_of(*byte).is_some()), "name qualities")?;
        let parts = self.join_parts;
        expect((joins as usize).checked_mul(3) == Some(parts.len()), "joins")?;
        let whole_join =
            |part: &[u32]| part[0] < tokens && part[2] < tokens && (part[1] < tokens || part[1] == NO_TOKEN);
        expect(parts.chunks_exact(3).all(whole_join), "join parts")?;
        expect(self.form_weights.len() == forms as usize, "form weights")?;
        let mut heaviest = 0;
        for form in 0..forms {
            let ids = self.tokens_of(form);
            let sum: u32 = ids.iter().take(MAX_TOKENS).map(|id| self.weight_of(*id)).sum();
            let initial = ids.iter().any(|id| self.class_of(*id) == TokenClass::Initial);
            let agrees = sum == self.form_weight(form) && initial == self.has_initial(form);
            expect(ids.len() <= MAX_TOKENS && agrees && sum >= heaviest, "form weights")?;
            heaviest = sum;
        }
        let readable = |pair: &[u32]| decode_facts(&self.facts[pair[0] as usize..pair[1] as usize]).is_some();
        expect(self.fact_ends.windows(2).all(readable), "facts")?;
        let buckets = [
            ("token keys", self.token_keys, tokens),
            ("deletions", self.deletions, tokens),
            ("join keys", self.join_keys, joins),
            ("whole keys", self.whole_keys, forms),
            ("identifiers", self.identifiers, parties),
        ];
        for (what, table, bound) in buckets {
            expect(table.is_sound(bound), what)?;
        }
        let sieves = [self.join_sieve, self.run_sieve, self.whole_sieve];
        expect(sieves.iter().all(Sieve::is_sound), "sieves")?;
        Ok(())
    }

    /// Records follow one another through the texts without a gap, and hold classes and weights that exist.
    fn check_tokens(&self, count: u32) -> Result<(), IndexError> {
        let text = std::str::from_utf8(self.token_texts);
        let text = text.map_err(|_| IndexError::damaged("a token is not UTF-8"))?;
        expect(self.tokens.len() == count as usize, "tokens")?;
        let mut end = 0;
        for record in self.tokens {
            let follows = record[START] == end && record[END] >= end && text.is_char_boundary(record[END] as usize);
            let known = unpack_class(record[CLASS]).is_some() && (1..=WEIGHT_LIMIT).contains(&record[WEIGHT]);
            expect(follows && known, "token records")?;
            end = record[END];
        }
        expect(end as usize == text.len(), "token texts")
    }

    /// The sum of the weights of a form's tokens.
    #[inline]
    pub(crate) fn form_weight(&self, form: u32) -> u32 {
        self.form_weights[form as usize] & !HAS_INITIAL
    }

    /// Whether one of them is an initial.
    #[inline]
    pub(crate) fn has_initial(&self, form: u32) -> bool {
        self.form_weights[form as usize] & HAS_INITIAL != 0
    }

    #[inline]
    pub(crate) fn tokens_of(&self, form: u32) -> &'a [u32] {
        between(self.form_ends, form, self.form_tokens)
    }

    #[inline]
    pub(crate) fn whole_of(&self, form: u32) -> &'a [u8] {
        between(self.whole_ends, form, self.wholes)
    }

    #[inline]
    pub(crate) fn token_text(&self, token: u32) -> &'a [u8] {
        let record = &self.tokens[token as usize];
        &self.token_texts[record[START] as usize..record[END] as usize]
    }

    #[inline]
    pub(crate) fn weight_of(&self, token: u32) -> u32 {
        self.tokens[token as usize][WEIGHT]
    }

    #[inline]
    pub(crate) fn variant_of(&self, token: u32) -> u32 {
        self.tokens[token as usize][VARIANT]
    }

    #[inline]
    pub(crate) fn postings_of(&self, entry: u32) -> &'a [u32] {
        between(self.posting_ends, entry, self.postings)
    }

    #[inline]
    pub(crate) fn class_of(&self, token: u32) -> TokenClass {
        unpack_class(self.tokens[token as usize][CLASS]).unwrap_or(TokenClass::Stop)
    }

    /// The number of a word's sound key, 0 for none.
    #[inline]
    pub(crate) fn sound_of(&self, token: u32) -> u64 {
        let record = &self.tokens[token as usize];
        u64::from(record[SOUND]) | u64::from(record[SOUND + 1]) << 32
    }

    /// The token as the similarity sees it.
    #[inline]
    pub(crate) fn view(&self, token: u32) -> View<'a> {
        let record = &self.tokens[token as usize];
        let whole = |at: usize| u64::from(record[at]) | u64::from(record[at + 1]) << 32;
        View {
            text: &self.token_texts[record[START] as usize..record[END] as usize],
            class: unpack_class(record[CLASS]).unwrap_or(TokenClass::Stop),
            variant: record[VARIANT],
            letters: record[LETTERS],
            sound: whole(SOUND),
            family: whole(FAMILY),
        }
    }

    #[inline]
    pub(crate) fn letters_of(&self, token: u32) -> u32 {
        self.tokens[token as usize][LETTERS]
    }

    /// The letters of all tokens of join number `join`.
    #[inline]
    pub(crate) fn join_letters(&self, join: u32) -> u32 {
        let parts = &self.join_parts[join as usize * 3..][..3];
        parts.iter().filter(|part| **part != NO_TOKEN).fold(0, |set, part| set | self.letters_of(*part))
    }

    /// What the tokens of join number `join` weigh.
    pub(crate) fn join_weight(&self, join: u32) -> u32 {
        let parts = &self.join_parts[join as usize * 3..][..3];
        parts.iter().filter(|part| **part != NO_TOKEN).map(|part| self.weight_of(*part)).sum()
    }

    /// The text of join number `join` written into `buffer`; joins longer than the buffer do not exist.
    pub(crate) fn join_text<'b>(&self, join: u32, buffer: &'b mut JoinBuffer) -> &'b [u8] {
        buffer.clear();
        let at = join as usize * 3;
        for part in &self.join_parts[at..at + 3] {
            if *part != NO_TOKEN {
                buffer.push(self.token_text(*part));
            }
        }
        buffer.text()
    }
}

/// The part of `target` that belongs to number `at`.
#[inline]
pub(crate) fn between<'a, T>(ends: &[u32], at: u32, target: &'a [T]) -> &'a [T] {
    &target[ends[at as usize] as usize..ends[at as usize + 1] as usize]
}

fn rises(ends: &[u32], target: usize) -> bool {
    ends.first() == Some(&0)
        && ends.windows(2).all(|pair| pair[0] <= pair[1])
        && ends.last().is_some_and(|end| *end as usize == target)
}

fn expect(holds: bool, what: &str) -> Result<(), IndexError> {
    if holds {
        Ok(())
    } else {
        Err(IndexError::damaged(what))
    }
}
