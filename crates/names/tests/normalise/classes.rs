//! What tokens are taken for: legal forms, initials, stop words, numbers.

use names::normalise::{analyse, Origin, Side, TokenClass};

use super::{first, forms, has, multiset, shown};

/// The class of the first legal form of a name.
fn legal(text: &str) -> Option<u16> {
    analyse(text, Side::Query).forms[0].tokens.iter().find_map(|token| match token.class {
        TokenClass::Legal(class) => Some(class),
        _ => None,
    })
}

#[test]
fn dotted_legal_forms_are_one_token() {
    for text in ["SIS DOO", "SIS d.o.o.", "SIS D.O.O", "SIS d. o. o.", "SIS, D O O"] {
        assert_eq!(first(text), "sis doo@1", "{text}");
    }
    for (text, wanted) in [
        ("ACME TRADING, S.A. DE C.V.", "acme trading sadecv@2"),
        ("ACME S. de R.L. de C.V.", "acme sderldecv@1"),
        ("Müller G.m.b.H.", "muller gmbh@1"),
        ("Huawei Technologies Co.,Ltd", "huawei technologies coltd@1"),
        ("Huawei Technologies Co., Ltd.", "huawei technologies coltd@1"),
        ("Maersk A/S", "maersk as@2"),
        ("Private Joint Stock Company Mahan", "privatejointstockcompany@2 mahan"),
        ("ACME Sdn. Bhd.", "acme sdnbhd@1"),
        ("ACME L.L.C.", "acme llc@1"),
        ("Türk Hava Yolları Anonim Şirketi", "turk hava yollari anonimsirketi@2"),
        ("Ross & Co", "ross andco@4"),
    ] {
        assert_eq!(first(text), wanted, "{text}");
    }
}

#[test]
fn legal_forms_of_one_kind_share_a_class_in_every_language() {
    let limited = legal("Acme LLC");
    for text in [
        "Acme OOO",
        "Acme Ltd",
        "Acme GmbH",
        "Acme SARL",
        "Acme d.o.o.",
        "Acme Kft",
        "ООО Акме",
        "示例有限公司",
        "예시 유한회사",
        "Acme TOO",
    ] {
        assert_eq!(legal(text), limited, "{text}");
    }
    let stock = legal("Acme AG");
    for text in
        ["Acme PJSC", "ОАО Акме", "ПАО Акме", "Acme S.A.", "Acme Anonim Sirketi", "株式会社トヨタ", "주식회사 삼성"]
    {
        assert_eq!(legal(text), stock, "{text}");
    }
    assert_ne!(limited, stock);
}

#[test]
fn a_short_legal_form_is_one_only_where_it_may_stand() {
    assert_eq!(first("AO ROSNEFT"), "ao@2 rosneft");
    assert_eq!(first("ROSNEFT AO"), "rosneft ao@2");
    assert_eq!(first("Iyad Ag Ghali"), "iyad ag~ ghali");
    assert_eq!(first("KIM, Se Gwan"), "kim se gwan");
    assert_eq!(first("KIM, Doo Hwan"), "kim doo hwan");
    assert_eq!(first("Sal Esposito"), "sal esposito");
    assert_eq!(first("BALTIC TRADING AS"), "baltic trading as@2");
    assert_eq!(first("AS-SADR, Muqtada"), "as~ sadr muqtada");
    assert_eq!(first("SA, Mohamed"), "sa mohamed");
}

#[test]
fn letters_that_may_be_initials_or_a_legal_form_are_read_both_ways() {
    assert_eq!(forms("IVANOV S.A."), ["ivanov sa@2", "ivanov s? a?"]);
    assert_eq!(forms("A.S. PUSHKIN"), ["a? s? pushkin", "as pushkin"]);
    assert!(analyse("ACME TRADING HOUSE S.A.", Side::List).forms.iter().any(|form| form.tokens.len() == 5));
    assert_eq!(forms("ACME TRADING HOUSE S.A."), ["acme trading house sa@2"]);
}

