//! The flat file that holds an index: header, section table, one checksum a section, 64-byte aligned arrays.
//!
//! This module knows bytes and sections, not names. [`Store`] opens and checks, [`Writer`] lays out;
//! what the sections mean is said in [`crate::index`]. The layout is described in `docs/engine.md`.

mod error;
mod facts;
mod store;
mod writer;

pub use error::IndexError;
pub(crate) use facts::{decode as decode_facts, encode as encode_facts};
pub(crate) use store::Store;
pub(crate) use writer::{save, Writer};

/// First bytes of every index file.
pub(crate) const MAGIC: [u8; 8] = *b"INTDNAME";
/// Written in the byte order of the writer; only little-endian files are read.
pub(crate) const BYTE_ORDER: u32 = 0x0102_0304;
/// Version of the layout; a reader takes only its own.
pub const FORMAT_VERSION: u32 = 3;
/// Arrays start at multiples of this, a cache line.
pub(crate) const ALIGNMENT: usize = 64;
/// magic 8, byte order 4, format 4, statistics 4, sections 4, build id 32, total length 8, header checksum 4, zero 60.
pub(crate) const HEADER: usize = 128;
/// id 4, checksum 4, offset 8, length 8.
pub(crate) const ENTRY: usize = 24;

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// The arrays of the file, in the order written; all are present in every file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u32)]
        pub(crate) enum Section { $($(#[$doc])* $name),+ }
        impl Section {
            pub(crate) const ALL: &'static [(Section, &'static str)] = &[$((Section::$name, stringify!($name))),+];
        }
    };
}

sections! {
    /// u32: counts and the weights the file was built with.
    Numbers,
    /// u32, one more than parties: where each key ends in `Keys`.
    KeyEnds,
    /// UTF-8.
    Keys,
    /// u32, one more than parties: the names of each party.
    PartyNames,
    /// u32, one more than parties: where each party's facts end in `Facts`.
    FactEnds,
    /// Packed facts.
    Facts,
    /// u32 for each name: its party.
    NameParty,
    /// u32, one more than names.
    NameEnds,
    /// UTF-8, as published.
    NameTexts,
    /// u8 for each name.
    NameQuality,
    /// u32 for each form: its name. Forms are numbered by weight, then in the order of names.
    FormName,
    /// u32, one more than forms: the tokens of each form in `FormTokens`.
    FormEnds,
    /// u32: token ids, form after form.
    FormTokens,
    /// u32 for each form: the sum of its tokens' weights, which never falls, the highest bit set when one is an initial.
    FormWeight,
    /// u32, one more than forms.
    WholeEnds,
    /// UTF-8: each form run together.
    Wholes,
    /// Eight u32 for each token: where its text starts and ends, class in the low byte and legal-form
    /// class above, variant class, weight, set of letters, numbers of the sound key and the family key, two halves each.
    Tokens,
    /// UTF-8.
    TokenTexts,
    /// Three u32 for each join: token ids; the middle one is the largest u32 when there are two.
    JoinParts,
    /// u32, one more than tokens and joins together: the forms of each in `Postings`.
    PostingEnds,
    /// u32: form ids, rising, so the light forms first.
    Postings,
    /// Four u32 for each posting of a token: the form, and six marks of 16 bits for its other tokens.
    TokenPostings,
    /// Buckets: tokens by text, variant, legal class, sound, first letter.
    TokenKeyEnds,
    TokenKeyIds,
    TokenKeyMarks,
    /// Buckets: tokens by what is left after deletions.
    DeletionEnds,
    DeletionIds,
    DeletionMarks,
    /// Buckets: joins by text and by halves.
    JoinKeyEnds,
    JoinKeyIds,
    JoinKeyMarks,
    /// Buckets: forms by their whole text and by halves.
    WholeKeyEnds,
    WholeKeyIds,
    WholeKeyMarks,
    /// Buckets: parties by the values of their identifiers.
    IdentifierEnds,
    IdentifierIds,
    IdentifierMarks,
    /// u64: a sieve for the keys of joins.
    JoinSieve,
    /// u64: a sieve for the keys under which a run of the query asks for words.
    RunSieve,
    /// u64: a sieve for the keys of whole forms.
    WholeSieve,
}
