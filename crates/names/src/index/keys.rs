//! The hashed keys under which tokens, joins and whole forms are found.

use super::hashing::{self, Role};
use super::tables::NO_TOKEN;
use crate::normalise::{Token, TokenClass};
use crate::similarity::{Initials, View, JOIN_EDIT_FROM, WHOLE_EDIT_FROM};

/// What a run of the query asks for: the words by their text, by their halves and by their sound.
pub(super) fn run_keys(views: &[View<'_>]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    for (id, view) in views.iter().enumerate() {
        if view.class == TokenClass::Word {
            one_edit_keys(view.text, JOIN_EDIT_FROM, id as u32, &mut keys);
            keys.extend(hashing::heard(view.text).map(|hash| (hash, id as u32)));
        }
    }
    keys
}

pub(super) fn token_keys(views: &[View<'_>]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    for (id, view) in views.iter().enumerate() {
        let id = id as u32;
        keys.push((hashing::text(Role::Text, view.text), id));
        if view.variant != 0 {
            keys.push((hashing::number(Role::Variant, u64::from(view.variant)), id));
        }
        if view.sound != 0 {
            keys.push((hashing::number(Role::Sound, view.sound), id));
        }
        if view.family != 0 {
            keys.push((hashing::number(Role::Family, view.family), id));
        }
        match (view.class, view.text.first()) {
            (TokenClass::Legal(class), _) => {
                keys.push((hashing::number(Role::Legal, u64::from(class)), id));
            }
            (TokenClass::Word, Some(first)) => {
                keys.push((hashing::number(Role::Letter, u64::from(*first)), id));
                hashing::parts(view.text, |part| keys.push((hashing::text(Role::Part, part), id)));
                half_keys(view.text, JOIN_EDIT_FROM, id, &mut keys);
            }
            _ => {}
        }
    }
    keys
}

pub(super) fn deletion_keys(views: &[View<'_>]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    for (id, view) in views.iter().enumerate() {
        if view.class == TokenClass::Word {
            hashing::deletions(view.text, |hash| keys.push((hash, id as u32)));
        }
    }
    keys
}

pub(super) fn join_keys(joins: &[[u32; 3]], tokens: &[Token]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    let mut text = Vec::new();
    for (id, parts) in joins.iter().enumerate() {
        text.clear();
        for part in parts.iter().filter(|part| **part != NO_TOKEN) {
            text.extend_from_slice(tokens[*part as usize].text.as_bytes());
        }
        one_edit_keys(&text, JOIN_EDIT_FROM, id as u32, &mut keys);
        if let Some(hash) = hashing::heard(&text) {
            keys.push((hash, id as u32));
        }
    }
    keys
}

/// The text itself and its halves.
fn one_edit_keys(text: &[u8], from: usize, id: u32, keys: &mut Vec<(u64, u32)>) {
    keys.push((hashing::text(Role::Text, text), id));
    half_keys(text, from, id, keys);
}

/// The halves of a text when a partner one edit away may be long enough.
fn half_keys(text: &[u8], from: usize, id: u32, keys: &mut Vec<(u64, u32)>) {
    if text.len() + 1 >= from {
        let halves = hashing::halves(text.len(), text).into_iter().flatten();
        keys.extend(halves.map(|hash| (hash, id)));
    }
}

pub(super) fn whole_keys(ends: &[u32], wholes: &[u8]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    for (form, pair) in ends.windows(2).enumerate() {
        let text = &wholes[pair[0] as usize..pair[1] as usize];
        one_edit_keys(text, WHOLE_EDIT_FROM, form as u32, &mut keys);
    }
    keys
}

/// The initials of every form that has any.
pub(super) fn initials_keys(ends: &[u32], ids: &[u32], tokens: &[Token]) -> Vec<(u64, u32)> {
    let mut keys = Vec::new();
    for (form, pair) in ends.windows(2).enumerate() {
        let words = ids[pair[0] as usize..pair[1] as usize].iter().map(|id| &tokens[*id as usize]);
        if let Some(initials) = Initials::of(words.map(|token| (token.class, token.text.as_bytes()))) {
            keys.push((hashing::text(Role::Initials, initials.as_bytes()), form as u32));
        }
    }
    keys
}
