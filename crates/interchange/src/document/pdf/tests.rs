use super::super::{Block, Document, sample};
use super::*;

fn read(document: &Document) -> lopdf::Document {
    lopdf::Document::load_mem(&pdf(document).unwrap()).unwrap()
}

fn pages(file: &lopdf::Document) -> Vec<String> {
    file.get_pages().keys().map(|page| file.extract_text(&[*page]).unwrap()).collect()
}

/// The text of all pages in one line.
fn words(document: &Document) -> String {
    pages(&read(document)).join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn contains(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn the_file_says_that_it_is_pdf_a_and_has_its_fonts_and_colours_inside() {
    let bytes = pdf(&sample::agreement()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/GTS_PDFA1",
        "/DestOutputProfile",
        "/FontFile2",
        "/StructTreeRoot",
        "/Marked true",
        "/Outlines",
        "/Lang(nl)",
    ] {
        assert!(contains(&bytes, part), "{part}");
    }
    assert!(!contains(&bytes, "/JavaScript"));
}

#[test]
fn equal_documents_give_equal_bytes() {
    let first = pdf(&sample::agreement()).unwrap();
    for _ in 0..3 {
        assert!(first == pdf(&sample::agreement()).unwrap());
    }
    let later = Document { created: sample::agreement().created + chrono::Duration::days(1), ..sample::agreement() };
    assert!(first != pdf(&later).unwrap());
}

#[test]
fn dutch_can_be_read_back_from_the_page() {
    let text =
        "Coöperatie, financiën, beëdigd, geïnd, één, hè, façade, ’s-Gravenhage, “aanhef”, – € 1.250,00; 5 ≤ 6 ½ §";
    assert!(words(&sample::with(vec![Block::Paragraph(text.to_owned())])).contains(text));
}

#[test]
fn a_long_text_runs_over_as_many_pages_as_it_needs_and_each_has_its_number() {
    let sentence = "De inlener vergoedt de loonkosten die de uitlener voor de medewerker maakt, zonder opslag. ";
    let blocks = (1..=60).flat_map(|article| {
        [
            Block::Heading { level: 1, text: format!("Artikel {article}") },
            Block::Paragraph(sentence.repeat(9)),
            Block::Paragraph("Kort.".to_owned()),
        ]
    });
    let mut document = sample::with(blocks.collect());
    document.footer = "Kenmerk DO-2026-0042".to_owned();
    let pages = pages(&read(&document));
    assert!(pages.len() >= 10, "{}", pages.len());
    for (index, page) in pages.iter().enumerate() {
        assert!(page.contains(&format!("{} van {}", index + 1, pages.len())), "{page}");
        assert!(page.contains("Kenmerk DO-2026-0042"), "{page}");
    }
    let all = pages.concat();
    assert_eq!(all.matches("zonder opslag").count(), 60 * 9);
    assert!((1..=60).all(|article| all.contains(&format!("Artikel {article}"))));
    let english = Document { language: domain::Language::English, ..document };
    assert!(words(&english).contains(&format!("1 of {}", pages.len())));
}

#[test]
fn a_table_over_pages_repeats_its_header_and_loses_no_row() {
    let rows: Vec<_> = (1..=200).map(|row| vec![format!("rij {row:03}"), format!("€ {row},00")]).collect();
    let header = vec!["Omschrijving".to_owned(), "Bedrag".to_owned()];
    let pages = pages(&read(&sample::with(vec![Block::Table { header, rows, right_aligned: vec![1] }])));
    assert!(pages.len() > 3);
    assert!(pages.iter().all(|page| page.contains("Omschrijving") && page.contains("Bedrag")));
    let all = pages.concat();
    assert!((1..=200).all(|row| all.contains(&format!("rij {row:03}"))));
}

#[test]
fn very_long_words_and_very_full_cells_stay_on_the_page() {
    let word = "abcdefghij".repeat(400);
    let blocks = vec![
        Block::Heading { level: 1, text: word.clone() },
        Block::Paragraph(word.clone()),
        Block::List(vec![word.clone()]),
        Block::Facts(vec![(word.clone(), "kort".to_owned()), ("kort".to_owned(), word.repeat(5))]),
        Block::Table { header: vec![word.clone(); 3], rows: vec![vec![word.clone(); 3]; 2], right_aligned: vec![0] },
        Block::Table { header: vec![], rows: vec![vec!["smal".to_owned(); 90]], right_aligned: vec![] },
        Block::Signatures(vec![sample::signature(&word)]),
    ];
    let text = words(&sample::with(blocks)).replace(' ', "");
    assert!(text.contains("abcdefghij"));
}

#[test]
fn what_is_empty_takes_no_room_and_breaks_nothing() {
    let empty = words(&sample::with(sample::empty_blocks()));
    assert_eq!(empty, words(&sample::with(vec![])));
    assert_eq!(empty, "Proef 1 van 1");
    let blank = vec![
        Block::Facts(vec![(String::new(), String::new())]),
        Block::Table { header: vec![String::new()], rows: vec![vec![String::new(); 3]], right_aligned: vec![0] },
        Block::Signatures(vec![sample::signature("")]),
    ];
    assert!(words(&sample::with(blank)).contains("Ondertekend op"));
}

#[test]
fn characters_that_no_font_has_and_hidden_ones_do_not_prevent_the_document() {
    let text =
        words(&sample::with(vec![Block::Paragraph("Zoë 😀 日本 \u{202e}abc\u{0}\u{ad} \u{e000}\u{ffff}".to_owned())]));
    assert!(text.contains("Zoë [U+1F600] [U+65E5][U+672C] abc [U+E000][U+FFFF]"), "{text}");
}

#[test]
fn a_document_without_a_title_or_with_a_page_for_a_footer_is_refused() {
    let untitled = Document { title: " \n".to_owned(), ..sample::with(vec![]) };
    assert_eq!(pdf(&untitled), Err(DocumentFault::NoTitle));
    let footer = Document { footer: "voet ".repeat(500), ..sample::with(vec![]) };
    assert_eq!(pdf(&footer), Err(DocumentFault::LongFooter));
}

#[test]
fn a_title_or_heading_may_be_longer_than_a_pdf_wants_names_to_be() {
    let long = "lang ".repeat(10_000);
    let mut document = sample::with(vec![Block::Heading { level: 1, text: long.clone() }]);
    document.title = long.clone();
    document.subtitle = vec![long];
    assert!(pdf(&document).is_ok());
}

#[test]
fn who_has_not_signed_yet_gets_room_to_write_and_no_line_for_a_hash() {
    let mut signature = sample::signature("Daniëlle");
    signature.function = String::new();
    let text = words(&sample::with(vec![Block::Signatures(vec![signature.clone()])]));
    assert!(text.contains("Daniëlle Naam Daniëlle Ondertekend op"), "{text}");
    assert!(!text.contains("Functie") && !text.contains("Hash"), "{text}");
    signature.hash = "9f86d081".to_owned();
    let text = words(&sample::with(vec![Block::Signatures(vec![signature])]));
    assert!(text.contains("Hash van het ondertekende 9f86d081"), "{text}");
}

/// Writes the sample into `target`, to be looked at.
#[test]
#[ignore = "for people who want to see it"]
fn the_sample_is_written_to_a_folder() {
    let folder = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("agreement.pdf"), pdf(&sample::agreement()).unwrap()).unwrap();
    std::fs::write(folder.join("agreement.html"), super::super::html(&sample::agreement())).unwrap();
}
