//! The tables of messages as they arrive from the Python room, made ready to be asked.

use crate::tables::{Class, Field, Kind, Leaf, Row, Tables, TablesFault, Type, Word};
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

/// The tables as they arrive; docs/payments.md and `data/iso20022.yml` explain the fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    /// Message with a schema to its element and type.
    messages: FxHashMap<String, (String, String)>,
    /// Type to its elements: name, type or `=` and class, place, most (0 is no bound).
    types: FxHashMap<String, Vec<(String, String, u8, u32)>>,
    /// Type to the places that must be filled.
    required: FxHashMap<String, Vec<u8>>,
    /// Class of a leaf by the element around it and its own name.
    within: Vec<(String, String, String)>,
    /// Class of a leaf by its name alone.
    alone: FxHashMap<String, String>,
    /// Class of a leaf to the expression that it fits.
    forms: FxHashMap<String, String>,
    /// Classes that are kept and not looked into.
    kept: Vec<String>,
    /// Kind of message to the elements of its transactions, and those around them.
    kinds: FxHashMap<String, (Vec<String>, Vec<String>)>,
    roles: FxHashMap<String, String>,
    roles_within: Vec<(String, String, String)>,
    wrappers: Vec<String>,
    accounts: FxHashMap<String, String>,
    parts: FxHashMap<String, String>,
    texts: FxHashMap<String, String>,
    mostly_numbers: Vec<String>,
    references: FxHashMap<String, String>,
    schemes: FxHashMap<String, FxHashMap<String, String>>,
    unknown: FxHashMap<String, Vec<String>>,
    countries: FxHashSet<String>,
}

const TEXT: &str = "text";
const LINES: [&str; 5] = ["Ustrd", "AddtlInf", "AddtlRmtInf", "Inf", "InstrInf"];
const KEPT: [&str; 8] = ["Cd", "UETR", "OrgnlUETR", "SttlmMtd", "ClrChanl", "BizSvc", "NbOfTxs", "PmtMtd"];
const SIGNS: [&str; 4] = ["FinInstnId", "PstlAdr", "PrvtId", "OrgId"];
const FIELDS: [(&str, Field); 20] = [
    ("Nm", Field::Nm),
    ("PstlAdr", Field::Address),
    ("Adr", Field::Address),
    ("BICFI", Field::Bic),
    ("BIC", Field::Bic),
    ("AnyBIC", Field::Bic),
    ("BICOrBEI", Field::Bic),
    ("LEI", Field::Lei),
    ("MmbId", Field::MmbId),
    ("TaxId", Field::TaxId),
    ("RegnId", Field::RegnId),
    ("Othr", Field::Othr),
    ("DtAndPlcOfBirth", Field::Birth),
    ("CtryOfRes", Field::Residence),
    ("Ctry", Field::Residence),
    ("CtctDtls", Field::Contact),
    ("Authstn", Field::Contact),
    ("OrgId", Field::Organisation),
    ("PrvtId", Field::Person),
    ("FinInstnId", Field::Institution),
];

/// Reads the tables.
pub fn tables(json: &[u8]) -> Result<Tables, TablesFault> {
    let given: Given = serde_json::from_slice(json).map_err(|error| TablesFault(error.to_string()))?;
    Builder::default().build(given)
}

#[derive(Default)]
struct Builder {
    ids: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
    class_ids: FxHashMap<Box<str>, u16>,
    classes: Vec<Class>,
}

