//! Numbers the forms by weight, so that a range of weights is a range of ids in every posting list.

use super::build::{end, Collected};
use super::tables::HAS_INITIAL;
use crate::file::IndexError;

impl Collected {
    /// Brings everything that is kept by form into the order of weight, then of names; returns the
    /// weights in that order.
    pub(super) fn arrange(&mut self, weights: Vec<u32>) -> Result<Vec<u32>, IndexError> {
        let mut order: Vec<(u32, u32)> =
            weights.iter().enumerate().map(|(form, weight)| (weight & !HAS_INITIAL, form as u32)).collect();
        order.sort_unstable();
        let order: Vec<u32> = order.into_iter().map(|(_, form)| form).collect();
        self.form_name = order.iter().map(|form| self.form_name[*form as usize]).collect();
        (self.form_ends, self.form_tokens) = reordered(&order, &self.form_ends, &self.form_tokens)?;
        (self.whole_ends, self.wholes) = reordered(&order, &self.whole_ends, &self.wholes)?;
        Ok(order.iter().map(|form| weights[*form as usize]).collect())
    }
}

/// Parts of one array, each up to its end, in another order.
fn reordered<T: Copy>(order: &[u32], ends: &[u32], parts: &[T]) -> Result<(Vec<u32>, Vec<T>), IndexError> {
    let (mut new_ends, mut new_parts) = (Vec::with_capacity(ends.len()), Vec::with_capacity(parts.len()));
    new_ends.push(0);
    for form in order {
        let form = *form as usize;
        new_parts.extend_from_slice(&parts[ends[form] as usize..ends[form + 1] as usize]);
        new_ends.push(end(new_parts.len(), "parts of forms")?);
    }
    Ok((new_ends, new_parts))
}
