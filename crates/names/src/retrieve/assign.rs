//! The best one-to-one assignment of tokens and joins, exactly: its value is unique, whatever the order.

/// Similarity times weight of each pair of tokens; 0 where there is none. The buffers live on.
#[derive(Default)]
pub(crate) struct Edges {
    width: usize,
    values: Vec<u64>,
    /// Columns with a value in each row.
    columns: Vec<u32>,
}

/// A run of one side against one token of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JoinEdge {
    pub rows: u32,
    pub columns: u32,
    pub value: u64,
    /// Whether the run is the query's.
    pub ours: bool,
}

impl Edges {
    /// Empties the table and gives it a size, at most 32 by 32.
    pub(crate) fn reset(&mut self, rows: usize, columns: usize) {
        self.width = columns;
        self.values.clear();
        self.values.resize(rows * columns, 0);
        self.columns.clear();
        self.columns.resize(rows, 0);
    }

    pub(crate) fn set(&mut self, row: usize, column: usize, value: u64) {
        if value > 0 {
            self.values[row * self.width + column] = value;
            self.columns[row] |= 1 << column;
        }
    }

    /// Sets it unless it is more already.
    pub(crate) fn raise(&mut self, row: usize, column: usize, value: u64) {
        self.set(row, column, value.max(self.value(row, column)));
    }

    /// The sum of the largest value of every column: no assignment is worth more.
    pub(crate) fn by_columns(&self) -> u64 {
        let largest = |column: usize| self.values.iter().skip(column).step_by(self.width.max(1)).copied().max();
        (0..self.width).filter_map(largest).sum()
    }

    fn value(&self, row: usize, column: usize) -> u64 {
        self.values[row * self.width + column]
    }
}

/// The largest sum over every choice of compatible joins and the best assignment of what they leave.
pub(crate) fn best(edges: &Edges, joins: &[JoinEdge]) -> u64 {
    let free = |count: usize| {
        if count >= 32 {
            u32::MAX
        } else {
            (1 << count) - 1
        }
    };
    with_joins(edges, joins, free(edges.columns.len()), free(edges.width))
}

fn with_joins(edges: &Edges, joins: &[JoinEdge], rows: u32, columns: u32) -> u64 {
    let Some((join, rest)) = joins.split_first() else {
        return assignment(edges, rows, columns);
    };
    let left = with_joins(edges, rest, rows, columns);
    if join.rows & !rows != 0 || join.columns & !columns != 0 {
        return left;
    }
    left.max(join.value + with_joins(edges, rest, rows & !join.rows, columns & !join.columns))
}

/// The maximum-weight matching between the free rows and columns.
fn assignment(edges: &Edges, rows: u32, columns: u32) -> u64 {
    let mut sum = 0;
    let mut taken = 0u32;
    let mut clash = false;
    for row in ones(rows) {
        let mut first = (0, 0);
        for column in ones(edges.columns[row] & columns) {
            if edges.value(row, column) > first.0 {
                first = (edges.value(row, column), column);
            }
        }
        if first.0 > 0 {
            clash |= taken >> first.1 & 1 == 1;
            taken |= 1 << first.1;
            sum += first.0;
        }
    }
    // When every row can have its best column, nothing can be better.
    if clash {
        by_augmenting(edges, rows, columns)
    } else {
        sum
    }
}

/// The Hungarian method with potentials, on costs below zero; rows without a gain stay single because
/// a column of no value is there for each.
///
/// Its work grows with the square of the rows, so the side with fewer tokens takes their part: "m. m. m. ..." of
/// thirty-one initials against a name of three words is three rows, not thirty-one.
fn by_augmenting(edges: &Edges, rows: u32, columns: u32) -> u64 {
    let rows: Vec<usize> = ones(rows).filter(|row| edges.columns[*row] & columns != 0).collect();
    let met = rows.iter().fold(0, |met, row| met | edges.columns[*row]);
    let columns: Vec<usize> = ones(columns & met).collect();
    let turned = rows.len() > columns.len();
    let (rows, columns) = if turned { (columns, rows) } else { (rows, columns) };
    let width = columns.len() + rows.len();
    let cost = |row: usize, column: usize| -> i64 {
        let value = |other: usize| if turned { edges.value(other, rows[row]) } else { edges.value(rows[row], other) };
        columns.get(column).map_or(0, |real| -(value(*real) as i64))
    };
    // Index 0 of columns is a root outside the matrix.
    let mut row_potential = vec![0i64; rows.len()];
    let mut column_potential = vec![0i64; width + 1];
    let mut owner: Vec<Option<usize>> = vec![None; width + 1];
    for row in 0..rows.len() {
        owner[0] = Some(row);
        let mut at = 0;
        let mut slack = vec![i64::MAX; width + 1];
        let mut from = vec![0usize; width + 1];
        let mut seen = vec![false; width + 1];
        while let Some(current) = owner[at] {
            seen[at] = true;
            let (mut step, mut next) = (i64::MAX, 0);
            for column in 1..=width {
                if seen[column] {
                    continue;
                }
                let reduced = cost(current, column - 1) - row_potential[current] - column_potential[column];
                if reduced < slack[column] {
                    slack[column] = reduced;
                    from[column] = at;
                }
                if slack[column] < step {
                    step = slack[column];
                    next = column;
                }
            }
            for column in 0..=width {
                if seen[column] {
                    if let Some(row) = owner[column] {
                        row_potential[row] += step;
                    }
                    column_potential[column] -= step;
                } else {
                    slack[column] = slack[column].saturating_sub(step);
                }
            }
            at = next;
        }
        while at != 0 {
            owner[at] = owner[from[at]];
            at = from[at];
        }
    }
    let gain = |column: usize| owner[column].map_or(0, |row| -cost(row, column - 1));
    (1..=columns.len()).map(gain).sum::<i64>().max(0) as u64
}

/// The places of the bits set.
fn ones(mut bits: u32) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        (place < 32).then_some(place as usize)
    })
}
