//! A short list that stays on the stack: what a pair of names holds is nearly always less than a handful.

use std::ops::Deref;

/// Up to `N` items in place, more of them on the heap. Reads as a slice.
#[derive(Clone)]
pub struct Few<T, const N: usize> {
    here: [T; N],
    len: usize,
    /// All items, once they are more than `N`.
    many: Vec<T>,
}

impl<T: Copy + Default, const N: usize> Few<T, N> {
    /// An empty list.
    pub fn new() -> Self {
        Self { here: [T::default(); N], len: 0, many: Vec::new() }
    }

    /// Adds an item behind the others.
    pub fn push(&mut self, item: T) {
        if let Some(place) = self.here.get_mut(self.len) {
            *place = item;
            self.len += 1;
            return;
        }
        if self.many.is_empty() {
            self.many.extend_from_slice(&self.here);
        }
        self.many.push(item);
    }

    /// The items, to be changed or put in order.
    pub fn as_mut_slice(&mut self) -> &mut [T] {
        if self.many.is_empty() {
            &mut self.here[..self.len]
        } else {
            &mut self.many
        }
    }
}

impl<T, const N: usize> Deref for Few<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        if self.many.is_empty() {
            &self.here[..self.len]
        } else {
            &self.many
        }
    }
}

impl<T: Copy + Default, const N: usize> Default for Few<T, N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Copy + Default, const N: usize> Extend<T> for Few<T, N> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, items: I) {
        items.into_iter().for_each(|item| self.push(item));
    }
}

impl<T: Copy + Default, const N: usize> FromIterator<T> for Few<T, N> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut few = Self::new();
        few.extend(items);
        few
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a Few<T, N> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq, const N: usize> PartialEq for Few<T, N> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: std::fmt::Debug, const N: usize> std::fmt::Debug for Few<T, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
