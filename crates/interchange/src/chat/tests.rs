//! What people write is text in every chat, and calls nobody.

use domain::TextEnum as _;
use domain::market::assignments::{AssignmentKind, RemoteMode};
use domain::market::effort::Effort;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

const EVIL: &str =
    "1. <!channel> @here @all @sanne.de_vries <https://x.nl|hier> [hier](https://x.nl) **vet** {{DATE(x)}} &\r\n# Kop";

fn told(title: &str, has_page: bool) -> Told {
    let id = Uuid::from_u128(7);
    let klus = Klus {
        id,
        title: title.to_owned(),
        organisation: "Gemeente Oss".to_owned(),
        kind: AssignmentKind::Project,
        description: "Het werk.".to_owned(),
        intended_result: None,
        region: Some("Noordoost-Brabant".to_owned()),
        location: None,
        remote: RemoteMode::Hybrid,
        effort: Some(Effort::MinutesPerWeek(480)),
        start_date: "2027-03-05".parse().ok(),
        end_date: None,
        skills: Vec::new(),
        deadline: "2027-06-04T15:00:00Z".parse().ok(),
        published_at: "2027-03-01T09:00:00Z".parse().unwrap(),
        modified_at: "2027-03-01T09:00:00Z".parse().unwrap(),
        link: format!("https://klusnet.test/klussen/{id}"),
    };
    Told { klus, has_page }
}

fn shown(kind: ChannelKind, language: Language, klussen: &[Told]) -> Value {
    serde_json::from_slice(&message(kind, language, klussen).unwrap().body).unwrap()
}

/// All texts in a message.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_klus_in_teams_is_an_adaptive_card_with_its_facts_and_a_button() {
    let message = shown(ChannelKind::Teams, Language::Dutch, &[told("Datakwaliteit BAG", true)]);
    assert_eq!(
        message,
        json!({"type": "message", "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard", "version": "1.4", "lang": "nl", "fallbackText": "Nieuwe klus",
                "body": [
                    {"type": "TextBlock", "text": "Nieuwe klus", "wrap": true, "size": "Medium", "weight": "Bolder"},
                    {"type": "Container", "separator": true, "items": [
                        {"type": "TextBlock", "text": "Datakwaliteit BAG", "wrap": true, "weight": "Bolder"},
                        {"type": "FactSet", "facts": [
                            {"title": "Organisatie", "value": "Gemeente Oss"},
                            {"title": "Omvang", "value": "8 uur per week"},
                            {"title": "Begin", "value": "5 maart 2027"},
                            {"title": "Plaats", "value": "Noordoost-Brabant"},
                            {"title": "Reageren tot", "value": "4 juni 2027 om 17.00 uur"}
                        ]},
                        {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": "Bekijk de klus",
                            "url": "https://klusnet.test/klussen/00000000-0000-0000-0000-000000000007"}]}
                    ]}
                ]
            }
        }]})
    );
}

#[test]
fn a_klus_in_slack_and_mattermost_is_a_link_with_its_facts() {
    let fields = json!([
        {"title": "Organisation", "value": "Gemeente Oss", "short": true},
        {"title": "Effort", "value": "8 hours per week", "short": true},
        {"title": "Begins", "value": "5 March 2027", "short": true},
        {"title": "Place", "value": "Noordoost-Brabant", "short": true},
        {"title": "Respond by", "value": "4 June 2027, 17:00", "short": true}
    ]);
    let link = "https://klusnet.test/klussen/00000000-0000-0000-0000-000000000007";
    let slack = shown(ChannelKind::Slack, Language::English, &[told("Data & duiding", true)]);
    assert_eq!(slack["text"], format!("*New assignment*: <{link}|Data &amp; duiding>"));
    assert_eq!(slack["attachments"][0]["fields"], fields);
    assert_eq!(slack["attachments"][0]["fallback"], "Data &amp; duiding, Gemeente Oss");
    let mattermost = shown(ChannelKind::Mattermost, Language::English, &[told("Data & duiding", true)]);
    assert_eq!(mattermost["text"], format!("**New assignment**: [Data & duiding]({link})"));
}

