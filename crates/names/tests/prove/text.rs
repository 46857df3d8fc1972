//! Names inside messages: every window of the text against every listed name by the definition.

use crate::at_hand::{in_parallel, pairs, AtHand};
use crate::oracle::bulk::Bulk;
use crate::oracle::Oracle;
use crate::tally::Tally;
use crate::world;
use names::normalise::{read_passage, Analysed, Form, Origin, Passage, Placed};
use names::retrieve::score_of;
use names::similarity::RetrievalWeights;
use names::text::{TextIndex, TextScratch};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

const TAU: f64 = 0.7;

/// As banks and newspapers write; only in Latin letters, because a text of one reading is defined by its windows alone.
const MESSAGES: [&str; 6] = [
    "SECOND INSTALMENT FOR PUMPS TO {} AS PER CONTRACT 4/2023",
    "/INV/19S95 BY ORDER OF {}, 34 BRENTWOOD ROAD",
    "The Treasury designated {} in January.",
    "freight B/L 4471 mv ocean star / {}\nvoyage 12",
    "salary {} and family, Dubai",
    "{}",
];

/// Score, tokens and place of a window.
type Window = (u32, usize, u32, u32);

fn one_form(passage: &Passage, window: &[Placed]) -> Analysed {
    let tokens: Vec<_> = window.iter().map(|placed| passage.token(placed).clone()).collect();
    let whole = if let [one] = &tokens[..] { one.text.clone() } else { "".into() };
    Analysed { forms: vec![Form { tokens, squashed: whole, origin: Origin::Written }], truncated: false }
}

/// The best window of each name, then the best of those that overlap none already taken.
fn chosen(mut left: Vec<Window>) -> Vec<Window> {
    let mut taken = Vec::new();
    while let Some(best) =
        left.iter().copied().min_by_key(|(score, tokens, start, end)| (Reverse(*score), *tokens, *start, *end))
    {
        left.retain(|(_, _, start, end)| *end <= best.2 || best.3 <= *start);
        taken.push(best);
    }
    taken.sort_by_key(|window| window.2);
    taken
}

#[test]
#[ignore = "takes minutes: make prove"]
fn every_listed_name_in_a_message_is_found_where_it_stands() {
    let Some(known) = AtHand::open() else {
        return;
    };
    // No acronyms in texts: section 10 of docs/engine.md.
    let oracle = Oracle::new(&known.list, &RetrievalWeights { acronym: 0, ..world::weights() });
    let bulk = Bulk::new(&known.list, &oracle);
    let mut wholes: HashMap<&str, Vec<usize>> = HashMap::new();
    for (name, listed) in known.list.iter().enumerate() {
        listed.forms.iter().for_each(|form| wholes.entry(&form.squashed).or_default().push(name));
    }
    let equal = u32::from(world::weights().whole) * 64;
    let tau = score_of(TAU);
    let inside = TextIndex::of(&known.index, tau);
    let write = |(at, name): (usize, &String)| MESSAGES[at % MESSAGES.len()].replace("{}", name);
    // A message has some sixty windows; those that are too many are left out.
    let names = known.queries((pairs() / known.list.len()).div_ceil(20).max(20));
    let texts: Vec<String> = names.iter().enumerate().map(write).collect();
    let one_reading = |text: &String| read_passage(text).sequences.len() == 1;
    let windows = |text: &String| read_passage(text).sequences[0].tokens.len().pow(2) / 2;
    let mut room = pairs() / known.list.len();
    let fits = |text: &String| {
        let left = room.checked_sub(windows(text));
        room = left.unwrap_or(room);
        left.is_some()
    };
    let texts: Vec<String> = texts.into_iter().filter(one_reading).filter(fits).collect();
    let fresh = || (TextScratch::default(), Vec::new());
    let total = in_parallel("texts", &texts, fresh, |(scratch, found), text| {
        let passage = read_passage(text);
        let tokens = &passage.sequences[0].tokens;
        let mut by_name: BTreeMap<u32, Vec<Window>> = BTreeMap::new();
        let mut tally = Tally::default();
        for first in 0..tokens.len() {
            for end in first + 1..=tokens.len().min(first + 31) {
                let mut scores = bulk.scores(&one_form(&passage, &tokens[first..end]));
                let joined: String = tokens[first..end].iter().map(|placed| &*passage.token(placed).text).collect();
                // A window of two to four tokens has a whole where it equals that of the name.
                let same = wholes.get(&*joined).filter(|_| (2..=4).contains(&(end - first)));
                for name in same.into_iter().flatten() {
                    scores[*name] = equal.max(scores[*name]);
                }
                tally.pairs += scores.len();
                for (name, score) in (0..).zip(scores).filter(|(_, score)| *score >= tau) {
                    let window = (score, end - first, tokens[first].start, tokens[end - 1].end);
                    by_name.entry(name).or_default().push(window);
                }
            }
        }
        let defined = by_name.into_iter().flat_map(|(name, left)| {
            let places = chosen(left).into_iter();
            places.map(move |(score, _, start, end)| ((name, start, end), score))
        });
        let done = inside.find(&known.index, &passage, scratch, found);
        let ours = found.iter().map(|one| ((one.name, one.start, one.end), one.score));
        tally.compare(text, &defined.collect(), ours.collect(), done.truncated != passage.truncated);
        tally
    });
    total.must_be_clean();
}
