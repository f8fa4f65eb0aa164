//! From an accepted offer to the way back: what the three parties arrange, five weeks of work, two statements.
//!
//! - Sanne of Oss (the *home organisation*) does a klus for Olga of Uden (the *host*), one day a week.
//! - Karel is Sanne's manager; Frits handles money in Oss, Hanna in Uden.

use contract_tests::{Dossier, Placed, agreement, on_both, terms};
use serde_json::{Value, json};

on_both! {
    /// shows: Z06
    /// shows: Z09
    /// shows: Z10
    /// shows: Z28
    /// shows: F08
    /// shows: F09
    /// shows: W07
    fn an_accepted_offer_becomes_work_money_and_a_return(service) {
        let dossier = Dossier::open(service);
        let mut placed = Placed::of(service, dossier);
        let (sanne, karel, olga) = (
            placed.dossier.employee.client.clone(),
            placed.dossier.manager.client.clone(),
            placed.dossier.owner.client.clone(),
        );
        let employment = format!("/employments/{}", placed.dossier.employee.employment_id);
        let employed = sanne.get(&employment).expect(200).text;

        // The ARRANGEMENT. Sanne drafts: two days a week, how she finds work, and the way back. Karel sees nothing of it
        // until she proposes it; then he signs.
        let draft = json!({"employmentId": placed.dossier.employee.employment_id, "terms": terms()});
        let arrangement = sanne.post("/arrangements", &draft).expect(201).headers["location"].clone();
        karel.get(&arrangement).refused(404, "not_found");
        assert!(karel.get("/arrangements?team=true").expect(200).ids().is_empty());
        sanne.transition(&arrangement, "proposals", &Value::Null).expect(200);
        assert_eq!(karel.get("/arrangements?team=true").expect(200).ids().len(), 1);
        karel.transition(&arrangement, "signatures", &Value::Null).expect(200);
        placed.arrangement = arrangement.trim_start_matches("/v1").to_owned();

        // The PLACEMENT is planned on it, and four gates turn: capacity and return are green, agreement and money wait.
        placed.plan().expect(201);
        let lights = placed.dossier.lights(&sanne);
        assert_eq!(lights["G1"].1.as_deref(), Some("ROOM_FREE"));
        assert_eq!(lights["G3"].1.as_deref(), Some("RETURN_GUARANTEED"));
        assert_eq!(lights["G2"].1.as_deref(), Some("NOT_ARRANGED_YET"));
        assert_eq!(lights["G5"].1.as_deref(), Some("RATE_MISSING"));
        placed.confirm().refused(409, "not_all_green");

        // The MONEY: Frits lays down what an hour of Sanne costs, component by component: 50 euros.
        let rate = placed.lay_down_rate("2027-01-01", 3500);
        assert_eq!(rate["centsPerHour"], json!(5000));

        // The AGREEMENT: Olga drafts it, chooses the treatment of VAT with its evidence, and lays it before the three.
        placed.agreement = placed.draft_agreement(&agreement());
        placed.propose_agreement();
        let seen = karel.get(&placed.agreement).expect(200);
        let words = seen.text.clone();
        for said in ["Gemeente Oss", "Gemeente Uden", "Sanne de Vries", "8 uur per week", "€ 50,00 per uur", "1 juni 2027", "€ 10.800,00"] {
            assert!(words.contains(said), "{said}: {words}");
        }
        let page = karel.get(&format!("{}/html", placed.agreement)).expect(200);
        assert_eq!(sha256(&page.bytes), seen.text_at("/htmlHash"), "what is shown is what is signed");
        let file = karel.get(&format!("{}/pdf", placed.agreement)).expect(200);
        assert_eq!(sha256(&file.bytes), seen.text_at("/pdfHash"));
        assert!(file.bytes.starts_with(b"%PDF-"));
        placed.sign_all();
        assert_eq!(olga.get(&placed.agreement).expect(200).text_at("/state"), "SIGNED");

        // Ten green lights: CONFIRMED. The klus had one position, so it is filled.
        placed.confirm().expect(200);
        assert_eq!(placed.state(), "CONFIRMED");
        assert_eq!(olga.get(&placed.dossier.assignment).expect(200).text_at("/state"), "FILLED");
        let weeks = sanne.get(&format!("{}/weeks?from=2027-W21&weeks=3", placed.arrangement)).expect(200);
        let free: Vec<_> = weeks.body["items"].as_array().unwrap().iter().map(|week| week["exemptedFreeMinutes"].clone()).collect();
        assert_eq!(free, [json!(864), json!(384), json!(384)]);

        // It starts on its day, and Sanne works four Tuesdays of June and one of July; one week she is on holiday.
        placed.at("2027-06-01T07:00:00Z");
        assert_eq!(placed.state(), "RUNNING");
        let june = [("2027-W22", "2027-06-01"), ("2027-W23", "2027-06-08"), ("2027-W25", "2027-06-22"), ("2027-W26", "2027-06-29")];
        for (week, day) in june {
            placed.at(&format!("{day}T17:00:00Z"));
            placed.worked(week, &[(day, 480)]);
        }
        placed.at("2027-07-06T17:00:00Z");
        placed.worked("2027-W27", &[("2027-07-06", 450)]);

        // The run of June charges four days, once; a second run makes nothing. Hanna disputes: on 8 June Sanne left early.
        let statements = placed.charge("2027-06");
        assert_eq!(statements.len(), 1);
        assert!(placed.charge("2027-06").is_empty());
        let first = &statements[0];
        let issued = placed.host_finance.client.get(first).expect(200);
        assert_eq!((issued.text_at("/number"), &issued.body["totalCents"]), ("2027-00001", &json!(160_000)));
        placed.host_finance.client.transition(first, "disputes", &json!({"reason": "8 juni was een halve dag."})).expect(200);

        // Sanne corrects the week, Olga approves, Frits credits the difference, Hanna accepts.
        let week = sanne.get(&format!("{}/timesheets", placed.placement)).expect(200);
        let sheet = week.body["items"].as_array().unwrap().iter().find(|sheet| sheet["week"] == "2027-W23").unwrap();
        let corrections = format!("/timesheets/{}/corrections", sheet["id"].as_str().unwrap());
        let correction = sanne.post(&corrections, &json!({"lines": [{"date": "2027-06-08", "minutes": 240}]})).expect(201);
        assert_eq!(correction.body["totalMinutes"], json!(-240));
        olga.transition(&format!("/timesheets/{}", correction.id()), "approvals", &Value::Null).expect(200);
        let counter = placed.finance.client.act(&format!("{first}/counter-statements")).expect(201);
        let counter_path = format!("/charge-statements/{}", counter.id());
        assert_eq!((counter.text_at("/kind"), &counter.body["totalCents"]), ("COUNTER", &json!(-20_000)));
        placed.finance.client.transition(&counter_path, "issuances", &Value::Null).expect(200);
        placed.host_finance.client.transition(first, "acceptances", &Value::Null).expect(200);
        placed.finance.client.transition(first, "payments", &json!({"paidDate": "2027-07-06"})).expect(200);

        // The second month: one day of seven and a half hours.
        placed.at("2027-08-02T08:00:00Z");
        let second = placed.charge("2027-07");
        assert_eq!(placed.finance.client.get(&second[0]).expect(200).body["totalCents"], json!(37_500));

        // Each of them as an e-invoice in both profiles, and as a document.
        for (path, root) in [(first, "<Invoice"), (&counter_path, "<CreditNote"), (&second[0], "<Invoice")] {
            for profile in ["PEPPOL", "NLCIUS"] {
                let ubl = placed.host_finance.client.get(&format!("{path}/ubl?profile={profile}")).expect(200);
                assert!(ubl.text.contains(root) && ubl.text.contains("RUIMTE-2027"), "{}", ubl.text);
            }
            assert!(placed.host_finance.client.get(&format!("{path}/pdf")).expect(200).bytes.starts_with(b"%PDF-"));
        }

        // The last day passes; Sanne goes back to internal assignments on the first working day after it.
        placed.at("2027-12-01T08:00:00Z");
        assert_eq!(placed.state(), "COMPLETED");
        let back = json!({"date": "2027-12-01", "text": "Begonnen bij Sociaal Domein."});
        let returned = karel.transition(&placed.placement, "returns", &back).expect(200);
        assert_eq!(returned.text_at("/state"), "RETURNED");
        assert_eq!((returned.text_at("/returned/destination"), &returned.body["returned"]["isOnTime"]), ("INTERNAL_ASSIGNMENTS", &json!(true)));
        assert_eq!(olga.get(&placed.dossier.assignment).expect(200).text_at("/state"), "COMPLETED");

        // The three evaluate it, and the ledger of Oss shows what it lent.
        let evaluations = format!("{}/evaluations", placed.placement);
        sanne.post(&evaluations, &json!({"result": "FULLY", "learned": "Werken met een raad.", "broughtBack": "Een aanpak."})).expect(201);
        karel.post(&evaluations, &json!({"result": "FULLY", "effectOnDepartment": "Collega's namen over.", "backfillNeeded": false})).expect(201);
        olga.post(&evaluations, &json!({"result": "FULLY"})).expect(201);
        let ledger = format!("/organisations/{}/lending-ledger", placed.dossier.home.id);
        let lent = placed.finance.client.get(&ledger).expect(200);
        assert_eq!((&lent.body["total"]["lentMinutes"], &lent.body["total"]["lentCents"]), (&json!(2130), &json!(177_500)));

        // Her employment is what it was, to the letter.
        assert_eq!(sanne.get(&employment).expect(200).text, employed);
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    format!("{:x}", sha2::Sha256::digest(bytes))
}
