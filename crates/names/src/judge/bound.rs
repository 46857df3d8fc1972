//! The most that two parties can score, found without an assignment: most of what is retrieved ends far below the
//! threshold, and where only hits are reported that is all that has to be known of it.
//!
//! **Why nothing is lost.** Whatever the assignment is, a token is left over, or in one of the pairs that are possible.
//! Let its **burden** c be the least that this can contradict: its weight, or, over all possible pairs with it,
//! min(w, w')·(1 − k), where k is the most that the pair keeps; nothing for a token in a possible run, for legal forms,
//! and where a letter may stand for a word. With the names of [`crate::judge::name`]:
//!
//! * *Gravest.* Take the word or number of greatest burden on each side. If one of them is in a pair, that pair
//!   contradicts by its burden at least; if both are left over, they contradict by the smaller weight. So the gravest
//!   contradiction is at least the smaller of both burdens.
//! * *Share and omission.* Let X be what pairs contradict, and l, m what is left over. X + l is at least the sum A of the
//!   burdens of its side, X + m at least B, none more than the whole side weighs. Taken are s·min(X + l, X + m) and
//!   o·|l − m|, so with l' = X + l and m' = X + m: s·min(l', m') + o·|l' − m'|. Let A ≥ B. For l' ≥ m' this grows with l',
//!   else with m'; so it is least at l' = A, where it is linear in m' up to A: at m' = B, or at m' = A or all that side
//!   weighs. Where an initial may be matched, what it leaves unsaid is omitted but not left over: o counts as nothing.
//! * *Lone numbers and parts.* A number that is in no possible pair takes what a number takes. Where all possible pairs
//!   are of single tokens, no more of them hold a word or number than either side has such tokens: one or none is a lone
//!   part.
//! * *Top.* What is matched is at most the sum of weight times most kept, on either side; the score of an exact name
//!   grows with it.
//!
//! All else that structure, signs, romanisation and weak aliases do takes something or nothing. The total of names and
//! facts grows with the score of the name and with its being exact: it is made of the bound, as if exact.

use crate::judge::align::{abbreviations, akin, all, better, likeness, Run};
use crate::judge::few::Few;
use crate::judge::left::{larger, not_below_zero, smaller, Left};
use crate::judge::name::doubt;
use crate::judge::prepared::{Part, Reading};
use crate::judge::spelling::{at_most, Why};
use crate::judge::sums::kept;
use crate::judge::thresholds::{of_countries, sinkable};
use crate::judge::weights::JudgeWeights;
use crate::judge::{facts, persons, total, Named};
use crate::normalise::TokenClass;

/// Half of a ten-thousandth, to which a score is rounded, as much again for a threshold that is no such number, and
/// more than all sums can lose by rounding.
const SLACK: f64 = 2e-4;

/// More tokens are not looked at: the judge may say.
const MOST: usize = 12;

/// Whether the pair may be a hit at the threshold (0 to 1), or `suppressed` where such pairs are wanted. What is said to
/// be below is below; what may reach it need not.
pub fn may_reach(ours: Named<'_>, theirs: Named<'_>, threshold: f64, suppressed: bool, w: &JudgeWeights) -> bool {
    let enough = threshold - SLACK;
    let findings = facts::compare(ours.facts, theirs.facts, &w.fact);
    // A name that suffices alone is told as suppressed where that is wanted; where no fact may sink it, it may be kept.
    let alone = suppressed || !sinkable(&findings);
    let countries = of_countries(&findings);
    let reaches = |name: f64| alone && name >= enough || total(name, true, &findings, w, |_| ()) + countries >= enough;
    // What facts sink needs no look at the names.
    if !reaches(w.name.ceiling) {
        return false;
    }
    let person = persons(ours, theirs);
    let readings = |side: &Named<'_>| side.names.iter().map(|name| name.readings.len()).sum::<usize>();
    if readings(&ours) == 0 || readings(&theirs) == 0 {
        return reaches(0.0);
    }
    ours.names
        .iter()
        .flat_map(|name| &name.readings)
        .any(|a| theirs.names.iter().flat_map(|name| &name.readings).any(|b| may(a, b, person, w, reaches)))
}

