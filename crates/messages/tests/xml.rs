//! What is plain XML, and what is left to a full parser.
#![allow(clippy::unwrap_used)]

use messages::document::{Document, Element, NOWHERE};
use messages::xml::parse;

fn tags(document: &Document<'_>) -> Vec<String> {
    let named = |one: &Element<'_>| format!("{}|{}", document.namespaces[one.namespace as usize], one.name);
    document.elements.iter().map(named).collect()
}

#[test]
fn a_plain_document_is_a_tree_with_its_texts() {
    let raw =
        "<?xml version='1.0' encoding='UTF-8'?>\n<a xmlns='u:a' k=\"v\">x<p:b xmlns:p='u:b'>A &amp; B</p:b>y<c/></a>\n";
    let found = parse(raw).unwrap();
    assert_eq!(tags(&found), ["u:a|a", "u:b|b", "u:a|c"]);
    assert_eq!((&*found.at(0).text, &*found.at(1).text, &*found.at(1).tail), ("x", "A & B", "y"));
    assert_eq!(found.children(0).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((found.at(2).before, found.at(2).next, found.at(0).parent), (1, NOWHERE, NOWHERE));
    assert_eq!((found.attributes(0)[0].name, found.attributes(0)[0].value), ("k", "v"));
}

#[test]
fn a_comment_parts_no_text() {
    let found = parse("<!-- a --><a>x<!-- <b/> -->y<b/>z<!----></a>\n<!-- c -->").unwrap();
    assert_eq!((tags(&found).len(), &*found.at(0).text, &*found.at(1).tail), (2, "xy", "z"));
}

#[test]
fn what_is_not_plain_is_left_to_a_full_parser() {
    for raw in [
        "",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "x<a/>",
        "<a/>x",
        "<a>&#65;</a>",
        "<a>&x;</a>",
        "<a>]]></a>",
        "<a><!-- x -- y --></a>",
        "<a><!-- x ---></a>",
        "<a><!-- x </a>",
        "<a><![CDATA[x]]></a>",
        "<!DOCTYPE a><a/>",
        "<?x y?><a/>",
        " <?xml version='1.0'?><a/>",
        "<?xml version='1.1'?><a/>",
        "<?xml version='1.0' encoding='latin-1'?><a/>",
        "<p:a/>",
        "<a p:k='v'/>",
        "<a k='1' k='2'/>",
        "<a k='1'l='2'/>",
        "<a k='<'/>",
        "<a k='&amp;'/>",
        "<a xmlns=''/>",
        "<a xmlns:xmlq='u'/>",
        "<a xmlns:p='u' xmlns:p='v'/>",
        "<1a/>",
        "<a:b:c/>",
        "<\u{e9}/>",
        "<a>\r</a>",
        "<a>\u{1}</a>",
        "< a/>",
        "<a / >",
    ] {
        assert!(parse(raw).is_none(), "{raw:?}");
    }
    assert!(parse(&("<a>".repeat(300) + &"</a>".repeat(300))).is_none());
}
