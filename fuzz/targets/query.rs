//! Any list and any queries: what the engine finds is what the definition without an index says.
#![no_main]

#[allow(dead_code)]
#[path = "../../crates/names/tests/engine/oracle/mod.rs"]
mod oracle;
#[allow(dead_code)]
#[path = "../../crates/names/tests/engine/world.rs"]
mod world;

use libfuzzer_sys::fuzz_target;
use names::normalise::{analyse, Analysed, Side, Token, TokenClass};
use names::retrieve::Scratch;

/// More than this costs the definition, which has no index, too much of a run.
const NAMES: usize = 12;
const TOKENS: usize = 9;

/// Lines as names somebody wrote.
fn written(data: &[u8], side: Side) -> Vec<Analysed> {
    let lines = data.split(|byte| *byte == b'\n').take(NAMES);
    lines.map(|line| analyse(&String::from_utf8_lossy(line), side)).collect()
}

/// The same bytes as tokens of few letters, which are near one another often: a word's first byte says what it is.
fn made(data: &[u8]) -> Vec<Analysed> {
    let lines = data.split(|byte| *byte == b'\n').take(NAMES);
    lines.map(|line| Analysed { forms: vec![form(line)], truncated: false }).collect()
}

fn form(line: &[u8]) -> names::normalise::Form {
    let token = |word: &[u8]| {
        let (kind, rest) = word.split_first()?;
        let text: String = rest.iter().map(|byte| char::from(b"abhkly12"[usize::from(byte % 8)])).collect();
        let class = match kind % 16 {
            0 | 1 if rest.len() == 1 => TokenClass::Initial,
            2 => TokenClass::Number,
            3 => TokenClass::Legal(u16::from(kind / 16) + 1),
            4 => TokenClass::Stop,
            _ => TokenClass::Word,
        };
        let variant = if kind % 16 == 5 { u32::from(kind / 16) + 1 } else { 0 };
        (!text.is_empty()).then(|| Token { text: text.into(), class, variant })
    };
    world::form_of(line.split(|byte| *byte == b' ').filter_map(token).take(TOKENS).collect())
}

fuzz_target!(|data: &[u8]| {
    let [kind, tau, rest @ ..] = data else {
        return;
    };
    let (list, queries) = match kind & 1 {
        0 => (made(rest), made(rest)),
        _ => (written(rest, Side::List), written(rest, Side::Query)),
    };
    let tau = 65_536 * (u32::from(*tau) % 15 + 6) / 20;
    let index = world::index_of(&list);
    let oracle = oracle::Oracle::new(&list, &world::weights());
    let (mut scratch, mut found) = (Scratch::new(), Vec::new());
    let small = |name: &Analysed| name.forms.iter().all(|form| form.tokens.len() <= TOKENS);
    for query in queries.iter().take(3) {
        let work = index.retrieve(query, tau, &mut scratch, &mut found);
        assert_eq!(work.truncated, query.truncated);
        for (number, listed) in list.iter().enumerate() {
            let ours = found.iter().find(|candidate| candidate.name == number as u32).map(|candidate| candidate.score);
            if small(query) && small(listed) {
                let defined = Some(oracle.score(query, listed)).filter(|score| *score >= tau);
                assert_eq!(ours, defined, "{query:?} against {listed:?}");
            }
        }
    }
});
