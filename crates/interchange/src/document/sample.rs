//! Documents for the tests.

use chrono::{TimeZone, Utc};
use domain::Language;

use super::{Block, Document, SignatureBox};

/// A document with these blocks.
pub(super) fn with(blocks: Vec<Block>) -> Document {
    Document {
        language: Language::Dutch,
        title: "Proef".to_owned(),
        subtitle: Vec::new(),
        blocks,
        footer: String::new(),
        created: Utc.with_ymd_and_hms(2026, 3, 1, 9, 30, 0).unwrap(),
    }
}

/// A box in which this party has not signed yet.
pub(super) fn signature(party: &str) -> SignatureBox {
    SignatureBox {
        party: party.to_owned(),
        name: party.to_owned(),
        function: party.to_owned(),
        signed_at: String::new(),
        hash: String::new(),
    }
}

/// Blocks of every sort in which nothing stands.
pub(super) fn empty_blocks() -> Vec<Block> {
    vec![
        Block::Heading { level: 1, text: " ".to_owned() },
        Block::Paragraph(String::new()),
        Block::Paragraph("\u{200b}\n".to_owned()),
        Block::List(vec![]),
        Block::List(vec![String::new()]),
        Block::Facts(vec![]),
        Block::Table { header: vec![], rows: vec![], right_aligned: vec![3] },
        Block::Table { header: vec![], rows: vec![vec![]], right_aligned: vec![] },
        Block::Signatures(vec![]),
    ]
}

/// An agreement of some pages with every sort of block.
pub(super) fn agreement() -> Document {
    let article = |number: u32, title: &str| Block::Heading { level: 1, text: format!("Artikel {number}  {title}") };
    let text = |text: &str| Block::Paragraph(text.to_owned());
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let months = (1..=40).map(|month| {
        vec![
            format!("{month}"),
            format!("Maand {month}: loonkosten en reiskosten"),
            "3,6".to_owned(),
            format!("€ {month}.250,00"),
        ]
    });
    let signed = |party: &str, name: &str, function: &str| SignatureBox {
        party: party.to_owned(),
        name: name.to_owned(),
        function: function.to_owned(),
        signed_at: "1 maart 2026, 10.30 uur".to_owned(),
        hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
    };
    let mut document = with(vec![
        Block::Heading { level: 1, text: "Partijen".to_owned() },
        Block::Facts(vec![
            fact("Uitlener", "Gemeente Zuidwest-Veluwezoom, OIN 00000001111222333000"),
            fact("Inlener", "Coöperatie Waterschap Zeeën en Meren"),
            fact("Medewerker", "Daniëlle van ’t Hof-Beëdigd"),
            fact("Functie", "Adviseur “financiën”, schaal 11, cao Gemeenten; tijdens de detachering beleidsadviseur bij de afdeling Water, met standplaats Lelystad"),
        ]),
        article(1, "Werkzaamheden"),
        text("De medewerker verricht bij de inlener de werkzaamheden die in de bijlage zijn beschreven. De medewerker blijft in dienst van de uitlener; de arbeidsvoorwaarden veranderen niet. De inlener geeft de dagelijkse instructies en ziet toe op veilige omstandigheden (artikel 7:658, vierde lid, van het Burgerlijk Wetboek)."),
        text("De medewerker werkt op:"),
        Block::List(vec![
            "maandag van 9.00 tot 17.00 uur, op kantoor;".to_owned(),
            "dinsdag van 9.00 tot 17.00 uur, thuis of op een andere plaats binnen Nederland die de medewerker en de leidinggevende samen kiezen en die de inlener vooraf heeft goedgekeurd;".to_owned(),
            "donderdag van 9.00 tot 13.00 uur.".to_owned(),
        ]),
        article(2, "Terugkeer"),
        text("Na afloop keert de medewerker terug in de eigen functie. Drie maanden voor het einde spreken uitlener en medewerker hierover."),
        Block::Heading { level: 2, text: "2.1  Verlenging".to_owned() },
        text("Verlengen kan één keer, schriftelijk en met instemming van alle drie de partijen."),
        Block::Rule,
        article(3, "Vergoeding"),
        text("De inlener betaalt per maand achteraf het bedrag in de tabel. Zie https://voorbeeld.example/een/heel/lang/adres/dat/nergens/een/spatie/heeft/en/toch/op/de/bladzijde/moet/passen?zonder=twijfel."),
        Block::Table {
            header: ["Nr.", "Omschrijving", "Dagen per week", "Bedrag"].map(str::to_owned).to_vec(),
            rows: months.collect(),
            right_aligned: vec![0, 2, 3],
        },
        article(4, "Ondertekening"),
        Block::Signatures(vec![
            signed("Gemeente Zuidwest-Veluwezoom", "A. de Boër", "gemeentesecretaris"),
            signed("Coöperatie Waterschap Zeeën en Meren", "B. Çelik", "directeur"),
            SignatureBox { signed_at: String::new(), hash: String::new(), ..signed("Medewerker", "Daniëlle van ’t Hof-Beëdigd", "") },
        ]),
    ]);
    document.title = "Detacheringsovereenkomst".to_owned();
    document.subtitle =
        vec!["Tussen uitlener, inlener en medewerker".to_owned(), "Kenmerk DO-2026-0042, versie 3".to_owned()];
    document.footer = "Detacheringsovereenkomst DO-2026-0042, versie 3".to_owned();
    document
}
