//! The rendering of a document as HTML: one page that needs nothing beside itself.

use chrono::SecondsFormat;
use domain::Language;

use super::text::{Levels, clean};
use super::words::signature_facts;
use super::{Block, Document, SignatureBox, columns};

const STYLE: &str = "\
body { margin: 0 auto; padding: 2rem 1rem; max-width: 44rem; font: 1rem/1.5 \"Open Sans\", Arial, sans-serif; \
color: #000; background: #fff; overflow-wrap: anywhere }
header { border-bottom: 1px solid #666; margin-bottom: 1.5rem }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; break-after: avoid }
table { width: 100%; border-collapse: collapse; margin: 1rem 0 }
th, td { padding: .3rem .75rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #bbb }
thead th { border-bottom-color: #000 }
.right { text-align: right }
.facts th, .signature th { width: 34% }
.signature { border: 1px solid #666; break-inside: avoid }
.signature caption { text-align: left; font-weight: bold; padding: .3rem 0; break-after: avoid }
.signature th, .signature td { padding-left: .75rem }
.signature td { height: 1.5rem }
footer { margin-top: 2rem; border-top: 1px solid #bbb; font-size: .85rem }
@page { size: A4; margin: 25mm }
@media print { body { padding: 0; max-width: none; font-size: 10pt } thead { display: table-header-group } \
tr { break-inside: avoid } p, li { orphans: 2; widows: 2 } }
";

/// The document as an HTML page with its style inside it and without a script.
pub fn html(document: &Document) -> String {
    let title = escaped(&document.title);
    let mut page = Page { html: String::new() };
    page.line("<!DOCTYPE html>");
    page.line(&format!("<html lang=\"{}\">", document.language.tag()));
    page.line("<head>\n<meta charset=\"utf-8\">");
    page.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    let created = document.created.to_rfc3339_opts(SecondsFormat::Secs, true);
    page.line(&format!("<meta name=\"dcterms.created\" content=\"{created}\">"));
    page.line(&format!("<title>{}</title>", title.replace("<br>", " ")));
    page.line(&format!("<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>"));
    page.element("h1", "", &title);
    for line in &document.subtitle {
        page.paragraph(line);
    }
    page.line("</header>");
    let mut levels = Levels::below_the_title();
    for block in &document.blocks {
        page.block(block, &mut levels, document.language);
    }
    page.line("</main>");
    let footer = escaped(&document.footer);
    if !footer.is_empty() {
        page.line("<footer>");
        page.element("p", "", &footer);
        page.line("</footer>");
    }
    page.line("</body>\n</html>");
    page.html
}

struct Page {
    html: String,
}

impl Page {
    fn line(&mut self, html: &str) {
        self.html.push_str(html);
        self.html.push('\n');
    }

    /// Adds an element; `attributes` begin with a space, `content` is HTML already.
    fn element(&mut self, name: &str, attributes: &str, content: &str) {
        self.line(&format!("<{name}{attributes}>{content}</{name}>"));
    }

    fn paragraph(&mut self, text: &str) {
        let text = escaped(text);
        if !text.is_empty() {
            self.element("p", "", &text);
        }
    }

    fn block(&mut self, block: &Block, levels: &mut Levels, language: Language) {
        match block {
            Block::Heading { level, text } => {
                let text = escaped(text);
                if !text.is_empty() {
                    self.element(&format!("h{}", levels.next(*level)), "", &text);
                }
            }
            Block::Paragraph(text) => self.paragraph(text),
            Block::List(items) => self.list(items),
            Block::Facts(facts) => {
                if !facts.is_empty() {
                    self.line("<table class=\"facts\">\n<tbody>");
                    self.facts(facts.iter().map(|(label, value)| (label.as_str(), value.as_str())));
                    self.line("</tbody>\n</table>");
                }
            }
            Block::Table { header, rows, right_aligned } => self.table(header, rows, right_aligned),
            Block::Signatures(signatures) => {
                for signature in signatures {
                    self.signature(signature, language);
                }
            }
            Block::Rule => self.line("<hr>"),
        }
    }

    fn list(&mut self, items: &[String]) {
        let items: Vec<String> = items.iter().map(|item| escaped(item)).filter(|item| !item.is_empty()).collect();
        if items.is_empty() {
            return;
        }
        self.line("<ul>");
        for item in &items {
            self.element("li", "", item);
        }
        self.line("</ul>");
    }

    fn facts<'a>(&mut self, facts: impl IntoIterator<Item = (&'a str, &'a str)>) {
        for (label, value) in facts {
            self.line("<tr>");
            self.element("th", " scope=\"row\"", &escaped(label));
            self.element("td", "", &escaped(value));
            self.line("</tr>");
        }
    }

    fn table(&mut self, header: &[String], rows: &[Vec<String>], right_aligned: &[usize]) {
        let columns = columns(header, rows);
        if columns == 0 {
            return;
        }
        self.line("<table>");
        if !header.is_empty() {
            self.line("<thead>");
            self.row("th", " scope=\"col\"", header, columns, right_aligned);
            self.line("</thead>");
        }
        self.line("<tbody>");
        for row in rows {
            self.row("td", "", row, columns, right_aligned);
        }
        self.line("</tbody>\n</table>");
    }

    fn row(&mut self, name: &str, attributes: &str, cells: &[String], columns: usize, right_aligned: &[usize]) {
        self.line("<tr>");
        for column in 0..columns {
            let class = if right_aligned.contains(&column) { " class=\"right\"" } else { "" };
            let text = cells.get(column).map(|cell| escaped(cell)).unwrap_or_default();
            self.element(name, &format!("{attributes}{class}"), &text);
        }
        self.line("</tr>");
    }

    fn signature(&mut self, signature: &SignatureBox, language: Language) {
        self.line("<table class=\"signature\">");
        self.element("caption", "", &escaped(&signature.party));
        self.line("<tbody>");
        self.facts(signature_facts(signature, language));
        self.line("</tbody>\n</table>");
    }
}

/// The text as HTML that says nothing else, also inside an attribute.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push_str("<br>"),
            _ => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        let attack = "<script>alert(\"1\")</script> & 'x'";
        let mut document = sample::with(vec![
            Block::Heading { level: 1, text: attack.to_owned() },
            Block::Paragraph(attack.to_owned()),
            Block::List(vec![attack.to_owned()]),
            Block::Facts(vec![(attack.to_owned(), attack.to_owned())]),
            Block::Table {
                header: vec![attack.to_owned()],
                rows: vec![vec![attack.to_owned()]],
                right_aligned: vec![],
            },
            Block::Signatures(vec![sample::signature(attack)]),
        ]);
        document.title = attack.to_owned();
        document.subtitle = vec![attack.to_owned()];
        document.footer = attack.to_owned();
        let html = html(&document);
        assert!(!html.contains("<script"), "{html}");
        let safe = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;";
        assert_eq!(html.matches(safe).count(), 14, "{html}");
        assert!(html.contains(&format!("<title>{safe}</title>")));
    }

    #[test]
    fn the_page_says_its_language_and_needs_nothing_beside_itself() {
        let html = html(&sample::agreement());
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">\n"));
        assert!(html.ends_with("</html>\n"));
        for outside in ["<link", "<img", "<script", "src=", "href=", "url(", "@import", " style=", " on"] {
            let tags = html.split("</style>").nth(1).unwrap().split('<').map(|tag| tag.split('>').next().unwrap());
            assert!(!tags.map(|tag| format!("<{tag}")).any(|tag| tag.contains(outside)), "{outside}");
            assert!(!STYLE.contains(outside) || outside.starts_with(' '), "{outside}");
        }
    }

    #[test]
    fn tables_say_which_cells_are_headers_and_short_rows_are_filled_up() {
        let html = html(&sample::with(vec![
            Block::Table {
                header: vec!["Post".to_owned(), "Bedrag".to_owned()],
                rows: vec![vec!["Loonkosten".to_owned()]],
                right_aligned: vec![1],
            },
            Block::Facts(vec![("Schaal".to_owned(), "11".to_owned())]),
        ]));
        assert!(html.contains("<th scope=\"col\">Post</th>\n<th scope=\"col\" class=\"right\">Bedrag</th>"), "{html}");
        assert!(html.contains("<td>Loonkosten</td>\n<td class=\"right\"></td>"), "{html}");
        assert!(html.contains("<th scope=\"row\">Schaal</th>\n<td>11</td>"), "{html}");
    }

    #[test]
    fn what_has_no_text_is_left_out() {
        let html = html(&sample::with(sample::empty_blocks()));
        let main = html.split("</header>").nth(1).unwrap();
        assert_eq!(main.trim(), "</main>\n</body>\n</html>");
    }

    #[test]
    fn headings_follow_each_other_without_a_gap() {
        let heading = |level| Block::Heading { level, text: format!("niveau {level}") };
        let html = html(&sample::with(vec![heading(2), heading(1), heading(3)]));
        assert!(html.contains("<h2>niveau 2</h2>\n<h2>niveau 1</h2>\n<h3>niveau 3</h3>"), "{html}");
    }

    #[test]
    fn equal_documents_give_equal_bytes() {
        assert_eq!(html(&sample::agreement()), html(&sample::agreement()));
    }
}
