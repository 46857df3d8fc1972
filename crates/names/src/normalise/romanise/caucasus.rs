//! Georgian by its national system, Armenian by the customs of its eastern and its western half.

use super::{add_alphabetic, push_any, Pieces, Word, ARMENIAN_WESTERN};

/// Writes one Georgian word.
pub(super) fn add_georgian(word: &Word, out: &mut Pieces) {
    let mut latin = String::with_capacity(word.text.len());
    for c in word.text.chars() {
        match georgian(c) {
            Some(text) => latin.push_str(text),
            None => push_any(c, &mut latin),
        }
    }
    add_alphabetic(&word.text, latin, word.gap, out);
}

fn georgian(c: char) -> Option<&'static str> {
    Some(match c {
        'ა' => "a",
        'ბ' => "b",
        'გ' => "g",
        'დ' => "d",
        'ე' => "e",
        'ვ' => "v",
        'ზ' => "z",
        'თ' | 'ტ' => "t",
        'ი' => "i",
        'კ' | 'ქ' => "k",
        'ლ' => "l",
        'მ' => "m",
        'ნ' => "n",
        'ო' => "o",
        'პ' | 'ფ' => "p",
        'ჟ' => "zh",
        'რ' => "r",
        'ს' => "s",
        'უ' => "u",
        'ღ' => "gh",
        'ყ' => "q",
        'შ' => "sh",
        'ჩ' | 'ჭ' => "ch",
        'ც' | 'წ' => "ts",
        'ძ' => "dz",
        'ხ' => "kh",
        'ჯ' => "j",
        'ჰ' => "h",
        _ => return None,
    })
}

/// Writes one Armenian word.
pub(super) fn add_armenian(word: &Word, scheme: u8, out: &mut Pieces) {
    let western = scheme == ARMENIAN_WESTERN;
    let letters: Vec<char> = word.text.chars().collect();
    let mut latin = String::with_capacity(word.text.len());
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        let after = letters.get(at + 1).copied();
        let starts = at == 0;
        at += 1;
        let text = match c {
            'ո' if after == Some('ւ') => {
                at += 1;
                "u"
            }
            'ո' if starts && after != Some('վ') => "vo",
            'ե' if starts => "ye",
            // Before the reform a y that opens a word was heard as h, and is written so in the west.
            'յ' if starts && western => "h",
            _ => {
                let Some(text) = armenian(c, western) else {
                    push_any(c, &mut latin);
                    continue;
                };
                text
            }
        };
        latin.push_str(text);
    }
    add_alphabetic(&word.text, latin, word.gap, out);
}

/// The west voices what the east does not, and the other way round.
fn armenian(c: char, western: bool) -> Option<&'static str> {
    let by = |east: &'static str, west: &'static str| if western { west } else { east };
    Some(match c {
        'ա' => "a",
        'բ' => by("b", "p"),
        'գ' => by("g", "k"),
        'դ' => by("d", "t"),
        'ե' | 'է' => "e",
        'զ' => "z",
        'թ' => "t",
        'ժ' => "zh",
        'ի' => "i",
        'լ' => "l",
        'խ' => "kh",
        'ծ' => by("ts", "dz"),
        'կ' => by("k", "g"),
        'հ' => "h",
        'ձ' => by("dz", "ts"),
        'ղ' => "gh",
        'ճ' => by("ch", "j"),
        'մ' => "m",
        'ը' | 'յ' => "y",
        'ն' => "n",
        'շ' => "sh",
        'ո' | 'օ' => "o",
        'չ' => "ch",
        'պ' => by("p", "b"),
        'ջ' => by("j", "ch"),
        'ռ' | 'ր' => "r",
        'ս' => "s",
        'վ' | 'ւ' => "v",
        'տ' => by("t", "d"),
        'ց' => "ts",
        'փ' => "p",
        'ք' => "k",
        'ֆ' => "f",
        'և' => "ev",
        _ => return None,
    })
}
