//! The relation of docs/engine.md, slowly: no index, nothing remembered, no code of `src` but its data types.

mod assignment;
/// Some of the test programs that share the definition need it for whole lists.
#[allow(dead_code)]
pub mod bulk;
mod texts;

use assignment::{with_joins, Join};
use names::normalise::{Analysed, Form, Token, TokenClass};
use names::similarity::RetrievalWeights;
use std::collections::{HashMap, HashSet};
use texts::{digits, one_edit};
pub use texts::{family, osa, sound};

/// The frozen statistics of a list.
pub struct Oracle {
    names: u32,
    tokens: HashMap<Token, u32>,
    variants: HashMap<u32, u32>,
    /// Names with a classless word of this sound.
    sounds: HashMap<String, u32>,
    /// Variant classes that have a word of this sound.
    kin: HashMap<String, HashSet<u32>>,
    weights: RetrievalWeights,
}

/// The keys of a text.
struct Heard {
    sound: Option<String>,
    family: Option<String>,
}

impl Heard {
    fn of(text: &str) -> Self {
        Self { sound: sound(text), family: family(text) }
    }
}

fn cut(form: &Form) -> &[Token] {
    &form.tokens[..form.tokens.len().min(31)]
}

impl Oracle {
    pub fn new(list: &[Analysed], weights: &RetrievalWeights) -> Self {
        let mut tokens = HashMap::new();
        let mut variants = HashMap::new();
        let mut sounds = HashMap::new();
        let mut kin: HashMap<String, HashSet<u32>> = HashMap::new();
        for name in list {
            let all: HashSet<&Token> = name.forms.iter().flat_map(cut).collect();
            let counts =
                |token: &&&Token| matches!(token.class, TokenClass::Word | TokenClass::Number) && token.variant > 0;
            let classes: HashSet<u32> = all.iter().filter(counts).map(|token| token.variant).collect();
            let heard = |token: &&&Token| token.class == TokenClass::Word && token.variant == 0;
            let keys: HashSet<String> = all.iter().filter(heard).filter_map(|token| sound(&token.text)).collect();
            for key in keys {
                *sounds.entry(key).or_insert(0) += 1;
            }
            for token in all.iter().filter(|token| token.class == TokenClass::Word && token.variant > 0) {
                if let Some(key) = sound(&token.text) {
                    kin.entry(key).or_default().insert(token.variant);
                }
            }
            for token in all {
                *tokens.entry(token.clone()).or_insert(0) += 1;
            }
            for class in classes {
                *variants.entry(class).or_insert(0) += 1;
            }
        }
        let names = list.iter().filter(|name| !name.forms.is_empty()).count() as u32;
        Self { names, tokens, variants, sounds, kin, weights: weights.clone() }
    }

    pub fn weight(&self, token: &Token) -> u64 {
        let w = &self.weights;
        match token.class {
            TokenClass::Stop => u64::from(w.stop_word),
            TokenClass::Legal(_) => u64::from(w.legal_form),
            TokenClass::Initial => u64::from(w.initial_letter),
            TokenClass::Word | TokenClass::Number => {
                let bits = |n: u32| (f64::from(n).log2() * 256.0 + 1e-9).floor();
                let weight = |seen: Option<&u32>| {
                    ((bits(self.names + 1) - bits(*seen.unwrap_or(&1))) as u64).max(u64::from(w.word_floor))
                };
                if token.variant > 0 {
                    return weight(self.variants.get(&token.variant));
                }
                match sound(&token.text).filter(|_| token.class == TokenClass::Word) {
                    None => weight(self.tokens.get(token)),
                    Some(key) => {
                        let classes = self.kin.get(&key).into_iter().flatten();
                        let least = classes.map(|class| weight(self.variants.get(class))).min();
                        least.unwrap_or(u64::MAX).min(weight(self.sounds.get(&key)))
                    }
                }
            }
        }
    }

