//! Phrases of an announcement, written in plain words, and the places of a text where they stand.
//!
//! A phrase is written as a lawyer writes it: `...` for some words, `(a|b)` for either, `[a]` for what may be left out,
//! `#` for a number, `*ing` for any word that ends so, `<list>` for any word of a class. Phrases stand in tables, tables
//! in a [`Book`], and a text is gone through once for all tables of the book: at each of its words only the phrases are
//! tried that may begin with it. Knows no Python.

mod begins;
mod book;
mod letters;
mod needs;
mod program;
mod steps;
mod text;
mod wording;

pub use book::{Book, Hit, Table};
pub use text::Text;
pub use wording::{Classes, Fault};
