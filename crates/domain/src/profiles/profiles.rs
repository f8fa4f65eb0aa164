//! Profiles: what somebody says of themselves. Only the owner writes.

use super::visibility::{Visibility, VisibilityLevel};
use crate::vocabulary::EducationLevel;
use crate::{Faults, Moment, PersonId, ProfileId, Refusal, fold, text_enum};

text_enum! {
    /// How far somebody is as an entrepreneurial civil servant (niveau van ondernemerschap), as they state it
    EntrepreneurshipLevel {
        Exploring = "EXPLORING", "Exploring", "Verkennend";
        Starting = "STARTING", "Starting", "Startend";
        Practising = "PRACTISING", "Practising", "Ervaring opdoend";
        Experienced = "EXPERIENCED", "Experienced", "Ervaren";
    }
}

/// A profile (profiel). Its id is drawn at random and tells neither whose it is nor since when it exists.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Identifies it.
    pub id: ProfileId,
    /// Counts its changes; 0 for the defaults of somebody who has not saved anything yet.
    pub revision: i64,
    /// Whose it is.
    pub person: PersonId,
    /// What it says.
    pub details: ProfileDetails,
    /// To whom it is shown.
    pub visibility: Visibility,
    /// When something was first saved.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

/// What a profile says; everything may be left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileDetails {
    /// One line that says it all.
    pub headline: Option<String>,
    /// Fields of work (werkvelden).
    pub fields_of_work: Vec<String>,
    /// Core qualities (kernkwaliteiten).
    pub core_qualities: Vec<String>,
    /// Interests.
    pub interests: Vec<String>,
    /// What they want to achieve; not on any card.
    pub ambition: Option<String>,
    /// What they have done (ervaring).
    pub experience: Option<String>,
    /// The level of education.
    pub education_level: Option<EducationLevel>,
    /// How far they are as an entrepreneurial civil servant.
    pub entrepreneurship_level: Option<EntrepreneurshipLevel>,
}

impl Profile {
    /// The profile of somebody who has not saved anything yet.
    pub fn empty(id: ProfileId, person: PersonId, now: Moment) -> Self {
        let (details, visibility) = (ProfileDetails::default(), Visibility::default());
        Self { id, revision: 0, person, details, visibility, created_at: now, modified_at: now }
    }

    /// Says something else. `telling` are the names that would tell who it is: of the owner and of the employers.
    pub fn revise(self, details: ProfileDetails, telling: &[String], now: Moment) -> Result<Self, Refusal> {
        details.check(telling)?;
        Ok(Self { details, modified_at: now, ..self })
    }

    /// Whether its public card shows the name.
    pub fn is_named_in_public(&self) -> bool {
        self.visibility.level == VisibilityLevel::V5 && self.visibility.name_on_public_card
    }

    /// Shows it to others, at once.
    pub fn show(self, visibility: Visibility, now: Moment) -> Self {
        Self { visibility, modified_at: now, ..self }
    }
}

impl ProfileDetails {
    fn check(&self, telling: &[String]) -> Result<(), Refusal> {
        let mut faults = Faults::default();
        let lists = [
            ("fieldsOfWork", &self.fields_of_work),
            ("coreQualities", &self.core_qualities),
            ("interests", &self.interests),
        ];
        for (field, words) in lists {
            let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
            for (index, word) in folded.iter().enumerate() {
                let name = format!("{field}.{index}");
                faults.unless(!folded.iter().take(index).any(|earlier| earlier == word), &name, "must be named once");
                faults.unless(!tells(word, telling), &name, TELLS);
            }
        }
        for (field, text) in [("headline", &self.headline), ("experience", &self.experience)] {
            faults.unless(!text.as_ref().is_some_and(|text| tells(text, telling)), field, TELLS);
        }
        faults.finish()
    }

    /// Everything a search for words looks at: what every card shows, and nothing that a card withholds.
    pub fn searched(&self) -> Vec<&str> {
        let Self {
            headline,
            fields_of_work,
            core_qualities,
            interests,
            ambition: _, // on no card
            experience,
            education_level: _,
            entrepreneurship_level: _,
        } = self;
        let texts = [headline, experience].into_iter().flatten();
        let words = [fields_of_work, core_qualities, interests].into_iter().flatten();
        texts.chain(words).map(String::as_str).collect()
    }
}

const TELLS: &str = "must name neither you nor your employer: it stands on the card that is shown without a name";

/// Whether one of the names stands in the text as whole words.
fn tells(text: &str, names: &[String]) -> bool {
    let plain = |text: &str| {
        let words: String = fold(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let text = plain(text);
    names.iter().map(|name| plain(name)).any(|name| !name.trim().is_empty() && text.contains(&name))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn empty() -> Profile {
        Profile::empty(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), "2027-03-01T09:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_profile_begins_at_v2_and_says_nothing() {
        let profile = empty();
        assert_eq!(profile.visibility.level, VisibilityLevel::V2);
        assert_eq!(profile.details, ProfileDetails::default());
        assert!(!profile.visibility.name_on_public_card);
    }

    #[test]
    fn what_stands_on_the_card_without_a_name_does_not_tell_who_it_is() {
        let telling = ["Lieke de Wit".to_owned(), "Gemeente Oss".to_owned(), String::new()];
        let says = |headline: &str| {
            let details = ProfileDetails { headline: Some(headline.to_owned()), ..ProfileDetails::default() };
            let now = "2027-03-01T09:00:00Z".parse().unwrap();
            empty().revise(details, &telling, now).err().map(|refusal| refusal.faults.len())
        };
        assert_eq!(says("Jurist met een wit voetje bij gemeenten"), None);
        assert_eq!(says("Jurist bij gemeente  OSS, al jaren"), Some(1));
        assert_eq!(says("Líeke de Wit"), Some(1));
        assert_eq!(says("De gemeente Ossendrecht"), None);
        let details = ProfileDetails { ambition: Some("Gemeente Oss helpen".to_owned()), ..ProfileDetails::default() };
        let now = "2027-03-01T09:00:00Z".parse().unwrap();
        assert!(empty().revise(details, &telling, now).is_ok(), "the ambition is on no card");
    }

    #[test]
    fn a_word_is_named_once() {
        let details = ProfileDetails {
            interests: vec!["Zorg".to_owned(), "wonen".to_owned(), " zórg".to_owned()],
            ..ProfileDetails::default()
        };
        let refusal = empty().revise(details, &[], "2027-03-01T09:00:00Z".parse().unwrap()).unwrap_err();
        assert_eq!(refusal.faults[0].name, "interests.2");
    }
}
