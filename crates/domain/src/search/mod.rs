//! How words are searched: the same terms for a text and for a question, whatever the database.
//!
//! A word is folded, stemmed as Dutch and brought to one form where forms differ too much for stems (adviseur, advies).
//! A compound of known parts yields its parts too: projectleider holds project and leider. What means the same is looked
//! for when it is asked, so that a text is kept as it is.

mod asking;
mod marks;
mod near;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

pub use asking::{AskedWord, MOST_WORDS, Span, Way, asked};
pub use marks::{Fragment, fragments};
pub use near::{near, where_near};

use crate::text_enum;

text_enum! {
    /// Where words were found (vindplaats)
    FoundIn {
        Title = "TITLE", "The title", "Titel";
        IntendedResult = "INTENDED_RESULT", "The intended result", "Beoogd resultaat";
        Description = "DESCRIPTION", "The description", "Omschrijving";
        Skill = "SKILL", "A skill", "Vaardigheid";
        Headline = "HEADLINE", "The headline", "Kopregel";
        FieldOfWork = "FIELD_OF_WORK", "A field of work", "Werkveld";
        CoreQuality = "CORE_QUALITY", "A core quality", "Kernkwaliteit";
        Interest = "INTEREST", "An interest", "Interesse";
        Experience = "EXPERIENCE", "The experience", "Ervaring";
    }
}

text_enum! {
    /// What is suggested to somebody who types (suggestie)
    SuggestionKind {
        Skill = "SKILL", "A skill", "Vaardigheid";
        Word = "WORD", "A word of titles", "Woord uit titels";
        Region = "REGION", "A region", "Regio";
        Organisation = "ORGANISATION", "An organisation", "Organisatie";
    }
}

/// The terms of a text, each with how much it counts: a word itself 2, a part of one 1.
pub fn weighed(text: &str) -> BTreeMap<String, i64> {
    let mut found = BTreeMap::new();
    for (term, weight) in reading::words(text).iter().flat_map(reading::terms_of) {
        let best = found.entry(term).or_insert(weight);
        *best = weight.max(*best);
    }
    found
}

/// Where the terms stand of words that begin so.
pub fn where_beginning(folded: &str) -> Vec<Span> {
    let until = |from: &String| format!("{from}\u{10ffff}");
    reading::beginnings(folded).into_iter().map(|from| Span { until: until(&from), from }).collect()
}

/// The words of a text that begin so, in lower case, as they are written.
pub fn words_beginning(text: &str, folded: &str) -> Vec<String> {
    let words = reading::words(text).into_iter().filter_map(|word| text.get(word.place));
    words.filter(|word| crate::fold(word).starts_with(folded)).map(str::to_lowercase).collect()
}

