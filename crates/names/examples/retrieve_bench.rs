//! Measures retrieval inside the core, for `make bench`: one line of words in, one line of JSON out.
//!
//! `retrieve_bench build LIST FILE` makes an index from lines of `key<TAB>name` (names of one key stand
//! together); weights arrive on the standard input. `retrieve_bench serve FILE` then answers, until its input ends:
//!
//! * `book PATH`: read the names to ask with, one a line;
//! * `pass TAU`: a first pass over the book and a second one with everything remembered, from text to candidates;
//! * `analyse`: normalising alone;
//! * `latency TAU SAMPLE`: each query of a sample by itself: nothing remembered, first time, second time;
//! * `open`: open the file once more, with every check;
//! * `resident`: kilobytes of memory in use.

use names::facts::{Facts, Quality};
use names::index::{build, encode, Index, ListedParty};
use names::normalise::{analyse, Side};
use names::retrieve::{score_of, Candidate, Score, Scratch};
use names::similarity::RetrievalWeights;
use serde_json::{json, Value};
use std::error::Error;
use std::hint::black_box;
use std::io::{BufRead, Read, Write};
use std::path::Path;
use std::time::Instant;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["build", list, file] => say(&built(list, Path::new(file))?),
        ["serve", file] => serve(Path::new(file)),
        _ => Err("usage: retrieve_bench build LIST FILE | retrieve_bench serve FILE".into()),
    }
}

fn say(answer: &Value) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{answer}")?;
    Ok(out.flush()?)
}

fn built(list: &str, file: &Path) -> Outcome<Value> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let weights: RetrievalWeights = serde_json::from_value(serde_json::from_str::<Value>(&text)?["retrieval"].take())?;
    let lines = std::fs::read_to_string(list)?;
    let mut parties: Vec<(&str, Vec<(&str, Quality)>)> = Vec::new();
    for line in lines.lines() {
        let (key, name) = line.split_once('\t').ok_or("a line of the list is not key, tabulator, name")?;
        match parties.last_mut() {
            Some((last, names)) if *last == key => names.push((name, Quality::Strong)),
            _ => parties.push((key, vec![(name, Quality::Strong)])),
        }
    }
    let facts = Facts::default();
    let listed = parties.iter().map(|(key, names)| ListedParty { key, names, facts: &facts });
    let started = Instant::now();
    let report = build(listed, &weights, file, &[0; 32])?;
    let seconds = started.elapsed().as_secs_f64();
    let names = report.names;
    Ok(json!({ "seconds": seconds, "names": names, "bytes": std::fs::metadata(file)?.len() }))
}

fn serve(file: &Path) -> Outcome<()> {
    let before = resident();
    let started = Instant::now();
    let index = Index::open(file)?;
    let opened = started.elapsed().as_secs_f64();
    let mut desk =
        Desk { other: elsewhere(&index)?, index, book: Vec::new(), scratch: Scratch::new(), out: Vec::new() };
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        say(&match words[..] {
            ["book", path] => {
                desk.book = std::fs::read_to_string(path)?.lines().map(str::to_owned).collect();
                json!({ "names": desk.book.len() })
            }
            ["pass", tau] => desk.passes(score_of(tau.parse()?)),
            ["analyse"] => desk.analyses(),
            ["latency", tau, sample] => desk.latencies(score_of(tau.parse()?), sample.parse()?),
            ["open"] => {
                let started = Instant::now();
                let names = Index::open(file)?.names();
                json!({ "seconds": started.elapsed().as_secs_f64(), "first": opened, "names": names })
            }
            ["resident"] => json!({ "kilobytes": resident(), "before": before }),
            _ => return Err(format!("not understood: {line}").into()),
        })?;
    }
    Ok(())
}

/// An index of one name. A question put to it empties what a [`Scratch`] remembers of any other index.
fn elsewhere(index: &Index) -> Outcome<Index> {
    let facts = Facts::default();
    let names = [("elsewhere", Quality::Strong)];
    let party = ListedParty { key: "bench:0", names: &names, facts: &facts };
    let (bytes, _) = encode(std::iter::once(party), |text| analyse(text, Side::List), index.weights(), &[0; 32])?;
    Ok(Index::from_bytes(&bytes)?)
}

struct Desk {
    index: Index,
    other: Index,
    book: Vec<String>,
    scratch: Scratch,
    out: Vec<Candidate>,
}

impl Desk {
    fn ask(&mut self, name: usize, tau: Score) -> (usize, u64, u64) {
        let query = analyse(&self.book[name], Side::Query);
        let work = self.index.retrieve(&query, tau, &mut self.scratch, &mut self.out);
        (self.out.len(), work.postings, work.scored)
    }

    fn forget(&mut self) {
        let blank = analyse("", Side::Query);
        self.other.retrieve(&blank, score_of(0.5), &mut self.scratch, &mut self.out);
    }

    fn passes(&mut self, tau: Score) -> Value {
        self.scratch = Scratch::new();
        let mut seconds = [0.0; 2];
        let mut sums = (0, 0, 0);
        for pass in &mut seconds {
            sums = (0, 0, 0);
            let started = Instant::now();
            for name in 0..self.book.len() {
                let (found, postings, scored) = self.ask(name, tau);
                sums = (sums.0 + found, sums.1 + postings, sums.2 + scored);
            }
            *pass = started.elapsed().as_secs_f64();
        }
        json!({
            "names": self.book.len(), "first": seconds[0], "remembered": seconds[1],
            "candidates": sums.0, "postings": sums.1, "scored": sums.2,
        })
    }

    fn analyses(&self) -> Value {
        let started = Instant::now();
        for name in &self.book {
            black_box(analyse(name, Side::Query));
        }
        json!({ "names": self.book.len(), "seconds": started.elapsed().as_secs_f64() })
    }

    fn latencies(&mut self, tau: Score, sample: usize) -> Value {
        let step = (self.book.len() / sample.max(1)).max(1);
        let chosen: Vec<usize> = (0..self.book.len()).step_by(step).collect();
        // Buffers grow once, and the file's pages are in memory: a process that serves has both behind it.
        for name in &chosen {
            self.ask(*name, tau);
        }
        let cold = self.timed(&chosen, tau, true);
        self.forget();
        let first = self.timed(&chosen, tau, false);
        let remembered = self.timed(&chosen, tau, false);
        json!({ "nothing": cold, "first": first, "remembered": remembered })
    }

    /// Microseconds of each query, sorted.
    fn timed(&mut self, chosen: &[usize], tau: Score, fresh: bool) -> Vec<f64> {
        let mut all = Vec::with_capacity(chosen.len());
        for name in chosen {
            if fresh {
                self.forget();
            }
            let started = Instant::now();
            black_box(self.ask(*name, tau));
            all.push((started.elapsed().as_nanos() as f64) / 1e3);
        }
        all.sort_by(f64::total_cmp);
        all
    }
}

/// Resident kilobytes of this process, mapped pages included; `null` where the system does not say.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
