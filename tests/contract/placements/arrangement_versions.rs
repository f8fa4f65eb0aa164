//! Versions of an arrangement: hours never change within one.

use contract_tests::{Placed, lay_down, on_both};
use serde_json::{Value, json};

use super::scene::{Team, act, allowed, location, state, terms_with};

/// The minutes exempted in some weeks.
fn exempted(team: &Team<'_>, path: &str, from: &str, weeks: u32) -> Vec<i64> {
    let weeks = team.sanne.client.get(&format!("{path}/weeks?from={from}&weeks={weeks}")).expect(200);
    weeks.body["items"].as_array().unwrap().iter().map(|week| week["exemptedMinutes"].as_i64().unwrap()).collect()
}

on_both! {
    fn a_version_is_made_while_the_one_before_holds_and_follows_it_once_both_have_signed(service) {
        let team = Team::new(service);
        let first = team.agreed(&json!({}));
        let next = terms_with(&json!({"exemptedMinutesPerWeek": 432, "startDate": "2027-05-03"}));
        team.sanne.client.put(&first, &next).refused(409, "transition_not_listed");
        let second = location(&team.karel.client.post(&format!("{first}/versions"), &next));
        team.sanne.client.get(&second).refused(404, "not_found");
        let written = team.karel.client.get(&second).expect(200);
        assert_eq!((&written.body["version"], &written.body["seriesId"]), (&json!(2), &json!(&first[14..])));
        act(&team.karel, &second, "proposals").expect(200);
        assert_eq!(exempted(&team, &first, "2027-W17", 2), [864, 864], "nothing changes before both have signed");
        act(&team.sanne, &second, "signatures").expect(200);
        for path in [&first, &second] {
            assert_eq!(exempted(&team, path, "2027-W17", 2), [864, 432]);
        }
        let earlier = team.sanne.client.get(&first).expect(200);
        assert_eq!((earlier.text_at("/state"), earlier.text_at("/endedDate")), ("ACTIVE", "2027-05-02"));
        service.clock.set("2027-05-03T08:00:00Z".parse().unwrap());
        service.tick();
        assert_eq!((state(&team.karel.client, &first).as_str(), state(&team.karel.client, &second).as_str()), ("ENDED", "ACTIVE"));
    }

    fn a_version_begins_on_a_monday_after_the_one_before_in_the_same_variant(service) {
        let team = Team::new(service);
        let first = team.agreed(&json!({}));
        let versions = format!("{first}/versions");
        for (changes, field, must) in [
            (json!({"startDate": "2027-05-04"}), "startDate", "must be a Monday for a later version"),
            (json!({"startDate": "2027-03-01"}), "startDate", "must be after the first day of the version before"),
            (json!({"startDate": "2027-05-03", "variant": "UNPAID"}), "variant", "must stay: another variant is another arrangement"),
            (json!({"startDate": "2027-05-03", "exemptedMinutesPerWeek": 865}), "exemptedMinutesPerWeek", "must be 1 to 864 minutes"),
        ] {
            let refused = team.sanne.client.post(&versions, &terms_with(&changes)).names(&[field]);
            assert!(allowed(&refused, field).starts_with(must), "{}", refused.text);
        }
        assert_eq!(team.sanne.client.get("/arrangements").expect(200).ids().len(), 1);
        let second = location(&team.sanne.client.post(&versions, &terms_with(&json!({"startDate": "2027-05-03"}))));
        team.sanne.client.post(&versions, &terms_with(&json!({"startDate": "2027-06-07"}))).refused(409, "arrangement_version_pending");
        team.sanne.client.put(&second, &terms_with(&json!({"startDate": "2027-05-04"}))).names(&["startDate"]);
        act(&team.sanne, &second, "withdrawals").expect(200);
        team.sanne.client.post(&versions, &terms_with(&json!({"startDate": "2027-06-07"}))).expect(201);
    }

    fn a_version_follows_only_what_both_have_signed(service) {
        let team = Team::new(service);
        let versions = format!("{}/versions", team.proposed(&json!({})));
        let next = terms_with(&json!({"startDate": "2027-06-07"}));
        team.sanne.client.post(&versions, &next).refused(409, "arrangement_version_pending");
    }

    fn a_version_stands_under_the_policy_that_the_first_began_under(service) {
        let team = Team::new(service);
        let first_policy = lay_down(&team.oss, &json!({}));
        let first = team.agreed(&json!({}));
        lay_down(&team.oss, &json!({"maxExemptedDays": 1}));
        let next = terms_with(&json!({"startDate": "2027-05-03"}));
        let second = team.sanne.client.post(&format!("{first}/versions"), &next).expect(201);
        assert_eq!(second.text_at("/policyId"), first_policy);
        team.draft(&team.sanne, &json!({})).names(&["terms.exemptedMinutesPerWeek"]);
    }

    fn a_version_that_gives_less_than_what_stands_takes_is_not_signed(service) {
        let placed = Placed::confirmed(service);
        let (sanne, karel) = (&placed.dossier.employee, &placed.dossier.manager);
        let less = terms_with(&json!({"exemptedMinutesPerWeek": 432, "startDate": "2027-08-30"}));
        let second = location(&sanne.client.post(&format!("{}/versions", placed.arrangement), &less));
        act(sanne, &second, "proposals").expect(200);
        let before = [&placed.arrangement, &second].map(|path| karel.client.get(path).expect(200).text);
        let refused = act(karel, &second, "signatures").refused(409, "no_room");
        let detail = refused.text_at("/detail");
        assert!(detail.starts_with("In 2027-W35 the placements that stand take 48 minutes more"), "{detail}");
        assert_eq!([&placed.arrangement, &second].map(|path| karel.client.get(path).expect(200).text), before);
        let later = terms_with(&json!({"exemptedMinutesPerWeek": 432, "startDate": "2027-12-06"}));
        sanne.client.put(&second, &later).expect(200);
        act(sanne, &second, "proposals").expect(200);
        act(karel, &second, "signatures").expect(200);
        let ending = json!({"reason": "Sanne gaat minder werken."});
        let refused = karel.client.transition(&placed.arrangement, "endings", &ending).refused(409, "arrangement_in_use");
        assert!(refused.text_at("/detail").starts_with("1 placements stand on it"), "{}", refused.text);
        assert_ne!(karel.client.get(&second).expect(200).body, Value::Null);
    }
}