/// The terms of a text.
pub fn terms(text: &str) -> BTreeSet<String> {
    weighed(text).into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(text: &str) -> Vec<(String, i64)> {
        weighed(text).into_iter().collect()
    }

    #[track_caller]
    fn finds(question: &str, text: &str) -> bool {
        let terms = terms(text);
        asked(question).iter().all(|word| word.is_among(&terms))
    }

    #[test]
    fn a_compound_finds_its_parts_and_a_part_finds_its_compounds() {
        for (question, text) in [
            ("projectleider", "Leider van het project"),
            ("leider", "Wij zoeken een projectleider"),
            ("subsidieadviseur", "Advies over subsidies"),
            ("vergunning", "Een omgevingsvergunning op tijd"),
            ("beleidsmedewerker", "Medewerker beleid"),
            ("gemeenteraad", "De raad van de gemeente"),
            ("informatiebeveiliging", "beveiliging van informatie"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        assert!(!finds("projectleider", "Een project zonder baas"));
        assert!(!finds("subsidieadviseur", "Advies over water"));
    }

    #[test]
    fn a_known_part_finds_compounds_of_which_the_rest_is_not_known() {
        for (question, text) in [
            ("klimaat", "Klimaatstresstest vertalen"),
            ("omgeving", "Een prettige werkomgeving"),
            ("water", "De afvalwaterzuivering in Den Bosch"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        assert!(!finds("klimaatstresstest", "Het klimaat verandert"), "a question has to be met whole");
    }

    #[test]
    fn inflections_diacritics_and_beginnings_do_not_matter() {
        for (question, text) in [
            ("subsidie", "Subsidies aanvragen"),
            ("brieven", "Een brief in gewone taal"),
            ("CREËREN", "creeren"),
            ("onderhand", "Onderhandelen"),
            ("vergunningen", "Een vergunning"),
            ("huizen", "een huis"),
            ("adviezen", "een advies"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        assert!(!finds("bos", "bosje bloemen"), "short words are found whole");
    }

    #[test]
    fn a_compound_that_is_a_word_itself_is_split_too() {
        for (question, text) in [
            ("transitie", "De energietransitie in de wijk"),
            ("energie", "De energietransitie in de wijk"),
            ("ouderenzorg", "Zorg voor ouderen"),
            ("data-analyse", "Analyse van gegevens"),
            ("e-depot", "Aansluiten op het edepot"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
    }

    #[test]
    fn forms_of_a_verb_are_one_word() {
        for (question, text) in [
            ("onderzoeken", "Je onderzoekt wat het kost"),
            ("organiseren", "Georganiseerd door de wijk"),
            ("adviseren", "Zij adviseert de raad"),
            ("schrijven", "Wie schrijft, die blijft"),
            ("begeleider", "Jij begeleidt het gesprek"),
            ("testen", "De nieuwe versie is getest"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        assert!(!finds("markt", "merken") && !finds("test", "tessen"), "a word in -t that is no verb stays");
    }

    #[test]
    fn what_means_the_same_is_found_below_the_word_itself() {
        for (question, text) in [
            ("wob", "Besluiten op grond van de Wet open overheid"),
            ("wet open overheid", "Jurist Woo"),
            ("personeelszaken", "Adviseur HR"),
            ("klare taal", "Schrijven in begrijpelijke taal"),
            ("cyber security", "Informatiebeveiliging"),
        ] {
            assert!(finds(question, text), "{question} in {text}: {:?} {:?}", asked(question), terms(text));
        }
        let word = asked("wob").remove(0);
        assert!(word.score(&weights("wob")) > word.score(&weights("woo")));
        assert!(!finds("open", "Jurist Woo"), "a part of a phrase does not mean the phrase");
    }

    #[test]
    fn a_whole_word_counts_more_than_its_parts() {
        let word = asked("projectleider").remove(0);
        let score = |text: &str| word.score(&weights(text));
        assert!(score("projectleider") > score("projectleiderschap"));
        assert!(score("projectleider") > score("leider van een project"));
        assert_eq!(score("stadsbos"), 0);
    }

    #[test]
    fn only_what_is_spelled_nearly_alike_is_near() {
        let terms = ["griffier", "griffie", "gras", "graffiti"].map(str::to_owned);
        assert_eq!(near("griffeir", terms.clone()), [vec!["griffier"], vec!["griffie"]]);
        assert!(near("gros", ["gast".to_owned()]).is_empty() && near("gra", terms).is_empty());
        assert_eq!((where_near("gra"), where_near("gras").unwrap().0), (None, "g".to_owned()));
    }

    #[test]
    fn questions_are_bounded_and_hold_no_syntax() {
        let long = (0..50).map(|number| format!("w{number}x")).collect::<Vec<_>>().join(" ");
        assert_eq!(asked(&long).len(), MOST_WORDS);
        assert!(asked("\"* : <-> %_'").is_empty() && asked("de van het").is_empty());
        assert!(terms(&"a".repeat(500)).iter().all(|term| term.chars().count() <= reading::LONGEST));
    }
}
