//! `make prove`: the engine against the definition on a hundred million pairs of real names, through the file.
//!
//! The list is everything at hand, in every script; the queries are listed names as they are and damaged in fourteen
//! ways, labelled pairs, and innocents. Each query is scored against every listed name by the definition without an
//! index (`tests/engine/oracle`), and set and score of every answer compared, of the whole list and of deltas of it.
//! `docs/proving.md` says how to read it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod at_hand;
#[allow(dead_code)]
#[path = "../engine/oracle/mod.rs"]
mod oracle;
#[allow(dead_code)]
#[path = "../engine/sources.rs"]
mod sources;
mod tally;
mod text;
#[allow(dead_code)]
#[path = "../engine/world.rs"]
mod world;

use at_hand::{in_parallel, AtHand};
use names::delta::{Delta, Passing};
use names::normalise::{analyse, Side};
use names::retrieve::{score_of, Scratch};
use oracle::bulk::Bulk;
use std::collections::BTreeMap;
use tally::Tally;

#[test]
#[ignore = "takes minutes: make prove"]
fn no_listed_name_is_missed_none_is_extra_and_every_score_is_the_defined_one() {
    let Some(known) = AtHand::open() else {
        return;
    };
    let bulk = Bulk::new(&known.list, &known.oracle);
    let queries = known.queries(at_hand::pairs().div_ceil(known.list.len()));
    // A few new names, as an order brings them, and a fiftieth of the list.
    let deltas = [3_571, 50].map(|step| (0..known.index.parties()).step_by(step).collect::<Vec<u32>>());
    let deltas = deltas.map(|parties| (Delta::of(&known.index, &parties).unwrap(), parties));
    let fresh = || (Scratch::new(), Passing::new(), Vec::new());
    let total = in_parallel("names", &queries, fresh, |(scratch, passing, found), text| {
        let query = analyse(text, Side::Query);
        let scores = bulk.scores(&query);
        let mut tally = Tally::of(scores.len());
        for tau in [0.5, 0.7].map(score_of) {
            let done = known.index.retrieve(&query, tau, scratch, found);
            let ours = found.iter().map(|candidate| (candidate.name, candidate.score)).collect();
            let defined: BTreeMap<u32, u32> =
                (0..).zip(scores.iter().copied()).filter(|(_, score)| *score >= tau).collect();
            tally.compare(text, &defined, ours, done.truncated != query.truncated);
            for (delta, parties) in &deltas {
                let done = delta.retrieve_text(text, tau, passing, found);
                let ours = found.iter().map(|candidate| (candidate.name, candidate.score)).collect();
                let mut defined = defined.clone();
                defined.retain(|name, _| parties.binary_search(name).is_ok());
                // What passes unread was not cut, so it says nothing of the kind.
                tally.compare(text, &defined, ours, done.truncated && !query.truncated);
            }
        }
        tally
    });
    total.must_be_clean();
}
