//! The engine of docs/engine.md: similarity, file, build, retrieval, and the definition they are judged by.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod build;
mod definition;
mod file;
mod laws;
/// The relation written a second time, from the page.
mod oracle;
mod real;
mod similarity;
mod strategies;
mod world;
