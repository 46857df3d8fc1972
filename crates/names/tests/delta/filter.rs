//! Nothing that has an answer is passed over unread: raw texts of every kind against deltas made to be near them.

use crate::world::{form_of, weights};
use names::delta::{Delta, Passing};
use names::facts::{Facts, Quality};
use names::index::{encode, Index, ListedParty};
use names::normalise::{analyse, Analysed, Side, Token, TokenClass};
use names::retrieve::{score_of, Scratch};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words that mean something beside others: legal forms of several words, letters, numerals, stop words, umlauts,
/// servants' names, surnames of one character, letters of one script that look like another's.
const WORDS: &[&str] = &[
    "and",
    "&",
    "of",
    "al",
    "al-",
    "de",
    "la",
    "bin",
    "in",
    "y",
    "Co.",
    "Ltd",
    "LLC",
    "Limited",
    "Liability",
    "Company",
    "Joint",
    "Stock",
    "société",
    "anonyme",
    "S.A.",
    "S",
    "A",
    "A.",
    "d.o.o.",
    "J.",
    "k",
    "K.P.A.",
    "M/V",
    "m.v.",
    "SE",
    "No.",
    "number",
    "4",
    "four",
    "IV",
    "xi",
    "vi",
    "V",
    "I",
    "007",
    "forty",
    "xx",
    "Ig0r",
    "Sech1n",
    "Hsi",
    "Chin-p'ing",
    "Tse-tung",
    "Ким",
    "Чхоль",
    "Сын",
    "នរោត្តម",
    "სააკაშვილი",
    "12th",
    "1st",
    "2a",
    "Six",
    "first",
    "Müller",
    "Mu\u{308}ller",
    "\u{308}a",
    "ÅKE",
    "Škoda",
    "O'Neil",
    "smith-jones",
    "Mac Donald",
    "MacDonald",
    "-",
    ",",
    "(Kim)",
    "\"Kim\"",
    "KIM,",
    "Yong",
    "Chol",
    "Yongchol",
    "YONG-CHOL",
    "Chul",
    "Ri",
    "Lee",
    "ju",
    "su",
    "na",
    "li",
    "Khayr",
    "Bayk",
    "Khairbek",
    "Haramain",
    "Foundation",
    "Alharamain",
    "abd",
    "rahman",
    "abdulrahman",
    "el",
    "r",
    "Petrochemical",
    "petro",
    "chemical",
    "Chemicals",
    "Tangun",
    "Trading",
    "Korea",
    "Mining",
    "Kor",
    "ea",
    "Kora",
    "Иван",
    "Петров",
    "Джамал",
    "Александр",
    "СОСО",
    "С",
    "Ю.",
    "Вʼячеслав",
    "Володимир",
    "Рutin",
    "ООО",
    "김영철",
    "김",
    "영철",
    "철",
    "리",
    "이",
    "남궁",
    "조선무역",
    "주식회사",
    "习近平",
    "近平",
    "习",
    "欧阳",
    "金",
    "正恩",
    "金正恩",
    "华为技术有限公司",
    "有限公司",
    "贸易",
    "佐々木",
    "あすか",
    "くみ子",
    "トウキョウ",
    "محمد",
    "عبد",
    "الرحمن",
    "عبدالرحمن",
    "عبد-الله",
    "آل",
    "کیان",
    "روحانی",
    "ال",
    "ابن",
    "שמואל",
    "כהן",
    "Αλέξης",
    "Ω",
    "ΑΒ",
    "สมชาย",
    "राम",
    "स\u{200c}ंजय",
    "Նազարյան",
    "Tse\u{200d}",
    "a\0b",
    "…",
    "™",
    "½",
    "🙂",
    "Ⅳ",
    "ﬁn",
    "１２",
    "ｋｉｍ",
    "\t",
    "a\tb",
    "ß",
    "İ",
];

fn word() -> impl Strategy<Value = String> {
    let listed = prop::sample::select(WORDS).prop_map(str::to_owned);
    let damaged =
        (prop::sample::select(WORDS), any::<prop::sample::Index>(), 0..4u8).prop_map(|(word, place, kind)| {
            let mut letters: Vec<char> = word.chars().collect();
            let at = place.index(letters.len());
            match kind {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, 'n'),
                2 if at + 1 < letters.len() => letters.swap(at, at + 1),
                _ => letters[at] = 'o',
            }
            letters.into_iter().collect()
        });
    let short = "[aeionklyhst]{1,4}";
    prop_oneof![6 => listed, 2 => damaged, 2 => short, 1 => "[a-c]{60,70}"]
}

fn text() -> impl Strategy<Value = String> {
    let seam =
        prop_oneof![8 => Just(" "), 1 => Just(""), 1 => Just("-"), 1 => Just("  "), 1 => Just(", "), 1 => Just(".")];
    let plain = prop::collection::vec((word(), seam), 0..5);
    let repeated = (word(), 1..40usize).prop_map(|(word, count)| vec![(word, " "); count]);
    prop_oneof![20 => plain, 1 => repeated]
        .prop_map(|parts| parts.into_iter().flat_map(|(word, seam)| [word, seam.to_owned()]).collect())
}

fn index_over(texts: &[String]) -> Arc<Index> {
    let names: Vec<[(&str, Quality); 1]> = texts.iter().map(|text| [(text.as_str(), Quality::Primary)]).collect();
    let facts = Facts::default();
    let parties = texts.iter().zip(&names).map(|(key, names)| ListedParty { key, names, facts: &facts });
    let bytes = encode(parties, |text| analyse(text, Side::List), &weights(), &[0; 32]).unwrap().0;
    Arc::new(Index::from_bytes(&bytes).unwrap())
}

