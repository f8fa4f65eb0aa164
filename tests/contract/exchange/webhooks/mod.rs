//! Webhooks: what a system of an organisation is posted, and what becomes of it.

mod delivering;
mod failing;
mod keys;
mod managing;
mod replaying;

use contract_tests::{Client, Organisation, Receiver, World};
use serde_json::{Value, json};

/// The type of the events that most of these stories are about.
const REGISTERED: &str = "nl.klusnet.organisation-registered.v1";
const REVISED: &str = "nl.klusnet.organisation-revised.v1";

/// A subscription that is delivered to.
struct Subscribed {
    admin: Client,
    path: String,
    /// As it was made: with the key.
    made: Value,
}

fn subscriptions_of(organisation: &Organisation) -> String {
    format!("/organisations/{}/webhook-subscriptions", organisation.id)
}

/// Subscribes a receiver to these types; it accepts the ping.
#[track_caller]
fn subscribe(organisation: &Organisation, receiver: &Receiver, more: &Value) -> Subscribed {
    let subscribed = subscribe_unverified(organisation, receiver, more);
    let ping = subscribed.ping();
    assert_eq!((&ping["accepted"], &ping["state"]), (&json!(true), &json!("ACTIVE")), "{ping}");
    subscribed
}

#[track_caller]
fn subscribe_unverified(organisation: &Organisation, receiver: &Receiver, more: &Value) -> Subscribed {
    let mut draft = json!({"url": receiver.url, "eventTypes": [REGISTERED, REVISED]});
    draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let admin = organisation.administrator.client.clone();
    let made = admin.post(&subscriptions_of(organisation), &draft).expect(201);
    Subscribed { admin, path: format!("/webhook-subscriptions/{}", made.id()), made: made.body }
}

impl Subscribed {
    #[track_caller]
    fn ping(&self) -> Value {
        self.admin.act(&format!("{}/ping", self.path)).expect(200).body
    }

    #[track_caller]
    fn now(&self) -> Value {
        self.admin.get(&self.path).expect(200).body
    }

    #[track_caller]
    fn patch(&self, patch: &Value) -> Value {
        self.admin.patch(&self.path, patch).expect(200).body
    }

    /// The log, the latest events first.
    #[track_caller]
    fn deliveries(&self) -> Vec<Value> {
        let page = self.admin.get(&format!("{}/deliveries?limit=100", self.path)).expect(200);
        page.body["items"].as_array().unwrap().clone()
    }

    /// Waits until the log fits: what was sent is recorded a moment later.
    #[track_caller]
    fn until(&self, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        for _ in 0..400 {
            let deliveries = self.deliveries();
            if fits(&deliveries) {
                return deliveries;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{:#?}", self.deliveries());
    }

    /// Waits until the subscription has this state.
    #[track_caller]
    fn until_state(&self, state: &str) -> Value {
        for _ in 0..400 {
            let now = self.now();
            if now["state"] == state {
                return now;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{:#?} {:#?}", self.now(), self.deliveries());
    }
}

/// Something that happens and that every civil servant may know: about a thing of its own.
#[track_caller]
fn happen(world: &World<'_>, name: &str) -> String {
    world.platform.post("/organisations", &json!({"name": name, "kind": "AGENCY"})).expect(201).id()
}

fn states(deliveries: &[Value]) -> Vec<&str> {
    deliveries.iter().map(|delivery| delivery["state"].as_str().unwrap()).collect()
}
