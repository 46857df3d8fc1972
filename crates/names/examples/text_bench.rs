//! Measures listed names inside messages inside the core, for `make bench`.
//!
//! `text_bench FILE MESSAGES TAU`: an index file, messages one a line. Prints one line of JSON: messages a
//! second, first pass and remembered, and how many of the messages held a name.

use names::index::Index;
use names::normalise::read_passage;
use names::retrieve::score_of;
use names::text::{TextIndex, TextScratch};
use serde_json::json;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, messages, tau] = &arguments[..] else {
        return Err("usage: text_bench FILE MESSAGES TAU".into());
    };
    let index = Index::open(Path::new(file))?;
    let messages = std::fs::read_to_string(messages)?;
    let messages: Vec<&str> = messages.lines().collect();
    let started = Instant::now();
    let text = TextIndex::of(&index, score_of(tau.parse()?));
    let prepared = started.elapsed().as_secs_f64();
    let mut scratch = TextScratch::default();
    let mut out = Vec::new();
    let mut pass = || {
        let mut met = 0;
        let started = Instant::now();
        for message in &messages {
            text.find(&index, &read_passage(message), &mut scratch, &mut out);
            met += usize::from(!out.is_empty());
        }
        (messages.len() as f64 / started.elapsed().as_secs_f64(), met)
    };
    let (first, met) = pass();
    let (remembered, _) = pass();
    let answer = json!({
        "messages": messages.len(), "met": met, "prepared": prepared, "first": first, "remembered": remembered,
    });
    Ok(writeln!(std::io::stdout(), "{answer}")?)
}
