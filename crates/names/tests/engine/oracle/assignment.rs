//! The largest total over all assignments, joins included.

use std::collections::HashSet;

/// A run of one side against a word of the other.
pub struct Join {
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    pub value: u64,
    pub order: (String, String, u64, u64),
}

pub fn with_joins(values: &[Vec<u64>], joins: &[Join], rows: &mut [bool], columns: &mut [bool]) -> u64 {
    let Some((join, rest)) = joins.split_first() else {
        return assignment(values, rows, columns);
    };
    let without = with_joins(values, rest, rows, columns);
    if !join.rows.iter().all(|row| rows[*row]) || !join.columns.iter().all(|column| columns[*column]) {
        return without;
    }
    join.rows.iter().for_each(|row| rows[*row] = false);
    join.columns.iter().for_each(|column| columns[*column] = false);
    let with = join.value + with_joins(values, rest, rows, columns);
    join.rows.iter().for_each(|row| rows[*row] = true);
    join.columns.iter().for_each(|column| columns[*column] = true);
    with.max(without)
}

/// Longest augmenting paths, one at a time, until none gains (Bellman-Ford).
fn assignment(values: &[Vec<u64>], rows: &[bool], columns: &[bool]) -> u64 {
    let mut mate: Vec<Option<usize>> = vec![None; columns.len()];
    let mut total = 0i64;
    loop {
        let matched: HashSet<usize> = mate.iter().flatten().copied().collect();
        let mut gain: Vec<Option<(i64, usize)>> = vec![None; columns.len()];
        for _ in 0..=columns.len() {
            for row in (0..rows.len()).filter(|row| rows[*row]) {
                let own = mate.iter().position(|owner| *owner == Some(row));
                let base = match own {
                    None if !matched.contains(&row) => Some(0),
                    Some(column) => gain[column].map(|(sum, _)| sum - values[row][column] as i64),
                    None => None,
                };
                let Some(base) = base else { continue };
                for column in (0..columns.len()).filter(|column| columns[*column] && Some(*column) != own) {
                    let sum = base + values[row][column] as i64;
                    if values[row][column] > 0 && gain[column].is_none_or(|(known, _)| sum > known) {
                        gain[column] = Some((sum, row));
                    }
                }
            }
        }
        let end = (0..columns.len()).filter(|column| mate[*column].is_none());
        let Some((sum, mut column)) = end.filter_map(|column| gain[column].map(|(sum, _)| (sum, column))).max() else {
            return total as u64;
        };
        if sum <= 0 {
            return total as u64;
        }
        total += sum;
        loop {
            let row = gain[column].unwrap().1;
            let before = mate.iter().position(|owner| *owner == Some(row));
            mate[column] = Some(row);
            let Some(before) = before else { break };
            column = before;
        }
    }
}
