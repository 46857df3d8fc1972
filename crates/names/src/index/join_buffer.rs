//! Room on the stack for adjacent tokens run together.

use crate::normalise::MAX_TOKEN;

/// Room for the text of one join.
pub(crate) struct JoinBuffer {
    bytes: [u8; MAX_TOKEN],
    length: usize,
    overflown: bool,
}

impl JoinBuffer {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; MAX_TOKEN], length: 0, overflown: false }
    }

    pub(crate) fn clear(&mut self) {
        self.length = 0;
        self.overflown = false;
    }

    /// Appends; what does not fit makes the whole text empty, which equals no token.
    pub(crate) fn push(&mut self, text: &[u8]) {
        match self.bytes.get_mut(self.length..self.length + text.len()) {
            Some(room) => {
                room.copy_from_slice(text);
                self.length += text.len();
            }
            None => self.overflown = true,
        }
    }

    pub(crate) fn text(&self) -> &[u8] {
        if self.overflown {
            &[]
        } else {
            &self.bytes[..self.length]
        }
    }
}
