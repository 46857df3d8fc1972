//! What normalising promises, one claim a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use names::normalise::{analyse, Side};

fn show(text: &str) -> Vec<String> {
    analyse(text, Side::Query)
        .forms
        .iter()
        .map(|form| {
            form.tokens
                .iter()
                .map(|token| {
                    let class = match token.class {
                        names::normalise::TokenClass::Word => String::new(),
                        names::normalise::TokenClass::Initial => "?".into(),
                        names::normalise::TokenClass::Number => "#".into(),
                        names::normalise::TokenClass::Legal(id) => format!("@{id}"),
                        names::normalise::TokenClass::Stop => "~".into(),
                    };
                    format!("{}{class}", token.text)
                })
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

#[test]
fn show_some() {
    for text in [
        "KIM, Yong Chol", "Kim Yong-Chol", "SIS d.o.o.", "SIS DOO", "A.T.E. INTERNATIONAL LTD.", "IVANOV S.A.",
        "ACME TRADING, S.A. DE C.V.", "GHALI, Iyad Ag", "Huawei Technologies Co., Ltd.", "SPARTA IV", "SPARTA V", "Xi Jinping",
        "CH'ONGCH'AL CH'ONGGUK", "Müller & Söhne G.m.b.H.", "NUMBER ONE", "NO 1", "TRUST XV", "Abd ar-Rahman", "KIM, In Ryong",
        "LTD", "First Bank", "J. Smith", "PUSHKIN, A.S.", "Joint Stock Company Rosneft", "김영철", "김정은", "习近平", "金正恩", "بشار الأسد", "Владимир Путин", "Vlаdimir Рutin", "Александр Лукашенко", "Аляксандр Лукашэнка", "Общество с ограниченной ответственностью \"Ромашка\"", "ООО Ромашка", "华为技术有限公司", "조선광업개발무역회사", "정찰총국", "株式会社トヨタ", "とうきょう タロウ", "עבד אל רחמן", "בנימין נתניהו", "عبد الرحمن محمد", "محمود احمدی‌نژاد", "Αλέξης Τσίπρας", "บุญนพ นักรบ", "Հարությունյան", "СОСО CORP", "ＫＩＭ Ｙｏｎｇ", "№ 5 завод", "Ю. Иванов", "Сергій Шойгу", "Слободан Милошевић", "欧阳娜娜", "شركة الامل للتجارة ذ.م.م", "AO ROSNEFT", "Kim Se", "M/V OCEAN STAR",
    ] {
        println!("{text:40} {:?}", show(text));
    }
}
