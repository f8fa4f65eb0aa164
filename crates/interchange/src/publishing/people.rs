//! People in the spotlight: the business card that its owner opened to everybody.

use askama::Template;
use uuid::Uuid;

/// A public business card: what its owner put there, and no more.
#[derive(Debug, Clone, Default)]
pub struct PublicPerson {
    /// Identifies the profile.
    pub id: Uuid,
    /// Where the card is shown.
    pub link: String,
    /// The name, where the owner put it on the card.
    pub name: Option<String>,
    /// One line that says it all.
    pub headline: Option<String>,
    /// Fields of work.
    pub fields_of_work: Vec<String>,
    /// Core qualities.
    pub core_qualities: Vec<String>,
    /// Interests.
    pub interests: Vec<String>,
    /// Skills.
    pub skills: Vec<String>,
    /// What they have done.
    pub experience: Option<String>,
}

impl PublicPerson {
    pub(super) fn heading(&self) -> &str {
        self.name.as_deref().or(self.headline.as_deref()).unwrap_or("Visitekaartje")
    }

    /// The headline, where it does not stand above the card already.
    pub(super) fn line(&self) -> Option<&str> {
        self.headline.as_deref().filter(|_| self.name.is_some())
    }

    pub(super) fn summary(&self) -> String {
        let words = self.fields_of_work.iter().chain(&self.core_qualities).chain(&self.skills);
        words.take(5).map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let facts = [
            ("Werkvelden", &self.fields_of_work),
            ("Kernkwaliteiten", &self.core_qualities),
            ("Interesses", &self.interests),
            ("Vaardigheden", &self.skills),
        ];
        facts.into_iter().filter(|(_, words)| !words.is_empty()).map(|(name, words)| (name, words.join(", "))).collect()
    }
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage<'a> {
    person: &'a PublicPerson,
    public_url: &'a str,
}

#[derive(Template)]
#[template(path = "person_list.html")]
struct PersonList<'a> {
    people: &'a [PublicPerson],
    feed: &'a str,
}

/// The page of a public card.
pub fn person_page(person: &PublicPerson, public_url: &str) -> Result<String, askama::Error> {
    PersonPage { person, public_url }.render()
}

/// A list of public cards, to stand in a frame on a page of others; `feed` is where the same is read by machines.
pub fn person_list(people: &[PublicPerson], feed: &str) -> Result<String, askama::Error> {
    PersonList { people, feed }.render()
}
