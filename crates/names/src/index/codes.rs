//! Token classes and name qualities as the numbers the file stores.

use crate::facts::Quality;
use crate::normalise::TokenClass;

/// Class in the low byte, legal-form class in the next two.
pub(crate) const fn pack_class(class: TokenClass) -> u32 {
    match class {
        TokenClass::Word => 0,
        TokenClass::Initial => 1,
        TokenClass::Number => 2,
        TokenClass::Stop => 3,
        TokenClass::Legal(id) => 4 | (id as u32) << 8,
    }
}

pub(crate) const fn unpack_class(packed: u32) -> Option<TokenClass> {
    Some(match packed {
        0 => TokenClass::Word,
        1 => TokenClass::Initial,
        2 => TokenClass::Number,
        3 => TokenClass::Stop,
        _ if packed & 0xff == 4 && packed >> 24 == 0 => TokenClass::Legal((packed >> 8) as u16),
        _ => return None,
    })
}

pub(crate) const fn quality_of(byte: u8) -> Option<Quality> {
    Some(match byte {
        0 => Quality::Primary,
        1 => Quality::Strong,
        2 => Quality::Weak,
        3 => Quality::Former,
        _ => return None,
    })
}
