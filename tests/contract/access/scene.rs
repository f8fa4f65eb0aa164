//! Who is there when the table of access is tried.

use contract_tests::{ADMINISTRATOR, Client, Service};
use serde_json::json;

use super::Who;

/// A home organisation, a host organisation, and one caller of each kind.
pub(super) struct Scene<'s> {
    service: &'s Service,
    pub(super) home: String,
}

impl<'s> Scene<'s> {
    pub(super) fn set(service: &'s Service) -> Self {
        let home = json!({"name": "Gemeente Oss", "kind": "MUNICIPALITY"});
        let home = service.administrator().post("/organisations", &home).expect(201).id();
        Self { service, home }
    }

    /// A client with a session of its own.
    pub(super) fn client(&self, who: Who) -> Option<Client> {
        match who {
            Who::Nobody => Some(self.service.anonymous()),
            Who::Platform => Some(self.service.administrator()),
            _ => None,
        }
    }

    /// A refresh token that was not used yet.
    pub(super) fn refresh_token(&self) -> String {
        let (email, password) = ADMINISTRATOR;
        let body = json!({"email": email, "password": password});
        self.service.anonymous().post("/sessions", &body).expect(201).text_at("/refreshToken").to_owned()
    }
}