impl Builder {
    fn build(mut self, given: Given) -> Result<Tables, TablesFault> {
        let text = self.class(TEXT, &given)?;
        self.words.push(blank(text));
        for (name, field) in FIELDS {
            self.word(name, text).field = field;
        }
        for (names, mark) in [
            (&LINES[..], (|one| one.lines = true) as fn(&mut Word)),
            (&KEPT, |one| one.kept = true),
            (&SIGNS, |one| one.sign = true),
        ] {
            for name in names {
                mark(self.word(name, text));
            }
        }
        for name in &given.wrappers {
            self.word(name, text).wrapper = true;
        }
        for name in &given.mostly_numbers {
            self.word(name, text).mostly_number = true;
        }
        for (name, said) in &given.roles {
            self.word(name, text).role = Some(said.as_str().into());
        }
        for (name, said) in &given.accounts {
            self.word(name, text).account = Some(said.as_str().into());
        }
        for (name, said) in &given.parts {
            self.word(name, text).part = Some(said.as_str().into());
        }
        for (name, said) in &given.texts {
            self.word(name, text).text = Some(said.as_str().into());
        }
        for (name, said) in &given.references {
            self.word(name, text).reference = Some(said.as_str().into());
        }
        for (name, class) in &given.alone {
            let class = self.class(class, &given)?;
            self.word(name, text).class = class;
        }
        let mut within = FxHashMap::default();
        for (parent, name, class) in &given.within {
            let class = self.class(class, &given)?;
            within.insert((self.id(parent, text), self.id(name, text)), class);
        }
        let mut roles_within = FxHashMap::default();
        for (parent, name, role) in &given.roles_within {
            self.word(name, text).role_depends = true;
            roles_within.insert((self.id(parent, text), self.id(name, text)), role.as_str().into());
        }
        let names: FxHashMap<&str, u32> =
            given.types.keys().enumerate().map(|(at, name)| (name.as_str(), at as u32)).collect();
        let mut types: Vec<Type> = Vec::new();
        types.resize_with(names.len(), Type::default);
        for (name, rows) in &given.types {
            let one = &mut types[names[name.as_str()] as usize];
            for place in given.required.get(name).into_iter().flatten() {
                one.required |= bit(*place)?;
            }
            for (child, what, place, most) in rows {
                bit(*place)?;
                let (below, class) = if let Some(class) = what.strip_prefix('=') {
                    (None, self.class(class, &given)?)
                } else {
                    let found = names.get(what.as_str());
                    (Some(*found.ok_or_else(|| TablesFault(format!("no type {what}")))?), text)
                };
                let row = Row { place: *place, once: *most == 1, below, class };
                if child == "*" {
                    one.any = Some(row);
                } else {
                    self.word(child, text).known = true;
                    one.rows.insert(self.id(child, text), row);
                }
            }
        }
        let mut messages = FxHashMap::default();
        for (version, (element, type_name)) in &given.messages {
            let type_id = names.get(type_name.as_str());
            let type_id = *type_id.ok_or_else(|| TablesFault(format!("no type {type_name}")))?;
            messages.insert(version.as_str().into(), (self.id(element, text), type_id));
        }
        let mut kinds = FxHashMap::default();
        for (kind, (transactions, containers)) in &given.kinds {
            let transactions = transactions.iter().map(|name| self.id(name, text)).collect();
            let containers = containers.iter().map(|name| self.id(name, text)).collect();
            kinds.insert(kind.as_str().into(), Kind { transactions, containers });
        }
        let accounts: Vec<(Box<str>, u32)> =
            self.ids.iter().filter(|(name, _)| name.ends_with("Acct")).map(|(name, id)| (name.clone(), *id)).collect();
        for (name, id) in accounts {
            self.words[id as usize].is_account = true;
            let owner = name.strip_suffix("Acct").and_then(|name| self.ids.get(name));
            self.words[id as usize].owner = owner.copied();
        }
        let boxed = |(key, value): (String, String)| (key.into_boxed_str(), value.into_boxed_str());
        Ok(Tables {
            ids: self.ids,
            words: self.words,
            classes: self.classes,
            types,
            messages,
            kinds,
            within,
            roles_within,
            schemes: given
                .schemes
                .into_iter()
                .map(|(kind, known)| (kind.into_boxed_str(), known.into_iter().map(boxed).collect()))
                .collect(),
            unknown: given
                .unknown
                .into_iter()
                .map(|(kind, types)| (kind.into_boxed_str(), types.into_iter().map(String::into_boxed_str).collect()))
                .collect(),
            countries: given.countries,
        })
    }

    fn id(&mut self, name: &str, text: u16) -> u32 {
        if let Some(known) = self.ids.get(name) {
            return *known;
        }
        let id = self.words.len() as u32;
        self.ids.insert(name.into(), id);
        self.words.push(blank(text));
        id
    }

    fn word(&mut self, name: &str, text: u16) -> &mut Word {
        let id = self.id(name, text);
        &mut self.words[id as usize]
    }

    fn class(&mut self, name: &str, given: &Given) -> Result<u16, TablesFault> {
        if let Some(known) = self.class_ids.get(name) {
            return Ok(*known);
        }
        let form = match given.forms.get(name) {
            Some(form) => {
                Some(Regex::new(&format!(r"\A(?:{form})\z")).map_err(|error| TablesFault(error.to_string()))?)
            }
            None => None,
        };
        let leaf = match name {
            "country" => Leaf::Country,
            "name" => Leaf::Name,
            "bic" => Leaf::Bic,
            "lei" => Leaf::Lei,
            "iban" => Leaf::Account("iban"),
            "account" => Leaf::Account("account"),
            _ if !given.kept.iter().any(|one| one == name) => Leaf::Text,
            "amount" => Leaf::Amount,
            "date" => Leaf::Date,
            "reference" => Leaf::Reference,
            _ => Leaf::Kept,
        };
        let id = self.classes.len() as u16;
        self.classes.push(Class { leaf, form });
        self.class_ids.insert(name.into(), id);
        Ok(id)
    }
}

fn bit(place: u8) -> Result<u128, TablesFault> {
    1_u128.checked_shl(place.into()).ok_or_else(|| TablesFault(format!("no place {place}")))
}

fn blank(class: u16) -> Word {
    Word {
        role: None,
        role_depends: false,
        account: None,
        owner: None,
        is_account: false,
        text: None,
        part: None,
        reference: None,
        wrapper: false,
        mostly_number: false,
        known: false,
        sign: false,
        lines: false,
        kept: false,
        field: Field::None,
        class,
    }
}
