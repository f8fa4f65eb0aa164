//! Messages to a chat: klussen in the words of Teams, Slack and Mattermost. What others wrote stands in them as text and
//! calls nobody.

mod mattermost;
mod slack;
mod teams;
#[cfg(test)]
mod tests;
mod words;

use domain::Language;
use domain::exchange::channels::ChannelKind;
use serde::Serialize;

use crate::publishing::Klus;

/// As many klussen as a message names at most.
pub const MOST_KLUSSEN: usize = 20;
/// How long a message of Teams can be: 28 kB, and some room for what carries it.
pub const TEAMS_BYTES: usize = 27_000;
/// How long a message of the others can be: Mattermost takes 16,383 characters of text.
const OTHER_BYTES: usize = 16_000;

/// A klus that a chat is told of.
#[derive(Debug, Clone)]
pub struct Told {
    /// The klus.
    pub klus: Klus,
    /// Whether everybody can read it at its link.
    pub has_page: bool,
}

/// A message as it is posted.
#[derive(Debug, Clone)]
pub struct Message {
    /// The JSON.
    pub body: Vec<u8>,
    /// How many klussen it names: the first so many.
    pub named: usize,
}

/// What a message says.
enum Content<'a> {
    /// Klussen, and how many more there are.
    Klussen(&'a [Told], usize),
    /// That it is a test of the channel with this name.
    Test(&'a str),
}

/// Tells of klussen: as many as a message of this kind holds, and how many more there are.
pub fn message(kind: ChannelKind, language: Language, klussen: &[Told]) -> Result<Message, serde_json::Error> {
    let most = if kind == ChannelKind::Teams { TEAMS_BYTES } else { OTHER_BYTES };
    let mut named = klussen.len().min(MOST_KLUSSEN);
    loop {
        let (told, rest) = klussen.split_at(named);
        let body = written(kind, language, &Content::Klussen(told, rest.len()))?;
        if body.len() <= most || named <= 1 {
            return Ok(Message { body, named });
        }
        named -= 1;
    }
}

/// A message that tests a channel, which is called so.
pub fn test_message(kind: ChannelKind, language: Language, name: &str) -> Result<Message, serde_json::Error> {
    Ok(Message { body: written(kind, language, &Content::Test(name))?, named: 0 })
}

fn written(kind: ChannelKind, language: Language, content: &Content<'_>) -> Result<Vec<u8>, serde_json::Error> {
    match kind {
        ChannelKind::Teams => serde_json::to_vec(&teams::message(language, content)),
        ChannelKind::Slack => serde_json::to_vec(&slack::message(language, content)),
        ChannelKind::Mattermost => serde_json::to_vec(&mattermost::message(language, content)),
    }
}

/// A message of Slack, which Mattermost takes too.
#[derive(Debug, Serialize)]
struct Post {
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
}

/// What stands below it.
#[derive(Debug, Serialize)]
struct Attachment {
    fallback: String,
    fields: Vec<Field>,
}

#[derive(Debug, Serialize)]
struct Field {
    title: &'static str,
    value: String,
    short: bool,
}

/// A message that says a heading, and each klus on a line; a single one with its facts below it. `escape` makes text of
/// others harmless, `linked` makes a link of harmless text, `strong` stresses it.
fn post(
    language: Language,
    content: &Content<'_>,
    escape: fn(&str) -> String,
    linked: impl Fn(&str, &str) -> String,
    strong: impl Fn(&str) -> String,
) -> Post {
    let title = |told: &Told| {
        let title = escape(&line(&told.klus.title));
        if told.has_page { linked(&title, &told.klus.link) } else { title }
    };
    let (told, more) = match content {
        Content::Test(name) => {
            let text = format!("{}\n{}", strong(&words::test(language)), escape(&words::tested(language, &line(name))));
            return Post { text, attachments: Vec::new() };
        }
        Content::Klussen(told, more) => (told, *more),
    };
    let heading = strong(&words::heading(language, told.len() + more));
    if let ([only], 0) = (told, more) {
        let facts = words::facts(language, &only.klus).into_iter();
        let fields = facts.map(|(title, value)| Field { title, value: escape(&line(&value)), short: true }).collect();
        let fallback = escape(&format!("{}, {}", line(&only.klus.title), line(&only.klus.organisation)));
        return Post {
            text: format!("{heading}: {}", title(only)),
            attachments: vec![Attachment { fallback, fields }],
        };
    }
    let lines = told.iter().map(|told| {
        let facts: Vec<String> = words::said(language, &told.klus).iter().map(|fact| escape(&line(fact))).collect();
        format!("• {} ({})", title(told), facts.join(", "))
    });
    let rest = (more > 0).then(|| words::more(language, more));
    let text = std::iter::once(heading).chain(lines).chain(rest).collect::<Vec<_>>().join("\n");
    Post { text, attachments: Vec::new() }
}

/// Text of others on one line, read from left to right as it is written.
fn line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let text: String = text.chars().filter(|c| !turns(*c)).map(|c| if is_break(c) { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands between characters that would mean something together; it is not seen.
const NOTHING_SEEN: char = '\u{200b}';

/// Nobody is called by name, and neither is everybody.
fn calling_nobody(text: &str) -> String {
    text.chars().flat_map(|c| [Some(c), (c == '@' || c == '＠').then_some(NOTHING_SEEN)]).flatten().collect()
}

/// Text in Markdown, in which nothing means anything.
fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (place, c) in text.chars().enumerate() {
        // These begin a list, a heading or a quotation where they come first.
        let begins =
            (place == 0 && matches!(c, '+' | '-' | '#')) || (digits > 0 && place == digits && matches!(c, '.' | ')'));
        if begins || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '>' | '!' | '|' | '~') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
