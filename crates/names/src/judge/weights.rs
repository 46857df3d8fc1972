//! The judge's numbers: one struct, every field from `judge:` of `data/weights.yml`, where each has the pair that set it.

use crate::judge::common::Common;
use serde::Deserialize;

/// A number of the judge that is out of its range; `field` names it.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightFault {
    /// Dotted path, such as `spelling.variant`.
    pub field: String,
    /// What stood there.
    pub value: f64,
    /// Smallest value allowed.
    pub least: f64,
    /// Largest value allowed.
    pub most: f64,
}

impl std::fmt::Display for WeightFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { field, value, least, most } = self;
        write!(f, "{field} is {value}, not between {least} and {most}")
    }
}

impl std::error::Error for WeightFault {}

macro_rules! numbers {
    ($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident: $least:literal ..= $most:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: f64,)* }

        impl $name {
            fn check(&self, at: &str) -> Result<(), WeightFault> {
                $(if !(self.$field >= $least && self.$field <= $most) {
                    return Err(WeightFault {
                        field: format!("{at}.{}", stringify!($field)),
                        value: self.$field, least: $least, most: $most,
                    });
                })*
                Ok(())
            }
        }
    };
}

numbers! {
    /// How alike two tokens are by the reason that joins them, 0 to 1.
    Spelling {
        /// Two spellings of one variant class.
        variant: 0.5..=1.0,
        /// Another word for the same in the name of an organisation: a plural, an adjective, another language.
        akin: 0.0..=1.0,
        /// The beginning of a word of an organisation standing for all of it.
        cut: 0.0..=1.0,
        /// A letter standing for a word, or letters for as many words.
        initial: 0.0..=1.0,
        /// What a join keeps of the likeness of the joined text.
        joined: 0.9..=1.0,
        /// Cost of one typing error, in letters.
        edit: 0.1..=2.0,
        /// Cost of two neighbouring letters exchanged, in letters.
        swap: 0.1..=2.0,
        /// Cost of another vowel, in letters, in tokens of five letters and more.
        vowel: 0.0..=1.0,
        /// Cost of a vowel too many or too few.
        vowel_more: 0.0..=1.0,
        /// Cost of a related consonant (k and g, d and t, v and w).
        consonant: 0.0..=1.0,
        /// Cost of an h or y too many or too few.
        breath: 0.0..=1.0,
        /// Cost of another first letter on top, where ears and typists err least.
        first: 0.0..=1.0,
        /// At or below this likeness two aligned tokens contradict each other wholly.
        other: 0.0..=1.0,
        /// The same in names of anything but persons, whose rare words are not spelled by ear.
        word: 0.0..=1.0,
        /// At or above this likeness two aligned tokens are the same word.
        same: 0.0..=1.0,
    }
}

numbers! {
    /// What a token weighs, 1 for a rare word.
    TokenWeights {
        /// Words and names met everywhere (Mohammed, international).
        everywhere: 0.0..=1.0,
        /// Names of persons that many bear (Hassan).
        frequent: 0.0..=1.0,
        /// The same in the name of anything but a person (SANCHEZ SHIPPING).
        named: 0.0..=1.0,
        /// What nearly every organisation does or is (trading).
        business: 0.0..=1.0,
        /// What all words of the name of anything but a person weigh at least, together.
        generic: 0.0..=1.0,
        /// What organisations do or are (electronics).
        activity: 0.0..=1.0,
        /// Countries, nationalities, large cities.
        place: 0.0..=1.0,
        /// A number.
        number: 0.0..=2.0,
        /// A single letter.
        initial: 0.0..=1.0,
        /// A word of three letters or fewer that no table knows: rather an abbreviation than a name.
        short: 0.0..=1.0,
        /// A legal form.
        legal: 0.0..=1.0,
        /// A particle, article or title.
        stop: 0.0..=1.0,
        /// How far the weight of a person's name parts is drawn towards 1: every part of a person's name counts.
        person_level: 0.0..=1.0,
    }
}

