//! What the host pays: the bare wage, a public rate, an own rate that the home organisation never charges, or nothing.

use contract_tests::{Dossier, Placed, agreement, lay_down, on_both, terms};
use serde_json::json;

/// A dossier of which the klus is published in a network with a ceiling of 90 euros for a public rate.
fn under_a_ceiling(service: &contract_tests::Service) -> Dossier<'_> {
    let mut dossier = Dossier::open(service);
    let draft = json!({"name": "Brabant", "kind": "REGIONAL", "scaleLevel": "REGIONAL", "admission": "OPEN", "publicRateCeilingCents": 9000});
    let network = dossier.world.network_with(&draft);
    for member in [&dossier.home, &dossier.host] {
        dossier.world.join(&network, member);
    }
    let mut klus = contract_tests::work(&dossier.host);
    klus["publication"] = json!({"rings": [{"ring": "NETWORK", "networkIds": [network.id]}, {"ring": "ALL_GOVERNMENT"}],
        "deadline": "2027-04-30T15:00:00Z"});
    dossier.assignment = format!("/assignments/{}", dossier.owner.client.post("/assignments", &klus).expect(201).id());
    dossier
}

/// Everything that was charged, as finance of the home organisation lists it.
fn statements(placed: &Placed<'_>) -> Vec<String> {
    placed.finance.client.get("/charge-statements").expect(200).ids()
}

on_both! {
    /// shows: Z12
    fn a_public_rate_stays_under_the_ceiling_of_the_network(service) {
        let mut dossier = under_a_ceiling(service);
        dossier.reach("IN_CONVERSATION");
        let offers = format!("{}/offers", dossier.response);
        let offer = |cents: i64| json!({"chargeBasis": "PUBLIC_RATE", "hourlyRateCents": cents, "validUntil": "2027-03-15T17:00:00Z"});
        let refused = dossier.owner.client.post(&offers, &offer(9001));
        assert!(refused.text.contains("must be at most the ceiling of the network"), "{}", refused.text);
        refused.names(&["hourlyRateCents"]);
        assert_eq!(dossier.state(), "IN_CONVERSATION", "nothing was offered");
        dossier.owner.client.post(&offers, &offer(9000)).expect(201);
    }

    /// shows: Z12
    fn a_public_rate_is_charged_as_it_was_agreed(service) {
        let rate = json!({"chargeBasis": "PUBLIC_RATE", "hourlyRateCents": 8999});
        let mut placed = Placed::offered(service, under_a_ceiling(service), &rate);
        placed.arrange();
        placed.confirm().expect(200);
        placed.at("2027-07-02T17:00:00Z");
        placed.worked("2027-W22", &[("2027-06-01", 450)]);
        let statement = placed.finance.client.get(&placed.draft_charge("2027-06")).expect(200);
        let line = &statement.body["lines"][0];
        // 450 minutes at 89.99 an hour are 674.925 euros.
        assert_eq!((&line["centsPerHour"], &line["amountCents"]), (&json!(8999), &json!(67_493)));
        assert_eq!(statement.body["totalCents"], json!(67_493));
    }

    /// shows: Z11
    fn own_hours_at_an_own_rate_are_recorded_and_never_charged_by_the_home_organisation(service) {
        let own = json!({"chargeBasis": "OWN_RATE", "hourlyRateCents": 7500, "minutesPerWeek": 240});
        let mut placed = Placed::offered(service, Dossier::open(service), &own);
        lay_down(&placed.dossier.home, &json!({"allowedVariants": ["ZPP", "HYBRID"]}));
        let mut hybrid = terms();
        hybrid["variant"] = json!("HYBRID");
        hybrid["exemptedMinutesPerWeek"] = json!(0);
        hybrid["ownRiskMinutesPerWeek"] = json!(240);
        hybrid["originalContractMinutesPerWeek"] = json!(2400);
        hybrid["incomeEffect"] = json!("Vier uur per week minder salaris.");
        placed.arrange_as(&hybrid, &agreement());
        placed.confirm().expect(200);
        placed.at("2027-07-02T17:00:00Z");
        placed.write("2027-W22", &[("2027-06-01", 241)]).refused(409, "no_room");
        let sheet = placed.worked("2027-W22", &[("2027-06-01", 240)]);
        for issue in [false, true] {
            let run = placed.run("2027-06", issue).expect(200);
            assert_eq!((&run.body["statementIds"], &run.body["left"]), (&json!([]), &json!([])));
        }
        assert!(statements(&placed).is_empty());
        assert_eq!(placed.dossier.owner.client.get(&sheet).expect(200).text_at("/state"), "APPROVED");
        let placement = placed.dossier.employee.client.get(&placed.placement).expect(200);
        assert_eq!((placement.text_at("/chargeBasis"), &placement.body["hourlyRateCents"]), ("OWN_RATE", &json!(7500)));
    }

    /// shows: O01
    fn unpaid_work_has_no_timesheets_and_no_statement_can_exist(service) {
        let unpaid = json!({"chargeBasis": "NONE", "endDate": "2027-08-25"});
        let mut placed = Placed::offered(service, Dossier::open(service), &unpaid);
        placed.arrangement = placed.agree_on(&terms());
        placed.plan().expect(201);
        placed.confirm().expect(200);
        placed.at("2027-06-25T17:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
        let refused = placed.write("2027-W22", &[("2027-06-01", 480)]).refused(409, "no_timesheet_duty");
        assert!(refused.text_at("/detail").contains("Nothing is paid"), "{}", refused.text);
        let run = placed.run("2027-06", true).expect(200);
        assert_eq!((&run.body["statementIds"], &run.body["left"]), (&json!([]), &json!([])));
        assert!(statements(&placed).is_empty());
    }
}
