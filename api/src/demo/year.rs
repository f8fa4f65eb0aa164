//! A year that lies behind somebody: lived call by call through the interface itself, at the moments it happened.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

use actix_web::dev::Service;
use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service, read_body};
use actix_web::web::Data;
use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use domain::{Moment, SetClock, Week, local_date};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::fill::{Filled, known};
use super::work::{Work, calls_of};
use crate::app::App;
use crate::plumbing::Documents;
use crate::problem::Problem;
use crate::{bootstrap, clockwork, service};

const STORY: &str = include_str!("data/year.json");

/// How long a token has to be good for the whole story.
const STORY_DAYS: i64 = 500;

/// What happened: calls as anybody makes them, and work that came back every week.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    calls: Vec<Call>,
    work: Vec<Work>,
}

/// One call. Names in braces stand for what was filled or answered before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    /// Days from the Monday of this week.
    pub(super) day: i64,
    #[serde(default = "morning")]
    pub(super) hour: u32,
    /// Who calls.
    pub(super) by: String,
    /// Method and path.
    pub(super) call: String,
    #[serde(default)]
    pub(super) body: Value,
    /// The name by which the answer is known from then on.
    #[serde(default)]
    pub(super) keep: Option<String>,
}

const fn morning() -> u32 {
    9
}

/// Somebody who lives it.
struct Living<'a> {
    filled: &'a Filled,
    monday: NaiveDate,
    kept: HashMap<String, Value>,
}

/// Lives the year before this moment.
pub(super) async fn live(past: &Arc<App>, clock: &SetClock, filled: &Filled, now: Moment) -> Result<(), Problem> {
    let story: Story = serde_json::from_str(STORY).map_err(|error| Problem::internal(&error))?;
    let monday = Week::of(local_date(now)).monday();
    let mut calls = story.calls;
    calls.extend(story.work.iter().flat_map(|work| calls_of(work, monday)));
    calls.sort_by_key(|call| (call.day, call.hour));
    let documents = Data::new(Documents::at(&past.settings.public_url));
    let answering = init_service(service::actix(Data::from(Arc::clone(past)), documents)).await;
    let mut living = Living { filled, monday, kept: HashMap::new() };
    let mut tokens: HashMap<String, String> = HashMap::new();
    let mut day = None;
    for call in &calls {
        clock.set(living.moment(call.day, call.hour));
        if day.replace(call.day) != Some(call.day) {
            past.blocking(clockwork::tick).await?;
        }
        if !tokens.contains_key(&call.by) {
            let person = known(&filled.people, &call.by)?;
            let token = bootstrap::issue_token(past, person, TimeDelta::days(STORY_DAYS))?.token;
            tokens.insert(call.by.clone(), token);
        }
        let token = tokens.get(&call.by).map(String::as_str).unwrap_or_default();
        let request = living.request(call, token)?;
        let failed = |why: &dyn Display| Problem::internal(&format!("{} by {}: {why}", call.call, call.by));
        let answer = answering.call(request.to_request()).await.map_err(|error| failed(&error))?;
        let succeeded = answer.status().is_success();
        let body = read_body(answer).await;
        if !succeeded {
            return Err(failed(&String::from_utf8_lossy(&body)));
        }
        if let Some(name) = &call.keep {
            let answer = serde_json::from_slice(&body).map_err(|error| failed(&error))?;
            living.kept.insert(name.clone(), answer);
        }
    }
    Ok(())
}

impl Living<'_> {
    /// The call as a client makes it, only without a network in between.
    fn request(&self, call: &Call, token: &str) -> Result<TestRequest, Problem> {
        let (method, path) = call.call.split_once(' ').unwrap_or(("GET", &call.call));
        let method = Method::from_bytes(method.as_bytes()).map_err(|error| Problem::internal(&error))?;
        let request = TestRequest::with_uri(&format!("{}{}", crate::routes::BASE, self.text(path)?))
            .method(method)
            .insert_header(("authorization", format!("Bearer {token}")))
            .insert_header(("if-match", "*"));
        Ok(if call.body.is_null() { request } else { request.set_json(self.value(&call.body)?) })
    }

    fn date(&self, day: i64) -> NaiveDate {
        date_of(self.monday, day)
    }

    fn moment(&self, day: i64, hour: u32) -> Moment {
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        self.date(day).and_time(time).and_utc()
    }

    /// The value with what is named in its texts.
    fn value(&self, value: &Value) -> Result<Value, Problem> {
        Ok(match value {
            Value::String(text) => Value::String(self.text(text)?),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?),
            Value::Object(members) => {
                let filled = members.iter().map(|(name, value)| Ok((name.clone(), self.value(value)?)));
                Value::Object(filled.collect::<Result<Map<_, _>, Problem>>()?)
            }
            other => other.clone(),
        })
    }

    /// The text with what is named in it.
    fn text(&self, text: &str) -> Result<String, Problem> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(&self.named(name)?);
            rest = after;
        }
        Ok(filled + rest)
    }

    /// `organisation:gm0828`, `employment:…`, `day:-364`, `moment:-364`, or a member of an answer: `klus.id`.
    fn named(&self, name: &str) -> Result<String, Problem> {
        let unknown = || Problem::internal(&format!("the year of the demonstration names {name}, which it has not"));
        let day = |text: &str| text.parse().map_err(|_| unknown());
        Ok(match name.split_once(':') {
            Some(("organisation", key)) => known(&self.filled.organisations, key)?.to_string(),
            Some(("person", key)) => known(&self.filled.people, key)?.to_string(),
            Some(("day", text)) => self.date(day(text)?).to_string(),
            Some(("moment", text)) => self.moment(day(text)?, 12).to_rfc3339(),
            Some(_) => return Err(unknown()),
            None => {
                let (answer, member) = name.split_once('.').unwrap_or((name, "id"));
                let pointer = format!("/{}", member.replace('.', "/"));
                let found = self.kept.get(answer).and_then(|answer| answer.pointer(&pointer));
                found.and_then(Value::as_str).ok_or_else(unknown)?.to_owned()
            }
        })
    }
}

/// The day that lies so many days from the Monday of this week.
pub(super) fn date_of(monday: NaiveDate, day: i64) -> NaiveDate {
    let days = Days::new(day.unsigned_abs());
    if day < 0 { monday - days } else { monday + days }
}
