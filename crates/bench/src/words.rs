//! Texts as they stand in klussen: words of the trade, the common ones often, in sentences that need not make sense.

use crate::draw::Draw;

/// In one of three open klussen.
pub(crate) const COMMON: &str = "vergunningen";
/// In one of thirty.
pub(crate) const MEDIUM: &str = "subsidieregeling";
/// In one of a thousand.
pub(crate) const RARE: &str = "beverburcht";

const WORDS: &[&str] = &[
    "de",
    "een",
    "van",
    "met",
    "voor",
    "het",
    "team",
    "gemeente",
    "beleid",
    "inwoners",
    "project",
    "advies",
    "plan",
    "uitvoering",
    "bestuur",
    "college",
    "raad",
    "nota",
    "onderzoek",
    "analyse",
    "gegevens",
    "proces",
    "kwaliteit",
    "dienstverlening",
    "samenwerking",
    "regio",
    "wijk",
    "buurt",
    "jeugd",
    "zorg",
    "welzijn",
    "sport",
    "cultuur",
    "erfgoed",
    "onderwijs",
    "participatie",
    "werk",
    "inkomen",
    "schulden",
    "armoede",
    "wonen",
    "woningbouw",
    "ruimte",
    "omgevingsplan",
    "omgevingsvisie",
    "bestemmingsplan",
    "mobiliteit",
    "verkeer",
    "fietspaden",
    "parkeren",
    "groen",
    "water",
    "riolering",
    "klimaat",
    "energietransitie",
    "warmtenet",
    "zonnepanelen",
    "isolatie",
    "afval",
    "milieu",
    "toezicht",
    "handhaving",
    "veiligheid",
    "crisisbeheersing",
    "openbare",
    "orde",
    "burgerzaken",
    "paspoorten",
    "verkiezingen",
    "belastingen",
    "begroting",
    "jaarrekening",
    "controle",
    "inkoop",
    "aanbesteding",
    "contracten",
    "juridisch",
    "bezwaar",
    "beroep",
    "privacy",
    "informatiebeveiliging",
    "archief",
    "documenten",
    "openbaarheid",
    "applicatiebeheer",
    "architectuur",
    "datakwaliteit",
    "dashboards",
    "kaarten",
    "basisregistratie",
    "adressen",
    "personeel",
    "opleiding",
    "loopbaan",
    "werving",
    "ziekteverzuim",
    "arbeidsvoorwaarden",
    "communicatie",
    "website",
    "nieuwsbrief",
    "campagne",
    "huisstijl",
    "evenementen",
    "toerisme",
    "economie",
    "ondernemers",
    "bedrijventerreinen",
    "detailhandel",
    "markten",
    "havens",
    "bruggen",
    "sluizen",
    "dijken",
    "natuur",
    "biodiversiteit",
    "bomen",
    "landbouw",
    "stikstof",
    "bodem",
    "geluid",
    "lucht",
    "gezondheid",
    "ouderen",
    "vrijwilligers",
    "mantelzorg",
    "inburgering",
    "opvang",
    "statushouders",
    "discriminatie",
    "inclusie",
    "toegankelijkheid",
    "digitalisering",
    "algoritmen",
    "automatisering",
    "werkplekken",
    "servicedesk",
    "facilitair",
    "vastgoed",
    "grondzaken",
    "taxaties",
];

/// A few words that begin with a capital.
pub(crate) fn title(draw: &mut Draw) -> String {
    let words: Vec<&str> = (0..5).map(|_| draw.one(WORDS)).collect();
    capital(&words.join(" "))
}

/// As many sentences; `held` stands in the first where it is given.
pub(crate) fn text(draw: &mut Draw, sentences: usize, held: &[&str]) -> String {
    let sentence = |number: usize, draw: &mut Draw| {
        let mut words: Vec<&str> = (0..12).map(|_| WORDS[draw.skewed(WORDS.len())]).collect();
        if number == 0 {
            words.extend(held);
        }
        format!("{}.", capital(&words.join(" ")))
    };
    (0..sentences).map(|number| sentence(number, draw)).collect::<Vec<_>>().join(" ")
}

/// The words that a klus of this number holds so that they can be searched.
pub(crate) fn held(number: usize) -> Vec<&'static str> {
    let every = [(3, COMMON), (30, MEDIUM), (1000, RARE)];
    every.into_iter().filter(|(every, _)| number.is_multiple_of(*every)).map(|(_, word)| word).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
