//! The template of the platform, for whoever has no template of a network.

use super::clauses::{ClauseGroup, TemplateClause};

/// The title of agreements made by it.
pub const PLATFORM_TITLE: &str = "Detacheringsovereenkomst";

/// Group, heading and text of each clause.
const CLAUSES: &[(ClauseGroup, &str, &str)] = &[
    (
        ClauseGroup::Parties,
        "Partijen",
        "{{home}} ({{homeIdentifier}}), de uitlener, vertegenwoordigd door {{homeRepresentative}}.\n\n\
         {{host}} ({{hostIdentifier}}), de inlener, vertegenwoordigd door {{hostRepresentative}}.\n\n\
         {{employee}}, in dienst bij de uitlener als {{function}}, de medewerker.",
    ),
    (
        ClauseGroup::Scope,
        "Werk, periode en uren",
        "De uitlener stelt de medewerker ter beschikking van de inlener voor de klus “{{title}}”, van {{startDate}} tot en met {{endDate}}, voor {{hours}}.\n\n\
         Het beoogde resultaat is: {{intendedResult}}",
    ),
    (
        ClauseGroup::Employment,
        "Dienstverband",
        "De medewerker blijft in dienst van de uitlener. Arbeidsvoorwaarden, rechtspositie en pensioen veranderen niet door deze overeenkomst.",
    ),
    (
        ClauseGroup::Return,
        "Terugkeer",
        "Na afloop keert de medewerker terug bij de uitlener. Afgesproken bestemming: {{returnDestination}}. De terugkeer is uiterlijk op {{returnDate}}, of op de eerste werkdag na een eerder einde.",
    ),
    (
        ClauseGroup::Place,
        "Plaats en werktijden",
        "De medewerker werkt op de plaatsen en tijden die de inlener en de medewerker samen afspreken, binnen de werktijdenregeling van de uitlener.",
    ),
    (
        ClauseGroup::Supervision,
        "Leiding en toezicht",
        "De inlener geeft de medewerker dagelijks leiding en houdt toezicht op het werk. De uitlener blijft bevoegd voor alles wat het dienstverband raakt.",
    ),
    (
        ClauseGroup::LeaveAndIllness,
        "Verlof en ziekte",
        "De medewerker neemt verlof op in overleg met de inlener en meldt het bij de uitlener. Bij ziekte meldt de medewerker zich bij beide. Over uren die niet zijn gewerkt brengt de uitlener niets in rekening.",
    ),
    (
        ClauseGroup::Assessment,
        "Beoordeling en ontwikkeling",
        "De inlener vertelt de uitlener en de medewerker desgevraagd hoe het werk verloopt. Na afloop evalueren de drie partijen de klus.",
    ),
    (
        ClauseGroup::Costs,
        "Kosten",
        "De inlener betaalt {{rate}}. Er komt geen opslag bovenop. De uitlener brengt per maand de goedgekeurde uren in rekening. De waarde van deze overeenkomst is ten hoogste {{value}}. {{references}}",
    ),
    (ClauseGroup::Vat, "Omzetbelasting en aanbesteding", "Omzetbelasting: {{vat}}\n\nAanbesteding: {{procurement}}"),
    (
        ClauseGroup::Liability,
        "Aansprakelijkheid en veiligheid",
        "De inlener zorgt voor veilige werkomstandigheden en is tegenover de uitlener aansprakelijk voor schade die de medewerker bij het werk lijdt of veroorzaakt, behalve bij opzet of bewuste roekeloosheid van de medewerker.",
    ),
    (
        ClauseGroup::Confidentiality,
        "Geheimhouding en integriteit",
        "De medewerker houdt geheim wat vertrouwelijk is, ook na afloop, en houdt zich aan de gedragscode van de inlener. Nevenwerkzaamheden en mogelijke belangenconflicten zijn gemeld.",
    ),
    (
        ClauseGroup::IntellectualProperty,
        "Intellectueel eigendom, middelen en privacy",
        "Wat de medewerker voor de klus maakt is van de inlener, die het als publieke organisatie met anderen mag delen. De inlener stelt de nodige middelen beschikbaar. Partijen verwerken persoonsgegevens alleen voor zover deze overeenkomst dat vraagt.",
    ),
    (
        ClauseGroup::Extension,
        "Verlenging",
        "Vanaf {{talksDate}} bespreken partijen of de klus wordt verlengd. Verlengen gebeurt met een nieuwe versie van deze overeenkomst, die de drie partijen tekenen.",
    ),
    (
        ClauseGroup::EarlyEnd,
        "Voortijdig einde",
        "Elke partij kan deze overeenkomst opzeggen, met een reden en met een termijn van {{noticeWeeks}} weken. Eindigt het dienstverband, dan eindigt ook deze overeenkomst.",
    ),
    (
        ClauseGroup::Takeover,
        "Overname",
        "Wil de inlener de medewerker een vaste aanstelling bieden, dan overlegt hij daarover eerst met de uitlener. Er is geen vergoeding voor verschuldigd.",
    ),
    (
        ClauseGroup::Disputes,
        "Geschillen en recht",
        "Partijen lossen verschillen van mening in overleg op. Op deze overeenkomst is Nederlands recht van toepassing.",
    ),
    (
        ClauseGroup::Annexes,
        "Bijlagen",
        "De omschrijving van de klus en de vrijstellingsafspraak tussen de medewerker en de uitlener horen bij deze overeenkomst.",
    ),
];

/// The clauses of the platform's template.
pub fn platform_clauses() -> Vec<TemplateClause> {
    CLAUSES
        .iter()
        .map(|(group, heading, text)| TemplateClause {
            group: *group,
            heading: (*heading).to_owned(),
            text: (*text).to_owned(),
        })
        .collect()
}
