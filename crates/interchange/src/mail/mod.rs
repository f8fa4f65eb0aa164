//! Mail that tells somebody of their notifications: a subject, and the same as text and as HTML.

use askama::Template;
use domain::Language;

/// What somebody is told.
#[derive(Debug, Clone)]
pub struct Letter {
    /// In which language.
    pub language: Language,
    /// The notifications, oldest first.
    pub items: Vec<Item>,
    /// Where they read more, if that is known.
    pub inbox: Option<String>,
    /// Where they end this mail.
    pub stop: String,
}

/// A notification.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it tells.
    pub title: String,
    /// In which role, and for which organisation.
    pub role: Option<String>,
    /// The klussen that a saved search found.
    pub klussen: Vec<Found>,
}

/// A klus that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub organisation: String,
    /// Its page, where it has one.
    pub link: Option<String>,
}

/// A letter as it is sent.
#[derive(Debug, Clone)]
pub struct Written {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    letter: &'a Letter,
    intro: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    letter: &'a Letter,
    subject: &'a str,
    intro: String,
}

impl Letter {
    /// Writes it.
    pub fn write(mut self) -> Result<Written, askama::Error> {
        for found in self.items.iter_mut().flat_map(|item| &mut item.klussen) {
            found.title = one_line(&found.title);
            found.organisation = one_line(&found.organisation);
        }
        for item in &mut self.items {
            item.role = item.role.as_deref().map(one_line);
        }
        let subject = match self.items.as_slice() {
            [only] => one_line(&only.title),
            many => format!("{} {}", many.len(), self.pick("notifications in Klusnet", "meldingen in Klusnet")),
        };
        let intro = self.intro();
        let text = Text { letter: &self, intro: intro.clone() }.render()?;
        let html = Html { letter: &self, subject: &subject, intro }.render()?;
        Ok(Written { subject, text, html })
    }

    fn intro(&self) -> String {
        let one = self.items.len() == 1;
        match self.language {
            Language::Dutch if one => "U hebt een nieuwe melding.".to_owned(),
            Language::Dutch => format!("U hebt {} nieuwe meldingen.", self.items.len()),
            Language::English if one => "You have a new notification.".to_owned(),
            Language::English => format!("You have {} new notifications.", self.items.len()),
        }
    }

    fn pick(&self, english: &'static str, dutch: &'static str) -> &'static str {
        self.language.pick(english, dutch)
    }
}

/// Text of others as part of a line: it cannot begin another.
fn one_line(text: &str) -> String {
    let text: String =
        text.chars().map(|c| if c.is_control() || "\u{2028}\u{2029}".contains(c) { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(language: Language, titles: &[&str]) -> Letter {
        let found = |title: &&str| Found {
            title: (*title).to_owned(),
            organisation: "Gemeente <Oss>".to_owned(),
            link: Some("https://klusnet.test/klussen/1".to_owned()),
        };
        let klussen = titles.iter().map(found).collect();
        let title = "Nieuwe klussen passen bij uw zoekopdracht".to_owned();
        let items = vec![Item { title, role: None, klussen }];
        Letter { language, items, inbox: None, stop: "https://klusnet.test/mail/stop/geheim".to_owned() }
    }

    #[test]
    fn what_others_wrote_is_text_on_its_own_line_and_nothing_else() {
        let written = letter(Language::Dutch, &["<b>Gratis</b>\r\nBcc: iedereen", "Data & duiding"]).write().unwrap();
        assert_eq!(written.subject, "Nieuwe klussen passen bij uw zoekopdracht");
        assert!(written.text.contains("- <b>Gratis</b> Bcc: iedereen (Gemeente <Oss>)\n"), "{}", written.text);
        assert!(written.text.contains("- Data & duiding (Gemeente <Oss>)\n"), "{}", written.text);
        assert!(!written.html.contains("<b>") && !written.html.contains("<Oss>"), "{}", written.html);
        assert!(written.html.contains("lang=\"nl\"") && written.text.contains("U hebt een nieuwe melding."));
        assert!(written.text.contains("https://klusnet.test/mail/stop/geheim"), "{}", written.text);
    }

    #[test]
    fn many_are_counted_in_the_language_of_the_reader() {
        let mut letter = letter(Language::English, &["One"]);
        letter.items.push(letter.items[0].clone());
        letter.inbox = Some("https://portaal.test/meldingen".to_owned());
        let written = letter.write().unwrap();
        assert_eq!(written.subject, "2 notifications in Klusnet");
        assert!(written.text.contains("You have 2 new notifications.") && written.html.contains("lang=\"en\""));
        assert!(written.html.contains("href=\"https://portaal.test/meldingen\""), "{}", written.html);
    }
}
