//! The binding: Arrow batches in, Arrow batches out.
//!
//! The border is crossed by whole tables, never by tokens; the interpreter is released while the core
//! works; every error is one of `interdiction.errors`.

mod batch;
mod columns;
mod compare;
mod delta;
mod desks;
mod errors;
mod index;
mod inside;
mod messages;
mod output;
mod parties;
mod phrases;
mod retrieval;
mod screen;
mod text;
mod thresholds;
mod weights;

use pyo3::prelude::*;

/// The native core. `interdiction.names` imports it, and of the other rooms the readers of messages and of phrases.
#[pymodule(gil_used = false)]
mod _core {
    #[pymodule_export]
    use super::batch::{batch, collect, join, Batch};
    #[pymodule_export]
    use super::compare::compare;
    #[pymodule_export]
    use super::delta::{make, Delta};
    #[pymodule_export]
    use super::errors::errors;
    #[pymodule_export]
    use super::index::{build, open, versions, BuildReport, Index};
    #[pymodule_export]
    use super::inside::{text_index, TextIndex};
    #[pymodule_export]
    use super::messages::MessageReader;
    #[pymodule_export]
    use super::phrases::{PhraseBook, PhraseHit, PhraseHits};
    #[pymodule_export]
    use super::screen::{Progress, Screening};
    #[pymodule_export]
    use super::text::{analyse, fold, normalise_identifier};
}
