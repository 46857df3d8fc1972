//! The engine of docs/engine.md: similarity, file, build, retrieval, and the definition they are judged by.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod bad_input;
mod build;
mod bulk;
mod damage;
mod definition;
mod file;
mod laws;
mod mapped;
/// The relation written a second time, from the page.
mod oracle;
mod real;
mod similarity;
mod sources;
mod strategies;
mod world;
