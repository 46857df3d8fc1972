use crate::pair::{judged, names, organisation, person, score};
use names::facts::Kind::{Organisation, Person, Vessel};
use names::facts::{Kind, Quality};
use names::judge::Band;

fn same(kind: Kind, ours: &str, theirs: &str, least: f64) {
    let score = names(kind, ours, theirs);
    assert!(score >= least, "{ours} | {theirs}: {score}, wanted {least} or more");
}

fn different(kind: Kind, ours: &str, theirs: &str) {
    let score = names(kind, ours, theirs);
    assert!(score < 0.70, "{ours} | {theirs}: {score}, wanted less than 0.70");
}

#[test]
fn an_exact_name_without_facts_scores_from_080_and_never_097() {
    let exact = [
        (Person, "MOHAMMED ALI"),
        (Person, "Kim Yong Chol"),
        (Person, "Gurbanguly Berdimuhamedow"),
        (Person, "Ahmad"),
        (Organisation, "TRADING COMPANY LIMITED"),
        (Organisation, "A.T.E. INTERNATIONAL LTD."),
        (Organisation, "Joint Stock Company Central Scientific Research Institute Titan Barrikady Volgograd"),
        (Vessel, "HOPE"),
        (Kind::Aircraft, "EP-MNB"),
    ];
    for (kind, name) in exact {
        let score = names(kind, name, name);
        assert!((0.80..0.97).contains(&score), "{name}: {score}");
    }
}

#[test]
fn an_exact_name_is_exact_whether_or_not_our_kind_is_known() {
    for name in ["P L M SOCIEDAD DE CORRETAJE, C.A.", "NADA COMERCIAL, S.A.", "KIM, Yong Chol", "BANCO, C."] {
        for kind in [Person, Organisation] {
            let mut ours = person(name);
            ours.facts.kind = None;
            let theirs = if kind == Person { person(name) } else { organisation(name) };
            let found = score(&ours, &theirs);
            assert!(found >= 0.80, "{name} as {kind:?}: {found}");
        }
    }
}

#[test]
fn a_distinctive_exact_name_scores_higher_than_a_common_one() {
    let rare = names(Person, "Gurbanguly Berdimuhamedow", "Gurbanguly Berdimuhamedow");
    assert!(rare > names(Person, "Mohammed Ali", "Mohammed Ali"));
}

#[test]
fn family_name_first_with_a_comma_is_the_same_name() {
    same(Person, "Kim Yong Chol", "KIM, Yong-Chol", 0.80);
    same(Person, "Yong Chol Kim", "KIM, Yong Chol", 0.80);
}

#[test]
fn one_other_part_of_a_person_s_name_is_another_person() {
    different(Person, "Kim Yong Su", "KIM, Yong Chol");
    different(Person, "Ri Yong Chol", "KIM, Yong Chol");
    different(Person, "KIL, Jong Hun", "KIM JONG UN");
    different(Person, "ONISHCHENKO, Aleksandr Romanovych", "ONISHCHENKO, Aleksandr Vladimirovich");
}

#[test]
fn variant_spellings_are_the_same_name() {
    same(Person, "Young Chul Kim", "KIM, Yong Chol", 0.70);
    same(Person, "Hafez al-Asad", "AL-ASSAD, Hafiz", 0.70);
    same(Person, "Moammar Qadhafi", "GADDAFI, Muammar", 0.70);
}

#[test]
fn a_romanised_name_is_found_and_stays_below_the_same_in_latin_letters() {
    let romanised = names(Person, "김영철", "KIM, Yong Chol");
    assert!(romanised >= 0.75, "{romanised}");
    assert!(romanised < names(Person, "Kim Yong Chol", "KIM, Yong Chol"));
}

#[test]
fn names_in_one_syllabic_script_are_told_apart_by_their_signs() {
    different(Person, "이재형", "이재명");
    assert!(names(Person, "高石早苗", "高市早苗") < names(Person, "高市早苗", "高市早苗"));
    assert!(names(Person, "高市早苗", "高市早苗") >= 0.80);
}

