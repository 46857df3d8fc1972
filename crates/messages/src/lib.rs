//! ISO 20022 messages that are as they should be, read at one go: parties, texts, places, amounts and references.
//!
//! `read` answers for a message only where it is plain XML, of one kind that is known, and as its schema says (or,
//! where there is no schema, in the forms that its names ask for). For any other it gives `None`: the Python room
//! reads it then and says what is wrong. Both must give the same of the same message; the tests of the Python room
//! hold them against each other. Knows no Python.

mod check;
pub mod document;
mod gathered;
mod given;
mod party;
mod read;
mod tables;
mod walk;
pub mod xml;

pub use gathered::{Address, Draft, Gathered, PlaceKind, Text};
pub use read::{read, read_part, Group, Message};
pub use tables::{Tables, TablesFault};
