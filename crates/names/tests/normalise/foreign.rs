//! Names that a script did not grow up with: of other languages by their sounds, and Asian names in Russian letters.

use names::normalise::{analyse, romanise::SCHEMES, Side, MAX_FORMS};

use super::{forms, has};

#[test]
fn names_of_other_languages_are_read_by_their_sounds() {
    for (text, wanted) in [
        ("罗伯特", "robert"),
        ("贝拉克·奥巴马", "belak obama"),
        ("弗拉基米尔·普京", "vladimir putin"),
        ("伊莎貝拉", "isabela"),
        ("로버트", "robert"),
        ("블라디미르 푸틴", "vladimir putin"),
        ("マーティン", "martin"),
        ("カール", "karl"),
        ("シェーンフェルト", "shenfert"),
        ("조지", "george"),
        ("فيرا", "vira"),
        ("ג'סיקה", "jasika"),
        ("ג׳סיקה", "jasika"),
        ("קייזר", "kaizer"),
    ] {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
}

#[test]
fn l_and_r_are_tried_before_and_after_vowels() {
    for wanted in ["karr", "kal", "karl"] {
        assert!(has("カール", wanted), "{wanted}: {:?}", forms("カール"));
    }
}

#[test]
fn a_name_of_the_country_itself_is_not_read_by_foreign_sounds() {
    assert_eq!(forms("习近平"), ["xi jinping", "xi jin ping"]);
    assert_eq!(forms("김영철").len(), 3);
    assert_eq!(forms("たなか"), ["tanaka"]);
}

#[test]
fn korean_chinese_and_japanese_names_in_russian_letters_are_read_by_their_syllables() {
    for (text, wanted) in [
        ("Чан Сон Чхоль", "jang song chol"),
        ("Ким Чен Ын", "kim jong un"),
        ("Ким Чонын", "kim jongun"),
        ("Ким Ир Сен", "kim il song"),
        ("Ли Ён Чхоль", "ri yong chol"),
        ("Си Цзиньпин", "xi jinping"),
        ("Чжан Вэй", "zhang wei"),
        ("Цзян Цзэминь", "jiang zemin"),
        ("Абэ Синдзо", "abe shinzo"),
    ] {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
    assert!(has("Ким Чен Ын", "kim chen yn"), "a Russian reading stays");
}

#[test]
fn russian_names_are_not_cut_into_foreign_syllables() {
    for text in ["Владимир Путин", "Анна Иванова", "Юлия Щукина", "Иван"] {
        let origins = analyse(text, Side::Query).forms;
        assert!(origins.len() <= 4, "{text}: {:?}", forms(text));
    }
}

#[test]
fn japanese_names_in_kanji_are_read_from_surnames_and_given_names() {
    for (text, wanted) in [
        ("田中太郎", "tanaka taro"),
        ("山田 花子", "yamada hanako"),
        ("重信房子", "shigenobu fusako"),
        ("小泉純一郎", "koizumi junichiro"),
        ("高橋裕子", "takahashi yuko"),
        ("高橋裕子", "takahashi hiroko"),
        ("太郎 田中", "taro tanaka"),
        ("田中さくら", "tanaka sakura"),
        ("渡辺 タロウ", "watanabe taro"),
    ] {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
    assert!(has("田中太郎", "tian zhongtailang"), "it may be Chinese all the same");
    assert!(
        !forms("林志明").iter().any(|form| form.contains("hayashi")),
        "a surname of one character is mostly Chinese"
    );
}

#[test]
fn wade_and_giles_is_read_as_pinyin_only_where_the_whole_name_shows_it() {
    for (text, wanted) in [
        ("Hsi Chin-p'ing", "xi jinping"),
        ("HSI, Chin-p’ing", "xi jinping"),
        ("Mao Tse-tung", "mao zedong"),
        ("Chiang Ching-kuo", "jiang jingguo"),
        ("Hsü Shih-ch'ang", "xu shichang"),
        ("WEI, Hsueh Lung", "wei xuelong"),
    ] {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
    for text in ["Chang Wei", "Zhang Yang", "Yang Chang", "Kim Yong-Chol", "Ho Chi Minh", "Li Na"] {
        assert_eq!(forms(text).len(), 1, "{text}: {:?}", forms(text));
    }
}

#[test]
fn georgian_armenian_thai_and_khmer_have_tables_of_their_own() {
    for (text, wanted) in [
        ("გიორგი ხაჩიძე", "giorgi khachidze"),
        ("Սարգսյան", "sargsyan"),
        ("Սարգսյան", "sarksyan"),
        ("Ոսկանյան", "voskanyan"),
        ("Երևան", "yerevan"),
        ("สมชาย", "somchai"),
        ("ทักษิณ", "thaksin"),
        ("ประยุทธ์ จันทร์โอชา", "prayut chanthaocha"),
        ("กรรณิการ์", "kannika"),
        ("ប៉ុល ពត", "pol pot"),
    ] {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
}

#[test]
fn a_digit_inside_a_word_is_also_read_as_the_letter_it_looks_like() {
    for (text, wanted) in
        [("Ig0r Sech1n", "igor sechin"), ("Pu7in", "putin"), ("A1exander", "alexander"), ("Moh4mm3d", "mohammed")]
    {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
    for text in ["4th Academy", "A320", "Tu154M", "EP-MNB 15", "9M", "Unit 586", "B2B"] {
        assert_eq!(forms(text).len(), 1, "{text}: {:?}", forms(text));
    }
}

#[test]
fn vietnamese_and_turkish_letters_lose_their_marks() {
    assert!(has("Đặng Nguyễn Trường Ơn", "dang nguyen truong on"));
    assert!(has("Recep Tayyip Erdoğan", "recep tayyip erdogan") && has("Şükrü Çağlar", "sukru caglar"));
}

#[test]
fn every_scheme_of_a_script_stays_within_the_limit_of_forms() {
    for text in [
        "エリザベス 田中 김영철 로버트 עלי Чан Сон محمد صادق",
        "弗拉基米尔·普京 블라디미르 푸틴 ウラジーミル プーチン",
        "A.B. 弗拉基米尔 블라디미르 ウラジーミル Ки Чо",
    ] {
        let analysed = analyse(text, Side::List);
        assert!(analysed.forms.len() <= MAX_FORMS && !analysed.forms.is_empty(), "{text}");
    }
    for text in ["弗拉基米尔·普京", "블라디미르 푸틴", "ウラジーミル プーチン", "Ким Чен Ын", "فلاديمير بوتين", "林太郎"]
    {
        let analysed = analyse(text, Side::List);
        assert!(!analysed.truncated && analysed.forms.len() <= 9, "{text}: {:?}", forms(text));
    }
    assert!(SCHEMES.len() < 256);
}

#[test]
fn a_western_name_in_russian_letters_is_spelt_as_its_language_spells_it() {
    for (text, wanted) in [
        ("Уилсон Тёрнер", "whilson turner"),
        ("Готье Дешан", "gotier dechan"),
        ("Жан Лемуан", "jan lemoin"),
        ("Герхард Шварц", "gerhard schwarz"),
        ("Юзеф Пилсудский", "juzef pilsudski"),
        ("Джузеппе Бьянки", "giuseppe bianchi"),
        ("Тертуллий", "tertullius"),
        ("Вирхов", "wirchow"),
    ] {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
}

#[test]
fn a_name_that_russian_made_is_not_read_as_a_western_one() {
    assert_eq!(forms("Сергей Иванов"), ["sergey ivanov", "sergei ivanov", "sergej ivanov"]);
    assert!(!has("ООО Шварц", "schwarz ooo@1"), "{:?}", forms("ООО Шварц"));
    assert!(!has("Ігор Шварц", "igor schwarz"), "{:?}", forms("Ігор Шварц"));
}

#[test]
fn one_word_of_chinese_or_japanese_syllables_in_russian_letters_is_read_by_them() {
    for (text, wanted) in [("Сюаньцзан", "xuanzang"), ("Такатико", "takachiko"), ("Дзюнъити", "junichi")]
    {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
    assert!(!has("Никитин", "nikichin"));
}

#[test]
fn hangul_that_no_surname_opens_is_also_a_name_of_another_language() {
    for (text, wanted) in [("달로", "dalo"), ("샹탈", "shantal"), ("앤드루 밀턴", "andrew milton")] {
        assert!(has(text, wanted), "{text}: {:?}", forms(text));
    }
    assert_eq!(forms("박준서").iter().filter(|form| form.split(' ').count() < 3).count(), 0);
}