#[test]
fn several_stand_in_a_list_in_the_language_of_the_channel() {
    let klussen = [told("Eén", true), told("Twee", false)];
    let slack = shown(ChannelKind::Slack, Language::Dutch, &klussen);
    let facts =
        "(Gemeente Oss, 8 uur per week, vanaf 5 maart 2027, Noordoost-Brabant, reageren tot 4 juni 2027 om 17.00 uur)";
    let link = "https://klusnet.test/klussen/00000000-0000-0000-0000-000000000007";
    assert_eq!(slack, json!({"text": format!("*2 nieuwe klussen*\n• <{link}|Eén> {facts}\n• Twee {facts}")}));
    let teams = shown(ChannelKind::Teams, Language::English, &klussen);
    let body = &teams["attachments"][0]["content"]["body"];
    assert_eq!(body[0]["text"], "2 new assignments");
    let kinds = |place: usize| texts(&body[place]).iter().filter(|text| *text == "Action.OpenUrl").count();
    assert_eq!((kinds(1), kinds(2)), (1, 0), "what has no page has no button");
}

#[test]
fn what_others_wrote_calls_nobody_and_is_neither_link_nor_markup() {
    for kind in ChannelKind::ALL {
        for klussen in [vec![told(EVIL, true)], vec![told(EVIL, false), told(EVIL, true)]] {
            for text in texts(&shown(*kind, Language::Dutch, &klussen)) {
                assert!(!text.contains(['\r', '\n']) || klussen.len() > 1, "{kind}: {text}");
                assert!(*kind != ChannelKind::Teams || !text.contains("{{"), "{text}");
                let called = |name: &str| text.contains(&format!("@{name}"));
                let calls = ["here", "all", "channel", "sanne"].into_iter().any(called);
                assert!(*kind == ChannelKind::Teams || !calls, "{kind}: {text}");
                match kind {
                    ChannelKind::Slack => {
                        let own =
                            text.replace("<https://klusnet.test/klussen/00000000-0000-0000-0000-000000000007|", "");
                        assert!(!own.contains('<') && !own.contains('|') && !own.contains("**"), "{text}");
                    }
                    ChannelKind::Teams | ChannelKind::Mattermost => {
                        assert!(!text.contains("](https://x.nl") && !text.contains("[hier]"), "{text}");
                        assert!(!text.contains("**vet") && !text.starts_with("1. "), "{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_name_of_a_channel_is_text_too() {
    for kind in ChannelKind::ALL {
        let test = test_message(*kind, Language::English, EVIL).unwrap();
        let text = texts(&serde_json::from_slice(&test.body).unwrap()).join(" ");
        assert!(text.contains("Test message of Klusnet"), "{text}");
        assert!(!text.contains("<!channel>") || *kind != ChannelKind::Slack, "{text}");
        assert!(!text.contains("](https://x.nl") || *kind == ChannelKind::Slack, "{text}");
    }
}

#[test]
fn a_long_list_is_cut_and_says_how_many_more_there_are() {
    let short: Vec<Told> = (0..50).map(|number| told(&format!("Klus {number}"), true)).collect();
    let long: Vec<Told> = (0..50).map(|number| told(&format!("{number}{}", "\"é".repeat(1000)), true)).collect();
    for kind in ChannelKind::ALL {
        let cut = message(*kind, Language::Dutch, &short).unwrap();
        assert_eq!(cut.named, MOST_KLUSSEN);
        let text = texts(&serde_json::from_slice(&cut.body).unwrap()).join(" ");
        assert!(text.contains("En nog 30.") && text.contains("50 nieuwe klussen"), "{text}");
        let cut = message(*kind, Language::Dutch, &long).unwrap();
        let most = if *kind == ChannelKind::Teams { TEAMS_BYTES } else { OTHER_BYTES };
        assert!(cut.body.len() <= most && (1..MOST_KLUSSEN).contains(&cut.named), "{kind}: {}", cut.named);
        let text = texts(&serde_json::from_slice(&cut.body).unwrap()).join(" ");
        assert!(text.contains(&format!("En nog {}.", 50 - cut.named)));
    }
}
