//! Klussen where people are: pages, cards, frames and feeds outside the interface.

mod cards;
mod feeds;
mod pages;
mod people;
mod secret_feeds;

use chrono::TimeDelta;
use contract_tests::{Answer, Client, Employee, Organisation, Service};
use serde_json::{Value, json};

pub(crate) use crate::market::assignments::{plan, published, with, work_of};

/// An id that nothing has.
const UNKNOWN: &str = "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17";
/// Where the service believes it stands.
const PUBLIC_URL: &str = "https://klusnet.test";

/// Asks at an address without the base path.
fn root(service: &Service, path: &str) -> Answer {
    asked(service, &service.anonymous(), path)
}

fn asked(service: &Service, client: &Client, path: &str) -> Answer {
    client.get(&format!("{}{path}", service.root()))
}

/// Publishes a klus of this title to a ring; returns its id.
#[track_caller]
fn klus(owner: &Employee, organisation: &Organisation, title: &str, ring: &str) -> String {
    let draft = with(&work_of(organisation), &json!({"title": title, "region": "Brabant", "location": "Oss"}));
    let path = published(owner, &draft, &plan(&[ring]));
    path.rsplit('/').next().unwrap().to_owned()
}

/// Publishes a klus to which people inside go first, for two days; returns its id.
#[track_caller]
fn klus_for_later(owner: &Employee, organisation: &Organisation) -> String {
    let policy = json!({"validFromDate": "2027-03-01", "summary": "Eigen mensen eerst", "internalFirstWorkingDays": 5});
    let policies = format!("/organisations/{}/mobility-policies", organisation.id);
    organisation.administrator.client.post(&policies, &policy).expect(201);
    let plan = json!({"rings": [{"ring": "ORGANISATION"},
        {"ring": "PUBLIC", "opensAt": "2027-03-03T09:00:00Z", "reason": "Eerst onze eigen mensen"}],
        "deadline": "2027-04-15T15:00:00Z"});
    published(owner, &work_of(organisation), &plan).rsplit('/').next().unwrap().to_owned()
}

/// Lets the next moment begin, so that what comes after it comes later.
fn a_minute_passes(service: &Service) {
    service.pass(TimeDelta::minutes(1));
}

/// Withdraws a klus.
#[track_caller]
fn withdraw(owner: &Employee, id: &str) {
    let path = format!("/assignments/{id}");
    owner.client.transition(&path, "cancellations", &json!({"reason": "NO_LONGER_NEEDED"})).expect(200);
}
