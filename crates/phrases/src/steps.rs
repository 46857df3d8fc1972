//! The steps of a phrase's program, and how they are made of its parts.

use crate::letters::small;
use crate::wording::Item;

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// These characters.
    Text(Box<[char]>),
    /// One of two.
    Either(char, char),
    /// One space or more.
    Space,
    /// Part of a word, at least one character.
    Run,
    /// Up to so many words and the spaces behind them; `;` is in none.
    Gap(usize),
    Number,
    /// No word goes on here.
    End,
    /// The next step, or else that one.
    Or(usize),
    /// Of several, the first that leads to an end.
    Choice(Choice),
    Go(usize),
}

/// The steps at which the several of a choice begin, in their order, by the letter that they begin with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    by_letter: Vec<(char, Vec<usize>)>,
    /// Those that begin with any letter; they stand among those of each letter, too.
    others: Vec<usize>,
}

impl Choice {
    fn add(&mut self, letters: Option<&[char]>, step: usize) {
        let Some(letters) = letters else {
            self.by_letter.iter_mut().for_each(|(_, steps)| steps.push(step));
            self.others.push(step);
            return;
        };
        for one in letters {
            match self.by_letter.binary_search_by_key(one, |(letter, _)| *letter) {
                Ok(place) => self.by_letter[place].1.push(step),
                Err(place) => {
                    let steps = self.others.iter().copied().chain([step]).collect();
                    self.by_letter.insert(place, (*one, steps));
                }
            }
        }
    }

    /// The steps that a letter may begin.
    pub(crate) fn of(&self, letter: Option<&char>) -> &[usize] {
        let known = letter.and_then(|one| self.by_letter.binary_search_by_key(one, |(letter, _)| *letter).ok());
        known.map_or(&self.others, |place| &self.by_letter[place].1)
    }
}

/// Write parts down as steps.
pub(crate) fn sequence(items: &[Item], exact: bool, steps: &mut Vec<Step>) {
    // A space has to come before the next word; none has to, because the sequence begins or a gap ate it.
    let (mut wanted, mut ready) = (false, true);
    for (place, item) in items.iter().enumerate() {
        let before_space = items.get(place + 1) == Some(&Item::Space);
        match item {
            Item::Space => {
                wanted = !ready;
                continue;
            }
            Item::Optional(several) => {
                let skip = steps.len();
                steps.push(Step::Or(0));
                if wanted {
                    steps.push(Step::Space);
                }
                choice(several, exact, steps);
                if ready && before_space {
                    steps.push(Step::Space);
                }
                steps[skip] = Step::Or(steps.len());
                let glued = place + 1 < items.len() && !before_space;
                (wanted, ready) = (wanted && !glued, ready && !glued);
                continue;
            }
            _ if wanted => steps.push(Step::Space),
            _ => {}
        }
        match item {
            Item::Word(text) => word(text, exact, steps),
            Item::Gap(most) => steps.push(Step::Gap(*most as usize)),
            Item::Number => steps.push(Step::Number),
            Item::Choice(several) => choice(several, exact, steps),
            Item::Space | Item::Optional(_) => {}
        }
        (wanted, ready) = (false, matches!(item, Item::Gap(_)));
    }
}

fn choice(several: &[Vec<Item>], exact: bool, steps: &mut Vec<Step>) {
    if let [only] = several {
        return sequence(only, exact, steps);
    }
    let mut known = Choice::default();
    let mut ends = Vec::new();
    let at = steps.len();
    steps.push(Step::Go(0));
    for one in several {
        let begin = steps.len();
        sequence(one, exact, steps);
        let first = match steps.get(begin) {
            Some(Step::Text(said)) => Some(vec![said[0]]),
            Some(Step::Either(one, other)) => Some(vec![*one, *other]),
            _ => None,
        };
        known.add(first.as_deref(), begin);
        ends.push(steps.len());
        steps.push(Step::Go(0));
    }
    steps[at] = Step::Choice(known);
    let behind = steps.len();
    for end in ends {
        steps[end] = Step::Go(behind);
    }
}

/// An article may open a sentence, so its first letter may be large or small even where case counts.
const ARTICLES: [&str; 4] = ["the", "a", "this", "an"];

fn word(text: &str, exact: bool, steps: &mut Vec<Step>) {
    let folded = text.to_lowercase();
    let mut rest = text;
    if exact && ARTICLES.contains(&folded.as_str()) {
        let first = folded.chars().next().unwrap_or_default();
        steps.push(Step::Either(first, first.to_ascii_uppercase()));
        rest = &folded[first.len_utf8()..];
    }
    for (place, part) in rest.split('*').enumerate() {
        if place > 0 {
            steps.push(Step::Run);
        }
        if !part.is_empty() {
            steps.push(Step::Text(part.chars().map(|one| if exact { one } else { small(one) }).collect()));
        }
    }
}
