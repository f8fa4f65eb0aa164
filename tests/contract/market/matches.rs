//! Klussen that suit somebody, and people who suit a klus.

use contract_tests::{Answer, Client, Dossier, Employee, World, on_both, work};
use serde_json::{Value, json};

/// A concept of the vocabulary.
#[track_caller]
pub(super) fn skill(client: &Client, word: &str) -> String {
    client.get(&format!("/skills?search={word}")).ids()[0].clone()
}

/// Somebody states these skills, each at a level, and shows the profile to the whole of government.
#[track_caller]
pub(super) fn state(person: &Employee, skills: &[(&str, &str)]) -> String {
    for (id, level) in skills {
        person.client.post("/profile/skills", &json!({"skillId": id, "level": level, "wantsToUse": true})).expect(201);
    }
    let id = person.client.get("/profile").id();
    person.client.put("/profile/visibility", &json!({"level": "V4"})).expect(200);
    id
}

/// A klus that asks these, published in these rings; returns its id.
#[track_caller]
pub(super) fn publish(owner: &Employee, draft: &Value, asked: &Value, ring: &str) -> String {
    let mut draft = draft.clone();
    for (name, value) in asked.as_object().unwrap() {
        draft[name] = value.clone();
    }
    draft["publication"] = json!({"rings": [{"ring": ring}], "deadline": "2027-04-30T15:00:00Z"});
    owner.client.post("/assignments", &draft).expect(201).id()
}

pub(super) fn found(answer: &Answer, what: &str) -> Vec<(String, i64)> {
    let items = answer.body["items"].as_array().unwrap().iter();
    items.map(|one| (one[what]["id"].as_str().unwrap().to_owned(), one["match"]["score"].as_i64().unwrap())).collect()
}

pub(super) fn ids(answer: &Answer, what: &str) -> Vec<String> {
    found(answer, what).into_iter().map(|(id, _)| id).collect()
}

fn aspect<'a>(answer: &'a Answer, index: usize, name: &str) -> &'a Value {
    let aspects = answer.body["items"][index]["match"]["aspects"].as_array().unwrap();
    aspects.iter().find(|one| one["aspect"] == name).unwrap_or(&Value::Null)
}