numbers! {
    /// From the alignment of two names to a score.
    NameWeights {
        /// Score of an exact name that weighs nothing.
        floor: 0.8..=0.97,
        /// Score that an exact name of much weight comes near.
        ceiling: 0.8..=0.969,
        /// Weight of matched tokens at which half of the way to the ceiling is gone.
        half: 0.05..=10.0,
        /// What the gravest single contradiction of a person's name takes, by its weight.
        person_contradiction: 0.0..=2.0,
        /// What contradicted weight takes, as a share of a person's name.
        person_contradicted: 0.0..=2.0,
        /// What omitted weight takes, as a share of a person's name.
        person_omitted: 0.0..=2.0,
        /// How much more what differs counts where next to nothing agrees, in the name of a person.
        person_doubt: 0.0..=10.0,
        /// Weight of matched tokens at which half of that doubt is gone.
        person_doubt_half: 0.05..=10.0,
        /// As `person_doubt`, for everything that is not a person.
        other_doubt: 0.0..=10.0,
        /// As `person_doubt_half`.
        other_doubt_half: 0.05..=10.0,
        /// How much of an omission counts in a person's name when the given name and the family name are there.
        framed: 0.0..=1.0,
        /// How much of an omitted father's name counts, as a share of its weight.
        patronymic: 0.0..=1.0,
        /// What spelling differences take, as a share of a person's name: several at once are no longer a slip.
        person_spelled: 0.0..=2.0,
        /// The same for everything else.
        other_spelled: 0.0..=2.0,
        /// What an initial leaves unsaid of the word it stands for, as a share of that word.
        unsaid: 0.0..=1.0,
        /// As `person_contradiction`, for everything that is not a person.
        other_contradiction: 0.0..=2.0,
        /// As `person_contradicted`.
        other_contradicted: 0.0..=2.0,
        /// As `person_omitted`.
        other_omitted: 0.0..=2.0,
        /// What the weightiest omitted token takes in the name of an organisation, by its weight.
        other_omission: 0.0..=2.0,
        /// What an omitted word between matched ones takes on top, by its weight, except in persons.
        inside: 0.0..=2.0,
        /// One matched ordinary token against a person's name of several.
        person_lone: 0.0..=1.0,
        /// The same for everything else.
        other_lone: 0.0..=1.0,
        /// The family name, where the list marks it by a comma, is missing.
        family: 0.0..=1.0,
        /// The first of several marked family names is missing, by its weight.
        second_family: 0.0..=1.0,
        /// The leading given name is missing: father and son.
        leading: 0.0..=1.0,
        /// The two names around a son-of particle are exchanged.
        son_of: 0.0..=1.0,
        /// The order of a person's matched tokens is no rotation.
        shuffled: 0.0..=1.0,
        /// A number on one side only, or another one.
        number: 0.0..=1.0,
        /// A letter on one side only of an organisation's name.
        letter: 0.0..=1.0,
        /// Another letter.
        letter_other: 0.0..=1.0,
        /// Each of two organisations does something that the other is not said to do.
        sister: 0.0..=1.0,
        /// The given name of one person is the family name of the other, and the other way round, commas marking both.
        exchanged: 0.0..=1.0,
        /// Two names that many bear are never spellings of each other: how much of such a pair contradicts.
        both_known: 0.0..=1.0,
        /// A place on one side only: branch and sister company.
        place: 0.0..=1.0,
        /// Legal forms of different classes.
        legal_other: 0.0..=1.0,
        /// A legal form on one side only.
        legal_absent: 0.0..=1.0,
        /// The likeness rests on a romanisation.
        romanised: 0.0..=0.05,
        /// Both names are written in one syllabic script and differ in every sign.
        signs: 0.0..=1.0,
        /// A weak alias that is not the whole name of the other side.
        weak_near: 0.0..=1.0,
        /// The most a weak alias can reach, by name alone.
        weak_most: 0.7..=0.85,
    }
}

