//! Slack: `mrkdwn`, in which `&`, `<` and `>` mean something (Formatting text for app surfaces).

use domain::Language;

use super::{Content, Post, calling_nobody, post};

/// A message for an incoming webhook.
pub(super) fn message(language: Language, content: &Content<'_>) -> Post {
    post(language, content, escape, |title, link| format!("<{link}|{title}>"), |text| format!("*{text}*"))
}

/// Calls such as `<!channel>` are no more than text, and so are links and stresses of others.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in calling_nobody(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // In a link this stands before its title, and the others stress what is between two of them.
            '|' => escaped.push('¦'),
            '*' | '_' | '~' | '`' => escaped.extend([super::NOTHING_SEEN, c, super::NOTHING_SEEN]),
            _ => escaped.push(c),
        }
    }
    escaped
}