/// What is known of the tokens of one side.
#[derive(Clone, Copy)]
struct Tokens {
    /// See above.
    burden: [f64; MOST],
    /// The most that is kept of it.
    kept: [f64; MOST],
    /// In a possible pair.
    paired: u32,
    /// In a possible pair with a word or a number.
    counted: u32,
}

impl Tokens {
    fn of(parts: &[Part], person: bool) -> Self {
        let mut burden = [0.0; MOST];
        for (burden, part) in burden.iter_mut().zip(parts) {
            *burden = if matches!(part.token.class, TokenClass::Legal(_)) { 0.0 } else { part.weigh(person) };
        }
        Self { burden, kept: [0.0; MOST], paired: 0, counted: 0 }
    }

    fn pair(&mut self, at: usize, kept: f64, burden: f64, counted: bool) {
        self.paired |= 1 << at;
        self.counted |= u32::from(counted) << at;
        if let (Some(was), Some(most)) = (self.burden.get_mut(at), self.kept.get_mut(at)) {
            *was = smaller(*was, burden);
            *most = larger(*most, kept);
        }
    }

    fn run(&mut self, run: Run) {
        for at in 0..run.len {
            self.pair(usize::from(run.at + at), 1.0, 0.0, true);
        }
    }

    fn sum(&self) -> f64 {
        self.burden.iter().sum()
    }

    fn gravest(&self, parts: &[Part]) -> f64 {
        let words = parts.iter().zip(&self.burden).filter(|(part, _)| part.ordinary());
        words.map(|(_, burden)| *burden).fold(0.0, larger)
    }

    fn matched(&self, parts: &[Part], person: bool) -> f64 {
        parts.iter().zip(&self.kept).map(|(part, kept)| part.rarity(person) * kept).sum()
    }

    fn alone(&self, parts: &[Part], person: bool) -> Left {
        Left::of(parts, all(parts.len()) & !self.paired, person)
    }
}

/// What pairs are possible.
#[derive(Clone, Copy)]
struct Possible<'a> {
    a: &'a Reading,
    b: &'a Reading,
    person: bool,
    x: Tokens,
    y: Tokens,
    /// Whether pairs of several tokens are.
    runs: bool,
    /// Whether letters may stand for words.
    initials: bool,
}

/// Whether two readings may reach what is asked: asked by the letters first; where they do not suffice, and a distance
/// could, by measuring.
fn may(a: &Reading, b: &Reading, person: bool, w: &JudgeWeights, reaches: impl Fn(f64) -> bool) -> bool {
    let (x, y) = (&*a.parts, &*b.parts);
    if x.len() > MOST || y.len() > MOST || a.squashed == b.squashed {
        return reaches(w.name.ceiling);
    }
    let (tokens_a, tokens_b) = (Tokens::of(x, person), Tokens::of(y, person));
    let mut sure = Possible { a, b, person, x: tokens_a, y: tokens_b, runs: false, initials: false };
    let mut unsure: Few<(u8, u8, f64), 16> = Few::new();
    for (i, p) in x.iter().enumerate() {
        for (j, q) in y.iter().enumerate() {
            if p.same_text(q) {
                sure.single(i, j, 1.0, Why::Equal, w);
                continue;
            }
            let spelled = at_most(&p.token, &p.spelt, &q.token, &q.spelt, &w.spelling);
            let other = if person { None } else { akin(p, q, &w.spelling) };
            if let Some((like, why)) = better(spelled, other) {
                if matches!(why, Why::Sound | Why::Typo) {
                    unsure.push((i as u8, j as u8, like));
                } else {
                    sure.single(i, j, like, why, w);
                }
            }
        }
    }
    let one = |at: usize| Run { at: at as u8, len: 1 };
    abbreviations(x, y, person, |run, j| sure.run(run, one(j), true));
    abbreviations(y, x, person, |run, i| sure.run(one(i), run, true));
    let mut letters = sure;
    for (i, j, like) in &unsure {
        letters.single((*i).into(), (*j).into(), *like, Why::Sound, w);
    }
    a.joins.possible(y, |run, j| letters.run(run, one(j), false));
    b.joins.possible(x, |run, i| letters.run(one(i), run, false));
    if !reaches(letters.score(w)) {
        return false;
    }
    if reaches(sure.score(w)) {
        return true;
    }
    let strict = a.syllabic() || b.syllabic();
    for (i, j, _) in &unsure {
        let (i, j) = (usize::from(*i), usize::from(*j));
        if let Some((like, why)) = x.get(i).zip(y.get(j)).and_then(|(p, q)| likeness(p, q, person, &w.spelling)) {
            sure.single(i, j, like, why, w);
        }
    }
    if reaches(sure.score(w)) {
        return true;
    }
    a.joins.alike(y, strict, &w.spelling, |run, j, _| sure.run(run, one(j), false));
    b.joins.alike(x, strict, &w.spelling, |run, i, _| sure.run(one(i), run, false));
    reaches(sure.score(w))
}

