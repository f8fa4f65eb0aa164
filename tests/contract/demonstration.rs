//! The demonstration: somebody's whole year, whenever it is filled.

use contract_tests::{Kind, Service};
use serde_json::json;

/// The moments at which it is filled: an ordinary Monday, the last day of a leap year's February, New Year's Eve.
const MOMENTS: [&str; 3] = ["2027-03-01T09:00:00Z", "2028-02-29T23:30:00Z", "2027-12-31T12:00:00Z"];

#[test]
fn it_shows_a_whole_year_whenever_it_is_filled() {
    for moment in MOMENTS {
        shows_a_whole_year(&Service::demonstration(Kind::Sqlite, moment).unwrap());
    }
}

#[test]
fn it_shows_a_whole_year_on_postgres() {
    if let Some(service) = Service::demonstration(Kind::Postgres, MOMENTS[0]) {
        shows_a_whole_year(&service);
    }
}

/// Filling it again changes nothing; people who are not of the demonstration are left alone.
#[test]
fn it_is_filled_once_and_beside_nobody_else() {
    let service = Service::demonstration(Kind::Sqlite, MOMENTS[0]).unwrap();
    let lieke = service.client_of_email("lieke.wit@oss.example");
    let placements = lieke.get("/placements").expect(200).text;
    service.fill_demonstration().unwrap();
    assert_eq!(lieke.get("/placements").expect(200).text, placements);

    let others = Service::start(Kind::Sqlite).unwrap();
    let refused = others.fill_demonstration().unwrap_err().to_string();
    assert!(refused.contains("DATABASE_URL"), "{refused}");
}

fn shows_a_whole_year(service: &Service) {
    let lieke = service.client_of_email("lieke.wit@oss.example");
    let placements = lieke.get("/placements").expect(200);
    let states = placements.body["items"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap());
    assert_eq!(states.collect::<Vec<_>>(), ["RUNNING", "RETURNED"]);
    let returned = format!("/placements/{}", placements.ids()[1]);
    let evaluations = lieke.get(&format!("{returned}/evaluations")).expect(200);
    assert_eq!(evaluations.body["items"].as_array().unwrap().len(), 3);

    // 34 weeks of eight hours, of which half a day was taken back: at two rates, and every euro is paid or credited.
    let ruud = service.client_of_email("ruud.peters@oss.example");
    let home = &lieke.get("/me").expect(200).body["employments"][0]["organisationId"];
    let ledger = format!("/organisations/{}/lending-ledger?fromDate=2025-01-01", home.as_str().unwrap());
    assert_eq!(ruud.get(&ledger).expect(200).body["total"]["lentMinutes"], json!(34 * 480 - 240));
    // The staff of Leiden came by file: 36 people, of whom one has two contracts and one has left.
    let anouk = service.client_of_email("anouk.brinkman@leiden.example");
    let leiden = anouk.get("/me").expect(200).text_at("/employments/0/organisationId").to_owned();
    let imports = anouk.get(&format!("/organisations/{leiden}/staff-imports")).expect(200);
    assert_eq!(imports.body["items"][0]["applied"]["create"], json!(36), "{}", imports.text);

    // Klussen of five organisations are open to everybody, with people in the spotlight beside them.
    let feed = service.anonymous().get(&format!("{}/feeds/klussen.json", service.root())).expect(200);
    let authors = feed.body["items"].as_array().unwrap().iter().map(|it| it["authors"][0]["name"].as_str().unwrap());
    let authors: std::collections::BTreeSet<&str> = authors.collect();
    assert!(feed.body["items"].as_array().unwrap().len() == 6 && authors.len() == 5, "{authors:?}");
    assert_eq!(lieke.get("/saved-searches").expect(200).body["items"][0]["frequency"], "DAILY");
    let sanne = service.client_of_email("sanne.verhoeven@oss.example");
    let channels = sanne.get(&format!("/organisations/{}/channels", home.as_str().unwrap())).expect(200);
    assert_eq!(channels.body["items"][0]["state"], "UNVERIFIED", "nothing is posted anywhere");

    let statements = ruud.get("/charge-statements").expect(200);
    let mut settled = statements.body["items"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap());
    assert!(settled.all(|state| ["PAID", "ACCEPTED"].contains(&state)), "{}", statements.text);
}
