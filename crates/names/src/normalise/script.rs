//! Text that is not all Latin.
use super::latin::{self, Pieces};
use super::{forms, Analysed, Origin, Side};

pub(super) fn add_forms(text: &str, side: Side, out: &mut Analysed) {
    let ascii = any_ascii::any_ascii(text);
    let mut pieces = Pieces::with_room(ascii.len());
    latin::pieces(&ascii, false, &mut pieces);
    forms::add(&pieces, Origin::Romanised(1), side, out);
}

pub(super) fn native_pieces(text: &str) -> Pieces {
    let mut pieces = Pieces::with_room(text.len());
    for word in text.split_whitespace() {
        pieces.add(&word.to_lowercase(), latin::gap::SPACE);
    }
    pieces
}
