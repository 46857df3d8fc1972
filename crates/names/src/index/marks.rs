//! Sixteen bits for each other token of a form, beside each posting: whether a second one is wanted shows without
//! reading the form.

/// The marks of the other tokens of one form, in their order; what is left over is [`BLANK`].
pub(crate) type Marks = [u16; 6];

/// One posting of a token as the file stores it: the form, and its marks two by two.
pub(crate) type Posting = [u32; 4];

/// The form of a posting with the marks beside it.
#[inline]
pub(super) fn posting_of(form: u32, marks: Marks) -> Posting {
    let pair = |at: usize| u32::from(marks[at]) | u32::from(marks[at + 1]) << 16;
    [form, pair(0), pair(2), pair(4)]
}

/// The marks beside a posting.
#[inline]
pub(crate) fn marks_of(posting: &Posting) -> Marks {
    let [_, a, b, c] = *posting;
    [a as u16, (a >> 16) as u16, b as u16, (b >> 16) as u16, c as u16, (c >> 16) as u16]
}

/// No token: never wanted.
pub(crate) const BLANK: u16 = u16::MAX;
/// There are more tokens than marks: always wanted, and the last.
pub(crate) const MORE: u16 = u16::MAX - 1;
/// One of the tokens is an initial; stands behind the marks of the tokens.
pub(crate) const INITIAL: u16 = u16::MAX - 2;

/// The mark of a token; few tokens share one.
#[inline]
pub(crate) const fn mark_of(token: u32) -> u16 {
    let mark = token as u16;
    if mark < INITIAL {
        mark
    } else {
        INITIAL - 1
    }
}

/// The marks beside the token at place `at` of a form, of which one may be an initial.
pub(super) fn beside(ids: &[u32], at: usize, initial: bool) -> Marks {
    let others = ids.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, id)| mark_of(*id));
    let mut others = others.chain(initial.then_some(INITIAL));
    let mut marks = [BLANK; 6];
    for (mark, next) in marks.iter_mut().zip(&mut others) {
        *mark = next;
    }
    if others.next().is_some() {
        marks[5] = MORE;
    }
    marks
}

/// Which marks are wanted.
pub(crate) struct Wanted {
    bits: Box<[u64; 1024]>,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { bits: Box::new([0; 1024]) }
    }
}

impl Wanted {
    #[inline]
    pub(crate) fn add(&mut self, mark: u16) {
        self.bits[usize::from(mark >> 6)] |= 1 << (mark & 63);
    }

    /// Takes back a mark, and perhaps others with it: for who takes back all.
    #[inline]
    pub(crate) fn remove(&mut self, mark: u16) {
        self.bits[usize::from(mark >> 6)] = 0;
    }

    /// Whether any of these is wanted.
    #[inline]
    pub(crate) fn any(&self, marks: &Marks) -> bool {
        marks.iter().fold(0, |any, mark| any | self.bits[usize::from(mark >> 6)] >> (mark & 63)) & 1 != 0
    }
}
