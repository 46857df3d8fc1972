//! What the judge says of pairs that people have named: each rule with the pair that asks for it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
// The same input must give the same bits, so equality is what is meant.
#![allow(clippy::float_cmp)]

mod bound;
mod facts;
mod json;
mod names_alone;
mod organisations;
mod pair;
mod properties;
mod standing;
mod weights;
