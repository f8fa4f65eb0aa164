//! Whatever people write is text, in every format.

use domain::market::assignments::{AssignmentKind, RemoteMode};
use domain::market::effort::Effort;
use uuid::Uuid;

use super::*;

const EVIL: &str = "</script><script>alert('x')</script>\"]]>&amp;\u{fffe}\u{1F600}\\;,";

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn klus(text: &str) -> Klus {
    let id = Uuid::from_u128(7);
    Klus {
        id,
        title: text.to_owned(),
        organisation: text.to_owned(),
        kind: AssignmentKind::Project,
        description: format!("Eerste regel.\n\n{text}"),
        intended_result: Some(text.to_owned()),
        region: Some(text.to_owned()),
        location: Some(text.to_owned()),
        remote: RemoteMode::Hybrid,
        effort: Some(Effort::MinutesPerWeek(480)),
        start_date: "2027-01-05".parse().ok(),
        end_date: "2027-04-01".parse().ok(),
        skills: vec![text.to_owned()],
        deadline: Some(moment("2026-12-04T23:00:00Z")),
        published_at: moment("2026-11-20T13:00:00Z"),
        modified_at: moment("2026-11-21T09:00:00Z"),
        link: format!("https://klus.example/klussen/{id}"),
    }
}

fn feed(text: &str) -> Feed {
    Feed {
        title: text.to_owned(),
        home: "https://klus.example/embed/klussen".to_owned(),
        address: "https://klus.example/feeds/klussen.rss?a=b&c=d".to_owned(),
        id: "urn:uuid:00000000-0000-0000-0000-000000000001".to_owned(),
        klussen: vec![klus(text)],
        updated: moment("2026-11-21T09:00:00Z"),
    }
}

#[test]
fn nothing_that_people_write_is_markup_in_a_page() {
    let it = klus(EVIL);
    let url = "https://klus.example";
    let person = PublicPerson { name: Some(EVIL.to_owned()), headline: Some(EVIL.to_owned()), ..Default::default() };
    let pages = [
        klus_page(&it, PublicStanding::Open, url).unwrap(),
        klus_page(&it, PublicStanding::Filled, url).unwrap(),
        klus_card(&it, PublicStanding::Open).unwrap(),
        klus_list(std::slice::from_ref(&it), "https://klus.example/feeds/klussen.rss").unwrap(),
        person_page(&person, url).unwrap(),
        person_list(std::slice::from_ref(&person), "https://klus.example/feeds/mensen.json").unwrap(),
        trouble(EVIL, EVIL).unwrap(),
        Card::of(&it, Frame::default(), url).unwrap().html().to_owned(),
    ];
    for page in pages {
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.matches("<script").count() <= 1 && page.matches("</script").count() <= 1, "{page}");
    }
}

#[test]
fn a_posting_is_json_that_says_what_was_written_and_is_there_only_while_the_klus_is_open() {
    let it = klus(EVIL);
    let page = klus_page(&it, PublicStanding::Open, "https://klus.example").unwrap();
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    let posting: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(posting["title"], EVIL);
    assert_eq!(posting["validThrough"], "2026-12-04T23:00:00Z");
    assert_ne!(posting["description"], posting["title"]);
    assert_eq!(posting["jobLocation"]["address"]["addressCountry"], "NL");
    for state in [PublicStanding::Filled, PublicStanding::Closed] {
        let page = klus_page(&it, state, "https://klus.example").unwrap();
        assert!(!page.contains("ld+json") && !page.contains("oembed"), "{page}");
    }
    assert!(klus_page(&it, PublicStanding::Filled, "").unwrap().contains("vervuld"));
}

#[test]
fn feeds_can_be_read_back_and_say_what_was_written() {
    let visible: String = EVIL.chars().filter(|c| *c != '\u{fffe}').collect();
    let channel = ::rss::Channel::read_from(rss(&feed(EVIL)).as_bytes()).unwrap();
    let item = channel.items().first().unwrap();
    assert_eq!(item.title(), Some(visible.as_str()));
    assert_eq!(item.guid().unwrap().value(), "urn:uuid:00000000-0000-0000-0000-000000000007");
    assert!(!item.guid().unwrap().is_permalink());
    assert_eq!(item.pub_date(), Some("Fri, 20 Nov 2026 13:00:00 +0000"));
    assert_eq!(item.dublin_core_ext().unwrap().creators(), std::slice::from_ref(&visible));
    assert!(rss(&feed(EVIL)).contains("<atom:link"), "{}", rss(&feed(EVIL)));
    let read = atom(&feed(EVIL)).parse::<atom_syndication::Feed>().unwrap();
    let entry = read.entries().first().unwrap();
    assert_eq!((entry.title().value.as_str(), entry.id()), (visible.as_str(), klus("").urn().as_str()));
    let json: serde_json::Value = serde_json::from_str(&json_feed(&feed(EVIL)).unwrap()).unwrap();
    assert_eq!(json["items"][0]["title"], EVIL);
    assert_eq!(json["items"][0]["id"], klus("").urn());
}

#[test]
fn a_calendar_has_whole_days_and_lines_that_end_and_fold_as_they_should() {
    let text = calendar(&feed(EVIL));
    for line in [
        "UID:00000000-0000-0000-0000-000000000007-deadline@klusnet\r\n",
        "UID:00000000-0000-0000-0000-000000000007-start@klusnet\r\n",
        "DTSTAMP:20261121T090000Z\r\n",
        "DTSTART;VALUE=DATE:20261204\r\n",
        "DTEND;VALUE=DATE:20261205\r\n",
        "DTSTART;VALUE=DATE:20270105\r\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n'), "{line}");
    }
}

#[test]
fn a_card_keeps_to_the_frame_that_is_given() {
    let frame = Frame { max_width: Some(300), max_height: Some(1000) };
    let card = Card::of(&klus(EVIL), frame, "https://klus.example").unwrap();
    let json: serde_json::Value = serde_json::from_str(&card.json()).unwrap();
    assert_eq!((json["width"].as_u64(), json["height"].as_u64()), (Some(300), Some(220)));
    assert!(json["html"].as_str().unwrap().contains("width=\"300\""));
    let xml = card.xml().unwrap();
    assert!(xml.contains("<width>300</width>") && !xml.contains("<iframe") && !xml.contains('\u{fffe}'), "{xml}");
}