#[test]
fn no_guess_is_piled_upon_a_romanisation() {
    different(Person, "정수 이", "KIM, Yong Su");
    different(Person, "준혁 박", "PAK, Jin Hyok");
    different(Person, "桂英 王", "WANG, Guoying");
}

#[test]
fn a_typing_error_is_forgiven_in_one_part() {
    same(Person, "Vladimir Putni", "PUTIN, Vladimir", 0.70);
    same(Person, "Basharr al-Assad", "AL-ASSAD, Bashar", 0.70);
}

#[test]
fn a_little_otherwise_in_every_part_is_another_person() {
    different(Person, "Michael Carter", "KARNER, Mihael");
}

#[test]
fn a_patronymic_may_be_left_out() {
    same(Person, "Vladimir Putin", "PUTIN, Vladimir Vladimirovich", 0.70);
}

#[test]
fn one_part_alone_is_not_the_name() {
    different(Person, "Kim", "KIM, Yong Chol");
    different(Person, "N.N.", "Nursultan Nazarbayev");
}

#[test]
fn sons_are_not_their_fathers() {
    different(Person, "Salman bin Muhammad", "MUHAMMAD BIN SALMAN");
    different(Person, "Muammar Gaddafi", "GADDAFI, Hannibal Muammar");
    different(Person, "Hafez al-Assad", "AL-ASSAD, Bashar Hafez");
}

#[test]
fn by_names_differ_by_what_follows_abu() {
    different(Person, "ABU HAMZA AL-MASRI", "ABU AYMAN AL-MASRI");
}

#[test]
fn joined_and_split_tokens_are_the_same() {
    same(Person, "Yongchol Kim", "KIM, Yong Chol", 0.75);
    same(Organisation, "ALHARAMAINFOUNDATION", "AL HARAMAIN FOUNDATION", 0.75);
    same(Person, "Mohamed Badreddine", "BADR AL-DIN, Muhammad", 0.70);
}

#[test]
fn a_number_tells_things_apart() {
    different(Vessel, "SPARTA", "SPARTA IV");
    different(Organisation, "Citigroup Capital Trust XV", "Citigroup Capital Trust XX");
    different(Vessel, "SPARTA II", "SPARTA IV");
}

#[test]
fn one_other_rare_word_is_another_organisation_however_long_the_rest() {
    different(Organisation, "VEB SERVICE", "VB-SERVICE");
    different(Organisation, "SHAHID KARIMI GROUP", "SHAHID KAZEMI GROUP");
    different(Organisation, "JUND AL-KHILAFAH IN TUNISIA", "JUND AL-KHILAFAH IN ALGERIA");
    different(Organisation, "ACADEMY OF OPTICS OF THE FAR EAST", "ACADEMY OF BALLISTICS OF THE FAR EAST");
}

#[test]
fn a_sister_company_or_branch_is_another_organisation() {
    different(Organisation, "Banco Santander", "Banco Santander Chile");
    different(Organisation, "Banco Santander S.A.", "Banco Santander Chile S.A.");
    different(Organisation, "BANDAR IMAM PETROCHEMICAL", "BANDAR IMAM BESPARAN PETROCHEMICAL");
    different(Organisation, "NOVYE PROEKTY", "NOVYE GORODSKIE PROEKTY");
}

#[test]
fn one_rare_word_shared_is_the_same_organisation_when_only_common_ones_differ() {
    same(Organisation, "PHOENIX ELECTRONICS", "FENIKS ELEKTRONIKS", 0.70);
    same(Organisation, "CUBANACAN", "CUBANACAN GROUP", 0.70);
    same(Organisation, "Kore Mining Development Trading Corp.", "KOREA MINING DEVELOPMENT TRADING CORPORATION", 0.85);
}

#[test]
fn legal_forms_count_as_classes() {
    let equal = names(Organisation, "Siemens Aktiengesellschaft", "Siemens AG");
    let absent = names(Organisation, "Siemens", "Siemens AG");
    let other = names(Organisation, "Siemens GmbH", "Siemens AG");
    assert!(equal > absent && absent > other, "{equal} {absent} {other}");
    assert!(absent >= 0.80);
}

