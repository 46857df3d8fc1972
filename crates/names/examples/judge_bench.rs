//! How many prepared pairs one thread judges a second: without evidence, with facts and evidence, as JSON text, and
//! as a book does, which reports hits alone.
//!
//!     judge_bench PAIRS WEIGHTS [RUNS]
//!
//! PAIRS has one pair a line, parted by tabs: our name, their name, and as far as known our and their date of birth
//! (1962-02-18), our and their country (kp). WEIGHTS is what `Weights.load().json` of the Python side gives. Prints one
//! JSON object; each rate is the median of RUNS (5) interleaved runs. Preparing is measured apart.

use names::facts::{Facts, Quality};
use names::judge::explain::{add_lines, add_tokens};
use names::judge::facts::birth;
use names::judge::json::Shown;
use names::judge::{judge, may_reach, JudgeWeights, Judgement, Named, Prepared};
use names::normalise::Side;
use names::weights::Weights;
use std::error::Error;
use std::hint::black_box;
use std::io::Write as _;
use std::time::Instant;

const THRESHOLD: f64 = 0.7;
/// Pairs judged in one run, at least, so that a run takes long enough to be measured.
const LEAST: usize = 100_000;

struct One {
    name: String,
    facts: Facts,
}

struct Pair {
    ours: One,
    theirs: One,
}

fn one(name: &str, born: Option<&&str>, country: Option<&&str>) -> One {
    let births = born.and_then(|text| birth(text)).into_iter().collect();
    let codes = country.map(|code| code.trim().to_lowercase()).filter(|code| !code.is_empty());
    let nationalities = codes.map(String::into_boxed_str).into_iter().collect();
    One { name: name.to_owned(), facts: Facts { births, nationalities, ..Facts::default() } }
}

fn read(text: &str) -> Vec<Pair> {
    let pair = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let (ours, theirs) = (cells.first()?, cells.get(1)?);
        Some(Pair { ours: one(ours, cells.get(2), cells.get(4)), theirs: one(theirs, cells.get(3), cells.get(5)) })
    };
    text.lines().filter_map(pair).collect()
}

/// What is made of a pair.
#[derive(Clone, Copy)]
enum Made {
    Judgement,
    Evidence,
    Json,
    /// Evidence of what reaches the threshold.
    Hits,
}

/// Judged in full, or, where only hits are asked for, `None` below the threshold.
fn judged(a: &Prepared, b: &Prepared, pair: &Pair, made: Made, w: &JudgeWeights) -> Option<Judgement> {
    let (a, b) = ([a], [b]);
    let (ours, theirs) = (Named { names: &a, facts: &pair.ours.facts }, Named { names: &b, facts: &pair.theirs.facts });
    let hits = matches!(made, Made::Hits);
    if hits && !may_reach(ours, theirs, THRESHOLD, true, w) {
        return None;
    }
    let judgement = judge(ours, theirs, THRESHOLD, w);
    (!hits || f64::from(judgement.score) >= THRESHOLD * 10_000.0 - 0.5).then_some(judgement)
}

/// Pairs a second.
fn rate(
    pairs: &[Pair],
    prepared: &[(Prepared, Prepared)],
    made: Made,
    w: &JudgeWeights,
) -> Result<f64, Box<dyn Error>> {
    let turns = LEAST.div_ceil(pairs.len().max(1));
    let (mut tokens, mut lines, mut text) = (Vec::new(), Vec::new(), Vec::new());
    let started = Instant::now();
    for _ in 0..turns {
        for (pair, (a, b)) in pairs.iter().zip(prepared) {
            let Some(judgement) = judged(a, b, pair, made, w) else {
                continue;
            };
            if matches!(made, Made::Judgement) {
                black_box(judgement.score);
                continue;
            }
            tokens.clear();
            lines.clear();
            if let Some(name) = &judgement.name {
                add_tokens(&mut tokens, a, b, name, w);
            }
            let (ours, theirs) = (pair.ours.name.as_str(), pair.theirs.name.as_str());
            add_lines(&mut lines, &judgement, (ours, &pair.ours.facts), (theirs, &pair.theirs.facts));
            if matches!(made, Made::Evidence | Made::Hits) {
                black_box((tokens.len(), lines.len()));
                continue;
            }
            text.clear();
            let (tokens, lines) = (tokens.as_slice(), lines.as_slice());
            let (judgement, threshold) = (&judgement, THRESHOLD);
            let shown = Shown { query: 0, party: 0, key: "", ours, theirs, judgement, threshold, tokens, lines };
            shown.write(&mut text)?;
            black_box(text.len());
        }
    }
    Ok((turns * pairs.len()) as f64 / started.elapsed().as_secs_f64())
}

fn median(rates: &mut [f64]) -> f64 {
    rates.sort_unstable_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default().round()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, pairs, weights, rest @ ..] = arguments.as_slice() else {
        return Err("judge_bench PAIRS WEIGHTS [RUNS]".into());
    };
    let runs: usize = rest.first().map_or(Ok(5), |runs| runs.parse())?;
    let pairs = read(&std::fs::read_to_string(pairs)?);
    let weights = Weights::from_json(&std::fs::read(weights)?)?.judge;
    let prepare = |one: &One| Prepared::new(&one.name, Side::List, Quality::Primary, one.facts.kind, &weights);
    let started = Instant::now();
    let prepared: Vec<(Prepared, Prepared)> =
        pairs.iter().map(|pair| (prepare(&pair.ours), prepare(&pair.theirs))).collect();
    let names = (2 * pairs.len()) as f64 / started.elapsed().as_secs_f64();
    let all = [Made::Judgement, Made::Evidence, Made::Json, Made::Hits];
    let mut rates: [Vec<f64>; 4] = Default::default();
    for _ in 0..runs.max(1) {
        for (made, rates) in all.iter().zip(&mut rates) {
            rates.push(rate(&pairs, &prepared, *made, &weights)?);
        }
    }
    let [judged, evidence, json, hits] = &mut rates;
    let found = serde_json::json!({
        "pairs": pairs.len(),
        "names_prepared": names.round(),
        "structs": median(judged),
        "evidence": median(evidence),
        "json": median(json),
        "book": median(hits),
    });
    writeln!(std::io::stdout(), "{found}")?;
    Ok(())
}