#[test]
fn other_dotted_letters_are_initials_and_a_joined_word() {
    let analysed = analyse("A.T.E. INTERNATIONAL LTD.", Side::Query);
    assert_eq!(shown(&analysed.forms[0]), "a? t? e? international ltd@1");
    assert_eq!(shown(&analysed.forms[1]), "ate international ltd@1");
    assert_eq!(analysed.forms[1].origin, Origin::Joined);
    assert!(has("U.S.A.", "usa") && has("K P A Unit 586", "kpa unit 586"));
    assert_eq!(forms("J. Smith"), ["j? smith"]);
}

#[test]
fn a_name_of_legal_forms_and_stop_words_keeps_them() {
    assert_eq!(first("LTD"), "ltd@1");
    assert_eq!(first("The Company"), "the~ company@4");
    assert_eq!(&*analyse("The Company Ltd.", Side::Query).forms[0].squashed, "thecompanyltd");
}

#[test]
fn particles_articles_and_honorifics_are_stop_words_and_a_kunya_is_not() {
    assert_eq!(first("Sheikh Abu Bakr al-Baghdadi"), "sheikh~ abu bakr al~ baghdadi");
    assert_eq!(first("Salman bin Muhammad"), "salman bin~ muhammad");
    assert_eq!(first("Abd ar-Rahman ed-Din"), "abd ar~ rahman ed~ din");
    assert_eq!(first("AN, Yong"), "an yong", "a Korean surname is no article");
    assert_eq!(first("Kim Un Nam"), "kim un nam");
    assert_eq!(first("KIM, In Ryong"), "kim in ryong");
    assert_eq!(first("JUND AL-KHILAFAH IN TUNISIA"), "jund al~ khilafah in~ tunisia");
    assert_eq!(first("M/V OCEAN STAR"), "mv~ ocean star");
    assert_eq!(first("Gomez y Lopez"), "gomez y~ lopez");
    assert_eq!(first("Juan Y. Lopez"), "juan y? lopez");
}

#[test]
fn numbers_are_one_thing_however_they_are_written() {
    for text in ["SPARTA IV", "SPARTA 4", "Sparta 04", "SPARTA FOUR", "Sparta 4th", "Fourth Sparta", "Sparta ٤"] {
        assert_eq!(multiset(text), multiset("4 SPARTA"), "{text}");
    }
    assert_eq!(first("NO 1"), first("NUMBER ONE"));
    assert_eq!(first("№ 5 Plant"), first("No. 5 Plant"));
    assert_ne!(first("TRUST XV"), first("TRUST XX"));
    assert_eq!(first("TRUST 2004-1"), "trust 2004# 1#");
    assert_eq!(first("2ND ACADEMY"), first("SECOND ACADEMY"));
    assert_eq!(first("Seven Ltd"), "seven ltd@1", "a number word alone is a name");
}

#[test]
fn tens_and_ones_are_one_number() {
    for text in ["Brigade Forty 4", "Brigade Forty-Four", "Brigade Fourty-four"] {
        assert_eq!(first(text), "brigade 44#", "{text}");
    }
    assert_eq!(first("Trust 20 4"), "trust 20# 4#", "figures stay as they are written");
    assert_eq!(first("Trust Twenty Twelve"), "trust 20# 12#");
}

#[test]
fn doubtful_numerals_stay_words_and_are_numbers_in_a_second_form() {
    assert_eq!(forms("XI Jinping"), ["xi jinping"]);
    assert_eq!(forms("Jinping XI"), ["jinping xi", "jinping 11#"]);
    assert_eq!(forms("OCEAN V"), ["ocean v?", "ocean 5#"]);
    assert!(has("U.S.A. Trust One", "usa trust 1"));
    assert_eq!(forms("TEN, Anton"), ["ten anton", "10# anton"]);
    assert_eq!(forms("PUTIN, V"), ["putin v?"]);
    for letter in ["I", "V", "X", "C", "D", "L", "M"] {
        assert_eq!(forms(letter), [format!("{}?", letter.to_lowercase())]);
    }
}
