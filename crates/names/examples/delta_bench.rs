//! Measures a few new names against many customers inside the core, for `make bench`.
//!
//! `delta_bench FILE CUSTOMERS TAU KEY...`: an index file, customers one a line, the keys of the new parties.
//! Prints one line of JSON: customers a second from raw text, first pass and remembered, and how many of the
//! customers met a new name.

use names::delta::{Delta, Passing};
use names::index::Index;
use names::retrieve::{score_of, Score};
use serde_json::json;
use std::collections::HashSet;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, customers, tau, keys @ ..] = &arguments[..] else {
        return Err("usage: delta_bench FILE CUSTOMERS TAU KEY...".into());
    };
    let base = Arc::new(Index::open(Path::new(file))?);
    let wanted: HashSet<&str> = keys.iter().map(String::as_str).collect();
    let of_keys = |id: &u32| base.party(*id).is_some_and(|party| wanted.contains(party.key));
    let parties: Vec<u32> = (0..base.parties()).filter(of_keys).collect();
    let book = std::fs::read_to_string(customers)?;
    let customers: Vec<&str> = book.lines().collect();
    let started = Instant::now();
    let delta = Delta::of(&base, &parties)?;
    let prepared = started.elapsed().as_secs_f64();
    let mut passing = Passing::new();
    let tau = score_of(tau.parse()?);
    let (first, met) = pass(&delta, &customers, tau, &mut passing);
    let (remembered, _) = pass(&delta, &customers, tau, &mut passing);
    let answer = json!({
        "customers": customers.len(), "parties": delta.parties(), "names": delta.names(), "met": met,
        "prepared": prepared, "first": first, "remembered": remembered,
    });
    Ok(writeln!(std::io::stdout(), "{answer}")?)
}

/// Customers a second, and how many of them met a name.
fn pass(delta: &Delta, customers: &[&str], tau: Score, passing: &mut Passing) -> (f64, usize) {
    let mut out = Vec::new();
    let mut met = 0;
    let started = Instant::now();
    for customer in customers {
        delta.retrieve_text(customer, tau, passing, &mut out);
        met += usize::from(!out.is_empty());
    }
    (customers.len() as f64 / started.elapsed().as_secs_f64(), met)
}
