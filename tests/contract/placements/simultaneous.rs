//! Several at once: no more positions, no more minutes and no more signatures than there are.

use contract_tests::{Answer, Dossier, Placed, agreement, on_both, terms};
use serde_json::{Value, json};

use super::scene::{Team, act, terms_with};

/// Runs all of them at the same time.
fn at_once<F: FnOnce() -> Answer + Send>(all: Vec<F>) -> Vec<Answer> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = all.into_iter().map(|one| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// How many of them were answered so; the others with a refusal.
#[track_caller]
fn count(answers: &[Answer], status: u16) -> usize {
    for answer in answers {
        assert!(answer.status == status || matches!(answer.status, 400 | 409 | 412), "{}", answer.text);
    }
    answers.iter().filter(|answer| answer.status == status).count()
}

/// All but confirmed: everything is arranged.
fn arranged<'s>(service: &'s contract_tests::Service, dossier: Dossier<'s>, arrangement: Option<&str>) -> Placed<'s> {
    let mut placed = Placed::of(service, dossier);
    placed.arrangement = arrangement.map_or_else(|| placed.agree_on(&terms()), str::to_owned);
    placed.plan().expect(201);
    if arrangement.is_none() {
        placed.lay_down_rate("2027-01-01", 3500);
    }
    placed.agreement = placed.draft_agreement(&agreement());
    placed.propose_agreement();
    placed.sign_all();
    placed
}

on_both! {
    /// shows: Z06
    /// shows: S01
    fn confirmations_at_once_take_no_more_minutes_than_are_exempted(service) {
        let first = arranged(service, Dossier::open(service), None);
        let klus = || first.dossier.another(&json!({"minutesPerWeek": 480}));
        let others = [arranged(service, klus(), Some(&first.arrangement)), arranged(service, klus(), Some(&first.arrangement))];
        let all = [&first, &others[0], &others[1]];
        let answers = at_once(all.iter().map(|placed| || placed.confirm()).collect());
        assert_eq!(count(&answers, 200), 1);
        let mut states: Vec<String> = all.iter().map(|placed| placed.state()).collect();
        states.sort_unstable();
        assert_eq!(states, ["CONFIRMED", "PLANNED", "PLANNED"]);
        let weeks = first.dossier.employee.client.get(&format!("{}/weeks?from=2027-W22&weeks=1", first.arrangement)).expect(200);
        assert_eq!(weeks.body["items"][0]["exemptedUsedMinutes"], json!(480));
    }

    fn confirmations_at_once_fill_no_more_positions_than_there_are(service) {
        let dossier = Dossier::open(service).another(&json!({"positions": 2}));
        let colleagues: Vec<Placed<'_>> = ["Een", "Twee", "Drie"].iter().map(|name| {
            let employee = dossier.world.employee_with(&dossier.home, name, &json!({"managerId": dossier.manager.id}));
            arranged(service, Dossier { employee, ..dossier.clone() }, None)
        }).collect();
        let answers = at_once(colleagues.iter().map(|placed| || placed.confirm()).collect());
        assert_eq!(count(&answers, 200), 2);
        let confirmed = colleagues.iter().filter(|placed| placed.state() == "CONFIRMED").count();
        assert_eq!(confirmed, 2);
        assert_eq!(dossier.owner.client.get(&dossier.assignment).expect(200).text_at("/state"), "FILLED");
        let lost = colleagues.iter().find(|placed| placed.state() == "PLANNED").unwrap();
        assert_eq!(lost.dossier.state(), "ACCEPTED");
        lost.confirm().refused(409, "assignment_not_open");
    }

    fn of_plans_for_one_offer_at_once_one_is_made(service) {
        let placed = Placed::accepted(service);
        let arrangement = placed.agree_on(&terms());
        let path = format!("{}/placements", placed.dossier.response);
        let plan = || placed.dossier.employee.client.post(&path, &json!({"arrangementId": &arrangement[14..]}));
        let answers = at_once(vec![plan, plan, plan]);
        assert_eq!(count(&answers, 201), 1);
        assert_eq!(placed.dossier.employee.client.get("/placements").expect(200).ids().len(), 1);
    }

    /// shows: Z06
    fn arrangements_signed_at_once_exempt_no_more_than_two_days_together(service) {
        let team = Team::new(service);
        let proposed: Vec<String> = (0..3).map(|_| team.proposed(&json!({"exemptedMinutesPerWeek": 480}))).collect();
        let answers = at_once(proposed.iter().map(|path| || act(&team.karel, path, "signatures")).collect());
        assert_eq!(count(&answers, 200), 1);
        team.draft(&team.sanne, &json!({"exemptedMinutesPerWeek": 385})).names(&["terms.exemptedMinutesPerWeek"]);
    }

    fn of_versions_drafted_at_once_one_waits(service) {
        let team = Team::new(service);
        let versions = format!("{}/versions", team.agreed(&json!({})));
        let next = terms_with(&json!({"startDate": "2027-05-03"}));
        let draft = || team.sanne.client.post(&versions, &next);
        let answers = at_once(vec![draft, draft, draft]);
        assert_eq!(count(&answers, 201), 1);
        assert_eq!(team.sanne.client.get("/arrangements").expect(200).ids().len(), 2);
    }

    fn a_placement_is_confirmed_or_cancelled_and_never_both(service) {
        let placed = arranged(service, Dossier::open(service), None);
        let cancel = json!({"reason": "NOT_ARRANGED"});
        let sanne = placed.dossier.employee.client.at_present(&placed.placement);
        let answers = std::thread::scope(|scope| {
            let confirming = scope.spawn(|| placed.confirm());
            let cancelled = sanne.post(&format!("{}/cancellations", placed.placement), &cancel);
            [confirming.join().unwrap(), cancelled]
        });
        assert_eq!(count(&answers, 200), 1);
        let (placement, response) = if answers[0].status == 200 { ("CONFIRMED", "CONFIRMED") } else { ("CANCELLED", "ACCEPTED") };
        assert_eq!((placed.state().as_str(), placed.dossier.state().as_str()), (placement, response));
        assert_ne!(placed.dossier.owner.client.get(&placed.placement).expect(200).body, Value::Null);
    }
}