impl Possible<'_> {
    /// A pair of one token with one.
    fn single(&mut self, i: usize, j: usize, like: f64, why: Why, w: &JudgeWeights) {
        let counterpart = matches!(why, Why::Equal | Why::Variant) || like > w.spelling.word;
        if !self.person && (why == Why::Initial || !counterpart) {
            return;
        }
        let (Some(p), Some(q)) = (self.a.parts.get(i), self.b.parts.get(j)) else {
            return;
        };
        self.initials |= why == Why::Initial;
        let keeps = kept(like, why, self.person, w);
        let burden = smaller(p.weigh(self.person), q.weigh(self.person)) * (1.0 - keeps);
        let counted = p.ordinary() || q.ordinary();
        self.x.pair(i, keeps, burden, counted);
        self.y.pair(j, keeps, burden, counted);
    }

    /// A pair of several tokens with one.
    fn run(&mut self, a: Run, b: Run, initials: bool) {
        self.x.run(a);
        self.y.run(b);
        self.runs = true;
        self.initials |= initials;
    }

    /// The most that the readings score if no other pairs are possible.
    fn score(&self, w: &JudgeWeights) -> f64 {
        let Self { a, b, person, ref x, ref y, runs, initials } = *self;
        let (parts_a, parts_b) = (&*a.parts, &*b.parts);
        let n = &w.name;
        let (gravest, share, omission) = if person {
            (n.person_contradiction, n.person_contradicted, n.person_omitted)
        } else {
            (n.other_contradiction, n.other_contradicted, n.other_omitted)
        };
        let (total_a, total_b) = (a.shape.total(person), b.shape.total(person));
        let share = share / larger((total_a + total_b) * 0.5, f64::MIN_POSITIVE);
        // What is omitted counts least where the family name is there and a father's name is left out.
        let patronymic = parts_a.iter().chain(parts_b).any(|part| part.patronymic);
        let omission = omission * if person { n.framed } else { 1.0 };
        let omission = omission * if person && patronymic { n.patronymic } else { 1.0 };
        let omission = if initials { 0.0 } else { omission / larger(larger(total_a, total_b), f64::MIN_POSITIVE) };
        let (sum_a, sum_b) = (x.sum(), y.sum());
        let (more, less, whole) = if sum_a >= sum_b { (sum_a, sum_b, total_b) } else { (sum_b, sum_a, total_a) };
        let matched = smaller(x.matched(parts_a, person), y.matched(parts_b, person));
        let doubt = doubt(matched, person, w);
        let takes = |less: f64| share * less + omission * (more - less);
        let mut took = gravest * smaller(x.gravest(parts_a), y.gravest(parts_b));
        took += doubt * smaller(takes(less), takes(smaller(more, whole)));
        let (alone_a, alone_b) = (x.alone(parts_a, person), y.alone(parts_b, person));
        if alone_a.number || alone_b.number {
            took += if person { n.number * 0.5 } else { n.number };
        }
        let counted = x.counted.count_ones().min(y.counted.count_ones());
        let several = a.shape.ordinary.count_ones().max(b.shape.ordinary.count_ones()) > 1;
        if counted <= 1 && several && !runs && !initials {
            let lone = if person { n.person_lone } else { n.other_lone };
            took += lone * larger(alone_a.heaviest, alone_b.heaviest);
        }
        not_below_zero(n.floor + (n.ceiling - n.floor) * matched / (matched + n.half) - took)
    }
}