    /// Best over all pairs of forms, of 65536.
    pub fn score(&self, query: &Analysed, listed: &Analysed) -> u32 {
        let pairs = query.forms.iter().flat_map(|q| listed.forms.iter().map(move |t| (q, t)));
        pairs
            .map(|(q, t)| self.by_tokens(cut(q), cut(t)).max(self.by_whole(q, t)).max(self.by_acronym(cut(q), cut(t))))
            .max()
            .unwrap_or(0)
    }

    fn by_whole(&self, q: &Form, t: &Form) -> u32 {
        let (a, b) = (q.squashed.as_bytes(), t.squashed.as_bytes());
        let longer = a.len().max(b.len());
        if longer == 0 {
            return 0;
        }
        match one_edit(a, b) {
            Some(edits) if edits == 0 || longer >= 8 => u32::from(self.less(self.weights.whole, edits, longer)) * 64,
            _ => 0,
        }
    }

    /// A word of one side that is the first letters of all words of the other.
    fn by_acronym(&self, q: &[Token], t: &[Token]) -> u32 {
        let both: u64 = q.iter().chain(t).map(|token| self.weight(token)).sum();
        let words = |side: &'_ [Token]| -> Vec<Token> {
            side.iter().filter(|token| token.class == TokenClass::Word).cloned().collect()
        };
        let mut best = 0;
        for (long, short) in [(q, t), (t, q)] {
            let Some(initials) = initials(long) else { continue };
            let weight: u64 = words(long).iter().map(|word| self.weight(word)).sum();
            for word in words(short).iter().filter(|word| *word.text.as_bytes() == *initials) {
                best = best.max(u64::from(self.weights.acronym) * weight.min(self.weight(word)) * 128 / both);
            }
        }
        best as u32
    }

    fn by_tokens(&self, q: &[Token], t: &[Token]) -> u32 {
        let both: u64 = q.iter().chain(t).map(|token| self.weight(token)).sum();
        if q.is_empty() || t.is_empty() {
            return 0;
        }
        let value = |i: usize, j: usize| match self.similarity(&q[i], &t[j]) {
            0 => 0,
            sim => u64::from(sim) * self.weight(&q[i]).min(self.weight(&t[j])),
        };
        let values: Vec<Vec<u64>> = (0..q.len()).map(|i| (0..t.len()).map(|j| value(i, j)).collect()).collect();
        let joins = self.all_joins(q, t);
        let best = with_joins(&values, &joins, &mut vec![true; q.len()], &mut vec![true; t.len()]);
        (best * 128 / both) as u32
    }

    /// Those that take part, the ones worth most first.
    fn all_joins(&self, q: &[Token], t: &[Token]) -> Vec<Join> {
        let mut joins = self.joins(q, t, true);
        joins.extend(self.joins(t, q, false));
        joins.sort_by(|a, b| (b.value.cmp(&a.value)).then_with(|| a.order.cmp(&b.order)));
        joins.truncate(usize::from(self.weights.join_cap));
        joins
    }

    pub fn joins(&self, runs: &[Token], singles: &[Token], ours: bool) -> Vec<Join> {
        let mut joins = Vec::new();
        for start in 0..runs.len() {
            for length in [2, 3] {
                let Some(run) = runs.get(start..start + length) else {
                    continue;
                };
                let classes: Vec<TokenClass> = run.iter().map(|token| token.class).collect();
                let allowed = match classes[..] {
                    [a, b] => a == TokenClass::Word || b == TokenClass::Word,
                    [a, b, c] => a == TokenClass::Word && b == TokenClass::Stop && c == TokenClass::Word,
                    _ => false,
                };
                let text: String = run.iter().map(|token| &*token.text).collect();
                if !allowed || text.len() > 64 {
                    continue;
                }
                for (at, single) in singles.iter().enumerate() {
                    let longer = text.len().max(single.text.len());
                    let edits = one_edit(text.as_bytes(), single.text.as_bytes());
                    if single.class != TokenClass::Word {
                        continue;
                    }
                    let spelt = match edits {
                        Some(edits) if edits == 0 || longer >= 6 => self.less(self.weights.join, edits, longer),
                        _ => 0,
                    };
                    let stretch = text.len().abs_diff(single.text.len());
                    let key = sound(&text).filter(|key| stretch <= 2 && key.len() > 3);
                    let heard = if key.is_some() && key == sound(&single.text) { self.weights.sound } else { 0 };
                    if single.text.len() > 64 {
                        continue;
                    }
                    let sim = spelt.max(heard);
                    let weight: u64 = run.iter().map(|token| self.weight(token)).sum();
                    let value = u64::from(sim) * weight.min(self.weight(single));
                    let places: Vec<usize> = (start..start + length).collect();
                    let (rows, columns) = if ours { (places, vec![at]) } else { (vec![at], places) };
                    let bits = |places: &[usize]| places.iter().map(|at| 1u64 << at).sum::<u64>();
                    let order = (text.clone(), single.text.to_string(), bits(&rows), bits(&columns));
                    if value > 0 {
                        joins.push(Join { rows, columns, value, order });
                    }
                }
            }
        }
        joins
    }

    fn less(&self, full: u16, edits: usize, longer: usize) -> u16 {
        full.saturating_sub((usize::from(self.weights.edit) * edits / longer.max(1)) as u16)
    }

    pub fn similarity(&self, a: &Token, b: &Token) -> u16 {
        self.similarity_of(a, &Heard::of(&a.text), b, &Heard::of(&b.text))
    }

    fn similarity_of(&self, a: &Token, heard_a: &Heard, b: &Token, heard_b: &Heard) -> u16 {
        use TokenClass::{Initial, Legal, Word};
        let w = &self.weights;
        if a.text == b.text {
            return 1024;
        }
        let mut best = 0;
        if a.variant > 0 && a.variant == b.variant {
            best = w.variant;
        }
        match (a.class, b.class) {
            (Legal(x), Legal(y)) if x == y => best = best.max(w.legal),
            (Initial, Word) if is_initial(&a.text, &b.text) => best = best.max(w.initial),
            (Word, Initial) if is_initial(&b.text, &a.text) => best = best.max(w.initial),
            (Word, Word) => {
                let longer = a.text.len().max(b.text.len());
                let limit = [0, 0, 0, 0, 1, 1, 2][longer.min(6)];
                let fit = longer <= 64 && a.text.is_ascii() && b.text.is_ascii();
                if fit
                    && a.text.len().abs_diff(b.text.len()) <= limit
                    && digits(a.text.as_bytes()) == digits(b.text.as_bytes())
                {
                    let edits = osa(a.text.as_bytes(), b.text.as_bytes());
                    if edits <= limit {
                        best = best.max(self.less(1024, edits, longer));
                    }
                }
                if heard_a.sound.is_some() && heard_a.sound == heard_b.sound {
                    best = best.max(w.sound);
                }
                if heard_a.family.is_some() && heard_a.family == heard_b.family {
                    best = best.max(w.family);
                }
                let (part, word) = if a.text.len() < b.text.len() { (&a.text, &b.text) } else { (&b.text, &a.text) };
                let begins = word.starts_with(&**part) || word.ends_with(&**part);
                let same_digits = digits(part.as_bytes()) == digits(word.as_bytes());
                if (4..word.len()).contains(&part.len()) && word.len() <= 64 && begins && same_digits {
                    best = best.max(w.part);
                }
            }
            _ => {}
        }
        best
    }
}

/// The first letters of three words or more.
fn initials(tokens: &[Token]) -> Option<Vec<u8>> {
    let words = tokens.iter().filter(|token| token.class == TokenClass::Word);
    let letters: Option<Vec<u8>> = words.map(|word| word.text.bytes().next()).collect();
    letters.filter(|letters| letters.len() >= 3)
}

fn is_initial(initial: &str, word: &str) -> bool {
    initial.len() == 1 && word.len() > 1 && word.starts_with(initial)
}