on_both! {
    /// shows: M08, E01, M03
    fn somebody_finds_the_klussen_that_suit_them_and_why(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let (sanne, owner) = (world.employee(&oss, "Sanne de Vries"), world.client_of(&uden, "Olga Opdracht"));
        let (albanian, german) = (skill(&sanne.client, "albanees"), skill(&sanne.client, "duits"));
        state(&sanne, &[(&albanian, "EXPERT")]);
        sanne.client.patch("/profile", &json!({"interests": ["Erfgoed"], "educationLevel": "HBO"})).expect(200);
        let hours = json!({"pattern": "HOURS_PER_WEEK", "minutesPerWeek": 240, "remote": true});
        sanne.client.post("/profile/availabilities", &hours).expect(201);
        let asks = |skills: &[&String]| {
            let skills: Vec<Value> = skills.iter().map(|id| json!({"skillId": id})).collect();
            json!({"requiredSkills": skills, "educationLevels": ["HBO"]})
        };
        let draft = work(&uden);
        let both = publish(&owner, &draft, &asks(&[&albanian, &german]), "ALL_GOVERNMENT");
        let one = publish(&owner, &draft, &asks(&[&albanian]), "ALL_GOVERNMENT");
        let dear = publish(&owner, &draft, &json!({"interests": ["erfgoed"]}), "ALL_GOVERNMENT");
        let none = publish(&owner, &draft, &asks(&[&german]), "ALL_GOVERNMENT");
        let hidden = publish(&owner, &draft, &asks(&[&albanian]), "ORGANISATION");
        let matches = sanne.client.get("/profile/matches").expect(200);
        let order = ids(&matches, "assignment");
        assert_eq!(order, [one.clone(), both.clone(), dear.clone()], "{}", matches.text);
        assert!(!matches.text.contains(&none) && !matches.text.contains(&hidden));
        let skills = json!({"aspect": "SKILLS", "weight": 40, "points": 1000, "isAsked": true, "isStated": true});
        assert_eq!(*aspect(&matches, 0, "SKILLS"), skills);
        assert_eq!(aspect(&matches, 1, "SKILLS")["points"], 500);
        assert_eq!(aspect(&matches, 0, "HOURS")["points"], 500);
        assert_eq!(aspect(&matches, 0, "INTERESTS")["isAsked"], false);
        assert_eq!(aspect(&matches, 2, "INTERESTS")["points"], 1000);
        assert_eq!(matches.body["items"][0]["match"]["sharedSkills"][0]["skillId"], albanian.as_str());
        // The score is what the aspects say it is.
        for item in matches.body["items"].as_array().unwrap() {
            let aspects = item["match"]["aspects"].as_array().unwrap();
            let number = |one: &Value, name: &str| one[name].as_i64().unwrap();
            let weights: i64 = aspects.iter().map(|one| number(one, "weight")).sum();
            let points: i64 = aspects.iter().map(|one| number(one, "weight") * number(one, "points")).sum();
            assert_eq!(number(&item["match"], "score"), points / weights);
        }
        let again = sanne.client.get("/profile/matches").expect(200);
        assert_eq!(again.text, matches.text, "the same input gives the same output");
        let by_interest = "/profile/matches?skillsWeight=0&interestsWeight=100&wantsToUseWeight=0&hoursWeight=0";
        assert_eq!(ids(&sanne.client.get(by_interest).expect(200), "assignment")[0], dear);
        assert_eq!(ids(&sanne.client.get("/profile/matches?limit=1").expect(200), "assignment"), [one]);
        // Everything is in the list of klussen too: nothing is hidden by score.
        assert!(sanne.client.get("/assignments").expect(200).ids().contains(&none));
    }

    /// shows: M08, E01, W06
    fn a_client_finds_the_people_who_suit_a_klus_without_their_names(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let owner = world.client_of(&uden, "Olga Opdracht");
        let people = ["Sanne de Vries", "Piet Peters", "Noor Bakker"].map(|name| world.employee(&oss, name));
        let (albanian, german) = (skill(&owner.client, "albanees"), skill(&owner.client, "duits"));
        let expert = state(&people[0], &[(&albanian, "EXPERT"), (&german, "EXPERT")]);
        let beginner = state(&people[1], &[(&albanian, "BASIC")]);
        let unseen = state(&people[2], &[(&albanian, "EXPERT")]);
        people[2].client.put("/profile/visibility", &json!({"level": "V2"})).expect(200);
        let asked = json!({"requiredSkills": [{"skillId": albanian}], "preferredSkills": [{"skillId": german}]});
        let klus = publish(&owner, &work(&uden), &asked, "ORGANISATION");
        let path = format!("/assignments/{klus}/matches");
        let matches = owner.client.get(&path).expect(200);
        assert_eq!(ids(&matches, "profile"), [expert.clone(), beginner.clone()], "{}", matches.text);
        assert!(found(&matches, "profile").is_sorted_by(|one, next| one.1 >= next.1));
        assert!(!matches.text.contains(&unseen));
        for telling in ["Sanne", "Vries", "Oss", &people[0].id] {
            assert!(!matches.text.contains(telling), "{telling} tells who it is");
        }
        assert_eq!(*aspect(&matches, 0, "HOURS"), json!({"aspect": "HOURS", "weight": 10, "points": 0, "isAsked": true, "isStated": false}));
        // Nobody opened anything.
        assert!(people[0].client.get("/profile/views").expect(200).ids().is_empty());
        // It takes effect at once.
        people[0].client.put("/profile/visibility", &json!({"level": "V0"})).expect(200);
        assert_eq!(ids(&owner.client.get(&path).expect(200), "profile"), [beginner]);
        world.client_of(&oss, "Iemand Anders").client.get(&path).refused(404, "not_found");
    }

    /// shows: E02
    fn a_manager_who_has_a_klus_is_not_told_who_of_the_team_would_suit_it(service) {
        let world = World::new(service);
        let oss = world.organisation("Gemeente Oss");
        let manager = world.client_of(&oss, "Karel van Beek");
        let sanne = world.employee_with(&oss, "Sanne de Vries", &json!({"managerId": manager.id}));
        let albanian = skill(&manager.client, "albanees");
        let asked = json!({"requiredSkills": [{"skillId": albanian}]});
        let klus = publish(&manager, &work(&oss), &asked, "ALL_GOVERNMENT");
        let path = format!("/assignments/{klus}/matches");
        let before = manager.client.get(&path).expect(200);
        state(&sanne, &[(&albanian, "EXPERT")]);
        assert_eq!(manager.client.get(&path).expect(200).text, before.text);
        assert_eq!(ids(&sanne.client.get("/profile/matches").expect(200), "assignment"), [klus]);
    }

    /// shows: M08
    fn a_public_card_is_not_ranked_by_what_it_does_not_show(service) {
        let world = World::new(service);
        let (oss, uden) = (world.organisation("Gemeente Oss"), world.organisation("Gemeente Uden"));
        let manager = world.client_of(&uden, "Karel van Beek");
        let sanne = world.employee_with(&uden, "Sanne de Vries", &json!({"managerId": manager.id}));
        let other = world.client_of(&oss, "Olga Opdracht");
        let albanian = skill(&manager.client, "albanees");
        let asked = json!({"requiredSkills": [{"skillId": albanian}]});
        state(&sanne, &[(&albanian, "EXPERT")]);
        sanne.client.put("/profile/visibility", &json!({"level": "V5"})).expect(200);
        let of = |owner: &Employee, organisation| {
            format!("/assignments/{}/matches", publish(owner, &work(organisation), &asked, "ORGANISATION"))
        };
        let (by_manager, by_other) = (of(&manager, &uden), of(&other, &oss));
        let before = manager.client.get(&by_manager).expect(200);
        let hours = json!({"pattern": "HOURS_PER_WEEK", "minutesPerWeek": 480, "remote": true});
        sanne.client.post("/profile/availabilities", &hours).expect(201);
        assert_eq!(manager.client.get(&by_manager).expect(200).text, before.text, "a manager sees the public card only");
        assert_eq!(aspect(&other.client.get(&by_other).expect(200), 0, "HOURS")["points"], 1000);
    }

    fn wrong_questions_are_told_what_is_allowed(service) {
        let dossier = Dossier::open(service);
        let (own, klus) = ("/profile/matches", format!("{}/matches", dossier.assignment));
        for (client, path) in [(&dossier.employee.client, own), (&dossier.owner.client, klus.as_str())] {
            client.get(&format!("{path}?limit=0&skillsWeight=101&color=red")).names(&["limit", "skillsWeight", "color"]);
            let nothing = ["skills", "wantsToUse", "wantsToLearn", "interests", "hours", "period", "education", "workplace"];
            let nothing = nothing.map(|name| format!("{name}Weight=0")).join("&");
            client.get(&format!("{path}?{nothing}")).names(&["skillsWeight"]);
        }
        // A profile on which nothing stands matches nothing, and a klus that asks nothing matches nobody.
        assert_eq!(dossier.employee.client.get(own).expect(200).body["items"], json!([]));
        assert_eq!(dossier.owner.client.get(&klus).expect(200).body["items"], json!([]));
        dossier.employee.client.get(&klus).refused(403, "not_allowed");
    }
}
