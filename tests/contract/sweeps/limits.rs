//! Fair use: every answer says how many requests are left, and who asks more than that waits.

use std::collections::HashMap;

use chrono::TimeDelta;
use contract_tests::{Kind, World};

use super::*;

fn limited(kind: Kind, limit: &'static str) -> Option<Service> {
    Service::start_with(kind, &[("KLUSNET_RATE_LIMIT", limit)])
}

/// The parts of `"default";r=599;t=42`.
fn parts(header: &str) -> HashMap<String, String> {
    let pairs = header.split(';').map(|part| part.split_once('=').unwrap_or(("name", part)));
    pairs.map(|(name, value)| (name.to_owned(), value.trim_matches('"').to_owned())).collect()
}

fn left(answer: &Answer) -> u32 {
    parts(&answer.headers["ratelimit"])["r"].parse().unwrap()
}

#[track_caller]
fn is_refused(answer: &Answer) {
    assert_eq!((answer.status, answer.text_at("/code")), (429, "rate_limited"), "{}", answer.text);
    let (wait, reset) = (&answer.headers["retry-after"], parts(&answer.headers["ratelimit"]));
    assert_eq!((wait, reset["r"].as_str()), (&reset["t"], "0"));
}

#[test]
fn every_operation_refuses_who_asks_too_much() {
    let service = limited(Kind::Sqlite, "1").unwrap();
    let client = administrator(&service);
    client.get("/organisations").expect(200);
    sweep(|_| true, |operation| is_refused(&Request::of(operation).send(&client)));
}

fn a_client_waits_until_the_minute_is_over(kind: Kind) {
    let Some(service) = limited(kind, "40") else { return };
    service.clock.advance(TimeDelta::seconds(18));
    let world = World::new(&service);
    let oss = world.organisation("Gemeente Oss");
    let sanne = world.employee(&oss, "Sanne de Vries");
    let first = sanne.client.get("/me").expect(200);
    assert_eq!(first.headers["ratelimit-policy"], "\"default\";q=40;w=60");
    assert_eq!(first.headers["ratelimit"], "\"default\";r=39;t=42");
    for _ in 0..39 {
        // Also what is refused for another reason, or not there, counts.
        sanne.client.get("/organisations?nothing=1").expect(400);
    }
    is_refused(&sanne.client.get("/me"));
    is_refused(&sanne.client.with("Accept", "text/html").get("/nothing/here"));
    oss.administrator.client.get("/me").expect(200);
    let anonymous = service.anonymous().get("/problem-types").expect(200);
    assert_eq!(anonymous.headers["ratelimit-policy"], "\"anonymous\";q=20;w=60");
    // A token that is none makes nobody else's count grow.
    let forged = service.anonymous().with_token("none").get("/me").expect(401);
    assert_eq!(left(&forged), left(&anonymous) - 1);
    service.clock.advance(TimeDelta::seconds(41));
    is_refused(&sanne.client.get("/me"));
    service.clock.advance(TimeDelta::seconds(1));
    assert_eq!(left(&sanne.client.get("/me").expect(200)), 39);
}

fn two_instances_count_together(kind: Kind) {
    let Some(service) = limited(kind, "40") else { return };
    let other = service.another_with(&[("KLUSNET_RATE_LIMIT", "40")]);
    let world = World::new(&service);
    let oss = world.organisation("Gemeente Oss");
    let sanne = world.employee(&oss, "Sanne de Vries").client;
    let there = sanne.at(&other.url);
    for _ in 0..30 {
        sanne.get("/me").expect(200);
    }
    there.get("/me").expect(200);
    service.tick();
    other.tick();
    assert_eq!(left(&there.get("/me").expect(200)), 8);
    for _ in 0..8 {
        there.get("/me").expect(200);
    }
    is_refused(&there.get("/me"));
    assert!(left(&sanne.get("/me").expect(200)) > 0, "the other has not told yet");
    other.tick();
    service.tick();
    is_refused(&sanne.get("/me"));
    // A new minute begins anew everywhere, and what was counted before is forgotten.
    service.clock.advance(TimeDelta::minutes(1));
    other.tick();
    assert_eq!(left(&there.get("/me").expect(200)), 39);
}

macro_rules! on_each {
    ($($story:ident: $sqlite:ident, $postgres:ident;)+) => {$(
        #[test]
        fn $sqlite() {
            $story(Kind::Sqlite);
        }

        #[test]
        fn $postgres() {
            $story(Kind::Postgres);
        }
    )+};
}

on_each! {
    a_client_waits_until_the_minute_is_over: a_client_waits_on_sqlite, a_client_waits_on_postgres;
    two_instances_count_together: two_instances_on_sqlite, two_instances_on_postgres;
}
