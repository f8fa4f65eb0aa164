//! Teams: an Adaptive Card 1.4 in the message that a workflow takes (When a Teams webhook request is received).

use domain::Language;
use serde::Serialize;

use super::{Content, NOTHING_SEEN, Told, line, markdown, words};

/// What a workflow takes.
#[derive(Debug, Serialize)]
pub(super) struct Message {
    #[serde(rename = "type")]
    kind: &'static str,
    attachments: [Attached; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Attached {
    content_type: &'static str,
    content_url: Option<&'static str>,
    content: Card,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    #[serde(rename = "$schema")]
    schema: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    lang: &'static str,
    fallback_text: String,
    body: Vec<Element>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type")]
enum Element {
    TextBlock(TextBlock),
    Container { separator: bool, items: Vec<Element> },
    FactSet { facts: Vec<Fact> },
    ActionSet { actions: Vec<Action> },
}

#[derive(Debug, Serialize)]
struct TextBlock {
    text: String,
    wrap: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Fact {
    title: &'static str,
    value: String,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type")]
enum Action {
    #[serde(rename = "Action.OpenUrl")]
    OpenUrl { title: &'static str, url: String },
}

/// The message with its card.
pub(super) fn message(language: Language, content: &Content<'_>) -> Message {
    let (heading, body) = match content {
        Content::Test(name) => {
            let text = escape(&words::tested(language, &line(name)));
            (words::test(language), vec![text_block(text, None, None)])
        }
        Content::Klussen(told, more) => {
            let rest = (*more > 0).then(|| text_block(words::more(language, *more), None, None));
            let body = told.iter().map(|told| container(language, told)).chain(rest).collect();
            (words::heading(language, told.len() + more), body)
        }
    };
    let mut elements = vec![text_block(heading.clone(), Some("Medium"), Some("Bolder"))];
    elements.extend(body);
    let content = Card {
        schema: "http://adaptivecards.io/schemas/adaptive-card.json",
        kind: "AdaptiveCard",
        version: "1.4",
        lang: language.tag(),
        fallback_text: heading,
        body: elements,
    };
    let content_type = "application/vnd.microsoft.card.adaptive";
    Message { kind: "message", attachments: [Attached { content_type, content_url: None, content }] }
}

fn container(language: Language, told: &Told) -> Element {
    let facts = words::facts(language, &told.klus).into_iter();
    let facts = facts.map(|(title, value)| Fact { title, value: escape(&line(&value)) }).collect();
    let mut items = vec![text_block(escape(&line(&told.klus.title)), None, Some("Bolder")), Element::FactSet { facts }];
    if told.has_page {
        let open = Action::OpenUrl { title: words::open(language), url: told.klus.link.clone() };
        items.push(Element::ActionSet { actions: vec![open] });
    }
    Element::Container { separator: true, items }
}

fn text_block(text: String, size: Option<&'static str>, weight: Option<&'static str>) -> Element {
    Element::TextBlock(TextBlock { text, wrap: true, size, weight })
}

/// Cards take some Markdown, and replace moments between double braces.
fn escape(text: &str) -> String {
    markdown(text).replace("{{", &format!("{{{NOTHING_SEEN}{{"))
}