numbers! {
    /// What facts move. A gain is a share of the distance to 1, a loss is taken off.
    FactWeights {
        /// Below this name score a fact gains nothing.
        gain_from: 0.5..=1.0,
        /// From this name score facts gain in full.
        gain_full: 0.5..=1.0,
        /// Gain: born on the same day.
        birth_equal: 0.0..=1.0,
        /// Gain: a month or year that holds the day.
        birth_within: 0.0..=1.0,
        /// Gain: within what "circa" allows.
        birth_circa: 0.0..=1.0,
        /// Gain: day and month exchanged.
        birth_swapped: 0.0..=1.0,
        /// Loss: one digit differs.
        birth_slip: 0.0..=1.0,
        /// Loss: the same year, another day.
        birth_same_year: 0.0..=1.0,
        /// Loss: less than two years apart.
        birth_near: 0.0..=1.0,
        /// Loss: two years or more apart, at least one date not known to the day.
        birth_vague: 0.0..=1.0,
        /// Loss: days known, two years or more apart.
        birth_far: 0.0..=1.0,
        /// Loss: days known, ten years or more apart.
        birth_farther: 0.0..=1.0,
        /// Years that "circa" may be off either way.
        circa_years: 0.0..=5.0,
        /// Gain: a nationality shared.
        nationality_equal: 0.0..=1.0,
        /// Loss: nationalities known and none shared.
        nationality_conflict: 0.0..=0.2,
        /// Gain: another country shared.
        country_equal: 0.0..=1.0,
        /// Loss: countries known and none shared.
        country_conflict: 0.0..=0.2,
        /// Gain: the same gender.
        gender_equal: 0.0..=1.0,
        /// Loss: the other gender.
        gender_conflict: 0.0..=0.2,
        /// Gain: the same kind of party.
        kind_equal: 0.0..=1.0,
        /// Loss: a person and an organisation.
        kind_conflict: 0.0..=1.0,
        /// Gain: an equal identifier of one type.
        identifier_equal: 0.0..=1.0,
        /// Score of an equal identifier of one type without any likeness of names.
        identifier_alone: 0.7..=1.0,
        /// Gain: the same number under another type.
        identifier_other_type: 0.0..=1.0,
        /// Score of the same number under another type, without any likeness of names.
        identifier_other_type_alone: 0.7..=1.0,
        /// Loss: two numbers of a type that a party has one of, in one country.
        identifier_conflict: 0.0..=1.0,
        /// Loss: two passports of one country, which people renew.
        passport_conflict: 0.0..=1.0,
        /// From this name score an exact name keeps that score even against another day of birth: few share it, and
        /// papers are forged.
        rare: 0.8..=1.0,
        /// Score that an exact or strong name keeps whatever an undecisive fact says.
        keep: 0.7..=1.0,
        /// Most letters and digits an identifier may have and still be too short to be sure of.
        identifier_short: 0.0..=10.0,
    }
}

numbers! {
    /// Where the bands begin.
    Bands {
        /// From here a name is strong.
        strong: 0.7..=1.0,
        /// The same for an exact name that is not a weak alias.
        exact: 0.7..=1.0,
    }
}

/// Every number of the judge, and the words that are met often.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgeWeights {
    /// How alike two tokens are.
    pub spelling: Spelling,
    /// What a token weighs.
    pub token: TokenWeights,
    /// From alignment to score.
    pub name: NameWeights,
    /// What facts move.
    pub fact: FactWeights,
    /// Where the bands begin.
    pub band: Bands,
    /// Words by how often they are met; folded text. From `data/common_words.yml`.
    #[serde(default)]
    pub common: Common,
}

impl JudgeWeights {
    /// Refuses a number that is not finite or out of its range, and pairs in the wrong order.
    pub fn check(&self) -> Result<(), WeightFault> {
        self.spelling.check("judge.spelling")?;
        self.token.check("judge.token")?;
        self.name.check("judge.name")?;
        self.fact.check("judge.fact")?;
        self.band.check("judge.band")?;
        let ordered = [
            ("judge.spelling.same", self.spelling.other, self.spelling.same),
            ("judge.spelling.same", self.spelling.word, self.spelling.same),
            ("judge.name.ceiling", self.name.floor, self.name.ceiling),
            ("judge.fact.gain_full", self.fact.gain_from, self.fact.gain_full),
        ];
        for (field, least, value) in ordered {
            if value <= least {
                return Err(WeightFault { field: field.into(), value, least, most: 1.0 });
            }
        }
        Ok(())
    }
}
