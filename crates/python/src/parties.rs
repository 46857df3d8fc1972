//! Rows of a table as parties: names with quality, and facts; what cannot be read is a problem of its row.

use crate::columns::Texts;
use crate::errors::Refusal;
use arrow_array::RecordBatch;
use names::facts::{Facts, Gender, Kind, Quality};
use names::judge::facts::{birth, identifier};

/// A cell that could not be read; the row is used without it.
pub struct CellProblem {
    /// Row of the table, from 0.
    pub row: u32,
    /// Column.
    pub column: &'static str,
    /// What stood there, shortened.
    pub text: String,
}

/// One row, its texts borrowed from the table.
#[derive(Default)]
pub struct PartyRow<'b> {
    /// The key of a listed party.
    pub key: &'b str,
    /// Names with their quality.
    pub names: Vec<(&'b str, Quality)>,
    /// Everything else.
    pub facts: Facts,
}

/// All rows of a table, and the cells that could not be read.
#[derive(Default)]
pub struct Parties<'b> {
    /// In the table's order.
    pub rows: Vec<PartyRow<'b>>,
    /// In the table's order.
    pub problems: Vec<CellProblem>,
}

/// Longest text of a problem, in characters.
const SHOWN: usize = 80;

impl<'b> Parties<'b> {
    /// Reads every batch. Refused when there is no column of names, or one is of the wrong type.
    pub fn read(batches: &'b [RecordBatch], argument: &str) -> Result<Self, Refusal> {
        let mut parties = Self::default();
        for batch in batches {
            let columns = Columns::of(batch, argument)?;
            for row in 0..batch.num_rows() {
                parties.add(&columns, row);
            }
        }
        Ok(parties)
    }

    fn add(&mut self, columns: &Columns<'b>, row: usize) {
        let mut party = PartyRow { key: columns.key.row(row).next().unwrap_or_default(), ..PartyRow::default() };
        let number = self.rows.len() as u32;
        let problems = &mut self.problems;
        let mut problem = |column: &'static str, text: &str| {
            problems.push(CellProblem { row: number, column, text: text.chars().take(SHOWN).collect() });
        };
        let mut qualities = columns.qualities.row_in_step(row);
        for (at, name) in columns.names.row_in_step(row).enumerate() {
            let word = qualities.next().flatten();
            let quality = word.map_or(Some(if at == 0 { Quality::Primary } else { Quality::Strong }), quality);
            let quality = quality.unwrap_or_else(|| {
                problem("qualities", word.unwrap_or_default());
                Quality::Strong
            });
            if let Some(name) = name {
                party.names.push((name, quality));
            }
        }
        for text in columns.kind.row(row).filter(|text| !text.trim().is_empty()) {
            party.facts.kind = kind(text);
            if party.facts.kind.is_none() {
                problem("kind", text);
            }
        }
        for text in columns.gender.row(row).filter(|text| !text.trim().is_empty()) {
            party.facts.gender = gender(text);
            if party.facts.gender.is_none() {
                problem("gender", text);
            }
        }
        for text in columns.births.row(row).filter(|text| !text.trim().is_empty()) {
            match birth(text) {
                Some(birth) => party.facts.births.push(birth),
                None => problem("births", text),
            }
        }
        let codes = |texts: &Texts<'_>| -> Vec<Box<str>> {
            let texts = texts.row(row).map(|text| text.trim().to_lowercase());
            texts.filter(|text| !text.is_empty()).map(String::into_boxed_str).collect()
        };
        party.facts.nationalities = codes(&columns.nationalities);
        party.facts.countries = codes(&columns.countries);
        for text in columns.identifiers.row(row).filter(|text| !text.trim().is_empty()) {
            let parsed = text.split_once(':').map(|(kind, rest)| {
                let (value, country) = rest.rsplit_once('@').unwrap_or((rest, ""));
                identifier(kind, value, country)
            });
            match parsed {
                Some(one) if !one.kind.is_empty() && !one.value.is_empty() => party.facts.identifiers.push(one),
                _ => problem("identifiers", text),
            }
        }
        self.rows.push(party);
    }
}

struct Columns<'b> {
    key: Texts<'b>,
    names: Texts<'b>,
    qualities: Texts<'b>,
    kind: Texts<'b>,
    gender: Texts<'b>,
    births: Texts<'b>,
    nationalities: Texts<'b>,
    countries: Texts<'b>,
    identifiers: Texts<'b>,
}

impl<'b> Columns<'b> {
    fn of(batch: &'b RecordBatch, argument: &str) -> Result<Self, Refusal> {
        let mut names = Texts::of(batch, "names")?;
        if names.absent() {
            names = Texts::of(batch, "name")?;
        }
        if names.absent() {
            let message = "the table has no column of names".to_owned();
            return Err(Refusal { message, at: argument.to_owned(), mend: "call it `names` or `name`" });
        }
        Ok(Self {
            key: Texts::of(batch, "key")?,
            names,
            qualities: Texts::of(batch, "qualities")?,
            kind: Texts::of(batch, "kind")?,
            gender: Texts::of(batch, "gender")?,
            births: Texts::of(batch, "births")?,
            nationalities: Texts::of(batch, "nationalities")?,
            countries: Texts::of(batch, "countries")?,
            identifiers: Texts::of(batch, "identifiers")?,
        })
    }
}

fn quality(word: &str) -> Option<Quality> {
    Some(match word.trim() {
        "primary" => Quality::Primary,
        "strong" => Quality::Strong,
        "weak" => Quality::Weak,
        "former" => Quality::Former,
        _ => return None,
    })
}

/// The kind of a word; `None` for any other.
pub fn kind(word: &str) -> Option<Kind> {
    Some(match word.trim().to_ascii_lowercase().as_str() {
        "person" => Kind::Person,
        "organisation" => Kind::Organisation,
        "vessel" => Kind::Vessel,
        "aircraft" => Kind::Aircraft,
        "wallet" => Kind::Wallet,
        _ => return None,
    })
}

fn gender(word: &str) -> Option<Gender> {
    match word.trim().to_ascii_lowercase().as_str() {
        "male" => Some(Gender::Male),
        "female" => Some(Gender::Female),
        _ => None,
    }
}
