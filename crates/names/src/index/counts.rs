//! The first section: how many of each thing the file holds, and the weights it was built with.

use crate::similarity::RetrievalWeights;

/// The head of the file: how many of each thing there are, and the weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counts {
    pub parties: u32,
    pub names: u32,
    pub forms: u32,
    pub tokens: u32,
    pub joins: u32,
    /// Names with at least one form: what rarity is measured against.
    pub population: u32,
    pub weights: RetrievalWeights,
}

impl Counts {
    pub(crate) fn pack(&self) -> Vec<u32> {
        let w = &self.weights;
        let shares = [w.variant, w.legal, w.sound, w.family, w.part, w.initial, w.join, w.whole, w.acronym, w.edit];
        let bits = [w.word_floor, w.stop_word, w.legal_form, w.initial_letter, w.join_cap];
        [self.parties, self.names, self.forms, self.tokens, self.joins, self.population, w.work_cap]
            .into_iter()
            .chain(shares.into_iter().chain(bits).map(u32::from))
            .collect()
    }

    pub(crate) fn unpack(numbers: &[u32]) -> Option<Self> {
        let [parties, names, forms, tokens, joins, population, work_cap, rest @ ..] = numbers else {
            return None;
        };
        let rest: Vec<u16> = rest.iter().map(|number| u16::try_from(*number).ok()).collect::<Option<_>>()?;
        let [variant, legal, sound, family, part, initial, join, whole, acronym, edit, word_floor, stop_word, legal_form, initial_letter, join_cap] =
            *rest.as_slice()
        else {
            return None;
        };
        let weights = RetrievalWeights {
            variant,
            legal,
            sound,
            family,
            part,
            initial,
            join,
            whole,
            acronym,
            edit,
            word_floor,
            stop_word,
            legal_form,
            initial_letter,
            join_cap,
            work_cap: *work_cap,
        };
        weights.validate().ok()?;
        let [parties, names, forms, tokens, joins, population] =
            [*parties, *names, *forms, *tokens, *joins, *population];
        Some(Self { parties, names, forms, tokens, joins, population, weights })
    }
}