#[test]
fn letters_of_a_company_are_a_word() {
    different(Organisation, "C.B.A. Company", "A.B.C. Company");
    different(Organisation, "N.A.B.C. Company", "A.B.C. Company");
    different(Organisation, "REACH HOLDING GROUP", "Z-R HOLDING GROUP");
    same(Organisation, "A.B.C. Company", "ABC Company", 0.80);
}

#[test]
fn letters_that_repeat_the_name_weigh_nothing() {
    same(Organisation, "RAJAH SOLAIMAN MOVEMENT (RSM)", "RAJA SOLEIMAN MOVEMENT", 0.70);
}

#[test]
fn a_weak_alias_is_a_possible_hit_as_a_whole_name_only() {
    let listed = organisation("KOREA MINING DEVELOPMENT TRADING CORPORATION").also("KOMID", Quality::Weak);
    let whole = judged(&organisation("KOMID"), &listed);
    assert!(whole.score >= 7_000 && whole.weak_only, "{whole:?}");
    assert_eq!(whole.band, Band::Possible);
    assert!(score(&organisation("KOMID SHIPBUILDERS"), &listed) < 0.70);
    assert!(score(&organisation("KOMIDE"), &listed) < 0.70);
}

#[test]
fn a_strong_name_beside_a_weak_alias_is_not_weak_only() {
    let listed = organisation("KOMID").also("KOMID", Quality::Weak);
    assert!(!judged(&organisation("KOMID"), &listed).weak_only);
}

#[test]
fn a_person_is_not_an_organisation_or_a_vessel_of_that_name() {
    assert!(score(&person("Hope Star"), &organisation("HOPE STAR")) < 0.70);
    assert!(score(&organisation("Hope Star"), &crate::pair::one(Vessel, "HOPE STAR")) < 0.70);
}

#[test]
fn a_father_s_name_is_left_out_and_never_exchanged() {
    same(Person, "Pavel Sidorov", "SIDOROV, Pavel Andreyevich", 0.70);
    different(Person, "SIDOROV, Pavel Andreyevich", "SIDOROV, Pavel Konstantinovich");
}

#[test]
fn what_differs_counts_the_more_the_commoner_the_rest_is() {
    let rare = names(Person, "Zukhra Mirzoyeva", "MIRZOYEVA SAFAROVA, Zukhra");
    let common = names(Person, "Jose Gomez", "GOMEZ RIVERA, Jose");
    assert!(rare >= 0.70 && rare > common + 0.05, "{rare} {common}");
}

#[test]
fn a_father_s_name_is_known_by_its_ending_in_three_languages() {
    for father in ["Uladzimiravich", "Volodymyrovych", "Wladimirowitsch", "Vladimirovitj"] {
        same(Person, "Pavel Kavalchuk", &format!("KAVALCHUK, Pavel {father}"), 0.70);
    }
}

#[test]
fn two_names_that_many_bear_are_not_slips_of_each_other() {
    let known = names(Person, "Luisa Moreno", "MORENO, Luis");
    assert!(known < names(Person, "Luissa Moreno", "MORENO, Luisa"), "{known}");
    assert!(names(Person, "Jon Smith", "John Smith") >= 0.70);
}

#[test]
fn given_name_and_family_name_exchanged_is_another_person() {
    let turned = names(Person, "OMAR, Salim", "SALIM, Omar");
    assert!(turned < names(Person, "OMAR, Salim", "Salim Omar"), "{turned}");
}

#[test]
fn what_a_scandinavian_or_indonesian_clerk_writes_sounds_the_same() {
    same(Person, "Branislav Kenjuk", "KENIUK, Branislav", 0.70);
    same(Person, "Syarif Hidayatan", "SHARIF, Hidayatan", 0.70);
}

#[test]
fn the_letters_of_a_given_name_are_no_acronym_of_a_person() {
    different(Person, "Mia Harris", "MOHAMAD IQBAL ABDURRAHMAN");
    same(Person, "JC Kerguelen", "KERGUELEN, Jean-Claude", 0.70);
    same(Organisation, "IRGC", "ISLAMIC REVOLUTIONARY GUARD CORPS", 0.70);
}