/// One name of one form.
fn delta_of(base: &Arc<Index>, tokens: &[Token]) -> Delta {
    let names = [("", Quality::Primary)];
    let facts = Facts::default();
    let read = |_: &str| Analysed { forms: vec![form_of(tokens.to_vec())], truncated: false };
    Delta::announced_as(base, [ListedParty { key: "", names: &names, facts: &facts }].into_iter(), read).unwrap()
}

/// What the filter lets pass has no answer when it is read.
fn holds(delta: &Delta, text: &str, tau: u32, passing: &mut Passing) {
    let (mut raw, mut read) = (Vec::new(), Vec::new());
    let query = analyse(text, Side::Query);
    let quick = delta.retrieve_text(text, tau, passing, &mut raw);
    let full = delta.retrieve(&query, tau, passing, &mut read);
    assert_eq!((&raw, quick.truncated), (&read, full.truncated), "{text:?} at {tau}: {query:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn raw_text_is_answered_as_the_whole_index_answers_it(
        listed in prop::collection::vec(text(), 1..25),
        asked in prop::collection::vec(text(), 1..40),
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
    ) {
        let base = index_over(&listed);
        let parties: Vec<u32> = chosen.iter().map(|one| one.index(listed.len()) as u32).collect();
        let delta = Delta::of(&base, &parties).unwrap();
        let (mut passing, mut scratch) = (Passing::new(), Scratch::new());
        let (mut few, mut all) = (Vec::new(), Vec::new());
        for text in asked.iter().chain(&listed) {
            let query = analyse(text, Side::Query);
            for tau in [1, score_of(0.3), score_of(0.5), score_of(0.7), score_of(1.0)] {
                let work = delta.retrieve_text(text, tau, &mut passing, &mut few);
                let whole = base.retrieve(&query, tau, &mut scratch, &mut all);
                all.retain(|one| parties.contains(&one.party));
                prop_assert_eq!((&few, work.truncated), (&all, whole.truncated), "{:?} at {}", text, tau);
            }
        }
    }

    #[test]
    fn every_token_run_and_whole_of_every_reading_is_seen_from_the_raw_words(text in text(), edit in any::<prop::sample::Index>()) {
        let base = index_over(&[String::from("Kim")]);
        let mut near: BTreeSet<Vec<Token>> = BTreeSet::new();
        let word = |text: String| Token { text: text.into(), class: TokenClass::Word, variant: 0 };
        for form in analyse(&text, Side::Query).forms {
            near.extend(form.tokens.iter().map(|token| vec![token.clone()]));
            let runs = form.tokens.windows(2).chain(form.tokens.windows(3)).map(|run| run.iter().map(|token| &*token.text).collect());
            for joined in runs.chain([form.squashed.to_string()]) {
                let joined: String = joined;
                let mut other = joined.clone().into_bytes();
                let at = edit.index(other.len().max(1));
                match at % 3 {
                    0 if at + 1 < other.len() => other.swap(at, at + 1),
                    1 if at < other.len() => drop(other.remove(at)),
                    _ => other.insert(at.min(other.len()), b'e'),
                }
                near.insert(vec![word(joined)]);
                near.insert(vec![word(String::from_utf8(other).unwrap())]);
            }
        }
        for tokens in near {
            holds(&delta_of(&base, &tokens), &text, 1, &mut Passing::new());
        }
    }
}

#[test]
fn words_that_only_their_neighbours_explain_are_not_passed_over() {
    let cases = [
        ("Alharamain Foundation", "al haramain foundation"),
        ("Khairbek", "KHAYR-BAYK"),
        ("Limited Liability Company Vostok", "ООО Vostok"),
        ("KPA", "K P A"),
        ("Ocean 5", "Ocean V"),
        ("Brigade 44", "Brigade Forty Four"),
        ("Xi Jinping", "Hsi Chin-p'ing"),
        ("Mueller", "Müller"),
        ("COCO C", "СОСО С"),
        ("Abd al-Rahman", "عبد الرحمن"),
        ("Kim Yong Chol", "김영철"),
        ("Kim Yong Chol", "영철 김"),
        ("Kim Jong Un", "金正恩"),
        ("Xi Jinping", "习 近平"),
        ("Ito Naoki", "伊藤 直樹"),
        ("Vladimir Putin", "블라디미르 푸틴"),
    ];
    for (listed, asked) in cases {
        let base = index_over(&[listed.to_owned(), "Somebody Else".to_owned()]);
        let delta = Delta::of(&base, &[0]).unwrap();
        let mut found = Vec::new();
        delta.retrieve_text(asked, score_of(0.4), &mut Passing::new(), &mut found);
        assert_eq!(found.len(), 1, "{asked} finds no {listed}");
    }
}

#[test]
fn names_of_han_and_hangul_that_are_near_nothing_are_passed_over_unread() {
    let base = index_over(&["Aerospace Petrochemical Bureau".to_owned(), "Somebody Else".to_owned()]);
    let delta = Delta::of(&base, &[0]).unwrap();
    for asked in ["김영철", "지원 김", "習近平", "玉珍 淑娟 林", "太一 松田"] {
        assert!(delta.passes(asked, score_of(0.5), &mut Passing::new()), "{asked} is read");
    }
}
