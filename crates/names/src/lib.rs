//! Finds listed names exactly and fast. The pipeline, in order:
//!
//! 1. [`normalise`] turns a text as somebody wrote it into forms of classed tokens.
//! 2. [`similarity`] says how alike two tokens are, and why.
//! 3. [`index`] gives every distinct token of a list an id and lays all out in one flat [`file`].
//! 4. [`retrieve`] answers, exactly: which listed names score at least τ against this name?
//! 5. [`text`] finds listed names inside free text, with their places, exact in the same sense.
//! 6. [`judge`] weighs what was retrieved with the structure of names and the facts of the parties.
//!
//! Invariants: no input panics; every limit that is hit is reported; scores are fixed-point
//! integers, so every platform gives the same bits.
#![warn(missing_docs)]

pub mod delta;
pub mod facts;
pub mod file;
pub mod index;
pub mod judge;
pub mod normalise;
pub mod retrieve;
pub mod similarity;
mod tables;
pub mod text;
pub mod threads;
pub mod weights;
