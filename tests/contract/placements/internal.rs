//! Work inside the own organisation, at another department.

use contract_tests::{Dossier, Placed, World, agreement, lay_down, on_both, work};
use serde_json::json;

use super::scene::{terms_with, with};

/// A klus of the department of space in Oss, for Sanne of the counter.
fn inside<'s>(service: &'s contract_tests::Service) -> Dossier<'s> {
    let world = World::new(service);
    let home = world.organisation("Gemeente Oss");
    lay_down(&home, &json!({"internalConsentRequired": false}));
    let unit = |name: &str| {
        let path = format!("/organisations/{}/units", home.id);
        home.administrator.client.post(&path, &json!({"name": name})).expect(201).id()
    };
    let (space, counter) = (unit("Ruimte"), unit("Balie"));
    let owner = world.client_of(&home, "Olga Opdracht");
    let manager = world.employee(&home, "Karel van Beek");
    let employee = world.employee_with(&home, "Sanne de Vries", &json!({"managerId": manager.id, "unitId": counter}));
    let rings = json!({"rings": [{"ring": "ORGANISATION"}], "deadline": "2027-04-30T15:00:00Z"});
    let klus = with(&work(&home), &json!({"unitId": space, "publication": rings}));
    let assignment = format!("/assignments/{}", owner.client.post("/assignments", &klus).expect(201).id());
    Dossier { world, host: home.clone(), home, owner, employee, manager, assignment, response: String::new() }
}

on_both! {
    /// shows: Z08
    /// shows: F08
    fn a_klus_of_another_department_runs_from_the_plan_to_the_return(service) {
        let dossier = inside(service);
        let employment = format!("/employments/{}", dossier.employee.employment_id);
        let employed = dossier.employee.client.get(&employment).expect(200).text;
        let mut placed = Placed::of(service, dossier);
        placed.arrangement = placed.agree_on(&terms_with(&json!({"variant": "INTERNAL", "acquisitionPlan": null})));
        placed.plan().expect(201);
        let planned = placed.dossier.employee.client.get(&placed.placement).expect(200);
        assert_eq!((&planned.body["lightFlow"], &planned.body["hasTimesheets"]), (&json!(true), &json!(false)));
        assert_eq!(planned.body["homeOrganisationId"], planned.body["hostOrganisationId"]);
        let draft = placed.dossier.owner.client.post(&format!("{}/secondment-agreements", placed.placement), &agreement());
        draft.refused(409, "light_flow");
        placed.confirm().expect(200);
        placed.at("2027-06-01T18:00:00Z");
        placed.write("2027-W22", &[("2027-06-01", 480)]).refused(409, "no_timesheet_duty");
        placed.at("2027-12-01T08:00:00Z");
        for month in ["2027-06", "2027-11"] {
            assert!(placed.charge(month).is_empty(), "nobody charges themselves");
        }
        assert_eq!(placed.state(), "COMPLETED");
        let back = placed.dossier.manager.client.transition(&placed.placement, "returns", &json!({"date": "2027-12-01"})).expect(200);
        assert_eq!(back.text_at("/state"), "RETURNED");
        assert_eq!(placed.dossier.employee.client.get(&employment).expect(200).text, employed);
    }

    fn an_arrangement_for_inside_does_not_carry_work_elsewhere(service) {
        let mut placed = Placed::accepted(service);
        placed.arrangement = placed.agree_on(&terms_with(&json!({"variant": "INTERNAL", "acquisitionPlan": null})));
        let refused = placed.plan().refused(409, "basis_not_allowed");
        assert!(refused.text_at("/detail").starts_with("The variant INTERNAL does not go with BARE_WAGE at another organisation"), "{}", refused.text);
        assert!(placed.dossier.employee.client.get("/placements").expect(200).ids().is_empty());
    }
}
