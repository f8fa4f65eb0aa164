//! The lender's ledger: hours and euros lent and received.

use contract_tests::{Client, Organisation, Placed, on_both};
use serde_json::{Value, json};

/// The ledger of an organisation.
fn ledger(client: &Client, organisation: &Organisation, query: &str) -> Value {
    client.get(&format!("/organisations/{}/lending-ledger{query}", organisation.id)).expect(200).body
}

on_both! {
    fn what_one_organisation_lends_the_other_receives(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-09T08:00:00Z");
        let dossier = &placed.dossier;
        placed.worked("2027-W22", &[("2027-06-01", 480)]);
        placed.worked("2027-W27", &[("2027-07-06", 455)]);
        placed.write("2027-W23", &[("2027-06-08", 300)]).expect(201);
        placed.charge("2027-06");
        placed.draft_charge("2027-07");
        // Approved hours count at once, euros when they are issued; a draft and what waits for approval do not.
        let home = ledger(&placed.finance.client, &dossier.home, "");
        assert_eq!((home["fromDate"].as_str(), home["untilDate"].as_str()), (Some("2027-01-01"), Some("2027-07-09")));
        assert_eq!(home["total"], json!({"lentMinutes": 935, "receivedMinutes": 0, "lentCents": 40_000, "receivedCents": 0}));
        assert_eq!((&home["items"][0]["organisationId"], &home["items"][0]["name"]), (&json!(dossier.host.id), &json!("Gemeente Uden")));
        let host = ledger(&placed.host_finance.client, &dossier.host, "");
        assert_eq!(host["total"], json!({"lentMinutes": 0, "receivedMinutes": 935, "lentCents": 0, "receivedCents": 40_000}));
        assert_eq!(host["items"][0]["organisationId"], json!(dossier.home.id));
    }

    fn a_ledger_is_of_the_days_asked_for(service) {
        let placed = Placed::running(service);
        placed.at("2027-07-09T08:00:00Z");
        let home = &placed.dossier.home;
        let sheet = placed.worked("2027-W22", &[("2027-06-01", 480)]);
        placed.worked("2027-W27", &[("2027-07-06", 455)]);
        placed.charge("2027-07");
        let lent = |query: &str| ledger(&placed.finance.client, home, query)["total"]["lentMinutes"].clone();
        assert_eq!((lent("?untilDate=2027-06-30"), lent("?fromDate=2027-06-02")), (json!(480), json!(455)));
        assert_eq!(lent("?fromDate=2027-06-01&untilDate=2027-06-01"), json!(480));
        placed.corrected(&sheet, &[("2027-06-01", 60)]);
        assert_eq!(lent(""), json!(515), "a correction counts once it is approved");
        placed.charge("2027-07");
        assert_eq!(ledger(&placed.finance.client, home, "")["total"]["lentCents"], json!(42_917));
        let path = format!("/organisations/{}/lending-ledger", home.id);
        placed.finance.client.get(&format!("{path}?fromDate=2027-06-02&untilDate=2027-06-01")).names(&["untilDate"]);
        placed.finance.client.get(&format!("{path}?fromDate=juni")).names(&["fromDate"]);
    }

    fn a_ledger_is_for_administrators_and_finance_of_the_organisation(service) {
        let placed = Placed::running(service);
        let dossier = &placed.dossier;
        let path = format!("/organisations/{}/lending-ledger", dossier.home.id);
        for reader in [&placed.finance, &dossier.home.administrator] {
            let empty = reader.client.get(&path).expect(200);
            assert_eq!((&empty.body["items"], &empty.body["total"]["lentMinutes"]), (&json!([]), &json!(0)));
        }
        for other in [&placed.host_finance, &dossier.host.administrator, &dossier.employee, &dossier.manager, &dossier.owner] {
            other.client.get(&path).refused(403, "not_allowed");
        }
        service.anonymous().get(&path).expect(401);
    }
}
