//! A few names against many: the same answers as the index over all, and nothing passed over that has one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod filter;
mod full;
#[path = "../engine/oracle/mod.rs"]
#[allow(dead_code)]
mod oracle;
mod real;
#[path = "../engine/strategies.rs"]
#[allow(dead_code)]
mod strategies;
#[path = "../engine/world.rs"]
#[allow(dead_code)]
mod world;
