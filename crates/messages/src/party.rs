//! Parties, accounts and addresses, read by what stands in them, whatever the message or version.

use crate::document::At;
use crate::gathered::{Address, Draft, PlaceKind};
use crate::tables::Field;
use crate::walk::{add_name, worded, Done, NotPlain, Walk};

impl<'d> Walk<'d, '_> {
    /// Reads the fields of a party, an institution or one of their parts; `kind` says of whom numbers are.
    pub fn party(&mut self, at: At, draft: usize, kind: &str) -> Done {
        for child in self.document.children(at) {
            let word = self.word(child);
            let holds = self.document.holds(child);
            let field = if word.field.compound() == holds { word.field } else { Field::None };
            match field {
                Field::None if word.wrapper && holds => self.party(child, draft, kind)?,
                Field::None => self.other(child)?,
                Field::Nm => add_name(&mut self.found.drafts[draft], &self.document.at(child).text)?,
                Field::Address => self.address(child, Some(draft))?,
                Field::Bic => self.bic(child, draft)?,
                Field::Lei => {
                    let value = self.value(child);
                    if !value.is_empty() {
                        self.found.drafts[draft].number("lei", value);
                    }
                }
                Field::TaxId => self.single(child, draft, "tax_id")?,
                Field::RegnId => self.single(child, draft, "registration")?,
                Field::MmbId => self.single(child, draft, "bank_code")?,
                Field::Othr => self.identifier(child, draft, kind)?,
                Field::Birth => self.birth(child, draft)?,
                Field::Residence => {
                    if let Some(country) = self.country(child)? {
                        self.found.drafts[draft].residences.push(country);
                    }
                }
                Field::Contact => self.contact(child, draft)?,
                Field::Organisation => self.party(child, draft, "organisation")?,
                Field::Person => self.party(child, draft, "person")?,
                Field::Institution => self.party(child, draft, "institution")?,
            }
        }
        Ok(())
    }

    fn name(&self, at: At) -> &'d str {
        self.document.at(at).name
    }

    /// Whether an element is a leaf of this name.
    fn is_leaf(&self, at: At, name: &str) -> bool {
        self.name(at) == name && !self.document.holds(at)
    }

    fn bic(&mut self, at: At, draft: usize) -> Done {
        let found = self.value(at);
        if found.is_empty() {
            return Ok(());
        }
        if worded(found)? && !matches!(found.len(), 8 | 11) {
            self.text(found, self.path(at), "identifier")?;
        }
        self.found.drafts[draft].bic(found);
        Ok(())
    }

    /// A number that stands by itself: of a tax payer, of a branch, of a member of a clearing system.
    fn single(&mut self, at: At, draft: usize, kind: &str) -> Done {
        let found = self.value(at);
        if found.is_empty() {
            Ok(())
        } else {
            self.numbered(at, found, draft, &[kind.into()], None)
        }
    }

    /// A number with its scheme and issuer; of no scheme it is compared as each type it may be.
    fn identifier(&mut self, at: At, draft: usize, kind: &str) -> Done {
        let (mut number, mut scheme, mut issuer) = ("", "", "");
        for part in self.document.children(at) {
            if self.is_leaf(part, "Id") {
                number = self.value(part);
            } else if self.name(part) == "SchmeNm" && self.document.holds(part) {
                for one in self.document.children(part) {
                    if self.is_leaf(one, "Cd") {
                        scheme = self.value(one);
                    } else {
                        self.other(one)?;
                    }
                }
            } else {
                if self.is_leaf(part, "Issr") {
                    issuer = self.value(part);
                }
                self.other(part)?;
            }
        }
        if number.is_empty() {
            return Ok(());
        }
        if !issuer.is_ascii() {
            return Err(NotPlain);
        }
        let issuer = issuer.to_ascii_lowercase();
        let country = (issuer.len() == 2 && self.tables.country(&issuer)).then_some(issuer);
        self.numbered(at, number, draft, self.tables.types_of(kind, scheme), country)
    }

    fn numbered(&mut self, at: At, number: &str, draft: usize, types: &[Box<str>], country: Option<String>) -> Done {
        for one in types {
            self.found.drafts[draft].identifiers.push((one.clone(), number.to_owned(), country.clone()));
        }
        if worded(number)? {
            self.text(number, self.path(at), "identifier")?;
        }
        Ok(())
    }

    fn birth(&mut self, at: At, draft: usize) -> Done {
        let mut places: Vec<&str> = Vec::new();
        for part in self.document.children(at) {
            let text = self.value(part);
            if self.document.holds(part) {
                self.other(part)?;
            } else if self.name(part) == "BirthDt" {
                if !text.is_empty() {
                    self.found.drafts[draft].births.push(text.to_owned());
                }
            } else if self.name(part) == "CtryOfBirth" {
                self.country(part)?;
            } else if !text.is_empty() {
                places.push(text);
                self.place(text, self.path(part), PlaceKind::Town)?;
                self.text(text, self.path(part), "address")?;
            }
        }
        if !places.is_empty() {
            self.found.drafts[draft].places.push(places.join(", "));
        }
        Ok(())
    }

    fn country(&mut self, at: At) -> Result<Option<String>, NotPlain> {
        let text = self.value(at);
        if text.is_empty() {
            return Ok(None);
        }
        self.place(text, self.path(at), PlaceKind::Country)?;
        let code = text.to_ascii_lowercase();
        if self.tables.country(&code) {
            Ok(Some(code))
        } else {
            Err(NotPlain)
        }
    }

    /// Reads a postal address: its lines are one text, so that a name that runs over two of them is found.
    pub fn address(&mut self, at: At, draft: Option<usize>) -> Done {
        let mut found = Address::default();
        let mut lines: Vec<&str> = Vec::new();
        let path = self.path(at);
        for part in self.document.children(at) {
            let (name, text) = (self.name(part), self.value(part));
            if self.document.holds(part) || name == "AdrTp" {
                if self.name(at) != "PstlAdr" {
                    return Err(NotPlain); // read there as if it stood in an address of that name
                }
                self.other(part)?;
            } else if name == "Ctry" {
                found.country = self.country(part)?;
            } else if !text.is_empty() {
                lines.push(text);
                match name {
                    "TwnNm" => found.city = Some(text.to_owned()),
                    "CtrySubDvsn" => found.region = Some(text.to_owned()),
                    "PstCd" => found.postal_code = Some(text.to_owned()),
                    _ => {}
                }
                if matches!(name, "TwnNm" | "TwnLctnNm" | "CtrySubDvsn" | "DstrctNm") {
                    self.place(text, format!("{path}/{name}"), PlaceKind::Town)?;
                }
            }
        }
        if let Some(last) = lines.last() {
            self.text(&lines.join("\n"), path, "address")?;
            if found.country.is_none() {
                found.last_line = Some((*last).to_owned());
            }
        }
        let parts = [&found.city, &found.region, &found.postal_code];
        let among = |line: &&str| parts.iter().any(|part| part.as_deref() == Some(*line));
        let street = lines.iter().copied().filter(|line| !among(line)).collect::<Vec<_>>().join(", ");
        found.street = (!street.is_empty()).then_some(street);
        if let Some(draft) = draft {
            if !lines.is_empty() || found.country.is_some() {
                self.found.drafts[draft].addresses.push(found);
            }
        }
        Ok(())
    }

    /// Reads the people named beside a party: parties of their own.
    fn contact(&mut self, at: At, draft: usize) -> Done {
        let part_of = self.found.drafts[draft].part.clone();
        let mut person = Draft::new("contact", self.path(at), &part_of);
        for part in self.document.children(at) {
            if self.is_leaf(part, "Nm") {
                add_name(&mut person, &self.document.at(part).text)?;
            } else {
                self.other(part)?;
            }
        }
        if person.says_something() {
            self.found.drafts.push(person);
        }
        Ok(())
    }

    /// Reads an account into its owner; its own name is that of a party when it is another than the owner's.
    pub fn account(&mut self, at: At, draft: usize) -> Done {
        for child in self.document.children(at) {
            let holds = self.document.holds(child);
            match self.name(child) {
                "Id" if holds => self.account_number(child, draft)?,
                "Nm" if !holds => self.account_name(child, draft)?,
                "Prxy" if holds => self.proxy(child, draft)?,
                _ => self.other(child)?,
            }
        }
        Ok(())
    }

    fn account_number(&mut self, at: At, draft: usize) -> Done {
        for child in self.document.children(at) {
            let holds = self.document.holds(child);
            match self.name(child) {
                "IBAN" if !holds => {
                    let found = self.value(child);
                    self.found.drafts[draft].number("iban", found);
                }
                "Othr" if holds => {
                    for part in self.document.children(child) {
                        if self.is_leaf(part, "Id") {
                            self.one_account(part, draft)?;
                        } else {
                            self.other(part)?;
                        }
                    }
                }
                _ if !holds => self.one_account(child, draft)?,
                _ => self.other(child)?,
            }
        }
        Ok(())
    }

    fn one_account(&mut self, at: At, draft: usize) -> Done {
        let found = self.value(at);
        if found.is_empty() {
            return Ok(());
        }
        self.found.drafts[draft].number("account", found);
        if worded(found)? {
            self.text(found, self.path(at), "identifier")?;
        }
        Ok(())
    }

    fn account_name(&mut self, at: At, draft: usize) -> Done {
        let text = &self.document.at(at).text;
        let mut owner = Draft::new("account_owner", self.path(at), &self.found.drafts[draft].part);
        add_name(&mut owner, text)?;
        let Some(name) = owner.names.first() else {
            return Ok(());
        };
        let known = &self.found.drafts[draft].names;
        if !known.is_empty() && !known.iter().chain([name]).all(|one| one.is_ascii()) {
            return Err(NotPlain);
        }
        if !known.iter().any(|one| one.eq_ignore_ascii_case(name)) {
            self.found.drafts.push(owner);
        }
        Ok(())
    }

    fn proxy(&mut self, at: At, draft: usize) -> Done {
        for child in self.document.children(at) {
            if self.is_leaf(child, "Id") {
                self.one_account(child, draft)?;
            } else {
                self.other(child)?;
            }
        }
        Ok(())
    }
}
