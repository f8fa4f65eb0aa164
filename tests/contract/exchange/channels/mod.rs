//! Channels: what the chat of an organisation is told, and what becomes of the telling.

mod failing;
mod managing;
mod previewing;
mod telling;

use contract_tests::{Client, Organisation, Receiver};
use serde_json::{Value, json};

use crate::market::assignments::work_of;

/// What stands in the address of every channel and is shown to nobody.
const SECRET: &str = "geheim-teken-0123456789";

/// A channel that is told of klussen.
struct Told {
    admin: Client,
    path: String,
}

fn channels_of(organisation: &Organisation) -> String {
    format!("/organisations/{}/channels", organisation.id)
}

fn draft(receiver: &Receiver, more: &Value) -> Value {
    let mut draft = json!({"kind": "SLACK", "name": "Klussen", "url": format!("{}/{SECRET}?sig={SECRET}", receiver.url),
        "frequency": "IMMEDIATE", "language": "NL"});
    draft.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    draft
}

#[track_caller]
fn make(organisation: &Organisation, receiver: &Receiver, more: &Value) -> Told {
    let admin = organisation.administrator.client.clone();
    let made = admin.post(&channels_of(organisation), &draft(receiver, more)).expect(201);
    Told { admin, path: format!("/channels/{}", made.id()) }
}

/// A channel whose address accepted a test message.
#[track_caller]
fn tell(organisation: &Organisation, receiver: &Receiver, more: &Value) -> Told {
    let told = make(organisation, receiver, more);
    let test = told.test();
    assert_eq!((&test["accepted"], &test["state"]), (&json!(true), &json!("ACTIVE")), "{test}");
    told
}

impl Told {
    #[track_caller]
    fn test(&self) -> Value {
        self.admin.act(&format!("{}/test", self.path)).expect(200).body
    }

    #[track_caller]
    fn patch(&self, patch: &Value) -> Value {
        self.admin.patch(&self.path, patch).expect(200).body
    }

    /// The log, the latest messages first.
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

    /// Waits until the latest message was tried so often.
    #[track_caller]
    fn until_tried(&self, times: usize) -> Value {
        self.until(|all| all.first().is_some_and(|one| one["attempts"].as_array().unwrap().len() == times)).remove(0)
    }

    /// Waits until the channel has this state.
    #[track_caller]
    fn until_state(&self, state: &str) -> Value {
        for _ in 0..400 {
            let now = self.admin.get(&self.path).expect(200).body;
            if now["state"] == state {
                return now;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("{:#?}", self.deliveries());
    }
}

fn states(deliveries: &[Value]) -> Vec<&str> {
    deliveries.iter().map(|delivery| delivery["state"].as_str().unwrap()).collect()
}

fn titled(organisation: &Organisation, title: &str) -> Value {
    let mut draft = work_of(organisation);
    draft["title"] = json!(title);
    draft
}

/// The text of each message that tells of klussen.
fn told(receiver: &Receiver) -> Vec<String> {
    let texts = receiver.events().into_iter().map(|one| one.json()["text"].as_str().unwrap().to_owned());
    texts.filter(|text| !text.starts_with("*Proefbericht")).collect()
}

/// Waits until so many messages told of klussen.
fn wait_for(receiver: &Receiver, count: usize) -> Vec<String> {
    receiver.until(|_| told(receiver).len() >= count);
    told(receiver)
}

/// So long nothing is sent.
fn a_while() {
    std::thread::sleep(std::time::Duration::from_millis(1600));
}
