//! Names inside texts, held to the definition in docs/engine.md, "Names inside text".
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../engine/oracle/mod.rs"]
#[allow(dead_code, unused_imports)] // The engine's tests use the rest.
mod oracle;
#[path = "../engine/strategies.rs"]
#[allow(dead_code)]
mod strategies;
#[path = "../engine/world.rs"]
#[allow(dead_code)]
mod world;

mod brute;
mod definition;
mod hostile;
mod reading;
mod real;
