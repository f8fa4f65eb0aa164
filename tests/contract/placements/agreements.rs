//! Secondment agreements: three parties sign one text, each what they were shown.

use contract_tests::{Client, Dossier, Placed, agreement, on_both};
use serde_json::{Value, json};

use super::scene::{UNKNOWN, act, allowed, terms_with, told, with};

/// A planned placement with an agreement that was drafted, and proposed where that is wanted.
fn drafted<'s>(service: &'s contract_tests::Service, is_proposed: bool) -> Placed<'s> {
    let mut placed = Placed::accepted(service);
    placed.arrangement = placed.agree_on(&terms_with(&json!({})));
    placed.plan().expect(201);
    placed.lay_down_rate("2027-01-01", 3500);
    placed.agreement = placed.draft_agreement(&agreement());
    if is_proposed {
        placed.propose_agreement();
    }
    placed
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    format!("{:x}", sha2::Sha256::digest(bytes))
}

/// Signs with these hashes.
fn sign(placed: &Placed<'_>, client: &Client, form: &str, document: &Value, shown: &Value) -> contract_tests::Answer {
    let signature = json!({"documentHash": document, "shownAs": form, "shownHash": shown});
    client.transition(&placed.agreement, "signatures", &signature)
}

on_both! {
    fn each_party_signs_what_it_was_shown_as_a_page_or_as_a_document(service) {
        let placed = drafted(service, true);
        let Dossier { employee, manager, owner, .. } = &placed.dossier;
        let seen = employee.client.get(&placed.agreement).expect(200);
        let hash = |name: &str| seen.body[name].clone();
        for (form, kind, name) in [("html", "text/html", "htmlHash"), ("pdf", "application/pdf", "pdfHash")] {
            let file = manager.client.get(&format!("{}/{form}", placed.agreement)).expect(200);
            assert!(file.headers["content-type"].starts_with(kind));
            assert_eq!(json!(sha256(&file.bytes)), hash(name));
        }
        let wrong = json!(sha256(b"iets anders"));
        for (form, document, shown) in [
            ("HTML", &wrong, &hash("htmlHash")),
            ("HTML", &hash("documentHash"), &wrong),
            ("HTML", &hash("documentHash"), &hash("pdfHash")),
            ("PDF", &hash("documentHash"), &hash("htmlHash")),
        ] {
            sign(&placed, &employee.client, form, document, shown).refused(409, "document_differs");
        }
        sign(&placed, &employee.client, "FAX", &json!("x"), &json!(7)).names(&["documentHash", "shownAs", "shownHash"]);
        assert_eq!(employee.client.get(&placed.agreement).text, seen.text, "nothing is kept of it");
        let signed = sign(&placed, &employee.client, "HTML", &hash("documentHash"), &hash("htmlHash")).expect(200);
        let signature = &signed.body["signatures"][0];
        assert_eq!((&signature["party"], &signature["byId"], &signature["shownHash"]), (&json!("EMPLOYEE"), &json!(employee.id), &hash("htmlHash")));
        sign(&placed, &employee.client, "HTML", &hash("documentHash"), &hash("htmlHash")).refused(409, "signed_already");
        sign(&placed, &owner.client, "PDF", &hash("documentHash"), &hash("pdfHash")).expect(200);
        let done = sign(&placed, &manager.client, "PDF", &hash("documentHash"), &hash("pdfHash")).expect(200);
        assert_eq!((done.text_at("/state"), done.body["signatures"].as_array().unwrap().len()), ("SIGNED", 3));
        for party in [employee, manager, owner] {
            assert!(told(&party.client, "agreement-state-changed", &placed.agreement) >= 2, "all parties are told");
        }
        act(employee, &placed.agreement, "withdrawals").refused(409, "transition_not_listed");
    }

    fn nobody_signs_for_two_parties(service) {
        let dossier = Dossier::open(service);
        let owner = dossier.owner.clone();
        let terms = json!({"function": "Adviseur", "contractMinutesPerWeek": 480,
            "workingDaysPerWeek": 1, "startDate": "2020-01-01", "personId": owner.id});
        let path = format!("/organisations/{}/employments", dossier.home.id);
        dossier.world.platform.post(&path, &terms).expect(201);
        let moved = dossier.world.employee_with(&dossier.home, "Piet Peters", &json!({"managerId": owner.id}));
        let mut placed = Placed::of(service, Dossier { employee: moved, manager: owner.clone(), ..dossier });
        placed.arrangement = placed.agree_on(&terms_with(&json!({})));
        placed.plan().expect(201);
        placed.agreement = placed.draft_agreement(&agreement());
        placed.propose_agreement();
        let signed = placed.sign(&owner.client).expect(200);
        assert_eq!(signed.text_at("/signatures/0/party"), "HOST");
        placed.sign(&owner.client).refused(409, "signed_already");
        assert_eq!(owner.client.get(&placed.agreement).expect(200).body["signatures"].as_array().unwrap().len(), 1);
    }

    fn the_words_say_what_was_agreed_and_are_fixed_once_it_is_proposed(service) {
        let placed = drafted(service, false);
        let sanne = &placed.dossier.employee.client;
        let particulars = json!([{"group": "PLACE", "text": "Op donderdag werkt de medewerker thuis."}]);
        let fuller = with(&agreement(), &json!({"particulars": particulars, "talksWeeksBeforeEnd": 6}));
        placed.dossier.manager.client.put(&placed.agreement, &fuller).expect(200);
        let draft = sanne.get(&placed.agreement).expect(200);
        assert_eq!((&draft.body["documentHash"], draft.text_at("/state")), (&Value::Null, "DRAFT"));
        placed.propose_agreement();
        let fixed = sanne.get(&placed.agreement).expect(200);
        let page = sanne.get(&format!("{}/html", placed.agreement)).expect(200).text;
        for said in ["Gemeente Oss", "Gemeente Uden", "Sanne de Vries", "Karel van Beek, teammanager", "Een plan voor het stadsbos",
            "8 uur per week", "30 november 2027", "1 december 2027", "€ 50,00 per uur", "€ 10.800,00", "4 weken", "19 oktober 2027",
            "RUIMTE-2027", "nr. 2024-13855", "Convenant As-50", "Op donderdag werkt de medewerker thuis."] {
            assert!(fixed.text.contains(said), "{said}: {}", fixed.text);
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("{{"), "every fact stands in its place");
        placed.dossier.owner.client.patch(&placed.dossier.assignment, &json!({"title": "Een heel ander plan"})).expect(200);
        assert_eq!(sanne.get(&placed.agreement).expect(200).body["articles"], fixed.body["articles"]);
        assert_eq!(sanne.get(&format!("{}/html", placed.agreement)).expect(200).text, page);
    }

    fn a_change_voids_what_was_signed_and_needs_new_signatures(service) {
        let placed = drafted(service, true);
        let Dossier { employee, manager, owner, .. } = &placed.dossier;
        let old = placed.sign(&employee.client).expect(200);
        placed.sign(&owner.client).expect(200);
        let other = with(&agreement(), &json!({"talksWeeksBeforeEnd": 4}));
        let revised = manager.client.put(&placed.agreement, &other).expect(200);
        assert_eq!((revised.text_at("/state"), &revised.body["signatures"], &revised.body["documentHash"]), ("DRAFT", &json!([]), &Value::Null));
        placed.sign(&manager.client).names(&["documentHash", "shownHash"]);
        act(manager, &placed.agreement, "proposals").expect(200);
        sign(&placed, &employee.client, "HTML", &old.body["documentHash"], &old.body["htmlHash"]).refused(409, "document_differs");
        placed.sign_all();
        assert_eq!(owner.client.get(&placed.agreement).expect(200).text_at("/state"), "SIGNED");
        owner.client.put(&placed.agreement, &other).refused(409, "transition_not_listed");
    }

    fn what_has_to_be_chosen_is_chosen_before_it_is_proposed(service) {
        let mut placed = drafted(service, false);
        let owner = placed.dossier.owner.clone();
        owner.client.put(&placed.agreement, &with(&agreement(), &json!({"vat": null, "procurement": null}))).expect(200);
        let before = owner.client.get(&placed.agreement).text;
        act(&owner, &placed.agreement, "proposals").names(&["vat", "procurement"]);
        for (vat, fields) in [
            (json!({"category": "STANDARD"}), vec!["vat.rateBasisPoints"]),
            (json!({"category": "EXEMPT"}), vec!["vat.legalBasis", "vat.evidence"]),
            (json!({"category": "OUTSIDE_SCOPE", "rateBasisPoints": 2100, "legalBasis": "x", "evidence": "y"}), vec!["vat.rateBasisPoints"]),
        ] {
            owner.client.put(&placed.agreement, &with(&agreement(), &json!({"vat": vat}))).names(&fields);
        }
        let twice = json!([{"group": "PLACE", "text": "Thuis."}, {"group": "PLACE", "text": "In Uden."}]);
        let refused = owner.client.put(&placed.agreement, &with(&agreement(), &json!({"particulars": twice}))).names(&["particulars.1.group"]);
        assert_eq!(allowed(&refused, "particulars.1.group"), "must name each group at most once");
        assert_eq!(owner.client.get(&placed.agreement).text, before);
        let path = format!("{}/secondment-agreements", placed.placement);
        owner.client.post(&path, &agreement()).refused(409, "agreement_pending");
        act(&owner, &placed.agreement, "withdrawals").expect(200);
        let extended = json!({"extension": {"startDate": "2027-12-01", "endDate": "2028-01-31", "minutesPerWeek": 480}});
        owner.client.post(&path, &with(&agreement(), &extended)).names(&["extension"]);
        placed.agreement = placed.draft_agreement(&agreement());
        placed.propose_agreement();
    }

    fn it_is_not_proposed_before_the_manager_goes_along_nor_shown_to_them(service) {
        let placed = drafted(service, false);
        let Dossier { employee, manager, owner, .. } = &placed.dossier;
        let consent = employee.client.get("/consent-requests").expect(200).ids()[0].clone();
        let revoke = json!({"text": "Twee collega's vielen uit."});
        manager.client.transition(&format!("/consent-requests/{consent}"), "revocations", &revoke).expect(200);
        act(owner, &placed.agreement, "proposals").refused(409, "consent_missing");
        manager.client.get(&placed.agreement).refused(404, "not_found");
        manager.client.get(&placed.placement).refused(404, "not_found");
    }

    fn nobody_else_sees_it(service) {
        let placed = drafted(service, true);
        let Dossier { world, home, host, owner, .. } = &placed.dossier;
        let others = [world.employee(home, "Piet Peters"), world.employee(host, "Ina Intern"), home.administrator.clone(),
            host.administrator.clone(), placed.finance.clone(), placed.host_finance.clone()];
        for other in &others {
            for below in ["", "/html", "/pdf"] {
                let nowhere = other.client.get(&format!("/secondment-agreements/{UNKNOWN}{below}"));
                let hidden = other.client.get(&format!("{}{below}", placed.agreement)).refused(404, "not_found");
                assert_eq!(hidden.text, nowhere.text);
            }
            other.client.get(&format!("{}/secondment-agreements", placed.placement)).refused(404, "not_found");
            let client = other.client.with("If-Match", "*");
            client.act(&format!("{}/withdrawals", placed.agreement)).refused(404, "not_found");
            client.post(&format!("{}/secondment-agreements", placed.placement), &agreement()).refused(404, "not_found");
            assert_eq!(told(&other.client, "agreement-state-changed", &placed.agreement), 0);
        }
        placed.sign_all();
        placed.confirm().expect(200);
        for other in &others[2..] {
            other.client.get(&placed.agreement).expect(200);
            act(other, &placed.agreement, "withdrawals").refused(409, "transition_not_listed");
        }
        for other in &others[..2] {
            other.client.get(&placed.agreement).refused(404, "not_found");
        }
        owner.client.get(&placed.agreement).expect(200);
    }
}
