//! Mattermost: Markdown, in which names after `@` are called.

use domain::Language;

use super::{Content, Post, calling_nobody, markdown, post};

/// A message for an incoming webhook.
pub(super) fn message(language: Language, content: &Content<'_>) -> Post {
    post(language, content, escape, |title, link| format!("[{title}]({link})"), |text| format!("**{text}**"))
}

fn escape(text: &str) -> String {
    // Short names between colons are pictures, and a tilde begins the name of a channel.
    calling_nobody(&markdown(text)).replace(':', &format!(":{}", super::NOTHING_SEEN))
}
