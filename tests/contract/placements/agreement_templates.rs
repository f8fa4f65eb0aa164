//! Templates of agreements: of the platform, and of networks.

use contract_tests::{Placed, World, agreement, on_both, terms};
use serde_json::{Value, json};

use super::scene::{UNKNOWN, allowed, with};

const INDISPENSABLE: [&str; 9] =
    ["PARTIES", "SCOPE", "EMPLOYMENT", "RETURN", "SUPERVISION", "COSTS", "VAT", "EXTENSION", "EARLY_END"];

/// A template with these words about the return, and a few about everything else that has to be there.
fn template(words: &str) -> Value {
    let clauses: Vec<Value> = INDISPENSABLE
        .iter()
        .map(|group| {
            let text = if *group == "RETURN" { words } else { "Zoals {{home}} en {{ host }} afspreken." };
            json!({"group": group, "heading": "Afspraak", "text": text})
        })
        .collect();
    json!({"title": "Detacheringsovereenkomst As-50", "clauses": clauses})
}

on_both! {
    fn a_coordinator_lays_down_versions_that_never_change(service) {
        let world = World::new(service);
        let network = world.network("As-50", "BY_ORGANISATION");
        let oss = world.organisation("Gemeente Oss");
        world.join(&network, &oss);
        let sanne = world.employee(&oss, "Sanne de Vries");
        let path = format!("/networks/{}/agreement-templates", network.id);
        sanne.client.post(&path, &template("Terug.")).refused(403, "not_allowed");
        oss.administrator.client.post(&path, &template("Terug.")).refused(403, "not_allowed");
        let first = network.coordinator.client.post(&path, &template("Na {{endDate}} keert {{employee}} terug.")).expect(201);
        let second = network.coordinator.client.post(&path, &template("Op {{returnDate}} is {{employee}} terug.")).expect(201);
        assert_eq!((&first.body["version"], &second.body["version"]), (&json!(1), &json!(2)));
        assert_eq!(sanne.client.get(&path).expect(200).ids(), [second.id(), first.id()]);
        assert_eq!(sanne.client.get(&first.headers["location"]).expect(200).body, first.body);
        network.coordinator.client.get(&format!("/agreement-templates/{UNKNOWN}")).refused(404, "not_found");
    }

    fn only_facts_that_are_known_stand_in_double_braces_and_nothing_indispensable_is_left_out(service) {
        let world = World::new(service);
        let network = world.network("As-50", "OPEN");
        let path = format!("/networks/{}/agreement-templates", network.id);
        let client = &network.coordinator.client;
        let refused = client.post(&path, &template("{{employee}} krijgt {{salary}}.")).names(&["clauses.3.text"]);
        let said = allowed(&refused, "clauses.3.text");
        assert!(said.starts_with("must name no fact but these in double braces: home, ") && said.contains("returnDate"), "{said}");
        let mut short = template("Terug.");
        short["clauses"].as_array_mut().unwrap().retain(|clause| clause["group"] != "VAT" && clause["group"] != "COSTS");
        let refused = client.post(&path, &short).names(&["clauses"]);
        assert_eq!(allowed(&refused, "clauses"), "must have a clause for each of these groups: COSTS, VAT");
        client.post(&path, &json!({"title": "", "clauses": []})).names(&["title", "clauses"]);
        assert!(client.get(&path).expect(200).ids().is_empty());
    }

    fn a_template_of_a_network_by_invitation_is_not_there_for_others(service) {
        let world = World::new(service);
        let network = world.network("Besloten", "INVITATION_ONLY");
        let outsider = world.employee(&world.organisation("Gemeente Uden"), "Ina Intern");
        let path = format!("/networks/{}/agreement-templates", network.id);
        let id = network.coordinator.client.post(&path, &template("Terug.")).expect(201).id();
        outsider.client.get(&path).refused(404, "not_found");
        let hidden = outsider.client.get(&format!("/agreement-templates/{id}")).refused(404, "not_found");
        assert_eq!(hidden.text, outsider.client.get(&format!("/agreement-templates/{UNKNOWN}")).text);
    }

    fn an_agreement_is_worded_by_the_template_that_is_chosen_else_by_the_platform(service) {
        let mut placed = Placed::accepted(service);
        placed.arrangement = placed.agree_on(&terms());
        placed.plan().expect(201);
        let network = placed.dossier.world.network("As-50", "OPEN");
        let path = format!("/networks/{}/agreement-templates", network.id);
        let words = "Na {{endDate}} keert {{employee}} terug naar {{returnDestination}} van {{home}}.";
        let made = network.coordinator.client.post(&path, &template(words)).expect(201).id();
        let agreements = format!("{}/secondment-agreements", placed.placement);
        let post = |id: &str| placed.dossier.owner.client.post(&agreements, &with(&agreement(), &json!({"templateId": id})));
        post(UNKNOWN).names(&["templateId"]);
        let hidden = placed.dossier.world.network("Besloten", "INVITATION_ONLY");
        let secret = format!("/networks/{}/agreement-templates", hidden.id);
        post(&hidden.coordinator.client.post(&secret, &template("Terug.")).expect(201).id()).names(&["templateId"]);
        assert!(placed.dossier.owner.client.get(&agreements).expect(200).ids().is_empty());
        let worded = post(&made).expect(201);
        placed.agreement = format!("/secondment-agreements/{}", worded.id());
        assert_eq!((worded.text_at("/title"), worded.text_at("/templateId")), ("Detacheringsovereenkomst As-50", made.as_str()));
        let said = "Na 30 november 2027 keert Sanne de Vries terug naar interne klussen bij de moederorganisatie van Gemeente Oss.";
        assert_eq!(worded.text_at("/articles/3/paragraphs/0"), said);
        network.coordinator.client.post(&path, &template("Anders.")).expect(201);
        placed.propose_agreement();
        let page = placed.dossier.employee.client.get(&format!("{}/html", placed.agreement)).expect(200);
        assert!(page.text.contains(said), "what was drafted keeps its own version");
        let revised = placed.dossier.owner.client.put(&placed.agreement, &agreement()).expect(200);
        assert_eq!((&revised.body["templateId"], revised.text_at("/title")), (&Value::Null, "Detacheringsovereenkomst"));
    }
}
